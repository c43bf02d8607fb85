//! One JSON record a line.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::{Row, next_line, parse};
use crate::error::Error;

/// The records of a JSON Lines file.
pub(super) struct JsonlRows<R> {
    reader: R,
    path: PathBuf,
    line: Vec<u8>,
    number: u64,
}

impl<R: BufRead> JsonlRows<R> {
    pub(super) fn new(reader: R, path: &Path) -> Self {
        Self { reader, path: path.to_owned(), line: Vec::new(), number: 0 }
    }
}

impl<R: BufRead> Iterator for JsonlRows<R> {
    type Item = Result<Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match next_line(&mut self.reader, &mut self.line, &self.path) {
            Ok(false) => None,
            Ok(true) => {
                self.number += 1;
                Some(Ok(Row { number: self.number, line: Some(self.number), value: parse(&self.line) }))
            }
            Err(error) => Some(Err(error)),
        }
    }
}
