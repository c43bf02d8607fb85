//! The first two bytes of the texts that a pattern matches.
//!
//! Most lines of a page match no rule, and their first two bytes show it. The sets
//! are exact if patterns begin with letters, and never too small.

use regex_syntax::hir::{Class, Hir, HirKind};
use regex_syntax::utf8::{Utf8Range, Utf8Sequences};

/// The possible beginnings of texts.
#[derive(Debug, Clone, Default)]
pub(super) struct Starts {
    /// Whether a text may be empty.
    empty: bool,
    /// Texts of one byte.
    single: Bits,
    /// First two bytes of longer texts.
    pairs: Bits,
}

impl Starts {
    /// The beginnings of the texts that a pattern matches.
    pub(super) fn of(pattern: &Hir) -> Self {
        match pattern.kind() {
            HirKind::Empty | HirKind::Look(_) => Self { empty: true, ..Self::default() },
            HirKind::Literal(literal) => Self::literal(&literal.0),
            HirKind::Class(class) => Self::class(class),
            HirKind::Capture(group) => Self::of(&group.sub),
            HirKind::Repetition(repeated) => {
                let once = Self::of(&repeated.sub);
                let mut starts = once.then(&once).or(&once);
                starts.empty |= repeated.min == 0;
                starts
            }
            HirKind::Concat(parts) => {
                let mut starts = Self { empty: true, ..Self::default() };
                for part in parts {
                    if starts.are_pairs() {
                        break;
                    }
                    starts = starts.then(&Self::of(part));
                }
                starts
            }
            HirKind::Alternation(parts) => {
                parts.iter().fold(Self::default(), |starts, part| starts.or(&Self::of(part)))
            }
        }
    }

    fn literal(text: &[u8]) -> Self {
        let mut starts = Self::default();
        match *text {
            [] => starts.empty = true,
            [byte] => starts.single.insert(usize::from(byte)),
            [first, second, ..] => starts.pairs.insert(pair([first, second])),
        }
        starts
    }

    fn class(class: &Class) -> Self {
        let mut starts = Self::default();
        match class {
            Class::Bytes(class) => {
                let bytes = class.ranges().iter().flat_map(|range| range.start()..=range.end());
                bytes.for_each(|byte| starts.single.insert(usize::from(byte)));
            }
            Class::Unicode(class) => {
                let ranges = class.ranges().iter();
                for sequence in ranges.flat_map(|range| Utf8Sequences::new(range.start(), range.end())) {
                    starts.insert(sequence.as_slice());
                }
            }
        }
        starts
    }

    /// Adds the characters whose bytes are in these ranges.
    fn insert(&mut self, sequence: &[Utf8Range]) {
        let bytes = |range: &Utf8Range| range.start..=range.end;
        match sequence {
            [] => {}
            [only] => bytes(only).for_each(|byte| self.single.insert(usize::from(byte))),
            [first, second, ..] => {
                for first in bytes(first) {
                    bytes(second).for_each(|second| self.pairs.insert(pair([first, second])));
                }
            }
        }
    }

    /// Whether all texts have two bytes or more, so that what follows does not matter.
    fn are_pairs(&self) -> bool {
        !self.empty && self.single.is_empty()
    }

    /// The beginnings of a text followed by another one.
    fn then(&self, next: &Self) -> Self {
        let mut starts = Self { empty: self.empty && next.empty, ..Self::default() };
        starts.pairs.insert_all(&self.pairs);
        if self.empty {
            starts.pairs.insert_all(&next.pairs);
            starts.single.insert_all(&next.single);
        }
        if next.empty {
            starts.single.insert_all(&self.single);
        }
        let seconds = if self.single.is_empty() { Vec::new() } else { next.first_bytes() };
        for first in (0..=u8::MAX).filter(|&first| self.single.contains(usize::from(first))) {
            for &second in &seconds {
                starts.pairs.insert(pair([first, second]));
            }
        }
        starts
    }

    /// The beginnings of either text.
    fn or(mut self, other: &Self) -> Self {
        self.empty |= other.empty;
        self.single.insert_all(&other.single);
        self.pairs.insert_all(&other.pairs);
        self
    }

    /// The first bytes of the texts that are not empty.
    pub(super) fn first_bytes(&self) -> Vec<u8> {
        let begins = |&first: &u8| {
            self.single.contains(usize::from(first)) || self.pairs.any(pair([first, 0])..=pair([first, 255]))
        };
        (0..=u8::MAX).filter(begins).collect()
    }

    /// Whether a text has one of the beginnings.
    pub(super) fn allow(&self, text: &[u8]) -> bool {
        match *text {
            [] => self.empty,
            [byte] => self.single.contains(usize::from(byte)),
            [first, second, ..] => self.pairs.contains(pair([first, second])),
        }
    }
}

/// The number of a pair of bytes.
fn pair([first, second]: [u8; 2]) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// A set of numbers: one bit for each, in as many words as necessary.
#[derive(Debug, Clone, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn insert(&mut self, number: usize) {
        if self.0.len() <= number / 64 {
            self.0.resize(number / 64 + 1, 0);
        }
        self.0[number / 64] |= 1 << (number % 64);
    }

    fn insert_all(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// Whether one of these numbers is in the set. The range must consist of whole words.
    fn any(&self, numbers: std::ops::RangeInclusive<usize>) -> bool {
        self.0.iter().take(numbers.end() / 64 + 1).skip(numbers.start() / 64).any(|&word| word != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(pattern: &str) -> Starts {
        Starts::of(&regex_syntax::parse(pattern).unwrap())
    }

    #[test]
    fn allow_what_matches_begin_with_and_nothing_else() {
        for (pattern, begins, else_begins) in [
            ("ab?c", &["abc", "ac"][..], &["a", "bc", "aa", ""][..]),
            ("(?:[0-9]+ )?(?i:no|k)", &["1 no", "12 k", "nO", "K", "k", "\u{212a}"], &["1", "ox", "n", "k."]),
            ("(?<x>[é•])x{2,3}|z*", &["éxx", "•xx", "", "z", "zz"], &["ex", "zx", "zé"]),
            ("a*b*c", &["c", "bc", "ac", "aac"], &["a", "b", "ca", ""]),
            (r"\S+", &["x", "é", "-y"], &[" x", ""]),
        ] {
            let starts = starts(pattern);
            for text in begins {
                assert!(starts.allow(text.as_bytes()), "{pattern} {text}");
                assert!(text.is_empty() || starts.first_bytes().contains(&text.as_bytes()[0]));
            }
            for text in else_begins {
                assert!(!starts.allow(text.as_bytes()), "{pattern} {text}");
            }
        }
    }

    #[test]
    fn first_bytes_are_those_of_short_and_long_texts() {
        assert_eq!(starts("a|bc|é|").first_bytes(), [b'a', b'b', 0xc3]);
    }
}
