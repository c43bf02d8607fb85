//! The order of the steps, and the only place that knows threads.
//!
//! Inputs are read in batches of bounded size. A batch's pages are read side
//! by side and collected in order; then the batch goes through the duplicates
//! and to the dataset while the next one is read. No worker waits for another,
//! memory is bounded, and the bytes are the same at any number of threads.

mod page;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use page::{ReadInput, ReadPage, Reader};
use rayon::prelude::*;

use crate::Error;
use crate::config::{IngestConfig, Output};
use crate::dataset::{self, DatasetWriter, JsonlSink};
use crate::dedup::Seen;
use crate::input::{self, Discovered, Input, InputKind, Notice};
use crate::profile::Profiles;
use crate::record::{Format, InputRow, InputStatus, Options, RejectReason, Totals};

/// Inputs of one batch at most.
const BATCH_INPUTS: usize = 512;
/// Bytes of one batch, unless a single input has more.
const BATCH_BYTES: u64 = 1 << 20;

/// What a run came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// Sums over the dataset's rows.
    pub totals: Totals,
    /// Inputs by what became of them.
    pub inputs: BTreeMap<InputStatus, u64>,
    /// The inputs that could not be used, with the reason.
    pub unread: Vec<InputRow>,
    /// Bytes that were read.
    pub bytes: u64,
    /// Files in folders that are not read.
    pub skipped: u64,
    /// What the user may not expect.
    pub notices: Vec<Notice>,
}

impl Summary {
    /// Rejects other than duplicates.
    #[must_use]
    pub fn rejects(&self) -> u64 {
        let rejects = self.totals.rejects.iter();
        rejects.filter(|(reason, _)| **reason != RejectReason::Duplicate).map(|(_, count)| count).sum()
    }
}

/// How far a run is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// Inputs done.
    pub done: u64,
    /// Inputs in all.
    pub of: u64,
    /// Bytes of the inputs done.
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
        .num_threads(config.jobs.map_or(0, std::num::NonZeroUsize::get))
        .build()
        .map_err(|error| Error::usage(format!("could not start the threads: {error}"), None))?;
    pool.install(|| Run::start(config, profiles, &discovered, stop)?.finish(progress))
}

struct Run<'a> {
    config: &'a IngestConfig,
    profiles: &'a Profiles,
    discovered: &'a Discovered,
    stop: &'a AtomicBool,
    sink: Sink,
    seen: Seen,
    summary: Summary,
}

/// Where the entries go.
enum Sink {
    Dataset(Box<DatasetWriter>),
    Stdout(JsonlSink<std::io::Stdout>),
    Nowhere,
}

impl<'a> Run<'a> {
    fn start(
        config: &'a IngestConfig,
        profiles: &'a Profiles,
        discovered: &'a Discovered,
        stop: &'a AtomicBool,
    ) -> Result<Self, Error> {
        let sink = match &config.output {
            Output::Folder(folder) => {
                let options = Options {
                    format: config.formats.clone(),
                    dedup: config.dedup,
                    max_page_bytes: Some(config.max_page_bytes),
                    limit: config.limit,
                };
                if config.force {
                    let inputs = discovered.inputs.iter().map(|input| input.path.as_path());
                    dataset::spare_inputs(folder, inputs)?;
                }
                Sink::Dataset(Box::new(DatasetWriter::create(folder, options, config.force)?))
            }
            Output::Stdout => Sink::Stdout(JsonlSink::new(std::io::stdout())),
            Output::Nowhere => Sink::Nowhere,
        };
        Ok(Self {
            config,
            profiles,
            discovered,
            stop,
            sink,
            seen: Seen::default(),
            summary: Summary::default(),
        })
    }

    fn finish(mut self, progress: &(dyn Fn(Progress) + Sync)) -> Result<Summary, Error> {
        let inputs = self.discovered.inputs.as_slice();
        let reader = self.reader();
        let mut batches = batches(inputs).into_iter();
        let mut read = batches.next().map(|batch| (batch.start, reader.read(&inputs[batch])));
        while let Some((first, pages)) = read.take() {
            let next = if self.is_full() { None } else { batches.next() };
            let done = first + pages.len();
            let (written, ahead) = rayon::join(
                || self.write(first, pages),
                || next.map(|batch| (batch.start, reader.read(&inputs[batch]))),
            );
            written?;
            if self.stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            progress(Progress { done: done as u64, of: inputs.len() as u64, bytes: self.summary.bytes });
            read = ahead.filter(|_| !self.is_full());
        }
        self.close()
    }

