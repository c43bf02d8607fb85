//! A page as a flat list of blocks over its text.
//!
//! Only this step depends on the page's format. After it, a page is a [`Document`]: its
//! text, and blocks with a kind, an indent and a place. What only HTML has is in
//! [`Markup`].

mod html;
mod markup;
mod text;
mod wrap;

use std::borrow::Cow;
use std::ops::Range;

pub(crate) use html::{contents, document, max_nodes, parse};
pub(crate) use markup::{Element, Furniture, LineFacts, Markup, Signs, is_web};
pub(crate) use text::without_item_mark;

/// A page as text and blocks.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// The text: that of a text copy, or the one that HTML was rendered to.
    pub(crate) text: Cow<'a, str>,
    /// Its lines, whose spans together are the text.
    pub(crate) blocks: Vec<Block>,
    /// What only HTML has; `None` for a text copy.
    pub(crate) markup: Option<Markup>,
}

impl<'a> Document<'a> {
    /// Reads a text copy.
    pub(crate) fn of_text(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), blocks: text::blocks(text), markup: None }
    }

    /// In a text copy, code ends before a line that ends an entry.
    pub(crate) fn end_code(&mut self, ends_entry: impl Fn(&str) -> bool) {
        text::end_code(&self.text, &mut self.blocks, ends_entry);
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// White space only.
    Blank,
    /// A line of text.
    Paragraph,
    /// A line of HTML that is bold throughout.
    Strong,
    /// A heading.
    Heading,
    /// A list item.
    Item,
    /// A row of an HTML table.
    Row,
    /// The first or last line of a block of code.
    Fence,
    /// A line of code.
    Code,
    /// A line of HTML that belongs to the site rather than to the page.
    Furniture,
}

/// A line of a page, or several lines of one paragraph or list item.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) kind: BlockKind,
    /// The first line, 1-based.
    pub(crate) line: u32,
    /// Columns of white space before the text.
    pub(crate) indent: u32,
    /// All of it, including its line end. The spans of all blocks together are the page.
    pub(crate) span: Range<usize>,
    /// The text without white space around it.
    pub(crate) text: Range<usize>,
    /// The text without the marker of a heading or list item.
    pub(crate) body: Range<usize>,
    /// Whether it goes over several lines.
    pub(crate) wrapped: bool,
}

impl Block {
    /// The line of a place in its text, 1-based.
    pub(crate) fn line_at(&self, page: &str, at: usize) -> u32 {
        // A line may hold very many pieces.
        if !self.wrapped {
            return self.line;
        }
        let before = &page.as_bytes()[self.text.start..at.max(self.text.start)];
        let ends = memchr::memchr_iter(b'\n', before).count().max(memchr::memchr_iter(b'\r', before).count());
        self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX))
    }
}
