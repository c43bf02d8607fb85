//! What precedes every question of a group without being part of it: a label in
//! whatever language, `P.` or `Q1:`, or a letter set apart.

use super::{Page, Pair, VOCABULARY};

/// A label that questions share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A few letters and a mark.
    Marked,
    /// A letter directly followed by the text, or by a space.
    Letter,
    /// The same with a number.
    Numbered,
}

/// Questions that show what they share.
const MIN_SHOWING: usize = 3;

/// Letters of a label.
const LONGEST: usize = 4;

/// The label that all questions have, if there are enough of them.
pub(super) fn common(questions: &[&str]) -> Option<Label> {
    if questions.len() < MIN_SHOWING {
        return None;
    }
    let first = marked(questions[0]).map(|(label, _)| label);
    let same = |question: &&str| first.is_some() && marked(question).map(|(label, _)| label) == first;
    if questions.iter().all(same) {
        return Some(Label::Marked);
    }
    let all = |label: Label| questions.iter().all(|question| label.length(question) > 0).then_some(label);
    all(Label::Numbered).or_else(|| all(Label::Letter))
}

/// Removes the labels of a group's answers: a label alone on the line before each of
/// them, and the letter that corresponds to that of the questions, `of_questions`.
pub(super) fn strip_answers(page: &Page<'_>, pairs: &mut [Pair], of_questions: Option<Label>) {
    let first = |pair: &Pair| pair.answer.first().filter(|_| pair.beside.is_none()).copied();
    let is_alone = |pair: &Pair| {
        pair.answer.len() > 1 && first(pair).is_some_and(|line| VOCABULARY.is_answer_label(page.body(line)))
    };
    // One letter may be a word.
    let all = pairs.len() > 1 && pairs.iter().filter(|pair| pair.has_answer()).all(is_alone);
    for pair in pairs.iter_mut() {
        let is_word = |line: usize| page.body(line).trim_end().chars().nth(1).is_some();
        if is_alone(pair) && (all || first(pair).is_some_and(is_word)) {
            pair.answer.remove(0);
        }
    }
    if of_questions.is_none_or(|label| label == Label::Marked) {
        return;
    }
    let length = |pair: &Pair| {
        let line = pair.beside.clone().or_else(|| Some(page.blocks[*pair.answer.first()?].body.clone()));
        line.map(|line| of_answer(&page.text[line]))
    };
    let lengths: Vec<_> = pairs.iter().map(length).collect();
    if lengths.iter().flatten().all(|&length| length > 0) {
        for (pair, length) in pairs.iter_mut().zip(lengths) {
            pair.label = length.unwrap_or_default();
        }
    }
}

impl Label {
    /// Its length before a question.
    pub(super) fn length(self, question: &str) -> usize {
        match self {
            Self::Marked => marked(question).map_or(0, |(_, length)| length),
            Self::Letter => letter(question),
            Self::Numbered => numbered(question),
        }
    }
}

/// The letters of a label with a mark, and its length with the space after it.
fn marked(question: &str) -> Option<(&str, usize)> {
    let (end, mark) = question.char_indices().take(LONGEST + 1).find(|&(_, c)| is_mark(c))?;
    let letters = question[..end].trim_end_matches(|c: char| c.is_ascii_digit());
    let rest = &question[end + mark.len_utf8()..];
    // `A1.1 `
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let body = if number.starts_with(char::is_whitespace) { number } else { rest }.trim_start();
    let is_label =
        !letters.is_empty() && !letters.contains(|c: char| c.is_whitespace() || c.is_ascii_digit());
    (is_label && !body.is_empty()).then(|| (letters, question.len() - body.len()))
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ':' | ')' | '：' | '．')
}

/// Length of a letter that stands for "question", and of the space after it.
fn letter(question: &str) -> usize {
    let Some(rest) = VOCABULARY.question_letter(question) else { return 0 };
    behind(question, rest)
}

/// The same with a number after it, or nothing.
fn numbered(question: &str) -> usize {
    let Some(rest) = VOCABULARY.question_letter(question) else { return 0 };
    let body = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = (1..=3).contains(&(rest.len() - body.len()));
    // `3D`
    let begins = body.trim_start().starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
    if is_number && begins { behind(question, body) } else { 0 }
}

/// Length of the letter of an answer, perhaps with a number.
fn of_answer(answer: &str) -> usize {
    let Some(rest) = VOCABULARY.answer_letter(answer) else { return 0 };
    behind(answer, rest.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// Length of what precedes a text, if that begins as a sentence does.
fn behind(text: &str, rest: &str) -> usize {
    let body = rest.trim_start();
    let begins = body.chars().next().is_some_and(|c| !c.is_lowercase() && c.is_alphanumeric());
    if begins { text.len() - body.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(questions: [&str; 3]) -> [&str; 3] {
        let label = common(&questions);
        questions.map(|question| &question[label.map_or(0, |label| label.length(question))..])
    }

    #[test]
    fn what_all_questions_begin_with_is_a_label() {
        assert_eq!(without(["P. ¿Uno?", "P. ¿Dos?", "P. ¿Tres?"]), ["¿Uno?", "¿Dos?", "¿Tres?"]);
        assert_eq!(without(["প্র. ক?", "প্র. খ?", "প্র. গ?"]), ["ক?", "খ?", "গ?"]);
        assert_eq!(without(["Q1: One?", "Q2: Two?", "Q10: Ten?"]), ["One?", "Two?", "Ten?"]);
        assert_eq!(without(["A1.1 One?", "A1.2 Two?", "A2.1 Ten?"]), ["One?", "Two?", "Ten?"]);
        assert_eq!(without(["QOne?", "QTwo?", "Q3 or 4?"]), ["One?", "Two?", "3 or 4?"]);
        assert_eq!(without(["Q1One?", "Q2 Two?", "Q10送料は？"]), ["One?", "Two?", "送料は？"]);
        for questions in [
            ["P. Who?", "P. Which?", "R. Where?"],
            ["Quite so?", "Questions?", "Quick?"],
            ["Mr. Pitt?", "Mr. Fox?", "Who?"],
            ["1. One?", "2. Two?", "3. Three?"],
            ["What?", "Who?", "Why?"],
        ] {
            assert_eq!(without(questions), questions);
        }
    }
}
