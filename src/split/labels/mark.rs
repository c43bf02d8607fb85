//! A label as it is written: its word, its number, and the mark that ends it.

use super::Label;
use crate::profile::Profile;
use crate::split::{Piece, Span};

/// The longest label, in bytes.
const LONGEST: usize = 32;

/// The line ends a label.
const NO_END: u8 = b'\n';

/// A label as it is written.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) label: Label,
    /// What ends it: a colon, a full stop or a bracket, or the line.
    pub(super) end: u8,
    pub(super) numbered: bool,
    /// It is more than a letter.
    spelt: bool,
    /// The text behind it.
    pub(super) text: Span,
}

impl Mark {
    pub(super) fn of(page: &str, piece: &Piece, profile: &Profile) -> Option<Self> {
        let body = &page[piece.body.clone()];
        if piece.rule.is_some() || !profile.words.may_begin_label(body.trim_start_matches('*')) {
            return None;
        }
        let (label, end, text) =
            split(body, |text| memchr::memchr3(b':', b'.', b')', text)).or_else(|| {
                (body.len() <= LONGEST).then(|| (&body[strong(body)], NO_END, body.len()..body.len()))
            })?;
        let word = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let numbered = word.len() < label.trim_end().len();
        let label = [Label::Question, Label::Answer]
            .into_iter()
            .find(|&label| profile.words.is_label(word, label == Label::Answer))?;
        Some(Self { label, end, numbered, spelt: word.trim_end().len() > 1, text })
    }

    /// Whether its text is the next one.
    pub(super) fn stands_alone(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it is written as the label of the page's questions is: below
    /// `Q1. …`, `A. …` is rather a choice or a name; `Ans. …` is neither.
    pub(super) fn goes_with(&self, form: &Self) -> bool {
        self.spelt || (self.end == form.end && (self.end == b':' || self.numbered == form.numbered))
    }
}

/// A label, bold or not, the mark that ends it, and where the text behind it
/// stands; if label and text are bold together, without the marks.
pub(super) fn split(text: &str, find_end: impl Fn(&[u8]) -> Option<usize>) -> Option<(&str, u8, Span)> {
    let Span { start, end } = strong(text);
    let start = if text.starts_with("**") { 2 } else { start };
    let inner = &text[start..end];
    let narrow =
        find_end(&inner.as_bytes()[..inner.len().min(LONGEST)]).map(|at| (at, inner.as_bytes()[at], 1));
    let (at, mark, length) = narrow.or_else(|| wide_end(inner))?;
    let rest = &inner[at + length..];
    let behind = rest.strip_prefix("**").unwrap_or(rest).trim_start();
    let glued =
        length > 1 || (mark == b':' && behind.starts_with(|c: char| c.is_uppercase() || !c.is_ascii()));
    let parted = glued || behind.is_empty() || rest.len() > behind.len();
    parted.then(|| (inner[..at].trim_end_matches('*'), mark, end - behind.len()..end))
}

/// What is all in paired marks, without them.
pub(super) fn strong(text: &str) -> Span {
    let marked = text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
    if marked.is_some_and(|inner| !inner.contains("**")) { 2..text.len() - 2 } else { 0..text.len() }
}

/// The first full-width mark that ends a label: where it stands, which mark it is like,
/// and its length. No space need follow.
fn wide_end(text: &str) -> Option<(usize, u8, usize)> {
    let start = text.floor_char_boundary(text.len().min(LONGEST));
    if text[..start].is_ascii() {
        return None;
    }
    text[..start].char_indices().find_map(|(at, c)| {
        let mark = match c {
            '：' => b':',
            '．' | '、' => b'.',
            '）' => b')',
            _ => return None,
        };
        Some((at, mark, c.len_utf8()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_may_stand_alone_and_needs_space_behind_it() {
        for (text, parts) in [
            ("Q: Why?", Some(("Q", b':', "Why?"))),
            ("**Q1.** Why?", Some(("Q1", b'.', "Why?"))),
            ("Q 1) Why?", Some(("Q 1", b')', "Why?"))),
            ("A3.", Some(("A3", b'.', ""))),
            ("**Q: Why?**", Some(("Q", b':', "Why?"))),
            ("**Q:** Why **so**?", Some(("Q", b':', "Why **so**?"))),
            ("A.D. 900", None),
            ("Q1：何？", Some(("Q1", b':', "何？"))),
            ("Q1:何？", Some(("Q1", b':', "何？"))),
            ("Q:Why?", Some(("Q", b':', "Why?"))),
            ("12:30", None),
            ("Why?", None),
        ] {
            let found = split(text, |text| memchr::memchr3(b':', b'.', b')', text));
            assert_eq!(found.map(|(label, end, rest)| (label, end, &text[rest])), parts, "{text}");
        }
    }
}
