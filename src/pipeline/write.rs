//! Writes what was read, in the order of the dataset.

use rayon::prelude::*;

use super::page::{Chunk, ReadPage};
use super::pages::page_name;
use super::reader::{Done, Outcome};
use super::source::Source;
use super::tally::Tally;
use super::{Progress, Run};
use crate::Error;
use crate::record::{InputRow, Reject};

/// What is ready to be written to the dataset.
enum Settled {
    Page(Box<ReadPage>),
    Reject(Box<Reject>),
    Input(InputRow),
}

impl Run<'_> {
    /// Writes a batch in order. What is too large for one worker is read here first.
    pub(super) fn write(
        &mut self,
        batch: Vec<Done>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Error> {
        let mut part = Vec::with_capacity(batch.len());
        for done in batch {
            match done {
                Done::Large(index) => {
                    self.write_part(std::mem::take(&mut part))?;
                    let inputs = self.discovered.inputs.as_slice();
                    let source = Source::of_one(inputs, index, &self.config.reading, self.stop);
                    self.read_all(source, progress)?;
                }
                Done::Long(index, number, page) => {
                    self.write_part(std::mem::take(&mut part))?;
                    let page = if self.is_at_limit() { page } else { self.read_long(page)? };
                    part.push(Done::Record(index, number, Outcome::Page(page)));
                }
                done => part.push(done),
            }
        }
        self.write_part(part)
    }

    /// Removes the duplicates of a part of a batch and writes the rest.
    fn write_part(&mut self, part: Vec<Done>) -> Result<(), Error> {
        let mut settled: Vec<Settled> = part.into_iter().filter_map(|done| self.settle(done)).collect();
        let (pages, profiles) = (&self.pages, self.profiles);
        settled.par_iter_mut().for_each(|settled| {
            if let Settled::Page(page) = settled {
                page.reject_duplicates(|kept| pages.name(kept), profiles);
            }
        });
        let mut chunks = Vec::with_capacity(settled.len());
        for settled in settled {
            match settled {
                Settled::Input(row) => self.write_input(row)?,
                Settled::Reject(reject) => self.write_lost(*reject)?,
                Settled::Page(mut page) => {
                    self.write_page(&mut page)?;
                    chunks.append(&mut page.chunks);
                }
            }
        }
        self.write_chunks(chunks)
    }

    /// Writes the entries of chunks, and gives back their buffers.
    pub(super) fn write_chunks(&mut self, chunks: Vec<Chunk>) -> Result<(), Error> {
        let encoded: Vec<_> = chunks.into_iter().map(|chunk| chunk.encoded).collect();
        self.sink.write_entries(&encoded)?;
        self.buffers.give_back(encoded);
        Ok(())
    }

    /// Whether `--limit` allows no further page.
    fn is_at_limit(&self) -> bool {
        self.ended || self.config.limit.is_some_and(|limit| self.pages.len() as u64 >= limit)
    }

    /// Does what has to be done in the order of the dataset: numbers and counts pages,
    /// and removes duplicates.
    fn settle(&mut self, done: Done) -> Option<Settled> {
        if self.ended {
            return None;
        }
        match done {
            Done::Begin(_) if self.is_at_limit() => {
                self.ended = true;
                None
            }
            Done::Begin(row) => {
                self.open = Some(Tally::new(row));
                None
            }
            Done::Record(_, _, Outcome::Page(_)) if self.is_at_limit() => {
                self.ended = true;
                self.open.take().map(|tally| Settled::Input(tally.stop()))
            }
            Done::Record(input, number, outcome) => {
                self.open.as_mut()?.note(number, &outcome);
                self.settle_record(input, number, outcome)
            }
            Done::End(row) => self.open.take().map(|tally| Settled::Input(tally.finish(row))),
            Done::Large(_) | Done::Long(..) => None,
        }
    }

    fn settle_record(&mut self, input: usize, number: Option<u64>, outcome: Outcome) -> Option<Settled> {
        match outcome {
            Outcome::Page(mut page) => {
                page.remove_duplicates(self.pages.len(), &mut self.seen, self.config.dedup);
                self.pages.push(input, number);
                Some(Settled::Page(page))
            }
            Outcome::Lost(loss) if number.is_some() => {
                let name = page_name(&self.discovered.inputs[input].name, number);
                Some(Settled::Reject(Box::new(Reject::of_record(&name, loss))))
            }
            Outcome::Lost(_) | Outcome::Skipped(..) => None,
        }
    }

    fn write_input(&mut self, row: InputRow) -> Result<(), Error> {
        self.sink.write_input(&row)?;
        let place = self.discovered.place(&row.path);
        self.summary.note(row, place);
        Ok(())
    }

    fn write_lost(&mut self, reject: Reject) -> Result<(), Error> {
        self.sink.write_reject(&reject)?;
        let place = match reject.page.rsplit_once('#') {
            Some((input, record)) => format!("{}#{record}", self.discovered.place(input)),
            None => self.discovered.place(&reject.page),
        };
        self.summary.lost(reject, place);
        Ok(())
    }

    fn write_page(&mut self, page: &mut ReadPage) -> Result<(), Error> {
        page.rejects.sort_by_key(|reject| reject.line_start);
        page.rejects.iter().try_for_each(|reject| self.sink.write_reject(reject))?;
        self.sink.write_page(&page.row)?;
        self.summary.count(page);
        Ok(())
    }
}
