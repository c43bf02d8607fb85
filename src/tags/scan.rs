//! A page's bytes, cut into tags and texts exactly as the parser's tokenizer cuts
//! them.
//!
//! Where the two might differ, the page is [`Odd`]: then only a parser can judge
//! what is text on it.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem};

use super::Attributes;
use super::names::{EndDrawing, LeftOut};

/// The page has something that only a parser can judge.
#[derive(Debug)]
pub(crate) struct Odd;

/// Takes the parts of a page, in order. Parts without a method of its own are ignored.
pub(crate) trait Sink<'a> {
    /// Text between two tags; it may be cut at any `<` that begins no tag.
    fn text(&mut self, _text: &str) -> Result<(), Odd> {
        Ok(())
    }

    /// The text of the page's title.
    fn title(&mut self, _text: &str) -> Result<(), Odd> {
        Ok(())
    }

    /// A start tag that the tree builder sees.
    fn start(&mut self, _name: &[u8], _attributes: Attributes<'a>) -> Result<(), Odd> {
        Ok(())
    }

    /// An end tag that it sees.
    fn end(&mut self, _name: &[u8]) -> Result<(), Odd> {
        Ok(())
    }

    /// The content of a script that holds JSON-LD.
    fn data(&mut self, _content: &'a str) -> Result<(), Odd> {
        Ok(())
    }

    /// The place of what the parser leaves out: what is in a script, a style, a drawing, a comment.
    fn left_out(&mut self, _content: Range<usize>) {}
}

/// The longest name of an element that means something.
pub(crate) const LONGEST_NAME: usize = 12;

/// Goes through a page.
pub(crate) fn scan<'a>(page: &'a str, sink: &mut impl Sink<'a>) -> Result<(), Odd> {
    if memchr(0, page.as_bytes()).is_some() {
        return Err(Odd);
    }
    Scanner { page, at: 0, drawings: 0, drawing: 0 }.run(sink)
}

struct Scanner<'a> {
    page: &'a str,
    at: usize,
    /// Open drawings: what is in them is left out.
    drawings: u32,
    /// Where the content of the outermost starts.
    drawing: usize,
}

impl<'a> Scanner<'a> {
    fn run(mut self, sink: &mut impl Sink<'a>) -> Result<(), Odd> {
        let bytes = self.page.as_bytes();
        while self.at < bytes.len() {
            let end = memchr(b'<', &bytes[self.at..]).map_or(bytes.len(), |length| self.at + length);
            self.text(end, sink)?;
            let Some(next) = bytes.get(end + 1) else {
                // The page ends in `<`, or before.
                return self.text(bytes.len(), sink);
            };
            match next {
                b'!' if bytes[end..].starts_with(b"<!--") => self.comment(end + 4, sink),
                b'!' | b'?' => self.skip_behind(b'>'),
                b'/' => match bytes.get(end + 2) {
                    Some(first) if first.is_ascii_alphabetic() => self.end_tag(end + 2, sink)?,
                    Some(_) => self.skip_behind(b'>'),
                    None => return self.text(bytes.len(), sink),
                },
                first if first.is_ascii_alphabetic() => self.start_tag(end + 1, sink)?,
                // No tag: the sign is text.
                _ => self.text(end + 1, sink)?,
            }
        }
        Ok(())
    }

    /// Hands on the text up to `end`.
    fn text(&mut self, end: usize, sink: &mut impl Sink<'a>) -> Result<(), Odd> {
        let text = &self.page[self.at..end];
        self.at = end;
        if text.is_empty() || self.drawings > 0 { Ok(()) } else { sink.text(text) }
    }

    fn comment(&mut self, start: usize, sink: &mut impl Sink<'a>) {
        let bytes = self.page.as_bytes();
        self.at = comment_end(bytes, start);
        if self.drawings == 0 && bytes[start..self.at].ends_with(b"-->") {
            sink.left_out(start..self.at - "-->".len());
        }
    }

    fn skip_behind(&mut self, byte: u8) {
        let bytes = self.page.as_bytes();
        self.at = memchr(byte, &bytes[self.at..]).map_or(bytes.len(), |length| self.at + length + 1);
    }

    /// Name and attributes of the tag whose name starts at `start`; `None` if
    /// the page ends in it, which drops it. Continues after it.
    fn tag(&mut self, start: usize) -> Option<(&'a [u8], Attributes<'a>)> {
        let bytes = self.page.as_bytes();
        let ends = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>');
        // Where the name has no end, the page ends in the tag.
        self.at = bytes.len();
        let Some(length) = bytes[start..].iter().position(ends) else {
            self.at = bytes.len();
            return None;
        };
        let attributes = Attributes::new(&bytes[start + length..]);
        let mut rest = attributes.clone();
        rest.by_ref().for_each(drop);
        self.at = start + length + rest.at();
        rest.is_closed().then_some((&bytes[start..start + length], attributes))
    }

