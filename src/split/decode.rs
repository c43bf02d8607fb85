//! Finds the most likely role of every piece of text: the path through all
//! pieces whose evidence, transitions and rhythm sum highest (Viterbi 1967,
//! doi:10.1109/TIT.1967.1054010), in time linear in the page.

use super::Role;
use super::evidence::{Ending, NEVER, Unit};
use super::rhythm::Rhythm;

/// Rounds of decoding: one without rhythm, then with the rhythm of the last.
const ROUNDS: usize = 3;

/// A question that no answer follows.
const UNANSWERED: f32 = -4.0;

/// A title right behind a question: rather a short answer, even before the count line.
const ANSWERLESS_TITLE: f32 = -14.0;

/// An answer that no attribution closes, on a page where attributions do.
const UNCLOSED: f32 = -5.0;

/// The longest line, in bytes, that is rather a leftover of the site.
pub(super) const LONGEST_LEFTOVER: usize = 100;

/// The role of every unit.
pub(super) fn decode(units: &[Unit]) -> Vec<Role> {
    let mut roles = best_path(units, &Rhythm::default());
    for _ in 1..ROUNDS {
        let Some(rhythm) = Rhythm::learn(units, &roles) else { break };
        let next = best_path(units, &rhythm);
        if next == roles {
            break;
        }
        roles = next;
    }
    roles
}

fn best_path(units: &[Unit], rhythm: &Rhythm) -> Vec<Role> {
    let Some(first) = units.first() else { return Vec::new() };
    let mut scores = emission(first, rhythm);
    for (score, role) in scores.iter_mut().zip(Role::ALL) {
        *score += start(role);
    }
    let mut from = Vec::with_capacity(units.len());
    for pair in units.windows(2) {
        let [last, unit] = pair else { continue };
        let mut steps = STEPS[usize::from(last.question < CLEAR)][step(unit) as usize];
        steps[Role::Answer as usize][Role::Question as usize] -= rhythm.breach(unit);
        if last.question >= CLEAR {
            steps[Role::Question as usize][Role::Question as usize] += rhythm.unparted(unit);
        }
        let emitted = emission(unit, rhythm);
        let (next, back) = reach(&scores, &steps, &emitted);
        scores = next;
        from.push(back);
    }
    let mut at = best_end(&scores, units);
    let mut roles = vec![Role::ALL[at]];
    for back in from.iter().rev() {
        at = back[at] as usize;
        roles.push(Role::ALL[at]);
    }
    roles.reverse();
    roles
}

/// For each role of the next text, the highest score and the role that it is
/// reached from; of equals, the first.
fn reach(scores: &[f32; 4], steps: &Steps, emitted: &[f32; 4]) -> ([f32; 4], [u32; 4]) {
    let (mut next, mut back) = ([0.0; 4], [0; 4]);
    // Without a branch, so that the compiler reckons all four at once.
    for to in 0..4 {
        let from = |at: usize| scores[at] + steps[at][to];
        let first = if from(1) > from(0) { (from(1), 1) } else { (from(0), 0) };
        let last = if from(3) > from(2) { (from(3), 3) } else { (from(2), 2) };
        let best = if last.0 > first.0 { last } else { first };
        (next[to], back[to]) = (best.0 + emitted[to], best.1);
    }
    (next, back)
}

/// The role of the last text.
fn best_end(scores: &[f32; 4], units: &[Unit]) -> usize {
    let Some(last) = units.last() else { return 0 };
    let closed = units.iter().filter(|unit| unit.after.boundary).count();
    let asking = units.iter().filter(|unit| unit.question > CLEAR).count();
    // Only a short line is rather a leftover of the site than the end of an answer.
    let leftover = last.length <= LONGEST_LEFTOVER && !last.style.is_item();
    let closed = closed >= 2 && closed * 4 >= asking * 3 && leftover;
    let end = |role| match role {
        // The end of a page often cuts off an answer, or half a question.
        Role::Question if last.question > 0.5 => -0.5,
        Role::Question => UNANSWERED,
        Role::Answer if closed && !last.after.boundary => UNCLOSED,
        Role::Title => -1.5,
        Role::Other | Role::Answer => 0.0,
    };
    let total = |index: usize| scores[index] + end(Role::ALL[index]);
    (0..4).fold(0, |best, index| if total(index) > total(best) { index } else { best })
}

