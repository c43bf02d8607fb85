//! Merges what a page declares with what it shows.
//!
//! The same question with the same answer is one entry, and the declared one
//! is kept: it knows the answer's role and votes, and where it ends. Texts are
//! compared by their letters and digits. Between two syntaxes, or between what
//! is declared and what is shown, the longer answer may hold more than the
//! other: one is shown with a button behind it, or cut. What an entry of the
//! text holds beyond that is a reject.

mod undeclared;

use std::collections::{HashMap, HashSet};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use memchr::memmem;

use crate::bytes;
use crate::markup::Declared;
use crate::record::{Extractor, Section};
use crate::split::{RawEntry, Split};

/// Letters that tell two long texts apart.
const ENOUGH: usize = 64;

/// Letters from which on an answer that the page shows is no chance.
const TELLING: usize = 24;

/// Answers of one question that another is compared with.
const MAX_COMPARED: usize = 64;

/// Notes which of what is declared the text shows, and takes out of what was
/// found in the text what is declared. What is not, of an entry that goes, becomes
/// a reject.
pub(crate) fn merge(declared: &mut Declared, split: &mut Split, text: &str) {
    if declared.declarations.is_empty() {
        return;
    }
    let pairs: Vec<_> = declared.declarations.iter().map(|declaration| &declaration.compared).collect();
    let places = shown_in(&pairs, text);
    let shown: Vec<_> = split.entries.iter().map(|entry| shown(entry, split, text)).collect();
    let repeated = repeated(&pairs, &shown);
    for (declaration, shown) in declared.declarations.iter_mut().zip(places) {
        declaration.shown = shown;
    }
    undeclared::reject(&declared.declarations, &repeated, split, text);
    let mut repeated = repeated.into_iter();
    split.entries.retain(|_| repeated.next().is_none_or(|declared| declared.is_empty()));
    if let Some(found) = &mut split.facts.related_found {
        let related = split.entries.iter().filter(|entry| entry.section == Some(Section::Related));
        *found = related.count() as u64;
    }
}

/// An entry of the text as it is compared.
fn shown(entry: &RawEntry, split: &Split, text: &str) -> Pair {
    let answer = entry.answer.iter().map(|&piece| &text[split.pieces[piece].text.clone()]);
    let question = &text[split.pieces[entry.question].body.clone()];
    Pair::new(question, Some(&answer.collect::<String>()))
}

/// A question with an answer, or without one, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Pair {
    question: String,
    answer: Option<String>,
}

impl Pair {
    /// Of the texts of a question and its answer.
    pub(crate) fn new(question: &str, answer: Option<&str>) -> Self {
        Self { question: letters(question), answer: answer.map(letters) }
    }

    /// The beginning of the question, if there is one.
    fn telling_question(&self) -> Option<&str> {
        Some(beginning(&self.question)).filter(|question| !question.is_empty())
    }

    /// The beginning of the answer, if the page holds it by no chance.
    fn telling_answer(&self) -> Option<&str> {
        self.answer.as_deref().filter(|answer| answer.len() >= TELLING).map(beginning)
    }

    /// Whether one answer begins as the other does, or long ones hold each other's beginning.
    fn answers_alike(&self, other: &Self) -> bool {
        let (Some(one), Some(other)) = (&self.answer, &other.answer) else { return false };
        let holds = |long: &str, short: &str| {
            let start = beginning(short);
            !short.is_empty()
                && (long.starts_with(start) || (start.len() < short.len() && long.contains(start)))
        };
        holds(one, other) || holds(other, one)
    }
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    push_letters(&mut letters, text);
    letters
}

fn push_letters(letters: &mut String, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = bytes::find(rest.as_bytes(), |byte| byte >= 0x80).unwrap_or(rest.len());
        let (plain, behind) = rest.split_at(ascii);
        push_ascii(letters, plain);
        let other = behind.find(|c: char| c.is_ascii()).unwrap_or(behind.len());
        let (foreign, behind) = behind.split_at(other);
        letters.extend(foreign.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
        rest = behind;
    }
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

/// Adds the letters and digits of a text, without a branch at every end of a word.
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

fn beginning(letters: &str) -> &str {
    letters.char_indices().nth(ENOUGH).map_or(letters, |(end, _)| &letters[..end])
}

/// Pairs by their questions.
struct ByQuestion<'a>(HashMap<&'a str, Vec<usize>>);

