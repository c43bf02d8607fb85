//! The text of an answer, composed part by part: paragraphs, lists, tables, code.

use std::borrow::Cow;

use super::Answer;
use super::truncation::{breaks_off, ends_in_mid_sentence};
use crate::clean::{self, Cleaned};
use crate::page::{Block, BlockKind};
use crate::record::AnswerKind;

/// An answer that is being composed, part by part.
#[derive(Debug)]
pub(super) struct Composer<'a> {
    text: Cow<'a, str>,
    /// The expected length of the text, in bytes.
    capacity: usize,
    kinds: Kinds,
    /// Indents of the open list and the lists around it.
    indents: Vec<u32>,
    elided: bool,
    truncated: bool,
    mojibake_repaired: bool,
    /// How a run of text is cleaned.
    clean: fn(&str) -> Cleaned<'_>,
}

impl<'a> Composer<'a> {
    pub(super) fn new(capacity: usize, clean: fn(&str) -> Cleaned<'_>) -> Self {
        Self {
            text: Cow::default(),
            capacity,
            kinds: Kinds::default(),
            indents: Vec::new(),
            elided: false,
            truncated: false,
            mojibake_repaired: false,
            clean,
        }
    }

    pub(super) fn paragraph(&mut self, body: &'a str) {
        let text = self.inline(body);
        if text.is_empty() || is_fence(&text) {
            return;
        }
        self.truncated = ends_in_mid_sentence(&text);
        self.begin(Kind::Paragraph);
        if self.text.is_empty() {
            self.text = text;
        } else {
            self.text_mut().push_str(&text);
        }
    }

    pub(super) fn item(&mut self, mark: &str, body: &'a str, indent: u32) {
        let text = self.inline(body);
        if text.is_empty() {
            return;
        }
        self.truncated = breaks_off(&text);
        if self.kinds.last == Some(Kind::List) {
            self.text_mut().push('\n');
        } else {
            self.indents.clear();
            self.begin(Kind::List);
        }
        while self.indents.len() > 1 && self.indents.last().is_some_and(|&last| last > indent) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|&last| last < indent) {
            self.indents.push(indent);
        }
        let depth = self.indents.len();
        let out = self.text_mut();
        for _ in 1..depth {
            out.push_str("  ");
        }
        let digits =
            mark.trim_start_matches('(').split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        if digits.is_empty() {
            out.push_str("- ");
        } else {
            out.push_str(digits);
            out.push_str(". ");
        }
        out.push_str(&text);
    }

    pub(super) fn table(&mut self, rows: impl Iterator<Item = &'a str>) {
        self.truncated = false;
        let mut first = true;
        for row in rows.filter(|row| !is_rule(row)) {
            if first {
                self.begin(Kind::Table);
            } else {
                self.text_mut().push('\n');
            }
            first = false;
            for (index, cell) in cells(row).enumerate() {
                let cell = self.inline(cell);
                let out = self.text_mut();
                out.push_str(if index == 0 { "" } else { " | " });
                out.push_str(&cell);
            }
        }
    }

    pub(super) fn code<'b>(&mut self, lines: impl Iterator<Item = (&'b str, &'b Block)>) {
        self.truncated = false;
        self.begin(Kind::Code);
        let lines = lines.filter(|(_, block)| block.kind == BlockKind::Code);
        let lines: Vec<_> = lines.map(|(page, block)| clean::code_line(&page[block.span.clone()])).collect();
        let fence = fence(&lines);
        let out = self.text_mut();
        for line in std::iter::once(&*fence).chain(lines.iter().map(|line| &**line)) {
            out.push_str(line);
            out.push('\n');
        }
        out.push_str(&fence);
    }

    /// The text, with capacity for all that is to come.
    fn text_mut(&mut self) -> &mut String {
        if let Cow::Borrowed(text) = self.text {
            let mut owned = String::with_capacity(self.capacity.max(text.len()));
            owned.push_str(text);
            self.text = Cow::Owned(owned);
        }
        self.text.to_mut()
    }

    fn inline(&mut self, body: &'a str) -> Cow<'a, str> {
        let cleaned = (self.clean)(body);
        self.mojibake_repaired |= cleaned.mojibake_repaired;
        self.elided |= cleaned.text.ends_with(" ...") || cleaned.text.ends_with(" …");
        cleaned.text
    }

    fn begin(&mut self, kind: Kind) {
        if !self.text.is_empty() {
            self.text_mut().push_str("\n\n");
        }
        self.kinds.add(kind);
    }

    pub(super) fn finish(self) -> Answer<'a> {
        let Self { text, kinds, elided, truncated, mojibake_repaired, .. } = self;
        Answer { text, kinds, elided, truncated, mojibake_repaired }
    }
}

/// The cells of a row, separated by bars, or by tabs as browsers copy them.
pub(super) fn cells(row: &str) -> impl Iterator<Item = &str> {
    let separator = if row.contains('|') { '|' } else { '\t' };
    let row = row.strip_prefix('|').unwrap_or(row);
    row.strip_suffix('|').unwrap_or(row).split(separator).map(str::trim)
}

/// The row of dashes between the head and the body of a Markdown table.
fn is_rule(row: &str) -> bool {
    row.contains("--") && row.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' '))
}

/// The kind of a part of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    List,
    Table,
    Code,
}

/// What has to be known about the kinds of an answer's parts to determine its own.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Kinds {
    count: usize,
    /// The number of parts that are not paragraphs.
    special: usize,
    last: Option<Kind>,
}

impl Kinds {
    fn add(&mut self, kind: Kind) {
        self.count += 1;
        self.special += usize::from(kind != Kind::Paragraph);
        self.last = Some(kind);
    }

    /// Adds those of a text that follows.
    pub(super) fn append(&mut self, next: Self) {
        self.count += next.count;
        self.special += next.special;
        self.last = next.last.or(self.last);
    }

    pub(super) fn of_answer(self) -> AnswerKind {
        match (self.count, self.special, self.last) {
            (_, 0, _) => AnswerKind::Text,
            // At most one paragraph, before the list.
            (1 | 2, 1, Some(Kind::List)) => AnswerKind::List,
            (1, _, Some(Kind::Table)) => AnswerKind::Table,
            (1, _, Some(Kind::Code)) => AnswerKind::Code,
            _ => AnswerKind::Mixed,
        }
    }
}

/// The line that separates code from text: three backticks, or more than in any line of
/// the code that consists of backticks.
fn fence(code: &[Cow<'_, str>]) -> String {
    let longest = code.iter().filter(|line| is_fence(line)).map(|line| line.len()).max();
    "`".repeat(longest.map_or(3, |longest| longest + 1))
}

/// Whether a line can separate code from text. One that does not has no content, and in
/// an answer it would seem to open a block of code.
pub(crate) fn is_fence(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|byte| byte == b'`')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_item_of_a_list_breaks_off_only_where_it_must_go_on() {
        let truncated = |items: &[&'static str]| {
            let mut composer = Composer::new(0, clean::inline);
            for item in items {
                composer.item("-", item, 0);
            }
            composer.finish().truncated
        };
        assert!(truncated(&["Water", "Shade at noon, from the"]));
        assert!(truncated(&["Water", "Shade at noon,"]));
        assert!(!truncated(&["Shade at noon,", "Water that runs past the hive all day and all night"]));
    }
}
