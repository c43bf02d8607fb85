//! A page's own rhythm: what stands before and behind its questions, how they
//! are written, and how that differs from its answers.
//!
//! Learned from a first decoding as smoothed relative frequencies; the weight
//! of an observation is the logarithm of its ratio.

use super::Role;
use super::evidence::{Between, Ending, Unit};

/// Kinds of gap between two texts.
const GAPS: usize = 7;
/// Ways of writing.
const STYLES: usize = 6;
/// No single observation outweighs a clear question.
const MAX: f32 = 2.5;
/// What a page never does weighs more: a question that breaks its rhythm is a
/// part of an answer.
const MIN: f32 = -5.0;
/// What a question mark gains at most.
const MAX_MARK: f32 = 1.0;
/// Ways of ending.
const ENDINGS: usize = 3;
/// Fewer questions than this have no rhythm.
const MIN_QUESTIONS: usize = 2;

/// Weights of what surrounds a question, in nats.
#[derive(Debug, Default)]
pub(super) struct Rhythm {
    before: [f32; GAPS],
    after: [f32; GAPS],
    style: [f32; STYLES],
    ending: [f32; ENDINGS],
}

impl Rhythm {
    /// Learns from units whose roles are known; `None` if too few are questions.
    pub(super) fn learn(units: &[Unit], roles: &[Role]) -> Option<Self> {
        let mut before = Counts::<GAPS>::default();
        let mut after = Counts::<GAPS>::default();
        let mut style = Counts::<STYLES>::default();
        let mut ending = Counts::<ENDINGS>::default();
        let mut questions = 0;
        for (unit, role) in units.iter().zip(roles) {
            let asks = match role {
                Role::Question if unit.question > 0.0 => true,
                Role::Answer => false,
                _ => continue,
            };
            questions += usize::from(asks);
            before.add(gap(unit.before), asks);
            after.add(gap(unit.after), asks);
            style.add(unit.style as usize, asks);
            ending.add(unit.ending as usize, asks);
        }
        (questions >= MIN_QUESTIONS).then(|| Self {
            before: before.weights(1.5),
            after: after.weights(0.5),
            style: style.weights(1.0),
            ending: ending.weights(1.0),
        })
    }

    /// What the rhythm says of a unit as a question.
    pub(super) fn question(&self, unit: &Unit) -> f32 {
        let ending = self.ending[unit.ending as usize];
        // A question mark speaks for itself: that others have one adds little.
        let ending = if unit.ending == Ending::Asks { ending.min(MAX_MARK) } else { ending };
        let before = self.before[gap(unit.before)];
        // What parts entries stands before the title, then.
        let before = if unit.behind_title { before.max(0.0) } else { before };
        before + self.after[gap(unit.after)] + self.style[unit.style as usize] + ending
    }
}

fn gap(between: Between) -> usize {
    match between {
        Between { boundary: true, .. } => 0,
        Between { under: true, .. } => 1,
        // The ends of the page and the count line stand beside any role.
        Between { edge: true, .. } | Between { count: true, .. } => 2,
        Between { glued: true, .. } => 3,
        Between { blanks: 0, .. } => 4,
        Between { blanks: 1, .. } => 5,
        _ => 6,
    }
}

/// How often each of `N` things was seen with answers and with questions.
struct Counts<const N: usize>([[f32; N]; 2]);

impl<const N: usize> Default for Counts<N> {
    fn default() -> Self {
        Self([[0.0; N]; 2])
    }
}

impl<const N: usize> Counts<N> {
    fn add(&mut self, index: usize, asks: bool) {
        self.0[usize::from(asks)][index] += 1.0;
    }

    /// Log ratios of the relative frequencies, each count raised by a half
    /// (Krichevsky and Trofimov 1981, doi:10.1109/TIT.1981.1056331).
    fn weights(&self, factor: f32) -> [f32; N] {
        let [answers, questions] = &self.0;
        let (all_answers, all_questions): (f32, f32) = (answers.iter().sum(), questions.iter().sum());
        #[expect(clippy::cast_precision_loss, reason = "a handful of kinds")]
        let kinds = N as f32;
        std::array::from_fn(|index| {
            let asked = (questions[index] + 0.5) / (all_questions + 1.0);
            let seen = answers[index] + questions[index] > 0.0;
            // What neither does is nothing that a question does.
            let told = if seen { (answers[index] + 0.5) / (all_answers + 1.0) } else { 1.0 / kinds };
            (factor * (asked / told).ln()).min(if seen { MAX } else { 0.0 }).clamp(MIN, MAX)
        })
    }
}
