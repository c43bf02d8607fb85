//! Compressed data, member by member.

use std::io;

use super::{CHUNK, Fault, Place, Stream};
use crate::input::decoder::Wrong;
use crate::record::Compression;

/// What compressed data may expand to: so many bytes, and so many a byte.
/// Deflate can't reach 1,033; pages reach 5 to 20.
pub(in crate::input) const EXPANDED: u64 = 16 << 20;
pub(in crate::input) const EXPANDED_PER_BYTE: u64 = 512;

impl Stream<'_> {
    /// Begins the next member; false if there is padding, or the end.
    pub(super) fn begin_member(&mut self) -> Result<bool, Fault> {
        let place = Place { offset: self.raw.offset(), content: Some(self.made) };
        let failure = |error| Fault::of_io(place, &error);
        self.raw.mark();
        let head = self.raw.ahead(Compression::LONGEST_MAGIC).map_err(failure)?;
        if head.iter().all(|&byte| byte == 0) {
            // Tapes are padded so.
            let padding = head.len();
            self.raw.consume(padding);
            self.end = padding == 0;
            return Ok(false);
        }
        let found = Compression::of(head);
        self.members.push_back((self.made, place.offset));
        let Some((compression, decoder)) = &mut self.decoder else { return Ok(false) };
        if found != Some(*compression) {
            return Err(self.damage("no such data stands there"));
        }
        decoder.restart().map_err(failure)?;
        self.inside = true;
        Ok(true)
    }

    /// Decompresses some more of a member.
    pub(super) fn step(&mut self) -> Result<(), Fault> {
        let mut wanted = self.decoder.as_ref().map_or(1, |(_, decoder)| decoder.wants());
        let filled = self.content.len();
        loop {
            let Some((_, decoder)) = &mut self.decoder else { return Ok(()) };
            let input = match self.raw.ahead(wanted) {
                Ok(input) => input,
                Err(error) => return Err(self.failure(&error)),
            };
            let given = input.len();
            self.content.resize(filled + CHUNK, 0);
            let step = decoder.step(input, &mut self.content[filled..]);
            self.content.truncate(filled + step.as_ref().map_or(0, |step| step.written));
            let step = step.map_err(|wrong| self.wrong(wrong))?;
            self.raw.consume(step.read);
            self.made += step.written as u64;
            self.inside = !step.end;
            if step.end || step.read + step.written > 0 {
                return self.check_expansion();
            }
            if given < wanted {
                return Err(self.damage("it is cut off"));
            }
            wanted = given + 1;
        }
    }

    fn check_expansion(&self) -> Result<(), Fault> {
        let (_, offset) = self.members.back().copied().unwrap_or_default();
        let too_much = |made: u64, stored: u64| made > EXPANDED.saturating_add(stored * EXPANDED_PER_BYTE);
        if !too_much(self.made, self.raw.offset())
            && !too_much(self.member_size(), self.raw.offset() - offset)
        {
            return Ok(());
        }
        let fault = self.damage(&format!("it expands to more than {EXPANDED_PER_BYTE} times its size"));
        Err(Fault { recoverable: false, ..fault })
    }

    /// A fault of the member at hand. What is no more than wrong is taken back.
    fn wrong(&mut self, wrong: Wrong) -> Fault {
        match wrong {
            Wrong::Data(detail) => self.damage(&detail),
            Wrong::Checksum => {
                let size = usize::try_from(self.member_size()).unwrap_or(usize::MAX);
                if let Some(start) = self.content.len().checked_sub(size)
                    && start >= self.next
                {
                    self.content.truncate(start);
                    self.made -= size as u64;
                }
                self.damage("its checksum is not that of its content")
            }
        }
    }

    /// A fault of the member at hand.
    fn damage(&self, wrong: &str) -> Fault {
        let (_, offset) = self.members.back().copied().unwrap_or_default();
        let compression = self.decoder.as_ref().map_or("", |(compression, _)| compression.as_str());
        let at = self.raw.offset();
        let detail = format!("the {compression} data from byte {offset} on is damaged at byte {at}: {wrong}");
        Fault { place: Place { offset, content: Some(self.made) }, detail, recoverable: true }
    }

    fn failure(&self, error: &io::Error) -> Fault {
        Fault::of_io(self.damage("").place, error)
    }

    /// Looks for the next member; false if there is none.
    pub(super) fn find_member(&mut self, compression: Compression) -> bool {
        loop {
            let Ok(bytes) = self.raw.ahead(Compression::LONGEST_MAGIC) else { return false };
            if bytes.is_empty() {
                return false;
            }
            let first = compression.magic().first().copied().unwrap_or_default();
            let at = memchr::memchr(first, bytes).unwrap_or(bytes.len());
            if at == 0 && Compression::of(bytes) == Some(compression) {
                return true;
            }
            self.raw.consume(at.max(1));
            self.raw.mark();
        }
    }
}
