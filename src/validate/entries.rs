//! The entries, in every format side by side: each record by itself, the
//! formats against each other, and the keys in their order.

use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use super::entry;
use super::findings::{Findings, Place};
use super::keys::Keys;
use super::pages::Pages;
use super::rows::{self, Rows};
use super::shape::Shape;
use crate::diagnostic::{Code, quote};
use crate::error::Error;
use crate::record::{ENTRY_FIELDS, Entry};

/// What the entries are checked with.
pub(crate) struct Checker {
    pub(crate) shape: Shape,
    /// Whether the entries are of a newer minor version.
    pub(crate) newer: bool,
}

/// One format's file.
struct Stream {
    file: String,
    rows: Rows,
    /// Number of the last record that could be read.
    read: u64,
    /// A fault ended it, so its length says nothing.
    broken: bool,
    /// It holds other entries than the other files from some record on.
    diverged: bool,
}

/// Reads the files to their ends. Returns whether one of them was read whole.
pub(crate) fn check(
    folder: &Path,
    files: &[String],
    checker: &Checker,
    keys: &mut Keys,
    pages: &mut Pages<'_>,
    findings: &mut Findings,
) -> Result<bool, Error> {
    let mut streams = Vec::new();
    for file in files {
        let rows = rows::open(&folder.join(file), checker.newer)?;
        streams.push(Stream { file: file.clone(), rows, read: 0, broken: false, diverged: false });
    }
    while step(&mut streams, checker, keys, pages, findings)? {}
    lengths(&streams, findings);
    Ok(streams.iter().any(|stream| !stream.broken))
}

/// Takes the next record of every file. Returns false at the end of all.
fn step(
    streams: &mut [Stream],
    checker: &Checker,
    keys: &mut Keys,
    pages: &mut Pages<'_>,
    findings: &mut Findings,
) -> Result<bool, Error> {
    let mut any = false;
    let mut unreadable = false;
    let mut lead: Option<Lead> = None;
    for stream in streams {
        let Some(row) = stream.rows.next().transpose()? else { continue };
        any = true;
        let Stream { file, read, broken, diverged, .. } = stream;
        let place = Place { file, record: Some(row.number), line: row.line };
        let value = match row.value {
            Ok(mut value) => {
                checker.shape.put_newer_aside(&mut value);
                value
            }
            Err(fault) => {
                *broken |= fault.last;
                unreadable |= !fault.last;
                findings.at(place).add(fault.code, None, fault.message);
                continue;
            }
        };
        *read = row.number;
        match &lead {
            None => lead = Some(checker.lead(value, place, keys, pages, findings)),
            Some(lead) => *diverged |= checker.follow(lead, &value, *diverged, pages, place, findings),
        }
    }
    if unreadable && lead.is_none() {
        keys.malformed(None, pages);
    }
    Ok(any)
}

/// A record of the first format that has it, and its findings.
struct Lead {
    file: String,
    value: Value,
    findings: Range<usize>,
}

impl Checker {
    /// Checks a record that is the first of its number.
    fn lead(
        &self,
        value: Value,
        place: Place<'_>,
        keys: &mut Keys,
        pages: &mut Pages<'_>,
        findings: &mut Findings,
    ) -> Lead {
        let from = findings.len();
        let entry = self.record(&value, pages, place, findings);
        let to = findings.len();
        match entry {
            Some(entry) => keys.entry(&entry, pages, &mut findings.at(place)),
            None => keys.malformed(Some(&value), pages),
        }
        Lead { file: place.file.to_owned(), value, findings: from..to }
    }

    /// Checks the same record of another format. Returns true if it is
    /// another entry altogether.
    fn follow(
        &self,
        lead: &Lead,
        value: &Value,
        diverged: bool,
        pages: &Pages<'_>,
        place: Place<'_>,
        findings: &mut Findings,
    ) -> bool {
        if lead.value == *value {
            findings.repeat(lead.findings.clone(), place);
            return false;
        }
        let other = !diverged && differ(lead, value, place, findings);
        self.record(value, pages, place, findings);
        other
    }

    fn record(
        &self,
        value: &Value,
        pages: &Pages<'_>,
        place: Place<'_>,
        findings: &mut Findings,
    ) -> Option<Entry<'static>> {
        let mut sink = findings.at(place);
        let entry: Entry<'static> = self.shape.check(value, &mut sink)?;
        entry::check(&entry, &pages.profiles_of(&entry.page), &mut sink);
        Some(entry)
    }
}

/// Names the fields that differ. Returns true if they are different entries
/// altogether, so that comparing on would find nothing new.
fn differ(lead: &Lead, other: &Value, place: Place<'_>, findings: &mut Findings) -> bool {
    let Lead { file, value: one, .. } = lead;
    let mut sink = findings.at(place);
    if ["page", "position"].iter().any(|field| one[*field] != other[*field]) {
        let key = |entry: &Value| format!("{} {}", entry["page"], entry["position"]);
        let message = format!(
            "from here on the entries differ from those in `{file}`: {} instead of {}",
            quote(&key(other)),
            quote(&key(one))
        );
        sink.add(Code::FormatsDiffer, None, message);
        return true;
    }
    for field in ENTRY_FIELDS.into_iter().filter(|field| one[*field] != other[*field]) {
        sink.add(Code::FormatsDiffer, field, format!("the field is not the same as in `{file}`"));
    }
    false
}

fn lengths(streams: &[Stream], findings: &mut Findings) {
    let Some((first, others)) = streams.split_first() else { return };
    for other in others.iter().filter(|other| !other.broken && !first.broken && other.read != first.read) {
        let message =
            format!("the file has `{}` entries, and `{}` has `{}`", other.read, first.file, first.read);
        findings.at(Place::file(&other.file)).add(Code::FormatsLength, None, message);
    }
}
