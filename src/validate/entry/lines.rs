//! The lines of an answer, as the contract lays them out.

use std::collections::HashMap;

use crate::answer::is_fence;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// Nothing.
    Blank,
    /// Three backticks or more, the same before and after code.
    Fence,
    /// Between fences.
    Code(&'a str),
    /// `- item` or `1. item`, two spaces deeper for each level: the item's text.
    Item(&'a str),
    /// Any other: a paragraph, or a table's row.
    Other(&'a str),
}

impl Line<'_> {
    /// Whether it can be a table's row. What reads as the mark of an item can be
    /// in its first cell, or all of it.
    pub(super) fn is_row(self) -> bool {
        match self {
            Self::Item(text) => text.starts_with('|') || text.contains(" | "),
            Self::Other(text) => text.contains(" | "),
            _ => false,
        }
    }
}

/// The lines of an answer. A paragraph that looks like a list item is taken for
/// one; a fence that nothing closes is a paragraph.
pub(super) fn of(answer: &str) -> impl Iterator<Item = Line<'_>> {
    let mut open = None;
    let mut left: HashMap<&str, usize> = HashMap::new();
    for fence in answer.split('\n').filter(|line| is_fence(line)) {
        *left.entry(fence).or_default() += 1;
    }
    answer.split('\n').map(move |line| {
        let others = left.get_mut(line).map(|left| {
            *left -= 1;
            *left
        });
        match (open, others) {
            (Some(fence), _) if fence == line => {
                open = None;
                Line::Fence
            }
            (Some(_), _) => Line::Code(line),
            (None, Some(1..)) => {
                open = Some(line);
                Line::Fence
            }
            (None, _) if line.is_empty() => Line::Blank,
            (None, _) => item(line).map_or(Line::Other(line), Line::Item),
        }
    })
}

fn item(line: &str) -> Option<&str> {
    let text = line.trim_start_matches(' ');
    if !(line.len() - text.len()).is_multiple_of(2) {
        return None;
    }
    let unnumbered = text.trim_start_matches(|character: char| character.is_ascii_digit());
    if unnumbered.len() < text.len() { unnumbered.strip_prefix(". ") } else { text.strip_prefix("- ") }
}

/// The cells of a table's row; one for a line that is none.
pub(super) fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_closed_by_its_like() {
        use Line::{Blank, Code, Fence, Other};
        let read = |answer: &'static str| of(answer).collect::<Vec<_>>();
        assert_eq!(read("a\n\n```\nb\n```"), [Other("a"), Blank, Fence, Code("b"), Fence]);
        assert_eq!(read("````\n```\nb\n```\n````"), [Fence, Code("```"), Code("b"), Code("```"), Fence]);
        assert_eq!(read("```\nb\n````"), [Other("```"), Other("b"), Other("````")]);
    }
}
