//! Decides whether a page holds entries at all.
//!
//! A page that shows a phrase of the family is one of it; then the question is
//! only whether its questions are still there. Any other page must look like
//! questions and answers throughout: an article that asks a question or two
//! yields nothing.

use super::evidence::{Style, Unit};
use super::labels::{self, Label};
use super::{Piece, Role, Scope};
use crate::profile::{Profile, RuleClass};

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It holds entries.
    Entries,
    /// It is of the family, and its questions are gone.
    Stripped,
    /// It is something else.
    Article,
}

/// Judges a page; the roles of one that holds no entries become `Other`.
pub(super) fn judge(
    page: &str,
    pieces: &[Piece],
    units: &[Unit],
    roles: &mut [Role],
    profile: &Profile,
    family: bool,
    scope: Scope,
) -> Verdict {
    let verdict = if units.is_empty() {
        Verdict::Article
    } else if family {
        if is_stripped(units, roles) { Verdict::Stripped } else { Verdict::Entries }
    } else if Figures::of(page, pieces, units, roles, profile).is_collection(scope) {
        Verdict::Entries
    } else {
        Verdict::Article
    };
    if verdict != Verdict::Entries {
        roles.fill(Role::Other);
    }
    verdict
}

/// Whether a page shows a phrase that tells the profile's family.
pub(super) fn is_family(pieces: &[Piece], profile: &Profile, scope: Scope) -> bool {
    let tells = |rule: usize| match profile.rules()[rule].class {
        RuleClass::Attribution | RuleClass::Count => scope != Scope::Collection,
        // The date of the last update stands on any page.
        RuleClass::Header => scope == Scope::Text && !profile.rules()[rule].tells_date(),
        RuleClass::Boilerplate | RuleClass::End => false,
    };
    pieces.iter().filter_map(|piece| piece.rule).any(tells)
}

/// Whether nothing on a page of the family reads as a question, and most of what
/// an attribution closes has nothing that could be one.
fn is_stripped(units: &[Unit], roles: &[Role]) -> bool {
    let answered = roles.windows(2).filter(|pair| *pair == [Role::Question, Role::Answer]).count();
    let closed = units.iter().filter(|unit| unit.after.boundary).count();
    // Only the title's question is left, and nothing tells the answers apart.
    let paragraph = |(unit, role): (&Unit, &Role)| *role == Role::Answer && !unit.style.is_item();
    let paragraphs = units.iter().zip(roles).filter(|pair| paragraph((pair.0, pair.1))).count();
    if answered == 1 && closed == 0 && paragraphs >= MANY_PARAGRAPHS {
        return true;
    }
    let of_role = |role| units.iter().zip(roles).filter(move |(_, other)| **other == role);
    if of_role(Role::Question).any(|(unit, _)| unit.question > 0.0) {
        return false;
    }
    answered == 0 || answered * 2 < closed || (closed == 0 && answered == 1)
}

/// No single answer of the family has as many.
const MANY_PARAGRAPHS: usize = 8;

/// What a page without a phrase of the family looks like from afar.
#[derive(Debug, Default)]
struct Figures {
    /// Bytes of text in entries.
    inside: usize,
    /// Bytes of all text.
    all: usize,
    answers: Vec<Answer>,
    /// Sum of the scores of the questions, however they are set off.
    score: f32,
    /// Questions that ask by themselves, however they are set off.
    asking: usize,
    /// Questions that have their label, before answers that have theirs.
    paired: usize,
    /// Questions that are headings, and other headings of their rank in answers.
    headings: [usize; 2],
}

/// What an answer looks like from afar.
#[derive(Debug, Default)]
struct Answer {
    /// Paragraphs and lists.
    parts: usize,
    bytes: usize,
    /// A piece of it is a word or two without a mark, as the names of a
    /// dialogue's speakers are.
    stub: bool,
    /// A piece of it reads as a line of code or verse, or as a choice of a form, or asks itself, as in a
    /// list of questions; its last one leads to the next question, or breaks off; or its question is quoted, as
    /// in a story.
    odd: bool,
}

