//! The wire format: every row of every file of a dataset, field by field.
//!
//! A dataset is a folder. Its rows are defined here and nowhere else: the
//! writers serialise these types, `validate` reads them back, and the JSON
//! Schemas below `schemas/` are generated from them.
//!
//! One line of `entries.jsonl`, whole:
//!
//! ```
//! # let line = r#"
//! {"id":"00112233445566778899aabbccddeeff","question":"How long do bees live?","question_detail":null,"answer":"A worker lives six weeks in summer.","answer_kind":"text","answer_role":null,"votes":null,"source_text":"www.bees.example","source_domain":"bees.example","source_site":null,"source_url":null,"source_basis":"cited","section":"main","language":"en","page":"raw/page.txt","page_url":null,"position":1,"line_start":1,"line_end":5,"extractor":"attribution","flags":[]}
//! # "#;
//! let entry: qasift::record::Entry = serde_json::from_str(line)?;
//! assert_eq!(entry.question, "How long do bees live?");
//! # Ok::<(), serde_json::Error>(())
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::dataset::reject_text;
use crate::input::Loss;

/// Version of the schema of all rows, `MAJOR.MINOR`. A new field is a minor
/// version; `validate` refuses a newer major.
pub const SCHEMA_VERSION: &str = "1.1";

/// Version of the reading and cleaning rules. Within one rules version, the
/// same content has the same `id` in every dataset.
pub const RULES_VERSION: u32 = 1;

/// One question with its answer and source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry<'a> {
    /// 32 lower-case hex digits: see [`EntryId`](crate::id::EntryId).
    #[schemars(regex(pattern = r"^[0-9a-f]{32}$"))]
    pub id: Cow<'a, str>,
    /// The question, one line, cleaned.
    #[schemars(length(min = 1))]
    pub question: Cow<'a, str>,
    /// The question's body, where a page has one beside its title.
    pub question_detail: Option<Cow<'a, str>>,
    /// The answer as plain text: blocks parted by a blank line, list items as
    /// `- item` or `1. item` lines, nested ones two spaces deeper.
    #[schemars(length(min = 1))]
    pub answer: Cow<'a, str>,
    /// What the answer is made of.
    pub answer_kind: AnswerKind,
    /// `accepted` or `suggested`, where the page says so.
    pub answer_role: Option<AnswerRole>,
    /// The answer's votes, where the page says so.
    pub votes: Option<i64>,
    /// The source as the page writes it.
    pub source_text: Option<Cow<'a, str>>,
    /// The source's host: lower case, ASCII (IDNA), no `www.`, no port, no
    /// trailing dot. Null if it is not a valid one.
    pub source_domain: Option<Cow<'a, str>>,
    /// The host's registrable domain by the Public Suffix List.
    pub source_site: Option<Cow<'a, str>>,
    /// The cited link, where the page has one.
    pub source_url: Option<Cow<'a, str>>,
    /// Whether the entry itself names its source, or its page stands in.
    pub source_basis: Option<SourceBasis>,
    /// Before or after the page's count line; null on a page without one.
    pub section: Option<Section>,
    /// The language, as a BCP 47 tag.
    pub language: Option<Cow<'a, str>>,
    /// Name of the page: the input's path as the user named it.
    pub page: Cow<'a, str>,
    /// The page's own address, where it is known.
    pub page_url: Option<Cow<'a, str>>,
    /// 1, 2, 3 … among the entries found on the page, before duplicates went.
    #[schemars(range(min = 1))]
    pub position: u32,
    /// First line of the entry on a text page, 1-based.
    pub line_start: Option<u32>,
    /// Last line of the entry on a text page, attribution included.
    pub line_end: Option<u32>,
    /// What found the entry.
    pub extractor: Extractor,
    /// What a user may want to know of the entry; sorted, each once.
    pub flags: Vec<Flag>,
}

impl Entry<'_> {
    /// The same entry, with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Entry<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Entry {
            id: own(self.id),
            question: own(self.question),
            question_detail: self.question_detail.map(own),
            answer: own(self.answer),
            answer_kind: self.answer_kind,
            answer_role: self.answer_role,
            votes: self.votes,
            source_text: self.source_text.map(own),
            source_domain: self.source_domain.map(own),
            source_site: self.source_site.map(own),
            source_url: self.source_url.map(own),
            source_basis: self.source_basis,
            section: self.section,
            language: self.language.map(own),
            page: own(self.page),
            page_url: self.page_url.map(own),
            position: self.position,
            line_start: self.line_start,
            line_end: self.line_end,
            extractor: self.extractor,
            flags: self.flags,
        }
    }
}

/// Names of an entry's fields, in the order of every format.
pub const ENTRY_FIELDS: [&str; 21] = [
    "id",
    "question",
    "question_detail",
    "answer",
    "answer_kind",
    "answer_role",
    "votes",
    "source_text",
    "source_domain",
    "source_site",
    "source_url",
    "source_basis",
    "section",
    "language",
    "page",
    "page_url",
    "position",
    "line_start",
    "line_end",
    "extractor",
    "flags",
];

