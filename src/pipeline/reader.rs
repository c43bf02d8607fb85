//! Reads records: the part of a run that workers do side by side.

use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use rayon::prelude::*;

use super::page::{Chunk, ReadPage, outline};
use super::room::Room;
use super::source::Work;
use crate::input::{self, Cut, Input, Loss, Whole};
use crate::profile::Profiles;
use crate::read::Outline;
use crate::record::{Format, InputRow, PageKind, RejectReason, SkipReason};

/// Entries of one page that one worker makes at a time.
const CHUNK: usize = 256;

/// Bytes of records that one worker takes of a small file at once.
const WHOLE_BYTES: u64 = 4 << 20;

/// Bytes of the longest page that is read whole before it is written.
const LONGEST_WHOLE: usize = 16 << 20;

/// What is said of a page whose reading panicked.
const FAULT: &str = "reading it failed by a fault of qasift's own; please report it with this page";

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
    /// A record that is a page too long to be read by one worker; it is left unread.
    Long(usize, Option<u64>, Box<ReadPage>),
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
        let (number, place) = (cut.number, cut.place);
        let read = panic::catch_unwind(AssertUnwindSafe(|| self.read_record(index, cut)));
        // One page is lost then, and not the run.
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

    /// Makes some of a page's entries, side by side if they are many.
    pub(super) fn chunks(&self, outline: &Outline<'_, '_>, range: Range<usize>, page: &str) -> Vec<Chunk> {
        if range.len() <= CHUNK {
            // Too little to share: asking others for help would take longer.
            return vec![self.chunk(outline, range, page)];
        }
        let chunk = |start: usize| self.chunk(outline, start..range.end.min(start + CHUNK), page);
        range.clone().into_par_iter().step_by(CHUNK).map(chunk).collect()
    }

    fn chunk(&self, outline: &Outline<'_, '_>, range: Range<usize>, page: &str) -> Chunk {
        let mut chunk = Chunk::new(self.room.take(&self.formats, range.len()));
        for index in range {
            match outline.entry(index, page) {
                Ok((id, entry)) => chunk.push(id, index, &entry),
                Err(reject) => chunk.rejects.push(*reject),
            }
        }
        chunk
    }
}
