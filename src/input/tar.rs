//! TAR archives of pages: the old format, POSIX (ustar, pax) and GNU.
//!
//! A member is a block of 512 bytes with its name and size, followed by its bytes,
//! padded to whole blocks.

use super::cut::{Cut, Form, Loss, Member};
use super::framed::damaged;
use super::open::Cutter;
use super::stream::{Fault, Place, Stream};
use crate::record::SkipReason;

const BLOCK: usize = 512;

/// The longest name that an extra header may give.
const LONGEST_NAME: u64 = 64 << 10;

/// Cuts an archive into its files.
pub(super) struct Tar {
    number: u64,
    max_bytes: u64,
    /// Whether reading is out of step, which has been reported.
    lost: bool,
    /// Whether the blocks of zeros that end an archive are missing so far.
    open: bool,
}

/// A member's header.
struct Header {
    name: String,
    size: u64,
    kind: u8,
}

/// What an extra header says of the member after it.
#[derive(Default)]
struct Extra {
    name: Option<String>,
    size: Option<u64>,
}

impl Tar {
    pub(super) fn new(max_bytes: u64) -> Self {
        Self { number: 0, max_bytes, lost: false, open: false }
    }

    /// The next file: where it begins and what it is; `None` at the end.
    fn next(&mut self, stream: &mut Stream<'_>) -> Result<Option<(Place, Form)>, Fault> {
        let mut extra = Extra::default();
        loop {
            stream.fill()?;
            let place = stream.place();
            let block = stream.ahead(BLOCK);
            if block.is_empty() {
                let cut_off = std::mem::take(&mut self.open) && !self.lost;
                let loss = || Form::Lost(damaged(place, "the archive has no end, so files may be missing"));
                return Ok(cut_off.then(|| (place, loss())));
            }
            let Some(header) = block.first_chunk().and_then(Header::read) else {
                let zeros = block.iter().take(BLOCK).all(|&byte| byte == 0);
                stream.consume(BLOCK);
                self.open &= !zeros;
                if zeros || self.lost {
                    continue;
                }
                self.lost = true;
                return Ok(Some((place, Form::Lost(damaged(place, "no TAR header stands there")))));
            };
            stream.consume(BLOCK);
            self.lost = false;
            self.open = true;
            match header.kind {
                b'L' | b'x' => extra.read(&header, stream)?,
                b'K' | b'g' => drop(stream.skip(padded(header.size))?),
                _ => return self.member(stream, place, header, extra).map(|form| Some((place, form))),
            }
        }
    }

    /// Takes a member's bytes.
    fn member(
        &mut self,
        stream: &mut Stream<'_>,
        place: Place,
        header: Header,
        extra: Extra,
    ) -> Result<Form, Fault> {
        let name = extra.name.unwrap_or(header.name);
        let size = extra.size.unwrap_or(header.size);
        let is_file = matches!(header.kind, 0 | b'0' | b'7');
        if !is_file || !Member::is_page(&name) || size > self.max_bytes {
            let skipped = stream.skip(padded(size))?;
            return Ok(if skipped < size {
                self.cut_off(place, size, skipped)
            } else if !is_file {
                Form::Skipped(SkipReason::RecordType)
            } else if Member::is_page(&name) {
                Form::Lost(Loss::too_large(place, self.max_bytes))
            } else {
                Form::Skipped(SkipReason::Extension)
            });
        }
        let mut bytes = Vec::new();
        stream.read_to(&mut bytes, size)?;
        let found = bytes.len() as u64;
        if found < size {
            return Ok(self.cut_off(place, size, found));
        }
        stream.skip(padded(size) - size)?;
        Ok(Form::Member(Member { name, bytes }))
    }

    /// A member in which the archive ends: it is truncated.
    fn cut_off(&mut self, place: Place, size: u64, found: u64) -> Form {
        self.open = false;
        Form::Lost(damaged(place, format!("it should hold {size} bytes, and is cut off after {found}")))
    }
}

impl Cutter for Tar {
    fn cut(&mut self, stream: &mut Stream<'_>) -> Option<Cut> {
        let next = self.next(stream);
        self.lost |= next.is_err();
        Cut::of(next, stream, &mut self.number)
    }
}

impl Header {
    /// Reads a header whose checksum is right.
    fn read(block: &[u8; BLOCK]) -> Option<Self> {
        const CHECKSUM: std::ops::Range<usize> = 148..156;
        let sum: u64 = block.iter().map(|&byte| u64::from(byte)).sum();
        let own: u64 = block[CHECKSUM].iter().map(|&byte| u64::from(byte)).sum();
        let spaces = 8 * u64::from(b' ');
        if octal(&block[CHECKSUM])? != sum - own + spaces {
            return None;
        }
        let mut name = text(&block[..100]);
        if block[257..].starts_with(b"ustar\0") && block[345] != 0 {
            name = format!("{}/{name}", text(&block[345..500]));
        }
        Some(Self { name, size: number(&block[124..136])?, kind: block[156] })
    }
}

impl Extra {
    /// Reads an extra header's bytes.
    fn read(&mut self, header: &Header, stream: &mut Stream<'_>) -> Result<(), Fault> {
        let mut bytes = Vec::new();
        stream.read_to(&mut bytes, header.size.min(LONGEST_NAME))?;
        stream.skip(padded(header.size) - bytes.len() as u64)?;
        if header.kind == b'L' {
            self.name = Some(text(&bytes));
            return Ok(());
        }
        // Lines of a length, a space, and `key=value`.
        for line in bytes.split(|&byte| byte == b'\n') {
            let line = String::from_utf8_lossy(line);
            match line.split_once(' ').and_then(|(_, pair)| pair.split_once('=')) {
                Some(("path", path)) => self.name = Some(path.to_owned()),
                Some(("size", size)) => self.size = size.parse().ok(),
                _ => {}
            }
        }
        Ok(())
    }
}

/// A size, rounded up to whole blocks.
fn padded(size: u64) -> u64 {
    size.checked_next_multiple_of(BLOCK as u64).unwrap_or(size)
}

/// Text up to the first zero byte.
fn text(bytes: &[u8]) -> String {
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// A number in octal digits, or, with the highest bit set, in bytes.
fn number(bytes: &[u8]) -> Option<u64> {
    match bytes {
        [0x80, high @ .., _, _, _, _, _, _, _, _] if high.iter().all(|&byte| byte == 0) => {
            bytes.last_chunk().map(|bytes| u64::from_be_bytes(*bytes)).filter(|&size| size < 1 << 60)
        }
        [0..0x80, ..] => octal(bytes),
        _ => None,
    }
}

fn octal(bytes: &[u8]) -> Option<u64> {
    let digits = text(bytes);
    u64::from_str_radix(digits.trim(), 8).ok()
}
