//! WARC 1.0 and 1.1 (ISO 28500), and WET, which is WARC that holds text.
//!
//! Pages are in `response` records, as HTTP responses, and in `resource` and
//! `conversion` records, as they are.

use super::cut::{Body, Form, Loss};
use super::framed::{self, Block, Fields, LONGEST_HEAD, Records, damaged};
use super::http::{Coding, Response};
use super::stream::{Fault, Place, Stream};
use crate::record::SkipReason;

/// Bytes that a block may have beyond the page: an HTTP head.
const HTTP_HEAD: u64 = LONGEST_HEAD as u64;

/// Records of a WARC file.
pub(super) struct Warc;

impl Records for Warc {
    const NAME: &'static str = "WARC";
    const SURE: bool = true;

    /// Finds the line `WARC/1.0`.
    fn find(bytes: &[u8]) -> Option<usize> {
        memchr::memchr_iter(b'/', bytes).filter_map(|slash| slash.checked_sub(4)).find(|&at| {
            let (name, version) = (&bytes[at..at + 4], &bytes[at + 5..]);
            let end = version.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b'.')).unwrap_or(0);
            let after = version.get(end..).unwrap_or_default();
            let starts_line = at.checked_sub(1).is_none_or(|before| bytes[before] == b'\n');
            let ends_line = after.starts_with(b"\n") || after.starts_with(b"\r\n");
            let is_head = (starts_line && ends_line) || after.starts_with(b"\r\nWARC-");
            end >= 3 && is_head && name.eq_ignore_ascii_case(b"WARC")
        })
    }

    fn record(stream: &mut Stream<'_>, place: Place, max_bytes: u64) -> Result<Form, Fault> {
        let Some((lines, taken)) = head(stream.ahead(LONGEST_HEAD)) else {
            stream.consume(1);
            framed::resume::<Self>(stream)?;
            return Ok(Form::Lost(damaged(place, "its head has no end")));
        };
        let fields = Fields::read(lines);
        stream.consume(taken);
        let Some(length) = fields.get("content-length").and_then(|length| length.parse().ok()) else {
            framed::resume::<Self>(stream)?;
            return Ok(Form::Lost(damaged(place, "its head tells no length")));
        };
        Ok(match framed::block::<Self>(stream, length, max_bytes.saturating_add(HTTP_HEAD))? {
            Block::Whole(block) => form(&fields, place, block),
            Block::TooLarge if holds_page(&fields) => Form::Lost(Loss::too_large(place, max_bytes)),
            Block::TooLarge => Form::Skipped(SkipReason::RecordType),
            Block::Wrong(detail) => Form::Lost(damaged(place, detail)),
        })
    }
}

/// Bytes after a line's end that show whether a head begins there.
const SEEN_BEHIND: usize = b"WARC-".len();

/// The lines of a head, and the length of all; `None` if it has no end, or if another head
/// begins in it, which belongs to the next record. That is looked for line by line: a file
/// may hold nothing but beginnings of heads.
fn head(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let bytes = &bytes[..bytes.len().min(LONGEST_HEAD)];
    let mut at = 0;
    for end in memchr::memchr_iter(b'\n', bytes) {
        let line = &bytes[at..end];
        if line.is_empty() || line == b"\r" {
            return Some((&bytes[..at], end + 1));
        }
        let begins = at.max(1)..bytes.len().min(end + 1 + SEEN_BEHIND);
        if Warc::find(&bytes[begins]).is_some() {
            return None;
        }
        at = end + 1;
    }
    None
}

fn holds_page(fields: &Fields) -> bool {
    matches!(fields.get("warc-type"), Some("response" | "resource" | "conversion"))
}

/// What a record is, by its head.
fn form(fields: &Fields, place: Place, mut block: Vec<u8>) -> Form {
    if !holds_page(fields) {
        return Form::Skipped(SkipReason::RecordType);
    }
    let media_type = fields.get("content-type");
    let (media_type, coding) = match Response::read(&block) {
        Some(response) if media_type.is_none_or(is_http) => {
            block.drain(..response.body);
            (response.media_type, response.coding)
        }
        _ if media_type.is_some_and(is_http) && block.is_empty() => return Form::Skipped(SkipReason::Empty),
        _ if media_type.is_some_and(is_http) => {
            return Form::Lost(damaged(
                place,
                "it is said to be HTTP, and has no HTTP head, or one without an end",
            ));
        }
        _ => (media_type.map(str::to_owned), Coding::default()),
    };
    if !media_type.as_deref().is_none_or(is_page) {
        return Form::Skipped(SkipReason::MediaType);
    }
    let bare = |name| fields.get(name).map(|value| value.trim_matches(['<', '>']).to_owned());
    Form::Body(Box::new(Body {
        id: bare("warc-record-id"),
        url: bare("warc-target-uri"),
        date: bare("warc-date"),
        media_type,
        coding,
        bytes: block,
    }))
}

fn is_http(media_type: &str) -> bool {
    media_type.get(..16).is_some_and(|start| start.eq_ignore_ascii_case("application/http"))
}

/// Whether documents of a media type are pages.
pub(super) fn is_page(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml", "text/plain"].iter().any(|page| essence.eq_ignore_ascii_case(page))
}

#[cfg(test)]
#[path = "warc_tests.rs"]
mod tests;
