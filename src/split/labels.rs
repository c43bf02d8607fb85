//! Labels before texts: `Q: …` and `A: …` on a page of questions and answers,
//! numbers before its questions, names of speakers in a dialogue.

use super::Piece;
use super::pieces::is_around;
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
const MIN_PAIRS: usize = 3;
/// Fewer numbered questions are chance.
const MIN_NUMBERS: usize = 3;
/// The longest label, in bytes.
const LONGEST: usize = 32;

/// Takes labels off the texts of a page whose questions carry them, and numbers
/// off its questions.
pub(super) fn strip(page: &str, pieces: &mut [Piece], profile: &Profile) {
    let marks: Vec<Option<Mark>> = pieces.iter().map(|piece| Mark::of(page, piece, profile)).collect();
    let asks = |piece: &Piece| page[piece.text.clone()].ends_with('?') && piece.rule.is_none();
    if let Some(form) = common(&marks, |at| asks(&pieces[at])) {
        for (piece, mark) in pieces.iter_mut().zip(&marks) {
            if let Some(mark) = mark.as_ref().filter(|mark| mark.goes_with(form)) {
                cut(page, piece, mark.length, profile);
                piece.label = Some(mark.label).filter(|_| piece.rule.is_none());
            }
        }
    }
    let number = |piece: &Piece| if asks(piece) { number_length(&page[piece.body.clone()]) } else { 0 };
    if pieces.iter().filter(|piece| number(piece) > 0).take(MIN_NUMBERS).count() == MIN_NUMBERS {
        for piece in pieces {
            cut(page, piece, number(piece), profile);
        }
    }
}

/// Takes a mark of `length` bytes off a piece. What is left may be a rule's.
fn cut(page: &str, piece: &mut Piece, length: usize, profile: &Profile) {
    if length == 0 {
        return;
    }
    piece.body.start += length;
    let rest = page[piece.body.clone()].trim_start_matches(is_around);
    let start = piece.body.end - rest.len();
    let phrase = rest.trim_end_matches(is_around);
    if let Some(found) = profile.whole_match(phrase).or_else(|| profile.unclean_match(phrase)) {
        piece.be_ruled(page, &found, start..start + phrase.len());
    }
}

/// The first label of a question on a page that has enough of them: before
/// texts that ask, or before others that labelled answers follow.
fn common(marks: &[Option<Mark>], asks: impl Fn(usize) -> bool) -> Option<&Mark> {
    let is =
        |at: usize, label| marks.get(at).and_then(Option::as_ref).is_some_and(|mark| mark.label == label);
    let questions = || (0..marks.len()).filter(|&at| is(at, Label::Question));
    let asking = || questions().filter(|&at| asks(at));
    let pairs = || questions().filter(|&at| is(at + 1, Label::Answer));
    let first = if asking().take(MIN_LABELS).count() == MIN_LABELS {
        asking().next()
    } else if pairs().take(MIN_PAIRS).count() == MIN_PAIRS {
        pairs().next()
    } else {
        None
    };
    marks[first?].as_ref()
}

/// A label as it is written.
#[derive(Debug)]
struct Mark {
    label: Label,
    /// What ends it: a colon, a full stop or a bracket.
    end: u8,
    numbered: bool,
    length: usize,
}

impl Mark {
    fn of(page: &str, piece: &Piece, profile: &Profile) -> Option<Self> {
        let body = &page[piece.body.clone()];
        let (text, end, rest) =
            split(body, |text| memchr::memchr3(b':', b'.', b')', text)).filter(|_| piece.rule.is_none())?;
        let word = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let label = [Label::Question, Label::Answer]
            .into_iter()
            .find(|&label| profile.words.is_label(word, label == Label::Answer))?;
        Some(Self {
            label,
            end,
            numbered: word.len() < text.trim_end().len(),
            length: body.len() - rest.len(),
        })
    }

    /// Whether it is written as the label of the page's questions is: below
    /// `Q1. …`, `A. …` is rather a choice or a name.
    fn goes_with(&self, form: &Self) -> bool {
        self.end == form.end && (self.end == b':' || self.numbered == form.numbered)
    }
}

/// Length of a number before a question that marks no list item: `1.- `, `01/ `.
fn number_length(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marks = text[digits..].trim_start();
    let rest = marks.trim_start_matches(['.', '-', '/', ')', '–', '—']);
    let parted = rest.len() < marks.len() && rest.starts_with(char::is_whitespace);
    if (1..=3).contains(&digits) && parted { text.len() - rest.trim_start().len() } else { 0 }
}

/// Whether a text starts with the name of who says it, a time before it or not.
pub(super) fn names_speaker(text: &str, profile: &Profile) -> bool {
    let timed = text.strip_prefix(['[', '(']).and_then(|text| text.split_once([']', ')']));
    let text = timed.map_or(text, |(_, rest)| rest.trim_start());
    split(text, |text| memchr::memchr(b':', text)).is_some_and(|(label, _, rest)| {
        !rest.is_empty()
            && label.split_whitespace().count() <= 2
            && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-'))
            && ![false, true].iter().any(|&of_answer| profile.words.is_label(label, of_answer))
    })
}

/// A label, bold or not, the mark that ends it, and the text behind it.
fn split(text: &str, find_end: impl Fn(&[u8]) -> Option<usize>) -> Option<(&str, u8, &str)> {
    let inner = text.strip_prefix("**").unwrap_or(text);
    let at = find_end(&inner.as_bytes()[..inner.len().min(LONGEST)])?;
    let rest = &inner[at + 1..];
    let behind = rest.strip_prefix("**").unwrap_or(rest).trim_start();
    let parted = behind.is_empty() || rest.len() > behind.len();
    parted.then(|| (inner[..at].trim_end_matches('*'), inner.as_bytes()[at], behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_may_stand_alone_and_needs_space_behind_it() {
        for (text, parts) in [
            ("Q: Why?", Some(("Q", b':', "Why?"))),
            ("**Q1.** Why?", Some(("Q1", b'.', "Why?"))),
            ("Q 1) Why?", Some(("Q 1", b')', "Why?"))),
            ("A3.", Some(("A3", b'.', ""))),
            ("A.D. 900", None),
            ("Why?", None),
        ] {
            assert_eq!(split(text, |text| memchr::memchr3(b':', b'.', b')', text)), parts, "{text}");
        }
    }

    #[test]
    fn numbers_of_questions_end_with_a_mark_and_space() {
        for (text, length) in [
            ("1.- Why?", 4),
            ("01/ Why?", 4),
            ("2 - Why?", 4),
            ("24/7 help?", 0),
            ("1984 - why?", 0),
            ("3 ways?", 0),
        ] {
            assert_eq!(number_length(text), length, "{text}");
        }
    }
}
