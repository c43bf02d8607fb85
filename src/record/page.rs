//! A page: what it says about itself, and the accounting of its characters.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

wire_enum! {
    /// What a segment of a page is. Every character belongs to exactly one class.
    SegmentClass {
        /// A question of an entry.
        Question = "question",
        /// An answer of an entry.
        Answer = "answer",
        /// A line that names the source.
        Attribution = "attribution",
        /// Text dropped by a rule of the profile.
        Boilerplate = "boilerplate",
        /// A video's title, a header or a count line.
        Noise = "noise",
        /// What looked like an entry but is not one.
        Reject = "reject",
        /// Text outside entries.
        Other = "other",
        /// Lines of white space only.
        Blank = "blank",
    }
}

wire_enum! {
    /// How a page is stored.
    PageKind {
        /// As a text copy.
        Text = "text",
        /// As HTML.
        Html = "html",
    }
}

wire_enum! {
    /// How a page's encoding is known.
    EncodingBasis {
        /// From a byte order mark.
        Bom = "bom",
        /// The container consists of characters, not bytes.
        Container = "container",
        /// From the `Content-Type` in the page's container.
        ContentType = "content-type",
        /// From the page's own `meta` element or XML declaration.
        Meta = "meta",
        /// The bytes are valid UTF-8.
        Utf8 = "valid-utf-8",
        /// Detected from the bytes.
        Detected = "detected",
    }
}

wire_enum! {
    /// What became of a page.
    PageStatus {
        /// Read.
        Read = "read",
        /// Not read: a quick look at its bytes ruled out entries and rejects.
        SkippedNoQuestions = "skipped_no_questions",
    }
}

/// One page: one row of `pages.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageRow {
    /// Name of the page, as in [`Entry::page`](super::Entry::page).
    pub page: String,
    /// Path of the input that contains it.
    pub input: String,
    /// Number of the record in the input, 1-based; null if the file is the page.
    pub record: Option<u64>,
    /// The record's own name, if it has one.
    pub record_id: Option<String>,
    /// The page's address according to its record.
    pub url: Option<String>,
    /// When the page was fetched or written, according to its record.
    pub date: Option<String>,
    /// How it is stored.
    pub kind: PageKind,
    /// Name of the encoding in the WHATWG Encoding Standard, in lower case.
    pub encoding: String,
    /// How the encoding is known.
    pub encoding_basis: EncodingBasis,
    /// Number of byte sequences that are invalid in the encoding, each read as U+FFFD.
    pub undecodable: u64,
    /// What became of it.
    pub status: PageStatus,
    /// Name of the profile it was read with; null for a page that was not read.
    pub profile: Option<String>,
    /// What the page says about itself.
    pub facts: PageFacts,
    /// Number of its entries in the dataset.
    pub entries: u64,
    /// Number of its entries that were removed as duplicates.
    pub duplicates: u64,
    /// Number of its rejects other than duplicates.
    pub rejects: u64,
    /// Number of declarations in markup: questions with an answer, questions without one, and
    /// answers without a question. Each is an entry or a reject.
    pub declared: u64,
    /// Length in characters (Unicode scalar values); null for a page that was not read.
    pub characters: Option<u64>,
    /// The characters by class; they sum to `characters`. Null for a page that was not read.
    pub accounting: Option<Accounting>,
    /// The characters claimed by each rule.
    pub rules: BTreeMap<String, u64>,
}

/// What a page says about itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageFacts {
    /// Date of the last update, as `YYYY-MM-DD`.
    #[schemars(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub last_update: Option<String>,
    /// The same date as the page writes it.
    pub last_update_text: Option<String>,
    /// The page's score.
    pub score: Option<f64>,
    /// The highest possible score.
    pub score_max: Option<f64>,
    /// Number of votes for the score.
    pub votes: Option<i64>,
    /// Number of related questions announced by the count line.
    pub related_announced: Option<u64>,
    /// Number of entries found after the count line; null on a page without one.
    pub related_found: Option<u64>,
}

/// Characters by class, one field per [`SegmentClass`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accounting {
    /// Questions of entries.
    pub question: u64,
    /// Answers of entries.
    pub answer: u64,
    /// Lines that name a source.
    pub attribution: u64,
    /// Text dropped by a rule.
    pub boilerplate: u64,
    /// Video titles, headers, count lines.
    pub noise: u64,
    /// Rejects.
    pub reject: u64,
    /// Text outside entries.
    pub other: u64,
    /// White space in between.
    pub blank: u64,
}

impl Accounting {
    /// Adds `characters` to a class.
    pub fn add(&mut self, class: SegmentClass, characters: u64) {
        let sum = self.of_mut(class);
        *sum = sum.saturating_add(characters);
    }

    /// Adds another page's figures.
    pub fn add_all(&mut self, other: &Self) {
        let mut other = *other;
        for &class in SegmentClass::ALL {
            let characters = *other.of_mut(class);
            self.add(class, characters);
        }
    }

    /// The sum over all classes.
    #[must_use]
    pub fn total(&self) -> u64 {
        let mut all = *self;
        SegmentClass::ALL.iter().fold(0, |sum, &class| sum.saturating_add(*all.of_mut(class)))
    }

    fn of_mut(&mut self, class: SegmentClass) -> &mut u64 {
        match class {
            SegmentClass::Question => &mut self.question,
            SegmentClass::Answer => &mut self.answer,
            SegmentClass::Attribution => &mut self.attribution,
            SegmentClass::Boilerplate => &mut self.boilerplate,
            SegmentClass::Noise => &mut self.noise,
            SegmentClass::Reject => &mut self.reject,
            SegmentClass::Other => &mut self.other,
            SegmentClass::Blank => &mut self.blank,
        }
    }
}