/// Declares an enumeration of the wire format: closed, snake case (or the
/// spelling given), the same name in JSON, in the CSV and on the terminal.
macro_rules! wire_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

wire_enum! {
    /// What an answer is made of.
    AnswerKind {
        /// Paragraphs.
        Text = "text",
        /// A list with at most one line before it and none after.
        List = "list",
        /// A table and nothing else.
        Table = "table",
        /// Code and nothing else.
        Code = "code",
        /// Anything else.
        Mixed = "mixed",
    }
}

wire_enum! {
    /// What the page says of an answer among several.
    AnswerRole {
        /// The accepted answer.
        Accepted = "accepted",
        /// One of the others.
        Suggested = "suggested",
    }
}

wire_enum! {
    /// How the source is known.
    SourceBasis {
        /// The entry names it.
        Cited = "cited",
        /// The page's own host stands in.
        Page = "page",
    }
}

wire_enum! {
    /// The part of the page, told by its `N related questions found` line.
    Section {
        /// Before the line.
        Main = "main",
        /// After it.
        Related = "related",
    }
}

wire_enum! {
    /// What found an entry.
    Extractor {
        /// An attribution line closed it.
        Attribution = "attribution",
        /// The page's layout told it.
        Layout = "layout",
        /// A JSON-LD block declared it.
        JsonLd = "json-ld",
        /// Microdata declared it.
        Microdata = "microdata",
        /// `RDFa` declared it.
        Rdfa = "rdfa",
    }
}

impl Extractor {
    /// Whether it reads markup, and not what the page shows.
    #[must_use]
    pub const fn is_markup(self) -> bool {
        matches!(self, Self::JsonLd | Self::Microdata | Self::Rdfa)
    }
}

wire_enum! {
    /// A remark about an entry. The list is closed.
    Flag {
        /// The page ends list items or text with ` ...`.
        ElidedItems = "elided_items",
        /// The source is cut off or no valid host.
        InvalidSource = "invalid_source",
        /// Text decoded with the wrong charset was repaired.
        MojibakeRepaired = "mojibake_repaired",
        /// The entry names no source.
        NoSource = "no_source",
        /// The page declares the entry, and shows neither its question nor its answer.
        NotVisible = "not_visible",
        /// The answer ends in mid-sentence.
        TruncatedAnswer = "truncated_answer",
    }
}

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
        /// A part of a JSON-LD block that cannot be read.
        UnreadableMarkup = "unreadable_markup",
    }
}

/// What looked like an entry and is none: one row of `rejects.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// Name of the page, as in [`Entry::page`].
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
    pub position: Option<u32>,
    /// For a duplicate, the page of the entry that was kept.
    pub kept_page: Option<String>,
    /// For a duplicate, the position of the entry that was kept.
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
            Self::UnreadableMarkup => "a block of JSON-LD cannot be read to its end",
        }
    }
}

wire_enum! {
    /// What became of an input.
    InputStatus {
        /// Read to its end.
        Read = "read",
        /// Read up to the page at which `--limit` ended the run.
        Partial = "partial",
        /// Zero bytes, or white space only.
        Empty = "empty",
        /// Not text.
        Binary = "binary",
        /// Longer than `--max-page-bytes`.
        TooLarge = "too_large",
        /// Compressed or packed data that is wrong or cut off, so that it is no page or could not be read on.
        Damaged = "damaged",
        /// Could not be opened or read.
        Unreadable = "unreadable",
    }
}

wire_enum! {
    /// What holds the pages of an input.
    Container {
        /// The file is one page.
        File = "file",
        /// ARC, the older format of crawlers.
        Arc = "arc",
        /// JSON values, each a page, one behind the other or in one array.
        Json = "json",
        /// JSON values, each a page, one a line.
        Jsonl = "jsonl",
        /// A Parquet table, each row a page.
        Parquet = "parquet",
        /// A TAR archive of pages.
        Tar = "tar",
        /// WARC, the format of crawlers, and WET.
        Warc = "warc",
        /// A ZIP archive of pages.
        Zip = "zip",
    }
}

wire_enum! {
    /// How an input is compressed.
    Compression {
        /// bzip2.
        Bzip2 = "bzip2",
        /// gzip.
        Gzip = "gzip",
        /// xz.
        Xz = "xz",
        /// Zstandard.
        Zstd = "zstd",
    }
}

wire_enum! {
    /// Why a record of an input is no page.
    SkipReason {
        /// It is not text.
        Binary = "binary",
        /// It holds nothing, or white space only.
        Empty = "empty",
        /// Its name is not that of a page.
        Extension = "extension",
        /// Its media type is not that of a page.
        MediaType = "media_type",
        /// It has no field that holds a page.
        NoText = "no_text",
        /// It is of a kind that holds no page, such as a request.
        RecordType = "record_type",
    }
}

