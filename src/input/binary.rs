//! Bytes that are not text.

use super::kind::Stored;

/// How files of other kinds begin, and what to call them.
const SIGNATURES: [(&[u8], &str); 12] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or an office document, which is one)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
];

/// Bytes at the beginning that are examined.
const LOOKED_AT: usize = 8 << 10;

/// Of these, the bytes whose control characters are counted.
const COUNTED: usize = 1 << 10;

/// Share of control characters above which bytes are not text, as 1 in N.
/// Random bytes have 1 in 9, text in any encoding has next to none.
const ONE_CONTROL_IN: usize = 20;

/// Why `bytes` are not text, as a sentence about them, or `None` if they may be. A text in UTF-16 is full
/// of NUL bytes: ask for that first. NUL bytes on an HTML page are a fault that parsers pass over.
pub(super) fn reason(bytes: &[u8], stored: Stored) -> Option<String> {
    if let Some((_, kind)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(format!("it begins like {kind}"));
    }
    let beginning = &bytes[..bytes.len().min(LOOKED_AT)];
    if stored == Stored::Text && memchr::memchr(0, beginning).is_some() {
        return Some("it holds NUL bytes, as no text does".to_owned());
    }
    let beginning = &beginning[..beginning.len().min(COUNTED)];
    // Most text has none. Without a branch, many bytes are checked at once.
    if !beginning.iter().fold(false, |any, &byte| any | may_be_control(byte)) {
        return None;
    }
    let controls = beginning.iter().filter(|&&byte| byte != 0 && is_control(byte)).count();
    (controls * ONE_CONTROL_IN > beginning.len()).then(|| "it is full of control characters".to_owned())
}

/// Whether a byte may be such a control character.
const fn may_be_control(byte: u8) -> bool {
    byte == 0x7f || byte < b' ' && byte.wrapping_sub(b'\t') > b'\r' - b'\t'
}

/// Control characters that text doesn't hold. White space, backspace (old
/// overstriking) and escape (colours, ISO-2022-JP) are not among them.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=7 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(bytes: &[u8]) -> Option<String> {
        super::reason(bytes, Stored::Text)
    }

    #[test]
    fn other_kinds_of_files_are_called_by_name() {
        assert_eq!(reason(b"%PDF-1.7\n..."), Some("it begins like a PDF document".into()));
        assert_eq!(reason(b"\x1f\x8b\x08rest"), Some("it begins like a gzip archive".into()));
    }

    #[test]
    fn a_nul_byte_is_no_text() {
        assert_eq!(reason(b"What is this?\0"), Some("it holds NUL bytes, as no text does".into()));
        assert_eq!(super::reason(b"<p>What is\0 this?", Stored::Html), None);
    }

    #[test]
    fn a_few_control_characters_are_text_many_are_not() {
        let text = |controls: usize| [b"x".repeat(100 - controls), b"\x07".repeat(controls)].concat();
        assert_eq!(reason(&text(5)), None);
        assert_eq!(reason(&text(6)), Some("it is full of control characters".into()));
    }

    #[test]
    fn text_of_any_kind_is_text() {
        for text in ["", "\t\r\n", "\x1b[1mbold\x1b[0m", "é", "何ですか", "PK is a name", "GIF89a? A format."]
        {
            assert_eq!(reason(text.as_bytes()), None, "{text:?}");
        }
        assert_eq!(reason(b"caf\xe9 \x93quoted\x94"), None, "windows-1252");
    }
}
