//! Entries as JSON objects, by a hand-written serialiser.
//!
//! Most of a dataset is strings, and few of their bytes need escaping. So strings
//! are scanned in blocks, and what is between two escapes is copied in one piece.
//! The output is that of `serde_json`; tests compare the two.

#![expect(
    clippy::inline_always,
    reason = "inlined, keys are constants that are copied without a call, which saves a sixth of the time"
)]

use super::digest::DigestFile;
use super::encoded::Encoded;
use super::{EntriesFile, integer};
use crate::Error;
use crate::bytes;
use crate::id::hex;
use crate::record::{AnswerRole, Entry, FileDigest, Section, SourceBasis};

/// `entries.json`: one array, with one entry per line; `[]` without entries.
pub(super) struct JsonFile {
    file: DigestFile,
    empty: bool,
}

impl JsonFile {
    pub(super) fn new(file: DigestFile) -> Self {
        Self { file, empty: true }
    }
}

impl EntriesFile for JsonFile {
    fn append(&mut self, pages: &[Encoded]) -> Result<(), Error> {
        let empty = &mut self.empty;
        let parts = pages.iter().map(Encoded::json).filter(|entries| !entries.is_empty());
        self.file.write_parts(parts.flat_map(|entries| {
            let before: &[u8] = if std::mem::take(empty) { b"[\n" } else { b",\n" };
            [before, entries]
        }))
    }

    fn finish(mut self: Box<Self>) -> Result<FileDigest, Error> {
        self.file.write(if self.empty { b"[]\n" } else { b"\n]\n" })?;
        self.file.finish()
    }
}

/// Appends `entry` as one compact object, its fields in the order of
/// [`ENTRY_FIELDS`](crate::record::ENTRY_FIELDS), without a newline after it.
pub(super) fn write_entry(out: &mut Vec<u8>, entry: &Entry<'_>) {
    string(out, r#"{"id":"#, &entry.id);
    string(out, r#","question":"#, &entry.question);
    optional(out, r#","question_detail":"#, entry.question_detail.as_deref());
    string(out, r#","answer":"#, &entry.answer);
    name(out, r#","answer_kind":"#, Some(entry.answer_kind.as_str()));
    name(out, r#","answer_role":"#, entry.answer_role.map(AnswerRole::as_str));
    integer(out, r#","votes":"#, entry.votes);
    optional(out, r#","source_text":"#, entry.source_text.as_deref());
    optional(out, r#","source_domain":"#, entry.source_domain.as_deref());
    optional(out, r#","source_site":"#, entry.source_site.as_deref());
    optional(out, r#","source_url":"#, entry.source_url.as_deref());
    name(out, r#","source_basis":"#, entry.source_basis.map(SourceBasis::as_str));
    name(out, r#","section":"#, entry.section.map(Section::as_str));
    optional(out, r#","language":"#, entry.language.as_deref());
    string(out, r#","page":"#, &entry.page);
    optional(out, r#","page_url":"#, entry.page_url.as_deref());
    integer(out, r#","position":"#, Some(entry.position.into()));
    integer(out, r#","line_start":"#, entry.line_start.map(i64::from));
    integer(out, r#","line_end":"#, entry.line_end.map(i64::from));
    name(out, r#","extractor":"#, Some(entry.extractor.as_str()));
    out.extend_from_slice(br#","flags":["#);
    for (index, flag) in entry.flags.iter().enumerate() {
        name(out, if index == 0 { "" } else { "," }, Some(flag.as_str()));
    }
    out.extend_from_slice(b"]}");
}

#[inline(always)]
fn optional(out: &mut Vec<u8>, key: &str, value: Option<&str>) {
    match value {
        Some(value) => string(out, key, value),
        None => null(out, key),
    }
}

#[inline(always)]
fn integer(out: &mut Vec<u8>, key: &str, value: Option<i64>) {
    match value {
        Some(value) => {
            out.extend_from_slice(key.as_bytes());
            integer::push(out, value);
        }
        None => null(out, key),
    }
}

#[inline(always)]
fn null(out: &mut Vec<u8>, key: &str) {
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"null");
}

/// A name of the wire format, which needs no escapes.
#[inline(always)]
fn name(out: &mut Vec<u8>, key: &str, name: Option<&'static str>) {
    let Some(name) = name else { return null(out, key) };
    out.extend_from_slice(key.as_bytes());
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.push(b'"');
}

#[inline(always)]
fn string(out: &mut Vec<u8>, key: &str, value: &str) {
    out.extend_from_slice(key.as_bytes());
    quoted(out, value);
}

/// Appends `value` as a JSON string.
fn quoted(out: &mut Vec<u8>, value: &str) {
    out.push(b'"');
    let mut rest = value.as_bytes();
    if bytes::holds(rest, needs_escape) {
        while let Some(at) = bytes::find(rest, needs_escape) {
            let (plain, from) = rest.split_at(at);
            out.extend_from_slice(plain);
            escape(out, from[0]);
            rest = &from[1..];
        }
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

#[inline]
#[expect(
    clippy::needless_bitwise_bool,
    reason = "predicates without branches compile to vector instructions: see `bytes`"
)]
fn needs_escape(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

/// Appends the short escape if JSON has one, else `\u00xx`.
fn escape(out: &mut Vec<u8>, byte: u8) {
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        0x0C => b'f',
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        _ => {
            out.extend_from_slice(br"\u00");
            out.extend_from_slice(hex(&[byte]).as_bytes());
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{any_entry, bees};
    use super::*;

    fn written(entry: &Entry<'_>) -> String {
        let mut out = Vec::new();
        write_entry(&mut out, entry);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn writes_every_field_in_order() {
        assert_eq!(
            written(&bees()),
            concat!(
                r#"{"id":"00112233445566778899aabbccddeeff","question":"How long do bees live?","#,
                r#""question_detail":null,"answer":"Two seasons:\n\n- six weeks, in \"summer\"\n- six months ...","#,
                r#""answer_kind":"list","answer_role":null,"votes":-12,"source_text":"www.bees.example","#,
                r#""source_domain":"bees.example","source_site":null,"source_url":null,"#,
                r#""source_basis":"cited","section":"main","language":"en","page":"raw/page.txt","#,
                r#""page_url":null,"position":1,"line_start":1,"line_end":5,"extractor":"attribution","#,
                r#""flags":["elided_items","mojibake_repaired"]}"#,
            )
        );
    }

    #[test]
    fn escapes_what_json_must_and_nothing_else() {
        let mut out = Vec::new();
        quoted(&mut out, "\u{0}\u{8}\u{b}\u{c}\n\r\t\u{1f} \"/\\ \u{7f}\u{2028}é🐝");
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\"\\u0000\\b\\u000b\\f\\n\\r\\t\\u001f \\\"/\\\\ \u{7f}\u{2028}é🐝\""
        );
    }

    proptest! {
        #[test]
        fn writes_the_bytes_of_serde_json(entry in any_entry()) {
            prop_assert_eq!(written(&entry), serde_json::to_string(&entry).unwrap());
        }

        #[test]
        fn finds_escapes_at_any_place(plain in "[a-zé]{0,80}", byte in 0u8..0x80, rest in "[a-z\"\n]{0,40}") {
            let text = format!("{plain}{}{rest}", char::from(byte));
            let mut out = Vec::new();
            quoted(&mut out, &text);
            prop_assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(&text).unwrap());
        }
    }
}
