//! The steps of a run, in their order and in parallel.
//!
//! Inputs are cut into records, and these are read in batches of bounded size. The
//! pages of a batch are read in parallel and collected in order. Then the batch is
//! deduplicated and written while the next one is read and the one after that is
//! cut. No worker waits for another, memory is bounded, and the bytes are the same
//! at any number of threads.

mod buffers;
mod long;
mod page;
mod pages;
mod reader;
mod sink;
mod source;
mod summary;
mod tally;
mod write;

use std::sync::atomic::{AtomicBool, Ordering};

use buffers::Buffers;
use pages::Pages;
use reader::Reader;
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

/// How far a run has got.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Number of inputs that are finished.
    pub done: u64,
    /// Number of all inputs.
    pub of: u64,
    /// Number of bytes read so far.
    pub bytes: u64,
}

/// Reads pages and writes a dataset. `progress` is called after each batch; setting
/// `stop` ends the run without changing anything.
///
/// # Errors
///
/// [`Error::Usage`] if there is no readable page, [`Error::Io`] if the output cannot
/// be written, and [`Error::Stopped`]. In each case, nothing was changed.
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
    let buffers = Buffers::default();
    pool.install(|| Run::start(config, profiles, &discovered, &buffers, stop)?.finish(progress))
}

/// The largest number of threads: more of them only take longer to start.
const MOST_THREADS: usize = 256;

struct Run<'a> {
    config: &'a IngestConfig,
    profiles: &'a Profiles,
    discovered: &'a Discovered,
    buffers: &'a Buffers,
    stop: &'a AtomicBool,
    sink: Sink,
    seen: Seen,
    pages: Pages<'a>,
    /// The tally of the input that is being settled.
    open: Option<Tally>,
    /// Whether `--limit` has ended the run.
    ended: bool,
    summary: Summary,
}

impl<'a> Run<'a> {
    fn start(
        config: &'a IngestConfig,
        profiles: &'a Profiles,
        discovered: &'a Discovered,
        buffers: &'a Buffers,
        stop: &'a AtomicBool,
    ) -> Result<Self, Error> {
        let sink = Sink::open(config, discovered)?;
        Ok(Self {
            config,
            profiles,
            discovered,
            buffers,
            stop,
            sink,
            seen: Seen::default(),
            pages: Pages::of(&discovered.inputs),
            open: None,
            ended: false,
            summary: Summary::default(),
        })
    }

    fn finish(mut self, progress: &(dyn Fn(Progress) + Sync)) -> Result<Summary, Error> {
        let inputs = self.discovered.inputs.as_slice();
        self.read_all(Source::new(inputs, &self.config.reading, self.stop), progress)?;
        self.close()
    }

    /// Reads and writes all of a source: a batch is cut while the previous one is
    /// read and the one before that is written.
    fn read_all(
        &mut self,
        mut source: Source<'a>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(), Error> {
        let reader = self.reader();
        let (mut cut, mut read) = (source.batch(), Vec::new());
        while !self.ended && (!cut.is_empty() || !read.is_empty()) {
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
            buffers: self.buffers,
            formats: self.sink.formats(),
            options: &self.config.reading,
        }
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
