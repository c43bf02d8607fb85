//! One input read to the end: the part of a run that workers do side by side.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use crate::dataset::Encoded;
use crate::dedup::{Place, Seen};
use crate::id::EntryId;
use crate::input::{self, Input};
use crate::profile::Profiles;
use crate::read::{Outline, position};
use crate::record::{Dedup, Format, InputRow, PageKind, PageRow, Reject, RejectReason};

/// Entries of one page that one worker makes at a time.
const CHUNK: usize = 1024;

/// Reads pages; what it needs of a run, shared by the workers.
pub(super) struct Reader<'a> {
    pub(super) profiles: &'a Profiles,
    pub(super) formats: Vec<Format>,
    pub(super) max_page_bytes: u64,
    pub(super) stop: &'a AtomicBool,
}

/// An input, read.
pub(super) struct ReadInput {
    pub(super) row: InputRow,
    pub(super) page: Option<ReadPage>,
}

/// A page, read: all that the dataset needs of it.
pub(super) struct ReadPage {
    pub(super) row: PageRow,
    text: String,
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
    /// Reads inputs side by side; the results are in their order.
    pub(super) fn read(&self, inputs: &[Input]) -> Vec<ReadInput> {
        inputs.par_iter().map(|input| self.input(input)).collect()
    }

    fn input(&self, input: &Input) -> ReadInput {
        let input::Reading { row, decoded } = input::read(input, Some(self.max_page_bytes), self.stop);
        let page = decoded.map(|decoded| self.page(&row.path, decoded));
        ReadInput { row, page }
    }

    fn page(&self, name: &str, decoded: input::Decoded) -> ReadPage {
        let text = decoded.text;
        let outline = Outline::of(&text, self.profiles);
        let chunk = |start: usize| self.chunk(&outline, start..outline.len().min(start + CHUNK), name);
        let (mut chunks, (accounting, rules)): (Vec<Chunk>, _) = rayon::join(
            || (0..outline.len()).into_par_iter().step_by(CHUNK).map(chunk).collect(),
            || outline.accounting(),
        );
        let mut rejects = outline.rejects(name);
        for chunk in &mut chunks {
            rejects.append(&mut chunk.rejects);
        }
        let row = PageRow {
            page: name.to_owned(),
            input: name.to_owned(),
            record: None,
            kind: PageKind::Text,
            encoding: decoded.encoding,
            encoding_basis: decoded.basis,
            undecodable: decoded.undecodable,
            profile: outline.profile.name().to_owned(),
            facts: outline.split.facts.clone(),
            entries: chunks.iter().map(|chunk| chunk.ids.len() as u64).sum(),
            duplicates: 0,
            rejects: rejects.len() as u64,
            characters: accounting.total(),
            accounting,
            rules,
        };
        drop(outline);
        ReadPage { row, text, chunks, rejects, duplicates: Vec::new() }
    }

    fn chunk(&self, outline: &Outline<'_>, range: Range<usize>, name: &str) -> Chunk {
        let mut chunk = Chunk {
            ids: Vec::with_capacity(range.len()),
            encoded: Encoded::new(&self.formats, range.len() * 512),
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

impl ReadPage {
    /// Takes out of the chunks what stands earlier in the dataset.
    pub(super) fn take_out_duplicates(&mut self, input: usize, seen: &mut Seen, dedup: Dedup) {
        if dedup == Dedup::None {
            return;
        }
        let input = u32::try_from(input).unwrap_or(u32::MAX);
        for chunk in &mut self.chunks {
            let before = self.duplicates.len();
            for &(id, index) in &chunk.ids {
                if let Some(kept) = seen.insert(id, Place { input, position: position(index) }) {
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
    pub(super) fn reject_duplicates(&mut self, inputs: &[Input], profiles: &Profiles) {
        if !self.duplicates.is_empty() {
            let outline = Outline::of(&self.text, profiles);
            for &(index, kept) in &self.duplicates {
                let Ok((_, entry)) = outline.entry(index, &self.row.page) else { continue };
                let lines = (entry.line_start, entry.line_end);
                let text = format!("{}\n\n{}", entry.question, entry.answer);
                self.rejects.push(Reject {
                    position: Some(position(index)),
                    kept_page: inputs.get(kept.input as usize).map(|input| input.name.clone()),
                    kept_position: Some(kept.position),
                    ..Reject::new(&self.row.page, RejectReason::Duplicate, lines, &text)
                });
            }
        }
        self.rejects.sort_by_key(|reject| reject.line_start);
    }
}