/// Evidence for each role, in the order of [`Role::ALL`]; an answer is what
/// anything may be, so it scores zero.
fn emission(unit: &Unit, rhythm: &Rhythm) -> [f32; 4] {
    let question = unit.question + rhythm.question(unit);
    [-0.4, question, 0.0, unit.title + rhythm.title(unit)]
}

fn start(role: Role) -> f32 {
    match role {
        Role::Question => 0.0,
        Role::Other => -0.3,
        Role::Title => -3.0,
        Role::Answer => NEVER,
    }
}

/// What a step from one text to the next goes over.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Nothing but blank lines.
    Plain,
    /// The same, to what reads as the heading of an answer.
    ToHeading,
    /// A rule's text that parts two entries.
    Boundary,
    /// The count line.
    Count,
    /// A rule's text that parts a question from its answer.
    Under,
    /// The same, to what reads as the next question.
    UnderToQuestion,
    /// A rule's text that ends an entry.
    End,
}

fn step(unit: &Unit) -> Step {
    let before = &unit.before;
    if before.count {
        Step::Count
    } else if before.boundary {
        Step::Boundary
    } else if before.under {
        if unit.ending == Ending::Asks && unit.question > CLEAR { Step::UnderToQuestion } else { Step::Under }
    } else if before.end {
        Step::End
    } else if unit.heads_answer {
        Step::ToHeading
    } else {
        Step::Plain
    }
}

/// Weights of the steps between roles: from a row to a column, both in the
/// order of [`Role::ALL`].
type Steps = [[f32; 4]; 4];

/// The steps by [`Step`], where the last text reads as a question, and where it hardly does.
const STEPS: [[Steps; 7]; 2] = [all_steps(UNANSWERED), all_steps(UNANSWERED - 3.0)];

/// The score from which on a text reads as a question.
pub(super) const CLEAR: f32 = 2.0;

/// `open` is the cost of leaving a question unanswered.
const fn all_steps(open: f32) -> [Steps; 7] {
    const N: f32 = NEVER;
    let plain = [
        // other, question, answer, title
        [0.0, -0.5, N, -3.0],
        [N, open, 0.0, ANSWERLESS_TITLE],
        [-4.0, -1.0, 0.0, -3.5],
        [-3.0, 0.0, N, -3.0],
    ];
    let to_heading = [
        [0.0, -4.5, N, -3.0],
        [N, 2.0 * open, 0.0, ANSWERLESS_TITLE],
        [-4.0, -5.0, 0.0, -3.5],
        [-3.0, -4.0, N, -3.0],
    ];
    let boundary = [
        [-2.0, 0.5, N, -1.5],
        [open - 3.5, open - 1.0, N, open - 3.0],
        [-1.5, 1.0, N, -1.0],
        [-5.5, -3.0, N, -5.0],
    ];
    let count = [boundary[0], boundary[1], boundary[2], [-1.5, 1.0, N, -1.0]];
    let under = [
        [-3.0, -3.0, N, -3.0],
        [open - 2.0, open - 2.0, 4.0, open - 2.0],
        [-3.0, -3.0, -3.0, -3.0],
        [-3.0, -3.0, N, -3.0],
    ];
    let mut under_to_question = under;
    under_to_question[1] = [open - 2.0, open, 0.0, open - 2.0];
    let end = [[-0.5, -1.0, N, -3.0], [open, open, -2.0, open], [-0.5, -1.0, N, -3.0], [-0.5, -1.0, N, -3.0]];
    [plain, to_heading, boundary, count, under, under_to_question, end]
}
