//! What stands before every question of a group, and is no part of any: a
//! label in whatever language, `P.` or `Q1:`, or a letter in a place of its own.

use super::VOCABULARY;

/// A label that questions share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// A few letters and a mark.
    Marked,
    /// A letter with the text right behind it, or behind a space.
    Letter,
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
    questions.iter().all(|question| letter(question) > 0).then_some(Label::Letter)
}

impl Label {
    /// Its length before a question.
    pub(super) fn length(self, question: &str) -> usize {
        match self {
            Self::Marked => marked(question).map_or(0, |(_, length)| length),
            Self::Letter => letter(question),
        }
    }
}

/// The letters of a label with a mark, and its length with the space behind it.
fn marked(question: &str) -> Option<(&str, usize)> {
    let (end, mark) = question.char_indices().take(LONGEST + 1).find(|&(_, c)| is_mark(c))?;
    let letters = question[..end].trim_end_matches(|c: char| c.is_ascii_digit());
    let body = question[end + mark.len_utf8()..].trim_start();
    let is_label =
        !letters.is_empty() && !letters.contains(|c: char| c.is_whitespace() || c.is_ascii_digit());
    (is_label && !body.is_empty()).then(|| (letters, question.len() - body.len()))
}

fn is_mark(c: char) -> bool {
    matches!(c, '.' | ':' | ')' | '：' | '．')
}

/// Length of a letter that stands for "question", and of the space behind it.
fn letter(question: &str) -> usize {
    let Some(rest) = VOCABULARY.question_letter(question) else { return 0 };
    let body = rest.trim_start();
    let begins = body.chars().next().is_some_and(|c| !c.is_lowercase() && c.is_alphanumeric());
    if begins { question.len() - body.len() } else { 0 }
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
        assert_eq!(without(["QOne?", "QTwo?", "Q3 or 4?"]), ["One?", "Two?", "3 or 4?"]);
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
