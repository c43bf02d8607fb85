//! The lines of an answer, as the contract lays them out.

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// Nothing.
    Blank,
    /// Three backticks, before and behind code.
    Fence,
    /// Between fences.
    Code(&'a str),
    /// `- item` or `1. item`, two spaces deeper for each level: the item's text.
    Item(&'a str),
    /// Any other: a paragraph, or a table's row.
    Other(&'a str),
}

const FENCE: &str = "```";

/// The lines of an answer. A paragraph that looks like a list item is taken for
/// one; a fence that nothing closes is a paragraph.
pub(super) fn of(answer: &str) -> impl Iterator<Item = Line<'_>> {
    let mut fenced = false;
    let mut left = answer.split('\n').filter(|line| *line == FENCE).count();
    answer.split('\n').map(move |line| {
        if line == FENCE && (fenced || left > 1) {
            fenced = !fenced;
            left -= 1;
            Line::Fence
        } else if fenced {
            Line::Code(line)
        } else if line.is_empty() {
            Line::Blank
        } else {
            item(line).map_or(Line::Other(line), Line::Item)
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

/// Whether a line can be a table's row.
pub(super) fn is_row(line: &str) -> bool {
    line.contains(" | ")
}
