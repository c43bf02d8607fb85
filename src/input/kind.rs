//! How a page is stored: as text, HTML, or HTML in a MIME message (MHTML).
//!
//! Its container may say so: by a media type, else by the extension of a file
//! name. A page that begins like HTML is HTML, whatever it is called.

use memchr::memmem;

use super::format::extension;
use crate::record::PageKind;

/// What is known about a page's bytes from its container.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints<'a> {
    /// The whole `Content-Type`, parameters included.
    pub media_type: Option<&'a str>,
    /// The file's name, for its extension.
    pub name: Option<&'a str>,
}

/// What bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    Text,
    Html,
    Mhtml,
}

/// Bytes at the beginning in which signs of HTML are looked for.
const LOOKED_AT: usize = 2 << 10;

impl Hints<'_> {
    /// What a page with these hints is.
    pub(super) fn stored(&self, bytes: &[u8]) -> Stored {
        let told = self.by_media_type().or_else(|| self.by_extension());
        if matches!(told, Some(Stored::Html | Stored::Mhtml)) || !may_open(bytes) {
            return told.unwrap_or(Stored::Text);
        }
        let beginning: Vec<u8> = shown(bytes).collect();
        match told {
            _ if is_message(&beginning) => Stored::Mhtml,
            _ if opens_document(&beginning) => Stored::Html,
            None if opens_fragment(&beginning) => Stored::Html,
            _ => Stored::Text,
        }
    }

    fn by_media_type(&self) -> Option<Stored> {
        let essence = self.media_type?.split(';').next()?.trim().to_ascii_lowercase();
        match essence.as_str() {
            "text/html" | "application/xhtml+xml" => Some(Stored::Html),
            "multipart/related" | "message/rfc822" | "application/x-mimearchive" => Some(Stored::Mhtml),
            _ if essence.starts_with("text/") => Some(Stored::Text),
            _ => None,
        }
    }

    fn by_extension(&self) -> Option<Stored> {
        match extension(self.name?)?.as_str() {
            "html" | "htm" | "xhtml" | "xht" | "shtml" => Some(Stored::Html),
            "mhtml" | "mht" => Some(Stored::Mhtml),
            "txt" | "text" | "md" | "markdown" => Some(Stored::Text),
            _ => None,
        }
    }
}

/// What characters are that a container holds.
pub(super) fn of_text(text: &str) -> PageKind {
    let text = text.trim_start();
    let beginning = &text.as_bytes()[..text.len().min(LOOKED_AT)];
    let beginning = beginning.strip_prefix("\u{feff}".as_bytes()).unwrap_or(beginning);
    if opens_document(beginning) { PageKind::Html } else { PageKind::Text }
}

/// The ASCII at the beginning of bytes. In UTF-16, every other byte of a tag is zero.
fn shown(bytes: &[u8]) -> impl Iterator<Item = u8> {
    bytes.iter().take(LOOKED_AT).copied().filter(|&byte| byte != 0 && byte.is_ascii())
}

/// Whether the first characters allow bytes to be a message or HTML: those of
/// most texts do not, which is checked first.
fn may_open(bytes: &[u8]) -> bool {
    let mut opening = [0; LONGEST_FIELD];
    let text = shown(bytes).skip_while(u8::is_ascii_whitespace);
    opening.iter_mut().zip(text).for_each(|(slot, byte)| *slot = byte.to_ascii_lowercase());
    opening[0] == b'<' || FIELDS.iter().any(|name| opening.starts_with(name))
}

/// How the first field of a message's header may begin.
const FIELDS: [&[u8]; 6] =
    [b"from:", b"mime-version:", b"content-type:", b"subject:", b"date:", b"snapshot-"];

/// The length of the longest of them.
const LONGEST_FIELD: usize = 13;

/// Whether bytes open as the header of a saved page in a MIME message does.
fn is_message(beginning: &[u8]) -> bool {
    let lower = beginning.to_ascii_lowercase();
    let has = |needle: &[u8]| memmem::find(&lower, needle).is_some();
    let field = lower.split(|&byte| byte == b'\n').next().unwrap_or_default();
    FIELDS.iter().any(|name| field.starts_with(name))
        && has(b"mime-version:")
        && has(b"content-type: multipart/related")
}

/// Whether bytes open as a whole HTML document does.
fn opens_document(beginning: &[u8]) -> bool {
    let rest = behind_prolog(beginning);
    let doctype = rest.get(..14).is_some_and(|start| start.eq_ignore_ascii_case(b"<!doctype html"));
    doctype || opens_with(rest, &["html", "head", "body"])
}

/// Whether bytes open as a part of an HTML document does.
fn opens_fragment(beginning: &[u8]) -> bool {
    const ELEMENTS: [&str; 19] = [
        "title", "meta", "link", "script", "style", "div", "p", "h1", "h2", "h3", "table", "ul", "ol", "dl",
        "section", "article", "main", "header", "details",
    ];
    opens_with(behind_prolog(beginning), &ELEMENTS)
}

fn opens_with(rest: &[u8], names: &[&str]) -> bool {
    let Some((b'<', rest)) = rest.split_first() else { return false };
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let (name, behind) = rest.split_at(length);
    names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
        && behind.first().is_none_or(|&byte| byte.is_ascii_whitespace() || byte == b'>' || byte == b'/')
}

/// What follows white space, an XML declaration and comments.
fn behind_prolog(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?") {
            b">"
        } else {
            return rest;
        };
        let Some(at) = memmem::find(rest, end) else { return &[] };
        rest = &rest[at + end.len()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(media_type: Option<&str>, name: Option<&str>, page: &str) -> Stored {
        Hints { media_type, name }.stored(page.as_bytes())
    }

    #[test]
    fn what_carries_the_page_says_what_it_is() {
        assert_eq!(stored(Some("Text/HTML; charset=utf-8"), Some("a.txt"), "Why?"), Stored::Html);
        assert_eq!(stored(Some("application/xhtml+xml"), None, "Why?"), Stored::Html);
        assert_eq!(stored(Some("text/plain"), Some("a.html"), "<p>Why?"), Stored::Text);
        assert_eq!(stored(Some("application/octet-stream"), Some("a.HTM"), "Why?"), Stored::Html);
        assert_eq!(stored(None, Some("b.mhtml"), "Why?"), Stored::Mhtml);
        assert_eq!(stored(None, Some("c.md"), "<p>Why?"), Stored::Text);
    }

    #[test]
    fn a_page_that_opens_as_html_is_html() {
        for page in [
            "<!DOCTYPE html><p>Why?",
            "\u{feff}\n <html lang=en>",
            "<?xml version='1.0'?>\n<!-- a --><html>",
            "<HEAD>",
        ] {
            assert_eq!(stored(None, Some("a.txt"), page), Stored::Html, "{page}");
        }
        assert_eq!(stored(None, None, "<div class=a>"), Stored::Html);
        assert_eq!(stored(None, Some("-"), "<h2>Why?</h2>"), Stored::Html);
        for page in ["<why>", "< p >", "a <p>", "<pre-1>", "<htmlx>", "<!-- <html>", ""] {
            assert_eq!(stored(None, None, page), Stored::Text, "{page}");
        }
        let utf16: Vec<u8> = "\u{feff}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Hints::default().stored(&utf16), Stored::Html);
    }

    #[test]
    fn a_saved_message_is_known_by_its_header() {
        let page = "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tx\r\n\r\n";
        assert_eq!(stored(None, Some("a.txt"), page), Stored::Mhtml);
        assert_eq!(stored(None, None, "From: Ann\nContent-Type: multipart/related"), Stored::Text);
    }
}
