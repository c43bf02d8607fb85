//! Records that consist of a head, which states a length, and a block of that
//! length.
//!
//! The length is where crawls are damaged: files are truncated, and writers
//! miscount. So the end of each block is checked, and where a block does not end
//! as it should, the next head is searched for from the beginning of that block.

use std::marker::PhantomData;

use super::cut::{Cut, Form, Loss};
use super::open::Cutter;
use super::stream::{Fault, Place, Stream};
use crate::record::RejectReason;

/// The longest head of a record that is read.
pub(super) const LONGEST_HEAD: usize = 64 << 10;

/// Bytes that show whether a head begins.
const SEEN: usize = 4 << 10;

/// Records of one kind.
pub(super) trait Records: Send {
    /// What they are, in messages.
    const NAME: &'static str;

    /// Whether a head is certain even without a line end before it.
    const SURE: bool;

    /// Index of the first head that begins in some bytes.
    fn find(bytes: &[u8]) -> Option<usize>;

    /// Takes the record whose head begins where the stream is, with a page of
    /// at most `max_bytes`.
    fn record(stream: &mut Stream<'_>, place: Place, max_bytes: u64) -> Result<Form, Fault>;
}

/// Cuts a file of such records.
pub(super) struct Framed<R> {
    number: u64,
    max_bytes: u64,
    /// Whether reading is out of step, which has been reported.
    lost: bool,
    records: PhantomData<R>,
}

impl<R: Records> Framed<R> {
    pub(super) fn new(max_bytes: u64) -> Self {
        Self { number: 0, max_bytes, lost: false, records: PhantomData }
    }

    /// The next record: where it begins and what it is; `None` at the end.
    fn next(&mut self, stream: &mut Stream<'_>) -> Result<Option<(Place, Form)>, Fault> {
        while !begins::<R>(stream)? {
            let place = stream.place();
            if resume::<R>(stream)? == 0 {
                return Ok(None);
            }
            if !std::mem::take(&mut self.lost) {
                let detail = format!("no {} record begins there", R::NAME);
                return Ok(Some((place, Form::Lost(damaged(place, detail)))));
            }
        }
        self.lost = false;
        let place = stream.place();
        R::record(stream, place, self.max_bytes).map(|form| Some((place, form)))
    }
}

impl<R: Records> Cutter for Framed<R> {
    fn cut(&mut self, stream: &mut Stream<'_>) -> Option<Cut> {
        let next = self.next(stream);
        self.lost |= next.is_err();
        Cut::of(next, stream, &mut self.number)
    }
}

/// A record's block.
pub(super) enum Block {
    Whole(Vec<u8>),
    /// It is longer than what is kept.
    TooLarge,
    /// It has another length than its head says. What follows is read on from its beginning.
    Wrong(String),
}

/// Whether a head begins where the stream is. Line ends before it are taken.
fn begins<R: Records>(stream: &mut Stream<'_>) -> Result<bool, Fault> {
    loop {
        let line_ends = stream.fill()?.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        if line_ends == 0 {
            return Ok(R::find(stream.ahead(SEEN)) == Some(0));
        }
        stream.consume(line_ends);
    }
}

/// Drops bytes up to the next head, or to the end. Says how many.
pub(super) fn resume<R: Records>(stream: &mut Stream<'_>) -> Result<u64, Fault> {
    skip::<R>(stream, u64::MAX, |_| {})
}

/// Takes the block of `length` bytes after a head; keeps it, if it has no more
/// than `max` bytes.
pub(super) fn block<R: Records>(stream: &mut Stream<'_>, length: u64, max: u64) -> Result<Block, Fault> {
    if length > max {
        let skipped = skip::<R>(stream, length, |_| {})?;
        let whole = skipped == length && ends::<R>(stream);
        return Ok(if whole { Block::TooLarge } else { Block::Wrong(wrong_length(length, skipped)) });
    }
    let mut block = Vec::new();
    // Where too many lengths are wrong, a block is not taken by its length alone.
    let by_length = stream.may_give_back();
    if by_length {
        stream.read_to(&mut block, length)?;
    } else {
        skip::<R>(stream, length, |bytes| block.extend_from_slice(bytes))?;
    }
    let found = block.len() as u64;
    if found == length && ends::<R>(stream) {
        return Ok(Block::Whole(block));
    }
    if by_length {
        stream.give_back(&block);
    }
    resume::<R>(stream)?;
    Ok(Block::Wrong(wrong_length(length, found)))
}

/// Whether a block ends where the stream is: a blank line, another head or
/// nothing at all follows.
fn ends<R: Records>(stream: &mut Stream<'_>) -> bool {
    let after = stream.ahead(SEEN);
    if after.starts_with(b"\r\n\r\n") {
        return true;
    }
    let line_ends = after.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let rest = &after[line_ends..];
    rest.is_empty() || ((line_ends > 0 || R::SURE) && R::find(rest) == Some(0))
}

/// Takes `count` bytes; fewer if a head or the end comes before. Says how many.
fn skip<R: Records>(stream: &mut Stream<'_>, count: u64, mut take: impl FnMut(&[u8])) -> Result<u64, Fault> {
    let mut skipped = 0;
    while skipped < count {
        stream.fill()?;
        let bytes = stream.ahead(2 * SEEN);
        if bytes.is_empty() {
            break;
        }
        let found = R::find(bytes);
        // The last bytes may be a part of a head.
        let seen = if bytes.len() < 2 * SEEN { bytes.len() } else { bytes.len() - SEEN };
        let taken = found.unwrap_or(seen).min(usize::try_from(count - skipped).unwrap_or(usize::MAX));
        take(&bytes[..taken]);
        stream.consume(taken);
        skipped += taken as u64;
        if found == Some(taken) {
            break;
        }
    }
    Ok(skipped)
}

/// A record that is damaged, as `detail` says.
pub(super) fn damaged(place: Place, detail: impl Into<String>) -> Loss {
    Loss { reason: RejectReason::DamagedRecord, place, detail: detail.into(), text: String::new() }
}

fn wrong_length(length: u64, found: u64) -> String {
    if found < length {
        format!("it should hold {length} bytes, and is cut off after {found}")
    } else {
        format!("it does not end after the {length} bytes that it should hold")
    }
}

/// The lines of a head, up to and without the blank one after it, and the
/// length of all; `None` if it has no end, or is too long.
pub(super) fn head(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let bytes = &bytes[..bytes.len().min(LONGEST_HEAD)];
    let mut at = 0;
    while let Some(end) = memchr::memchr(b'\n', &bytes[at..]) {
        let line = &bytes[at..at + end];
        if line.is_empty() || line == b"\r" {
            return Some((&bytes[..at], at + end + 1));
        }
        at += end + 1;
    }
    None
}

/// Fields of a head: names in lower case, values on one line.
#[derive(Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `name: value` lines. A line that begins with white space goes on the one before.
    pub(super) fn read(lines: &[u8]) -> Self {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines.split(|&byte| byte == b'\n') {
            let line = String::from_utf8_lossy(line);
            match (line.starts_with([' ', '\t']), fields.last_mut()) {
                (true, Some((_, value))) => {
                    value.push(' ');
                    value.push_str(line.trim());
                }
                _ => {
                    if let Some((name, value)) = line.split_once(':') {
                        fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
                    }
                }
            }
        }
        Self(fields)
    }

    /// The first value of a field that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(found, value)| found == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }
}
