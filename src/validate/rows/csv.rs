//! CSV: a header row, then one entry a record; an empty cell is null.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use csv::{ByteRecord, ErrorKind, Reader, ReaderBuilder, Terminator};
use serde_json::{Map, Value};

use super::{Fault, Row};
use crate::diagnostic::{Code, quote};
use crate::error::Error;
use crate::record::ENTRY_FIELDS;

/// The entries of a CSV file.
pub(super) struct CsvRows<R> {
    reader: Reader<R>,
    path: PathBuf,
    record: ByteRecord,
    /// Whether other columns may be between ours.
    newer: bool,
    /// The column of each field; empty before the header.
    columns: Vec<usize>,
    /// Number of columns.
    width: usize,
    number: u64,
    ended: bool,
}

impl<R: BufRead> CsvRows<R> {
    pub(super) fn new(reader: R, path: &Path, newer: bool) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .terminator(Terminator::Any(b'\n'))
            .from_reader(reader);
        Self {
            reader,
            path: path.to_owned(),
            record: ByteRecord::new(),
            newer,
            columns: Vec::new(),
            width: 0,
            number: 0,
            ended: false,
        }
    }

    fn read(&mut self) -> Result<bool, Error> {
        self.reader.read_byte_record(&mut self.record).map_err(|error| match error.into_kind() {
            ErrorKind::Io(source) => Error::io("read", &self.path)(source),
            other => Error::io("read", &self.path)(std::io::Error::other(format!("{other:?}"))),
        })
    }

    /// Reads the header row; a fault if it is not the list of fields.
    fn header(&mut self) -> Result<Option<Fault>, Error> {
        if !self.read()? {
            return Ok(Some(header_fault("the file is empty".to_owned())));
        }
        let found = self.record.iter().map(String::from_utf8_lossy).collect::<Vec<_>>();
        self.width = found.len();
        let column = |field: &&str| found.iter().position(|found| found == field);
        self.columns = ENTRY_FIELDS.iter().filter_map(column).collect();
        let all = self.columns.len() == ENTRY_FIELDS.len() && self.columns.is_sorted();
        if all && (self.newer || self.width == ENTRY_FIELDS.len()) {
            return Ok(None);
        }
        let at = found.iter().zip(ENTRY_FIELDS).take_while(|(found, field)| *found == field).count();
        Ok(Some(header_fault(match (found.get(at), ENTRY_FIELDS.get(at)) {
            (Some(found), Some(field)) => format!("column {} is {}, not `{field}`", at + 1, quote(found)),
            (None, Some(field)) => format!("column {}, `{field}`, is missing", at + 1),
            (Some(found), None) => format!("column {}, {}, is not a field", at + 1, quote(found)),
            (None, None) => "the header is not the list of fields".to_owned(),
        })))
    }

    /// The record's cells → an entry as JSON.
    fn entry(&self) -> Result<Value, Fault> {
        let width = self.record.len();
        if width != self.width {
            return Err(Fault::malformed(format!("the record has `{width}` cells, not `{}`", self.width)));
        }
        let mut entry = Map::new();
        for (field, &column) in ENTRY_FIELDS.into_iter().zip(&self.columns) {
            let cell = std::str::from_utf8(&self.record[column])
                .map_err(|_| Fault::malformed(format!("the cell of `{field}` is not UTF-8")))?;
            entry.insert(field.to_owned(), value(field, cell));
        }
        Ok(Value::Object(entry))
    }

    fn next_row(&mut self) -> Result<Option<Row>, Error> {
        if self.ended {
            return Ok(None);
        }
        if self.number == 0
            && let Some(fault) = self.header()?
        {
            self.ended = true;
            return Ok(Some(Row { number: 1, line: Some(1), value: Err(fault) }));
        }
        if !self.read()? {
            self.ended = true;
            return Ok(None);
        }
        self.number += 1;
        let line = self.record.position().map(csv::Position::line);
        Ok(Some(Row { number: self.number, line, value: self.entry() }))
    }
}

impl<R: BufRead> Iterator for CsvRows<R> {
    type Item = Result<Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row().transpose()
    }
}

fn header_fault(message: String) -> Fault {
    Fault { code: Code::CsvHeader, message, last: true }
}

/// A cell → the value that it stands for. What stands for none stays text,
/// for the schema to find.
fn value(field: &str, cell: &str) -> Value {
    match field {
        "flags" if cell.is_empty() => Value::Array(Vec::new()),
        "flags" => cell.split(';').map(Value::from).collect(),
        "id" | "question" | "answer" | "answer_kind" | "page" | "extractor" => cell.into(),
        _ if cell.is_empty() => Value::Null,
        "votes" | "position" | "line_start" | "line_end" => match cell.parse::<i64>() {
            Ok(number) if number.to_string() == cell => number.into(),
            _ => cell.into(),
        },
        _ => cell.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn cells_have_the_types_of_the_schema() {
        let schema = crate::schema::schema("entry").expect("entry");
        for field in ENTRY_FIELDS {
            let property = &schema["properties"][field];
            let is = |kind: &str| match &property["type"] {
                Value::Array(kinds) => kinds.contains(&json!(kind)),
                other => other == kind,
            };
            let (integer, array) = (is("integer"), is("array"));
            let nullable = is("null") || property["anyOf"][1]["type"] == "null";
            let empty = value(field, "");
            assert_eq!(empty.is_null(), nullable || integer, "{field}");
            assert_eq!(value(field, "7").is_number(), integer, "{field}");
            assert_eq!(value(field, "7").is_array(), array, "{field}");
        }
    }

    #[test]
    fn only_canonical_numbers_are_numbers() {
        assert_eq!(value("votes", "-3"), json!(-3));
        for cell in ["+1", "01", "1.0", "1e3", " 1"] {
            assert_eq!(value("votes", cell), json!(cell));
        }
    }
}
