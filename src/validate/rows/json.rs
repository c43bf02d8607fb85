//! One JSON array of records: read a line at a time where each line is a
//! record, as our writer lays it out, and as a whole otherwise.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Fault, Row, Rows, next_line, parse};
use crate::error::Error;

/// Looks at the first lines for the layout.
pub(super) fn open(mut reader: impl BufRead + 'static, path: &Path) -> Result<Rows, Error> {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    next_line(&mut reader, &mut first, path)?;
    next_line(&mut reader, &mut second, path)?;
    let by_line = first == b"[" && (second == b"]" || matches!(record(&second), (Ok(Value::Object(_)), _)));
    if by_line {
        return Ok(Box::new(LineRows {
            reader,
            path: path.to_owned(),
            next: second,
            more: true,
            number: 0,
            after: After::Start,
        }));
    }
    let mut whole = first;
    whole.push(b'\n');
    whole.append(&mut second);
    whole.push(b'\n');
    reader.read_to_end(&mut whole).map_err(Error::io("read", path))?;
    Ok(Box::new(whole_rows(&whole).into_iter().map(Ok)))
}

/// A line → its record, and whether a comma ends it.
fn record(line: &[u8]) -> (Result<Value, Fault>, bool) {
    match line.strip_suffix(b",") {
        Some(line) => (parse(line), true),
        None => (parse(line), false),
    }
}

fn whole_rows(text: &[u8]) -> Vec<Row> {
    let row = |number, value| Row { number, line: None, value };
    match parse(text) {
        Ok(Value::Array(records)) => {
            (1..).zip(records).map(|(number, record)| row(number, Ok(record))).collect()
        }
        Ok(_) => vec![row(1, Err(broken("the file is not a JSON array")))],
        Err(fault) => vec![row(1, Err(Fault { last: true, ..fault }))],
    }
}

fn broken(message: &str) -> Fault {
    Fault { last: true, ..Fault::malformed(message) }
}

/// What the last line was.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Start,
    Comma,
    NoComma,
    End,
}

/// The records of an array with one record a line.
struct LineRows<R> {
    reader: R,
    path: PathBuf,
    /// The line to be read next.
    next: Vec<u8>,
    /// Whether there was one.
    more: bool,
    number: u64,
    after: After,
}

impl<R: BufRead> LineRows<R> {
    fn row(&mut self, value: Result<Value, Fault>) -> Row {
        self.number += 1;
        Row { number: self.number, line: Some(self.number + 1), value }
    }

    fn finish(&mut self) -> Result<Option<Row>, Error> {
        let comma = self.after == After::Comma;
        self.after = After::End;
        let mut rest = Vec::new();
        self.reader.read_to_end(&mut rest).map_err(Error::io("read", &self.path))?;
        Ok(if comma {
            Some(self.row(Err(broken("there is a comma before the end of the array"))))
        } else if rest.trim_ascii().is_empty() {
            None
        } else {
            Some(self.row(Err(broken("there is text after the end of the array"))))
        })
    }

    fn next_row(&mut self) -> Result<Option<Row>, Error> {
        if self.after == After::End {
            return Ok(None);
        }
        if self.next == b"]" {
            return self.finish();
        }
        if !self.more {
            self.after = After::End;
            return Ok(Some(self.row(Err(broken("the array does not end")))));
        }
        let (mut value, comma) = record(&self.next);
        if self.after == After::NoComma {
            value = value.and(Err(Fault::malformed("a comma is missing before the record")));
        }
        self.after = if comma { After::Comma } else { After::NoComma };
        let row = self.row(value);
        self.more = next_line(&mut self.reader, &mut self.next, &self.path)?;
        Ok(Some(row))
    }
}

impl<R: BufRead> Iterator for LineRows<R> {
    type Item = Result<Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_row().transpose()
    }
}
