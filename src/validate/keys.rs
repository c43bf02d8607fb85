//! The entries' keys: that they are in order and unique, and what is counted by page.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::findings::{Findings, Place, Sink};
use super::pages::{Page, Pages};
use crate::diagnostic::{Code, quote};
use crate::record::{Entry, Extractor, Section};

/// The key of an entry, in 24 bytes: a dataset has millions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Index of the page.
    page: u32,
    position: u32,
    record: u32,
    content: u64,
}

/// What a duplicate of an entry has as its text: the first 8 bytes of its SHA-256.
pub(crate) fn content(question: &str, answer: &str) -> u64 {
    let mut hash = Sha256::new();
    for part in [question, "\n\n", answer] {
        hash.update(part);
    }
    first_bytes(&hash.finalize())
}

/// The first 8 bytes of a text's SHA-256.
pub(crate) fn digest(text: &str) -> u64 {
    first_bytes(&Sha256::digest(text))
}

/// The first 8 bytes of a digest.
pub(crate) fn first_bytes(digest: &[u8]) -> u64 {
    digest.iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}

/// The keys of the entries seen so far, and their ids.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    /// Sorted by [`finish`](Self::finish).
    list: Vec<Key>,
    /// The ids and their records, where ids must differ.
    ids: Option<Vec<([u8; 16], u32)>>,
    last: Option<Last>,
    /// Records.
    pub(crate) records: u64,
}

/// The entry before.
#[derive(Debug, Clone, Copy)]
struct Last {
    page: u32,
    position: u32,
    line_end: Option<u32>,
    section: Option<Section>,
}

impl Keys {
    pub(crate) fn new(unique_ids: bool) -> Self {
        Self { ids: unique_ids.then(Vec::new), ..Self::default() }
    }

    /// Counts a record that is not an entry by the schema, as well as its fields allow.
    pub(crate) fn malformed(&mut self, value: Option<&Value>, pages: &mut Pages<'_>) {
        self.records += 1;
        self.last = None;
        let page = value.and_then(|value| value["page"].as_str()).and_then(|name| pages.of_row(name));
        let position = value.and_then(|value| u32::try_from(value["position"].as_u64()?).ok());
        let Some(page) = page else { return };
        if let Some(position) = position {
            let text = |field: &str| value.and_then(|value| value[field].as_str()).unwrap_or_default();
            let content = content(text("question"), text("answer"));
            self.list.push(Key { page, position, record: number(self.records), content });
        }
        let section = value.and_then(|value| value["section"].as_str());
        count(pages, page, position, section == Some("related"));
        let extractor = value.and_then(|value| value["extractor"].as_str());
        let markup =
            Extractor::ALL.iter().any(|known| known.is_markup() && Some(known.as_str()) == extractor);
        pages.page(page).counted.declared += u64::from(markup);
    }

    /// Checks an entry against those before it.
    pub(crate) fn entry(&mut self, entry: &Entry<'_>, pages: &mut Pages<'_>, sink: &mut Sink<'_>) {
        self.records += 1;
        if let (Some(ids), Ok(id)) = (&mut self.ids, u128::from_str_radix(&entry.id, 16)) {
            ids.push((id.to_be_bytes(), number(self.records)));
        }
        let Some(page) = pages.of_row(&entry.page) else {
            sink.add(
                Code::PageUnknown,
                "page",
                format!("{} has no row in `pages.jsonl`", quote(&entry.page)),
            );
            return;
        };
        self.list.push(Key {
            page,
            position: entry.position,
            record: number(self.records),
            content: content(&entry.question, &entry.answer),
        });
        fit(entry, pages.page(page), sink);
        count(pages, page, Some(entry.position), entry.section == Some(Section::Related));
        pages.page(page).counted.declared += u64::from(entry.extractor.is_markup());
        let this = Last { page, position: entry.position, line_end: entry.line_end, section: entry.section };
        if let Some(last) = self.last.replace(this) {
            order(entry, last, this, pages, sink);
        }
    }

