//! Rows of the files other than entries, one JSON object per line.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::digest::DigestFile;
use crate::Error;
use crate::id::hex;
use crate::record::FileDigest;

/// The longest text of a reject that is not truncated, in bytes.
const MAX_TEXT: usize = 4096;

/// A JSON Lines file of rows.
#[derive(Debug)]
pub(super) struct RowsFile {
    file: DigestFile,
    line: Vec<u8>,
}

impl RowsFile {
    pub(super) fn new(file: DigestFile) -> Self {
        Self { file, line: Vec::new() }
    }

    pub(super) fn write(&mut self, row: &impl Serialize) -> Result<(), Error> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, row)
            .map_err(|error| Error::io("write", self.file.path())(error.into()))?;
        self.line.push(b'\n');
        self.file.write(&self.line)
    }

    pub(super) fn finish(self) -> Result<FileDigest, Error> {
        self.file.finish()
    }
}

/// A reject's [`text`](crate::record::Reject::text) and
/// [`text_sha256`](crate::record::Reject::text_sha256): the whole text and `None`, or
/// as many whole characters as fit into 4 KiB and the digest of the whole text.
pub(crate) fn reject_text(text: &str) -> (String, Option<String>) {
    if text.len() <= MAX_TEXT {
        return (text.to_owned(), None);
    }
    let cut = (0..=MAX_TEXT).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    (text[..cut].to_owned(), Some(hex(&Sha256::digest(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_4_kib_stays_whole_and_a_longer_one_is_truncated() {
        let (text, sha256) = reject_text(&"a".repeat(4096));
        assert_eq!((text.len(), sha256), (4096, None));

        let long = "a".repeat(4097);
        let (text, sha256) = reject_text(&long);
        assert_eq!(text, long[..4096]);
        assert_eq!(sha256, Some(hex(&Sha256::digest(&long))));
    }

    #[test]
    fn truncates_between_characters() {
        // 4094 bytes, then characters of 4 bytes: none of them fits.
        let long = "a".repeat(4094) + "🐝🐝";
        assert_eq!(reject_text(&long).0, "a".repeat(4094));
        // 4095 bytes, then characters of 1 and 2: the first fits.
        let long = "a".repeat(4095) + "bé";
        assert_eq!(reject_text(&long).0, "a".repeat(4095) + "b");
    }
}
