//! Decodes HTML character references that were left in a text copy.
//!
//! They are decoded as the HTML Standard does
//! (<https://html.spec.whatwg.org/#character-reference-state>), but only with their
//! semicolon: otherwise `AT&T`, `R&D` and `?a=1&copy=2` would lose letters.

use std::borrow::Cow;

use html_escape::NAMED_ENTITIES;
use memchr::{memchr_iter, memrchr};

use super::charset::WINDOWS_1252_C1;
use super::space::is_unseen;

/// The longest reference that is decoded, in bytes: the longest name has 31 letters.
const MAX_BYTES: usize = 40;

/// What a reference is decoded to.
enum Value {
    Named(&'static str),
    Char(char),
}

/// Decodes all references, including those that decoding reveals: `&amp;lt;` is `<`. A
/// reference ends in a semicolon, so at each semicolon, read or decoded, it is certain
/// whether one ends there, and what precedes has none left.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    let ends = memchr_iter(b';', text.as_bytes()).map(|at| at + 1);
    let Some(first) = ends.into_iter().find(|&end| last_reference(&text[..end]).is_some()) else {
        return text.into();
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    decode_end(&mut out);
    for piece in text[first..].split_inclusive(';') {
        out.push_str(piece);
        decode_end(&mut out);
    }
    out.into()
}

/// A text without invisible characters and references to such at its end.
pub(crate) fn trim_end(text: &str) -> &str {
    let mut bare = text.trim_end_matches(is_unseen);
    while bare.ends_with(';') {
        let floor = bare.floor_char_boundary(bare.len().saturating_sub(MAX_BYTES));
        let Some(at) = memrchr(b'&', &bare.as_bytes()[floor..]).map(|at| floor + at) else { break };
        if !decode(&bare[at..]).chars().all(is_unseen) {
            break;
        }
        bare = bare[..at].trim_end_matches(is_unseen);
    }
    bare
}

/// Decodes the reference at the end of `out`, and any that it reveals there.
fn decode_end(out: &mut String) {
    while let Some((start, value)) = last_reference(out) {
        out.truncate(start);
        match value {
            Value::Named(name) => out.push_str(name),
            Value::Char(c) => out.push(c),
        }
    }
}

/// The reference at the end of `text`: where it starts, and its value.
fn last_reference(text: &str) -> Option<(usize, Value)> {
    let end = text.strip_suffix(';')?.as_bytes();
    let tail = end.len().saturating_sub(MAX_BYTES);
    let start = tail + memrchr(b'&', &end[tail..])?;
    let value = match &end[start + 1..] {
        [b'#', b'x' | b'X', digits @ ..] => Value::Char(number(digits, 16)?),
        [b'#', digits @ ..] => Value::Char(number(digits, 10)?),
        name => {
            let at = NAMED_ENTITIES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
            Value::Named(NAMED_ENTITIES[at].1)
        }
    };
    Some((start, value))
}

/// The character of a numeric reference; U+FFFD if there is none. `None` if the digits
/// are invalid.
fn number(digits: &[u8], radix: u32) -> Option<char> {
    if digits.is_empty() {
        return None;
    }
    let mut number = 0_u32;
    for &digit in digits {
        number = number.saturating_mul(radix).saturating_add((digit as char).to_digit(radix)?);
    }
    Some(match number {
        0 => char::REPLACEMENT_CHARACTER,
        // The Standard decodes these as Windows-1252.
        0x80..=0x9f => WINDOWS_1252_C1[number as usize - 0x80],
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    })
}
