//! A reject: what looked like an entry but is not one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Extractor;
use crate::dataset::reject_text;
use crate::input::Loss;

wire_enum! {
    /// Why something that looked like an entry is not one.
    RejectReason {
        /// A record of an input could not be read.
        DamagedRecord = "damaged_record",
        /// The same question, answer and source domain occur earlier in the dataset.
        Duplicate = "duplicate",
        /// Nothing is left of the answer after cleaning.
        EmptyAnswer = "empty_answer",
        /// Nothing is left of the question after cleaning.
        EmptyQuestion = "empty_question",
        /// A question that is not followed by an answer.
        NoAnswer = "no_answer",
        /// An answer that is not preceded by a question.
        NoQuestion = "no_question",
        /// A page whose questions were stripped before it was ingested.
        QuestionsStripped = "questions_stripped",
        /// A record of an input is longer than `--max-page-bytes`.
        TooLargeRecord = "too_large_record",
        /// Text that the page shows with a declared question, but that no declared answer contains.
        UndeclaredText = "undeclared_text",
        /// A JSON-LD block, from the point at which it cannot be read.
        UnreadableMarkup = "unreadable_markup",
    }
}

/// What looked like an entry but is not one: one row of `rejects.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// Name of the page, as in [`Entry::page`](super::Entry::page).
    pub page: String,
    /// First line on a text page, 1-based.
    pub line_start: Option<u32>,
    /// Last line on a text page.
    pub line_end: Option<u32>,
    /// For a record that could not be read, the byte offset in the input at which it begins;
    /// in a compressed input, the offset of the compressed member that contains it. Else null.
    pub offset: Option<u64>,
    /// Why.
    pub reason: RejectReason,
    /// The reason as a sentence.
    pub detail: String,
    /// What found it, for a duplicate or a declaration of markup; else null.
    pub extractor: Option<Extractor>,
    /// The text itself, truncated to 4,096 bytes at a character boundary.
    pub text: String,
    /// SHA-256 of the whole text in hex, if `text` is truncated; else null.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub text_sha256: Option<String>,
    /// For a duplicate, its own position on its page; else null.
    #[schemars(range(min = 1))]
    pub position: Option<u32>,
    /// For a duplicate, the page of the entry that was kept; else null.
    pub kept_page: Option<String>,
    /// For a duplicate, the position of the entry that was kept; else null.
    #[schemars(range(min = 1))]
    pub kept_position: Option<u32>,
}

impl Reject {
    /// A reject of a text on the lines from the first to the last of `lines`.
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
    /// Whether it concerns a whole record of an input rather than a part of a page.
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
