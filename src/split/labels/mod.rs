//! Labels before texts: `Q: …` and `A: …` on a page of questions and answers,
//! numbers before its questions, names of speakers in a dialogue.

mod mark;
mod narrow;

use mark::Mark;

use super::evidence::Ending;
use super::joints::spaced_joint;
use super::pieces::is_around;
use super::{Piece, Span, score};
use crate::page::{Block, BlockKind};
use crate::profile::Profile;

/// What the label before a text says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    Question,
    Answer,
}

/// A single label is chance.
const MIN_LABELS: usize = 2;
/// Fewer labels on texts that do not ask, each before a labelled answer, are chance.
pub(super) const MIN_PAIRS: usize = 3;

/// Takes labels off the texts of a page whose questions or answers carry them,
/// and numbers, italics and signs of folding off its questions.
pub(super) fn strip(page: &str, blocks: &[Block], pieces: &mut Vec<Piece>, profile: &Profile) {
    let marks_of = |pieces: &[Piece]| -> Vec<Option<Mark>> {
        let is_code = |piece: &Piece| matches!(blocks[piece.block].kind, BlockKind::Fence | BlockKind::Code);
        pieces
            .iter()
            .map(|piece| if is_code(piece) { None } else { Mark::of(page, piece, profile) })
            .collect()
    };
    let mut marks = marks_of(pieces);
    if part_pairs(page, pieces, &marks, profile) {
        marks = marks_of(pieces);
    }
    let asks =
        |piece: &Piece| piece.rule.is_none() && score::ending(&page[piece.text.clone()]) == Ending::Asks;
    if let Some(form) = common(&marks, |at| pieces.get(at).is_some_and(asks)) {
        for (at, mark) in marks.iter().enumerate() {
            if let Some(mark) = mark.as_ref().filter(|mark| mark.goes_with(form)) {
                cut(page, &mut pieces[at], &mark.text, profile);
                // One that stands alone is of the next text.
                let last = at + usize::from(mark.stands_alone());
                for piece in pieces.iter_mut().take(last + 1).skip(at) {
                    piece.label = Some(mark.label).filter(|_| piece.rule.is_none());
                }
            }
        }
    } else if let Some(form) = of_answers_alone(&marks, |at| asks(&pieces[at])) {
        for (piece, mark) in pieces.iter_mut().zip(&marks) {
            let is_answers = |mark: &&Mark| mark.label == Label::Answer && mark.goes_with(form);
            if let Some(mark) = mark.as_ref().filter(is_answers) {
                cut(page, piece, &mark.text, profile);
            }
        }
    }
    narrow::questions(page, pieces, profile);
}

/// Parts lines that hold question and answer, both with their labels: `Q: Why? A: Because.`;
/// or the question with its label, and no answer stands between it and the next one.
/// Whether there are any.
fn part_pairs(page: &str, pieces: &mut Vec<Piece>, marks: &[Option<Mark>], profile: &Profile) -> bool {
    let asked = |mark: &Option<Mark>| mark.as_ref().is_some_and(|mark| mark.label == Label::Question);
    if marks.iter().filter(|mark| asked(mark)).take(MIN_LABELS).count() < MIN_LABELS {
        return false;
    }
    let joint = |at: usize| {
        let mark = marks[at].as_ref().filter(|mark| mark.label == Label::Question)?;
        let text = pieces[at].body.start + mark.text.start..pieces[at].body.end;
        let last = marks.get(at + 1).is_none_or(asked);
        let of_question = || spaced_joint(&page[text.clone()]).filter(|_| last);
        answer_label(&page[text.clone()], profile).or_else(of_question).map(|joint| text.start + joint)
    };
    let joints: Vec<Option<usize>> = (0..pieces.len()).map(joint).collect();
    if joints.iter().flatten().take(MIN_LABELS).count() < MIN_LABELS {
        return false;
    }
    let parted = std::mem::take(pieces).into_iter().zip(joints).flat_map(|(piece, joint)| {
        let Some(at) = joint else { return [Some(piece), None] };
        let end = piece.text.start + page[piece.text.start..at].trim_end().len();
        let mut answer =
            Piece::of_text(piece.block, at..piece.span.end, at..piece.text.end, at..piece.body.end);
        rule(page, &mut answer, profile);
        let question = Piece {
            span: piece.span.start..at,
            text: piece.text.start..end,
            body: piece.body.start..end,
            ..piece
        };
        [Some(question), Some(answer)]
    });
    *pieces = parted.flatten().collect();
    true
}

