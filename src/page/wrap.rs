//! Joins the lines of text copies that were wrapped at a fixed width, as in mails and
//! plain text documents.

use super::{Block, BlockKind};

/// The possible widths of such a text, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=96;
/// The number of full lines that a wrapped text has at least.
const MIN_FULL: usize = 6;
/// By how many characters a full line may be too short: people also wrap lines by hand.
const SLACK: usize = 6;

/// Joins the lines of each paragraph, if the page is wrapped at a fixed width: most
/// lines that are followed by another one have no room for its first word. If lines
/// are broken elsewhere, only a line that begins with a small letter is joined.
pub(super) fn unwrap(page: &str, blocks: &mut Vec<Block>) {
    if let Some(width) = width(page, blocks) {
        join(blocks, |_, line, next| is_full(page, line, next, width) && goes_on(page, line, next));
    } else if breaks_off_often(page, blocks) {
        join(blocks, |first, line, next| !is_small(page, first) && breaks_off(page, line, next));
    }
}

/// Whether lines of a page break off, although its paragraphs begin with capital letters.
fn breaks_off_often(page: &str, blocks: &[Block]) -> bool {
    let broken = blocks.windows(2).filter(|pair| breaks_off(page, &pair[0], &pair[1]));
    if broken.take(MIN_BROKEN).count() < MIN_BROKEN {
        return false;
    }
    let text = || blocks.iter().filter(|block| is_text(block));
    let starts = |at: usize| at == 0 || blocks[at - 1].kind == BlockKind::Blank;
    let firsts = (0..blocks.len()).filter(|&at| starts(at) && is_text(&blocks[at]));
    let small = firsts.clone().filter(|&at| is_small(page, &blocks[at])).count();
    let large = text().filter(|line| page[line.body.clone()].starts_with(char::is_uppercase)).count();
    small * 10 <= firsts.count() && large * 4 >= text().count()
}

/// Joins each line to the paragraph before it, if `goes_on` is true for the paragraph, its
/// last line and this line.
fn join(blocks: &mut Vec<Block>, goes_on: impl Fn(&Block, &Block, &Block) -> bool) {
    let mut last = blocks.first().cloned();
    blocks.dedup_by(|line, block| {
        let joins = last.as_ref().is_some_and(|last| goes_on(block, last, line));
        last = Some(line.clone());
        if joins {
            block.wrapped = true;
            block.span.end = line.span.end;
            block.text.end = line.text.end;
            block.body.end = line.text.end;
        }
        joins
    });
}

/// The number of lines that break off at least.
const MIN_BROKEN: usize = 3;
/// The length of a line that breaks off at least, in bytes; a shorter one is more likely
/// an item of a list.
const MIN_LENGTH: usize = 16;

/// Whether a line does not end like a sentence, and the next one begins with a small letter.
fn breaks_off(page: &str, line: &Block, next: &Block) -> bool {
    let (text, rest) = (&page[line.text.clone()], &page[next.text.clone()]);
    if !is_text(line) || next.kind != BlockKind::Paragraph || !is_small(page, next) {
        return false;
    }
    let word = rest.split(char::is_whitespace).next().unwrap_or_default();
    // An attribution may end so: `… on bees.example`.
    let ends_with_address =
        text.rsplit(char::is_whitespace).next().is_some_and(|last| last.contains(['.', '/', '@']));
    text.len() >= MIN_LENGTH
        && !ends_with_address
        && memchr::memchr(b'|', text.as_bytes()).is_none()
        && memchr::memchr(b'|', rest.as_bytes()).is_none()
        && text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | ')'))
        && word.len() < rest.len()
        && word.chars().all(|c| c.is_lowercase() || matches!(c, ',' | '-' | '’' | '\''))
}

/// Whether a line begins with a small letter.
fn is_small(page: &str, line: &Block) -> bool {
    page[line.text.clone()].starts_with(char::is_lowercase)
}

