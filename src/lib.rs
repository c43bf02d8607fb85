//! Turns scraped question-and-answer pages into validated datasets.

pub mod clean;
pub mod config;
pub mod dataset;
pub mod error;
pub mod id;
pub mod input;
pub mod record;
pub mod schema;
pub mod source;

pub use error::Error;
