//! The words by which a family's questions are known.

use rustc_hash::FxHashMap;

use super::model;

/// How a text opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// As a question does.
    Asks,
    /// With a word that opens questions and other sentences alike.
    MayAsk,
    /// As a question that leans on the text before it.
    Leans,
    /// With a word that ties it to the text before.
    Continues,
    /// Like any sentence.
    Plain,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    QuestionWord,
    Auxiliary,
    Weak,
    Preposition,
    Subject,
    Connective,
}

/// A word, as [`key`] makes it.
type Key = [u8; MAX_WORD];

/// The words, in lower case, each with what it is.
#[derive(Debug)]
pub(crate) struct QuestionWords {
    words: FxHashMap<Key, Kind>,
    leaning: Vec<(String, String)>,
    plural_openers: Vec<String>,
    plurals: Vec<String>,
    labels: [Vec<String>; 2],
    /// Letters that begin a label, by their bytes.
    label_letters: [bool; 128],
}

impl QuestionWords {
    pub(super) fn new(file: model::QuestionWords) -> Self {
        let mut words = FxHashMap::default();
        for (list, kind) in [
            (file.subjects, Kind::Subject),
            (file.connectives, Kind::Connective),
            (file.prepositions, Kind::Preposition),
            (file.weak_openers, Kind::Weak),
            (file.auxiliaries, Kind::Auxiliary),
            (file.words, Kind::QuestionWord),
        ] {
            words.extend(list.iter().filter_map(|word| Some((key(&word.to_lowercase())?, kind))));
        }
        let pair = |words: &String| {
            words.to_lowercase().split_once(' ').map(|(one, two)| (one.to_owned(), two.to_owned()))
        };
        let leaning = file.leaning.iter().filter_map(pair).collect();
        let labels = [file.labels, file.answer_labels];
        let mut label_letters = [false; 128];
        for letter in labels.iter().flatten().filter_map(|label| label.bytes().next()) {
            for letter in [letter.to_ascii_lowercase(), letter.to_ascii_uppercase()] {
                if let Some(begins) = label_letters.get_mut(usize::from(letter)) {
                    *begins = true;
                }
            }
        }
        Self {
            words,
            leaning,
            plural_openers: file.plural_openers,
            plurals: file.plurals,
            labels,
            label_letters,
        }
    }

    /// The words with which a text can open as a question does, in lower case.
    pub(crate) fn openers(&self) -> impl Iterator<Item = &str> {
        let opens = |kind: Kind| !matches!(kind, Kind::Subject | Kind::Connective);
        let words = self.words.iter().filter(move |(_, kind)| opens(**kind));
        words.filter_map(|(key, _)| Some(std::str::from_utf8(key).ok()?.trim_end_matches('\0')))
    }

    /// How a text opens, told by its first two words.
    pub(crate) fn opening(&self, text: &str) -> Opening {
        let (first, rest) = split_word(text);
        if first.starts_with('¿') {
            return Opening::Asks;
        }
        let (second, _) = split_word(rest);
        match self.kind(first) {
            Some(Kind::QuestionWord) if self.leans(first, second) => Opening::Leans,
            Some(Kind::QuestionWord) if self.kind(second) == Some(Kind::Subject) => Opening::MayAsk,
            Some(Kind::QuestionWord | Kind::Auxiliary) => Opening::Asks,
            Some(Kind::Weak) => match self.kind(second) {
                Some(Kind::QuestionWord | Kind::Auxiliary | Kind::Weak | Kind::Subject) => Opening::Asks,
                None if self.opens_plural(first, second) => Opening::Asks,
                _ => Opening::MayAsk,
            },
            Some(Kind::Preposition) if self.kind(second) == Some(Kind::QuestionWord) => Opening::Asks,
            Some(Kind::Connective) => Opening::Continues,
            _ => Opening::Plain,
        }
    }

    /// Whether a text opens with a verb that asks, or with one behind a word that
    /// asks, as hardly a heading does: `are bees …`, `who has …`.
    pub(crate) fn inverts(&self, text: &str) -> bool {
        let mut words = text.split([' ', '\t', '\u{a0}']).filter(|word| !word.is_empty());
        match words.next().and_then(|first| self.kind(first)) {
            Some(Kind::Auxiliary) => true,
            Some(Kind::QuestionWord) => {
                words.next().and_then(|second| self.kind(second)) == Some(Kind::Auxiliary)
            }
            _ => false,
        }
    }

