//! A file that knows its size and SHA-256 by the time it is written.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Error;
use crate::id::hex;
use crate::record::FileDigest;

/// Bytes gathered before they are hashed and written.
const BUFFER: usize = 1 << 20;

/// Bytes written before the disk is told to begin with them.
const WRITEBACK: u64 = 8 << 20;

/// A file of a dataset while it is written.
#[derive(Debug)]
pub struct DigestFile {
    file: File,
    /// Path relative to the dataset.
    name: String,
    /// The file's path once the dataset is in place, for messages.
    path: PathBuf,
    buffer: Vec<u8>,
    hash: Sha256,
    /// Bytes written.
    bytes: u64,
    /// Bytes that the disk was told to begin with.
    begun: u64,
}

impl DigestFile {
    pub(super) fn new(file: File, name: String, path: PathBuf) -> Self {
        Self { file, name, path, buffer: Vec::new(), hash: Sha256::new(), bytes: 0, begun: 0 }
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
        if self.bytes - self.begun >= WRITEBACK {
            begin_writeback(&self.file, self.begun, self.bytes);
            self.begun = self.bytes;
        }
        Ok(())
    }

    /// Writes what is still held back and waits until the disk has it all.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the file takes no more, on a full disk for example.
    pub fn finish(mut self) -> Result<FileDigest, Error> {
        self.flush()?;
        self.file.sync_all().map_err(Error::io("write", &self.path))?;
        Ok(FileDigest { path: self.name, bytes: self.bytes, sha256: hex(&self.hash.finalize()) })
    }
}

/// Has the disk begin with a part of the file, without waiting, so that little
/// is left for [`DigestFile::finish`] to wait for. Linux starts the writing of
/// what it is told will not be needed; what it has not written yet stays cached.
#[cfg(target_os = "linux")]
fn begin_writeback(file: &File, from: u64, to: u64) {
    // No more than a hint: what it does not begin, `finish` waits for.
    let _ =
        rustix::fs::fadvise(file, from, std::num::NonZeroU64::new(to - from), rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn begin_writeback(_: &File, _: u64, _: u64) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_what_it_writes_in_any_portions() {
        // SHA-256 of "abc" and of a million "a": FIPS 180-2, appendices B.1 and B.3.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let million = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
        let dir = tempfile::tempdir().unwrap();
        for (text, portion, expected) in [
            ("abc".to_owned(), 1, abc),
            ("a".repeat(1_000_000), 999, million),
            ("a".repeat(1_000_000), 1_000_000, million),
        ] {
            let path = dir.path().join("x");
            let mut file = DigestFile::new(File::create(&path).unwrap(), "x".to_owned(), path.clone());
            text.as_bytes().chunks(portion).for_each(|bytes| file.write(bytes).unwrap());
            let digest = file.finish().unwrap();
            assert_eq!((digest.bytes, digest.sha256.as_str()), (text.len() as u64, expected));
            assert_eq!(std::fs::read_to_string(path).unwrap(), text);
        }
    }

    #[test]
    fn holds_back_less_than_a_buffer_and_begins_writing_early() {
        let file = tempfile::tempfile().unwrap();
        let mut file = DigestFile::new(file, "x".to_owned(), "x".into());
        let portion = vec![b'a'; BUFFER - 1];
        for _ in 0..9 {
            file.write(&portion).unwrap();
            assert!(file.buffer.len() < BUFFER);
        }
        // Two portions fill a buffer; the ninth is held back.
        assert_eq!(file.file.metadata().unwrap().len(), 8 * (BUFFER as u64 - 1));
        assert_eq!(file.begun, 0);
        file.write(&portion).unwrap();
        assert_eq!(file.begun, 10 * (BUFFER as u64 - 1));
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
