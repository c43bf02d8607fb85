//! White space and invisible characters.

use std::borrow::Cow;
use std::ops::Range;

/// What a character is for this rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// White space: a run of it becomes one space.
    Space,
    /// Invisible and without meaning: it is removed.
    Invisible,
    /// Anything else stays, including U+200C and U+200D, which scripts and emoji need.
    Text,
}

/// What `c` is. White space is as defined by Unicode, which includes the no-break spaces
/// and the line and paragraph separators.
pub(super) fn kind(c: char) -> Kind {
    match c {
        '!'..='~' => Kind::Text,
        ' ' => Kind::Space,
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => Kind::Invisible,
        _ if c.is_whitespace() => Kind::Space,
        _ if c.is_control() => Kind::Invisible,
        _ => Kind::Text,
    }
}

/// Whether a character is white space or invisible.
pub(crate) fn is_unseen(c: char) -> bool {
    kind(c) != Kind::Text
}

/// Replaces every run of white space by one space, removes invisible characters, and
/// trims.
pub(super) fn collapse(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(is_unseen);
    let mut out = String::new();
    let mut from = 0;
    while let Some(gap) = next_gap(text, from) {
        out.push_str(&text[from..gap.start]);
        if text[gap.clone()].chars().any(|c| kind(c) == Kind::Space) {
            out.push(' ');
        }
        from = gap.end;
    }
    if from == 0 {
        return text.into();
    }
    out.push_str(&text[from..]);
    out.into()
}

/// The next run of white space and invisible characters, from `from` on, that is not a
/// single space.
fn next_gap(text: &str, from: usize) -> Option<Range<usize>> {
    for (at, c) in text[from..].char_indices() {
        if kind(c) == Kind::Text {
            continue;
        }
        let start = from + at;
        let len = text[start..].find(|c| kind(c) == Kind::Text)?;
        if &text[start..start + len] != " " {
            return Some(start..start + len);
        }
    }
    None
}
