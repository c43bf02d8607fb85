//! Removes the paired strong marks of Markdown: `**bold**` and `__bold__`.
//!
//! Which marks open and close follows the flanking rules of `CommonMark` 0.31.2
//! (<https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis>), but is
//! stricter where text that is not Markdown would be damaged: `2**3**4`, `__init__`,
//! `(**)` and the blanks of `____` stay.

use std::borrow::Cow;
use std::ops::Range;

/// Names between double underscores in Python, JavaScript, PHP and C.
const DUNDERS: [&str; 64] = [
    "CLASS",
    "DIR",
    "FILE",
    "FUNCTION",
    "LINE",
    "METHOD",
    "NAMESPACE",
    "add",
    "aenter",
    "aexit",
    "all",
    "annotations",
    "await",
    "bases",
    "bool",
    "builtins",
    "call",
    "class",
    "construct",
    "contains",
    "copy",
    "deepcopy",
    "del",
    "delattr",
    "delitem",
    "destruct",
    "dict",
    "dirname",
    "doc",
    "enter",
    "eq",
    "exit",
    "file",
    "filename",
    "format",
    "ge",
    "get",
    "getattr",
    "getattribute",
    "getitem",
    "gt",
    "hash",
    "import",
    "init",
    "iter",
    "le",
    "len",
    "lt",
    "main",
    "module",
    "mro",
    "name",
    "ne",
    "new",
    "next",
    "path",
    "proto",
    "qualname",
    "repr",
    "set",
    "setattr",
    "setitem",
    "slots",
    "str",
];

/// A run of two or three equal marks.
struct Run {
    at: Range<usize>,
    opens: bool,
    closes: bool,
    /// Whether a call follows, so that what precedes is a name.
    called: bool,
}

/// Removes paired marks and keeps the words between them. Unpaired marks stay.
pub(super) fn unwrap_pairs(text: &str) -> Cow<'_, str> {
    let mut cuts = Vec::new();
    for mark in ['*', '_'] {
        pair(text, mark, &mut cuts);
    }
    if cuts.is_empty() {
        return text.into();
    }
    cuts.sort_unstable();
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in cuts {
        out.push_str(&text[from..at]);
        from = at + 2;
    }
    out.push_str(&text[from..]);
    out.into()
}

/// Finds the pairs of `mark`s, and adds the places at which two bytes are to be cut.
fn pair(text: &str, mark: char, cuts: &mut Vec<usize>) {
    let mut open: Vec<Range<usize>> = Vec::new();
    for run in runs(text, mark) {
        match open.last() {
            Some(opener) if run.closes => {
                if mark == '*' || !run.called && !DUNDERS.contains(&&text[opener.end..run.at.start]) {
                    cuts.extend([opener.end - 2, run.at.start]);
                }
                open.pop();
            }
            _ if run.opens => open.push(run.at),
            _ => {}
        }
    }
}

/// The runs of `mark` that may open or close.
fn runs(text: &str, mark: char) -> impl Iterator<Item = Run> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text[from..].find(mark)?;
            let rest = &text[start..];
            let end = start + rest.len() - rest.trim_start_matches(mark).len();
            from = end;
            if matches!(end - start, 2 | 3) {
                return Some(Run::new(text, mark, start..end));
            }
        }
    })
}

impl Run {
    fn new(text: &str, mark: char, at: Range<usize>) -> Self {
        let before = text[..at.start].chars().next_back().unwrap_or(' ');
        let after = text[at.end..].chars().next().unwrap_or(' ');
        let left = Side::of(before);
        let right = Side::of(after);
        let mut opens = right == Side::Word || right == Side::Point && left != Side::Word;
        let mut closes = left == Side::Word || left == Side::Point && right != Side::Word;
        if (left, right) == (Side::Point, Side::Point) {
            opens = !ends_before(after);
            closes = !starts_after(before);
        }
        if mark == '_' {
            opens &= left != Side::Word && before != '.';
            closes &= right != Side::Word;
        } else {
            // Powers and unpacked arguments are not marks: `(a)**2`, `b**2`.
            opens &= !before.is_ascii_alphanumeric() && !matches!(before, ')' | ']' | '}');
            closes &= !(left == Side::Word && after.is_ascii_digit());
        }
        Self { at, opens, closes, called: after == '(' }
    }
}

/// What is beside a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Word,
    Point,
    Gap,
}

impl Side {
    fn of(c: char) -> Self {
        if c.is_whitespace() {
            Self::Gap
        } else if c.is_alphanumeric() {
            Self::Word
        } else {
            Self::Point
        }
    }
}

/// Whether a mark before `c` is at the end of something.
fn ends_before(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '”' | '’' | '»' | '…' | '"' | '\'' | '/'
    )
}

/// Whether a mark after `c` is at the start of something.
fn starts_after(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '“' | '‘' | '«' | '"' | '\'' | '/')
}
