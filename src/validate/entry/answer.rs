//! The answer's kind and its flags follow from its lines.

use super::super::findings::Sink;
use super::lines::{self, Line};
use crate::diagnostic::Code;
use crate::record::{AnswerKind, Entry, Flag};

/// How many lines of an answer are what. A paragraph can look like a list item
/// (`1. place went to …`): a list item that is alone may be one.
#[derive(Default)]
struct Count {
    /// Other lines before the first list item.
    before: usize,
    items: usize,
    /// Runs of list items without a blank line between.
    lists: usize,
    /// List items and other lines that follow each other directly.
    joined: usize,
    /// Other lines after the first list item.
    after: usize,
    /// Lines that can be a table's row.
    rows: usize,
    /// Code and fences.
    code: usize,
}

impl Count {
    fn of(answer: &str) -> Self {
        let mut count = Self::default();
        let mut last = Line::Blank;
        for line in lines::of(answer) {
            match line {
                Line::Blank => {}
                Line::Fence | Line::Code(_) => count.code += 1,
                Line::Item(_) => {
                    count.items += 1;
                    count.lists += usize::from(!matches!(last, Line::Item(_)));
                }
                Line::Other(_) => {
                    *(if count.items == 0 { &mut count.before } else { &mut count.after }) += 1;
                }
            }
            count.rows += usize::from(line.is_row());
            let text = |line| matches!(line, Line::Item(_) | Line::Other(_));
            count.joined += usize::from(text(last) && text(line));
            last = line;
        }
        count
    }

    fn other(&self) -> usize {
        self.before + self.after
    }

    /// Whether an answer of these lines can be of that kind.
    fn can_be(&self, kind: AnswerKind) -> bool {
        // A line that looks like an item may precede the list.
        let listed = self.code == 0 && self.after == 0 && (1..=2).contains(&(self.before + self.lists));
        match kind {
            AnswerKind::Text => self.joined == 0 && self.code == 0,
            AnswerKind::List => listed && self.items > 0,
            AnswerKind::Table => self.code == 0 && self.rows == self.items + self.other(),
            AnswerKind::Code => self.code > 0 && self.items == 0 && self.other() == 0,
            AnswerKind::Mixed => {
                let one_list = listed && self.lists == 1;
                self.rows > 0 || self.code > 0 || (self.items > 0 && !one_list)
            }
        }
    }
}

/// The kind fits the lines.
pub(super) fn kind(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    let count = Count::of(&entry.answer);
    if !count.can_be(entry.answer_kind) {
        let message = format!(
            "the answer's kind is `{}`, but it has `{}` list items, `{}` lines of code and `{}` other lines",
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
            // A cell of nothing but dots is what it is.
            must |= ends(text) && lines::cells(text).last().is_some_and(ends);
            // What reads as the mark of an item may be the text's own.
            may |= ends(text) || matches!(text, "..." | "…") || lines::cells(text).any(ends);
        }
    }
    let flagged = entry.flags.contains(&Flag::ElidedItems);
    if flagged && !may {
        sink.add(Code::ElidedFlag, "flags", "the flag `elided_items` is set, but no line ends in ` ...`");
    } else if must && !flagged {
        let message = "a line of the answer ends in ` ...`, but the flag `elided_items` is missing";
        sink.add(Code::ElidedFlag, "flags", message);
    }
}
