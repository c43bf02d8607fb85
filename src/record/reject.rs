//! A reject: what looked like an entry and is none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Extractor;
use crate::dataset::reject_text;
use crate::input::Loss;

wire_enum! {
    /// Why something that looked like an entry is none.
    RejectReason {
        /// A record of an input could not be read: it is cut off, or not what its container says.
        DamagedRecord = "damaged_record",
        /// The same question, answer and source stand earlier in the dataset.
        Duplicate = "duplicate",
        /// After cleaning, the answer is empty.
        EmptyAnswer = "empty_answer",
        /// After cleaning, the question is empty.
        EmptyQuestion = "empty_question",
        /// A question that no answer follows.
        NoAnswer = "no_answer",
        /// An answer with an attribution that no question stands before.
        NoQuestion = "no_question",
        /// A page of the family whose questions were stripped away.
        QuestionsStripped = "questions_stripped",
        /// A record of an input is longer than `--max-page-bytes`.
        TooLargeRecord = "too_large_record",
        /// Text below a question that markup declares, which no declared answer holds.
        UndeclaredText = "undeclared_text",
        /// A part of a JSON-LD block that cannot be read.
        UnreadableMarkup = "unreadable_markup",
    }
}

/// What looked like an entry and is none: one row of `rejects.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// Name of the page, as in [`Entry::page`](super::Entry::page).
    pub page: String,
    /// First line on a text page, 1-based.
    pub line_start: Option<u32>,
    /// Last line on a text page.
    pub line_end: Option<u32>,
    /// For a record that could not be read, where it begins in the input, in
    /// bytes; in a compressed input, where the member that holds it begins. Else null.
    pub offset: Option<u64>,
    /// Why.
    pub reason: RejectReason,
    /// The reason as a sentence.
    pub detail: String,
    /// What found it, if it is a duplicate or markup declares it; else null.
    pub extractor: Option<Extractor>,
    /// The text itself; from 4 KiB on, its first 4 KiB at most.
    pub text: String,
    /// SHA-256 of the whole text in hex, where `text` was cut; else null.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub text_sha256: Option<String>,
    /// A duplicate's own position on its page; else null.
    #[schemars(range(min = 1))]
    pub position: Option<u32>,
    /// For a duplicate, the page of the entry that was kept.
    pub kept_page: Option<String>,
    /// For a duplicate, the position of the entry that was kept.
    #[schemars(range(min = 1))]
    pub kept_position: Option<u32>,
}

impl Reject {
    /// A reject of a text that stands between two lines of a page.
    pub(crate) fn new(
        page: &str,
        reason: RejectReason,
        lines: (Option<u32>, Option<u32>),
        text: &str,
    ) -> Self {
        let (text, text_sha256) = reject_text(text);
        Self {
            page: page.to_owned(),
            line_start: lines.0,
            line_end: lines.1,
            offset: None,
            reason,
            detail: reason.detail().to_owned(),
            extractor: None,
            text,
            text_sha256,
            position: None,
            kept_page: None,
            kept_position: None,
        }
    }
}

impl Reject {
    /// A record that could not be read.
    pub(crate) fn of_record(page: &str, loss: Loss) -> Self {
        Self {
            offset: Some(loss.place.offset),
            detail: loss.detail,
            ..Self::new(page, loss.reason, (None, None), &loss.text)
        }
    }
}

impl RejectReason {
    /// Whether a record of an input is meant that could not be read, not a part of a page.
    #[must_use]
    pub const fn is_record(self) -> bool {
        matches!(self, Self::DamagedRecord | Self::TooLargeRecord)
    }

    /// The reason as a sentence.
    #[must_use]
    pub const fn detail(self) -> &'static str {
        match self {
            Self::DamagedRecord => "the record is damaged",
            Self::Duplicate => "the same question, answer and source stand earlier in the dataset",
            Self::EmptyAnswer => "nothing is left of the answer after cleaning",
            Self::EmptyQuestion => "nothing is left of the question after cleaning",
            Self::NoAnswer => "no answer follows the question",
            Self::NoQuestion => "no question stands before the answer",
            Self::QuestionsStripped => "the page shows answers, but its questions were stripped away",
            Self::TooLargeRecord => "the record is longer than `--max-page-bytes` allows",
            Self::UndeclaredText => {
                "the page shows it with a question that markup declares, and no declared answer holds it"
            }
            Self::UnreadableMarkup => "a block of JSON-LD cannot be read to its end",
        }
    }
}
