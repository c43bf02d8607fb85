//! Detects a language by its function words.
//!
//! `the`, `der` and `est` are in nearly every sentence of their language and in hardly
//! any of another. A text is read word by word, and only until one language leads by
//! enough: most questions are conclusive by themselves, and their answers are not read.
//! That is about a hundred times as fast as counting trigrams.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The languages of `words.txt`, in its order.
const LANGUAGES: [&str; 24] = [
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "ca", "gl", "ro", "fi", "id", "af", "pl",
    "cs", "sk", "hr", "hu", "tr", "eo", "la",
];

/// The number of languages, from the first on, that can be detected. The words of the
/// others only count against them.
const DETECTABLE: usize = 8;

/// The lead of a language, in words, at which the rest is not read.
const EARLY_LEAD: u8 = 3;

/// The lead that a language must have at the end.
const FINAL_LEAD: u8 = 2;

/// One word in so many must be one of the language.
const DENSITY: usize = 4;

/// One letter in so many may be foreign to all of the languages.
const FOREIGN: usize = 6;

/// If a text has so many more foreign letters than others, it is in another script.
const OTHER_SCRIPT: usize = 24;

/// A word that so many languages share never decides early.
const COMMON: u32 = 6;

/// The longest words that count, in letters: as many as fit into a key.
const MAX_WORD: usize = 8;

/// What the words of a text say about its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is this language.
    Certain(&'static str),
    /// It may be this language.
    Likely(&'static str),
    /// It may be any language.
    Unknown,
}

/// Detects the language of two texts that belong together.
pub(super) fn detect(texts: [&str; 2]) -> Verdict {
    let mut tally = Tally::default();
    let early = texts.into_iter().find_map(|text| tally.read(text));
    early.unwrap_or_else(|| tally.verdict())
}

/// What a character is to the detector.
enum Letter {
    /// A letter of Latin-1, in lower case.
    Latin(u8),
    /// A letter of another script.
    Foreign,
    /// Not a letter.
    None,
}

fn letter(c: char) -> Letter {
    match c {
        // In Latin-1, a single bit distinguishes upper from lower case.
        'a'..='z' | 'A'..='Z' | 'À'..='ÿ' => Letter::Latin((u32::from(c) & 0xff) as u8 | 0x20),
        'œ' | 'Œ' => Letter::Latin(b'\x01'),
        _ if !c.is_ascii() && c.is_alphabetic() => Letter::Foreign,
        _ => Letter::None,
    }
}

/// A word of eight equal bytes.
const fn all(byte: u8) -> u64 {
    u64::MAX / 0xff * byte as u64
}

/// The ASCII letters that a text starts with, in lower case, and their number: at most
/// eight, as many as fit into a key.
fn ascii_letters(text: &[u8]) -> (u64, usize) {
    let mut padded = [0; MAX_WORD];
    let head = text.first_chunk().unwrap_or_else(|| {
        padded[..text.len()].copy_from_slice(text);
        &padded
    });
    let word = u64::from_be_bytes(*head);
    let lower = word | all(0x20);
    // The high bit of each byte says whether the byte is between `a` and `z`. Without that
    // bit in `low`, no sum overflows into the next byte.
    let low = lower & all(0x7f);
    let letters = (low + all(0x80 - b'a')) & !(low + all(0x80 - b'z' - 1)) & !word & all(0x80);
    let run = (!letters & all(0x80)).leading_zeros() as usize / 8;
    (if run == 0 { 0 } else { lower >> (64 - 8 * run) }, run)
}

/// What was counted in a text so far.
#[derive(Default)]
struct Tally {
    /// Words of each language.
    of: [u8; LANGUAGES.len()],
    words: usize,
    letters: usize,
    foreign: usize,
}

impl Tally {
    /// Counts the words of a text until they decide.
    fn read(&mut self, text: &str) -> Option<Verdict> {
        let (mut word, mut length) = (0, 0);
        let mut rest = text;
        loop {
            let (letters, run) = ascii_letters(rest.as_bytes());
            // Of a word that does not fit, only the length counts.
            word = if run < MAX_WORD { (word << (8 * run)) | letters } else { letters };
            length += run;
            let behind = &rest[run..];
            let next = behind.chars().next();
            match letter(next.unwrap_or(' ')) {
                Letter::Latin(code) => {
                    word = (word << 8) | u64::from(code);
                    length += 1;
                }
                Letter::Foreign if self.foreign > self.letters + OTHER_SCRIPT => {
                    return Some(Verdict::Unknown);
                }
                Letter::Foreign => self.foreign += 1,
                Letter::None if length > 0 => {
                    if let Some(language) = self.add(word, length) {
                        return Some(Verdict::Certain(language));
                    }
                    (word, length) = (0, 0);
                }
                Letter::None => {}
            }
            rest = &behind[next?.len_utf8()..];
        }
    }

    /// Counts a word, and returns the language if this decides for one.
    fn add(&mut self, word: u64, length: usize) -> Option<&'static str> {
        self.words += 1;
        self.letters += length;
        if length > MAX_WORD {
            return None;
        }
        let languages = *WORDS.get(&word)?;
        let mut most = 0;
        let mut rest = languages;
        while rest != 0 {
            let count = &mut self.of[rest.trailing_zeros() as usize];
            *count = count.saturating_add(1);
            most = most.max(*count);
            rest &= rest - 1;
        }
        if most < EARLY_LEAD || languages.count_ones() >= COMMON {
            return None;
        }
        let (first, lead) = self.first();
        (lead >= EARLY_LEAD && self.may_be(first)).then(|| LANGUAGES[first])
    }

    /// The language with the most words, and its lead.
    fn first(&self) -> (usize, u8) {
        let most = self.of.iter().copied().fold(0, u8::max);
        let first = self.of.iter().position(|&count| count == most).unwrap_or_default();
        let mut others = self.of;
        others[first] = 0;
        (first, most - others.into_iter().fold(0, u8::max))
    }

    /// Whether a language can be detected, and has a large enough share of the text.
    fn may_be(&self, language: usize) -> bool {
        language < DETECTABLE
            && usize::from(self.of[language]) * DENSITY >= self.words
            && self.foreign * FOREIGN <= self.letters
    }

    fn verdict(&self) -> Verdict {
        match self.first() {
            (_, 0) => Verdict::Unknown,
            (first, lead) if lead >= FINAL_LEAD && self.may_be(first) => Verdict::Certain(LANGUAGES[first]),
            (first, _) => Verdict::Likely(LANGUAGES[first]),
        }
    }
}

