//! An input, and what became of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

wire_enum! {
    /// What became of an input.
    InputStatus {
        /// Read to its end.
        Read = "read",
        /// Read until `--limit` ended the run.
        Partial = "partial",
        /// Empty, or white space only.
        Empty = "empty",
        /// Not text.
        Binary = "binary",
        /// Longer than `--max-page-bytes`.
        TooLarge = "too_large",
        /// A page that is truncated or invalid, a file of which no record could be read, or one
        /// that reading stopped in; other damage counts in `damaged`.
        Damaged = "damaged",
        /// Could not be opened or read.
        Unreadable = "unreadable",
    }
}

wire_enum! {
    /// The format that contains the pages of an input.
    Container {
        /// The file is one page.
        File = "file",
        /// ARC, an older format for web crawls.
        Arc = "arc",
        /// JSON values, one after another or in one array, each of which is a page.
        Json = "json",
        /// JSON values, one per line, each of which is a page.
        Jsonl = "jsonl",
        /// A Parquet table, each row of which is a page.
        Parquet = "parquet",
        /// A TAR archive of pages.
        Tar = "tar",
        /// WARC, the format for web crawls, or WET.
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
    /// Why a record of an input is not a page.
    SkipReason {
        /// It is not text.
        Binary = "binary",
        /// It is empty, or contains only white space.
        Empty = "empty",
        /// It is a file of an archive without the extension of a page.
        Extension = "extension",
        /// It does not have the media type of a page.
        MediaType = "media_type",
        /// It has no field that contains a page.
        NoText = "no_text",
        /// It is of a type that contains no page, such as a request.
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

/// One input file: one row of `inputs.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputRow {
    /// The input's path, as in [`Entry::page`](super::Entry::page); `-` for standard input.
    pub path: String,
    /// Size in bytes; null if it could not be read.
    pub bytes: Option<u64>,
    /// SHA-256 of the bytes in hex; null if they could not be read.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: Option<String>,
    /// How the bytes are compressed; null if they are not.
    pub compression: Option<Compression>,
    /// The format that contains the pages.
    pub container: Container,
    /// What became of it.
    pub status: InputStatus,
    /// The reason, if the status is not `read`.
    pub detail: Option<String>,
    /// Number of records found; null if the file is the page.
    pub records: Option<u64>,
    /// Number of its rows in `pages.jsonl`.
    pub pages: u64,
    /// Number of records that are not pages, by reason; reasons without a record are left out.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Number of records that could not be read: its rows in `rejects.jsonl` with the reasons
    /// `damaged_record` and `too_large_record`.
    pub damaged: u64,
}
