//! Whether a phrase of a profile may stand on a page, told by one run of text
//! after the other.
//!
//! Each match of a rule holds one of the rule's texts, and each of these a word
//! of ASCII letters, the key. Where a tag cuts the key in two, one run ends with
//! its beginning and another starts with its end.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex_syntax::hir::{Class, Hir, HirKind};
use rustc_hash::FxHashMap;

use crate::profile::{Profile, Profiles, RuleClass};
use crate::tags::scan::Odd;

/// Shorter keys tell nothing, and of longer ones the beginning tells enough.
const MIN_KEY: usize = 4;
const LONGEST_KEY: usize = 24;

/// What else a run is searched for, in front of the keys.
const SIGNS: [&str; 7] = ["&#", "&quest", "&iquest", "&fjlig", "¿", "ſ", "\u{212a}"];

/// The phrases of all profiles of a run.
#[derive(Debug)]
pub(super) struct Family {
    search: AhoCorasick,
    keys: Vec<Key>,
    /// Beginnings and ends of keys, and what stands inside of them.
    parts: FxHashMap<Vec<u8>, Vec<(usize, Part)>>,
}

/// A text of a rule, in lower case, and where its key stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Key {
    text: Vec<u8>,
    start: usize,
    end: usize,
    /// It only cuts lines; else it tells the family.
    cuts: bool,
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
                keys.extend(texts.into_iter().map(|text| Key { cuts: !tells, ..text }));
            }
        }
        keys.sort_by(|a, b| (&a.text, a.cuts).cmp(&(&b.text, b.cuts)));
        keys.dedup_by(|later, first| later.text == first.text && later.start == first.start);
        let words = SIGNS.iter().map(|sign| sign.as_bytes()).chain(keys.iter().map(Key::word));
        let search = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words)
            .ok()?;
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
        Some(Self { search, keys, parts })
    }

    pub(super) fn watch(&self) -> Watch<'_> {
        Watch { family: self, found: FxHashMap::default() }
    }
}

impl Key {
    fn word(&self) -> &[u8] {
        &self.text[self.start..self.end]
    }

    /// Whether the text may stand around its key in a run; the rest of it may
    /// stand in other runs.
    fn stands_in(&self, run: &[u8], at: &Range<usize>) -> bool {
        agree(self.text[..self.start].iter().rev(), run[..at.start].iter().rev())
            && agree(self.text[self.end..].iter(), run[at.end..].iter())
    }
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'|'
}

/// Whether a text and a run are the same from one place on, white space and
/// bars aside, as far as both go. What a reference or a character outside ASCII
/// stands for is not looked at, nor what is behind it.
fn agree<'b>(text: impl Iterator<Item = &'b u8>, run: impl Iterator<Item = &'b u8>) -> bool {
    for (text, run) in text.filter(|byte| !is_blank(**byte)).zip(run.filter(|byte| !is_blank(**byte))) {
        if *text != run.to_ascii_lowercase() {
            return matches!(run, b'&' | b';') || !run.is_ascii();
        }
    }
    true
}

