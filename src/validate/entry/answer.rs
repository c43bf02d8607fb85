//! The answer's kind and its flags follow from its lines.

use super::super::findings::Sink;
use super::lines::{self, Line};
use crate::diagnostic::Code;
use crate::record::{AnswerKind, Entry, Flag};

/// How many lines of an answer are what.
#[derive(Default)]
struct Count {
    /// Other lines before the first list item.
    before: usize,
    items: usize,
    /// Other lines behind the first list item.
    after: usize,
    /// Lines that can be a table's row; a first cell can look like the mark of an item.
    rows: usize,
    /// Code and fences.
    code: usize,
}

impl Count {
    fn of(answer: &str) -> Self {
        let mut count = Self::default();
        for line in lines::of(answer) {
            match line {
                Line::Blank => {}
                Line::Fence | Line::Code(_) => count.code += 1,
                Line::Item(line) => {
                    count.items += 1;
                    count.rows += usize::from(lines::is_row(line));
                }
                Line::Other(line) => {
                    *(if count.items == 0 { &mut count.before } else { &mut count.after }) += 1;
                    count.rows += usize::from(lines::is_row(line));
                }
            }
        }
        count
    }

    fn other(&self) -> usize {
        self.before + self.after
    }

    fn is_list(&self) -> bool {
        self.items > 0 && self.before <= 1 && self.after == 0 && self.code == 0
    }

    /// Whether an answer of these lines can be of that kind.
    fn can_be(&self, kind: AnswerKind) -> bool {
        match kind {
            AnswerKind::Text => self.items == 0 && self.code == 0,
            AnswerKind::List => self.is_list(),
            AnswerKind::Table => self.code == 0 && self.rows == self.items + self.other(),
            AnswerKind::Code => self.code > 0 && self.items == 0 && self.other() == 0,
            AnswerKind::Mixed => self.rows > 0 || self.code > 0 || (self.items > 0 && !self.is_list()),
        }
    }
}

/// The kind fits the lines.
pub(super) fn kind(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    let count = Count::of(&entry.answer);
    if !count.can_be(entry.answer_kind) {
        let message = format!(
            "the answer is said to be `{}`, and has `{}` list items, `{}` lines of code and `{}` other lines",
            entry.answer_kind,
            count.items,
            count.code,
            count.other(),
        );
        sink.add(Code::KindWrong, "answer_kind", message);
    }
}

/// `elided_items` stands where a line ends in ` ...`; in a table, where a cell does.
pub(super) fn elided(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    let ends = |text: &str| text.ends_with(" ...") || text.ends_with(" …");
    let (mut must, mut may) = (false, false);
    for line in lines::of(&entry.answer) {
        if let Line::Item(text) | Line::Other(text) = line {
            must |= ends(text);
            may |= lines::cells(text).any(ends);
        }
    }
    let flagged = entry.flags.contains(&Flag::ElidedItems);
    if flagged && !may {
        sink.add(Code::ElidedFlag, "flags", "the flag `elided_items` is there, and no line ends in ` ...`");
    } else if must && !flagged {
        let message = "a line of the answer ends in ` ...`, and the flag `elided_items` is missing";
        sink.add(Code::ElidedFlag, "flags", message);
    }
}
