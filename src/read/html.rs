//! Reads HTML pages: what they declare, and which finder splits what they show.

use crate::layout::{self, Asked};
use crate::markup::{self, Declared};
use crate::page::{self, BlockKind, Document};
use crate::profile::Profile;
use crate::split::{self, RawEntry, Scope, Split};

/// What an HTML page shows, and what it declares.
pub(super) fn read(source: &str, address: Option<&str>) -> (Document<'static>, Declared) {
    let html = page::parse(source);
    let document = page::document(&html, address);
    let base = document.markup.as_ref().and_then(|markup| markup.base.as_ref());
    let declared = markup::read(&html, base, source.len());
    (document, declared)
}

/// Splits an HTML page: one of the profile's family by its phrases, any other one by its
/// structure, and one without structure like a text copy.
pub(super) fn split(document: &Document<'_>, profile: &Profile) -> Split {
    let (text, blocks) = (&document.text, &document.blocks);
    let split = split::split(text, blocks, profile, Scope::Family);
    if !split.entries.is_empty() || !split.rejects.is_empty() {
        return split;
    }
    if let Some(found) = layout::split(document, profile) {
        return found;
    }
    let headings = blocks.iter().filter(|block| block.kind == BlockKind::Heading).count();
    let mut split = split::split(text, blocks, profile, Scope::Collection);
    let is_other = headings >= MANY_HEADINGS
        || layout::sift(document, &mut split)
        || layout::is_article(&asked(&split, text));
    layout::nothing(document, profile).filter(|_| is_other).unwrap_or(split)
}

/// The number of headings from which on a page has structure. If they were questions, they
/// would have been found by it.
const MANY_HEADINGS: usize = 4;

/// The questions and answers of a page that was split like a text copy.
fn asked<'t>(split: &Split, text: &'t str) -> Vec<Asked<'t>> {
    let body = |&piece: &usize| &text[split.pieces[piece].body.clone()];
    let asked = |entry: &RawEntry| Asked {
        question: body(&entry.question),
        answer: entry.answer.iter().map(body).collect(),
    };
    split.entries.iter().map(asked).collect()
}
