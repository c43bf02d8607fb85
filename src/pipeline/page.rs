//! One record read to the end: the part of a run that workers do side by side.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use super::room::Room;
use super::source::Work;
use crate::dataset::Encoded;
use crate::dedup::{Place, Seen};
use crate::id::EntryId;
use crate::input::{self, Cut, Input, Loss, Whole};
use crate::profile::Profiles;
use crate::read::{Outline, position};
use crate::record::{
    Dedup, Format, InputRow, PageFacts, PageKind, PageRow, PageStatus, Reject, RejectReason, SkipReason,
};

/// Entries of one page that one worker makes at a time.
const CHUNK: usize = 1024;

/// Bytes of records that one worker takes of a small file at once.
const WHOLE_BYTES: u64 = 4 << 20;

/// Reads pages; what it needs of a run, shared by the workers.
pub(super) struct Reader<'a> {
    pub(super) inputs: &'a [Input],
    pub(super) profiles: &'a Profiles,
    pub(super) room: &'a Room,
    pub(super) formats: Vec<Format>,
    pub(super) options: &'a input::Options,
}

/// Work, done.
pub(super) enum Done {
    /// An input begins.
    Begin(InputRow),
    /// A record of the input with that index, and its number there.
    Record(usize, Option<u64>, Outcome),
    /// An input is at its end.
    End(InputRow),
    /// The input with that index holds too much for one worker.
    Large(usize),
}

/// What became of a record.
pub(super) enum Outcome {
    Page(Box<ReadPage>),
    Skipped(SkipReason, String),
    Lost(Loss),
}

/// A page, read: all that the dataset needs of it.
pub(super) struct ReadPage {
    pub(super) row: PageRow,
    source: input::Decoded,
    pub(super) chunks: Vec<Chunk>,
    pub(super) rejects: Vec<Reject>,
    /// Entries that stand earlier in the dataset: index, and where they stand.
    duplicates: Vec<(usize, Place)>,
}

/// Some of a page's entries, one after the other.
pub(super) struct Chunk {
    /// Each entry's id and index on the page.
    ids: Vec<(EntryId, usize)>,
    pub(super) encoded: Encoded,
    rejects: Vec<Reject>,
}

