//! The manifest: how a dataset was made, and the digests that prove it complete and unchanged.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Accounting, Container, PageRow, PageStatus, RejectReason};

/// `manifest.json`: how the dataset was made, and the digests that prove it complete and unchanged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The tool that wrote it.
    pub tool: Tool,
    /// Version of the schema, `MAJOR.MINOR`: [`SCHEMA_VERSION`](super::SCHEMA_VERSION) of the tool.
    #[schemars(regex(pattern = r"^[0-9]+\.[0-9]+$"))]
    pub schema_version: String,
    /// Version of the reading and cleaning rules: [`RULES_VERSION`](super::RULES_VERSION) of the tool.
    pub rules_version: u32,
    /// The options that change the dataset's content.
    pub options: Options,
    /// The profiles that were available to the run, ordered by name.
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
    /// Formats the entries are written in, sorted.
    pub format: Vec<Format>,
    /// How duplicates were recognised.
    pub dedup: Dedup,
    /// Size of the largest page that is read, in bytes; null if unlimited.
    pub max_page_bytes: Option<u64>,
    /// The largest number of pages that are read; null if unlimited.
    pub limit: Option<u64>,
    /// The format of the inputs, if the user named it; null if it was detected for each input.
    pub input_format: Option<Container>,
    /// Names of fields in records.
    pub fields: FieldNames,
}

/// Names of fields in records, as given by the user. If one is null, the
/// common names are used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldNames {
    /// The page as text.
    pub text: Option<String>,
    /// The page as HTML.
    pub html: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The record's own name.
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
    /// How duplicates are recognised.
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
    /// Pages that were ruled out by a quick look at their bytes.
    pub skipped_no_questions: u64,
    /// Entries in the dataset.
    pub entries: u64,
    /// Rows of `rejects.jsonl`, by reason; reasons without a row are left out.
    pub rejects: BTreeMap<RejectReason, u64>,
    /// Characters of all pages that were read.
    pub characters: u64,
    /// The characters by class; they sum to `characters`.
    pub accounting: Accounting,
}

impl Totals {
    /// Adds the figures of a page's row, except its entries.
    pub fn add_page(&mut self, page: &PageRow) {
        self.pages += 1;
        self.skipped_no_questions += u64::from(page.status == PageStatus::SkippedNoQuestions);
        self.characters = self.characters.saturating_add(page.characters.unwrap_or_default());
        if let Some(accounting) = &page.accounting {
            self.accounting.add_all(accounting);
        }
    }
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