impl<'a> ByQuestion<'a> {
    fn of(pairs: impl Iterator<Item = &'a Pair>) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, pair) in pairs.enumerate() {
            places.entry(&pair.question).or_default().push(place);
        }
        Self(places)
    }

    /// Places of pairs of the same question.
    fn same(&self, pair: &Pair) -> impl Iterator<Item = usize> {
        self.0.get(pair.question.as_str()).into_iter().flatten().copied().take(MAX_COMPARED)
    }
}

/// The places of declared pairs that repeat no earlier one. A question without
/// an answer repeats any other of the same question, an answer without a question
/// any that begins alike.
pub(crate) fn distinct(declared: &[(Extractor, &Pair)]) -> Vec<usize> {
    let by_question = ByQuestion::of(declared.iter().map(|&(_, pair)| pair));
    let asked = declared.iter().filter(|(_, pair)| !pair.question.is_empty());
    let answers: HashSet<&str> =
        asked.filter_map(|(_, pair)| pair.answer.as_deref()).map(beginning).collect();
    let repeats = |place: usize, &(syntax, pair): &(Extractor, &Pair)| {
        if let (true, Some(answer)) = (pair.question.is_empty(), &pair.answer)
            && answers.contains(beginning(answer))
        {
            return true;
        }
        by_question.same(pair).any(|other| {
            let (by, known) = declared[other];
            match pair.answer {
                None => known.answer.is_some() || other < place,
                Some(_) => other < place && by != syntax && known.answers_alike(pair),
            }
        })
    };
    let mut seen = HashSet::new();
    let declared = declared.iter().enumerate();
    let distinct = declared.filter(|&(place, pair)| seen.insert(pair.1) && !repeats(place, pair));
    distinct.map(|(place, _)| place).collect()
}

/// For each shown pair, the places of the declared ones that it repeats. Of a long
/// answer that is declared, the question may be shown with a number before it.
fn repeated(declared: &[&Pair], shown: &[Pair]) -> Vec<Vec<usize>> {
    let by_question = ByQuestion::of(declared.iter().copied());
    let long = |pair: &Pair| {
        let answer = pair.answer.as_deref()?;
        let start = beginning(answer);
        (start.len() < answer.len()).then(|| start.to_owned())
    };
    let mut answers: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, pair) in declared.iter().enumerate() {
        answers.entry(long(pair).unwrap_or_default()).or_default().push(place);
    }
    let shown_by_question = ByQuestion::of(shown.iter());
    let repeated = |pair: &Pair| {
        let same = by_question.same(pair).filter(|&place| declared[place].answer.is_some());
        let same: Vec<usize> = same.collect();
        // What is shown once is what is declared, however the page words the answer; where
        // several are declared, it may be all of them in one.
        let alone = shown_by_question.same(pair).nth(1).is_none();
        if !same.is_empty() && (alone || same.iter().any(|&place| declared[place].answers_alike(pair))) {
            return same;
        }
        let alike = long(pair).and_then(|start| answers.get(&start));
        alike.into_iter().flatten().copied().take(MAX_COMPARED).collect()
    };
    shown.iter().map(repeated).collect()
}

/// Where a page shows what it declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Nowhere,
    /// The first line, 1-based, with the question, or else with the answer.
    At(u32),
    /// Nobody looked.
    Unknown,
}

/// Texts that are looked for at once: the time to make an automaton grows with
/// the square of their number.
const PATTERNS: usize = 4096;

/// How often a page is gone through for them.
const MAX_AUTOMATA: usize = 64;

/// Letters that are gone through for single texts, before an automaton is made for all of them.
const ONE_BY_ONE: usize = 4 << 20;

