//! Tags as they occur in the bytes of a page, before any tree is built.
//!
//! Comments contain no tags, and neither do scripts, styles and the like. What
//! [`Tags`] finds is close enough to what a parser finds to look for declarations
//! and to measure tags; `scan` is exact, or says that it cannot be. A page itself
//! is always read by a parser.

pub(crate) mod names;
pub(crate) mod scan;

use memchr::{memchr, memmem};

/// Elements whose content is text, whatever it looks like.
const RAW: [&[u8]; 7] = [b"script", b"style", b"title", b"textarea", b"noscript", b"iframe", b"xmp"];

/// The start tags of a page, in order.
#[derive(Debug, Clone)]
pub(crate) struct Tags<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A start tag.
#[derive(Debug, Clone)]
pub(crate) struct Tag<'a> {
    /// Its name, in the letter case of the page.
    pub(crate) name: &'a [u8],
    /// What follows the name, the tag's end included.
    rest: &'a [u8],
    /// Where that starts.
    behind_name: usize,
}

/// The attributes of a tag: name and value.
#[derive(Debug, Clone)]
pub(crate) struct Attributes<'a> {
    bytes: &'a [u8],
    /// Where the next one is looked for; after the last one, where the tag ends.
    at: usize,
}

impl<'a> Tags<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn skip_behind(&mut self, needle: &[u8]) {
        let found = memmem::find(&self.bytes[self.at..], needle);
        self.at = found.map_or(self.bytes.len(), |length| self.at + length + needle.len());
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            self.at += memchr(b'<', &self.bytes[self.at..])? + 1;
            let rest = &self.bytes[self.at..];
            match rest.first()? {
                b'!' if rest.starts_with(b"!--") => self.skip_behind(b"-->"),
                b'!' | b'/' | b'?' => self.skip_behind(b">"),
                first if first.is_ascii_alphabetic() => {
                    let length = rest.iter().position(|&byte| ends_name(byte)).unwrap_or(rest.len());
                    let (name, rest) = rest.split_at(length);
                    let behind_name = self.at + length;
                    let mut attributes = Attributes { bytes: rest, at: 0 };
                    attributes.by_ref().for_each(drop);
                    self.at = behind_name + attributes.at;
                    if RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
                        self.at += content_length(&self.bytes[self.at..], name);
                    }
                    return Some(Tag { name, rest, behind_name });
                }
                _ => {}
            }
        }
    }
}

impl<'a> Tag<'a> {
    /// Where on the page its name ends.
    pub(crate) fn behind_name(&self) -> usize {
        self.behind_name
    }

    pub(crate) fn attributes(&self) -> Attributes<'a> {
        Attributes { bytes: self.rest, at: 0 }
    }
}

impl<'a> Attributes<'a> {
    /// The attributes of a tag whose name ends where `bytes` begin.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Where the last attribute that was read ends, from the tag's name on.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Whether the tag has an end, once all attributes were read.
    pub(crate) fn is_closed(&self) -> bool {
        self.at > 0 && self.bytes.len() == self.at && self.bytes[self.at - 1] == b'>'
    }

    /// Whether the tag ends in `/>`, and the slash belongs to no value.
    pub(crate) fn closes_itself(mut self) -> bool {
        let mut behind = 0;
        while self.next().is_some() {
            behind = self.at;
        }
        self.is_closed() && self.bytes[behind..].ends_with(b"/>")
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.bytes;
        self.at += leading(&bytes[self.at..], |byte| is_space(byte) || byte == b'/');
        match bytes.get(self.at) {
            None => return None,
            Some(b'>') => {
                self.at += 1;
                self.bytes = &bytes[..self.at];
                return None;
            }
            Some(_) => {}
        }
        let start = self.at;
        // An equals sign at the very start belongs to the name.
        self.at += 1 + leading(&bytes[start + 1..], |byte| !ends_name(byte) && byte != b'=');
        let name = &bytes[start..self.at];
        let spaces = leading(&bytes[self.at..], is_space);
        if bytes.get(self.at + spaces) != Some(&b'=') {
            return Some((name, &[]));
        }
        self.at += spaces + 1;
        self.at += leading(&bytes[self.at..], is_space);
        let start = self.at;
        if let Some(&quote @ (b'"' | b'\'')) = bytes.get(start) {
            let end = memchr(quote, &bytes[start + 1..]).map_or(bytes.len(), |length| start + 1 + length);
            self.at = (end + 1).min(bytes.len());
            return Some((name, &bytes[start + 1..end]));
        }
        self.at += leading(&bytes[start..], |byte| !is_space(byte) && byte != b'>');
        Some((name, &bytes[start..self.at]))
    }
}

/// Bytes up to the end tag of the element `name`.
fn content_length(bytes: &[u8], name: &[u8]) -> usize {
    memmem::find_iter(bytes, b"</")
        .find(|&at| bytes.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name)))
        .unwrap_or(bytes.len())
}

fn leading(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|&&byte| is(byte)).count()
}

fn ends_name(byte: u8) -> bool {
    is_space(byte) || byte == b'/' || byte == b'>'
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Vec<String> {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let tag = |tag: Tag| {
            let attributes: Vec<_> =
                tag.attributes().map(|(name, value)| format!("{}={}", text(name), text(value))).collect();
            format!("{} {}", text(tag.name), attributes.join(","))
        };
        Tags::new(page.as_bytes()).map(tag).collect()
    }

    #[test]
    fn attributes_are_read_in_every_spelling() {
        assert_eq!(
            read("<a HREF = 'x>y' b c=d/><img =e f=\"\"/><br"),
            ["a HREF=x>y,b=,c=d/", "img =e=,f=", "br "]
        );
    }

    #[test]
    fn comments_scripts_and_end_tags_hold_no_tags() {
        assert_eq!(
            read("<!doctype html><!-- <a> --><p>a < b</p><script>'<i>'</SCRIPT><u><title><s>"),
            ["p ", "script ", "u ", "title "]
        );
    }
}
