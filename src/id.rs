//! An entry's id: a digest of its content, independent of where it was found.

use std::fmt;

use sha2::{Digest, Sha256};

/// The first 128 bits of SHA-256 over question, answer and source domain, each encoded
/// in UTF-8 and preceded by its length in bytes, as 8 bytes, big-endian. A null domain
/// counts as the empty string.
///
/// ```
/// use qasift::id::EntryId;
/// let id = EntryId::of("Why?", "Because.", Some("a.example"));
/// assert_eq!(id.to_string().len(), 32);
/// assert_ne!(id, EntryId::of("Why?B", "ecause.", Some("a.example")));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub [u8; 16]);

impl EntryId {
    /// The id of this content.
    #[must_use]
    pub fn of(question: &str, answer: &str, source_domain: Option<&str>) -> Self {
        let mut hash = Sha256::new();
        for part in [question, answer, source_domain.unwrap_or_default()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut id = [0; 16];
        id.copy_from_slice(&hash.finalize()[..16]);
        Self(id)
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// Bytes as lower-case hex digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    // Computed rather than looked up, so that it compiles to vector instructions.
    let digit = |half: u8| half + b'0' + if half > 9 { b'a' - b'9' - 1 } else { 0 };
    let mut text = vec![0; bytes.len() * 2];
    for (pair, byte) in text.as_chunks_mut().0.iter_mut().zip(bytes) {
        *pair = [digit(byte >> 4), digit(byte & 15)];
    }
    String::from_utf8(text).unwrap_or_default()
}
