//! JSON objects, each a page, in an array or concatenated.
//!
//! Objects are delimited by their brackets alone; whether they are valid JSON is
//! checked when they are read. A line end inside a string is not valid JSON: a
//! quote or a bracket is missing there. Reading then continues with the next line
//! that has the same indent as the object and begins another one.

use super::cut::{Cut, Form, Loss, Object, Start};
use super::open::Cutter;
use super::stream::{Fault, Place, Stream};
use crate::record::{FieldNames, RejectReason, SkipReason};

/// Cuts content into objects.
pub(super) struct Objects {
    number: u64,
    max_bytes: u64,
    fields: FieldNames,
    /// Whether something that was cut may hold a page.
    of_pages: bool,
    /// Where the next byte stands.
    at: Start,
    /// White space since the last line end.
    indent: usize,
    /// An array that objects stand in has begun, and has not ended.
    in_array: bool,
}

/// An object, or what is in its place.
enum Found {
    Object(Vec<u8>),
    TooLarge,
    Damaged(&'static str, Vec<u8>),
}

impl Cutter for Objects {
    fn cut(&mut self, stream: &mut Stream<'_>) -> Option<Cut> {
        let found = match self.next(stream) {
            Ok(None) => return None,
            Ok(Some((place, start, found))) => (place, start, Ok(found)),
            Err(fault) => (fault.place, self.at, Err(fault)),
        };
        self.number += 1;
        let number = Some(self.number);
        let (place, start, found) = found;
        if let Ok(Found::Object(bytes) | Found::Damaged(_, bytes)) = &found {
            self.of_pages = self.of_pages || self.fields.may_hold_page(bytes);
        }
        Some(match found {
            Ok(Found::Object(bytes)) => {
                let object = Object { bytes, start, of_pages: self.of_pages };
                Cut { number, place, form: Form::Json(object) }
            }
            Ok(Found::Damaged(..)) if !self.of_pages => {
                Cut { number, place, form: Form::Skipped(SkipReason::NoText) }
            }
            Ok(Found::TooLarge) => Cut::lost(number, Loss::too_large(place, self.max_bytes)),
            Ok(Found::Damaged(wrong, bytes)) => {
                let (reason, detail) = (RejectReason::DamagedRecord, wrong.to_owned());
                let text = String::from_utf8_lossy(&bytes).into_owned();
                Cut::lost(number, Loss { reason, place, detail, text })
            }
            Err(fault) => {
                stream.recover(&fault);
                Cut::lost(number, Loss::damaged(fault))
            }
        })
    }
}

impl Objects {
    pub(super) fn new(max_bytes: u64, fields: FieldNames) -> Self {
        let at = Start { line: 1, column: 0 };
        Self { number: 0, max_bytes, fields, of_pages: false, at, indent: 0, in_array: false }
    }

    /// The next object and where it begins.
    fn next(&mut self, stream: &mut Stream<'_>) -> Result<Option<(Place, Start, Found)>, Fault> {
        loop {
            let (place, start) = (stream.place(), self.at);
            let Some(&byte) = stream.fill()?.first() else {
                let cut_off = std::mem::take(&mut self.in_array) && self.of_pages;
                let damaged = Found::Damaged("the array that the objects stand in has no end", Vec::new());
                return Ok(cut_off.then_some((place, start, damaged)));
            };
            match byte {
                b'[' => self.in_array = true,
                b']' => self.in_array = false,
                b'{' => return Ok(Some((place, start, self.object(stream)?))),
                b'\n' => self.indent = 0,
                b' ' | b'\t' | b'\r' => self.indent += 1,
                b',' | 0xef | 0xbb | 0xbf => {}
                _ => {
                    let dropped = self.resume(stream)?;
                    return Ok(Some((place, start, Found::Damaged("no JSON object stands here", dropped))));
                }
            }
            self.at.pass(&[byte]);
            stream.consume(1);
        }
    }

    /// Takes an object.
    fn object(&mut self, stream: &mut Stream<'_>) -> Result<Found, Fault> {
        let mut scan = Scan::default();
        let (mut object, mut too_large) = (Vec::new(), false);
        loop {
            let bytes = stream.fill()?;
            let (taken, state) = scan.run(bytes);
            too_large |= (object.len() + taken) as u64 > self.max_bytes;
            if too_large {
                object = Vec::new();
            } else {
                object.extend_from_slice(&bytes[..taken]);
            }
            let at_end = bytes.is_empty();
            self.at.pass(&bytes[..taken]);
            stream.consume(taken);
            match state {
                State::Closed if too_large => return Ok(Found::TooLarge),
                State::Closed => return Ok(Found::Object(object)),
                State::Broken => {
                    object.extend(self.resume(stream)?);
                    return Ok(Found::Damaged("a line ends inside a string", object));
                }
                State::Unclosed => return Ok(Found::Damaged("the object has no end", object)),
                State::Open if at_end => {
                    self.in_array = false;
                    return Ok(Found::Damaged("the object has no end", object));
                }
                State::Open => {}
            }
        }
    }

    /// Drops bytes up to the next line that begins an object; gives some of them.
    fn resume(&mut self, stream: &mut Stream<'_>) -> Result<Vec<u8>, Fault> {
        const KEPT: usize = 8 << 10;
        let (mut dropped, mut indent, mut line_start) = (Vec::new(), 0, false);
        while let Some(&byte) = stream.fill()?.first() {
            match byte {
                b'\n' => (indent, line_start) = (0, true),
                b' ' | b'\t' | b'\r' | b',' if line_start => indent += usize::from(byte != b','),
                b'{' if line_start && indent == self.indent => break,
                _ => line_start = false,
            }
            if dropped.len() < KEPT {
                dropped.push(byte);
            }
            self.at.pass(&[byte]);
            stream.consume(1);
        }
        Ok(dropped)
    }
}

/// What bytes of an object came to.
enum State {
    Open,
    Closed,
    /// A line ended inside a string.
    Broken,
    /// An object begins where a name should be.
    Unclosed,
}

/// Follows strings and brackets.
#[derive(Default)]
struct Scan {
    depth: usize,
    string: bool,
    escape: bool,
    /// The last byte outside of strings that is not white space.
    last: u8,
}

impl Scan {
    /// Goes on over `bytes`; says how many belong to the object.
    fn run(&mut self, bytes: &[u8]) -> (usize, State) {
        let mut at = 0;
        while at < bytes.len() {
            if self.string && !self.escape {
                at += memchr::memchr3(b'"', b'\\', b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
            }
            let Some(&byte) = bytes.get(at) else { break };
            if self.string && byte == b'\n' {
                return (at, State::Broken);
            }
            if byte == b'{' && self.depth == 1 && !self.string && self.last != b':' {
                return (at, State::Unclosed);
            }
            at += 1;
            if !self.string && !byte.is_ascii_whitespace() {
                self.last = byte;
            }
            match byte {
                _ if self.escape => self.escape = false,
                b'\\' if self.string => self.escape = true,
                b'"' => self.string = !self.string,
                b'{' | b'[' if !self.string => self.depth += 1,
                b'}' | b']' if !self.string => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return (at, State::Closed);
                    }
                }
                _ => {}
            }
        }
        (bytes.len(), State::Open)
    }
}