    /// Finds ids and keys that occur twice, and sorts the keys.
    pub(crate) fn finish(&mut self, file: &str, findings: &mut Findings) {
        let mut ids = self.ids.take().unwrap_or_default();
        ids.sort_unstable();
        for same in ids.chunk_by(|a, b| a.0 == b.0) {
            for (_, record) in &same[1..] {
                let mut sink = findings.at(Place::record(file, (*record).into()));
                let message = format!("record `{}` has the same id", same[0].1);
                sink.add(Code::EntryDuplicate, "id", message);
            }
        }
        self.list.sort_unstable();
        for pair in self.list.windows(2) {
            if (pair[0].page, pair[0].position) != (pair[1].page, pair[1].position) {
                continue;
            }
            let mut sink = findings.at(Place::record(file, pair[1].record.into()));
            let message = format!("record `{}` has the same page and position", pair[0].record);
            sink.add(Code::KeyDuplicate, "position", message);
        }
    }

    /// The [`content`] of the entry with this key, after [`finish`](Self::finish).
    pub(crate) fn find(&self, page: u32, position: u32) -> Option<u64> {
        let at = self.list.partition_point(|key| (key.page, key.position) < (page, position));
        let key = self.list.get(at)?;
        ((key.page, key.position) == (page, position)).then_some(key.content)
    }
}

/// Checks an entry's place against the one before.
fn order(entry: &Entry<'_>, last: Last, this: Last, pages: &mut Pages<'_>, sink: &mut Sink<'_>) {
    if this.page != last.page {
        if pages.before(this.page, last.page) {
            let message = format!("{} belongs before the page of the record above", quote(&entry.page));
            sink.add(Code::EntryOrder, "page", message);
        }
        return;
    }
    if this.position < last.position {
        let message = format!("`{}` must not follow `{}`", this.position, last.position);
        sink.add(Code::EntryOrder, "position", message);
        return;
    }
    if let (Some(start), Some(end)) = (entry.line_start, last.line_end)
        && start < end
    {
        let message = format!("the entry begins on line `{start}`, but the one before ends on line `{end}`");
        sink.add(Code::LineOverlap, "line_start", message);
    }
    if last.section == Some(Section::Related) && this.section == Some(Section::Main) {
        sink.add(Code::SectionWrong, "section", "`main` follows `related`");
    }
}

/// Checks what an entry's page says of all its entries.
fn fit(entry: &Entry<'_>, page: &Page, sink: &mut Sink<'_>) {
    let Some(stated) = page.stated else { return };
    if entry.section.is_some() != stated.related.is_some() && !entry.extractor.is_markup() {
        let message = match entry.section {
            None => "the page has a count line, but the section is null".to_owned(),
            Some(section) => format!("the page has no count line, but the section is `{section}`"),
        };
        sink.add(Code::SectionWrong, "section", message);
    }
    // An HTML page may state its address itself.
    let known = page.text || page.address.is_some();
    if known && entry.page_url.as_deref().map(digest) != page.address {
        sink.add(Code::PageUrl, "page_url", "the page's row has a different address");
    }
    if page.text && entry.line_start.is_none() {
        sink.add(Code::LineRange, "line_start", "the page is text, but the line is null");
    }
    if !page.text && entry.line_start.is_some() {
        sink.add(
            Code::LineRange,
            "line_start",
            "the page is HTML, which has no lines, but the line is not null",
        );
    }
}

fn number(record: u64) -> u32 {
    u32::try_from(record).unwrap_or(u32::MAX)
}

fn count(pages: &mut Pages<'_>, page: u32, position: Option<u32>, related: bool) {
    let page = pages.page(page);
    page.counted.entries += 1;
    let position = position.unwrap_or(0);
    page.last_position = page.last_position.max(position);
    if related {
        *page.counted.related.get_or_insert(0) += 1;
        page.first_related = Some(page.first_related.map_or(position, |first| first.min(position)));
    } else {
        page.last_main = page.last_main.max(position);
    }
}
