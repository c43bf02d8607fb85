//! What a page without a phrase of the family looks like from afar, and whether
//! that is a collection of questions and answers.

use super::evidence::{Ending, Style, Unit};
use super::labels::{self, Label};
use super::{Piece, Role, Scope};
use crate::layout::VOCABULARY;

/// What such a page looks like.
#[derive(Debug, Default)]
pub(super) struct Figures {
    /// Bytes of text in entries.
    inside: usize,
    /// Bytes of text before the first question.
    before: usize,
    /// Bytes of text from the first question to the last answer.
    between: usize,
    /// Bytes of text behind the last answer.
    behind: usize,
    /// A rule's text ends the last answer, such as the heading of a list of other pages.
    ended: bool,
    answers: Vec<Answer>,
    /// Sum of the scores of the questions, however they are set off.
    score: f32,
    /// Questions that ask by themselves, however they are set off.
    asking: usize,
    /// Questions without a question mark.
    unmarked: usize,
    /// Texts before the first question.
    introduction: usize,
    /// A title announces questions.
    announced: bool,
    /// Questions that have their label, before answers that have theirs.
    paired: usize,
    /// Questions that are headings, and other headings of their rank in answers.
    headings: [usize; 2],
}

/// What an answer looks like.
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

/// A page's pieces of text and their roles.
struct Text<'a> {
    page: &'a str,
    pieces: &'a [Piece],
    units: &'a [Unit],
    roles: &'a [Role],
}

impl Figures {
    pub(super) fn of(page: &str, pieces: &[Piece], units: &[Unit], roles: &[Role]) -> Self {
        let page = Text { page, pieces, units, roles };
        let mut figures = Self::default();
        let first = roles.iter().position(|role| *role == Role::Question).unwrap_or(roles.len());
        let last = roles.iter().rposition(|role| *role == Role::Answer).unwrap_or(roles.len());
        for (index, role) in roles.iter().enumerate() {
            let bytes = page.text(index).len();
            let place = match index {
                _ if index < first => &mut figures.before,
                _ if index > last => &mut figures.behind,
                _ => &mut figures.between,
            };
            *place += bytes;
            match role {
                Role::Question => figures.add_question(&page, index),
                Role::Answer => figures.add_to_answer(&page, index),
                Role::Other | Role::Title => {}
            }
        }
        figures.ended = units.get(last).is_some_and(|unit| unit.after.end);
        figures.introduction = first;
        figures.announced = page.announces(first);
        figures
    }

    fn add_question(&mut self, page: &Text, index: usize) {
        let unit = &page.units[index];
        self.headings[0] += usize::from(unit.style == Style::Heading);
        self.unmarked += usize::from(unit.ending != Ending::Asks);
        if page.roles.get(index + 1) != Some(&Role::Answer) {
            return;
        }
        let quoted = page.text(index).starts_with(['"', '“', '‘', '«', '„', '—']);
        self.answers.push(Answer { odd: quoted, ..Answer::default() });
        // A label is no matter of style.
        let styled = if unit.style == Style::Labelled { 0.0 } else { unit.style.weight() };
        self.score += unit.question - styled;
        self.asking += usize::from(unit.question > styled);
        self.inside += page.text(index).len();
        let labels = page.label(index).zip(page.label(index + 1));
        self.paired += usize::from(labels == Some((Label::Question, Label::Answer)));
    }

    fn add_to_answer(&mut self, page: &Text, index: usize) {
        let (unit, text) = (&page.units[index], page.text(index));
        self.inside += text.len();
        self.headings[1] += usize::from(unit.style == Style::Heading);
        let Some(answer) = self.answers.last_mut() else { return };
        let item = unit.style.is_item();
        let goes_on = item && index > 0 && page.units[index - 1].style == unit.style;
        answer.parts += usize::from(!goes_on);
        answer.bytes += text.len();
        let first = page.roles[index - 1] == Role::Question;
        answer.odd |= first && page.speaks(index) && page.speaks(index - 1);
        // `Ada wrote on Monday:` leads the next post of a thread.
        let last = page.roles.get(index + 1).is_some_and(|next| *next != Role::Answer);
        answer.odd |= last && (text.ends_with([':', '?']) || breaks_off(text));
        answer.stub |= !item && is_stub(text);
        answer.odd |= unit.style != Style::Code && (is_line(text) || is_choice(text));
        answer.odd |= !item && unit.question > 2.0;
    }

