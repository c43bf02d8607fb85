//! What the tags of a page say about it: attributes, and blocks of JSON-LD.

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::layout::VOCABULARY;
use crate::markup::json::Json;
use crate::page::Signs;
use crate::tags::Attributes;
use crate::tags::scan::{Odd, contains};

/// Attributes in which markup names types and properties.
const MARKUP: [&[u8]; 7] = [b"itemtype", b"itemprop", b"typeof", b"property", b"rel", b"vocab", b"prefix"];

/// Names that markup of questions holds: types, and in parts the properties of an item without one.
const NAMES: [&str; 2] = ["question", "answer"];

/// Signs of the class names of a page, each of which stands on it many times.
#[derive(Debug, Default)]
pub(super) struct Classes<'a>(FxHashMap<&'a [u8], Signs>);

/// What a tag says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said {
    /// It, or something of it, may be a question.
    pub(super) strong: bool,
    /// It may be out of sight.
    pub(super) hides: bool,
    /// It may be no text of its line.
    pub(super) unseen: bool,
}

impl Said {
    fn add(&mut self, signs: Signs) {
        self.strong |= signs.has(Signs::QUESTION);
        self.unseen |= signs.has(Signs::UNSEEN) || signs.has(Signs::ICON);
    }
}

impl<'a> Classes<'a> {
    /// Reads a tag; the look ends at one that announces questions.
    pub(super) fn read(&mut self, attributes: Attributes<'a>) -> Result<Said, Odd> {
        let mut said = Said::default();
        for (name, value) in attributes {
            let is = |known: &[u8]| name.eq_ignore_ascii_case(known);
            match name.first().map(u8::to_ascii_lowercase) {
                Some(b'c') if is(b"class") => {
                    if value.split(u8::is_ascii_whitespace).any(is_post) {
                        return Err(Odd);
                    }
                    said.add(self.signs(value)?);
                }
                Some(b'i') if is(b"id") => said.add(self.signs(value)?),
                Some(b'h') if is(b"hidden") => said.hides = true,
                Some(b's') if is(b"style") => said.hides |= may_hide(value),
                Some(b'a') if is(b"aria-hidden") => said.hides = true,
                Some(b'a') => said.strong |= is(b"aria-expanded") || is(b"aria-controls"),
                Some(b'd') => said.strong |= is(b"data-target") || is(b"data-bs-target"),
                Some(b'i' | b'p' | b'r' | b't' | b'v') if MARKUP.iter().any(|known| is(known)) => {
                    plain(value)?;
                }
                Some(b'x') if name.len() > 6 && name[..6].eq_ignore_ascii_case(b"xmlns:") => plain(value)?,
                _ => {}
            }
        }
        Ok(said)
    }

    fn signs(&mut self, value: &'a [u8]) -> Result<Signs, Odd> {
        if let Some(signs) = self.0.get(value) {
            return Ok(*signs);
        }
        if has_number(value) {
            return Err(Odd);
        }
        let signs = std::str::from_utf8(value).map_or(Signs::default(), |text| VOCABULARY.signs(text, ""));
        if signs.has(Signs::COLLECTION) {
            return Err(Odd);
        }
        self.0.insert(value, signs);
        Ok(signs)
    }
}

fn is_post(name: &[u8]) -> bool {
    std::str::from_utf8(name).is_ok_and(|name| VOCABULARY.is_post(name))
}

/// Whether a value has a numeric reference, which may stand for a letter.
fn has_number(value: &[u8]) -> bool {
    memmem::find(value, b"&#").is_some()
}

/// Markup that is not about questions.
fn plain(value: &[u8]) -> Result<(), Odd> {
    if has_number(value) || NAMES.iter().any(|name| contains(value, name)) { Err(Odd) } else { Ok(()) }
}

fn may_hide(style: &[u8]) -> bool {
    style.contains(&b'&') || contains(style, "none") || contains(style, "hidden")
}

/// A block that is sound, in which nothing is named a question, not even with escaped letters.
pub(super) fn data(content: &str) -> Result<(), Odd> {
    let bytes = content.as_bytes();
    let escaped = memmem::find_iter(bytes, br"\u00").any(|at| matches!(bytes.get(at + 4), Some(b'4'..=b'7')));
    let named = NAMES.iter().any(|name| contains(bytes, name));
    let sound = || serde_json::from_str::<Json>(content).is_ok();
    if escaped || named || !sound() { Err(Odd) } else { Ok(()) }
}
