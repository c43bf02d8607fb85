//! Turns scraped question-and-answer pages into validated datasets.

mod answer;
pub mod clean;
pub mod config;
pub mod dataset;
mod dedup;
pub mod diagnostic;
pub mod error;
pub mod id;
pub mod input;
mod page;
mod pipeline;
pub mod profile;
mod read;
pub mod record;
pub mod schema;
pub mod source;
mod split;
pub mod validate;

pub use error::Error;
pub use pipeline::{Progress, Summary, ingest};
pub use read::{Reading, Segment, read_page};