    /// Whether two words are a verb and what looks like a noun in the plural: `do cats …`.
    fn opens_plural(&self, first: &str, word: &str) -> bool {
        word.len() >= MIN_PLURAL
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && self.plurals.iter().any(|ending| word.ends_with(ending.as_str()))
            && self.plural_openers.iter().any(|opener| opener.eq_ignore_ascii_case(first))
    }

    /// The labels of questions.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels[0].iter().map(String::as_str)
    }

    /// Whether a text may begin with a label; its first letter tells most that do not.
    pub(crate) fn may_begin_label(&self, text: &str) -> bool {
        let Some(&first) = text.as_bytes().first() else { return false };
        self.label_letters.get(usize::from(first)).is_none_or(|&begins| begins)
    }

    /// Whether a word is a label of questions, or of answers.
    pub(crate) fn is_label(&self, word: &str, of_answer: bool) -> bool {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let same = |label: &String| label.len() == word.len() && *label == word.to_lowercase();
        self.labels[usize::from(of_answer)].iter().any(same)
    }

    /// Whether the first two words lean on the text before: `what about …`.
    fn leans(&self, first: &str, second: &str) -> bool {
        let second = second.trim_end_matches(|c: char| !c.is_alphanumeric());
        self.leaning
            .iter()
            .any(|(one, two)| second.eq_ignore_ascii_case(two) && first.eq_ignore_ascii_case(one))
    }

    fn kind(&self, word: &str) -> Option<Kind> {
        let word = if word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            word
        } else {
            let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
            word.trim_end_matches(['"', '”', '’', '\'', ',', ')', '?'])
        };
        let mut key = key(word)?;
        if key.is_ascii() {
            key.make_ascii_lowercase();
            self.words.get(&key).copied()
        } else {
            self.words.get(&self::key(&word.to_lowercase().replace('’', "'"))?).copied()
        }
    }
}

/// A word as it is looked up: filled up with zeros. None if it is too long for a word.
fn key(word: &str) -> Option<Key> {
    let mut key = [0; MAX_WORD];
    key.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(key)
}

/// The shortest plural, in bytes.
const MIN_PLURAL: usize = 4;

/// The first word of a text, and the rest behind it; empty if there is none.
fn split_word(text: &str) -> (&str, &str) {
    const GAPS: [char; 3] = [' ', '\t', '\u{a0}'];
    let text = text.trim_start_matches(GAPS);
    // A word is short: searching it for many bytes at once would not pay. U+00A0
    // begins with the byte 0xC2, and so do other characters.
    let gap =
        |&at: &usize| matches!(text.as_bytes()[at], b' ' | b'\t' | 0xc2) && text[at..].starts_with(GAPS);
    text.split_at((0..text.len()).find(gap).unwrap_or(text.len()))
}

/// The longest word, in bytes, that is looked up.
const MAX_WORD: usize = 24;

#[cfg(test)]
mod tests {
    use super::super::Profiles;
    use super::*;

    #[test]
    fn two_words_tell_how_a_text_opens() {
        let profiles = Profiles::built_in();
        let words = &profiles.iter().next().unwrap().words;
        for (text, opening) in [
            ("What is yeast?", Opening::Asks),
            ("“What’s yeast?”", Opening::Asks),
            ("When should bread rise", Opening::Asks),
            ("When bread rises", Opening::MayAsk),
            ("What you need", Opening::MayAsk),
            ("Do you bake", Opening::Asks),
            ("Do loaves shrink", Opening::Asks),
            ("Do the dishes", Opening::Asks),
            ("Do bake", Opening::MayAsk),
            ("When loaves shrink", Opening::MayAsk),
            ("In what oven", Opening::Asks),
            ("In the oven", Opening::Plain),
            ("So how long?", Opening::Continues),
            ("What about salt?", Opening::Leans),
            ("What: a field", Opening::Plain),
            ("", Opening::Plain),
        ] {
            assert_eq!(words.opening(text), opening, "{text}");
        }
    }

    #[test]
    fn a_verb_in_front_of_its_subject_asks_without_a_mark() {
        let profiles = Profiles::built_in();
        let words = &profiles.iter().next().unwrap().words;
        for (text, inverts) in [
            ("Are loaves weighed before or after baking", true),
            ("Who has baked the oldest loaf", true),
            ("How to knead", false),
            ("What you need", false),
            ("Bread", false),
        ] {
            assert_eq!(words.inverts(text), inverts, "{text}");
        }
    }
}
