//! Labels before texts: `Q: …` and `A: …` on a page of questions and answers,
//! numbers before its questions, names of speakers in a dialogue.

use super::evidence::Ending;
use super::joints::spaced_joint;
use super::pieces::{emphasised, is_around};
use super::{Piece, Span, score};
use crate::bytes;
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
/// Fewer questions with a number, in italics or before a sign of folding are chance.
const MIN_QUESTIONS: usize = 3;
/// The longest label, in bytes.
const LONGEST: usize = 32;

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
    // What may ask: most texts hold no question mark, and show it by their bytes.
    let may_ask = |piece: &&mut Piece| {
        let is_mark = |byte: u8| (byte == b'?') | !byte.is_ascii();
        piece.rule.is_none() && bytes::holds(&page.as_bytes()[piece.body.clone()], is_mark)
    };
    let mut asking: Vec<&mut Piece> = pieces.iter_mut().filter(may_ask).collect();
    for of_question in [behind_number, in_stress, before_fold_sign] {
        narrow(page, &mut asking, profile, of_question);
    }
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
        split(&text[at..], |text| memchr::memchr(b':', text))
            .is_some_and(|(label, _, said)| !said.is_empty() && profile.words.is_label(label, true))
    };
    let starts = memchr::memchr_iter(b' ', text.as_bytes()).map(|space| space + 1);
    starts.filter(begins).filter(behind_sentence).find(is_label)
}