impl Reader<'_> {
    /// Does work side by side; the results are in its order.
    pub(super) fn read(&self, batch: Vec<Work>) -> Vec<Done> {
        let done: Vec<Vec<Done>> = batch
            .into_par_iter()
            .map(|work| match work {
                Work::Small(index) => self.small(index),
                Work::Begin(row) => vec![Done::Begin(row)],
                Work::Record(index, cut) => vec![self.record(index, cut)],
                Work::End(row) => vec![Done::End(row)],
            })
            .collect();
        done.into_iter().flatten().collect()
    }

    fn small(&self, index: usize) -> Vec<Done> {
        match input::read_whole(&self.inputs[index], self.options, WHOLE_BYTES) {
            Whole::Large => vec![Done::Large(index)],
            Whole::Read(cuts, row) => {
                let begin = Done::Begin(row.clone());
                let read = |cut| self.record(index, cut);
                let records: Vec<Done> = if cuts.len() > 1 {
                    cuts.into_par_iter().map(read).collect()
                } else {
                    cuts.into_iter().map(read).collect()
                };
                [begin].into_iter().chain(records).chain([Done::End(row)]).collect()
            }
        }
    }

    fn record(&self, index: usize, cut: Cut) -> Done {
        let number = cut.number;
        let outcome = match cut.read(&self.inputs[index].name, self.options) {
            input::Outcome::Page(page) => Outcome::Page(Box::new(self.page(index, number, *page))),
            input::Outcome::Skipped(reason, detail) => Outcome::Skipped(reason, detail),
            input::Outcome::Lost(loss) => Outcome::Lost(loss),
        };
        Done::Record(index, number, outcome)
    }

    fn page(&self, index: usize, number: Option<u64>, page: input::Page) -> ReadPage {
        let input::Page { id, url, date, decoded } = page;
        let input = &self.inputs[index].name;
        let name = page_name(input, number);
        let unread = |name: String| unread(name, input, number, (id, url.clone(), date), &decoded);
        if decoded.kind == PageKind::Html && !self.profiles.may_find(&decoded.text) {
            return ReadPage {
                row: unread(name),
                source: decoded,
                chunks: Vec::new(),
                rejects: Vec::new(),
                duplicates: Vec::new(),
            };
        }
        let outline = outline(&decoded, url.as_deref(), self.profiles);
        let chunk = |start: usize| self.chunk(&outline, start..outline.len().min(start + CHUNK), &name);
        let (mut chunks, (accounting, rules)) = if outline.len() <= CHUNK {
            // Too little to share: asking others for help would take longer.
            (vec![chunk(0)], outline.accounting())
        } else {
            let starts = (0..outline.len()).into_par_iter().step_by(CHUNK);
            rayon::join(|| starts.map(chunk).collect(), || outline.accounting())
        };
        let mut rejects = outline.rejects(&name);
        for chunk in &mut chunks {
            rejects.append(&mut chunk.rejects);
        }
        let row = PageRow {
            status: PageStatus::Read,
            profile: Some(outline.profile.name().to_owned()),
            facts: outline.split.facts.clone(),
            entries: chunks.iter().map(|chunk| chunk.ids.len() as u64).sum(),
            duplicates: 0,
            rejects: rejects.len() as u64,
            declared: outline.declared.len() as u64,
            characters: Some(accounting.total()),
            accounting: Some(accounting),
            rules,
            ..unread(name)
        };
        drop(outline);
        ReadPage { row, source: decoded, chunks, rejects, duplicates: Vec::new() }
    }

    fn chunk(&self, outline: &Outline<'_, '_>, range: Range<usize>, name: &str) -> Chunk {
        let mut chunk = Chunk {
            ids: Vec::with_capacity(range.len()),
            encoded: self.room.take(&self.formats, range.len()),
            rejects: Vec::new(),
        };
        for index in range {
            match outline.entry(index, name) {
                Ok((id, entry)) => {
                    chunk.encoded.push(&entry);
                    chunk.ids.push((id, index));
                }
                Err(reject) => chunk.rejects.push(*reject),
            }
        }
        chunk
    }
}

/// The row of a page that was not read. `told` is what its record says: name, address, date.
fn unread(
    page: String,
    input: &str,
    record: Option<u64>,
    told: (Option<String>, Option<String>, Option<String>),
    decoded: &input::Decoded,
) -> PageRow {
    let (record_id, url, date) = told;
    PageRow {
        page,
        input: input.to_owned(),
        record,
        record_id,
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
    }
}

/// A page's outline. What the record says of its address counts before what the page says.
fn outline<'a, 'p>(
    decoded: &'a input::Decoded,
    url: Option<&str>,
    profiles: &'p Profiles,
) -> Outline<'a, 'p> {
    Outline::of(&decoded.text, decoded.kind, url.or(decoded.address.as_deref()), profiles)
}

impl ReadPage {
    /// Takes out of the chunks what stands earlier in the dataset.
    pub(super) fn take_out_duplicates(&mut self, page: usize, seen: &mut Seen, dedup: Dedup) {
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
            let out = &self.duplicates[before..];
            if !out.is_empty() {
                let ids = &chunk.ids;
                chunk.encoded.retain(|at| out.binary_search_by_key(&ids[at].1, |&(index, _)| index).is_err());
            }
        }
        self.row.duplicates = self.duplicates.len() as u64;
        self.row.entries -= self.row.duplicates;
    }

    /// Makes rejects of the duplicates, and brings all rejects in order.
    /// `name` names the page at an index.
    pub(super) fn reject_duplicates(&mut self, name: impl Fn(u32) -> Option<String>, profiles: &Profiles) {
        if !self.duplicates.is_empty() {
            let outline = outline(&self.source, self.row.url.as_deref(), profiles);
            for &(index, kept) in &self.duplicates {
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
        self.rejects.sort_by_key(|reject| reject.line_start);
    }
}

/// Name of the page that an input is or, by its number, one of its records is.
pub(super) fn page_name(input: &str, record: Option<u64>) -> String {
    record.map_or_else(|| input.to_owned(), |record| format!("{input}#{record}"))
}
