//! What is to be read, in batches of bounded size and in the order of the dataset.
//!
//! A small file is left to a worker. A large one, or a stream, is opened here and cut
//! into records, which is the only sequential step of reading; the records are then
//! handed to the workers in batches.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use crate::input::{self, Cut, Input, InputKind, Opened};
use crate::record::InputRow;

/// The largest number of inputs or records in a batch.
const BATCH_LENGTH: usize = 512;
/// Bytes at which a batch is complete. A larger file is cut into records here.
const BATCH_BYTES: u64 = 1 << 20;

/// A part of what is to be read.
pub(super) enum Work {
    /// A small file, by the index of its input.
    Small(usize),
    /// The beginning of an input, with what is known by then.
    Begin(InputRow),
    /// A record, with the index of its input.
    Record(usize, Cut),
    /// The end of an input, with its row.
    End(InputRow),
}

/// Turns inputs into work.
pub(super) struct Source<'a> {
    inputs: &'a [Input],
    options: &'a input::Options,
    stop: &'a AtomicBool,
    left: Range<usize>,
    /// Whether even small files are opened here.
    open_all: bool,
    opened: Option<(usize, Opened<'a>)>,
}

impl<'a> Source<'a> {
    pub(super) fn new(inputs: &'a [Input], options: &'a input::Options, stop: &'a AtomicBool) -> Self {
        Self { inputs, options, stop, left: 0..inputs.len(), open_all: false, opened: None }
    }

    /// The work of a single input, which is opened here whatever its size.
    pub(super) fn of_one(
        inputs: &'a [Input],
        index: usize,
        options: &'a input::Options,
        stop: &'a AtomicBool,
    ) -> Self {
        Self { left: index..index + 1, open_all: true, ..Self::new(inputs, options, stop) }
    }

    /// The next batch; empty at the end.
    pub(super) fn batch(&mut self) -> Vec<Work> {
        let mut batch = Vec::new();
        let mut bytes = 0;
        while bytes < BATCH_BYTES && batch.len() < BATCH_LENGTH {
            if let Some((index, opened)) = &mut self.opened {
                let index = *index;
                if let Some(cut) = opened.cut() {
                    bytes += cut.size();
                    batch.push(Work::Record(index, cut));
                } else if let Some((_, opened)) = self.opened.take() {
                    batch.push(Work::End(opened.finish()));
                }
                continue;
            }
            let Some(index) = self.left.next() else { break };
            match self.small(index) {
                Some(size) => {
                    bytes += size;
                    batch.push(Work::Small(index));
                }
                None => match input::open(&self.inputs[index], self.options, self.stop) {
                    Ok(opened) => {
                        batch.push(Work::Begin(opened.row().clone()));
                        self.opened = Some((index, opened));
                    }
                    Err(row) => batch.extend([Work::Begin(*row.clone()), Work::End(*row)]),
                },
            }
        }
        batch
    }

    /// Bytes read so far of the input that is open.
    pub(super) fn taken(&self) -> u64 {
        self.opened.as_ref().map_or(0, |(_, opened)| opened.taken())
    }

    /// The size of an input, if it is small enough to be left to a worker.
    fn small(&self, index: usize) -> Option<u64> {
        let input = &self.inputs[index];
        if self.open_all || input.kind != InputKind::File {
            return None;
        }
        let size = std::fs::metadata(&input.path).map_or(0, |metadata| metadata.len());
        (size <= BATCH_BYTES).then_some(size)
    }
}
