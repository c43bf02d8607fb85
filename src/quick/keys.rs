//! The texts of a rule, and the words by which they are searched for.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Shorter keys occur on any page, and of longer ones the beginning is enough.
pub(super) const MIN_KEY: usize = 4;
pub(super) const LONGEST_KEY: usize = 24;

/// A text of a rule, in lower case, and where its key stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) text: Vec<u8>,
    pub(super) start: usize,
    pub(super) end: usize,
    /// It only cuts lines; otherwise it identifies the family.
    pub(super) cuts: bool,
}

impl Key {
    pub(super) fn word(&self) -> &[u8] {
        &self.text[self.start..self.end]
    }

    /// Whether the text may be in a run, with its key from `start` on; the
    /// rest of it may be in other runs.
    pub(super) fn stands_in(&self, run: &[u8], start: usize) -> bool {
        let word = self.word();
        let end = start + word.len();
        run.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(word))
            && agree(self.text[..self.start].iter().rev(), run[..start].iter().rev())
            && agree(self.text[self.end..].iter(), run[end..].iter())
    }
}

fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == b'|'
}

/// Whether a text and a run are the same from one place on, white space and
/// bars aside, as far as both go. What a reference or a character outside ASCII
/// stands for is not examined, nor what is behind it.
fn agree<'b>(text: impl Iterator<Item = &'b u8>, run: impl Iterator<Item = &'b u8>) -> bool {
    for (text, run) in text.filter(|byte| !is_blank(**byte)).zip(run.filter(|byte| !is_blank(**byte))) {
        if *text != run.to_ascii_lowercase() {
            return matches!(run, b'&' | b';') || !run.is_ascii();
        }
    }
    true
}

/// Texts of which each match of a pattern holds one, each with its key.
pub(super) fn texts(hir: &Hir) -> Option<Vec<Key>> {
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
