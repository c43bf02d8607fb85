//! Pages: named after their inputs, in order, with sums that add up; and the
//! table that the rows of entries and rejects are counted into.

use std::collections::HashMap;

use serde_json::Value;

use super::entry::place::is_address;
use super::facts::{encoding, facts};
use super::findings::Sink;
use super::inputs::Inputs;
use super::keys::digest;
use super::profiles::Known;
use crate::diagnostic::{Code, quote};
use crate::profile::Profile;
use crate::record::{Accounting, PageFacts, PageKind, PageRow, PageStatus};

/// What is known of every page.
#[derive(Debug, Default)]
pub(crate) struct Pages<'a> {
    by_name: HashMap<String, u32>,
    pub(crate) list: Vec<Page>,
    pub(crate) profiles: Known<'a>,
    /// Whether there may be pages whose rows could not be read, or are not there at all.
    incomplete: bool,
    /// Rows of `pages.jsonl`.
    pub(crate) rows: u64,
    /// Rows of pages that a quick look ruled out.
    pub(crate) skipped: u64,
    pub(crate) characters: u64,
    pub(crate) accounting: Accounting,
}

/// One page: its place in the order, what its row states, what was counted.
#[derive(Debug, Default)]
pub(crate) struct Page {
    input: String,
    record: Option<u64>,
    /// Number of its row; 0 where it has none.
    pub(crate) row: u64,
    /// Whether input and record are known, not guessed from the name.
    certain: bool,
    pub(crate) stated: Option<Counts>,
    /// Place of its profile among those known.
    profile: Option<usize>,
    /// Whether it is a text, whose lines count.
    pub(crate) text: bool,
    /// Digest of its address, where its row has one.
    pub(crate) address: Option<u64>,
    pub(crate) counted: Counts,
    /// Position of the last main entry.
    pub(crate) last_main: u32,
    /// Position of the first related entry.
    pub(crate) first_related: Option<u32>,
    /// Duplicates that stand after the last main entry, and those that
    /// stand after the first related one.
    pub(crate) perhaps_related: u64,
    pub(crate) surely_related: u64,
    /// Entries of which cleaning left nothing: rejects that took a position.
    pub(crate) emptied: u64,
    /// The highest position of an entry or duplicate.
    pub(crate) last_position: u32,
}

impl Page {
    fn key(&self) -> (&[u8], Option<u64>) {
        (self.input.as_bytes(), self.record)
    }

    fn name(&self) -> String {
        self.record.map_or_else(|| self.input.clone(), |record| format!("{}#{record}", self.input))
    }
}

/// Numbers of a page's rows.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) entries: u64,
    pub(crate) duplicates: u64,
    pub(crate) rejects: u64,
    /// Entries and rejects that markup declares.
    pub(crate) declared: u64,
    pub(crate) related: Option<u64>,
}

impl<'a> Pages<'a> {
    /// No pages yet.
    pub(crate) fn new(profiles: Known<'a>) -> Self {
        Self { profiles, ..Self::default() }
    }

