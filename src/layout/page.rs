//! A page as this finder sees it.

use super::slots;
use crate::page::{Block, BlockKind, Element, LineFacts, Markup};

/// Lines of an element that count as its beginning.
const NEAR: usize = 12;

/// A page: its text, its lines, and the elements around them.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) blocks: &'a [Block],
    pub(super) markup: &'a Markup,
}

impl<'a> Page<'a> {
    pub(super) fn body(&self, line: usize) -> &'a str {
        &self.text[self.blocks[line].body.clone()]
    }

    pub(super) fn facts(&self, line: usize) -> &'a LineFacts {
        &self.markup.lines[line]
    }

    pub(super) fn element(&self, index: u32) -> &'a Element {
        &self.markup.elements[index as usize]
    }

    /// The elements around a line, from the innermost one outwards.
    pub(super) fn around(&self, line: usize) -> impl Iterator<Item = (u32, &'a Element)> {
        self.outwards(self.facts(line).element)
    }

    /// An element and those around it.
    pub(super) fn outwards(&self, index: u32) -> impl Iterator<Item = (u32, &'a Element)> {
        let elements = &self.markup.elements;
        let first = elements.get(index as usize).map(|element| (index, element));
        std::iter::successors(first, move |&(index, element)| {
            (element.parent != index).then(|| (element.parent, &elements[element.parent as usize]))
        })
    }

    /// Whether a line shows content of the page.
    pub(super) fn shows(&self, line: usize) -> bool {
        !matches!(self.blocks[line].kind, BlockKind::Blank | BlockKind::Furniture)
    }

    /// Whether a line is more than a fold sign by itself.
    pub(super) fn has_content(&self, line: usize) -> bool {
        let is_text = matches!(self.blocks[line].kind, BlockKind::Paragraph | BlockKind::Strong);
        self.shows(line) && !(is_text && slots::is_fold_sign(self.body(line)))
    }

    /// The first lines of an element that show something, at most `most`.
    pub(super) fn beginning(&self, element: &Element, most: usize) -> Vec<usize> {
        let lines = element.lines.start as usize..element.lines.end as usize;
        lines.take(NEAR).filter(|&line| self.shows(line)).take(most).collect()
    }

    /// The level of a heading, 1 to 6.
    pub(super) fn level(&self, line: usize) -> Option<u8> {
        if self.blocks[line].kind != BlockKind::Heading {
            return None;
        }
        self.around(line).find_map(|(_, element)| match element.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        })
    }
}
