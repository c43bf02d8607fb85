//! The text of an HTML page, line by line, much as a copy of it would read.
//!
//! A line is a text block: what a browser would show as one paragraph, however it
//! is wrapped there. There are blank lines where a browser leaves a gap. List items
//! begin with `- ` or `1. `, nested ones two spaces deeper; the cells of a row are
//! separated by ` | `; code stands between lines of three backticks.

use crate::page::text::item_mark;
use crate::page::{Block, BlockKind, Furniture, LineFacts, Signs};

const FENCE: &str = "```";

/// Writes lines and makes blocks of them.
#[derive(Debug, Default)]
pub(super) struct Renderer {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    /// What is known of each block beside its text.
    pub(super) facts: Vec<LineFacts>,
    /// The line that is being written.
    line: Option<Line>,
    /// Whether white space stands between the line's text and what comes next.
    space: bool,
    /// What comes before the next one.
    gap: Gap,
    /// Lines of code without text, written when others follow.
    empty_lines: usize,
    fenced: bool,
    /// The mark of the list item whose first line comes next.
    mark: Option<String>,
    pub(super) context: Context,
}

/// What parts two lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Blank,
    /// A rule across the page.
    Rule,
}

/// What the elements around a text make of it.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is true of some texts, whatever the others are")]
pub(super) struct Context {
    /// Index of the block element that holds it.
    pub(super) element: u32,
    /// The same for texts in like elements of the line, and what these say.
    pub(super) key: u32,
    pub(super) signs: Signs,
    pub(super) heading: bool,
    pub(super) bold: bool,
    /// Lists around it.
    pub(super) depth: u32,
    pub(super) code: bool,
    /// It stands in a row of cells, which is one line.
    pub(super) row: bool,
    pub(super) furniture: Option<Furniture>,
}

#[derive(Debug)]
struct Line {
    kind: BlockKind,
    start: usize,
    text: usize,
    body: usize,
    indent: u32,
    /// Where the bold text ends with which the line begins.
    lead: usize,
    /// What the elements around its beginning make of it.
    context: Context,
    /// Cells with text.
    cells: u32,
    /// Whether the cell that is being written has text.
    in_cell: bool,
}

impl Renderer {
    /// Writes text; white space counts as a browser counts it.
    pub(super) fn text(&mut self, text: &str) {
        if self.context.code {
            return self.code(text);
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if is_space(bytes[at]) {
                self.space = true;
                at += 1;
                continue;
            }
            let start = at;
            // A single space between words is most white space there is.
            while let Some(&byte) = bytes.get(at) {
                if !is_space(byte) {
                    at += 1;
                } else if byte == b' ' && bytes.get(at + 1).is_some_and(|&next| !is_space(next)) {
                    at += 2;
                } else {
                    break;
                }
            }
            self.write(&text[start..at]);
        }
    }

    fn write(&mut self, text: &str) {
        let (space, bold) = (self.space, self.context.bold);
        self.space = false;
        if self.line.is_none() {
            self.begin();
        }
        let Some(line) = &mut self.line else { return };
        let end = self.text.len();
        if space && end > line.body && line.in_cell {
            self.text.push(' ');
        }
        self.text.push_str(text);
        if bold && line.lead == end {
            line.lead = self.text.len();
        }
        line.cells += u32::from(!line.in_cell);
        line.in_cell = true;
    }

    /// Opens a line.
    fn begin(&mut self) {
        let mut context = self.context;
        if self.gap == Gap::Rule {
            context.signs = context.signs | Signs::RULED;
        }
        let mark = self.mark.take();
        let kind = match mark {
            _ if context.furniture.is_some() => BlockKind::Furniture,
            _ if context.code => BlockKind::Code,
            _ if context.heading => BlockKind::Heading,
            _ if context.row => BlockKind::Row,
            Some(_) => BlockKind::Item,
            None => BlockKind::Paragraph,
        };
        // What leads a list in stands right before it.
        if kind == BlockKind::Item {
            self.gap = Gap::None;
        }
        self.blank_line();
        let indent = if kind == BlockKind::Item { 2 * context.depth.saturating_sub(1) } else { 0 };
        let start = self.text.len();
        self.text.extend(std::iter::repeat_n(' ', indent as usize));
        let text = self.text.len();
        if let Some(mark) = mark.filter(|_| kind == BlockKind::Item) {
            self.text.push_str(&mark);
        }
        let body = self.text.len();
        self.line =
            Some(Line { kind, start, text, body, indent, lead: body, context, cells: 0, in_cell: false });
    }