    /// The index of a page, by its name.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).copied()
    }

    /// Says that pages without a row are to be taken as they come.
    pub(crate) fn take_any(&mut self) {
        self.incomplete = true;
    }

    /// The index of an entry's or a reject's page; `None` if it should have a row and has none.
    pub(crate) fn of_row(&mut self, name: &str) -> Option<u32> {
        self.find(name).or_else(|| self.incomplete.then(|| self.add_by_name(name)))
    }

    fn add_by_name(&mut self, name: &str) -> u32 {
        let (input, record) = match name.rsplit_once('#') {
            Some((input, record)) if !record.starts_with('+') && record.parse::<u64>().is_ok() => {
                (input, record.parse().ok())
            }
            _ => (name, None),
        };
        self.add(name, Page { input: input.to_owned(), record, ..Page::default() })
    }

    /// The index and the input of a record that could not be read; `None` if its
    /// name is none, or there is a page of that name.
    pub(crate) fn lost_record(&mut self, name: &str) -> Option<(u32, String)> {
        if self.find(name).is_some() {
            return None;
        }
        let index = self.add_by_name(name);
        let page = self.page(index);
        page.certain = true;
        page.record.map(|_| (index, page.input.clone()))
    }

    /// The profiles whose phrases no entry of a page may hold.
    pub(crate) fn profiles_of(&self, name: &str) -> Vec<&'a Profile> {
        self.profiles.of_page(self.find(name).and_then(|index| self.list[index as usize].profile))
    }

    fn add(&mut self, name: &str, page: Page) -> u32 {
        let index = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.by_name.insert(name.to_owned(), index);
        self.list.push(page);
        index
    }

    pub(crate) fn page(&mut self, index: u32) -> &mut Page {
        &mut self.list[index as usize]
    }

    /// Whether one page belongs before another. Without rows of pages, `a#10`
    /// may be the tenth record of `a` or a file of that name.
    pub(crate) fn before(&self, one: u32, other: u32) -> bool {
        let (one, other) = (&self.list[one as usize], &self.list[other as usize]);
        one.key() < other.key() && (one.certain || other.certain || one.name() < other.name())
    }

    /// Counts a row that is not one by the schema, and adds its page if it has a name.
    pub(crate) fn malformed(&mut self, value: Option<&Value>) {
        self.rows += 1;
        match value.and_then(|value| value["page"].as_str()) {
            Some(name) if self.find(name).is_none() => {
                self.add_by_name(name);
            }
            Some(_) => {}
            None => self.incomplete = true,
        }
    }

    /// Checks a row and adds its page.
    pub(crate) fn row(&mut self, row: &PageRow, inputs: &mut Inputs, sink: &mut Sink<'_>) {
        self.rows += 1;
        let page = Page { input: row.input.clone(), record: row.record, ..Page::default() };
        let name = page.name();
        if row.page != name {
            sink.add(
                Code::PageName,
                "page",
                format!("the page's name is {}, not {}", quote(&name), quote(&row.page)),
            );
        }
        if !inputs.take_page(&row.input) {
            sink.add(
                Code::InputUnknown,
                "input",
                format!("{} is not an input that was read", quote(&row.input)),
            );
        }
        status(row, sink);
        let profile = self.profiles.page(row, sink);
        facts(&row.facts, sink);
        encoding(row, sink);
        self.sums(row, sink);
        if self.find(&row.page).is_some() {
            sink.add(Code::PageOrder, "page", format!("{} has a row already", quote(&row.page)));
            return;
        }
        let stated = Counts {
            entries: row.entries,
            duplicates: row.duplicates,
            rejects: row.rejects,
            declared: row.declared,
            related: row.facts.related_found,
        };
        let text = row.kind == PageKind::Text;
        let address = row.url.as_deref().filter(|url| is_address(url)).map(digest);
        let page =
            Page { row: self.rows, certain: true, stated: Some(stated), profile, text, address, ..page };
        let index = self.add(&row.page, page);
        if index > 0 && !self.before(index - 1, index) {
            sink.add(Code::PageOrder, "page", format!("{} belongs before the row above", quote(&row.page)));
        }
    }

    /// A duplicate with that position was found on a page.
    pub(crate) fn duplicate(&mut self, index: u32, position: u32) {
        let page = self.page(index);
        page.last_position = page.last_position.max(position);
        page.perhaps_related += u64::from(position > page.last_main);
        page.surely_related += u64::from(page.first_related.is_some_and(|first| position > first));
    }

    fn sums(&mut self, row: &PageRow, sink: &mut Sink<'_>) {
        self.skipped += u64::from(row.status == PageStatus::SkippedNoQuestions);
        let (characters, accounting) = (row.characters.unwrap_or(0), row.accounting.unwrap_or_default());
        let total = accounting.total();
        if total != characters {
            let message = format!("the classes sum to `{total}`, not to `{characters}` characters");
            sink.add(Code::AccountingSum, "accounting", message);
        }
        let ruled = row.rules.values().fold(0_u64, |sum, &characters| sum.saturating_add(characters));
        if ruled > characters {
            let message = format!("rules claim `{ruled}` of `{characters}` characters");
            sink.add(Code::AccountingSum, "rules", message);
        }
        self.characters = self.characters.saturating_add(characters);
        self.accounting.add_all(&accounting);
    }
}

/// A page has a profile and an account exactly if it was read; only HTML is examined before.
fn status(row: &PageRow, sink: &mut Sink<'_>) {
    let read = row.status == PageStatus::Read;
    for (field, known) in [
        ("profile", row.profile.is_some()),
        ("characters", row.characters.is_some()),
        ("accounting", row.accounting.is_some()),
    ] {
        if known != read {
            let wrong = if read { "null" } else { "not null" };
            sink.add(Code::PageStatus, field, format!("the status is `{}`, but this is {wrong}", row.status));
        }
    }
    if !read && row.kind != PageKind::Html {
        sink.add(Code::PageStatus, "kind", format!("a page of the kind `{}` is never skipped", row.kind));
    }
    if !read
        && (row.facts != PageFacts::default()
            || row.entries + row.duplicates + row.rejects + row.declared > 0)
    {
        sink.add(Code::PageStatus, "status", "the page was skipped, but the row says what was found on it");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_ordered_by_input_and_number() {
        let mut pages = Pages::default();
        let [b, a10, a9, a, hash] = ["b", "a#10", "a#9", "a", "a#x"].map(|name| pages.add_by_name(name));
        assert!(pages.before(a, a9) && pages.before(a10, hash) && pages.before(hash, b));
        assert!(!pages.before(a10, a9) && !pages.before(a, a));
        assert!(!pages.before(a9, a10), "they may be files");
        pages.page(a9).certain = true;
        assert!(pages.before(a9, a10));
        assert_eq!(pages.find("a#9"), Some(a9));
        assert_eq!(pages.of_row("c"), None);
        pages.take_any();
        assert!(pages.of_row("c").is_some());
    }
}
