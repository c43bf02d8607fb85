//! Reading a file's records one after the other, whatever its format.
//!
//! A record that cannot be read is a fault in its place; reading continues after it
//! where the format allows.

mod csv;
mod json;
mod jsonl;
mod strict;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::Value;

use crate::diagnostic::Code;
use crate::error::Error;
use strict::Strict;

/// One record of a file.
#[derive(Debug, PartialEq)]
pub(crate) struct Row {
    /// 1-based, without the CSV's header.
    pub(crate) number: u64,
    /// Line of its first character, 1-based, where it is known.
    pub(crate) line: Option<u64>,
    /// The record, or why it cannot be read.
    pub(crate) value: Result<Value, Fault>,
}

/// Why a record cannot be read.
#[derive(Debug, PartialEq)]
pub(crate) struct Fault {
    pub(crate) code: Code,
    /// One sentence.
    pub(crate) message: String,
    /// Whether nothing can be read after it.
    pub(crate) last: bool,
}

impl Fault {
    fn malformed(message: impl Into<String>) -> Self {
        Self { code: Code::RowMalformed, message: message.into(), last: false }
    }
}

/// The records of a file, in order. An error is the system's, not the data's.
pub(crate) type Rows = Box<dyn Iterator<Item = Result<Row, Error>>>;

/// Opens a file, whose extension determines the format. The CSV of a `newer` minor
/// version may have additional columns between ours.
pub(crate) fn open(path: &Path, newer: bool) -> Result<Rows, Error> {
    let file = File::open(path).map_err(Error::io("read", path))?;
    let reader = BufReader::with_capacity(1 << 16, file);
    Ok(match path.extension().and_then(|extension| extension.to_str()) {
        Some("csv") => Box::new(csv::CsvRows::new(reader, path, newer)),
        Some("json") => json::open(reader, path)?,
        _ => Box::new(jsonl::JsonlRows::new(reader, path)),
    })
}

/// A record's JSON text → its value.
pub(crate) fn parse(text: &[u8]) -> Result<Value, Fault> {
    let text = std::str::from_utf8(text)
        .map_err(|error| Fault::malformed(format!("byte {} is not UTF-8", error.valid_up_to() + 1)))?;
    match serde_json::from_str(text) {
        Ok(Strict(value)) => Ok(value),
        Err(error) => Err(Fault::malformed(format!("not a JSON record: {error}"))),
    }
}

/// The next line into `buffer`, without its line feed; false at the end.
fn next_line(reader: &mut impl BufRead, buffer: &mut Vec<u8>, path: &Path) -> Result<bool, Error> {
    buffer.clear();
    let read = reader.read_until(b'\n', buffer).map_err(Error::io("read", path))?;
    if buffer.last() == Some(&b'\n') {
        buffer.pop();
    }
    Ok(read > 0)
}

#[cfg(test)]
mod tests;
