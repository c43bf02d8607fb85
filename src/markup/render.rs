//! The texts in markup, as documents: an element's by its DOM, a literal's as
//! HTML if it is HTML, else as plain text.

use std::borrow::Cow;

use super::graph::{Content, Text};
use crate::page::{self, Document};

/// Elements that texts of answers are made of. A literal with a tag of another
/// name is plain text: in `git clone <address>` nothing is markup.
const ELEMENTS: [&str; 44] = [
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "td",
    "tr",
    "u",
    "ul",
];

/// Reads a text as a document.
pub(super) fn document<'t>(text: &'t Text<'_>) -> Document<'t> {
    match &text.content {
        Content::Element(element) => page::contents(*element),
        Content::Literal(literal) => match html(literal) {
            Some(html) => page::contents(page::parse(&html).root_element()),
            None => Document::of_text(literal),
        },
    }
}

/// The HTML that a literal is: as it stands, or escaped once more from end to end.
fn html(literal: &str) -> Option<Cow<'_, str>> {
    if has_tags(literal) {
        return Some(literal.into());
    }
    let trimmed = literal.trim();
    if !trimmed.starts_with("&lt;") || !trimmed.ends_with("&gt;") {
        return None;
    }
    let decoded = html_escape::decode_html_entities(trimmed);
    has_tags(&decoded).then_some(decoded)
}

/// Whether a text has a whole tag of one of the elements, opening or closing.
fn has_tags(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let tag = &text[at + 1..];
        let tag = tag.strip_prefix('/').unwrap_or(tag);
        let (name, behind) =
            tag.split_at(tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len()));
        behind.starts_with(['>', '/', ' ', '\n', '\t', '\r'])
            && behind.find(['<', '>']).is_some_and(|end| behind[end..].starts_with('>'))
            && ELEMENTS.iter().any(|element| name.eq_ignore_ascii_case(element))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_of_texts_make_html() {
        for literal in ["a<br>b", "<P class='x'>a", "a</br>b", "<b\n>a</b>"] {
            assert_eq!(html(literal).as_deref(), Some(literal));
        }
        assert_eq!(html(" &lt;p&gt;a &amp;amp; b&lt;/p&gt; ").as_deref(), Some("<p>a &amp; b</p>"));
        for plain in [
            "git clone <address>",
            "a < b",
            "1 <b",
            "a <b or c < d",
            "a &lt;p&gt;",
            "&lt;x&gt;a&lt;/x&gt;",
            "<",
            "</",
        ] {
            assert_eq!(html(plain), None, "{plain}");
        }
    }
}