/// Leaves the part of questions that `of_question` finds, if enough have it.
fn narrow(page: &str, pieces: &mut [&mut Piece], profile: &Profile, of_question: fn(&str) -> Option<Span>) {
    let part = |piece: &Piece| {
        let body = &page[piece.body.clone()];
        let part = of_question(body).filter(|_| piece.rule.is_none())?;
        (score::ending(&body[part.clone()]) == Ending::Asks).then_some(part)
    };
    if pieces.iter().filter_map(|piece| part(piece)).take(MIN_QUESTIONS).count() < MIN_QUESTIONS {
        return;
    }
    for piece in pieces {
        if let Some(text) = part(piece) {
            cut(page, piece, &text, profile);
        }
    }
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

/// The text before a sign of folding or of an anchor, or the name of a picture that a font
/// makes of words: `Why? +`, `Why? ▼`, `Why?#`, `Why? expand_more`.
fn before_fold_sign(text: &str) -> Option<Span> {
    const SIGNS: [char; 17] =
        ['#', '¶', '🔗', '+', '−', '▼', '▾', '▿', '⌄', '⌃', '˅', '⮟', '🔽', '➕', '▸', '▶', '\u{fe0f}'];
    if text.ends_with(|c: char| c.is_ascii_punctuation() && c != '#' && c != '+') {
        return None;
    }
    let is_picture = |word: &str| word == "add" || (word.contains('_') && !word.starts_with('_'));
    let named = text.rsplit_once(' ').filter(|(_, word)| is_picture(word)).map(|(text, _)| text);
    let bare = named.unwrap_or(text).trim_end_matches(SIGNS);
    (bare.len() < text.len()).then(|| 0..bare.trim_end().len())
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

/// The line ends a label.
const NO_END: u8 = b'\n';

/// A label as it is written.
#[derive(Debug)]
struct Mark {
    label: Label,
    /// What ends it: a colon, a full stop or a bracket, or the line.
    end: u8,
    numbered: bool,
    /// It is more than a letter.
    spelt: bool,
    /// The text behind it.
    text: Span,
}

impl Mark {
    fn of(page: &str, piece: &Piece, profile: &Profile) -> Option<Self> {
        let body = &page[piece.body.clone()];
        if piece.rule.is_some() || !profile.words.may_begin_label(body.trim_start_matches('*')) {
            return None;
        }
        let (label, end, text) =
            split(body, |text| memchr::memchr3(b':', b'.', b')', text)).or_else(|| {
                (body.len() <= LONGEST).then(|| (&body[strong(body)], NO_END, body.len()..body.len()))
            })?;
        let word = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let numbered = word.len() < label.trim_end().len();
        let label = [Label::Question, Label::Answer]
            .into_iter()
            .find(|&label| profile.words.is_label(word, label == Label::Answer))?;
        Some(Self { label, end, numbered, spelt: word.trim_end().len() > 1, text })
    }

    /// Whether its text is the next one.
    fn stands_alone(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it is written as the label of the page's questions is: below
    /// `Q1. …`, `A. …` is rather a choice or a name; `Ans. …` is neither.
    fn goes_with(&self, form: &Self) -> bool {
        self.spelt || (self.end == form.end && (self.end == b':' || self.numbered == form.numbered))
    }
}

/// The text behind a number before a question that marks no list item: `1.- Why?`,
/// `01/ Why?`, `**1. Why?**`, `#1 Why?`, `2.1.3 Why?`, `A06. Why?`.
fn behind_number(text: &str) -> Option<Span> {
    if !text.bytes().take(LONGEST_CODE).any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let inner = strong(text);
    let text = &text[inner.clone()];
    let counted = text.strip_prefix('#');
    let bare = counted.unwrap_or_else(|| behind_letter(text));
    let behind = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = bare[..bare.len() - behind.len()].trim_end_matches('.');
    let marks = bare[number.len()..].trim_start();
    let rest = marks.trim_start_matches(['.', '-', '/', ')', '–', '—', ':']);
    let marked = rest.len() < marks.len() && rest.starts_with(char::is_whitespace);
    let spaced = number.len() + marks.len() < bare.len();
    let parted = marked || (spaced && (counted.is_some() || number.contains('.')));
    let digits = number.find('.').unwrap_or(number.len());
    ((1..=3).contains(&digits) && parted).then(|| inner.end - rest.trim_start().len()..inner.end)
}

/// A text without the letter of its part, and without a link to the top: `A2.1 Why?`,
/// `Q.2. Why?`, `^ 4. Why?`.
fn behind_letter(text: &str) -> &str {
    let text = text.trim_start_matches(['^', '↑', ' ']);
    let bare = text.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(text);
    let bare = bare.strip_prefix('.').unwrap_or(bare);
    if bare.starts_with(|c: char| c.is_ascii_digit()) { bare } else { text }
}

/// Where the number of a question begins, in bytes, at the latest.
const LONGEST_CODE: usize = 8;

/// The text of what is all in italics, bold or not: `*Why?*`, `_Why?_`, `***Why?***`.
fn in_stress(text: &str) -> Option<Span> {
    let is_bold = text.starts_with("**") && !text.starts_with("***");
    emphasised(text).filter(|_| !is_bold)
}

/// What is all in paired marks, without them.
fn strong(text: &str) -> Span {
    let marked = text.strip_prefix("**").and_then(|text| text.strip_suffix("**"));
    if marked.is_some_and(|inner| !inner.contains("**")) { 2..text.len() - 2 } else { 0..text.len() }
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
    let named = split(text, |text| memchr::memchr(b':', text)).is_some_and(|(name, _, said)| {
        !said.is_empty()
            && name.split_whitespace().count() <= 2
            && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-'))
    });
    named && piece.label.is_none()
}

/// A label, bold or not, the mark that ends it, and where the text behind it
/// stands; if label and text are bold together, without the marks.
fn split(text: &str, find_end: impl Fn(&[u8]) -> Option<usize>) -> Option<(&str, u8, Span)> {
    let Span { start, end } = strong(text);
    let start = if text.starts_with("**") { 2 } else { start };
    let inner = &text[start..end];
    let narrow =
        find_end(&inner.as_bytes()[..inner.len().min(LONGEST)]).map(|at| (at, inner.as_bytes()[at], 1));
    let (at, mark, length) = narrow.or_else(|| wide_end(inner))?;
    let rest = &inner[at + length..];
    let behind = rest.strip_prefix("**").unwrap_or(rest).trim_start();
    let glued =
        length > 1 || (mark == b':' && behind.starts_with(|c: char| c.is_uppercase() || !c.is_ascii()));
    let parted = glued || behind.is_empty() || rest.len() > behind.len();
    parted.then(|| (inner[..at].trim_end_matches('*'), mark, end - behind.len()..end))
}

/// The first full-width mark that ends a label: where it stands, which mark it is like,
/// and its length. No space need follow.
fn wide_end(text: &str) -> Option<(usize, u8, usize)> {
    let start = text.floor_char_boundary(text.len().min(LONGEST));
    if text[..start].is_ascii() {
        return None;
    }
    text[..start].char_indices().find_map(|(at, c)| {
        let mark = match c {
            '：' => b':',
            '．' | '、' => b'.',
            '）' => b')',
            _ => return None,
        };
        Some((at, mark, c.len_utf8()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profiles;

    #[test]
    fn a_label_may_stand_alone_and_needs_space_behind_it() {
        for (text, parts) in [
            ("Q: Why?", Some(("Q", b':', "Why?"))),
            ("**Q1.** Why?", Some(("Q1", b'.', "Why?"))),
            ("Q 1) Why?", Some(("Q 1", b')', "Why?"))),
            ("A3.", Some(("A3", b'.', ""))),
            ("**Q: Why?**", Some(("Q", b':', "Why?"))),
            ("**Q:** Why **so**?", Some(("Q", b':', "Why **so**?"))),
            ("A.D. 900", None),
            ("Q1：何？", Some(("Q1", b':', "何？"))),
            ("Q1:何？", Some(("Q1", b':', "何？"))),
            ("Q:Why?", Some(("Q", b':', "Why?"))),
            ("12:30", None),
            ("Why?", None),
        ] {
            let found = split(text, |text| memchr::memchr3(b':', b'.', b')', text));
            assert_eq!(found.map(|(label, end, rest)| (label, end, &text[rest])), parts, "{text}");
        }
    }

    #[test]
    fn numbers_of_questions_end_with_a_mark_and_space() {
        for (text, rest) in [
            ("1.- Why?", Some("Why?")),
            ("01/ Why?", Some("Why?")),
            ("2 - Why?", Some("Why?")),
            ("**12. Why?**", Some("Why?")),
            ("#1 Why?", Some("Why?")),
            ("#2: Why?", Some("Why?")),
            ("2.1.3 Why?", Some("Why?")),
            ("2.1. Why?", Some("Why?")),
            (".5 why?", None),
            ("A2.1 Why?", Some("Why?")),
            ("Q.2. Why?", Some("Why?")),
            ("^ 4. Why?", Some("Why?")),
            ("B2 or A4?", None),
            ("I have 2 cats?", None),
            ("#3s why?", None),
            ("24/7 help?", None),
            ("1984 - why?", None),
            ("3 ways?", None),
        ] {
            assert_eq!(behind_number(text).map(|rest| &text[rest]), rest, "{text}");
        }
    }

    #[test]
    fn italics_come_off_a_question() {
        for (text, inner) in
            [("*Why?*", Some("Why?")), ("***Why?***", Some("Why?")), ("**Why?**", None), ("*Why* me?", None)]
        {
            assert_eq!(in_stress(text).map(|inner| &text[inner]), inner, "{text}");
        }
    }

    #[test]
    fn a_sign_of_folding_follows_a_question() {
        for (text, end) in [
            ("Why? +", Some(4)),
            ("Why?▼", Some(4)),
            ("Why? expand_more", Some(4)),
            ("Why more?", None),
            ("Why?", None),
        ] {
            assert_eq!(before_fold_sign(text), end.map(|end| 0..end), "{text}");
        }
    }

    #[test]
    fn what_does_not_ask_keeps_its_sign() {
        let page = "Why? +\nHow? +\nWho? +\nC or C++";
        let blocks = crate::page::Document::of_text(page).blocks;
        let piece = |(at, block): (usize, &Block)| {
            Piece::of_text(at, block.span.clone(), block.text.clone(), block.body.clone())
        };
        let mut pieces: Vec<Piece> = blocks.iter().enumerate().map(piece).collect();
        let profiles = Profiles::built_in();
        narrow(
            page,
            &mut pieces.iter_mut().collect::<Vec<_>>(),
            profiles.into_iter().next().unwrap(),
            before_fold_sign,
        );
        let bodies: Vec<&str> = pieces.iter().map(|piece| &page[piece.body.clone()]).collect();
        assert_eq!(bodies, ["Why?", "How?", "Who?", "C or C++"]);
    }
}
