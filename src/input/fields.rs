//! The fields of a record that hold its page and what is known about it.
//!
//! Pages come from many tools, and each has its own names for the same things. The
//! first field of a list that is present, and not null or empty, is used. A dot
//! leads into a nested object.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use memchr::memmem;
use serde::Deserialize;
use serde::de::{self, Visitor};
use serde_json::value::RawValue;

use super::content::Content;
use super::cut::Record;
use crate::record::FieldNames;

const HTML: &[&str] = &["html", "raw_html", "html_content", "page_html"];
const TEXT: &[&str] = &["text", "raw_text", "markdown", "content", "raw_content", "body"];
const URL: &[&str] = &[
    "url",
    "uri",
    "page_url",
    "source_url",
    "link",
    "warc-target-uri",
    "metadata.url",
    "metadata.sourceURL",
    "meta.url",
    "warc_headers.warc-target-uri",
];
const ID: &[&str] =
    &["id", "_id", "doc_id", "docid", "record_id", "warc_record_id", "warc_headers.warc-record-id"];
const DATE: &[&str] = &[
    "date",
    "timestamp",
    "crawl_date",
    "date_download",
    "fetched_at",
    "created",
    "metadata.date",
    "meta.timestamp",
    "warc_headers.warc-date",
];

impl FieldNames {
    /// Names of the fields that may hold the page as HTML, and of those that may hold it as text.
    pub(super) fn page_names(&self) -> [Vec<&str>; 2] {
        match (&self.html, &self.text) {
            (None, None) => [HTML.to_vec(), TEXT.to_vec()],
            (html, text) => [html, text].map(|name| name.as_deref().into_iter().collect()),
        }
    }

    /// Names of the fields that may hold the record's name, its address and its date.
    pub(super) fn other_names(&self) -> [Vec<&str>; 3] {
        let given = [(&self.id, ID), (&self.url, URL), (&self.date, DATE)];
        given.map(|(name, known)| name.as_deref().map_or_else(|| known.to_vec(), |name| vec![name]))
    }

    /// Whether JSON, sound or not, has a member that may hold a page.
    pub(super) fn may_hold_page(&self, json: &[u8]) -> bool {
        self.page_names().concat().into_iter().any(|name| {
            let innermost = name.rsplit('.').next().unwrap_or(name);
            memmem::find(json, format!("\"{innermost}\"").as_bytes()).is_some()
        })
    }

    /// Reads a JSON object.
    pub(super) fn read(&self, json: &[u8]) -> serde_json::Result<Record> {
        let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
        let json_text = String::from_utf8_lossy(json);
        if !json_text.trim_start().starts_with('{') {
            return Err(de::Error::custom("no JSON object stands here"));
        }
        let object: Object<'_> = serde_json::from_str(&json_text)?;
        let first = |names: Vec<&str>| names.into_iter().find_map(|name| text(&object, name));
        let [id, url, date] = self.other_names().map(first);
        let [html, words] = self.page_names();
        let page = Content::of_fields(first(html).map(Content::Html), || first(words).map(Content::Text));
        let undecodable = match &page {
            Some(Content::Html(page) | Content::Text(page)) if matches!(json_text, Cow::Owned(_)) => {
                let invalid = json.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
                // The others stand in other fields.
                invalid.min(page.matches(char::REPLACEMENT_CHARACTER).count()) as u64
            }
            _ => 0,
        };
        Ok(Record { id, url, date, content: page, undecodable })
    }
}

type Object<'a> = HashMap<Cow<'a, str>, &'a RawValue>;

/// The text of a field, if it is there and not empty; a number's digits count.
fn text(object: &Object<'_>, name: &str) -> Option<String> {
    if let Some(value) = object.get(name) {
        let value = value.get();
        if value.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            return Some(value.to_owned());
        }
        let Text(text) = serde_json::from_str(value).ok()?;
        return Some(text).filter(|text| !text.is_empty());
    }
    let (outer, inner) = name.split_once('.')?;
    let object: Object<'_> = serde_json::from_str(object.get(outer)?.get()).ok()?;
    text(&object, inner)
}

/// A string. Halves of surrogate pairs, which the JSON of some tools holds,
/// become U+FFFD.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(TextVisitor)
    }
}

struct TextVisitor;

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Text, E> {
        Ok(Text(String::from_utf8_lossy(bytes).into_owned()))
    }
}
