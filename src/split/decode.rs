//! Finds the most likely role of every piece of text: the path through all
//! pieces whose evidence, transitions and rhythm sum highest (Viterbi 1967,
//! doi:10.1109/TIT.1967.1054010), in time linear in the page.

use super::Role;
use super::evidence::{NEVER, Unit};
use super::rhythm::Rhythm;

/// Rounds of decoding: one without rhythm, then with the rhythm of the last.
const ROUNDS: usize = 3;

/// A question that no answer follows.
const UNANSWERED: f32 = -4.0;

/// An answer that no attribution closes, on a page where attributions do.
const UNCLOSED: f32 = -5.0;

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
        let [last_unit, unit] = pair else { continue };
        let emitted = emission(unit, rhythm);
        let mut next = [f32::MIN; 4];
        let mut back = [0_u8; 4];
        for (to, role) in Role::ALL.into_iter().enumerate() {
            for (at, last) in Role::ALL.into_iter().enumerate() {
                let score = scores[at] + transition(last, role, unit, unanswered(last_unit)) + emitted[to];
                if score > next[to] {
                    next[to] = score;
                    back[to] = u8::try_from(at).unwrap_or_default();
                }
            }
        }
        scores = next;
        from.push(back);
    }
    let mut at = best_end(&scores, units);
    let mut roles = vec![Role::ALL[at]];
    for back in from.iter().rev() {
        at = usize::from(back[at]);
        roles.push(Role::ALL[at]);
    }
    roles.reverse();
    roles
}

/// The role of the last text.
fn best_end(scores: &[f32; 4], units: &[Unit]) -> usize {
    let Some(last) = units.last() else { return 0 };
    let closed = units.iter().filter(|unit| unit.after.boundary).count() >= 2;
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
    [-0.4, question, 0.0, unit.title]
}

fn start(role: Role) -> f32 {
    match role {
        Role::Question => 0.0,
        Role::Other => -0.3,
        Role::Title => -3.0,
        Role::Answer => NEVER,
    }
}

/// The cost of leaving a question unanswered: what hardly reads as one is
/// rather something else.
fn unanswered(unit: &Unit) -> f32 {
    if unit.question < 2.0 { UNANSWERED - 3.0 } else { UNANSWERED }
}

fn transition(last: Role, role: Role, unit: &Unit, unanswered: f32) -> f32 {
    use Role::{Answer, Other, Question, Title};
    let between = &unit.before;
    if between.boundary || between.count {
        let from = match last {
            Question => unanswered - 2.0,
            Answer => 0.0,
            Other => -0.5,
            Title => {
                if between.count {
                    0.0
                } else {
                    -4.0
                }
            }
        };
        return from
            + match role {
                Question => 1.0,
                Other => -1.5,
                Title => -1.0,
                Answer => NEVER,
            };
    }
    if between.under {
        return match (last, role) {
            (Question, Answer) => 4.0,
            (Question, _) => unanswered - 2.0,
            (_, Answer) if last != Answer => NEVER,
            _ => -3.0,
        };
    }
    if between.end {
        return match (last, role) {
            (Question, Answer) => -2.0,
            (Question, _) => unanswered,
            (_, Question) => 0.0,
            (_, Other) => -0.5,
            (_, Title) => -3.0,
            (_, Answer) => NEVER,
        };
    }
    match (last, role) {
        (Question | Answer, Answer) | (Title, Question) | (Other, Other) => 0.0,
        (Question, Question) if unit.leads_list => 2.0 * unanswered,
        (Question, Question) => unanswered,
        (Question, Title) => -8.0,
        (Answer, Question) => -1.0,
        (Answer, Title) if unit.style.is_item() => NEVER,
        (Answer, Title) => -3.5,
        (Answer, Other) => -4.0,
        (Other, Question) => -0.5,
        (Other, Title) | (Title, Other | Title) => -3.0,
        (Other | Title, Answer) | (Question, Other) => NEVER,
    }
}
