//! Counts what became of an input's records.

use super::reader::Outcome;
use crate::record::{Container, InputRow, InputStatus, RejectReason, SkipReason};

/// The row of an input that is being read.
pub(super) struct Tally(InputRow);

impl Tally {
    /// Begins with what is known about the input before its records are read.
    pub(super) fn new(mut row: InputRow) -> Self {
        row.records = (row.container != Container::File).then_some(0);
        Self(row)
    }

    /// Counts a record. If the file is the page, what became of it is the input's status.
    pub(super) fn note(&mut self, number: Option<u64>, outcome: &Outcome) {
        let row = &mut self.0;
        row.records = row.records.map(|records| records + 1);
        match outcome {
            Outcome::Page(_) => row.pages += 1,
            Outcome::Skipped(reason, detail) if number.is_none() => {
                let status = match reason {
                    SkipReason::Empty => InputStatus::Empty,
                    _ => InputStatus::Binary,
                };
                (row.status, row.detail) = (status, Some(detail.clone()));
            }
            Outcome::Skipped(reason, _) => *row.skipped.entry(*reason).or_default() += 1,
            Outcome::Lost(loss) if number.is_none() => {
                let status = match loss.reason {
                    RejectReason::TooLargeRecord => InputStatus::TooLarge,
                    _ => InputStatus::Damaged,
                };
                (row.status, row.detail) = (status, Some(loss.detail.clone()));
            }
            Outcome::Lost(_) => row.damaged += 1,
        }
    }

    /// The input's row; `end` is what was known at its end.
    pub(super) fn finish(self, end: InputRow) -> InputRow {
        let Self(row) = self;
        let (bytes, sha256) = (end.bytes, end.sha256);
        if row.status != InputStatus::Read {
            return InputRow { bytes, sha256, ..row };
        }
        if row.pages == 0 && row.damaged > 0 && row.skipped.is_empty() {
            let detail = Some("none of its records could be read".to_owned());
            return InputRow { bytes, sha256, status: InputStatus::Damaged, detail, ..row };
        }
        // An input that could not be read to its end may still have pages.
        let damaged = end.status == InputStatus::Unreadable && row.records.is_some();
        let status = if damaged { InputStatus::Damaged } else { end.status };
        InputRow { bytes, sha256, status, detail: end.detail, ..row }
    }

    /// The row of an input that is not read any further, so that its size and digest are unknown.
    pub(super) fn stop(self) -> InputRow {
        let detail = Some("`--limit` ended the run before its end".to_owned());
        InputRow { bytes: None, sha256: None, status: InputStatus::Partial, detail, ..self.0 }
    }
}
