//! A page's own rhythm: what stands before and behind its questions, how they
//! are written, and how that differs from its answers.
//!
//! Learned from a first decoding as smoothed relative frequencies; the weight
//! of an observation is the logarithm of its ratio.

use std::ops::Range;

use super::Role;
use super::decode::CLEAR;
use super::evidence::{Between, Ending, Style, Unit};

/// Kinds of gap between two texts.
const GAPS: usize = 8;
/// Ways of writing.
const STYLES: usize = Style::COUNT;
/// No single observation outweighs a clear question.
const MAX: f32 = 2.5;
/// What a page never does weighs more: a question that breaks its rhythm is a
/// part of an answer.
const MIN: f32 = -5.0;
/// What a question mark gains at most.
const MAX_MARK: f32 = 1.0;
/// Ways of ending.
const ENDINGS: usize = 3;
/// Fewer questions than this show no habit.
const MIN_HABIT: f32 = 4.0;
/// One in so many breaks a habit.
const RARE: f32 = 8.0;
/// Fewer questions than this have no rhythm.
const MIN_QUESTIONS: usize = 2;

/// Weights of what surrounds a question, in nats.
#[derive(Debug, Default)]
pub(super) struct Rhythm {
    before: [f32; GAPS],
    after: [f32; GAPS],
    style: [f32; STYLES],
    ending: [f32; ENDINGS],
    habit: Habit,
    /// Blank lines between most questions and their answers.
    inside: usize,
    place: Option<Place>,
}

/// Where questions stand, and hardly anything else: the gaps before and behind them.
#[derive(Debug)]
struct Place {
    gaps: usize,
    /// The pieces from the first to the last one that reads as a question.
    between: Range<usize>,
}

impl Place {
    fn holds(&self, unit: &Unit) -> bool {
        self.gaps == gaps_around(unit) && self.between.contains(&unit.piece)
    }
}

/// What a text gains that stands where questions do, and nothing else.
const PLACED: f32 = 3.0;

/// What a question that breaks a habit of the page loses.
const BREACH: f32 = 6.0;
/// The longest question that is rather a part of an answer, in bytes.
const SHORT: usize = 24;
/// The same of one that is as near to the text before it as answers are to their questions.
const SHORT_AND_NEAR: usize = 40;

/// What the page does with nearly all of its questions and hardly with anything else.
#[derive(Debug, Default)]
struct Habit {
    /// The gap before a question.
    before: Option<usize>,
    style: Option<usize>,
}

impl Habit {
    fn of(before: &Counts<GAPS>, style: &Counts<STYLES>) -> Self {
        Self { before: before.habit(is_free), style: style.habit(|_| false) }
    }
}

