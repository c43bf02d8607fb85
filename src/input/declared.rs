//! Encodings declared by a header or by the page itself.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};
use memchr::memmem;

use crate::tags::{Tag, Tags};

/// Bytes at the beginning of a page in which it may declare its encoding. The
/// WHATWG HTML Standard looks at 1,024; pages with long scripts before it exist.
const LOOKED_AT: usize = 8 << 10;

/// The encoding that a `Content-Type` names.
pub(super) fn in_media_type(media_type: &str) -> Option<&'static Encoding> {
    charset(media_type.as_bytes())
}

/// The encoding that an HTML page declares: by an XML declaration or a `meta`
/// element.
pub(super) fn in_html(page: &[u8]) -> Option<&'static Encoding> {
    let beginning = &page[..page.len().min(LOOKED_AT)];
    let found =
        in_xml_declaration(beginning).or_else(|| Tags::new(beginning).find_map(|tag| in_meta(&tag)))?;
    // What says so in ASCII is neither of these.
    Some(match found {
        found if found == UTF_16LE || found == UTF_16BE => UTF_8,
        found if found == X_USER_DEFINED => WINDOWS_1252,
        found => found,
    })
}

fn in_xml_declaration(beginning: &[u8]) -> Option<&'static Encoding> {
    let declaration = beginning.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = &declaration[..memmem::find(declaration, b"?>")?];
    let value = &declaration[memmem::find(declaration, b"encoding")? + b"encoding".len()..];
    Encoding::for_label(first_word(value.trim_ascii_start().strip_prefix(b"=")?))
}

fn in_meta(tag: &Tag<'_>) -> Option<&'static Encoding> {
    if !tag.name.eq_ignore_ascii_case(b"meta") {
        return None;
    }
    let value = |wanted: &[u8]| {
        tag.attributes().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    };
    if let Some(label) = value(b"charset") {
        return Encoding::for_label(label);
    }
    value(b"http-equiv").filter(|value| value.trim_ascii().eq_ignore_ascii_case(b"content-type"))?;
    charset(value(b"content")?)
}

/// The encoding that `charset=…` in a `Content-Type` names.
fn charset(media_type: &[u8]) -> Option<&'static Encoding> {
    let lower = media_type.to_ascii_lowercase();
    memmem::find_iter(&lower, b"charset").find_map(|at| {
        let value = lower[at + b"charset".len()..].trim_ascii_start().strip_prefix(b"=")?;
        Encoding::for_label(first_word(value))
    })
}

/// What is in quotes, or up to white space or a semicolon.
fn first_word(value: &[u8]) -> &[u8] {
    let value = value.trim_ascii_start();
    let mut words = match value.split_first() {
        Some((quote @ (b'"' | b'\''), quoted)) => {
            return quoted.split(|byte| byte == quote).next().unwrap_or_default();
        }
        _ => value.split(|&byte| byte == b';' || byte.is_ascii_whitespace()),
    };
    words.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(page: &str) -> Option<&'static str> {
        in_html(page.as_bytes()).map(Encoding::name)
    }

    #[test]
    fn a_meta_element_declares_in_two_ways() {
        assert_eq!(declared("<html><META Charset='utf8'>"), Some("UTF-8"));
        assert_eq!(
            declared("<meta http-equiv=Content-Type content=\"text/html; charset = 'euc-jp'\">"),
            Some("EUC-JP")
        );
        assert_eq!(declared("<meta name=x content='charset=koi8-r'><meta charset=big5>"), Some("Big5"));
        assert_eq!(declared("<meta charset=nonsense><meta charset=gbk>"), Some("GBK"));
    }

    #[test]
    fn what_only_looks_like_a_declaration_is_none() {
        assert_eq!(declared("<!-- <meta charset=gbk> --><script>'<meta charset=gbk>'</script>"), None);
        assert_eq!(declared("<p charset=gbk>"), None);
        assert_eq!(declared(&format!("{}<meta charset=gbk>", " ".repeat(LOOKED_AT))), None);
    }

    #[test]
    fn an_xml_declaration_counts_and_ascii_is_never_utf_16() {
        assert_eq!(declared("<?xml version='1.0' encoding=\"koi8-r\"?><html>"), Some("KOI8-R"));
        assert_eq!(declared("<meta charset=utf-16le>"), Some("UTF-8"));
        assert_eq!(declared("<meta charset=x-user-defined>"), Some("windows-1252"));
    }

    #[test]
    fn headers_quote_or_not() {
        for header in ["text/html;charset=gbk", "text/html; x=y; Charset=\"GBK\"", "charset=gbk; q=1"] {
            assert_eq!(in_media_type(header).map(Encoding::name), Some("GBK"), "{header}");
        }
        assert_eq!(in_media_type("text/html"), None);
    }
}
