//! Reads one page: text or HTML in; entries, rejects and segments out.

mod account;
mod html;
mod outline;

use std::borrow::Cow;
use std::ops::Range;

use crate::profile::Profiles;
use crate::record::{Accounting, Entry, PageFacts, PageKind, Reject, SegmentClass};

pub(crate) use outline::{Outline, position};

/// What was read from a page.
#[derive(Debug)]
pub struct Reading<'a> {
    /// Name of the profile it was read with.
    pub profile: &'a str,
    /// The text: that of a text copy, or the one that HTML was rendered to.
    pub text: Cow<'a, str>,
    /// What the page says about itself.
    pub facts: PageFacts,
    /// The entries, in the order of the page; those declared by markup come first.
    pub entries: Vec<Entry<'a>>,
    /// For each declared entry, the line of the text that shows it, 1-based.
    pub declared_lines: Vec<Option<u32>>,
    /// What looked like an entry but is not one, in the order of the page.
    pub rejects: Vec<Reject>,
    /// The segments of the page, in order, which together are all of its text.
    pub segments: Vec<Segment<'a>>,
    /// The characters by class.
    pub accounting: Accounting,
}

/// A part of a page, with its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment<'a> {
    /// The place in the text, in bytes.
    pub span: Range<usize>,
    /// The line of the text, 1-based.
    pub line: u32,
    /// What it is.
    pub class: SegmentClass,
    /// The rule that claims it, if there is one.
    pub rule: Option<&'a str>,
}

/// Reads a text page. `name` is the name of the page in its entries.
///
/// ```
/// let page = "How long do bees live?\n\nA worker lives six weeks in summer.\n\n\
///     Takedown request | View complete answer on www.Bees.example\n";
/// let profiles = qasift::profile::Profiles::built_in();
/// let reading = qasift::read_page(page, "bees.txt", &profiles);
/// let entry = &reading.entries[0];
/// assert_eq!(entry.question, "How long do bees live?");
/// assert_eq!(entry.source_domain.as_deref(), Some("bees.example"));
/// assert_eq!((entry.line_start, entry.line_end), (Some(1), Some(5)));
/// assert_eq!(reading.accounting.total(), page.chars().count() as u64);
/// ```
#[must_use]
pub fn read_page<'a>(text: &'a str, name: &'a str, profiles: &'a Profiles) -> Reading<'a> {
    let outline = Outline::of(text, PageKind::Text, None, profiles);
    let mut reading = outline.reading(name, text.into());
    for index in 0..outline.len() {
        match outline.entry_of(text, index, name) {
            Ok((_, entry)) => reading.entries.push(entry),
            Err(reject) => reading.rejects.push(*reject),
        }
    }
    reading.rejects.sort_by_key(|reject| reject.line_start);
    reading
}

/// Reads an HTML page. `address` is where it was found, if that is known; `name` is the
/// name of the page in its entries.
///
/// ```
/// let page = "<h2>How long do bees live?</h2><p>A worker lives <i>six weeks</i> in summer.</p>\
///     <p><a href='/a'>View complete answer on <b>bees.example</b></a></p>";
/// let profiles = qasift::profile::Profiles::built_in();
/// let reading = qasift::read_html(page, Some("https://www.bees.example/q"), "q.html", &profiles);
/// let entry = &reading.entries[0];
/// assert_eq!(entry.answer, "A worker lives six weeks in summer.");
/// assert_eq!(entry.source_url.as_deref(), Some("https://www.bees.example/a"));
/// assert_eq!((entry.line_start, entry.line_end), (None, None));
/// ```
#[must_use]
pub fn read_html<'a>(
    html: &str,
    address: Option<&str>,
    name: &'a str,
    profiles: &'a Profiles,
) -> Reading<'a> {
    let outline = Outline::of(html, PageKind::Html, address, profiles);
    let mut reading = outline.reading(name, outline.document.text.to_string().into());
    for index in 0..outline.len() {
        match outline.entry(index, name) {
            Ok((_, entry)) => reading.entries.push(entry.into_owned()),
            Err(reject) => reading.rejects.push(*reject),
        }
    }
    reading
}

impl<'p> Outline<'_, 'p> {
    /// The reading without its entries.
    fn reading<'e>(&self, name: &str, text: Cow<'e, str>) -> Reading<'e>
    where
        'p: 'e,
    {
        Reading {
            profile: self.profile.name(),
            text,
            entries: Vec::with_capacity(self.len()),
            declared_lines: self.declared.lines().collect(),
            rejects: self.rejects(name),
            segments: self.segments(),
            accounting: self.accounting().0,
            facts: self.split.facts.clone(),
        }
    }
}