impl Watch<'_> {
    /// Looks at a run of text. `joins` says on which sides, before and behind,
    /// another run may share its line.
    pub(super) fn run(&mut self, run: &str, joins: [bool; 2]) -> Result<Cuts, Odd> {
        let family = self.family;
        let bytes = run.as_bytes();
        let mut cuts = Cuts::default();
        for found in family.search.find_overlapping_iter(run) {
            let Some(key) = found.pattern().as_usize().checked_sub(SIGNS.len()) else {
                match SIGNS[found.pattern().as_usize()] {
                    "&#" if !may_tell(&run[found.end()..]) => {}
                    "¿" => cuts.openings += 1,
                    _ => return Err(Odd),
                }
                continue;
            };
            let key = &family.keys[key];
            if key.stands_in(bytes, &found.range()) {
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

/// Whether what a numeric reference stands for may be a letter, a digit or a question mark.
fn may_tell(reference: &str) -> bool {
    let (radix, digits) = match reference.strip_prefix(['x', 'X']) {
        Some(digits) => (16, digits),
        None => (10, reference),
    };
    let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    match u32::from_str_radix(&digits[..length], radix) {
        Ok(number) => {
            char::from_u32(number).is_some_and(|c| c.is_ascii_alphanumeric() || "?？؟⁇¿ſ\u{212a}".contains(c))
        }
        // None, or one that is too large for any character.
        Err(_) => false,
    }
}

/// Texts of which each match of a pattern holds one, each with its key.
fn texts(hir: &Hir) -> Option<Vec<Key>> {
    match hir.kind() {
        HirKind::Capture(group) => texts(&group.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => texts(&repetition.sub),
        HirKind::Alternation(parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(texts).collect();
            parts.map(|parts| parts.concat())
        }
        HirKind::Concat(parts) => in_row(parts),
        HirKind::Literal(_) => in_row(std::slice::from_ref(hir)),
        HirKind::Class(_) | HirKind::Repetition(_) | HirKind::Empty | HirKind::Look(_) => None,
    }
}

/// The texts of parts that stand in a row: the ones with the longest keys.
fn in_row(parts: &[Hir]) -> Option<Vec<Key>> {
    let mut found: Vec<Vec<Key>> = Vec::new();
    let mut texts_so_far = vec![Vec::new()];
    for part in parts {
        if let Some(longer) = literals(part).and_then(|literals| product(&texts_so_far, &literals)) {
            texts_so_far = longer;
            continue;
        }
        found.extend(keys(std::mem::replace(&mut texts_so_far, vec![Vec::new()])));
        match literals(part) {
            Some(literals) => texts_so_far = literals,
            None => found.extend(texts(part)),
        }
    }
    found.extend(keys(texts_so_far));
    let shortest = |keys: &Vec<Key>| keys.iter().map(|key| key.end - key.start).min();
    found.into_iter().max_by_key(shortest)
}

/// Texts that a part may match at most to be written out.
const MAX_LITERALS: usize = 32;

/// Each text with each of the literals behind it, if those are few.
fn product(texts: &[Vec<u8>], literals: &[Vec<u8>]) -> Option<Vec<Vec<u8>>> {
    let both = texts.iter().flat_map(|text| literals.iter().map(|literal| [&**text, literal].concat()));
    let mut both: Vec<_> = both.take(MAX_LITERALS * MAX_LITERALS).collect();
    both.sort_unstable();
    both.dedup();
    (both.len() <= MAX_LITERALS).then_some(both)
}

/// All texts that a part matches, in lower case, if they are few; white space
/// and bars are spaces, which may be there or not.
fn literals(part: &Hir) -> Option<Vec<Vec<u8>>> {
    if is_space(part) {
        return Some(vec![vec![b' ']]);
    }
    match part.kind() {
        HirKind::Literal(literal) => {
            let letters = |byte: &u8| if is_blank(*byte) { b' ' } else { byte.to_ascii_lowercase() };
            Some(vec![literal.0.iter().map(letters).collect()])
        }
        HirKind::Class(Class::Unicode(class)) => {
            let letters = class.iter().flat_map(|range| range.start()..=range.end());
            // The long s and the sign of Kelvin are letters in another case; a page with one is none to rule out.
            let letters = letters.filter(|c| !matches!(c, 'ſ' | '\u{212a}')).take(MAX_LITERALS + 1);
            let letters: Vec<_> = letters.map(|c| c.to_ascii_lowercase().to_string().into_bytes()).collect();
            product(&[Vec::new()], &letters)
        }
        HirKind::Capture(group) => literals(&group.sub),
        HirKind::Repetition(repetition) if repetition.min <= 1 && repetition.max == Some(1) => {
            let mut texts = literals(&repetition.sub)?;
            if repetition.min == 0 {
                texts.push(Vec::new());
            }
            Some(texts)
        }
        HirKind::Concat(parts) => {
            parts.iter().try_fold(vec![Vec::new()], |texts, part| product(&texts, &literals(part)?))
        }
        HirKind::Alternation(parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(literals).collect();
            product(&[Vec::new()], &parts?.concat())
        }
        _ => None,
    }
}

/// The texts with their keys, if each has one.
fn keys(texts: Vec<Vec<u8>>) -> Option<Vec<Key>> {
    texts.into_iter().map(key).collect()
}

/// Whether a part matches nothing but white space and bars.
fn is_space(part: &Hir) -> bool {
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Class(Class::Unicode(class)) => {
            class.iter().all(|range| (range.start()..=range.end()).all(|c| c.is_whitespace() || c == '|'))
        }
        HirKind::Repetition(repetition) => is_space(&repetition.sub),
        HirKind::Capture(group) => is_space(&group.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().all(is_space),
        _ => false,
    }
}

/// A text with its key, the longest word of ASCII letters in it.
fn key(text: Vec<u8>) -> Option<Key> {
    let mut longest = 0..0;
    let mut start = 0;
    for end in 0..=text.len() {
        if !text.get(end).is_some_and(u8::is_ascii_alphabetic) {
            if end - start > longest.len() {
                longest = start..end;
            }
            start = end + 1;
        }
    }
    let end = longest.end.min(longest.start + LONGEST_KEY);
    (longest.len() >= MIN_KEY).then_some(Key { start: longest.start, end, text, cuts: false })
}
