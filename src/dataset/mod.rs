//! Writing a dataset.
//!
//! A dataset is a folder of plain files, which `docs/format.md` describes for its
//! users. Workers encode the entries, each those of one page (`Encoded`). A single
//! `DatasetWriter` writes the pages, and the rows of the other files, in order. It
//! writes to a staging folder (`Staging`) that replaces the target at the end, so that
//! a dataset is there completely or not at all. The bytes depend only on the rows and
//! the [options](crate::record::Options): no clock, host name or path of the machine
//! ends up in them.

mod csv;
mod digest;
#[cfg(test)]
mod doc_tests;
mod encoded;
mod integer;
mod json;
mod jsonl;
mod lock;
mod manifest;
mod rows;
#[cfg(test)]
mod samples;
mod staging;
mod target;
#[cfg(test)]
mod tests;
mod writer;

pub(crate) use encoded::Encoded;
pub(crate) use jsonl::JsonlSink;
pub use manifest::MANIFEST;
pub(crate) use manifest::is_dataset;
pub(crate) use rows::reject_text;
pub use staging::is_staging;
pub(crate) use target::refuse_inputs_inside;
pub(crate) use writer::DatasetWriter;

use crate::Error;
use crate::record::FileDigest;

/// A file of entries in one [`Format`](crate::record::Format).
trait EntriesFile: Send {
    /// Appends the entries of some pages, which were encoded for this format.
    fn append(&mut self, pages: &[Encoded]) -> Result<(), Error>;

    /// Completes the file.
    fn finish(self: Box<Self>) -> Result<FileDigest, Error>;
}
