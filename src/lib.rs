//! Turns scraped question-and-answer pages into validated datasets.
//!
//! Three things to do, each one call:
//!
//! - [`read_page`]: the text of one page in; its entries, rejects and segments
//!   out. It knows no files and no threads.
//! - [`ingest`]: files and folders in, a dataset out, read in parallel and
//!   written whole or not at all.
//! - [`validate::path`]: every finding about a dataset, with file, record and
//!   field.
//!
//! What they need: [`profile`] (the rules of a family of pages, as data),
//! [`config`] (what a run is asked to do), [`record`] (the wire format, field
//! by field) with its [`schema`], and [`id`] (how an entry's id is made).
//!
//! ```
//! use qasift::{profile::Profiles, read_page};
//!
//! let page = "How long do bees live?\nSix weeks in summer.\nView complete answer on bees.example\n";
//! let profiles = Profiles::built_in();
//! let reading = read_page(page, "bees.txt", &profiles);
//! assert_eq!(reading.entries[0].answer, "Six weeks in summer.");
//! ```

mod answer;
mod bytes;
pub mod config;
mod dedup;
pub mod diagnostic;
pub mod error;
pub mod id;
mod language;
mod layout;
#[doc(hidden)]
pub mod markup;
mod page;
mod pipeline;
pub mod profile;
mod quick;
mod read;
mod reconcile;
pub mod record;
pub mod schema;
mod split;
mod tags;
pub mod validate;

// Shared with the command line, the tests and the fuzz targets of this
// package; not a part of the library that others can build on.
#[doc(hidden)]
pub mod clean;
#[doc(hidden)]
pub mod dataset;
#[doc(hidden)]
pub mod input;
#[doc(hidden)]
pub mod source;

pub use error::Error;
pub use pipeline::{Progress, Summary, ingest};
pub use read::{Reading, Segment, read_html, read_page};

/// Compiles what the README shows of the library.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
