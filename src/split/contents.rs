//! Tables of contents: their questions stand again below, each above its answer.

use rustc_hash::FxHashMap;

use super::evidence::{Ending, Unit};
use super::{Piece, Role};

/// The longest title of a section, in bytes.
const LONGEST: usize = 100;

/// Fewer questions that stand again are chance.
const MIN_QUESTIONS: usize = 3;

/// Makes other text of the titles of sections that stand below a question of a table of
/// contents, where the same question has its answer further down.
pub(super) fn shed(page: &str, pieces: &[Piece], units: &[Unit], roles: &mut [Role]) {
    // Attributions tell entries apart.
    if units.iter().any(|unit| unit.after.boundary) {
        return;
    }
    let text = |at: usize| &page[pieces[units[at].piece].body.clone()];
    let questions: Vec<usize> = (0..roles.len()).filter(|&at| roles[at] == Role::Question).collect();
    let mut last: FxHashMap<&str, usize> = FxHashMap::default();
    for &at in &questions {
        last.insert(text(at), at);
    }
    if last.len() == questions.len() {
        return;
    }
    let is_title = |unit: &Unit| unit.ending != Ending::Sentence && unit.length <= LONGEST;
    let in_contents = |pair: &&[usize]| {
        let [at, end] = pair[..] else { return false };
        last[text(at)] > at && units[at + 1..end].iter().all(is_title)
    };
    let contents: Vec<&[usize]> = questions.windows(2).filter(in_contents).collect();
    if contents.len() >= MIN_QUESTIONS {
        for pair in contents {
            roles[pair[0] + 1..pair[1]].fill(Role::Other);
        }
    }
}