/// Notes the first place of each text.
fn find_each(patterns: &[&str], letters: &str, found: &mut [Option<usize>]) {
    if patterns.len().saturating_mul(letters.len()) <= ONE_BY_ONE {
        for (pattern, found) in patterns.iter().zip(found) {
            *found = memmem::find(letters.as_bytes(), pattern.as_bytes());
        }
        return;
    }
    // Of the automata, the one that takes least time to make: it looks at one page.
    let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).build(patterns);
    let Ok(automaton) = automaton else { return };
    for matched in automaton.find_overlapping_iter(letters) {
        found[matched.pattern().as_usize()].get_or_insert(matched.start());
    }
}

/// For each declared pair, where the page shows its question, or else its answer.
fn shown_in(declared: &[&Pair], page: &str) -> Vec<Shown> {
    // So many texts are no page's; then none counts as hidden.
    if declared.len() > MAX_AUTOMATA * PATTERNS {
        return vec![Shown::Unknown; declared.len()];
    }
    let (mut page_letters, mut line_starts) = (String::new(), Vec::new());
    for line in page.split('\n') {
        line_starts.push(page_letters.len());
        push_letters(&mut page_letters, line);
    }
    let questions = declared.iter().map(|pair| pair.telling_question()).collect();
    let mut places = find_all(questions, &page_letters);
    let unseen = declared.iter().zip(&places).map(|(pair, place)| match place {
        Some(_) => None,
        None => pair.telling_answer(),
    });
    let answers = find_all(unseen.collect(), &page_letters);
    let line = |place: usize| {
        u32::try_from(line_starts.partition_point(|&start| start <= place)).unwrap_or(u32::MAX)
    };
    for (place, answer) in places.iter_mut().zip(answers) {
        *place = place.or(answer);
    }
    places.into_iter().map(|place| place.map_or(Shown::Nowhere, |place| Shown::At(line(place)))).collect()
}

