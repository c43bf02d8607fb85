//! Reads records: the part of a run that workers do in parallel.

use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use rayon::prelude::*;

use super::buffers::Buffers;
use super::page::{Chunk, ReadPage, outline};
use super::source::Work;
use crate::input::{self, Cut, Input, Loss, Whole};
use crate::profile::Profiles;
use crate::read::Outline;
use crate::record::{Format, InputRow, PageKind, RejectReason, SkipReason};

/// Entries of a page that a worker makes at a time.
const CHUNK: usize = 256;

/// Bytes of records up to which a worker reads all of a small file; compressed, such a
/// file may contain more.
const WHOLE_BYTES: u64 = 4 << 20;

/// Bytes of the longest page that is read completely before any of it is written.
const LONGEST_WHOLE: usize = 16 << 20;

/// The detail of the reject for a page whose reading panicked.
const FAULT: &str = "reading it failed by a fault of qasift's own; please report it with this page";

/// What the workers share to read pages.
pub(super) struct Reader<'a> {
    pub(super) inputs: &'a [Input],
    pub(super) profiles: &'a Profiles,
    pub(super) buffers: &'a Buffers,
    pub(super) formats: Vec<Format>,
    pub(super) options: &'a input::Options,
}

/// The result of [`Work`].
pub(super) enum Done {
    /// The beginning of an input.
    Begin(InputRow),
    /// A record: the index of its input, its number there, and what became of it.
    Record(usize, Option<u64>, Outcome),
    /// A record that is a page too long for one worker, which is therefore not read yet.
    Long(usize, Option<u64>, Box<ReadPage>),
    /// The end of an input.
    End(InputRow),
    /// An input, by its index, that contains too much for one worker.
    Large(usize),
}

/// What became of a record.
pub(super) enum Outcome {
    Page(Box<ReadPage>),
    Skipped(SkipReason, String),
    Lost(Loss),
}

impl Reader<'_> {
    /// Does the work of a batch in parallel; the results are in its order.
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
        let (number, place) = (cut.number, cut.place);
        let read = panic::catch_unwind(AssertUnwindSafe(|| self.read_record(index, cut)));
        // A bug then costs one page rather than the run.
        read.unwrap_or_else(|_| {
            let (reason, detail) = (RejectReason::DamagedRecord, FAULT.to_owned());
            let loss = Loss { reason, place, detail, text: String::new() };
            Done::Record(index, number, Outcome::Lost(loss))
        })
    }

    fn read_record(&self, index: usize, cut: Cut) -> Done {
        let number = cut.number;
        let outcome = match cut.read(&self.inputs[index].name, self.options) {
            input::Outcome::Page(page) => return self.page(index, number, *page),
            input::Outcome::Skipped(reason, detail) => Outcome::Skipped(reason, detail),
            input::Outcome::Lost(loss) => Outcome::Lost(loss),
        };
        Done::Record(index, number, outcome)
    }

    fn page(&self, index: usize, number: Option<u64>, page: input::Page) -> Done {
        let mut page = Box::new(ReadPage::unread(&self.inputs[index].name, number, page));
        let source = Arc::clone(&page.source);
        if source.kind == PageKind::Html && !self.profiles.may_find(&source.text) {
            return Done::Record(index, number, Outcome::Page(page));
        }
        if source.text.len() > LONGEST_WHOLE {
            return Done::Long(index, number, page);
        }
        let outline = outline(&source, page.row.url.as_deref(), self.profiles);
        page.begin(&outline);
        let chunks = self.chunks(&outline, 0..outline.len(), &page.row.page);
        page.add(chunks);
        page.account(outline.accounting());
        Done::Record(index, number, Outcome::Page(page))
    }

    /// Makes a range of a page's entries, in parallel if there are many.
    pub(super) fn chunks(&self, outline: &Outline<'_, '_>, range: Range<usize>, page: &str) -> Vec<Chunk> {
        if range.len() <= CHUNK {
            // Sharing so little work would take longer than doing it.
            return vec![self.chunk(outline, range, page)];
        }
        let chunk = |start: usize| self.chunk(outline, start..range.end.min(start + CHUNK), page);
        range.clone().into_par_iter().step_by(CHUNK).map(chunk).collect()
    }

    fn chunk(&self, outline: &Outline<'_, '_>, range: Range<usize>, page: &str) -> Chunk {
        let mut chunk = Chunk::new(self.buffers.take(&self.formats, range.len()));
        for index in range {
            match outline.entry(index, page) {
                Ok((id, entry)) => chunk.push(id, index, &entry),
                Err(reject) => chunk.rejects.push(*reject),
            }
        }
        chunk
    }
}
