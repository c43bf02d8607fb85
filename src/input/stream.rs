//! The content of an input: its bytes, decompressed if they are compressed.
//!
//! If the compressed data is damaged, reading reports it once; then
//! [`Stream::recover`] continues with the next member, because a file of many
//! members (as crawlers write them) has intact ones after a damaged one.

mod members;

use std::collections::VecDeque;
use std::io::{self, Read};

use super::decoder::Decoder;
use super::raw::Raw;
use crate::record::Compression;

pub(super) use members::{EXPANDED, EXPANDED_PER_BYTE};

/// Bytes decompressed at a time.
const CHUNK: usize = 64 << 10;

/// The longest content of a member that is not handed on before it is known to be whole.
const CHECKED: u64 = 256 << 10;

/// Damaged members after each of which reading goes back and looks closely.
/// After the others it continues from where the damage was noticed.
const LOOKED_AT_CLOSELY: u32 = 100;

/// Bytes that may be put back, besides twice as many as the content has so far.
const GIVEN_BACK: u64 = 16 << 20;

/// An input's content.
pub(super) struct Stream<'a> {
    raw: Raw<'a>,
    decoder: Option<(Compression, Decoder)>,
    inside: bool,
    content: Vec<u8>,
    next: usize,
    /// Offset in the content of the end of `content`.
    made: u64,
    /// Where members begin: in the content, in the input.
    members: VecDeque<(u64, u64)>,
    fault: Option<Fault>,
    faults: u32,
    end: bool,
    ended_early: bool,
    /// Bytes that were put back.
    given_back: u64,
}

/// A place in an input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Offset in the file; if it is compressed, the offset of the member's start.
    pub offset: u64,
    /// Offset in the decompressed content, if the file is compressed.
    pub content: Option<u64>,
}

/// Why content can't be read on.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) place: Place,
    /// What is wrong, as a sentence.
    pub(super) detail: String,
    /// Whether what follows may be read.
    recoverable: bool,
}

impl<'a> Stream<'a> {
    pub(super) fn new(reader: impl Read + Send + 'a) -> Self {
        Self {
            raw: Raw::new(Box::new(reader)),
            decoder: None,
            inside: false,
            content: Vec::new(),
            next: 0,
            made: 0,
            members: VecDeque::new(),
            fault: None,
            faults: 0,
            end: false,
            ended_early: false,
            given_back: 0,
        }
    }

    /// Takes the bytes for compressed ones. None may have been taken yet.
    pub(super) fn decompress(&mut self, compression: Compression) -> io::Result<()> {
        self.decoder = Some((compression, Decoder::new(compression)?));
        Ok(())
    }

    /// Bytes of the input, as they are stored, that were taken so far.
    pub(super) fn taken(&self) -> u64 {
        self.raw.offset()
    }

    /// Whether the bytes are compressed.
    pub(super) fn is_compressed(&self) -> bool {
        self.decoder.is_some()
    }

    /// The first bytes as they are stored: `wanted`, if there are as many.
    pub(super) fn stored_head(&mut self, wanted: usize) -> io::Result<&[u8]> {
        self.raw.ahead(wanted)
    }

    /// The next bytes: one at least, unless the content is at its end.
    pub(super) fn fill(&mut self) -> Result<&[u8], Fault> {
        if self.next == self.content.len() {
            self.ahead(1);
            if self.next == self.content.len()
                && let Some(fault) = self.fault.take()
            {
                return Err(fault);
            }
        }
        Ok(&self.content[self.next..])
    }

    /// The next bytes: `wanted`, if as many come before the end or a fault.
    pub(super) fn ahead(&mut self, wanted: usize) -> &[u8] {
        if self.content.len() - self.next < wanted {
            // Not for a few bytes: no more are moved than were taken.
            if self.next >= self.content.len() - self.next {
                self.content.drain(..self.next);
                self.next = 0;
            }
            while (self.content.len() - self.next < wanted || self.is_unchecked())
                && !self.end
                && self.fault.is_none()
            {
                if let Err(fault) = self.refill() {
                    self.fault = Some(fault);
                }
            }
        }
        &self.content[self.next..]
    }

    /// Whether a member is being decompressed that can be checked as a whole.
    fn is_unchecked(&self) -> bool {
        self.inside && self.member_size() <= CHECKED
    }

