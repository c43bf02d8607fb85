//! White space and characters that nobody sees.

use std::borrow::Cow;

/// What a character is to this rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// White space: a run of it becomes one space.
    Space,
    /// Without form and meaning: it goes.
    Nothing,
    /// Anything else stays. So do U+200C and U+200D, which scripts and emoji
    /// need.
    Text,
}

/// What `c` is. White space is Unicode's, which holds the no-break spaces and
/// the line and paragraph separators.
pub(super) fn kind(c: char) -> Kind {
    match c {
        '!'..='~' => Kind::Text,
        ' ' => Kind::Space,
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => Kind::Nothing,
        _ if c.is_whitespace() => Kind::Space,
        _ if c.is_control() => Kind::Nothing,
        _ => Kind::Text,
    }
}

/// Makes every run of white space one space, drops what has no form, and
/// trims.
pub(super) fn collapse(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(|c| kind(c) != Kind::Text);
    if is_collapsed(text) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match kind(c) {
            Kind::Text => out.push(c),
            Kind::Space if !out.ends_with(' ') => out.push(' '),
            Kind::Space | Kind::Nothing => {}
        }
    }
    out.into()
}

fn is_collapsed(text: &str) -> bool {
    let mut previous = '\0';
    text.chars().all(|c| {
        let twice = c == ' ' && previous == ' ';
        previous = c;
        c == ' ' && !twice || kind(c) == Kind::Text
    })
}