    /// Whether the page is questions and short answers from top to bottom, what surrounds
    /// them aside where that is plain, and titles of sections, of which there may be few.
    #[expect(clippy::cast_precision_loss, reason = "counts of one page")]
    pub(super) fn is_collection(&self, titles: usize, scope: Scope) -> bool {
        let entries = self.answers.len();
        // An article has more titles than it asks questions.
        if entries == 0 || titles * 2 > entries {
            return false;
        }
        let announced = self.announced && scope == Scope::Text;
        let few = entries == 1 || (entries == 2 && !announced);
        let paired = entries > 2 && self.paired * 4 >= entries * 3;
        let (min_share, max_parts, max_bytes) = match (few, paired) {
            (true, _) => FEW,
            (false, true) => PAIRED,
            (false, false) => MANY,
        };
        let parts = median(self.answers.iter().map(|answer| answer.parts));
        let bytes = median(self.answers.iter().map(|answer| answer.bytes));
        let odd =
            self.answers.iter().filter(|answer| answer.odd || (answer.stub && answer.parts > 1)).count();
        let [asking, others] = self.headings;
        if odd * 2 > entries || (asking > 0 && others * 5 > asking * 3) {
            return false;
        }
        // Below one title, an article may hold all that stands before its questions.
        let longest = self.answers.iter().rev().skip(1).map(|answer| answer.bytes).max().unwrap_or_default();
        let plenty = announced && self.asking >= PLENTY;
        if titles > 0 && !plenty && longest > MAX_BYTES.max(bytes * 8) {
            return false;
        }
        let mean = (self.score - titles as f32) / ((entries + titles) as f32);
        let all = self.looked_at(scope, parts, bytes);
        // Any article of short sections under headings would do.
        let plain = scope == Scope::Text && asking * 2 < entries;
        let asks = plain || self.asking * 5 >= entries * 3;
        let regular = asks && entries >= MIN_REGULAR && parts == 1 && self.inside * 100 >= all * 90;
        let min_score = match entries {
            _ if few => MIN_FEW_SCORE,
            _ if regular => MIN_REGULAR_SCORE,
            _ => MIN_MEAN_SCORE,
        };
        mean >= min_score && self.inside * 100 >= all * min_share && parts <= max_parts && bytes <= max_bytes
    }

    /// Bytes of the text that is looked at. Of a text copy, that is none behind what ends the last answer, nor
    /// what stands around questions that a title announces; nor around five lines that ask and have short
    /// answers, or three behind a short introduction, if their answers are alike in length.
    fn looked_at(&self, scope: Scope, parts: usize, bytes: usize) -> usize {
        let entries = self.answers.len();
        let short = parts == 1 && bytes <= SHORT_ANSWER;
        let told = (entries >= MANY_INTRODUCED && short)
            || (entries >= MIN_INTRODUCED && self.introduction <= LONGEST_INTRODUCTION);
        let alike = self.answers.iter().rev().skip(1).all(|answer| answer.parts <= parts * 3 + MORE_PARTS);
        let set_off = self.announced || (told && alike && self.unmarked == 0);
        match scope {
            Scope::Text if set_off => self.between,
            Scope::Text if self.ended => self.before + self.between,
            _ => self.before + self.between + self.behind,
        }
    }
}

impl<'a> Text<'a> {
    fn text(&self, index: usize) -> &'a str {
        &self.page[self.pieces[self.units[index].piece].text.clone()]
    }

    fn label(&self, index: usize) -> Option<Label> {
        self.pieces[self.units[index].piece].label
    }

    fn speaks(&self, index: usize) -> bool {
        labels::names_speaker(self.page, &self.pieces[self.units[index].piece])
    }

    /// Whether a title that announces questions stands not far above the first of them.
    fn announces(&self, first: usize) -> bool {
        let Some(question) = self.units.get(first) else { return false };
        let start = self.units[first.saturating_sub(LONGEST_INTRODUCTION)].piece.saturating_sub(1);
        let texts = self.pieces[start..question.piece].iter().map(|piece| &self.page[piece.text.clone()]);
        texts.filter(|text| text.len() <= LONGEST_TITLE).any(|text| VOCABULARY.announces(text))
    }
}

/// The most texts between a title that announces questions and the first of them.
const LONGEST_INTRODUCTION: usize = 4;
/// The longest title, in bytes.
const LONGEST_TITLE: usize = 100;
/// Fewer questions may stand in any article.
const MIN_INTRODUCED: usize = 3;
/// As many, with short answers, are told from an article of any length.
const MANY_INTRODUCED: usize = 5;
/// The median of such answers in bytes, at most.
const SHORT_ANSWER: usize = 400;
/// Paragraphs and lists that an answer may hold besides three times as many as usual.
const MORE_PARTS: usize = 3;

/// A page of one or two entries: percent of the text in entries at least,
/// pieces and bytes of the median answer at most.
const FEW: (usize, usize, usize) = (85, 2, 900);
/// The same for a page of more entries.
const MANY: (usize, usize, usize) = (60, 6, 1500);
/// The same for a page nearly all of whose questions and answers have their labels.
const PAIRED: (usize, usize, usize) = (20, 6, 1500);
/// The longest answer, in bytes, on a page with titles around its questions.
const MAX_BYTES: usize = 3000;
/// So many questions below a title that announces them are no article's.
const PLENTY: usize = 20;
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

/// Whether a text is a choice of a form or quiz: `( ) Yes`, `Yes [ ] No [ ]`, `(a) Yes (b) No`.
fn is_choice(text: &str) -> bool {
    text.starts_with(['☐', '□', '◯'])
        || ["( )", "[ ]"].iter().any(|mark| text.contains(mark))
        || (text.starts_with("(a) ") && text.contains(" (b) "))
}

fn median(values: impl Iterator<Item = usize>) -> usize {
    let mut values: Vec<usize> = values.collect();
    let middle = values.len() / 2;
    if values.is_empty() { 0 } else { *values.select_nth_unstable(middle).1 }
}