impl SkipReason {
    /// The reason as a sentence.
    #[must_use]
    pub const fn detail(self) -> &'static str {
        match self {
            Self::Binary => "it is not text",
            Self::Empty => "it holds nothing but white space",
            Self::Extension => "its name is not that of a page",
            Self::MediaType => "its media type is not that of a page",
            Self::NoText => "it has no field that holds a page",
            Self::RecordType => "it is of a kind that holds no page",
        }
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

/// One input file: one row of `inputs.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputRow {
    /// The input's path, as in [`Entry::page`]; `-` for standard input.
    pub path: String,
    /// Size in bytes; null if it could not be read.
    pub bytes: Option<u64>,
    /// SHA-256 of the bytes in hex; null if they could not be read.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: Option<String>,
    /// How the bytes are compressed; null where they are not.
    pub compression: Option<Compression>,
    /// What holds the pages.
    pub container: Container,
    /// What became of it.
    pub status: InputStatus,
    /// The reason, where the status is not `read`.
    pub detail: Option<String>,
    /// Records that were found; null where the file is the page.
    pub records: Option<u64>,
    /// Pages that were read: rows of `pages.jsonl`.
    pub pages: u64,
    /// Records that are no pages, by reason; reasons without a record are left out.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Records that could not be read: rows of `rejects.jsonl`.
    pub damaged: u64,
}

/// One page: one row of `pages.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageRow {
    /// Name of the page, as in [`Entry::page`].
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
    /// Name of the profile that read it.
    pub profile: String,
    /// What the page says of itself.
    pub facts: PageFacts,
    /// Entries of this page in the dataset.
    pub entries: u64,
    /// Entries that were found on this page and dropped as duplicates.
    pub duplicates: u64,
    /// Rejects other than duplicates.
    pub rejects: u64,
    /// Questions with an answer, and questions without any, that markup
    /// declares: each is an entry or a reject.
    pub declared: u64,
    /// Characters (Unicode scalar values) of the page.
    pub characters: u64,
    /// The characters by class; they sum to `characters`.
    pub accounting: Accounting,
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

/// `manifest.json`: what made the dataset, and proof that it is whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The tool that wrote it.
    pub tool: Tool,
    /// [`SCHEMA_VERSION`] at that time.
    #[schemars(regex(pattern = r"^[0-9]+\.[0-9]+$"))]
    pub schema_version: String,
    /// [`RULES_VERSION`] at that time.
    pub rules_version: u32,
    /// The options that change content.
    pub options: Options,
    /// The profiles that pages could go to, ordered by name.
    pub profiles: Vec<ProfileDigest>,
    /// Sums over the rows.
    pub totals: Totals,
    /// Every other file, ordered by path.
    pub files: Vec<FileDigest>,
}

/// The tool that wrote a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The options that change a dataset's content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Options {
    /// Formats of the entries, ordered as in the contract: csv, json, jsonl.
    pub format: Vec<Format>,
    /// How duplicates were told.
    pub dedup: Dedup,
    /// The largest page that was read, in bytes; null for no bound.
    pub max_page_bytes: Option<u64>,
    /// The most pages that were read; null for all.
    pub limit: Option<u64>,
    /// What holds the pages, where the user said so; else null.
    pub input_format: Option<Container>,
    /// Fields of records, where the user named them.
    pub fields: FieldNames,
}

/// Names of fields in records, as the user gives them. Where one is null, the
/// names that are common count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldNames {
    /// The page as text.
    pub text: Option<String>,
    /// The page as HTML.
    pub html: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// Name of the record.
    pub id: Option<String>,
    /// When the page was fetched or written.
    pub date: Option<String>,
}

wire_enum! {
    /// A format of the entries.
    Format {
        /// `entries.csv`
        Csv = "csv",
        /// `entries.json`
        Json = "json",
        /// `entries.jsonl`
        Jsonl = "jsonl",
    }
}

wire_enum! {
    /// How duplicates are told.
    Dedup {
        /// By `id`: the same question, answer and source domain.
        Exact = "exact",
        /// Not at all.
        None = "none",
    }
}

/// A profile and the digest of its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileDigest {
    /// The profile's name.
    pub name: String,
    /// SHA-256 of its TOML in hex.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: String,
}

/// Sums over the rows of a dataset.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Rows of `inputs.jsonl`.
    pub inputs: u64,
    /// Rows of `pages.jsonl`.
    pub pages: u64,
    /// Entries in the dataset.
    pub entries: u64,
    /// Rows of `rejects.jsonl`, by reason; reasons without a row are left out.
    pub rejects: BTreeMap<RejectReason, u64>,
    /// Characters of all pages.
    pub characters: u64,
    /// The characters by class; they sum to `characters`.
    pub accounting: Accounting,
}

/// A file of the dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileDigest {
    /// Path relative to the dataset, with `/`.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 in hex.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: String,
}