/// The first place of each text.
fn find_all(texts: Vec<Option<&str>>, letters: &str) -> Vec<Option<usize>> {
    let mut patterns: Vec<&str> = texts.iter().flatten().copied().collect();
    patterns.sort_unstable();
    patterns.dedup();
    let mut found = vec![None; patterns.len()];
    for (patterns, found) in patterns.chunks(PATTERNS).zip(found.chunks_mut(PATTERNS)) {
        find_each(patterns, letters, found);
    }
    let place = |text: &str| found[patterns.binary_search(&text).ok()?];
    texts.into_iter().map(|text| place(text?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str =
        "A worker that hatches in summer lives for six weeks, one that hatches in autumn for six months.";

    fn pairs(texts: &[(&str, &str)]) -> Vec<Pair> {
        texts
            .iter()
            .map(|(question, answer)| Pair::new(question, (*answer != "-").then_some(*answer)))
            .collect()
    }

    fn shown(declared: &[Pair], page: &str) -> Vec<Shown> {
        shown_in(&declared.iter().collect::<Vec<_>>(), page)
    }

    fn distinct_of(syntaxes: &[Extractor], texts: &[(&str, &str)]) -> Vec<usize> {
        distinct(&syntaxes.iter().copied().zip(&pairs(texts)).collect::<Vec<_>>())
    }

    #[test]
    fn what_two_syntaxes_declare_is_one_pair() {
        use Extractor::{JsonLd, Microdata};
        let twice = [
            ("Why, though?", "So it is."),
            ("Who?", "Me."),
            ("why though", "So it is. More"),
            ("Who?", "You."),
        ];
        assert_eq!(distinct_of(&[JsonLd, JsonLd, Microdata, Microdata], &twice), [0, 1, 3]);
        // One syntax knows its answers apart, unless they are the same.
        let alike = [("Who?", "Me."), ("Who?", "Me and you."), ("Who?", "me")];
        assert_eq!(distinct_of(&[JsonLd, JsonLd, JsonLd], &alike), [0, 1]);
    }

    #[test]
    fn a_question_without_an_answer_is_declared_once_and_where_nobody_answers_it() {
        use Extractor::{JsonLd, Microdata};
        let texts = [("Why?", "-"), ("Who?", "-"), ("why", "-"), ("Who", "Me.")];
        assert_eq!(distinct_of(&[JsonLd, JsonLd, Microdata, Microdata], &texts), [0, 3]);
    }

    #[test]
    fn an_answer_without_a_question_is_declared_once_and_where_nobody_asks() {
        use Extractor::{JsonLd, Microdata};
        let texts = [("Who?", "Me."), ("", "You."), ("", "me"), ("", "You")];
        assert_eq!(distinct_of(&[JsonLd, JsonLd, Microdata, Microdata], &texts), [0, 1]);
    }

    fn is_declared(declared: &[Pair], shown: &[Pair]) -> Vec<bool> {
        let repeated = repeated(&declared.iter().collect::<Vec<_>>(), shown);
        repeated.iter().map(|places| !places.is_empty()).collect()
    }

    #[test]
    fn what_is_shown_and_declared_is_declared() {
        let declared = pairs(&[("How long do bees live?", LONG), ("Who?", "Me."), ("Where?", "-")]);
        let button = format!("{LONG} Read more");
        let cut = &LONG[..90];
        let shown = [
            ("How long do bees live?", LONG),
            ("HOW LONG do bees live", &button),
            ("How long do bees live?", cut),
            ("3. How long do bees live?", LONG),
            ("Who?", "You."),
            ("Who?", "Me. Copy link"),
            ("Where?", "Here."),
            ("And who else?", "Me."),
        ];
        assert_eq!(
            is_declared(&declared, &pairs(&shown)),
            [true, true, true, true, false, true, false, false]
        );
    }

    #[test]
    fn what_is_declared_once_and_shown_once_is_declared_in_other_words() {
        let declared =
            pairs(&[("Do you rent boots?", "Yes, in every size."), ("Where?", "-"), ("Who?", "Me.")]);
        let shown = [
            ("Do you rent boots?", "We have boots from 36 to 47."),
            ("Where?", "Here."),
            ("Who?", "You."),
            ("Who?", "They."),
        ];
        assert_eq!(is_declared(&declared, &pairs(&shown)), [true, false, false, false]);
    }

    #[test]
    fn what_shows_all_declared_answers_in_one_is_declared() {
        let declared = pairs(&[("Is it red?", "No."), ("Is it red?", "Yes it is."), ("Where?", "-")]);
        let shown = [("Is it red?", "Mine looks blue. 1 No. Ada Yes it is. Bea"), ("Where?", "Here.")];
        let shown = is_declared(&declared, &pairs(&shown));
        assert_eq!(shown, [true, false]);
    }

    #[test]
    fn a_page_shows_a_question_or_a_telling_answer() {
        let page = "1. How long do bees LIVE?\nMe. A worker that hatches in summer\u{a0}lives for six weeks, one that hatches in autumn.";
        let declared = pairs(&[
            ("How long do bees live?", "Weeks."),
            ("Who?", "Me."),
            ("Which?", LONG),
            ("Where?", "-"),
            ("", "-"),
        ]);
        let nowhere = Shown::Nowhere;
        assert_eq!(shown(&declared, page), [Shown::At(1), nowhere, Shown::At(2), nowhere, nowhere]);
    }

    #[test]
    fn many_declarations_are_looked_for() {
        let pair = |number: u32| Pair::new(&format!("Why {number}?"), Some("So."));
        let declared: Vec<Pair> = (0..100_000).map(pair).collect();
        let shown = shown(&declared, &"Why 99999?\n".repeat(10_000));
        assert_eq!((shown[0], shown[99_999]), (Shown::Nowhere, Shown::At(1)));
    }

    #[test]
    fn more_declarations_than_a_page_has_are_not_looked_for() {
        let pair = |number: usize| Pair::new(&format!("Why {number}?"), None);
        let mut declared: Vec<Pair> = (0..=MAX_AUTOMATA * PATTERNS).map(pair).collect();
        let page = "Why 7?";
        assert!(shown(&declared, page).iter().all(|&shown| shown == Shown::Unknown));
        declared.truncate(PATTERNS + 1);
        assert_eq!(shown(&declared, page)[7], Shown::At(1));
    }
}
