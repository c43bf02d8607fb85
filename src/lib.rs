//! Turns scraped question-and-answer pages into validated datasets.
//!
//! There are three entry points:
//!
//! - [`read_page`] takes the text of one page and returns its entries, rejects and
//!   segments. It uses no files and no threads. [`read_html`] does the same for
//!   HTML.
//! - [`ingest`] takes files and folders and writes a dataset. Pages are read in
//!   parallel, and the dataset is written completely or not at all.
//! - [`validate::path`] returns every finding about a dataset, with file, record
//!   and field.
//!
//! They use [`profile`] (the rules for a family of pages, as data), [`config`] (what
//! a run is asked to do), [`record`] (the wire format, field by field) with its
//! [`schema`], and [`id`] (how an entry's id is computed).
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
mod source;
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

pub use error::Error;
pub use pipeline::{Progress, Summary, ingest};
pub use read::{Reading, Segment, read_html, read_page};

/// Runs the library example in the README as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
