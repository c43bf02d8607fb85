//! Turns the lines of a text copy into blocks.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2};

use super::wrap::unwrap;
use super::{Block, BlockKind};
use crate::clean::{self, is_unseen, text_of_link};

/// The width of a tab in an indent, in columns.
const TAB: u32 = 4;

/// The lines of a page. LF, CRLF or CR end a line; the last one may have no end.
pub(crate) fn blocks(page: &str) -> Vec<Block> {
    let bytes = page.as_bytes();
    let lines = memchr_iter(b'\n', bytes).count() + 1;
    let mut blocks = Vec::with_capacity(lines);
    let returns = memchr(b'\r', bytes).is_some();
    let (mut underlined, mut bare_mark) = (false, false);
    let mut wide = 0;
    let mut start = 0;
    while start < page.len() {
        let end = match bytes[start] {
            // Often, every other line is blank: there is nothing to search for.
            b'\n' => start + 1,
            _ if returns => line_end(bytes, start),
            _ => memchr(b'\n', &bytes[start..]).map_or(page.len(), |length| start + length + 1),
        };
        underlined |= page[start..end].starts_with(UNDERLINES);
        let block = block(page, start..end, blocks.len());
        bare_mark |= is_bare_mark(page, &block);
        wide += usize::from(end - start > WIDE);
        blocks.push(block);
        start = end;
    }
    if bare_mark {
        join_marks(page, &mut blocks);
    }
    if underlined {
        mark_underlined(page, &mut blocks);
    }
    if memchr(FENCE.as_bytes()[0], bytes).is_some() && page.contains(FENCE) {
        mark_code(page, &mut blocks, |_| false);
    }
    if wide * 20 <= blocks.len() {
        unwrap(page, &mut blocks);
    }
    blocks
}

/// If more than one line in twenty is longer than this, in bytes, the page is not wrapped
/// at a width.
const WIDE: usize = 200;

/// The end of the line that starts at `start`, including its line end, on a page that
/// contains a CR.
fn line_end(page: &[u8], start: usize) -> usize {
    match memchr2(b'\n', b'\r', &page[start..]) {
        None => page.len(),
        Some(length) => {
            let at = start + length;
            let crlf = page[at] == b'\r' && page.get(at + 1) == Some(&b'\n');
            at + 1 + usize::from(crlf)
        }
    }
}

fn block(page: &str, span: Range<usize>, index: usize) -> Block {
    let line = &page[span.clone()];
    let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
    let plain = |kind, span, text: Range<usize>| Block {
        kind,
        line: number,
        indent: 0,
        span,
        body: text.clone(),
        text,
        wrapped: false,
    };
    if line == "\n" {
        let end = span.end..span.end;
        return plain(BlockKind::Blank, span, end);
    }
    // Most lines begin with a letter, so with neither white space nor a marker.
    if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let text = span.start..span.start + trim_end(line).len();
        return plain(BlockKind::Paragraph, span, text);
    }
    let rest = line.trim_start_matches(is_unseen);
    let start = span.end - rest.len();
    let text = start..start + trim_references(rest).len();
    let indent = page[span.start..text.start].chars().map(|c| if c == '\t' { TAB } else { 1 }).sum();
    let (kind, mark) = kind(&page[text.clone()]);
    let mut body = text.start + mark..text.end;
    // A line that is a link is read as the link's text.
    if let Some(inner) = text_of_link(&page[body.clone()]) {
        body = body.start + inner.start..body.start + inner.end;
    }
    Block { kind, line: number, indent, span, text, body, wrapped: false }
}

/// A line without white space and invisible characters at its end. Most lines have only
/// their line end there.
fn trim_end(line: &str) -> &str {
    let bare = line.strip_suffix('\n').unwrap_or(line);
    if bare.ends_with(|c: char| c.is_ascii_graphic() && c != ';') { bare } else { clean::trim_end(bare) }
}

/// The same of any line. One of nothing but references is blank if they stand for white
/// space; otherwise it is a text, of which cleaning leaves nothing.
fn trim_references(line: &str) -> &str {
    let trimmed = clean::trim_end(line);
    let written = line.trim_end_matches(is_unseen);
    let blank = || clean::decode_references(written).trim().is_empty();
    if trimmed.is_empty() && !blank() { written } else { trimmed }
}

