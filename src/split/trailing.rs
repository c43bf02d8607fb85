//! Takes from the last answer what belongs to the site, and no rule names.

use super::evidence::{Ending, Style, Unit};
use super::{Piece, Role};

/// The longest such line, in bytes.
const LONGEST: usize = 32;
/// The longest that stands alone: half a sentence may end the page, too.
const LONGEST_ALONE: usize = 20;
/// Fewer answers do not tell how the page writes.
const MIN_ANSWERS: usize = 3;

/// Makes other text of what goes on behind the last answer of a page all of whose other
/// answers are far shorter, in paragraphs and lists.
pub(super) fn cut_off(units: &[Unit], roles: &mut [Role]) {
    let Some(question) = roles.iter().rposition(|role| *role == Role::Question) else { return };
    let closed = units.last().is_some_and(|unit| unit.after.boundary);
    let mut parts: Vec<usize> = Vec::new();
    for (at, role) in roles[..question].iter().enumerate() {
        match role {
            Role::Question => parts.push(0),
            Role::Answer if goes_on(units, at) => {}
            Role::Answer => parts.last_mut().into_iter().for_each(|count| *count += 1),
            Role::Other | Role::Title => {}
        }
    }
    parts.sort_unstable();
    // One in five may be as long as it likes.
    let usual = parts.get(parts.len() * 4 / 5).copied().unwrap_or_default();
    let answer = question + 1..roles.len();
    let length = roles[answer.clone()].iter().take_while(|role| **role == Role::Answer).count();
    let starts: Vec<usize> = answer.take(length).filter(|&at| !goes_on(units, at)).collect();
    if parts.len() >= MIN_OTHERS && !closed && starts.len() > usual * 3 + MIN_EXCESS {
        roles[starts[usual]..].fill(Role::Other);
    }
}

/// Whether a piece of text is a further item of a list.
fn goes_on(units: &[Unit], at: usize) -> bool {
    units[at].style.is_item() && at > 0 && units[at - 1].style == units[at].style
}

/// One other answer tells nothing.
const MIN_OTHERS: usize = 2;
/// Fewer paragraphs more than usual may be an answer's.
const MIN_EXCESS: usize = 3;

/// Makes other text of lines without a mark that stand behind the last answer's
/// sentences, on a page whose other answers never hold such lines.
pub(super) fn shed(page: &str, pieces: &[Piece], units: &[Unit], roles: &mut [Role]) {
    let Some(question) = roles.iter().rposition(|role| *role == Role::Question) else { return };
    let answers = roles[..question].windows(2).filter(|pair| *pair == [Role::Question, Role::Answer]).count();
    let lead = question + 2;
    let closed = units.last().is_some_and(|unit| unit.after.boundary);
    let answered = roles.len() > lead && roles[lead..].iter().all(|role| *role == Role::Answer);
    if answers < MIN_ANSWERS || closed || !answered {
        return;
    }
    let bare = |unit: &Unit, longest| {
        unit.style == Style::Plain
            && unit.ending == Ending::Bare
            && unit.length <= longest
            && !unit.barred
            && !unit.before.boundary
    };
    let tail = units[lead..].iter().rev().take_while(|unit| bare(unit, LONGEST)).count();
    let start = units.len() - tail;
    let Some(gap) = units[start..].iter().position(|unit| unit.before.blanks > 0) else { return };
    let (start, tail) = (start + gap, tail - gap);
    let alone = tail == 1 && !bare(&units[start], LONGEST_ALONE);
    let usual = (1..question)
        .any(|at| roles[at] == Role::Answer && roles[at - 1] == Role::Answer && bare(&units[at], LONGEST));
    let last = &units[start - 1];
    let ended =
        last.ending == Ending::Sentence || last.style.is_item() || (tail > 1 && last.length > LONGEST);
    let leads = page[pieces[last.piece].text.clone()].ends_with(':');
    if ended && !leads && !alone && !usual {
        roles[start..].fill(Role::Other);
    }
}
