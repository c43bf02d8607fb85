//! What the page shows in an entry that is declared, but no declaration contains:
//! a further answer, other words, text before the answers. The declared entry is
//! kept, and this text would be lost silently, so it becomes a reject.

use std::collections::HashMap;

use memchr::memmem;

use super::pair::{ComparedPair, MIN_DISTINCTIVE, letters, prefix};
use super::shown::find_all;
use crate::markup::Declaration;
use crate::record::{RejectReason, SegmentClass};
use crate::split::{RawReject, Split};

/// Adds a reject for each entry of the text that repeats `declarations` and has more text than they do.
pub(super) fn reject(
    declarations: &[Declaration],
    shown: &[ComparedPair],
    repeated: &[Vec<usize>],
    split: &mut Split,
    text: &str,
) {
    // The declared answer mostly begins with all that is shown.
    let holds = |place: usize, shown: &ComparedPair| {
        let answers = declarations[place].compared.answer.as_ref().zip(shown.answer.as_ref());
        answers.is_some_and(|(declared, shown)| declared.starts_with(shown.as_str()))
    };
    let is_held = |entry: usize, places: &[usize]| {
        split.entries[entry].detail.is_empty() && places.iter().any(|&place| holds(place, &shown[entry]))
    };
    // Entries that repeat the same declarations are compared with them together, not each anew.
    let mut alike: HashMap<&[usize], Vec<usize>> = HashMap::new();
    for (entry, places) in repeated.iter().enumerate() {
        if !places.is_empty() && !is_held(entry, places) {
            alike.entry(places).or_default().push(entry);
        }
    }
    for (places, entries) in alike {
        let said = Said::of(places.iter().map(|&place| &declarations[place]));
        for pieces in unsaid(&said, &entries, split, text) {
            if let (Some(&first), Some(&last)) = (pieces.first(), pieces.last()) {
                for &piece in &pieces {
                    split.classes[piece] = SegmentClass::Reject;
                }
                split.rejects.push(RawReject { reason: RejectReason::UndeclaredText, pieces, first, last });
            }
        }
    }
    split.rejects.sort_by_key(|reject| reject.first);
}

/// For each of some entries, the pieces of its text that are not said.
fn unsaid(said: &Said, entries: &[usize], split: &Split, text: &str) -> Vec<Vec<usize>> {
    let pieces = |entry: usize| split.entries[entry].detail.iter().chain(&split.entries[entry].answer);
    let shown = entries.iter().flat_map(|&entry| pieces(entry));
    let shown: Vec<String> = shown.map(|&piece| letters(&text[split.pieces[piece].text.clone()])).collect();
    let mut held = said.holds(&shown).into_iter();
    let more = |&entry: &usize| {
        let pieces = pieces(entry).copied().zip(held.by_ref());
        pieces.filter(|(_, held)| !held).map(|(piece, _)| piece).collect()
    };
    entries.iter().map(more).collect()
}

/// The letters of what some declarations say.
struct Said(Vec<String>);

impl Said {
    fn of<'d>(declarations: impl Iterator<Item = &'d Declaration>) -> Self {
        let mut said = Vec::new();
        for declaration in declarations {
            said.push(declaration.compared.question.clone());
            said.extend(declaration.detail.as_deref().map(letters));
            said.extend(declaration.compared.answer.clone());
        }
        said.sort_unstable();
        said.dedup();
        Self(said)
    }

    /// For each text, whether it is said here, or too short to matter: a button, a name, a date.
    fn holds(&self, shown: &[String]) -> Vec<bool> {
        let ends = shown.iter().flat_map(|shown| [Some(prefix(shown)), Some(ending(shown))]);
        let found = find_all(ends.collect(), &self.0.join("\n"));
        let said = found.chunks_exact(2).map(|ends| ends.iter().all(Option::is_some));
        shown
            .iter()
            .zip(said)
            .map(|(shown, said)| said || shown.len() < self.whole_in(shown) + MIN_DISTINCTIVE)
            .collect()
    }

    /// Bytes of what is said here and occurs in a text as a whole.
    fn whole_in(&self, shown: &str) -> usize {
        let inside = |said: &&String| {
            said.len() <= shown.len() && memmem::find(shown.as_bytes(), said.as_bytes()).is_some()
        };
        self.0.iter().filter(inside).map(String::len).sum()
    }
}

/// As much of the end of a text as identifies it.
fn ending(letters: &str) -> &str {
    let start = letters.char_indices().rev().nth(MIN_DISTINCTIVE - 1).map_or(0, |(start, _)| start);
    &letters[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_held_and_what_is_short_tells_nothing() {
        let said = ["How long do bees live?", "Six weeks in summer, and six months in winter.", "", "No."];
        let said = Said(said.iter().map(|text| letters(text)).collect());
        for (shown, expected) in [
            ("six weeks in summer", true),
            ("Six weeks in summer, and six months in winter! Read more", true),
            ("3. How long do bees live? Six weeks in summer, and six months in winter. No. Ada", true),
            ("Ada, keeper of bees", true),
            ("Six weeks in summer, and then they are worn out by all that flying.", false),
            ("Mine lived on for another year in a warm loft.", false),
            ("No. Mine lived on for another year in a warm loft.", false),
        ] {
            assert_eq!(said.holds(&[letters(shown)]), [expected], "{shown}");
        }
    }
}