/// The kind of a trimmed line, and the length of the marker before its text.
fn kind(text: &str) -> (BlockKind, usize) {
    if text.is_empty() {
        return (BlockKind::Blank, 0);
    }
    let hashes = text.bytes().take_while(|&byte| byte == b'#').count();
    if (1..=6).contains(&hashes) {
        let spaces = leading_spaces(&text[hashes..]);
        if spaces > 0 {
            return (BlockKind::Heading, hashes + spaces);
        }
    }
    match item_mark(text) {
        Some(length) => (BlockKind::Item, length),
        None => (BlockKind::Paragraph, 0),
    }
}

/// The length of the marker of a list item, including white space after it: `•`, `-`,
/// `*`, `✓` and the like, `1.`, `1)`, `(1)`. `✗` is not a marker, because it has a meaning.
pub(super) fn item_mark(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let mark = match first {
        '•' | '●' | '▪' | '◦' | '‣' | '∙' | '■' | '○' | '⁃' | '❖' | '◆' | '➢' | '➤' | '►' | '→' | '➜'
        | '➔' | '✓' | '✔' | '✅' | '☑' => {
            let length = first.len_utf8();
            return Some(length + leading_spaces(&text[length..])).filter(|&length| length < text.len());
        }
        '&' => return reference_mark(text),
        '-' | '*' | '+' | '–' | '·' => first.len_utf8(),
        '0'..='9' | '(' => number_mark(text)?,
        _ => return None,
    };
    let spaces = leading_spaces(&text[mark..]);
    let rest = &text[mark + spaces..];
    // `* * *` is a horizontal rule.
    let is_rule = rest.chars().all(|c| c == first || c == ' ');
    (spaces > 0 && !is_rule).then_some(mark + spaces)
}

/// The length of a marker that is left as a character reference: `&bull;`.
fn reference_mark(text: &str) -> Option<usize> {
    let length = text.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';')? + 1;
    let spaces = leading_spaces(&text[length..]);
    let marker = clean::decode_references(&text[..length]) + " ";
    (!marker.starts_with('&') && length + spaces < text.len() && item_mark(&(marker + "x")).is_some())
        .then_some(length + spaces)
}

/// The longest reference that is looked at as a marker, in bytes.
const LONGEST_REFERENCE: usize = 16;

/// A line without the marker of a list item.
pub(crate) fn without_item_mark(line: &str) -> &str {
    &line[item_mark(line).unwrap_or_default()..]
}

/// The length of `12.`, `12)` or `(12)`, with at most three digits, so that a year is not
/// taken for one.
fn number_mark(text: &str) -> Option<usize> {
    let open = usize::from(text.starts_with('('));
    let digits = text.bytes().skip(open).take_while(u8::is_ascii_digit).count();
    let close = text.as_bytes().get(open + digits)?;
    let closed = *close == b')' || (open == 0 && *close == b'.');
    ((1..=3).contains(&digits) && closed).then_some(open + digits + 1)
}

fn leading_spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches(char::is_whitespace).len()
}

/// The characters that headings are underlined with.
const UNDERLINES: [char; 3] = ['=', '-', '~'];
/// The length of the shortest underline.
const MIN_UNDERLINE: usize = 3;

/// Whether a line consists of three or more equal underline characters.
fn is_underline(text: &str) -> bool {
    let mark = text.chars().next().filter(|mark| UNDERLINES.contains(mark));
    text.len() >= MIN_UNDERLINE && mark.is_some_and(|mark| text.chars().all(|c| c == mark))
}

/// Turns single lines that are underlined into headings (setext headings).
fn mark_underlined(page: &str, blocks: &mut [Block]) {
    for index in 1..blocks.len() {
        let single = index == 1 || blocks[index - 2].kind == BlockKind::Blank;
        let is_text = blocks[index - 1].kind == BlockKind::Paragraph;
        if single && is_text && is_underline(&page[blocks[index].text.clone()]) {
            blocks[index - 1].kind = BlockKind::Heading;
        }
    }
}

/// Whether a line consists of the marker of a list item.
fn is_bare_mark(page: &str, block: &Block) -> bool {
    if block.kind != BlockKind::Paragraph || block.text.len() > LONGEST_MARK {
        return false;
    }
    let mark = &page[block.text.clone()];
    matches!(mark, "-" | "*" | "•" | "●" | "▪" | "◦" | "·" | "–") || number_mark(mark) == Some(mark.len())
}

/// The longest marker of an item, in bytes: `(100)`.
const LONGEST_MARK: usize = 5;

/// Joins markers on lines of their own to the next line, as list items. Before a question,
/// a marker is more likely a horizontal rule.
fn join_marks(page: &str, blocks: &mut Vec<Block>) {
    blocks.dedup_by(|text, mark| {
        let joins = is_bare_mark(page, mark)
            && text.kind == BlockKind::Paragraph
            && !is_bare_mark(page, text)
            && !page[text.text.clone()].ends_with('?');
        if joins {
            mark.kind = BlockKind::Item;
            mark.wrapped = true;
            mark.span.end = text.span.end;
            mark.text.end = text.text.end;
            mark.body = text.body.clone();
        }
        joins
    });
}