    /// Bytes of the last member's content so far.
    fn member_size(&self) -> u64 {
        self.members.back().map_or(0, |&(start, _)| self.made - start)
    }

    /// Takes `count` of the next bytes, which must be there.
    pub(super) fn consume(&mut self, count: usize) {
        self.next = (self.next + count).min(self.content.len());
    }

    /// Whether bytes may be taken to look at them, and be put back: not too often,
    /// so that reading takes time by the length of the content alone.
    pub(super) fn may_give_back(&self) -> bool {
        self.given_back <= self.made.saturating_mul(2).saturating_add(GIVEN_BACK)
    }

    /// Bytes that were put back so far.
    #[cfg(test)]
    pub(super) fn given_back(&self) -> u64 {
        self.given_back
    }

    /// Puts bytes that were just taken back before the next one.
    pub(super) fn give_back(&mut self, bytes: &[u8]) {
        self.given_back += bytes.len() as u64;
        self.content.splice(..self.next, bytes.iter().copied());
        self.next = 0;
    }

    /// Where the next byte is.
    pub(super) fn place(&mut self) -> Place {
        let unread = (self.content.len() - self.next) as u64;
        let content = self.made - unread;
        if self.decoder.is_none() {
            return Place { offset: self.raw.offset() - unread, content: None };
        }
        while self.members.get(1).is_some_and(|&(start, _)| start <= content) {
            self.members.pop_front();
        }
        let offset = self.members.front().map_or(0, |&(_, offset)| offset);
        Place { offset, content: Some(content) }
    }

    /// Takes `count` bytes behind `bytes`; fewer at the end.
    pub(super) fn read_to(&mut self, bytes: &mut Vec<u8>, mut count: u64) -> Result<(), Fault> {
        // A length may claim anything.
        bytes.reserve(usize::try_from(count.min(CHECKED)).unwrap_or_default());
        while count > 0 {
            let found = self.fill()?;
            let taken = found.len().min(usize::try_from(count).unwrap_or(usize::MAX));
            if taken == 0 {
                break;
            }
            bytes.extend_from_slice(&found[..taken]);
            self.consume(taken);
            count -= taken as u64;
        }
        Ok(())
    }

    /// Drops `count` bytes; fewer at the end. Says how many.
    pub(super) fn skip(&mut self, count: u64) -> Result<u64, Fault> {
        let mut left = count;
        while left > 0 {
            let taken = self.fill()?.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            if taken == 0 {
                break;
            }
            self.consume(taken);
            left -= taken as u64;
        }
        Ok(count - left)
    }

    /// Continues after a fault: with the next member that can be found.
    pub(super) fn recover(&mut self, fault: &Fault) {
        let Some((compression, _)) = &self.decoder else {
            (self.end, self.ended_early) = (true, true);
            return;
        };
        let compression = *compression;
        self.inside = false;
        self.faults += 1;
        let closely = self.faults <= LOOKED_AT_CLOSELY && self.raw.rewind(fault.place.offset);
        if !closely && self.raw.offset() == fault.place.offset {
            self.raw.consume(1);
        }
        self.ended_early = !fault.recoverable;
        self.end = self.ended_early || !self.find_member(compression);
    }

    /// Whether a fault left the rest of the content unread.
    pub(super) fn ended_early(&self) -> bool {
        self.ended_early
    }

    /// Size and SHA-256 of the input, the rest of which is read and dropped.
    pub(super) fn finish(self) -> io::Result<(u64, [u8; 32])> {
        self.raw.finish()
    }

    fn refill(&mut self) -> Result<(), Fault> {
        if self.decoder.is_none() {
            return self.copy();
        }
        if self.inside || self.begin_member()? { self.step() } else { Ok(()) }
    }

    /// Takes some more bytes as they are.
    fn copy(&mut self) -> Result<(), Fault> {
        let place = Place { offset: self.raw.offset(), content: None };
        let found = self.raw.fill().map_err(|error| Fault::of_io(place, &error))?;
        self.content.extend_from_slice(found);
        let count = found.len();
        self.made += count as u64;
        self.end = count == 0;
        self.raw.consume(count);
        self.raw.mark();
        Ok(())
    }
}

impl Fault {
    fn of_io(place: Place, error: &io::Error) -> Self {
        Self { place, detail: format!("it could not be read on: {error}"), recoverable: false }
    }
}
