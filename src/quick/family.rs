//! Whether a page may contain a phrase of a profile, judged by one run of text
//! after the other.
//!
//! Each match of a rule contains one of the rule's texts, and each of these a word
//! of ASCII letters, the key. Where a tag splits the key, one run ends with its
//! beginning and another starts with its end.

use memchr::memchr_iter;
use rustc_hash::FxHashMap;

use super::keys::{Key, LONGEST_KEY, MIN_KEY, texts};
use crate::clean;
use crate::profile::{Profile, Profiles, RuleClass};
use crate::tags::scan::Odd;

/// References to characters of which a question or a key may be made, or that cleaning removes.
const REFERENCES: [&str; 7] = ["quest", "iquest", "fjlig", "shy", "zerowidthspace", "negative", "nobreak"];

/// The phrases of all profiles of a run.
#[derive(Debug)]
pub(super) struct Family {
    keys: Vec<Key>,
    beginnings: Beginnings,
    /// Beginnings and ends of keys, and what stands inside of them.
    parts: FxHashMap<Vec<u8>, Vec<(usize, Part)>>,
}

/// A part of a key that is not all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Its first letters, so many of them.
    Beginning(usize),
    /// All behind that many letters.
    End(usize),
    Inside,
}

/// What was found of one key: the lengths of its beginnings at the ends of
/// runs, and where its ends start at the starts of runs, as bits.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    beginnings: u64,
    ends: u64,
    inside: bool,
}

/// What the runs of one page hold.
#[derive(Debug)]
pub(super) struct Watch<'f> {
    family: &'f Family,
    found: FxHashMap<usize, Found>,
}

/// What a run holds.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    /// Texts of rules that cut lines.
    pub(super) rules: u32,
    /// Spanish question marks that open a question.
    pub(super) openings: u32,
}

impl Family {
    /// `None` if the text of a rule has nothing by which it can be looked for.
    pub(super) fn of(profiles: &Profiles) -> Option<Self> {
        let mut keys: Vec<Key> = Vec::new();
        for rule in profiles.iter().flat_map(Profile::rules) {
            let tells = matches!(rule.class, RuleClass::Attribution | RuleClass::Count);
            if tells || rule.is_glued() {
                let hir = regex_syntax::parse(rule.pattern()).ok()?;
                let texts = texts(&hir)?;
                keys.extend(texts.into_iter().map(|key| Key { cuts: !tells, ..key }));
            }
        }
        keys.sort_by(|a, b| (&a.text, a.cuts).cmp(&(&b.text, b.cuts)));
        keys.dedup_by(|later, first| later.text == first.text && later.start == first.start);
        let mut parts: FxHashMap<Vec<u8>, Vec<(usize, Part)>> = FxHashMap::default();
        for (index, key) in keys.iter().enumerate() {
            let word = key.word();
            for from in 0..word.len() {
                for to in from + 1..=word.len() {
                    let part = match (from, to) {
                        (0, to) if to == word.len() => continue,
                        (0, to) => Part::Beginning(to),
                        (from, to) if to == word.len() => Part::End(from),
                        _ => Part::Inside,
                    };
                    parts.entry(word[from..to].to_vec()).or_default().push((index, part));
                }
            }
        }
        Some(Self { beginnings: Beginnings::of(&keys), keys, parts })
    }

    pub(super) fn watch(&self) -> Watch<'_> {
        Watch { family: self, found: FxHashMap::default() }
    }
}

/// The first letters of keys. A bit for each hash rules out most places of a run
/// at which a key might begin, without running an automaton.
#[derive(Debug)]
struct Beginnings {
    bits: Box<[u64; (1 << Self::HASH_BITS) / 64]>,
    keys: FxHashMap<u32, Vec<usize>>,
}

impl Beginnings {
    const HASH_BITS: u32 = 15;

    fn of(keys: &[Key]) -> Self {
        let mut beginnings = Self { bits: Box::new([0; _]), keys: FxHashMap::default() };
        for (index, key) in keys.iter().enumerate() {
            if let Some(&letters) = key.word().first_chunk() {
                let letters = Self::lower(letters);
                let hash = Self::hash(letters);
                beginnings.bits[hash / 64] |= 1 << (hash % 64);
                beginnings.keys.entry(letters).or_default().push(index);
            }
        }
        beginnings
    }

    /// Letters in lower case; of what else it makes, there is no key.
    fn lower(letters: [u8; MIN_KEY]) -> u32 {
        u32::from_le_bytes(letters) | u32::from_le_bytes([b' '; MIN_KEY])
    }

    /// Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4).
    fn hash(letters: u32) -> usize {
        (letters.wrapping_mul(0x9e37_79b1) >> (u32::BITS - Self::HASH_BITS)) as usize
    }

