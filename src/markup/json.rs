//! JSON as pages hold it: read by the letter where it is sound, else with
//! tolerance.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
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

/// Where a text stops being readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its line, 1-based.
    pub line: usize,
    /// The text from there on.
    pub rest: String,
}

/// The values of a text, one after the other, as far as they can be read; and
/// where reading ended, if that was before the text's end.
#[must_use]
pub fn read(text: &str) -> (Vec<Json>, Option<Fault>) {
    match serde_json::from_str(text) {
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
    let decoded = if escaped { html_escape::decode_html_entities(text) } else { text.into() };
    let (values, stopped) = tolerant::read(&decoded);
    let fault = stopped.map(|offset| {
        let (before, rest) = decoded.split_at_checked(offset).unwrap_or((&decoded, ""));
        Fault { line: 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count(), rest: rest.to_owned() }
    });
    (values, fault)
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