/// Where the label of an answer stands behind a sentence.
fn answer_label(text: &str, profile: &Profile) -> Option<usize> {
    // Looked back from where a word begins only, so that long gaps cost no more.
    let begins = |&at: &usize| text[at..].starts_with(|c: char| c.is_alphabetic() || c == '*');
    let behind_sentence = |&at: &usize| text[..at].trim_end().ends_with(['?', '.', '!']);
    let is_label = |&at: &usize| {
        mark::split(&text[at..], |text| memchr::memchr(b':', text))
            .is_some_and(|(label, _, said)| !said.is_empty() && profile.words.is_label(label, true))
    };
    let starts = memchr::memchr_iter(b' ', text.as_bytes()).map(|space| space + 1);
    starts.filter(begins).filter(behind_sentence).find(is_label)
}

/// Leaves a part of a piece's body. It may be a rule's.
fn cut(page: &str, piece: &mut Piece, text: &Span, profile: &Profile) {
    piece.body = piece.body.start + text.start..piece.body.start + text.end;
    rule(page, piece, profile);
}

/// Makes a piece that is new a rule's, if one matches what is left of its line.
fn rule(page: &str, piece: &mut Piece, profile: &Profile) {
    let rest = page[piece.body.clone()].trim_start_matches(is_around);
    let start = piece.body.end - rest.len();
    let phrase = rest.trim_end_matches(is_around);
    if let Some(found) = profile.whole_match(phrase).or_else(|| profile.unclean_match(phrase)) {
        piece.be_ruled(page, &found, start..start + phrase.len());
    }
}

/// The first label of a question on a page that has enough of them: before
/// texts that ask, before others that labelled answers follow, or with a colon or number.
fn common(marks: &[Option<Mark>], asks: impl Fn(usize) -> bool) -> Option<&Mark> {
    let is =
        |at: usize, label| marks.get(at).and_then(Option::as_ref).is_some_and(|mark| mark.label == label);
    let text = |at: usize| at + usize::from(marks[at].as_ref().is_some_and(Mark::stands_alone));
    let questions = || (0..marks.len()).filter(|&at| is(at, Label::Question));
    let asking = || questions().filter(|&at| asks(text(at)));
    let pairs = || questions().filter(|&at| is(text(at) + 1, Label::Answer));
    let is_plain = |at: &usize| marks[*at].as_ref().is_some_and(|mark| mark.end == b':' || mark.numbered);
    let plain = || questions().filter(is_plain);
    let first = if asking().take(MIN_LABELS).count() == MIN_LABELS {
        asking().next()
    } else if pairs().take(MIN_PAIRS).count() == MIN_PAIRS {
        pairs().next()
    } else if plain().take(MIN_PAIRS).count() == MIN_PAIRS {
        plain().next()
    } else {
        None
    };
    marks[first?].as_ref()
}

/// The first label of an answer on a page that has them on most of its answers,
/// and none on its questions.
fn of_answers_alone(marks: &[Option<Mark>], asks: impl Fn(usize) -> bool) -> Option<&Mark> {
    let is_answers = |mark: &&Mark| mark.label == Label::Answer;
    let label = |at: usize| marks[at].as_ref().filter(is_answers).filter(|_| asks(at - 1));
    let labels = || (1..marks.len()).filter_map(label);
    let count = labels().count();
    let answers = || (1..marks.len()).filter(|&at| asks(at - 1)).count();
    (count >= MIN_PAIRS && count * 2 > answers()).then(|| labels().next()).flatten()
}

/// Whether a text without a label starts with the name of who says it, a time before it
/// or not, or with a letter that stands for one: `B: Tea, please.`, `B  Tea, please.`
pub(super) fn names_speaker(page: &str, piece: &Piece) -> bool {
    let text = &page[piece.text.clone()];
    let behind_letter =
        text.strip_prefix(char::is_uppercase).filter(|rest| rest.starts_with(char::is_whitespace));
    if behind_letter.is_some_and(|rest| rest.trim_start().starts_with(char::is_uppercase)) {
        return true;
    }
    let timed = text.strip_prefix(['[', '(']).and_then(|text| text.split_once([']', ')']));
    let text = timed.map_or(text, |(_, rest)| rest.trim_start());
    let named = mark::split(text, |text| memchr::memchr(b':', text)).is_some_and(|(name, _, said)| {
        !said.is_empty()
            && name.split_whitespace().count() <= 2
            && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-'))
    });
    named && piece.label.is_none()
}
