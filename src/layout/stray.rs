//! Lines that look like the page's questions but belong to its site: opening
//! hours after the page's main part, a box beside it, the heading of a form.

use html5ever::local_name;

use super::Page;
use crate::page::Signs;

/// A line that may be a question, and whether it asks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) line: usize,
    pub(super) asks: bool,
}

/// For each line, in order, whether it is a stray one.
pub(super) fn strays(page: &Page<'_>, lines: &[Standing]) -> Vec<bool> {
    let within = |signs: Signs| -> Vec<bool> {
        lines.iter().map(|standing| is_within(page, standing.line, signs)).collect()
    };
    let (main, aside) = (within(Signs::MAIN), within(Signs::ASIDE));
    let mostly = |at: &[bool], expected: bool| {
        let asking = || lines.iter().zip(at).filter(|(standing, _)| standing.asks);
        let there = asking().filter(|(_, at)| **at == expected).count();
        there >= MIN_THERE && there * 4 >= asking().count() * 3
    };
    let (in_main, beside_none) = (mostly(&main, true), mostly(&aside, false));
    let each = lines.iter().zip(main.iter().zip(&aside));
    each.map(|(standing, (main, aside))| {
        (in_main && !main) || (beside_none && *aside) || heads_form(page, standing.line, lines)
    })
    .collect()
}

/// The title over questions that are not headings, if it stands like one of them.
pub(super) fn title(page: &Page<'_>, lines: &[Standing]) -> Option<Standing> {
    let is_heading = |standing: &Standing| page.level(standing.line).is_some();
    let title = lines.iter().position(is_heading)?;
    let alone = lines.len() > MIN_THERE && !lines[title + 1..].iter().any(is_heading);
    (alone && !lines[title].asks).then(|| lines[title])
}

/// Questions that show where those of a page stand.
const MIN_THERE: usize = 2;

fn is_within(page: &Page<'_>, line: usize, signs: Signs) -> bool {
    page.around(line).any(|(_, element)| element.signs.has(signs))
}

/// Whether a form follows a line, or is headed by it; one around a whole page is none.
fn heads_form(page: &Page<'_>, line: usize, lines: &[Standing]) -> bool {
    let Some(next) = (line + 1..page.blocks.len()).take(NEAR).find(|&next| page.shows(next)) else {
        return false;
    };
    let form = page.around(next).find(|(_, element)| element.name == local_name!("form"));
    form.is_some_and(|(_, form)| {
        let before = |end: u32| lines.partition_point(|other| other.line < end as usize);
        let held = before(form.lines.start)..before(form.lines.end);
        lines[held].iter().all(|other| other.line == line)
    })
}

/// Lines after another that are examined.
const NEAR: usize = 4;
