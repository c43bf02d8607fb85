//! A page's entries, encoded for each format that is written.
//!
//! Encoding is most of the work of writing, and does not depend on other pages, so
//! workers do it in parallel. What remains to be done in order, page by page, is to
//! remove duplicates and to copy bytes.

use super::{csv, json};
use crate::record::{Entry, Format};

/// Separates two JSON objects; in [`Encoded`], it follows each of them.
const SEPARATOR: &[u8] = b",\n";

/// Size of a page's entries in JSON relative to the size of the page, measured on
/// pages with short answers. Only a first estimate for the buffers.
const GROWTH: usize = 2;

/// The entries of one page, encoded.
#[derive(Debug, Clone)]
pub(crate) struct Encoded {
    /// JSON objects, each followed by a [`SEPARATOR`].
    json: Option<Records>,
    /// CSV records, each with its LF.
    csv: Option<Records>,
    len: usize,
}

/// Consecutive records, and where each of them ends.
#[derive(Debug, Clone)]
struct Records {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Encoded {
    /// An empty buffer for entries that are to be encoded for `formats`. Its initial
    /// capacity depends on the size of the page, `page_bytes`.
    pub(crate) fn new(formats: &[Format], page_bytes: usize) -> Self {
        let wants = |wanted: &[Format]| formats.iter().any(|format| wanted.contains(format));
        let json = wants(&[Format::Json, Format::Jsonl]).then(|| Records::new(page_bytes * GROWTH));
        let csv = wants(&[Format::Csv]).then(|| Records::new(page_bytes));
        Self { json, csv, len: 0 }
    }

    /// Removes all entries and keeps the capacity.
    pub(crate) fn clear(&mut self) {
        for records in self.json.iter_mut().chain(&mut self.csv) {
            records.bytes.clear();
            records.ends.clear();
        }
        self.len = 0;
    }

    /// Capacity for encoded entries, in bytes.
    pub(crate) fn capacity(&self) -> usize {
        self.json.iter().chain(&self.csv).map(|records| records.bytes.capacity()).sum()
    }

    /// Encodes an entry and appends it.
    pub(crate) fn push(&mut self, entry: &Entry<'_>) {
        if let Some(records) = &mut self.json {
            json::write_entry(&mut records.bytes, entry);
            records.bytes.extend_from_slice(SEPARATOR);
            records.ends.push(records.bytes.len());
        }
        if let Some(records) = &mut self.csv {
            csv::write_entry(&mut records.bytes, entry);
            records.ends.push(records.bytes.len());
        }
        self.len += 1;
    }

    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Keeps only the entries for whose index, in the order of the calls of
    /// [`push`](Self::push), `keep` returns true.
    pub(crate) fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        self.json.iter_mut().chain(&mut self.csv).for_each(|records| records.retain(&keep));
        self.len = (0..self.len).filter(|&index| keep(index)).count();
    }

    /// The JSON objects, separated by a comma and an LF.
    pub(super) fn json(&self) -> &[u8] {
        let bytes = self.json.as_ref().map_or(&[][..], |records| &records.bytes);
        bytes.strip_suffix(SEPARATOR).unwrap_or(bytes)
    }

    /// The JSON objects, one by one.
    pub(super) fn json_lines(&self) -> impl Iterator<Item = &[u8]> {
        let records = self.json.iter().flat_map(Records::iter);
        records.map(|record| record.strip_suffix(SEPARATOR).unwrap_or(record))
    }

    /// The CSV records, each with its LF.
    pub(super) fn csv(&self) -> &[u8] {
        self.csv.as_ref().map_or(&[], |records| &records.bytes)
    }
}

impl Records {
    fn new(capacity: usize) -> Self {
        Self { bytes: Vec::with_capacity(capacity), ends: Vec::new() }
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.bytes[start..end])
    }

    /// Moves the kept records to the front, each at most once; moves none if all are kept.
    fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        let (mut start, mut kept, mut kept_end) = (0, 0, 0);
        for index in 0..self.ends.len() {
            let end = self.ends[index];
            if keep(index) {
                if kept_end < start {
                    self.bytes.copy_within(start..end, kept_end);
                }
                kept_end += end - start;
                self.ends[kept] = kept_end;
                kept += 1;
            }
            start = end;
        }
        self.bytes.truncate(kept_end);
        self.ends.truncate(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::bees_at;
    use super::*;

    const BOTH: [Format; 2] = [Format::Csv, Format::Json];

    fn page(positions: impl IntoIterator<Item = u32>) -> Encoded {
        let mut page = Encoded::new(&BOTH, 0);
        positions.into_iter().for_each(|position| page.push(&bees_at(position)));
        page
    }

    #[test]
    fn encodes_only_what_the_formats_ask_for() {
        for (formats, json, csv) in [
            (&[Format::Json][..], true, false),
            (&[Format::Jsonl], true, false),
            (&[Format::Csv], false, true),
            (&[], false, false),
        ] {
            let mut page = Encoded::new(formats, 100);
            page.push(&bees_at(1));
            assert_eq!((page.json().is_empty(), page.csv().is_empty()), (!json, !csv));
            assert_eq!(page.len(), 1);
        }
    }

    #[test]
    fn retain_leaves_what_the_kept_entries_alone_would_give() {
        for dropped in [&[][..], &[1], &[4], &[1, 2], &[2, 4], &[1, 2, 3, 4]] {
            let kept: Vec<u32> = (1..=4).filter(|position| !dropped.contains(position)).collect();
            let (mut ours, expected) = (page(1..=4), page(kept));
            ours.retain(|index| !dropped.iter().any(|&position| position as usize == index + 1));
            assert_eq!(ours.json(), expected.json());
            assert_eq!(ours.csv(), expected.csv());
            assert!(ours.json_lines().eq(expected.json_lines()));
            assert_eq!(ours.len(), 4 - dropped.len());
        }
    }

    #[test]
    fn lines_are_the_objects_without_separators() {
        let page = page([1, 2]);
        let lines: Vec<&[u8]> = page.json_lines().collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines.join(SEPARATOR), page.json());
        assert!(lines.iter().all(|line| line.starts_with(b"{") && line.ends_with(b"}")));
    }
}
