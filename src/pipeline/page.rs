//! A page on its way to the dataset.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::pages::page_name;
use crate::dataset::Encoded;
use crate::dedup::{Place, Seen};
use crate::id::EntryId;
use crate::input;
use crate::profile::Profiles;
use crate::read::{Outline, position};
use crate::record::{Accounting, Dedup, Entry, PageFacts, PageRow, PageStatus, Reject, RejectReason};

/// What is written to the dataset about a page.
pub(super) struct ReadPage {
    pub(super) row: PageRow,
    pub(super) source: Arc<input::Decoded>,
    /// Entries that have not been written yet.
    pub(super) chunks: Vec<Chunk>,
    pub(super) rejects: Vec<Reject>,
    /// Duplicates: the index of each on the page, and the place of the entry that is kept.
    duplicates: Vec<(usize, Place)>,
}

/// Consecutive entries of a page.
pub(super) struct Chunk {
    /// Each entry's id and index on the page.
    ids: Vec<(EntryId, usize)>,
    pub(super) encoded: Encoded,
    pub(super) rejects: Vec<Reject>,
}

impl Chunk {
    /// A chunk without entries, which will be encoded into `buffer`.
    pub(super) fn new(buffer: Encoded) -> Self {
        Self { ids: Vec::new(), encoded: buffer, rejects: Vec::new() }
    }

    /// Adds the entry at an index of the page.
    pub(super) fn push(&mut self, id: EntryId, index: usize, entry: &Entry<'_>) {
        self.encoded.push(entry);
        self.ids.push((id, index));
    }
}

impl ReadPage {
    /// A page that is not read, or not yet. `input` is the name of its input, and
    /// `number` that of its record, unless the input itself is the page.
    pub(super) fn unread(input: &str, number: Option<u64>, page: input::Page) -> Self {
        let input::Page { id, url, date, decoded } = page;
        let row = PageRow {
            page: page_name(input, number),
            input: input.to_owned(),
            record: number,
            record_id: id,
            url,
            date,
            kind: decoded.kind,
            encoding: decoded.encoding.clone(),
            encoding_basis: decoded.basis,
            undecodable: decoded.undecodable,
            status: PageStatus::SkippedNoQuestions,
            profile: None,
            facts: PageFacts::default(),
            entries: 0,
            duplicates: 0,
            rejects: 0,
            declared: 0,
            characters: None,
            accounting: None,
            rules: BTreeMap::new(),
        };
        let source = Arc::new(decoded);
        Self { row, source, chunks: Vec::new(), rejects: Vec::new(), duplicates: Vec::new() }
    }

    /// Takes everything from the outline except entries and accounting.
    pub(super) fn begin(&mut self, outline: &Outline<'_, '_>) {
        self.row.status = PageStatus::Read;
        self.row.profile = Some(outline.profile.name().to_owned());
        self.row.facts = outline.split.facts.clone();
        self.row.declared = outline.declared.len() as u64;
        self.rejects = outline.rejects(&self.row.page);
        self.row.rejects = self.rejects.len() as u64;
    }

    /// Appends entries.
    pub(super) fn add(&mut self, chunks: Vec<Chunk>) {
        for mut chunk in chunks {
            self.row.entries += chunk.ids.len() as u64;
            self.row.rejects += chunk.rejects.len() as u64;
            self.rejects.append(&mut chunk.rejects);
            self.chunks.push(chunk);
        }
    }

    /// Sets the characters by class and by rule.
    pub(super) fn account(&mut self, (accounting, rules): (Accounting, BTreeMap<String, u64>)) {
        self.row.characters = Some(accounting.total());
        self.row.accounting = Some(accounting);
        self.row.rules = rules;
    }

    /// Removes entries from the chunks that occur earlier in the dataset. `page` is the
    /// page's index.
    pub(super) fn remove_duplicates(&mut self, page: usize, seen: &mut Seen, dedup: Dedup) {
        if dedup == Dedup::None {
            return;
        }
        let page = u32::try_from(page).unwrap_or(u32::MAX);
        for chunk in &mut self.chunks {
            let before = self.duplicates.len();
            for &(id, index) in &chunk.ids {
                if let Some(kept) = seen.insert(id, Place { page, position: position(index) }) {
                    self.duplicates.push((index, kept));
                }
            }
            let removed = &self.duplicates[before..];
            if !removed.is_empty() {
                let ids = &chunk.ids;
                let is_removed =
                    |at: usize| removed.binary_search_by_key(&ids[at].1, |&(index, _)| index).is_ok();
                chunk.encoded.retain(|at| !is_removed(at));
                self.row.duplicates += removed.len() as u64;
                self.row.entries -= removed.len() as u64;
            }
        }
    }

    /// Adds a reject for each duplicate. `name` returns the name of the page at an index.
    pub(super) fn reject_duplicates(&mut self, name: impl Fn(u32) -> Option<String>, profiles: &Profiles) {
        if self.duplicates.is_empty() {
            return;
        }
        let source = Arc::clone(&self.source);
        self.reject_duplicates_of(&outline(&source, self.row.url.as_deref(), profiles), name);
    }

    /// The same as [`reject_duplicates`](Self::reject_duplicates), for a page whose outline
    /// already exists.
    pub(super) fn reject_duplicates_of(
        &mut self,
        outline: &Outline<'_, '_>,
        name: impl Fn(u32) -> Option<String>,
    ) {
        for (index, kept) in std::mem::take(&mut self.duplicates) {
            let Ok((_, entry)) = outline.entry(index, &self.row.page) else { continue };
            let lines = (entry.line_start, entry.line_end);
            let text = format!("{}\n\n{}", entry.question, entry.answer);
            self.rejects.push(Reject {
                extractor: Some(entry.extractor),
                position: Some(position(index)),
                kept_page: name(kept.page),
                kept_position: Some(kept.position),
                ..Reject::new(&self.row.page, RejectReason::Duplicate, lines, &text)
            });
        }
    }
}

/// A page's outline. `url`, the address according to the record, takes precedence over
/// the one that the page names.
pub(super) fn outline<'a, 'p>(
    decoded: &'a input::Decoded,
    url: Option<&str>,
    profiles: &'p Profiles,
) -> Outline<'a, 'p> {
    Outline::of(&decoded.text, decoded.kind, url.or(decoded.address.as_deref()), profiles)
}
