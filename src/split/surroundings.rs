//! Titles of the page and of the site that stand around questions that ask.

use super::evidence::{Ending, Unit};
use super::{Piece, Role};
use crate::layout::VOCABULARY;

/// Fewer questions that ask show no habit.
const MIN_ASKING: usize = 3;

/// Makes other text of what calls on the reader and asks nothing, and of what follows:
/// `Still have questions?`
pub(super) fn silence_calls(page: &str, pieces: &[Piece], units: &[Unit], roles: &mut [Role]) {
    let calls = |at: usize| VOCABULARY.calls(&page[pieces[units[at].piece].body.clone()]);
    let mut silent = false;
    for at in 0..roles.len() {
        match roles[at] {
            Role::Question => silent = units[at].ending == Ending::Asks && calls(at),
            Role::Answer => {}
            Role::Other | Role::Title => silent = false,
        }
        if silent {
            roles[at] = Role::Other;
        }
    }
}

/// Where questions ask, a line without a mark before the first of them is the page's title over its
/// introduction, and one behind the last belongs to the site, if no header or attribution says
/// otherwise. How many there are.
pub(super) fn shed(units: &[Unit], roles: &mut [Role]) -> usize {
    let questions: Vec<usize> = (0..roles.len()).filter(|&at| roles[at] == Role::Question).collect();
    let asks = |at: &usize| units[*at].ending == Ending::Asks;
    let asking = || questions.iter().copied().filter(asks);
    let (Some(first), Some(last)) = (asking().next(), asking().next_back()) else { return 0 };
    if asking().count() < MIN_ASKING {
        return 0;
    }
    let mut titles = 0;
    for (index, &at) in questions.iter().enumerate() {
        let entry = at..questions.get(index + 1).copied().unwrap_or(roles.len());
        let without_mark = units[at].ending == Ending::Bare && units[at].question < 0.0;
        let alone = units[entry.clone()].iter().all(|unit| !unit.after.under && !unit.after.boundary);
        if without_mark && alone && !(first..last).contains(&at) {
            roles[entry].fill(Role::Other);
            titles += 1;
        }
    }
    titles
}
