//! Character references of HTML that were left in a text copy.
//!
//! Only references with their semicolon are read, as the HTML Standard reads
//! them (<https://html.spec.whatwg.org/#character-reference-state>): without
//! it, `AT&T`, `R&D` and `?a=1&copy=2` would lose letters.

use std::borrow::Cow;

use html_escape::NAMED_ENTITIES;
use memchr::{memchr_iter, memrchr};

use super::charset::WINDOWS_1252_C1;

/// The longest reference that is read: the longest name has 31 letters.
const MAX_BYTES: usize = 40;

/// What a reference stands for.
enum Value {
    Named(&'static str),
    Char(char),
}

/// Decodes all references, and those that decoding lays bare: `&amp;lt;` is
/// `<`. A reference ends in a semicolon, so each semicolon that is read or
/// decoded settles whether one ends here; what stands before is free of them.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
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

/// Decodes the reference at the end of `out`, and the one that is there then.
fn decode_end(out: &mut String) {
    while let Some((start, value)) = last_reference(out) {
        out.truncate(start);
        match value {
            Value::Named(name) => out.push_str(name),
            Value::Char(c) => out.push(c),
        }
    }
}

/// The reference that ends `text`: where it starts, and its value.
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

/// The character that a number stands for; U+FFFD if there is none.
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
        // The Standard takes these for Windows-1252.
        0x80..=0x9f => WINDOWS_1252_C1[number as usize - 0x80],
        _ => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    })
}
