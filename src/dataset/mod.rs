//! Writing a dataset.
//!
//! A dataset is a folder of plain files (`docs/format.md` describes them for
//! its users). Workers [encode](Encoded) the entries of a page each; one
//! [`DatasetWriter`] puts the pages, and the rows of the other files, one
//! after the other. It writes to a [staging folder](Staging) that takes the
//! target's place at the end, so that a dataset is there whole or not at all.
//! The bytes depend on the rows and the [options](crate::record::Options)
//! alone: no clock, no host name, no path of the machine gets into them.

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

pub use digest::DigestFile;
pub use encoded::Encoded;
pub use jsonl::JsonlSink;
pub use manifest::MANIFEST;
pub use rows::reject_text;
pub use staging::{Staging, is_staging};
pub use target::{is_dataset, spare_inputs};
pub use writer::DatasetWriter;

use crate::Error;
use crate::record::FileDigest;

/// A file of entries: one for each [`Format`](crate::record::Format).
trait EntriesFile: Send {
    /// Appends the entries of pages, encoded for this format.
    fn append(&mut self, pages: &[Encoded]) -> Result<(), Error>;

    /// Completes the file.
    fn finish(self: Box<Self>) -> Result<FileDigest, Error>;
}
