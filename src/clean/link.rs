//! Replaces the links of Markdown copies by their text.

use std::borrow::Cow;
use std::ops::Range;

/// What an address starts with. Other brackets followed by parentheses are not links:
/// `f[x](y)`.
const STARTS: [&str; 5] = ["https://", "http://", "mailto:", "/", "#"];

/// Replaces each link by its text: `[clover](https://herbs.example)` is `clover`. Images
/// and links without an address stay as they are.
pub(super) fn unlink(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    // The last opening bracket that has not been closed yet.
    let mut open = None;
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'[', b']', &text.as_bytes()[at..]) {
        at += next;
        let opens = text.as_bytes()[at] == b'[';
        let link = open.take().and_then(|open| link_at(text, open, at));
        if opens {
            open = Some(at);
        } else if let Some((inner, end)) = link {
            out.push_str(&text[done..inner.start - 1]);
            out.push_str(&text[inner]);
            done = end;
            at = end;
            continue;
        }
        at += 1;
    }
    if done == 0 {
        return text.into();
    }
    out.push_str(&text[done..]);
    out.into()
}

/// The place of a link's text, if all of `text` is a link.
pub(crate) fn text_of_link(text: &str) -> Option<Range<usize>> {
    let inside = text.strip_prefix('[')?;
    let close = 1 + inside.find(['[', ']']).filter(|&at| inside[at..].starts_with(']'))?;
    let (inner, end) = link_at(text, 0, close)?;
    (end == text.len()).then_some(inner)
}

/// The text of a link whose brackets open and close at `open` and `close`, and
/// the end of its address.
fn link_at(text: &str, open: usize, close: usize) -> Option<(Range<usize>, usize)> {
    let inner = open + 1..close;
    let address = text[close + 1..].strip_prefix('(')?;
    let start = STARTS.into_iter().find(|start| address.starts_with(start))?;
    let names = address[start.len()..].starts_with(|c: char| c.is_alphanumeric());
    if !names || text[..open].ends_with('!') || text[inner.clone()].trim().is_empty() {
        return None;
    }
    let mut depth = 1;
    for (at, byte) in address.bytes().enumerate().take(MAX_ADDRESS) {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            // A title in quotes follows the address.
            b' ' if depth == 1 => {
                let title = address[at + 1..].strip_prefix('"')?;
                let length = title.bytes().take(MAX_ADDRESS).position(|byte| byte == b'"')?;
                title[length + 1..].starts_with(')').then_some(())?;
                return Some((inner, text.len() - title.len() + length + 2));
            }
            ..=b' ' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some((inner, text.len() - address.len() + at + 1));
        }
    }
    None
}

/// The longest address and the longest title, in bytes. This bounds the time for a text
/// of many unclosed links.
const MAX_ADDRESS: usize = 2000;
