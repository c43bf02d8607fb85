//! Entries as records of a CSV file, quoted according to RFC 4180.
//!
//! A cell is quoted only if necessary: if it contains a comma, a quote, a CR or an
//! LF. White space at its ends is part of a cell (RFC 4180, section 2) and needs no
//! quotes. Records end in LF. Null is an empty cell; flags are joined by `;`.
//! Nothing else is changed: a cell that begins with `=` or `-` stays as it is.

#![expect(
    clippy::needless_bitwise_bool,
    reason = "predicates without branches compile to vector instructions: see `bytes`"
)]

use super::digest::DigestFile;
use super::encoded::Encoded;
use super::{EntriesFile, integer};
use crate::Error;
use crate::bytes;
use crate::record::{AnswerRole, Entry, FileDigest, Section, SourceBasis};

/// The header record, with its LF: the names of
/// [`ENTRY_FIELDS`](crate::record::ENTRY_FIELDS).
pub(super) const HEADER: &str = "id,question,question_detail,answer,answer_kind,answer_role,votes,\
source_text,source_domain,source_site,source_url,source_basis,section,language,page,page_url,\
position,line_start,line_end,extractor,flags\n";

/// `entries.csv`: the header, then one record per entry.
pub(super) struct CsvFile {
    file: DigestFile,
}

impl CsvFile {
    pub(super) fn new(mut file: DigestFile) -> Result<Self, Error> {
        file.write(HEADER.as_bytes())?;
        Ok(Self { file })
    }
}

impl EntriesFile for CsvFile {
    fn append(&mut self, pages: &[Encoded]) -> Result<(), Error> {
        self.file.write_parts(pages.iter().map(Encoded::csv))
    }

    fn finish(self: Box<Self>) -> Result<FileDigest, Error> {
        self.file.finish()
    }
}

/// Appends `entry` as one record, with its LF.
pub(super) fn write_entry(out: &mut Vec<u8>, entry: &Entry<'_>) {
    cell(out, &entry.id);
    cell(out, &entry.question);
    optional(out, entry.question_detail.as_deref());
    cell(out, &entry.answer);
    name(out, Some(entry.answer_kind.as_str()));
    name(out, entry.answer_role.map(AnswerRole::as_str));
    integer(out, entry.votes);
    optional(out, entry.source_text.as_deref());
    optional(out, entry.source_domain.as_deref());
    optional(out, entry.source_site.as_deref());
    optional(out, entry.source_url.as_deref());
    name(out, entry.source_basis.map(SourceBasis::as_str));
    name(out, entry.section.map(Section::as_str));
    optional(out, entry.language.as_deref());
    cell(out, &entry.page);
    optional(out, entry.page_url.as_deref());
    integer(out, Some(entry.position.into()));
    integer(out, entry.line_start.map(i64::from));
    integer(out, entry.line_end.map(i64::from));
    name(out, Some(entry.extractor.as_str()));
    for (index, flag) in entry.flags.iter().enumerate() {
        if index > 0 {
            out.push(b';');
        }
        out.extend_from_slice(flag.as_str().as_bytes());
    }
    out.push(b'\n');
}

fn optional(out: &mut Vec<u8>, value: Option<&str>) {
    match value {
        Some(value) => cell(out, value),
        None => out.push(b','),
    }
}

/// Appends a name of the wire format, which needs no quotes.
fn name(out: &mut Vec<u8>, name: Option<&'static str>) {
    out.extend_from_slice(name.unwrap_or_default().as_bytes());
    out.push(b',');
}

fn integer(out: &mut Vec<u8>, value: Option<i64>) {
    if let Some(value) = value {
        integer::push(out, value);
    }
    out.push(b',');
}

/// Appends a cell and the comma after it.
fn cell(out: &mut Vec<u8>, value: &str) {
    let mut rest = value.as_bytes();
    if !bytes::holds(rest, needs_quotes) {
        out.extend_from_slice(rest);
        out.push(b',');
        return;
    }
    out.push(b'"');
    while let Some(at) = memchr::memchr(b'"', rest) {
        let (head, tail) = rest.split_at(at + 1);
        out.extend_from_slice(head);
        out.push(b'"');
        rest = tail;
    }
    out.extend_from_slice(rest);
    out.extend_from_slice(b"\",");
}

#[inline]
fn needs_quotes(byte: u8) -> bool {
    (byte == b',') | (byte == b'"') | (byte == b'\r') | (byte == b'\n')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{any_entry, bees};
    use super::*;
    use crate::record::ENTRY_FIELDS;

    fn written(entry: &Entry<'_>) -> String {
        let mut out = Vec::new();
        write_entry(&mut out, entry);
        String::from_utf8(out).unwrap()
    }

    /// The cells as they should be read back, taken from the entry's JSON.
    fn cells(entry: &Entry<'_>) -> Vec<String> {
        let value = serde_json::to_value(entry).unwrap();
        let text = |value: &serde_json::Value| match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Array(flags) => {
                flags.iter().map(|flag| flag.as_str().unwrap()).collect::<Vec<_>>().join(";")
            }
            other => other.to_string(),
        };
        ENTRY_FIELDS.iter().map(|&field| text(&value[field])).collect()
    }

    #[test]
    fn the_header_names_the_fields_in_order() {
        assert_eq!(HEADER, format!("{}\n", ENTRY_FIELDS.join(",")));
    }

    #[test]
    fn quotes_only_where_needed() {
        assert_eq!(
            written(&bees()),
            concat!(
                "00112233445566778899aabbccddeeff,How long do bees live?,,",
                "\"Two seasons:\n\n- six weeks, in \"\"summer\"\"\n- six months ...\",",
                "list,,-12,www.bees.example,bees.example,,,cited,main,en,raw/page.txt,,1,1,5,attribution,",
                "elided_items;mojibake_repaired\n",
            )
        );
    }

    #[test]
    fn keeps_spaces_and_formula_signs_bare() {
        for (value, expected) in [
            (" a ", " a ,"),
            ("=1+1", "=1+1,"),
            ("a,b", "\"a,b\","),
            ("a\rb", "\"a\rb\","),
            ("\"", "\"\"\"\","),
            ("", ","),
        ] {
            let mut out = Vec::new();
            cell(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    proptest! {
        #[test]
        fn reads_back_and_agrees_with_the_csv_crate(entries in prop::collection::vec(any_entry(), 1..4)) {
            let mut ours = Vec::from(HEADER);
            let mut theirs = ::csv::Writer::from_writer(Vec::new());
            theirs.write_record(ENTRY_FIELDS).unwrap();
            for entry in &entries {
                write_entry(&mut ours, entry);
                theirs.write_record(cells(entry)).unwrap();
            }
            let theirs = theirs.into_inner().unwrap();
            prop_assert_eq!(String::from_utf8_lossy(&ours), String::from_utf8_lossy(&theirs));

            let mut reader = ::csv::Reader::from_reader(ours.as_slice());
            for (record, entry) in reader.records().zip(&entries) {
                prop_assert_eq!(record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>(), cells(entry));
            }
        }
    }
}
