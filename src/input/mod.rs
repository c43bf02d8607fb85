//! What the user names → records → text.
//!
//! [`discover()`] turns files, folders and `-` into a sorted list of
//! [`Input`]s. [`open()`] opens one of them and [cuts](Opened::cut) it into
//! records. [`Cut::read`] makes text of a record, or says why there is none. None
//! of them knows what a page holds.
//!
//! An input's bytes are decompressed in `stream`, and cut by one module per
//! container format: a file that is one page, `json`, `jsonl`, `warc`, `arc`,
//! `parquet`, `zip`, `tar`.

mod arc;
mod binary;
mod charset;
mod content;
mod cut;
mod declared;
mod decoder;
mod discover;
mod discovered;
mod distinct;
mod fed;
mod fields;
mod format;
mod framed;
mod http;
mod json;
mod jsonl;
mod kind;
mod mhtml;
mod name;
mod open;
mod panics;
mod parquet;
mod raw;
mod seek;
mod select;
mod stream;
mod tar;
#[cfg(test)]
mod testing;
mod warc;
mod zip;

pub use charset::{Decoded, decode};
pub use cut::{Cut, Loss, Outcome, Page};
pub use discover::{Request, discover, read_list};
pub use discovered::{Discovered, Input, InputKind, LeftOut, Notice};
pub use kind::Hints;
pub use open::{Opened, Whole, open, read_whole};
pub use panics::quiet_caught_panics;
pub use stream::Place;

use crate::config::MAX_PAGE_BYTES;
use crate::record::{Container, FieldNames};

/// How inputs are read.
#[derive(Debug, Clone)]
pub struct Options {
    /// The largest page that is read, in bytes.
    pub max_page_bytes: u64,
    /// The format of the inputs, if the user states it.
    pub format: Option<Container>,
    /// Names of fields in records.
    pub fields: FieldNames,
}

impl Default for Options {
    fn default() -> Self {
        Self { max_page_bytes: MAX_PAGE_BYTES, format: None, fields: FieldNames::default() }
    }
}

impl Options {
    fn container(&self, head: &[u8], name: &str) -> Container {
        self.format.unwrap_or_else(|| Container::of(head, name))
    }
}
