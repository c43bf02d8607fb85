//! What the page shows in an entry that is declared, and no declaration holds:
//! a further answer, other words, what stands before the answers. The declared
//! entry is kept, and this would be lost without a word, so it is a reject.

use memchr::memmem;

use super::{TELLING, beginning, letters};
use crate::markup::Declaration;
use crate::record::{RejectReason, SegmentClass};
use crate::split::{RawReject, Split};

/// Adds a reject for each entry of the text that repeats `declarations` and holds more than they do.
pub(super) fn reject(declarations: &[Declaration], repeated: &[Vec<usize>], split: &mut Split, text: &str) {
    for (entry, places) in split.entries.iter().zip(repeated).filter(|(_, places)| !places.is_empty()) {
        let said = Said::of(places.iter().map(|&place| &declarations[place]));
        let more = |&&piece: &&usize| !said.holds(&letters(&text[split.pieces[piece].text.clone()]));
        let pieces: Vec<usize> = entry.detail.iter().chain(&entry.answer).filter(more).copied().collect();
        if let (Some(&first), Some(&last)) = (pieces.first(), pieces.last()) {
            for &piece in &pieces {
                split.classes[piece] = SegmentClass::Reject;
            }
            split.rejects.push(RawReject { reason: RejectReason::UndeclaredText, pieces, first, last });
        }
    }
    split.rejects.sort_by_key(|reject| reject.first);
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

    /// Whether a text is said here, but for what is too short to tell: a button, a name, a date.
    fn holds(&self, shown: &str) -> bool {
        let said =
            |part: &str| self.0.iter().any(|said| memmem::find(said.as_bytes(), part.as_bytes()).is_some());
        if shown.len() < TELLING || (said(beginning(shown)) && said(ending(shown))) {
            return true;
        }
        // It may hold several of them whole.
        let inside = self.0.iter().filter(|said| memmem::find(shown.as_bytes(), said.as_bytes()).is_some());
        let inside: usize = inside.map(String::len).sum();
        shown.len() < inside.saturating_add(TELLING)
    }
}

/// The last letters of a text, enough to tell it.
fn ending(letters: &str) -> &str {
    let start = letters.char_indices().rev().nth(TELLING - 1).map_or(0, |(start, _)| start);
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
            assert_eq!(said.holds(&letters(shown)), expected, "{shown}");
        }
    }
}