/// For each word, as a key of its letters, the set of languages that have it, as bits.
static WORDS: LazyLock<FxHashMap<u64, u32>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for (index, list) in lists().enumerate() {
        for word in list.split(' ') {
            let key = word.chars().fold(0, |key, c| (key << 8) | u64::from(c));
            *words.entry(key).or_default() |= 1 << index;
        }
    }
    words
});

/// The words of each language.
fn lists() -> impl Iterator<Item = &'static str> {
    let lines = include_str!("words.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| Some(line.split_once(": ")?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_languages_and_fit_into_keys() {
        let text = include_str!("words.txt");
        let names = text.lines().filter_map(|line| Some(line.split_once(": ")?.0));
        assert!(names.eq(LANGUAGES));
        for word in lists().flat_map(|list| list.split(' ')) {
            assert!((1..=MAX_WORD).contains(&word.chars().count()), "{word}");
            for c in word.chars() {
                assert!(
                    matches!(letter(c), Letter::Latin(code) if u32::from(code) == u32::from(c)),
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn words_of_one_language_decide_and_words_of_two_do_not() {
        // `of` and `in` are Dutch too, `the`, `colour` and `apples` are not.
        assert_eq!(detect(["", "the colour of the apples in the box"]), Verdict::Certain("en"));
        // `is` is Dutch and Afrikaans too.
        assert_eq!(detect(["What is", ""]), Verdict::Likely("en"));
        assert_eq!(detect(["What is the", ""]), Verdict::Certain("en"));
        assert_eq!(detect(["is in", ""]), Verdict::Unknown);
        assert_eq!(detect(["", ""]), Verdict::Unknown);
    }

    #[test]
    fn few_words_of_a_language_among_many_others_do_not_decide() {
        let others = "lorem ".repeat(20);
        assert_eq!(detect([&others, "what the why"]), Verdict::Likely("en"));
        assert_eq!(detect(["что это the", "what why how"]), Verdict::Likely("en"));
    }

    #[test]
    fn letters_are_read_up_to_any_other_byte() {
        for byte in 0..=u8::MAX {
            for at in 0..10 {
                let mut text = *b"aBcXyZqrst";
                text[at] = byte;
                let run = text.iter().take(MAX_WORD).take_while(|byte| byte.is_ascii_alphabetic()).count();
                let lower = text[..run].to_ascii_lowercase();
                let key = lower.iter().fold(0, |key, &byte| (key << 8) | u64::from(byte));
                assert_eq!(ascii_letters(&text), (key, run), "{text:?}");
            }
        }
        assert_eq!(ascii_letters(b"Be"), (0x6265, 2));
        assert_eq!(ascii_letters(b""), (0, 0));
    }

    #[test]
    fn capitals_and_accents_count_as_letters() {
        assert_eq!(detect(["À QUOI ÇA SERT, ET OÙ ÊTRE ?", ""]), Verdict::Certain("fr"));
        assert_eq!(detect(["l’eau, d’où", "est-elle"]), Verdict::Certain("fr"));
    }
}
