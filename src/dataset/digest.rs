//! A file whose size and SHA-256 are computed while it is written.

use std::fs::File;
use std::io::{self, IoSlice, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::Error;
use crate::id::hex;
use crate::record::FileDigest;

/// Size of the write buffer, in bytes.
const BUFFER: usize = 1 << 20;

/// Bytes that are hashed and then written while they are still in the processor's cache.
const PORTION: usize = 1 << 18;

/// Bytes written before the system is asked to begin writing them to the disk.
const WRITEBACK: u64 = 8 << 20;

/// A file of a dataset that is being written.
#[derive(Debug)]
pub(crate) struct DigestFile {
    file: File,
    /// Path relative to the dataset.
    name: String,
    /// The file's path once the dataset is in place, for messages.
    path: PathBuf,
    buffer: Vec<u8>,
    hash: Sha256,
    /// Bytes written.
    bytes: u64,
    /// Bytes that the system was asked to begin writing to the disk.
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
    /// [`Error::Io`] if writing fails, for example because the disk is full.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() < BUFFER { Ok(()) } else { self.flush() }
    }

    /// Appends all of `parts` without copying them into the buffer.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if writing fails, for example because the disk is full.
    pub(crate) fn write_parts<'a>(&mut self, parts: impl Iterator<Item = &'a [u8]>) -> Result<(), Error> {
        self.flush()?;
        let (mut portion, mut size) = (Vec::new(), 0);
        for part in parts.flat_map(|part| part.chunks(PORTION)) {
            self.hash.update(part);
            portion.push(IoSlice::new(part));
            size += part.len();
            if size >= PORTION {
                self.write_hashed(&mut portion, size)?;
                portion.clear();
                size = 0;
            }
        }
        self.write_hashed(&mut portion, size)
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.hash.update(&self.buffer);
        let mut buffer = std::mem::take(&mut self.buffer);
        self.write_hashed(&mut [IoSlice::new(&buffer)], buffer.len())?;
        buffer.clear();
        self.buffer = buffer;
        Ok(())
    }

    /// Writes slices of `size` bytes in total that have already been hashed.
    fn write_hashed(&mut self, slices: &mut [IoSlice<'_>], size: usize) -> Result<(), Error> {
        write_slices(&mut self.file, slices).map_err(Error::io("write", &self.path))?;
        self.bytes += size as u64;
        if self.bytes - self.begun >= WRITEBACK {
            begin_writeback(&self.file, self.begun, self.bytes);
            self.begun = self.bytes;
        }
        Ok(())
    }

    /// Writes what is still buffered and waits until all of it is on the disk.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if writing fails, for example because the disk is full.
    pub(crate) fn finish(mut self) -> Result<FileDigest, Error> {
        self.flush()?;
        self.file.sync_all().map_err(Error::io("write", &self.path))?;
        Ok(FileDigest { path: self.name, bytes: self.bytes, sha256: hex(&self.hash.finalize()) })
    }
}

/// Writes all slices completely, in as few calls as the system allows.
fn write_slices(file: &mut File, mut slices: &mut [IoSlice<'_>]) -> io::Result<()> {
    // Skips empty slices at the start, for which a write would return 0 as if it had failed.
    IoSlice::advance_slices(&mut slices, 0);
    while !slices.is_empty() {
        match file.write_vectored(slices) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut slices, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Asks the system to begin writing a part of the file to the disk, without waiting,
/// so that little is left for [`DigestFile::finish`] to wait for. Linux does so with
/// pages that are declared as no longer needed, and keeps them cached until then.
#[cfg(target_os = "linux")]
fn begin_writeback(file: &File, from: u64, to: u64) {
    // This is only a hint: `finish` waits for whatever is not written by then.
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
    fn parts_follow_what_is_buffered() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        let large = vec![b'a'; 2 * PORTION + 1];
        let parts = || [&b""[..], b"b", &large, b"", b"c"].into_iter();
        let mut file = DigestFile::new(File::create(&path).unwrap(), "x".to_owned(), path.clone());
        file.write(b"held").unwrap();
        file.write_parts(parts()).unwrap();
        file.write_parts(std::iter::empty()).unwrap();
        file.write(b"last").unwrap();
        let digest = file.finish().unwrap();
        let written = std::fs::read(path).unwrap();
        let expected = [b"held", parts().collect::<Vec<_>>().concat().as_slice(), b"last"].concat();
        assert!(written == expected);
        assert_eq!((digest.bytes, digest.sha256), (expected.len() as u64, hex(&Sha256::digest(&expected))));
    }

    #[test]
    fn buffers_less_than_its_size_and_begins_writing_early() {
        let file = tempfile::tempfile().unwrap();
        let mut file = DigestFile::new(file, "x".to_owned(), "x".into());
        let portion = vec![b'a'; BUFFER - 1];
        for _ in 0..9 {
            file.write(&portion).unwrap();
            assert!(file.buffer.len() < BUFFER);
        }
        // Two portions fill a buffer; the ninth is still buffered.
        assert_eq!(file.file.metadata().unwrap().len(), 8 * (BUFFER as u64 - 1));
        assert_eq!(file.begun, 0);
        file.write(&portion).unwrap();
        assert_eq!(file.begun, 10 * (BUFFER as u64 - 1));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_full_disk_is_reported_with_the_file() {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut file = DigestFile::new(full, "entries.json".to_owned(), "out/entries.json".into());
        file.write(b"[]\n").unwrap();
        assert_eq!(
            file.finish().unwrap_err().to_string(),
            "could not write `out/entries.json`: No space left on device (os error 28)"
        );
    }
}
