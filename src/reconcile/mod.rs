//! Merges what a page declares with what it shows.
//!
//! The same question with the same answer is one entry, and the declared one
//! is kept: it knows the answer's role and votes, and where it ends. Texts are
//! compared by their letters and digits. Between two syntaxes, or between what
//! is declared and what is shown, one answer may be longer than the other: it
//! is shown with a button after it, or truncated. Text of a shown entry that
//! no declaration contains becomes a reject.

mod pair;
mod repeats;
mod shown;
mod undeclared;

use crate::markup::Declared;
use crate::record::Section;
use crate::split::{RawEntry, Split};

pub(crate) use pair::ComparedPair;
pub(crate) use repeats::distinct;
pub(crate) use shown::Shown;

/// Notes which declarations the text shows, and removes the entries of the
/// text that repeat one. What such an entry holds beyond the declarations
/// becomes a reject.
pub(crate) fn merge(declared: &mut Declared, split: &mut Split, text: &str) {
    if declared.declarations.is_empty() {
        return;
    }
    let pairs: Vec<_> = declared.declarations.iter().map(|declaration| &declaration.compared).collect();
    let places = shown::places(&pairs, text);
    let shown: Vec<_> = split.entries.iter().map(|entry| compared(entry, split, text)).collect();
    let repeated = repeats::repeated(&pairs, &shown);
    for (declaration, shown) in declared.declarations.iter_mut().zip(places) {
        declaration.shown = shown;
    }
    undeclared::reject(&declared.declarations, &shown, &repeated, split, text);
    let mut repeated = repeated.into_iter();
    split.entries.retain(|_| repeated.next().is_none_or(|declared| declared.is_empty()));
    if let Some(found) = &mut split.facts.related_found {
        let related = split.entries.iter().filter(|entry| entry.section == Some(Section::Related));
        *found = related.count() as u64;
    }
}

/// An entry of the text in the form in which it is compared.
fn compared(entry: &RawEntry, split: &Split, text: &str) -> ComparedPair {
    let question = &text[split.pieces[entry.question].body.clone()];
    let answer = entry.answer.iter().map(|&piece| &text[split.pieces[piece].text.clone()]);
    ComparedPair::of_parts(question, answer)
}

#[cfg(test)]
mod samples {
    use super::ComparedPair;

    /// An answer that is longer than its prefix.
    pub(super) const LONG: &str =
        "A worker that hatches in summer lives for six weeks, one that hatches in autumn for six months.";

    /// Pairs of these texts; `-` for no answer.
    pub(super) fn pairs(texts: &[(&str, &str)]) -> Vec<ComparedPair> {
        texts
            .iter()
            .map(|(question, answer)| ComparedPair::new(question, (*answer != "-").then_some(*answer)))
            .collect()
    }
}
