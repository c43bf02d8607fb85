//! Indexes of other pages, whose titles ask and are followed by text: a blog's
//! posts, search results, questions of a forum. Each title leads to another page,
//! and the text below it is the beginning of that page, often truncated.

use std::ops::Range;

use super::Page;

/// A question and what follows it, by their places in the text.
pub(super) struct Listed {
    pub(super) question: Range<usize>,
    pub(super) answer: Vec<Range<usize>>,
}

/// Whether questions are an index. Where the page is `sure` to hold questions,
/// each may have a page of its own, and its whole answer here.
pub(super) fn is_index(page: &Page<'_>, listed: &[Listed], sure: bool) -> bool {
    let most = |count: usize| count > 0 && count * 5 >= listed.len() * 4;
    let led_away = listed.iter().filter(|item| page.markup.led_away(&item.question).is_some()).count();
    let begun = listed.iter().filter(|item| is_beginning(page, item)).count();
    let goes_on = |item: &&Listed| is_cut(page, item) && leads_on(page, item);
    if !most(led_away) {
        return most(listed.iter().filter(goes_on).count());
    }
    let has_parts =
        |item: &Listed| item.answer.iter().filter(|line| is_sentence(page, line)).nth(1).is_some();
    !(sure && begun == 0 && listed.iter().any(has_parts))
}

/// Whether an item holds no more than the beginning of the page that it leads to.
pub(super) fn is_beginning(page: &Page<'_>, item: &Listed) -> bool {
    let Some(target) = page.markup.led_away(&item.question) else { return false };
    is_cut(page, item) || item.answer.iter().any(|line| page.markup.led_away(line) == Some(target))
}

/// Whether the last line that is not a link is cut.
fn is_cut(page: &Page<'_>, item: &Listed) -> bool {
    let is_text = |line: &&Range<usize>| page.markup.led_away(line).is_none();
    // Names of a category or a writer may be below it.
    item.answer.iter().rev().filter(is_text).take(3).any(|line| {
        let text = page.text[line.clone()].trim_end_matches([']', ')', '}', ' ']);
        text.ends_with(['…', '⋯']) || text.ends_with("...") || text.ends_with(". . .")
    })
}

/// Whether a line ends as a sentence does: no name or date below a title.
fn is_sentence(page: &Page<'_>, line: &Range<usize>) -> bool {
    page.text[line.clone()].trim_end().ends_with(['.', '!', '?', ':', '。', '！', '？', '।', '؟'])
}

/// Whether the last line is a link to another page.
fn leads_on(page: &Page<'_>, item: &Listed) -> bool {
    item.answer.last().is_some_and(|line| page.markup.led_away(line).is_some())
}
