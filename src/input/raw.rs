//! The bytes of an input as they are stored, in order, with a short memory.
//!
//! Where something is damaged, reading goes back to just behind the start of the
//! damaged part and looks for the next intact one. So the latest bytes are kept,
//! from a mark on.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// Bytes read at a time.
const CHUNK: usize = 128 << 10;

/// Bytes that are kept after a mark.
const KEPT: usize = 1 << 20;

/// An input's bytes.
pub(super) struct Raw<'a> {
    reader: Box<dyn Read + Send + 'a>,
    digest: Sha256,
    buffer: Vec<u8>,
    /// Offset in the input of the buffer's first byte.
    base: u64,
    /// Index of the first byte that is kept, and of the next one to be read.
    mark: usize,
    next: usize,
    /// What ended the last bytes, and has not been reported yet.
    fault: Option<io::Error>,
}

impl<'a> Raw<'a> {
    pub(super) fn new(reader: Box<dyn Read + Send + 'a>) -> Self {
        Self { reader, digest: Sha256::new(), buffer: Vec::new(), base: 0, mark: 0, next: 0, fault: None }
    }

    /// Offset of the next byte.
    pub(super) fn offset(&self) -> u64 {
        self.base + self.next as u64
    }

    /// The next bytes: one at least, unless the input is at its end.
    pub(super) fn fill(&mut self) -> io::Result<&[u8]> {
        self.ahead(1)
    }

    /// The next bytes: `wanted` at least, unless the input is at its end.
    pub(super) fn ahead(&mut self, wanted: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.next < wanted && self.read()? > 0 {}
        Ok(&self.buffer[self.next..])
    }

    /// Takes `count` of the next bytes, which must be there.
    pub(super) fn consume(&mut self, count: usize) {
        self.next = (self.next + count).min(self.buffer.len());
    }

    /// Keeps the bytes from here on.
    pub(super) fn mark(&mut self) {
        self.mark = self.next;
    }

    /// Goes back to the byte after the mark; false if it is forgotten.
    pub(super) fn rewind(&mut self, mark: u64) -> bool {
        let kept = self.base + self.mark as u64 == mark && self.mark < self.next;
        if kept {
            self.next = self.mark + 1;
        }
        kept
    }

    /// Size and SHA-256 of the whole input, the rest of which is read and dropped.
    pub(super) fn finish(mut self) -> io::Result<(u64, [u8; 32])> {
        loop {
            let unread = self.fill()?.len();
            if unread == 0 {
                return Ok((self.offset(), self.digest.finalize().into()));
            }
            self.consume(unread);
            self.mark();
        }
    }

    fn read(&mut self) -> io::Result<usize> {
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        if self.next - self.mark > KEPT {
            self.mark = self.next;
        }
        self.buffer.drain(..self.mark);
        self.base += self.mark as u64;
        self.next -= self.mark;
        self.mark = 0;
        let filled = self.buffer.len();
        let read = self.reader.by_ref().take(CHUNK as u64).read_to_end(&mut self.buffer);
        self.digest.update(&self.buffer[filled..]);
        match self.buffer.len() - filled {
            0 => read,
            // The bytes before a fault count; the fault is reported by the next call.
            count => {
                self.fault = read.err();
                Ok(count)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk that fails.
    struct Failing;

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk failed"))
        }
    }

    #[test]
    fn what_comes_before_a_fault_is_read() {
        let mut raw = Raw::new(Box::new(b"abc".chain(Failing)));
        assert_eq!(raw.fill().unwrap(), b"abc");
        raw.consume(3);
        assert_eq!(raw.fill().unwrap_err().to_string(), "the disk failed");
        assert_eq!(raw.offset(), 3);
    }
}