    /// Where keys may be in a run, and which.
    fn find_in(&self, run: &[u8]) -> impl Iterator<Item = (usize, usize)> {
        let may_start = |&(_, &letters): &(usize, &[u8; MIN_KEY])| {
            let hash = Self::hash(Self::lower(letters));
            self.bits[hash / 64] >> (hash % 64) & 1 == 1
        };
        run.array_windows().enumerate().filter(may_start).flat_map(|(start, &letters)| {
            let keys = self.keys.get(&Self::lower(letters));
            keys.into_iter().flatten().map(move |&key| (start, key))
        })
    }
}

impl Watch<'_> {
    /// Looks at a run of text. `joins` says on which sides, before and after,
    /// another run may share its line.
    pub(super) fn run(&mut self, run: &str, joins: [bool; 2]) -> Result<Cuts, Odd> {
        let mut cuts = self.written(run, joins)?;
        // A phrase is found without what nobody sees in it.
        if !run.is_ascii() && run.contains(is_invisible) {
            cuts.rules += self.written(&run.replace(is_invisible, ""), joins)?.rules;
        }
        Ok(cuts)
    }

    /// Looks at a run as it is written.
    fn written(&mut self, run: &str, joins: [bool; 2]) -> Result<Cuts, Odd> {
        let family = self.family;
        let bytes = run.as_bytes();
        let mut cuts = Cuts { openings: openings(run)?, ..Cuts::default() };
        if memchr_iter(b'&', bytes).any(|at| may_tell(&run[at + 1..])) {
            return Err(Odd);
        }
        for (start, key) in family.beginnings.find_in(bytes) {
            let key = &family.keys[key];
            if key.stands_in(bytes, start) {
                if !key.cuts {
                    return Err(Odd);
                }
                cuts.rules += 1;
            }
        }
        if joins[0] {
            self.first_word(bytes)?;
        }
        if joins[1] {
            self.last_word(bytes)?;
        }
        Ok(cuts)
    }

    /// Notes what a run starts with.
    fn first_word(&mut self, run: &[u8]) -> Result<(), Odd> {
        let longest = run.iter().take(LONGEST_KEY).take_while(|byte| byte.is_ascii_alphabetic()).count();
        for length in 1..=longest {
            let all = length == run.len();
            self.part(&run[..length], |part| matches!(part, Part::End(_)) || (all && part == Part::Inside))?;
        }
        Ok(())
    }

    /// Notes what a run ends with.
    fn last_word(&mut self, run: &[u8]) -> Result<(), Odd> {
        let longest =
            run.iter().rev().take(LONGEST_KEY).take_while(|byte| byte.is_ascii_alphabetic()).count();
        for length in 1..=longest {
            self.part(&run[run.len() - length..], |part| matches!(part, Part::Beginning(_)))?;
        }
        Ok(())
    }

    fn part(&mut self, text: &[u8], counts: impl Fn(Part) -> bool) -> Result<(), Odd> {
        let mut space = [0; LONGEST_KEY];
        let lower = &mut space[..text.len()];
        lower.copy_from_slice(text);
        lower.make_ascii_lowercase();
        let Some(parts) = self.family.parts.get(&*lower) else { return Ok(()) };
        for &(key, part) in parts.iter().filter(|(_, part)| counts(*part)) {
            let found = self.found.entry(key).or_default();
            match part {
                Part::Beginning(length) => found.beginnings |= 1 << length,
                Part::End(from) => found.ends |= 1 << from,
                Part::Inside => found.inside = true,
            }
            let joined = found.beginnings & found.ends != 0;
            if joined || (found.inside && found.beginnings != 0 && found.ends != 0) {
                return Err(Odd);
            }
        }
        Ok(())
    }
}

/// Spanish question marks that open a question. A letter of which lower case
/// makes another one may hide a key.
fn openings(run: &str) -> Result<u32, Odd> {
    if run.is_ascii() {
        return Ok(0);
    }
    run.chars().try_fold(0, |openings, c| match c {
        'ſ' | '\u{212a}' => Err(Odd),
        _ => Ok(openings + u32::from(c == '¿')),
    })
}

/// Whether cleaning removes a character.
fn is_invisible(c: char) -> bool {
    clean::is_unseen(c) && !c.is_whitespace()
}

/// Whether what a reference stands for may be a letter, a digit or a question mark, or
/// cleaning removes it.
fn may_tell(reference: &str) -> bool {
    let Some(number) = reference.strip_prefix('#') else {
        let starts = |name: &&str| {
            reference
                .as_bytes()
                .get(..name.len())
                .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        return REFERENCES.iter().any(starts);
    };
    let (radix, digits) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, number),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    match u32::from_str_radix(&digits[..length], radix) {
        Ok(number) => char::from_u32(number).is_some_and(|c| {
            c.is_ascii_alphanumeric()
                || is_invisible(c)
                || matches!(c, '?' | '？' | '؟' | '⁇' | '¿' | 'ſ' | '\u{212a}')
        }),
        // None, or one that is too large for any character.
        Err(_) => false,
    }
}
