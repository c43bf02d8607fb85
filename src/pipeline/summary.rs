//! The outcome of a run, for the user.

use std::collections::BTreeMap;

use super::page::ReadPage;
use crate::Error;
use crate::input::{Input, LeftOut, Notice};
use crate::record::{InputRow, InputStatus, Reject, RejectReason, SkipReason, Totals};

/// The outcome of a run.
#[derive(Debug, Default)]
pub struct Summary {
    /// Sums over the dataset's rows.
    pub totals: Totals,
    /// Number of inputs by status.
    pub inputs: BTreeMap<InputStatus, u64>,
    /// The inputs that were not read, with the reason. Their path is the one that messages show.
    pub unread: Vec<InputRow>,
    /// The first thousand records that could not be read, without their text. Their page
    /// is the name that messages show.
    pub lost: Vec<Reject>,
    /// Number of records that are not pages, by reason.
    pub no_pages: BTreeMap<SkipReason, u64>,
    /// Number of bytes read.
    pub bytes: u64,
    /// Number of files in folders that were not read.
    pub skipped: u64,
    /// The first thousand of them, and of the folders that were not entered.
    pub left_out: Vec<LeftOut>,
    /// What the user may not expect.
    pub notices: Vec<Notice>,
}

/// The largest number of records that could not be read in a summary.
const MAX_LOST: usize = 1000;

impl Summary {
    /// Counts an input, which messages name `place`.
    pub(super) fn note(&mut self, row: InputRow, place: String) {
        self.totals.inputs += 1;
        for (&reason, count) in &row.skipped {
            *self.no_pages.entry(reason).or_default() += count;
        }
        self.bytes += row.sha256.as_ref().and(row.bytes).unwrap_or_default();
        *self.inputs.entry(row.status).or_default() += 1;
        if !matches!(row.status, InputStatus::Read | InputStatus::Partial) {
            self.unread.push(InputRow { path: place, ..row });
        }
    }

    /// Counts a record that could not be read, which messages name `place`.
    pub(super) fn lost(&mut self, reject: Reject, place: String) {
        *self.totals.rejects.entry(reject.reason).or_default() += 1;
        if self.lost.len() < MAX_LOST {
            self.lost.push(Reject { page: place, text: String::new(), ..reject });
        }
    }

    /// Counts a page.
    pub(super) fn count(&mut self, page: &ReadPage) {
        let totals = &mut self.totals;
        totals.add_page(&page.row);
        totals.entries += page.row.entries;
        for reject in &page.rejects {
            *totals.rejects.entry(reject.reason).or_default() += 1;
        }
    }

    /// Number of records that could not be read.
    #[must_use]
    pub fn damaged(&self) -> u64 {
        let rejects = self.totals.rejects.iter();
        rejects.filter(|(reason, _)| reason.is_record()).map(|(_, count)| count).sum()
    }

    /// Number of rejects other than duplicates.
    #[must_use]
    pub fn rejects(&self) -> u64 {
        let rejects = self.totals.rejects.iter();
        rejects.filter(|(reason, _)| **reason != RejectReason::Duplicate).map(|(_, count)| count).sum()
    }
}

/// The hint for a request that finds no files.
const NO_PAGE_HINT: &str = "In folders, files are selected by their extension (`qasift ingest --help` lists them) or by \
    `--include`; a file named directly is always read.";

/// The hint for inputs without pages.
const RECORD_HINT: &str = "docs/inputs.md lists the fields, media types and extensions by which a record is recognised \
    as a page; `--text-field` and `--html-field` name other fields.";

/// The error for a run without pages.
pub(super) fn no_page(summary: &Summary, inputs: &[Input]) -> Error {
    let is_of = |reject: &Reject| summary.unread.iter().all(|row| reject.page.starts_with(&row.path));
    if let Some(reject) = summary.lost.first().filter(|reject| is_of(reject)) {
        let message =
            format!("none of the records could be read as a page; `{}`: {}", reject.page, reject.detail);
        return Error::usage(message, None);
    }
    let Some(row) = summary.unread.first() else {
        if !summary.no_pages.is_empty() {
            return Error::usage("none of the records is a page", RECORD_HINT);
        }
        if let [input] = inputs {
            return Error::usage(format!("`{}` contains no records", input.place()), None);
        }
        if !inputs.is_empty() {
            return Error::usage(format!("none of the {} inputs contains a record", inputs.len()), None);
        }
        let found =
            summary.notices.first().map_or_else(|| "there is no page to read".to_owned(), Notice::to_string);
        return Error::usage(found, NO_PAGE_HINT);
    };
    let (path, reason) = (&row.path, row.detail.as_deref().unwrap_or_default());
    let message = match summary.unread.len() {
        1 => format!("`{path}` was not read: {reason}"),
        inputs => format!("none of the {inputs} inputs was read; `{path}`: {reason}"),
    };
    let hint = match row.status {
        InputStatus::Damaged => "Fetch the file again, or repair it.",
        InputStatus::Unreadable => "Check its name and its permissions.",
        InputStatus::TooLarge => "Allow larger pages with `--max-page-bytes`.",
        _ => "Name a file that is text and not empty.",
    };
    Error::usage(message, hint)
}
