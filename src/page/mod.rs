//! A page as a flat list of blocks over its text.
//!
//! Reading is where formats differ. After it, nothing knows what the page was
//! stored as: a block has a kind, an indent and a place.

mod text;

use std::ops::Range;

pub(crate) use text::blocks;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// White space only.
    Blank,
    /// A line of text.
    Paragraph,
    /// A line behind heading marks.
    Heading,
    /// A list item.
    Item,
    /// The first or last line of a block of code.
    Fence,
    /// A line of code.
    Code,
}

/// A line of a text page.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// 1-based.
    pub(crate) line: u32,
    /// Columns of white space before the text.
    pub(crate) indent: u32,
    /// All of it, its line end included: the spans of all blocks are the page.
    pub(crate) span: Range<usize>,
    /// The text without white space around it.
    pub(crate) text: Range<usize>,
    /// The text without the mark of a heading or item before it.
    pub(crate) body: Range<usize>,
}
