//! What a run came to.

use std::collections::BTreeMap;

use super::page::ReadPage;
use crate::Error;
use crate::input::{Input, LeftOut, Notice};
use crate::record::{InputRow, InputStatus, Reject, RejectReason, SkipReason, Totals};

/// What a run came to.
#[derive(Debug, Default)]
pub struct Summary {
    /// Sums over the dataset's rows.
    pub totals: Totals,
    /// Inputs by what became of them.
    pub inputs: BTreeMap<InputStatus, u64>,
    /// The inputs that could not be used, with the reason. The path is what messages call it.
    pub unread: Vec<InputRow>,
    /// The records that could not be read, the first thousand of them, without their text.
    /// The page is what messages call it.
    pub lost: Vec<Reject>,
    /// Records that are no pages, by the reason.
    pub no_pages: BTreeMap<SkipReason, u64>,
    /// Bytes that were read.
    pub bytes: u64,
    /// Files in folders that are not read.
    pub skipped: u64,
    /// The first thousand of them, and of folders in folders that are not entered.
    pub left_out: Vec<LeftOut>,
    /// What the user may not expect.
    pub notices: Vec<Notice>,
}

/// Records that could not be read of which a summary tells.
const LOST: usize = 1000;

impl Summary {
    /// Counts an input, which messages call `place`.
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

    /// Counts a record that could not be read, which messages call `place`.
    pub(super) fn lost(&mut self, reject: Reject, place: String) {
        *self.totals.rejects.entry(reject.reason).or_default() += 1;
        if self.lost.len() < LOST {
            self.lost.push(Reject { page: place, text: String::new(), ..reject });
        }
    }

    pub(super) fn count(&mut self, page: &ReadPage) {
        let totals = &mut self.totals;
        totals.add_page(&page.row);
        totals.entries += page.row.entries;
        for reject in &page.rejects {
            *totals.rejects.entry(reject.reason).or_default() += 1;
        }
    }

    /// Records that could not be read.
    #[must_use]
    pub fn damaged(&self) -> u64 {
        let rejects = self.totals.rejects.iter();
        rejects.filter(|(reason, _)| reason.is_record()).map(|(_, count)| count).sum()
    }

    /// Rejects other than duplicates.
    #[must_use]
    pub fn rejects(&self) -> u64 {
        let rejects = self.totals.rejects.iter();
        rejects.filter(|(reason, _)| **reason != RejectReason::Duplicate).map(|(_, count)| count).sum()
    }
}

/// Which files are read, for a request that finds none.
const NO_PAGE_HINT: &str = "In folders, pages of text and HTML and files that hold pages are read, compressed ones too, \
    by their extensions (`qasift ingest --help` lists them), or those that `--include` names; a file named directly is \
    always read.";

/// Which records are pages, for inputs that hold none.
const RECORD_HINT: &str = "Records are pages by their fields, media types or names, as docs/inputs.md lists them; \
    `--text-field` and `--html-field` name other fields.";

/// Says why a run has no page.
pub(super) fn no_page(summary: &Summary, inputs: &[Input]) -> Error {
    let is_of = |reject: &Reject| summary.unread.iter().all(|row| reject.page.starts_with(&row.path));
    if let Some(reject) = summary.lost.first().filter(|reject| is_of(reject)) {
        let message =
            format!("none of the records could be read as a page; `{}`: {}", reject.page, reject.detail);
        return Error::usage(message, None);
    }
    let Some(row) = summary.unread.first() else {
        if !summary.no_pages.is_empty() {
            return Error::usage("no record is a page", RECORD_HINT);
        }
        if let [input] = inputs {
            return Error::usage(format!("`{}` holds no records", input.place()), None);
        }
        if !inputs.is_empty() {
            return Error::usage(format!("none of {} inputs holds a record", inputs.len()), None);
        }
        let found =
            summary.notices.first().map_or_else(|| "there is no page to read".to_owned(), Notice::to_string);
        return Error::usage(found, NO_PAGE_HINT);
    };
    let (path, reason) = (&row.path, row.detail.as_deref().unwrap_or_default());
    let message = match summary.unread.len() {
        1 => format!("`{path}` was not read: {reason}"),
        inputs => format!("none of {inputs} inputs was read; `{path}`: {reason}"),
    };
    let hint = match row.status {
        InputStatus::Damaged => "Fetch the file again, or repair it.",
        InputStatus::Unreadable => "Check its name, and whether you may read it.",
        InputStatus::TooLarge => "Allow larger pages with `--max-page-bytes`.",
        _ => "Name a page that is text.",
    };
    Error::usage(message, hint)
}
