//! JSON as pages contain it: read strictly if it is valid, else tolerantly.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::tolerant;

/// A JSON value; an object keeps its members in order, repeated names too.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`, and what stands for nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(super) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }
}

/// Where a text stops being readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its line, 1-based.
    pub line: usize,
    /// The text from there on.
    pub rest: String,
}

impl Fault {
    /// A fault at a byte of a text.
    pub(super) fn at(text: &str, offset: usize) -> Self {
        let (before, rest) = text.split_at_checked(offset).unwrap_or((text, ""));
        Self { line: 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count(), rest: rest.to_owned() }
    }
}

/// The values of a text, one after the other, as far as they can be read; and
/// where reading ended, if that was before the text's end.
#[must_use]
pub fn read(text: &str) -> (Vec<Json>, Option<Fault>) {
    match serde_json::from_str(text) {
        // What was encoded twice is a string that holds the block.
        Ok(Json::Text(inner)) if inner.trim_start().starts_with(['{', '[', '"']) => read(&inner),
        Ok(json) => (vec![json], None),
        Err(_) => read_tolerantly(text),
    }
}

/// The same without trying the strict reader first.
#[must_use]
pub fn read_tolerantly(text: &str) -> (Vec<Json>, Option<Fault>) {
    // A template engine that escapes for HTML leaves no quote in the block.
    let escaped =
        !text.contains('"') && ["&quot;", "&#34;", "&#x22;"].iter().any(|quote| text.contains(quote));
    let decoded = if escaped { html_escape::decode_html_entities(text) } else { unescaped(text) };
    let (values, stopped) = tolerant::read(&decoded);
    let fault = stopped.map(|offset| Fault::at(&decoded, offset));
    (values, fault)
}

/// Whether a text is JSON by the letter.
pub(super) fn is_sound(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// A text all of whose quotes are escaped, as the inside of a string would be,
/// without that.
fn unescaped(text: &str) -> Cow<'_, str> {
    let quotes = memchr::memchr_iter(b'"', text.as_bytes());
    let mut escaped = quotes.map(|at| text[..at].ends_with('\\')).peekable();
    if escaped.peek().is_none() || !escaped.all(|escaped| escaped) {
        return text.into();
    }
    let string = format!("\"{}\"", text.replace(['\n', '\r', '\t'], " "));
    serde_json::from_str(&string).map_or(text.into(), Cow::Owned)
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Json, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = access.next_element()? {
            values.push(value);
        }
        Ok(Json::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }
}
