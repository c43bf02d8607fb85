//! JSON Lines: one JSON object per line, each a page.

use super::cut::{Cut, Form, Loss, Object, Start};
use super::open::Cutter;
use super::stream::{Fault, Stream};
use crate::record::FieldNames;

/// Cuts content into lines. A record's number is that of its line.
pub(super) struct Lines {
    line: u64,
    max_bytes: u64,
    fields: FieldNames,
    /// Whether a line may hold a page; where none has so far, a broken one is no loss.
    of_pages: bool,
}

impl Cutter for Lines {
    fn cut(&mut self, stream: &mut Stream<'_>) -> Option<Cut> {
        loop {
            self.line += 1;
            let number = Some(self.line);
            let place = stream.place();
            match self.line(stream) {
                Ok(Line::End) => return None,
                Ok(Line::Whole(bytes)) if bytes.trim_ascii().is_empty() => {}
                Ok(Line::Whole(mut bytes)) => {
                    // A comma after it is left from the array that the lines were cut out of.
                    let object = bytes.trim_ascii_end();
                    let object = object.strip_suffix(b",").unwrap_or(object);
                    bytes.truncate(object.trim_ascii_end().len());
                    self.of_pages = self.of_pages || self.fields.may_hold_page(&bytes);
                    let start = Start { line: self.line, column: 0 };
                    let form = Form::Json(Object { bytes, start, of_pages: self.of_pages });
                    return Some(Cut { number, place, form });
                }
                Ok(Line::TooLong) => {
                    return Some(Cut::lost(number, Loss::too_large(place, self.max_bytes)));
                }
                Err(fault) => {
                    stream.recover(&fault);
                    return Some(Cut::lost(number, Loss::damaged(fault)));
                }
            }
        }
    }
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
    End,
}

impl Lines {
    /// `of_pages` says that its lines are known to be pages.
    pub(super) fn new(max_bytes: u64, fields: FieldNames, of_pages: bool) -> Self {
        Self { line: 0, max_bytes, fields, of_pages }
    }

    /// Reads a line, its end included; of one that is too long nothing is kept.
    fn line(&self, stream: &mut Stream<'_>) -> Result<Line, Fault> {
        let mut line = Vec::new();
        let mut too_long = false;
        loop {
            let found = stream.fill()?;
            let end = memchr::memchr(b'\n', found).map(|at| at + 1);
            let part = &found[..end.unwrap_or(found.len())];
            too_long |= (line.len() + part.len()) as u64 > self.max_bytes;
            if too_long {
                line = Vec::new();
            } else {
                line.extend_from_slice(part);
            }
            let taken = part.len();
            stream.consume(taken);
            if end.is_some() || taken == 0 {
                break;
            }
        }
        Ok(match (too_long, line.is_empty()) {
            (true, _) => Line::TooLong,
            (false, true) => Line::End,
            (false, false) => Line::Whole(line),
        })
    }
}
