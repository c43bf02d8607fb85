//! Where a page shows what it declares.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use memchr::memmem;

use super::pair::{ComparedPair, push_letters};

/// Where a page shows what it declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    Nowhere,
    /// The first line, 1-based, with the question, or else with the answer.
    At(u32),
    /// It was not looked for.
    Unknown,
}

/// Texts that are searched for at once: the time to build an automaton grows with
/// the square of their number.
const PATTERNS: usize = 4096;

/// How often a page is searched for them.
const MAX_AUTOMATA: usize = 64;

/// Letters that are scanned for single texts before an automaton is built for all of them.
const MAX_SCANNED: usize = 4 << 20;

/// For each declared pair, where the page shows its question, or else its answer.
pub(super) fn places(declared: &[&ComparedPair], page: &str) -> Vec<Shown> {
    // No real page declares as many; then none of them counts as hidden.
    if declared.len() > MAX_AUTOMATA * PATTERNS {
        return vec![Shown::Unknown; declared.len()];
    }
    let (mut page_letters, mut line_starts) = (String::new(), Vec::new());
    for line in page.split('\n') {
        line_starts.push(page_letters.len());
        push_letters(&mut page_letters, line);
    }
    let questions = declared.iter().map(|pair| pair.question_prefix()).collect();
    let mut places = find_all(questions, &page_letters);
    let unseen = declared.iter().zip(&places).map(|(pair, place)| match place {
        Some(_) => None,
        None => pair.distinctive_answer(),
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

/// Where each text first occurs among the letters.
pub(super) fn find_all(texts: Vec<Option<&str>>, letters: &str) -> Vec<Option<usize>> {
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

/// Notes where each pattern first occurs.
fn find_each(patterns: &[&str], letters: &str, found: &mut [Option<usize>]) {
    if patterns.len().saturating_mul(letters.len()) <= MAX_SCANNED {
        for (pattern, found) in patterns.iter().zip(found) {
            *found = memmem::find(letters.as_bytes(), pattern.as_bytes());
        }
        return;
    }
    // The kind of automaton that is fastest to build: it is used for one page only.
    let automaton = AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).build(patterns);
    let Ok(automaton) = automaton else { return };
    for matched in automaton.find_overlapping_iter(letters) {
        found[matched.pattern().as_usize()].get_or_insert(matched.start());
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{LONG, pairs};
    use super::*;

    fn shown(declared: &[ComparedPair], page: &str) -> Vec<Shown> {
        places(&declared.iter().collect::<Vec<_>>(), page)
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
        let pair = |number: u32| ComparedPair::new(&format!("Why {number}?"), Some("So."));
        let declared: Vec<ComparedPair> = (0..100_000).map(pair).collect();
        let shown = shown(&declared, &"Why 99999?\n".repeat(10_000));
        assert_eq!((shown[0], shown[99_999]), (Shown::Nowhere, Shown::At(1)));
    }

    #[test]
    fn more_declarations_than_a_page_has_are_not_looked_for() {
        let pair = |number: usize| ComparedPair::new(&format!("Why {number}?"), None);
        let mut declared: Vec<ComparedPair> = (0..=MAX_AUTOMATA * PATTERNS).map(pair).collect();
        let page = "Why 7?";
        assert!(shown(&declared, page).iter().all(|&shown| shown == Shown::Unknown));
        declared.truncate(PATTERNS + 1);
        assert_eq!(shown(&declared, page)[7], Shown::At(1));
    }
}