const FENCE: &str = "```";

/// Turns the lines between two fences into code. A fence without a counterpart is text,
/// and so is one behind which a line that ends an entry comes first.
fn mark_code(page: &str, blocks: &mut [Block], ends_entry: impl Fn(&str) -> bool) {
    let mut open = None;
    for index in 0..blocks.len() {
        if !page[blocks[index].text.clone()].starts_with(FENCE) {
            continue;
        }
        let ends = |block: &Block| ends_entry(&page[block.text.clone()]);
        let Some(start) = open.filter(|&start: &usize| !blocks[start..index].iter().any(ends)) else {
            open = Some(index);
            continue;
        };
        for block in &mut blocks[start..=index] {
            block.kind = BlockKind::Code;
            block.body = block.text.clone();
        }
        blocks[start].kind = BlockKind::Fence;
        blocks[index].kind = BlockKind::Fence;
        open = None;
    }
}

/// Marks the code anew if a line that ends an entry stands in it: before that line, the page
/// was cut off inside of code.
pub(crate) fn end_code(page: &str, blocks: &mut [Block], ends_entry: impl Fn(&str) -> bool) {
    let is_code = |block: &Block| matches!(block.kind, BlockKind::Code | BlockKind::Fence);
    if !blocks.iter().any(|block| is_code(block) && ends_entry(&page[block.text.clone()])) {
        return;
    }
    for marked in blocks.iter_mut().filter(|block| is_code(block)) {
        *marked = Block { line: marked.line, wrapped: marked.wrapped, ..block(page, marked.span.clone(), 0) };
    }
    mark_code(page, blocks, ends_entry);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Vec<(BlockKind, &str)> {
        blocks(page).iter().map(|block| (block.kind, &page[block.body.clone()])).collect()
    }

    #[test]
    fn each_kind_of_line_end_ends_a_line() {
        let page = "a\nb\r\nc\rd";
        let spans: Vec<_> = blocks(page).iter().map(|block| &page[block.span.clone()]).collect();
        assert_eq!(spans, ["a\n", "b\r\n", "c\r", "d"]);
    }

    #[test]
    fn markers_make_headings_and_items() {
        use BlockKind::{Blank, Heading, Item, Paragraph};
        for (line, kind, body) in [
            ("## Why?", Heading, "Why?"),
            ("#1 in sales", Paragraph, "#1 in sales"),
            ("  • Talk", Item, "Talk"),
            ("•Talk", Item, "Talk"),
            ("  12. Walk", Item, "Walk"),
            ("1. #1", Item, "#1"),
            ("(3) Run", Item, "Run"),
            ("4) Run", Item, "Run"),
            ("1984. A year", Paragraph, "1984. A year"),
            ("3.5 litres", Paragraph, "3.5 litres"),
            ("-40 degrees", Paragraph, "-40 degrees"),
            ("- ", Paragraph, "-"),
            ("* * *", Paragraph, "* * *"),
            ("* * a", Item, "* a"),
            ("➤Run", Item, "Run"),
            ("✓ Run", Item, "Run"),
            ("✗ Run", Paragraph, "✗ Run"),
            (" \u{a0}\t", Blank, ""),
        ] {
            assert_eq!(read(line), [(kind, body)], "{line:?}");
        }
    }

    #[test]
    fn a_single_underlined_line_is_a_heading() {
        use BlockKind::{Blank, Heading, Paragraph};
        let kinds = |page| blocks(page).iter().map(|block| block.kind).collect::<Vec<_>>();
        assert_eq!(kinds("Why?\n----\nSo."), [Heading, Paragraph, Paragraph]);
        assert_eq!(kinds("a\n\nWhy?\n==="), [Paragraph, Blank, Heading, Paragraph]);
        assert_eq!(kinds("a\nb\n---"), [Paragraph; 3]);
        assert_eq!(kinds("a\n\n---"), [Paragraph, Blank, Paragraph]);
        assert_eq!(kinds("a\n--\n-=-"), [Paragraph; 3]);
    }

    #[test]
    fn only_a_closed_fence_makes_code() {
        use BlockKind::{Code, Fence, Paragraph};
        assert_eq!(
            read("```sh\n# x\n```\n```"),
            [(Fence, "```sh"), (Code, "# x"), (Fence, "```"), (Paragraph, "```")]
        );
    }
}