    fn blank_line(&mut self) {
        if std::mem::take(&mut self.gap) != Gap::None && !self.blocks.is_empty() {
            let start = self.text.len();
            self.text.push('\n');
            let end = self.text.len();
            self.push(BlockKind::Blank, 0, start, [end, end, end], (self.context, 0));
        }
    }

    /// `ends` are where text and body start, and where the text ends.
    fn push(
        &mut self,
        kind: BlockKind,
        indent: u32,
        start: usize,
        ends: [usize; 3],
        facts: (Context, usize),
    ) {
        let [text, body, end] = ends;
        let line = u32::try_from(self.blocks.len() + 1).unwrap_or(u32::MAX);
        let span = start..self.text.len();
        self.blocks.push(Block {
            kind,
            line,
            indent,
            span,
            text: text..end,
            body: body..end,
            wrapped: false,
        });
        let (Context { element, key, signs, furniture, .. }, lead) = facts;
        let furniture = furniture.filter(|_| kind == BlockKind::Furniture);
        self.facts.push(LineFacts { element, lead, key, signs, furniture });
    }

    /// Ends the line, if one is open.
    pub(super) fn end_line(&mut self) {
        self.space = false;
        let Some(line) = self.line.take() else { return };
        let end = self.text.trim_end_matches([' ', '|']).len().max(line.body);
        let end = if line.kind == BlockKind::Row { end } else { self.text.len() };
        // What is bold may end in the marks that a row loses.
        let lead = line.lead.min(end);
        let marks = self.text[lead..end].bytes().all(|byte| byte.is_ascii_punctuation());
        let mut body = line.body;
        let kind = match line.kind {
            // A mark that is written out makes an item as well.
            BlockKind::Paragraph if let Some(mark) = item_mark(&self.text[body..end]) => {
                body += mark;
                BlockKind::Item
            }
            // A cell may hold nothing but the marks that a row loses.
            BlockKind::Row if line.cells < 2 || !self.text[body..end].contains('|') => BlockKind::Paragraph,
            BlockKind::Paragraph if lead > line.body && marks => BlockKind::Strong,
            kind => kind,
        };
        self.text.push('\n');
        self.push(kind, line.indent, line.start, [line.text, body, end], (line.context, lead));
    }

    /// Ends the line and leaves a gap before the next one.
    pub(super) fn end_block(&mut self) {
        self.end_line();
        self.gap = self.gap.max(Gap::Blank);
    }

    /// A rule across the page.
    pub(super) fn rule(&mut self) {
        self.end_line();
        self.gap = Gap::Rule;
    }

    /// A line break: a second one leaves a gap.
    pub(super) fn line_break(&mut self) {
        if self.context.code {
            self.code("\n");
        } else if self.context.row {
            self.space = true;
        } else if self.line.is_some() {
            self.end_line();
        } else {
            self.gap = self.gap.max(Gap::Blank);
        }
    }

    /// Begins a list item.
    pub(super) fn item(&mut self, mark: String) {
        self.end_line();
        self.mark = Some(mark);
    }

    /// Forgets the mark of an item that has had no line of its own.
    pub(super) fn end_item(&mut self) {
        self.end_line();
        self.mark = None;
    }

    /// Begins a cell of a row.
    pub(super) fn cell(&mut self) {
        self.space = false;
        if self.line.is_none() {
            self.begin();
        } else {
            self.text.push_str(" | ");
        }
        if let Some(line) = &mut self.line {
            line.in_cell = false;
        }
    }

    fn code(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                if self.line.is_some() {
                    self.end_line();
                } else if self.fenced {
                    self.empty_lines += 1;
                }
            }
            let line = line.strip_suffix('\r').unwrap_or(line);
            if line.is_empty() || (self.line.is_none() && line.trim().is_empty()) {
                continue;
            }
            if self.line.is_none() {
                self.begin_code_line();
            }
            self.text.push_str(line);
        }
    }

    fn begin_code_line(&mut self) {
        if !self.fenced {
            self.fenced = true;
            self.fence();
        }
        for _ in 0..std::mem::take(&mut self.empty_lines) {
            let start = self.text.len();
            self.text.push('\n');
            self.push(BlockKind::Code, 0, start, [start, start, start], (self.context, 0));
        }
        self.begin();
    }

    fn fence(&mut self) {
        self.mark = None;
        self.begin();
        self.text.push_str(FENCE);
        if let Some(line) = &mut self.line
            && line.kind == BlockKind::Code
        {
            line.kind = BlockKind::Fence;
        }
        self.end_line();
    }

    /// Ends a block of code.
    pub(super) fn end_code(&mut self) {
        self.end_line();
        self.empty_lines = 0;
        if std::mem::take(&mut self.fenced) {
            self.fence();
        }
        self.gap = self.gap.max(Gap::Blank);
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b'\x0c')
}
