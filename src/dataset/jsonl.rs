//! Entries as JSON Lines, as a file of a dataset or alone to any writer.

use std::io::{BufWriter, Write};
use std::path::Path;

use super::EntriesFile;
use super::digest::DigestFile;
use super::encoded::Encoded;
use crate::Error;
use crate::record::FileDigest;

/// Size of a [`JsonlSink`]'s buffer, in bytes.
const BUFFER: usize = 1 << 16;

/// `entries.jsonl`: one entry per line.
pub(super) struct JsonlFile {
    file: DigestFile,
}

impl JsonlFile {
    pub(super) fn new(file: DigestFile) -> Self {
        Self { file }
    }
}

impl EntriesFile for JsonlFile {
    fn append(&mut self, pages: &[Encoded]) -> Result<(), Error> {
        pages.iter().flat_map(Encoded::json_lines).try_for_each(|entry| {
            self.file.write(entry)?;
            self.file.write(b"\n")
        })
    }

    fn finish(self: Box<Self>) -> Result<FileDigest, Error> {
        self.file.finish()
    }
}

/// Writes only the entries, one per line, to any writer: no dataset, no digests.
///
/// If a pipe is closed by its reader, the result is [`Error::Io`] with the kind
/// `BrokenPipe`; the caller decides whether that is a success.
#[derive(Debug)]
pub(crate) struct JsonlSink<W: Write> {
    out: BufWriter<W>,
}

impl<W: Write> JsonlSink<W> {
    /// A sink that writes to `out`.
    pub(crate) fn new(out: W) -> Self {
        Self { out: BufWriter::with_capacity(BUFFER, out) }
    }

    /// Writes the entries of some pages. They must have been encoded for a
    /// JSON format.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if writing fails.
    pub(crate) fn write_entries(&mut self, pages: &[Encoded]) -> Result<(), Error> {
        for entry in pages.iter().flat_map(Encoded::json_lines) {
            self.out.write_all(entry).and_then(|()| self.out.write_all(b"\n")).map_err(failed())?;
        }
        Ok(())
    }

    /// Writes what is still buffered.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if writing fails.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        self.out.flush().map_err(failed())
    }
}

fn failed() -> impl FnOnce(std::io::Error) -> Error {
    Error::io("write", Path::new("-"))
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::super::samples::bees_at;
    use super::*;
    use crate::record::Format;

    fn page(positions: &[u32]) -> Encoded {
        let mut page = Encoded::new(&[Format::Jsonl], 0);
        for &position in positions {
            page.push(&bees_at(position));
        }
        page
    }

    #[test]
    fn writes_each_entry_as_a_line() {
        let mut out = Vec::new();
        let mut sink = JsonlSink::new(&mut out);
        sink.write_entries(&[page(&[1, 2]), page(&[]), page(&[3])]).unwrap();
        sink.finish().unwrap();
        let expected: String =
            [1, 2, 3].map(|position| serde_json::to_string(&bees_at(position)).unwrap() + "\n").concat();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn reports_a_closed_pipe() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut sink = JsonlSink::new(Closed);
        sink.write_entries(&[page(&[1])]).unwrap();
        let Err(Error::Io { source, .. }) = sink.finish() else { panic!("a closed pipe went unseen") };
        assert_eq!(source.kind(), io::ErrorKind::BrokenPipe);
    }
}
