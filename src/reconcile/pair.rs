//! Questions and answers, reduced to the letters and digits that are compared.

use crate::bytes;

/// Characters of a long text that identify it.
const PREFIX: usize = 64;

/// Bytes of letters from which on a text is unlikely to occur by chance.
pub(super) const MIN_DISTINCTIVE: usize = 24;

/// A question with an answer, or without one, in the form in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ComparedPair {
    pub(super) question: String,
    pub(super) answer: Option<String>,
}

impl ComparedPair {
    /// Of the texts of a question and its answer.
    pub(crate) fn new(question: &str, answer: Option<&str>) -> Self {
        Self { question: letters(question), answer: answer.map(letters) }
    }

    /// Of the texts of a question and of the parts of its answer.
    pub(super) fn of_parts<'a>(question: &str, parts: impl Iterator<Item = &'a str>) -> Self {
        let mut answer = String::new();
        parts.for_each(|part| push_letters(&mut answer, part));
        Self { question: letters(question), answer: Some(answer) }
    }

    /// The beginning of the question, if there is one.
    pub(super) fn question_prefix(&self) -> Option<&str> {
        Some(prefix(&self.question)).filter(|question| !question.is_empty())
    }

    /// The beginning of the answer, if it is unlikely to occur by chance.
    pub(super) fn distinctive_answer(&self) -> Option<&str> {
        self.answer.as_deref().filter(|answer| answer.len() >= MIN_DISTINCTIVE).map(prefix)
    }

    /// The beginning of the answer, if it is longer than that.
    pub(super) fn long_answer(&self) -> Option<&str> {
        let answer = self.answer.as_deref()?;
        Some(prefix(answer)).filter(|start| start.len() < answer.len())
    }

    /// Whether one answer begins like the other, or contains the beginning of a long other one.
    pub(super) fn answers_alike(&self, other: &Self) -> bool {
        let (Some(one), Some(other)) = (&self.answer, &other.answer) else { return false };
        let holds = |long: &str, short: &str| {
            let start = prefix(short);
            !short.is_empty()
                && (long.starts_with(start) || (start.len() < short.len() && long.contains(start)))
        };
        holds(one, other) || holds(other, one)
    }
}

/// As much of the beginning of a text as identifies it.
pub(super) fn prefix(letters: &str) -> &str {
    letters.char_indices().nth(PREFIX).map_or(letters, |(end, _)| &letters[..end])
}

/// The letters and digits of a text, in lower case.
pub(super) fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    push_letters(&mut letters, text);
    letters
}

/// Adds the letters and digits of a text, in lower case.
pub(super) fn push_letters(letters: &mut String, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = bytes::find(rest.as_bytes(), |byte| byte >= 0x80).unwrap_or(rest.len());
        let (plain, behind) = rest.split_at(ascii);
        push_ascii(letters, plain);
        let other = behind.find(|c: char| c.is_ascii()).unwrap_or(behind.len());
        let (foreign, behind) = behind.split_at(other);
        letters.extend(foreign.chars().filter(|&c| is_letter(c)).flat_map(char::to_lowercase));
        rest = behind;
    }
}

/// Whether a character outside ASCII is a letter or digit. Most of them are quotes, dashes
/// and spaces, which are told at once.
fn is_letter(c: char) -> bool {
    !matches!(c, '\u{80}'..='\u{a9}' | '\u{2000}'..='\u{206f}') && c.is_alphanumeric()
}

/// For each byte, the letter or digit that it is, in lower case, or else zero.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0_u8;
    while byte.is_ascii() {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

/// Adds the letters and digits of an ASCII text, without a branch at every end of a word.
fn push_ascii(letters: &mut String, text: &str) {
    const PART: usize = 64;
    let mut part = [0; PART];
    for bytes in text.as_bytes().chunks(PART) {
        let mut length = 0;
        for &byte in bytes {
            let letter = LETTERS[usize::from(byte)];
            part[length % PART] = letter;
            length += usize::from(letter != 0);
        }
        letters.push_str(std::str::from_utf8(&part[..length]).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_of_any_script_are_kept_in_lower_case() {
        let long = "It's 40 °C – ΑΒ, Straße. ".repeat(10);
        assert_eq!(letters(&long), "its40cαβstraße".repeat(10));
        assert_eq!(letters(" … -- "), "");
    }

    #[test]
    fn a_prefix_is_64_characters() {
        assert_eq!(prefix("six"), "six");
        assert_eq!(prefix(&"ä".repeat(65)), "ä".repeat(64));
    }
}