    fn reader(&self) -> Reader<'a> {
        let formats = match &self.sink {
            Sink::Dataset(dataset) => dataset.formats().to_vec(),
            Sink::Stdout(_) => vec![Format::Jsonl],
            Sink::Nowhere => Vec::new(),
        };
        let max_page_bytes = self.config.max_page_bytes;
        Reader { profiles: self.profiles, formats, max_page_bytes, stop: self.stop }
    }

    /// Whether as many pages were read as the user asked for.
    fn is_full(&self) -> bool {
        self.config.limit.is_some_and(|limit| self.summary.totals.pages >= limit)
    }

    /// Takes duplicates out of a batch and writes the rest, in order.
    fn write(&mut self, first: usize, mut inputs: Vec<ReadInput>) -> Result<(), Error> {
        let mut kept = 0;
        for (index, input) in (first..).zip(&mut inputs) {
            if self.is_full() {
                break;
            }
            if let Some(page) = &mut input.page {
                page.take_out_duplicates(index, &mut self.seen, self.config.dedup);
                self.summary.totals.pages += 1;
            }
            kept += 1;
        }
        inputs.truncate(kept);
        let (names, profiles) = (&self.discovered.inputs, self.profiles);
        inputs.par_iter_mut().filter_map(|input| input.page.as_mut()).for_each(|page| {
            page.reject_duplicates(names, profiles);
        });
        let mut encoded = Vec::with_capacity(inputs.len());
        for input in inputs {
            self.note(&input.row);
            if let Sink::Dataset(dataset) = &mut self.sink {
                dataset.write_input(&input.row)?;
            }
            let Some(page) = input.page else { continue };
            self.count(&page);
            if let Sink::Dataset(dataset) = &mut self.sink {
                page.rejects.iter().try_for_each(|reject| dataset.write_reject(reject))?;
                dataset.write_page(&page.row)?;
            }
            encoded.extend(page.chunks.into_iter().map(|chunk| chunk.encoded));
        }
        match &mut self.sink {
            Sink::Dataset(dataset) => dataset.write_entries(&encoded),
            Sink::Stdout(lines) => lines.write_entries(&encoded),
            Sink::Nowhere => Ok(()),
        }
    }

    fn note(&mut self, row: &InputRow) {
        self.summary.totals.inputs += 1;
        self.summary.bytes += row.sha256.as_ref().and(row.bytes).unwrap_or_default();
        *self.summary.inputs.entry(row.status).or_default() += 1;
        if row.status != InputStatus::Read {
            self.summary.unread.push(row.clone());
        }
    }

    fn count(&mut self, page: &ReadPage) {
        let totals = &mut self.summary.totals;
        totals.entries += page.row.entries;
        totals.characters += page.row.characters;
        totals.accounting.add_all(&page.row.accounting);
        for reject in &page.rejects {
            *totals.rejects.entry(reject.reason).or_default() += 1;
        }
    }

    fn close(self) -> Result<Summary, Error> {
        let mut summary = self.summary;
        summary.skipped = self.discovered.skipped;
        summary.notices.clone_from(&self.discovered.notices);
        if summary.totals.pages == 0 {
            return Err(no_page(&summary));
        }
        match self.sink {
            Sink::Dataset(dataset) => {
                dataset.finish(self.profiles.iter().map(crate::profile::Profile::digest).collect())?;
            }
            Sink::Stdout(lines) => lines.finish()?,
            Sink::Nowhere => {}
        }
        Ok(summary)
    }
}

/// Which files are read, for a request that finds none.
const NO_PAGE_HINT: &str = "In folders, .txt, .text, .md and .markdown files are read, or those that \
    `--include` names; a file named directly is always read.";

fn no_page(summary: &Summary) -> Error {
    let Some(row) = summary.unread.first() else {
        let found =
            summary.notices.first().map_or_else(|| "there is no page to read".to_owned(), Notice::to_string);
        return Error::usage(found, NO_PAGE_HINT);
    };
    let (path, reason) = (&row.path, row.detail.as_deref().unwrap_or_default());
    let message = match summary.unread.len() {
        1 => format!("`{path}` was not read: {reason}"),
        inputs => format!("none of {inputs} inputs was read; `{path}`: {reason}"),
    };
    let hint = match row.status {
        InputStatus::Unreadable => "Check its name, and whether you may read it.",
        InputStatus::TooLarge => "Allow larger pages with `--max-page-bytes`.",
        _ => "Name a page that is text.",
    };
    Error::usage(message, hint)
}

/// Inputs in runs of bounded size, in order.
fn batches(inputs: &[Input]) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let mut start = 0;
    let mut bytes = 0;
    for (index, input) in inputs.iter().enumerate() {
        let size = match input.kind {
            InputKind::File => std::fs::metadata(&input.path).map_or(0, |metadata| metadata.len()),
            InputKind::Pipe | InputKind::Stdin => BATCH_BYTES,
        };
        if index > start && (bytes + size > BATCH_BYTES || index - start == BATCH_INPUTS) {
            batches.push(start..index);
            start = index;
            bytes = 0;
        }
        bytes += size;
    }
    if start < inputs.len() {
        batches.push(start..inputs.len());
    }
    batches
}