impl Rhythm {
    /// Learns from units whose roles are known; `None` if too few are questions.
    pub(super) fn learn(units: &[Unit], roles: &[Role]) -> Option<Self> {
        let mut before = Counts::<GAPS>::default();
        let mut after = Counts::<GAPS>::default();
        let mut style = Counts::<STYLES>::default();
        let mut ending = Counts::<ENDINGS>::default();
        let mut inside = Counts::<GAPS>::default();
        let mut gaps = Counts::<{ GAPS * GAPS }>::default();
        let mut between: Option<Range<usize>> = None;
        let mut questions = 0;
        let mut last = None;
        for (unit, role) in units.iter().zip(roles) {
            let unparted = matches!(last.replace(*role), Some(Role::Question | Role::Title));
            let asks = match role {
                Role::Question if unit.question > 0.0 => true,
                Role::Answer => false,
                _ => continue,
            };
            questions += usize::from(asks);
            // Behind a question or a title stands nothing that parts entries.
            before.add(if asks && unparted { EDGE } else { gap(unit.before) }, asks);
            after.add(gap(unit.after), asks);
            if asks {
                inside.add(usize::from(unit.after.blanks).min(GAPS - 1), true);
                if unit.question > CLEAR {
                    between.get_or_insert(unit.piece..unit.piece).end = unit.piece;
                }
            }
            // What ends as no sentence does may be a question that nobody knew yet.
            if asks || unit.ending == Ending::Sentence {
                gaps.add(gaps_around(unit), asks);
            }
            style.add(unit.style as usize, asks);
            ending.add(unit.ending as usize, asks);
        }
        let habit = Habit::of(&before, &style);
        let is_open = |gaps| is_free(gaps / GAPS) || is_free(gaps % GAPS);
        let place = gaps.habit(is_open).zip(between).map(|(gaps, between)| Place { gaps, between });
        (questions >= MIN_QUESTIONS).then(|| Self {
            habit,
            place,
            inside: inside.most(|_| false),
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
        let before = self.before(unit);
        let style = self.style[unit.style as usize];
        let breach = self.habit.style.is_some_and(|habit| habit != unit.style as usize);
        let placed =
            unit.ending != Ending::Sentence && self.place.as_ref().is_some_and(|place| place.holds(unit));
        before + self.after[gap(unit.after)] + style + ending + if placed { PLACED } else { 0.0 }
            - if breach { BREACH } else { 0.0 }
    }

    /// What the rhythm says of a unit as a title: where blank lines part the entries, it
    /// stands as far from the answer before it as they do.
    pub(super) fn title(&self, unit: &Unit) -> f32 {
        let at = gap(unit.before);
        let breach = self.habit.before.is_some_and(|habit| habit != at && habit != CLOSED);
        if breach && !is_free(at) && !unit.after.count { -BREACH } else { 0.0 }
    }

    /// What the gap before a unit says of it as a question.
    fn before(&self, unit: &Unit) -> f32 {
        let before = self.before[gap(unit.before)];
        // What parts entries stands before the title, then.
        if unit.behind_title { before.max(0.0) } else { before }
    }

    /// What a question right behind another one gains: what parts entries
    /// cannot stand between them.
    pub(super) fn unparted(&self, unit: &Unit) -> f32 {
        if unit.question > CLEAR { -self.before(unit).min(0.0) } else { 0.0 }
    }

    /// What a question behind an answer loses if it stands where the page's
    /// other questions do not.
    pub(super) fn breach(&self, unit: &Unit) -> f32 {
        let at = gap(unit.before);
        let free = is_free(at) || unit.behind_title;
        // An attribution may be missing; but what a writer asks himself is short, the more so
        // if it stands as near to the text before it as answers do.
        let longest = if usize::from(unit.before.blanks) <= self.inside { SHORT_AND_NEAR } else { SHORT };
        let asked = unit.length <= longest;
        let breach = self.habit.before.is_some_and(|habit| habit != at && (habit != CLOSED || asked));
        if breach && !free { BREACH } else { 0.0 }
    }
}

fn gap(between: Between) -> usize {
    match between {
        Between { boundary: true, .. } => CLOSED,
        Between { under: true, .. } => 1,
        // The ends of the page and the count line stand beside any role.
        Between { edge: true, .. } | Between { count: true, .. } => EDGE,
        Between { end: true, .. } => ENDED,
        Between { glued: true, .. } => GLUED,
        Between { blanks: 0, .. } => 4,
        Between { blanks: 1, .. } => 5,
        _ => 6,
    }
}

/// The gaps before and behind a text, as one number.
fn gaps_around(unit: &Unit) -> usize {
    gap(unit.before) * GAPS + gap(unit.after)
}

/// Whether a gap stands before questions on any page.
fn is_free(gap: usize) -> bool {
    matches!(gap, EDGE | GLUED | ENDED)
}

/// The gap that an attribution makes.
const CLOSED: usize = 0;
/// The gap that furniture of the site, or a ruler, makes.
const ENDED: usize = 7;
/// The gap of texts that share a line.
const GLUED: usize = 3;
/// The gap at the ends of the page and beside the count line.
const EDGE: usize = 2;
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

    /// What was seen most often with questions, `free` things aside; of equals, the first.
    fn most(&self, free: impl Fn(usize) -> bool) -> usize {
        let [_, questions] = &self.0;
        let more = |most, index: usize| if questions[index] > questions[most] { index } else { most };
        (0..N).filter(|&index| !free(index)).fold(0, more)
    }

    /// What nearly all questions do and hardly an answer, `free` things aside.
    fn habit(&self, free: impl Fn(usize) -> bool) -> Option<usize> {
        let [answers, questions] = &self.0;
        let most = self.most(&free);
        let all: f32 = (0..N).filter(|&index| !free(index)).map(|index| questions[index]).sum();
        let others = all - questions[most];
        let answered: f32 = answers.iter().sum();
        let rare = others <= 1.0 || others * RARE <= all;
        (all >= MIN_HABIT && rare && answers[most] * RARE <= answered).then_some(most)
    }

    /// Log ratios of the relative frequencies, each count raised by a half
    /// (Krichevsky and Trofimov 1981, doi:10.1109/TIT.1981.1056331). The logarithm
    /// is one that is the same on any machine.
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
            (factor * libm::logf(asked / told)).min(if seen { MAX } else { 0.0 }).clamp(MIN, MAX)
        })
    }
}