    fn end_tag(&mut self, start: usize, sink: &mut impl Sink<'a>) -> Result<(), Odd> {
        let Some((name, _)) = self.tag(start) else { return Ok(()) };
        if self.drawings > 0 {
            self.drawings -= u32::from(name.eq_ignore_ascii_case(b"svg"));
            if self.drawings == 0 {
                sink.left_out(self.drawing..start - "</".len());
            }
            return Ok(());
        }
        sink.end(lower(name, &mut [0; LONGEST_NAME]))
    }

    fn start_tag(&mut self, start: usize, sink: &mut impl Sink<'a>) -> Result<(), Odd> {
        let Some((name, attributes)) = self.tag(start) else { return Ok(()) };
        let mut space = [0; LONGEST_NAME];
        let name = lower(name, &mut space);
        let self_closing = || attributes.clone().closes_itself();
        if self.drawings > 0 {
            if name == b"svg" {
                self.drawings += u32::from(!self_closing());
            } else if EndDrawing::has_bytes(name) {
                self.drawings = 0;
                return sink.start(name, attributes);
            }
            return Ok(());
        }
        match name {
            b"svg" => {
                self.drawings = u32::from(!self_closing());
                self.drawing = self.at;
            }
            b"script" => return self.script(attributes, sink),
            _ if LeftOut::has_bytes(name) => {
                let content = self.content(name)?;
                sink.left_out(content);
            }
            // Their content is text, if the tree builder takes them; it is never shown.
            b"title" | b"textarea" => {
                let content = &self.page[self.content(name)?];
                if memchr(b'<', content.as_bytes()).is_some() {
                    return Err(Odd);
                }
                return if name == b"title" { sink.title(content) } else { Ok(()) };
            }
            // The tree builder decides what their content is.
            b"math" | b"frameset" | b"plaintext" | b"xmp" | b"noframes" => return Err(Odd),
            _ => return sink.start(name, attributes),
        }
        Ok(())
    }

    fn script(&mut self, attributes: Attributes<'a>, sink: &mut impl Sink<'a>) -> Result<(), Odd> {
        let place = self.content(b"script")?;
        let content = &self.page[place.clone()];
        if is_nested(content.as_bytes()) {
            return Err(Odd);
        }
        if is_data(attributes)? {
            return sink.data(content);
        }
        sink.left_out(place);
        Ok(())
    }

    /// The content of an element up to its end tag. Continues after that.
    fn content(&mut self, name: &[u8]) -> Result<Range<usize>, Odd> {
        let bytes = self.page.as_bytes();
        let start = self.at;
        let is_end = |at: usize| {
            let tag = &bytes[at + 2..];
            tag.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
                && tag
                    .get(name.len())
                    .is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>'))
        };
        let end = memmem::find_iter(&bytes[start..], b"</").map(|at| start + at).find(|&at| is_end(at));
        // What has no end goes on to the page's: whether its content is left
        // out up to there depends on the tree builder.
        let end = end.ok_or(Odd)?;
        self.tag(end + 2);
        Ok(start..end)
    }
}

/// Whether the attributes of a script say that it is JSON-LD.
fn is_data(attributes: Attributes<'_>) -> Result<bool, Odd> {
    let mut types = attributes.filter(|(name, _)| name.eq_ignore_ascii_case(b"type")).map(|(_, kind)| kind);
    types.try_fold(false, |known, kind| {
        // A reference may stand for a letter.
        if kind.contains(&b'&') { Err(Odd) } else { Ok(known || contains(kind, "ld+json")) }
    })
}

/// Whether a text holds a lower-case part, in any letter case.
pub(crate) fn contains(text: &[u8], part: &str) -> bool {
    text.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// Whether a script may continue after its first end tag: inside of a comment,
/// another script may be in it.
fn is_nested(content: &[u8]) -> bool {
    let Some(comment) = memmem::find(content, b"<!--") else { return false };
    memchr_iter(b'<', &content[comment..]).any(|at| {
        let tag = &content[comment + at + 1..];
        tag.get(..6).is_some_and(|name| name.eq_ignore_ascii_case(b"script"))
    })
}

/// Where a comment ends whose text starts at `start`.
fn comment_end(bytes: &[u8], start: usize) -> usize {
    let text = &bytes[start..];
    let ends = |&at: &usize| {
        let before = &text[..at];
        before.is_empty() || before == b"-" || before.ends_with(b"--") || before.ends_with(b"--!")
    };
    memchr_iter(b'>', text).find(ends).map_or(bytes.len(), |at| start + at + 1)
}

/// A name as it can be kept.
pub(crate) fn padded(name: &[u8]) -> [u8; LONGEST_NAME] {
    let mut padded = [0; LONGEST_NAME];
    padded[..name.len()].copy_from_slice(name);
    padded
}

/// A name in lower case; one that is longer than any that counts is cut, and so is no known one.
fn lower<'n>(name: &[u8], space: &'n mut [u8; LONGEST_NAME]) -> &'n [u8] {
    let length = name.len().min(LONGEST_NAME);
    let lower = &mut space[..length];
    lower.copy_from_slice(&name[..length]);
    lower.make_ascii_lowercase();
    lower
}
