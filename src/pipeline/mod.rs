//! The order of the steps, and what goes on side by side.
//!
//! Inputs are cut into records, and these are read in batches of bounded size.
//! A batch's pages are read side by side and collected in order; then the batch
//! goes through the duplicates and to the dataset while the next one is read
//! and the one after that is cut. No worker waits for another, memory is
//! bounded, and the bytes are the same at any number of threads.

mod long;
mod page;
mod pages;
mod reader;
mod room;
mod sink;
mod source;
mod summary;
mod tally;

use std::sync::atomic::{AtomicBool, Ordering};

use page::{Chunk, ReadPage};
use pages::{Pages, page_name};
use rayon::prelude::*;
use reader::{Done, Outcome, Reader};
use room::Room;
use sink::Sink;
use source::Source;
pub use summary::Summary;
use summary::no_page;
use tally::Tally;

use crate::Error;
use crate::config::IngestConfig;
use crate::dedup::Seen;
use crate::input::{self, Discovered};
use crate::profile::Profiles;
use crate::record::{InputRow, Reject};

/// How far a run is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Inputs done.
    pub done: u64,
    /// Inputs in all.
    pub of: u64,
    /// Bytes that were read.
    pub bytes: u64,
}

/// Reads pages and writes a dataset. `progress` is called now and then;
/// setting `stop` ends the run with nothing changed.
///
/// # Errors
///
/// [`Error::Usage`] if there is no readable page, [`Error::Io`] if the output
/// can't be written, [`Error::Stopped`]. Nothing was changed then.
pub fn ingest(
    config: &IngestConfig,
    profiles: &Profiles,
    progress: &(dyn Fn(Progress) + Sync),
    stop: &AtomicBool,
) -> Result<Summary, Error> {
    let discovered = input::discover(&config.request)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(config.jobs.map_or(0, |jobs| jobs.get().min(MOST_THREADS)))
        .build()
        .map_err(|error| Error::usage(format!("could not start the threads: {error}"), None))?;
    let room = Room::default();
    pool.install(|| Run::start(config, profiles, &discovered, &room, stop)?.finish(progress))
}

/// More threads only take longer to start.
const MOST_THREADS: usize = 256;

struct Run<'a> {
    config: &'a IngestConfig,
    profiles: &'a Profiles,
    discovered: &'a Discovered,
    room: &'a Room,
    stop: &'a AtomicBool,
    sink: Sink,
    seen: Seen,
    pages: Pages<'a>,
    /// The input that is being read.
    open: Option<Tally>,
    /// Whether as many pages were read as the user asked for.
    full: bool,
    summary: Summary,
}

/// What goes to the dataset.
enum Settled {
    Page(Box<ReadPage>),
    Reject(Box<Reject>),
    Input(InputRow),
}

impl<'a> Run<'a> {
    fn start(
        config: &'a IngestConfig,
        profiles: &'a Profiles,
        discovered: &'a Discovered,
        room: &'a Room,
        stop: &'a AtomicBool,
    ) -> Result<Self, Error> {
        let sink = Sink::open(config, discovered)?;
        Ok(Self {
            config,
            profiles,
            discovered,
            room,
            stop,
            sink,
            seen: Seen::default(),
            pages: Pages::of(&discovered.inputs),
            open: None,
            full: false,
            summary: Summary::default(),
        })
    }

    fn finish(mut self, progress: &(dyn Fn(Progress) + Sync)) -> Result<Summary, Error> {
        let inputs = self.discovered.inputs.as_slice();
        self.read_all(Source::new(inputs, &self.config.reading, self.stop), progress)?;
        self.close()
    }

    /// Reads all of a source and writes it: a batch is cut while the one
    /// before is read and the one before that is written.
    fn read_all(
        &mut self,
        mut source: Source<'a>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Error> {
        let reader = self.reader();
        let (mut cut, mut read) = (source.batch(), Vec::new());
        while !self.full && (!cut.is_empty() || !read.is_empty()) {
            let (written, ahead) = rayon::join(
                || self.write(read, progress),
                || rayon::join(|| reader.read(cut), || source.batch()),
            );
            written?;
            (read, cut) = ahead;
            if self.stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            let (done, of) = (self.summary.totals.inputs, self.discovered.inputs.len() as u64);
            progress(Progress { done, of, bytes: self.summary.bytes + source.taken() });
        }
        Ok(())
    }

    fn reader(&self) -> Reader<'a> {
        Reader {
            inputs: &self.discovered.inputs,
            profiles: self.profiles,
            room: self.room,
            formats: self.sink.formats(),
            options: &self.config.reading,
        }
    }

    /// Writes a batch in order. What is too large for one worker is read here.
    fn write(&mut self, batch: Vec<Done>, progress: &(dyn Fn(Progress) + Sync)) -> Result<(), Error> {
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
                    let page = if self.is_full() { page } else { self.read_long(page)? };
                    part.push(Done::Record(index, number, Outcome::Page(page)));
                }
                done => part.push(done),
            }
        }
        self.write_part(part)
    }

    /// Takes out duplicates and writes the rest.
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

    fn write_chunks(&mut self, chunks: Vec<Chunk>) -> Result<(), Error> {
        let encoded: Vec<_> = chunks.into_iter().map(|chunk| chunk.encoded).collect();
        self.sink.write_entries(&encoded)?;
        self.room.give(encoded);
        Ok(())
    }

    /// Whether as many pages were read as the user asked for, so that another is too many.
    fn is_full(&self) -> bool {
        self.full || self.config.limit.is_some_and(|limit| self.pages.len() as u64 >= limit)
    }

    /// Brings what was done into the order of the dataset: counts it, and takes
    /// its duplicates out.
    fn settle(&mut self, done: Done) -> Option<Settled> {
        if self.full {
            return None;
        }
        match done {
            Done::Begin(_) if self.is_full() => {
                self.full = true;
                None
            }
            Done::Begin(row) => {
                self.open = Some(Tally::new(row));
                None
            }
            Done::Record(_, _, Outcome::Page(_)) if self.is_full() => {
                self.full = true;
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
                page.take_out_duplicates(self.pages.len(), &mut self.seen, self.config.dedup);
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

    fn close(self) -> Result<Summary, Error> {
        let mut summary = self.summary;
        summary.skipped = self.discovered.skipped;
        summary.left_out.clone_from(&self.discovered.left_out);
        summary.notices.clone_from(&self.discovered.notices);
        if summary.totals.pages == 0 {
            return Err(no_page(&summary, &self.discovered.inputs));
        }
        self.sink.finish(self.profiles)?;
        Ok(summary)
    }
}