/// The width at which the page is wrapped.
fn width(page: &str, blocks: &[Block]) -> Option<usize> {
    let mut widths: Vec<usize> =
        blocks.iter().filter(|block| is_text(block)).map(|line| columns(page, line)).collect();
    // One line in fifty may be wider, such as an address or a table.
    let at = widths.len().checked_sub(1 + widths.len() / 50)?;
    let width = *widths.select_nth_unstable(at).1;
    let pairs = || blocks.windows(2).filter(|pair| is_text(&pair[0]) && pair[1].kind == BlockKind::Paragraph);
    let full = || pairs().filter(|pair| is_full(page, &pair[0], &pair[1], width));
    // Lines of one sentence each are full by chance.
    let broken =
        full().filter(|pair| !page[pair[0].text.clone()].ends_with(['.', '!', '?', ':', '…'])).count();
    let full = full().count();
    let wrapped = full >= MIN_FULL && full * 5 >= pairs().count() * 3 && broken * 5 >= full * 3;
    (WIDTHS.contains(&width) && wrapped).then_some(width)
}

fn is_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
}

/// The width of a line in characters, including its indent.
fn columns(page: &str, line: &Block) -> usize {
    line.indent as usize + page[line.text.clone()].chars().count()
}

/// Whether a line has no room for the first word of the next one.
fn is_full(page: &str, line: &Block, next: &Block, width: usize) -> bool {
    let word = page[next.text.clone()].split_whitespace().next().map_or(0, |word| word.chars().count());
    columns(page, line) + 1 + word + SLACK > width
}

/// Whether the next line is a part of the same paragraph: it has no marker or label, and
/// is indented like the text before it. A paragraph ends after a question.
fn goes_on(page: &str, line: &Block, next: &Block) -> bool {
    let word = page[next.text.clone()].split_whitespace().next().unwrap_or_default();
    let labelled = word.len() <= LONGEST_LABEL
        && word.ends_with([':', ')', '.'])
        && word.starts_with(char::is_uppercase);
    let hanging = u32::try_from(line.body.start - line.text.start).unwrap_or(u32::MAX);
    let alike = next.indent.abs_diff(line.indent) <= MAX_SHIFT.max(hanging);
    let asks = page[line.text.clone()].ends_with('?') && !word.starts_with(char::is_lowercase);
    is_text(line) && next.kind == BlockKind::Paragraph && !labelled && alike && !asks
}

/// The longest label, in bytes, such as `Answer:`.
const LONGEST_LABEL: usize = 9;
/// The largest difference in indent between the lines of a paragraph, in columns.
const MAX_SHIFT: u32 = 8;

#[cfg(test)]
mod tests {
    use super::super::Document;

    /// The texts of all blocks but blank ones.
    fn texts(page: &str) -> Vec<String> {
        let document = Document::of_text(page);
        let shown = document.blocks.iter().filter(|block| !block.text.is_empty());
        shown.map(|block| page[block.body.clone()].split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    const WRAPPED: &str = "\
Q: Which lanterns may I hang over the jetty, and for how long may they
   burn there?
A: All but the large ones. They may burn from dusk to midnight, and on
   feast days until the last ferry has come in, which may be later than
   anybody expects.

Q: Who fills them?
A: The harbour office does. It has oil for a month, and a boy who knows
   each of them by its name. In winter two boys are needed, because the
   nights are long and the ladders are icy.
   - small lanterns take a cup of oil, and burn for as long as anybody
     stays up
   - large ones take a jug
";

    #[test]
    fn paragraphs_are_joined() {
        assert_eq!(
            texts(WRAPPED),
            [
                "Q: Which lanterns may I hang over the jetty, and for how long may they burn there?",
                "A: All but the large ones. They may burn from dusk to midnight, and on feast days until the last \
                 ferry has come in, which may be later than anybody expects.",
                "Q: Who fills them?",
                "A: The harbour office does. It has oil for a month, and a boy who knows each of them by its name. \
                 In winter two boys are needed, because the nights are long and the ladders are icy.",
                "small lanterns take a cup of oil, and burn for as long as anybody stays up",
                "large ones take a jug",
            ]
        );
    }

    #[test]
    fn sentences_of_like_length_stay_lines() {
        let sentences = "The lanterns of the harbour are lit when the sun is down.\n\
            The boy of the office knows each of them by its own name.\n";
        assert_eq!(texts(&sentences.repeat(12)).len(), 24);
    }

    #[test]
    fn lines_of_any_length_stay_lines() {
        let page = "Who lights the lanterns?\nThe boy from the harbour office, as soon as the sun is down.\n"
            .repeat(12);
        assert_eq!(texts(&page).len(), 24);
    }
}
