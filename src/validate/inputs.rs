//! Inputs: in order, each once, with fields that fit their status.

use std::collections::HashMap;

use super::findings::{Findings, Place, Sink};
use crate::diagnostic::{Code, quote};
use crate::record::{Container, InputRow, InputStatus};

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
    /// Whether it may have pages.
    read: bool,
    /// Pages and damaged records, as its row states them.
    stated: (u64, u64),
    pages: u64,
    damaged: u64,
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

    /// Counts a damaged record of an input; false if there is no such input.
    pub(crate) fn take_damaged(&mut self, path: &str) -> bool {
        match self.by_path.get_mut(path) {
            Some(input) => {
                input.damaged += 1;
                true
            }
            None => self.incomplete,
        }
    }

    /// Finds inputs whose rows state other numbers than there are.
    pub(crate) fn finish(&self, file: &str, findings: &mut Findings) {
        for input in self.by_path.values() {
            let (pages, damaged) = input.stated;
            for (field, stated, counted) in
                [("pages", pages, input.pages), ("damaged", damaged, input.damaged)]
            {
                if stated != counted {
                    let message = format!("the row says `{stated}`, but there are `{counted}`");
                    findings.at(Place::record(file, input.row)).add(Code::InputPages, field, message);
                }
            }
        }
    }

    /// Checks a row and adds its input.
    pub(crate) fn row(&mut self, row: &InputRow, sink: &mut Sink<'_>) {
        self.rows += 1;
        if let Some(last) = &self.last
            && last.as_bytes() >= row.path.as_bytes()
        {
            let message = format!("{} must not follow {}", quote(&row.path), quote(last));
            sink.add(Code::InputOrder, "path", message);
        }
        self.last = Some(row.path.clone());
        self.by_path.insert(
            row.path.clone(),
            Input {
                row: self.rows,
                read: may_have_pages(row),
                stated: (row.pages, row.damaged),
                pages: 0,
                damaged: 0,
            },
        );
        state(row, sink);
        numbers(row, sink);
    }
}

/// Whether pages of an input may be in the dataset.
fn may_have_pages(row: &InputRow) -> bool {
    matches!(row.status, InputStatus::Read | InputStatus::Partial)
        || (row.status == InputStatus::Damaged && row.records.is_some())
}

/// Checks the fields that depend on the status.
fn state(row: &InputRow, sink: &mut Sink<'_>) {
    let read = row.status == InputStatus::Read;
    if read && (row.bytes.is_none() || row.sha256.is_none()) {
        let field = if row.bytes.is_none() { "bytes" } else { "sha256" };
        sink.add(Code::InputState, field, "the input was read, but the field is null");
    }
    if read != row.detail.is_none() {
        let message = format!("the status is `{}`, but the detail does not fit it", row.status);
        sink.add(Code::InputState, "detail", message);
    }
    if (row.container == Container::File) != row.records.is_none() && may_have_pages(row) {
        let message = format!("the container is `{}`, but the number does not fit it", row.container);
        sink.add(Code::InputState, "records", message);
    }
}

/// Checks that every record of an input became something.
fn numbers(row: &InputRow, sink: &mut Sink<'_>) {
    let skipped = row.skipped.values().fold(0_u64, |sum, &records| sum.saturating_add(records));
    let sum = row.pages.saturating_add(skipped).saturating_add(row.damaged);
    let expected = row.records.unwrap_or(u64::from(row.status == InputStatus::Read));
    if sum != expected && may_have_pages(row) {
        let message =
            format!("pages, skipped and damaged records sum to `{sum}`, not to `{expected}` records");
        sink.add(Code::InputState, "records", message);
    }
}
