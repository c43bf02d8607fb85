//! A file that knows its size and SHA-256 by the time it is written.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Error;
use crate::id::hex;
use crate::record::FileDigest;

/// Bytes gathered before they are hashed and written. Large enough for few
/// system calls, small enough for the processor's second-level cache.
const BUFFER: usize = 1 << 20;

/// A file of a dataset while it is written.
#[derive(Debug)]
pub struct DigestFile<W = File> {
    file: W,
    /// Path relative to the dataset.
    name: String,
    /// The file's path once the dataset is in place, for messages.
    path: PathBuf,
    buffer: Vec<u8>,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> DigestFile<W> {
    pub(super) fn new(file: W, name: String, path: PathBuf) -> Self {
        Self { file, name, path, buffer: Vec::new(), hash: Sha256::new(), bytes: 0 }
    }

    /// The file's path once the dataset is in place.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Appends `bytes`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the file takes no more, on a full disk for example.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() < BUFFER { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.hash.update(&self.buffer);
        self.bytes += self.buffer.len() as u64;
        self.file.write_all(&self.buffer).map_err(Error::io("write", &self.path))?;
        self.buffer.clear();
        Ok(())
    }

    fn close(mut self, sync: impl FnOnce(&W) -> io::Result<()>) -> Result<FileDigest, Error> {
        self.flush()?;
        sync(&self.file).map_err(Error::io("write", &self.path))?;
        Ok(FileDigest { path: self.name, bytes: self.bytes, sha256: hex(&self.hash.finalize()) })
    }
}

impl DigestFile {
    /// Writes what is still held back and waits until the disk has it all.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the file takes no more, on a full disk for example.
    pub fn finish(self) -> Result<FileDigest, Error> {
        self.close(File::sync_all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_what_it_writes_in_any_portions() {
        // SHA-256 of "abc" and of a million "a": FIPS 180-2, appendices B.1 and B.3.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
        for (text, portion, expected) in [
            ("abc".to_owned(), 1, abc),
            ("a".repeat(1_000_000), 999, million),
            ("a".repeat(1_000_000), 1_000_000, million),
        ] {
            let mut out = Vec::new();
            let mut file = DigestFile::new(&mut out, "x".to_owned(), "x".into());
            text.as_bytes().chunks(portion).for_each(|bytes| file.write(bytes).unwrap());
            let digest = file.close(|_| Ok(())).unwrap();
            assert_eq!((digest.bytes, digest.sha256.as_str()), (text.len() as u64, expected));
            assert_eq!(out, text.into_bytes());
        }
    }

    #[test]
    fn buffers_no_more_than_a_portion_above_the_bound() {
        let mut file = DigestFile::new(Vec::new(), "x".to_owned(), "x".into());
        for _ in 0..5 {
            file.write(&vec![b'a'; BUFFER - 1]).unwrap();
            assert!(file.buffer.len() < BUFFER);
        }
        assert_eq!(file.file.len(), 4 * (BUFFER - 1));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_told_with_the_file_it_hit() {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut file = DigestFile::new(full, "entries.json".to_owned(), "out/entries.json".into());
        file.write(b"[]\n").unwrap();
        assert_eq!(
            file.finish().unwrap_err().to_string(),
            "could not write `out/entries.json`: No space left on device (os error 28)"
        );
    }
}
