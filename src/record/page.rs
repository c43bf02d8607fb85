//! A page: what it says of itself, and the account of its characters.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

wire_enum! {
    /// What a segment of a page is. Every character belongs to one class.
    SegmentClass {
        /// A question of an entry.
        Question = "question",
        /// An answer of an entry.
        Answer = "answer",
        /// A line that names the source.
        Attribution = "attribution",
        /// Text that a rule of the profile drops.
        Boilerplate = "boilerplate",
        /// A video's title, the header, the count line.
        Noise = "noise",
        /// What looked like an entry and is none.
        Reject = "reject",
        /// Text outside entries.
        Other = "other",
        /// Lines of white space only.
        Blank = "blank",
    }
}

wire_enum! {
    /// What a page is stored as.
    PageKind {
        /// A text copy.
        Text = "text",
        /// HTML.
        Html = "html",
    }
}

wire_enum! {
    /// How a page's encoding is known.
    EncodingBasis {
        /// A byte order mark.
        Bom = "bom",
        /// The container holds characters, not bytes.
        Container = "container",
        /// A `Content-Type` outside the page.
        ContentType = "content-type",
        /// The page's own `meta` element or XML declaration.
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
    /// Path of the input that holds it.
    pub input: String,
    /// Number of the record inside the input, 1-based; null where the file is the page.
    pub record: Option<u64>,
    /// The record's own name, where it has one.
    pub record_id: Option<String>,
    /// Address of the page, as its container has it.
    pub url: Option<String>,
    /// When the page was fetched or written, as its container has it.
    pub date: Option<String>,
    /// What it is stored as.
    pub kind: PageKind,
    /// Name of the encoding, as in the WHATWG Encoding Standard, lower case.
    pub encoding: String,
    /// How the encoding is known.
    pub encoding_basis: EncodingBasis,
    /// Byte sequences that the encoding does not allow, each read as U+FFFD.
    pub undecodable: u64,
    /// What became of it.
    pub status: PageStatus,
    /// Name of the profile that read it; null for a page that was not read.
    pub profile: Option<String>,
    /// What the page says of itself.
    pub facts: PageFacts,
    /// Entries of this page in the dataset.
    pub entries: u64,
    /// Entries that were found on this page and dropped as duplicates.
    pub duplicates: u64,
    /// Rejects other than duplicates.
    pub rejects: u64,
    /// Questions with an answer, questions without any, and answers without a question,
    /// that markup declares: each is an entry or a reject.
    pub declared: u64,
    /// Characters (Unicode scalar values) of the page; null for a page that was not read.
    pub characters: Option<u64>,
    /// The characters by class; they sum to `characters`. Null for a page that was not read.
    pub accounting: Option<Accounting>,
    /// The characters that each rule of the profile claimed.
    pub rules: BTreeMap<String, u64>,
}

/// What a page says of itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageFacts {
    /// The date of the last update, as `YYYY-MM-DD`.
    #[schemars(regex(pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub last_update: Option<String>,
    /// The same date as the page writes it.
    pub last_update_text: Option<String>,
    /// The page's score.
    pub score: Option<f64>,
    /// The highest possible score.
    pub score_max: Option<f64>,
    /// Votes behind the score.
    pub votes: Option<i64>,
    /// Related questions that the count line announces.
    pub related_announced: Option<u64>,
    /// Entries found behind the count line; null on a page without one.
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
    /// Text that a rule drops.
    pub boilerplate: u64,
    /// Video titles, headers, count lines.
    pub noise: u64,
    /// Rejects.
    pub reject: u64,
    /// Text outside entries.
    pub other: u64,
    /// White space between.
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
