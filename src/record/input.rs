//! An input, and what became of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
