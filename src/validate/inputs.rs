//! Inputs: in order, each once, with fields that fit their status.

use std::collections::HashMap;

use super::findings::{Findings, Place, Sink};
use crate::diagnostic::{Code, quote};
use crate::record::{InputRow, InputStatus};

/// What is known of every input.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    by_path: HashMap<String, Input>,
    last: Option<String>,
    /// Rows.
    pub(crate) rows: u64,
    /// Whether rows could not be read, or are not there at all.
    pub(crate) incomplete: bool,
}

#[derive(Debug)]
struct Input {
    row: u64,
    read: bool,
    pages: u64,
}

impl Inputs {
    /// Counts a page of an input; false if there is no such input that was read.
    pub(crate) fn take_page(&mut self, path: &str) -> bool {
        match self.by_path.get_mut(path) {
            Some(input) => {
                input.pages += 1;
                input.read
            }
            None => self.incomplete,
        }
    }

    /// Finds inputs that were read and have no page.
    pub(crate) fn finish(&self, file: &str, findings: &mut Findings) {
        for input in self.by_path.values().filter(|input| input.read && input.pages == 0) {
            findings.at(Place::record(file, input.row)).add(
                Code::InputPages,
                "path",
                "the input was read, and `pages.jsonl` has no page of it",
            );
        }
    }

    /// Checks a row and adds its input.
    pub(crate) fn row(&mut self, row: &InputRow, sink: &mut Sink<'_>) {
        self.rows += 1;
        if let Some(last) = &self.last
            && last.as_bytes() >= row.path.as_bytes()
        {
            let message = format!("{} does not belong behind {}", quote(&row.path), quote(last));
            sink.add(Code::InputOrder, "path", message);
        }
        self.last = Some(row.path.clone());
        let read = row.status == InputStatus::Read;
        self.by_path.insert(row.path.clone(), Input { row: self.rows, read, pages: 0 });
        if read && (row.bytes.is_none() || row.sha256.is_none()) {
            let field = if row.bytes.is_none() { "bytes" } else { "sha256" };
            sink.add(Code::InputState, field, "the input was read, and the field is null");
        }
        if read != row.detail.is_none() {
            let message = format!("the status is `{}`, and the detail does not fit it", row.status);
            sink.add(Code::InputState, "detail", message);
        }
    }
}