impl Figures {
    fn of(page: &str, pieces: &[Piece], units: &[Unit], roles: &[Role], profile: &Profile) -> Self {
        let mut figures = Self::default();
        let speaks = |unit: &Unit| labels::names_speaker(&page[pieces[unit.piece].text.clone()], profile);
        for (index, (unit, role)) in units.iter().zip(roles).enumerate() {
            let bytes = page[pieces[unit.piece].text.clone()].len();
            figures.all += bytes;
            match role {
                Role::Question => {
                    figures.headings[0] += usize::from(unit.style == Style::Heading);
                    if roles.get(index + 1) == Some(&Role::Answer) {
                        let quoted =
                            page[pieces[unit.piece].text.clone()].starts_with(['"', '“', '‘', '«', '„', '—']);
                        figures.answers.push(Answer { odd: quoted, ..Answer::default() });
                        // A label is no matter of style.
                        let styled = if unit.style == Style::Labelled { 0.0 } else { unit.style.weight() };
                        figures.score += unit.question - styled;
                        figures.asking += usize::from(unit.question > styled);
                        figures.inside += bytes;
                        let label = |unit: &Unit| pieces[unit.piece].label;
                        let labels = label(unit).zip(label(&units[index + 1]));
                        figures.paired += usize::from(labels == Some((Label::Question, Label::Answer)));
                    }
                }
                Role::Answer => {
                    figures.inside += bytes;
                    figures.headings[1] += usize::from(unit.style == Style::Heading);
                    let Some(answer) = figures.answers.last_mut() else { continue };
                    let item = unit.style.is_item();
                    let goes_on = item && index > 0 && units[index - 1].style == unit.style;
                    let text = &page[pieces[unit.piece].text.clone()];
                    answer.parts += usize::from(!goes_on);
                    answer.bytes += bytes;
                    let first = roles[index - 1] == Role::Question;
                    answer.odd |= first && speaks(unit) && speaks(&units[index - 1]);
                    // `Ada wrote on Monday:` leads the next post of a thread.
                    let last = roles.get(index + 1).is_some_and(|next| *next != Role::Answer);
                    answer.odd |= last && (text.ends_with(':') || breaks_off(text));
                    answer.stub |= !item && is_stub(text);
                    answer.odd |= unit.style != Style::Code && (is_line(text) || is_choice(text));
                    answer.odd |= !item && unit.question > 2.0;
                }
                Role::Other | Role::Title => {}
            }
        }
        figures
    }

    /// Questions and short answers from top to bottom.
    #[expect(clippy::cast_precision_loss, reason = "counts of one page")]
    fn is_collection(&self, scope: Scope) -> bool {
        let entries = self.answers.len();
        if entries == 0 {
            return false;
        }
        let paired = entries > 2 && self.paired * 4 >= entries * 3;
        let (min_share, max_parts, max_bytes) = match entries {
            1 | 2 => FEW,
            _ if paired => PAIRED,
            _ => MANY,
        };
        let parts = median(self.answers.iter().map(|answer| answer.parts));
        let bytes = median(self.answers.iter().map(|answer| answer.bytes));
        let odd =
            self.answers.iter().filter(|answer| answer.odd || (answer.stub && answer.parts > 1)).count();
        let [asking, others] = self.headings;
        if odd * 2 > entries || (asking > 0 && others * 5 > asking * 3) {
            return false;
        }
        let mean = self.score / (entries as f32);
        // Any article of short sections under headings would do.
        let plain = scope == Scope::Text && asking * 2 < entries;
        let asks = plain || self.asking * 5 >= entries * 3;
        let regular = asks && entries >= MIN_REGULAR && parts == 1 && self.inside * 100 >= self.all * 90;
        let min_score = match entries {
            1 | 2 => MIN_FEW_SCORE,
            _ if regular => MIN_REGULAR_SCORE,
            _ => MIN_MEAN_SCORE,
        };
        mean >= min_score
            && self.inside * 100 >= self.all * min_share
            && parts <= max_parts
            && bytes <= max_bytes
    }
}

/// A page of one or two entries: percent of the text in entries at least,
/// pieces and bytes of the median answer at most.
const FEW: (usize, usize, usize) = (85, 2, 900);
/// The same for a page of more entries.
const MANY: (usize, usize, usize) = (60, 6, 1500);
/// The same for a page nearly all of whose questions and answers have their labels.
const PAIRED: (usize, usize, usize) = (20, 6, 1500);
/// The mean score of the questions of a page without the family's phrases.
const MIN_MEAN_SCORE: f32 = 4.0;
/// The same for a page of one or two entries.
const MIN_FEW_SCORE: f32 = 4.5;
/// Where question and answer alternate from top to bottom, this many times at
/// least, the questions may do without their marks.
const MIN_REGULAR: usize = 4;
/// The mean score of such questions.
const MIN_REGULAR_SCORE: f32 = 0.5;

fn is_stub(text: &str) -> bool {
    text.len() < 24 && text.ends_with(char::is_alphabetic) && text.split_whitespace().count() <= 2
}

/// Whether a text outside of fences reads as a line of code, or of verse.
fn is_line(text: &str) -> bool {
    text.ends_with(['{', '}', ';', ','])
        || ["()", " = ", "):", "->", "=>"].iter().any(|mark| text.contains(mark))
}

/// Whether a text breaks off as that of a post does in an index of posts.
fn breaks_off(text: &str) -> bool {
    text.ends_with("[…]") || text.ends_with("[...]")
}

/// Whether a text is a choice of a form: `( ) Yes`, `Yes [ ] No [ ]`.
fn is_choice(text: &str) -> bool {
    text.starts_with(['☐', '□', '◯']) || ["( )", "[ ]"].iter().any(|mark| text.contains(mark))
}

fn median(values: impl Iterator<Item = usize>) -> usize {
    let mut values: Vec<usize> = values.collect();
    let middle = values.len() / 2;
    if values.is_empty() { 0 } else { *values.select_nth_unstable(middle).1 }
}
