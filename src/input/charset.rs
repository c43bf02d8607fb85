//! Bytes → text: by a byte order mark, else by what is declared, else as UTF-8,
//! else by detection.
//!
//! Nothing is guessed if the bytes are conclusive; a declaration that they
//! contradict does not count. [`Decoded::basis`] says how the encoding is known,
//! and what could not be decoded is counted.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::kind::{Hints, Stored};
use super::{binary, declared, mhtml};
use crate::record::{EncodingBasis, PageKind};

/// Bytes around the first one outside ASCII that detection looks at.
const DETECTED_FROM: usize = 1 << 20;

/// Bytes at the beginning in which UTF-16 is looked for.
const UTF16_LOOKED_AT: usize = 4 << 10;

/// Valid UTF-8 sequences that outweigh one invalid byte sequence. In text of
/// another encoding, bytes that happen to be valid UTF-8 are rare.
const VALID_PER_INVALID: usize = 4;

/// Characters outside ASCII from which on valid UTF-8 is no coincidence.
const CERTAIN: usize = 2;

/// A text and how its encoding is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark: of an HTML page, its source.
    pub text: String,
    /// How the page is stored.
    pub kind: PageKind,
    /// The page's own address, if its container states it.
    pub address: Option<String>,
    /// The encoding's name in the WHATWG Encoding Standard, lower case.
    pub encoding: String,
    /// How it is known.
    pub basis: EncodingBasis,
    /// Byte sequences that the encoding does not allow, each read as U+FFFD.
    pub undecodable: u64,
}

/// Decodes `bytes`.
///
/// # Errors
///
/// Why the bytes are not text, as a part of a sentence.
pub fn decode(bytes: Vec<u8>, hints: &Hints<'_>) -> Result<Decoded, String> {
    match hints.stored(&bytes) {
        Stored::Mhtml => {
            let page = mhtml::page(&bytes).ok_or("it is a MIME message without an HTML part")?;
            let decoded = decode_page(page.bytes, Stored::Html, Some(&page.media_type))?;
            Ok(Decoded { address: page.address, ..decoded })
        }
        stored => decode_page(bytes, stored, hints.media_type),
    }
}

fn decode_page(mut bytes: Vec<u8>, stored: Stored, media_type: Option<&str>) -> Result<Decoded, String> {
    let kind = if stored == Stored::Html { PageKind::Html } else { PageKind::Text };
    let decoded = |decoded: Decoded| Ok(Decoded { kind, ..decoded });
    if [b"\xff\xfe\0\0", b"\0\0\xfe\xff"].iter().any(|mark| bytes.starts_with(*mark)) {
        return Err("it is UTF-32, which is not read; convert it to UTF-8".to_owned());
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        bytes.drain(..mark);
        return decoded(Checked::of(bytes).decode(encoding, EncodingBasis::Bom));
    }
    let checked = Checked::of(bytes);
    let bytes = checked.bytes();
    let declared = media_type
        .and_then(declared::in_media_type)
        .map(|encoding| (encoding, EncodingBasis::ContentType))
        .or_else(|| Some((declared::in_html(bytes)?, EncodingBasis::Meta)).filter(|_| stored == Stored::Html))
        .filter(|(encoding, _)| !checked.contradicts(encoding));
    if let Some((encoding, basis)) = declared
        && (encoding == UTF_16LE || encoding == UTF_16BE || binary::reason(bytes, stored).is_none())
    {
        return decoded(checked.decode(encoding, basis));
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decoded(checked.decode(encoding, EncodingBasis::Detected));
    }
    if let Some(reason) = binary::reason(bytes, stored) {
        return Err(reason);
    }
    match &checked {
        Checked::Utf8(_) => decoded(checked.decode(UTF_8, EncodingBasis::Utf8)),
        Checked::Other { bytes, valid_up_to } => {
            let encoding = detect(bytes, *valid_up_to);
            decoded(checked.decode(encoding, EncodingBasis::Detected))
        }
    }
}

/// Bytes of which it is known whether they are UTF-8.
enum Checked {
    Utf8(String),
    Other { bytes: Vec<u8>, valid_up_to: usize },
}

impl Checked {
    fn of(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or_else(
            |error| {
                let valid_up_to = error.utf8_error().valid_up_to();
                Self::Other { bytes: error.into_bytes(), valid_up_to }
            },
            Self::Utf8,
        )
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Utf8(text) => text.as_bytes(),
            Self::Other { bytes, .. } => bytes,
        }
    }

    /// Whether they show that a declared encoding is not theirs: tools that save
    /// pages as UTF-8 leave old declarations in place.
    fn contradicts(&self, declared: &'static Encoding) -> bool {
        match self {
            Self::Utf8(_) if [UTF_8, UTF_16LE, UTF_16BE].contains(&declared) => false,
            Self::Utf8(text) => text.bytes().filter(|byte| *byte >= 0xc0).nth(CERTAIN - 1).is_some(),
            Self::Other { bytes, .. } => declared == UTF_8 && !is_damaged_utf8(bytes),
        }
    }

    fn decode(self, encoding: &'static Encoding, basis: EncodingBasis) -> Decoded {
        match self {
            Self::Utf8(text) if encoding == UTF_8 => Decoded::new(text, encoding, basis, 0),
            checked => decode_as(encoding, checked.bytes(), basis),
        }
    }
}

impl Decoded {
    fn new(text: String, encoding: &'static Encoding, basis: EncodingBasis, undecodable: u64) -> Self {
        let encoding = encoding.name().to_ascii_lowercase();
        Self { text, kind: PageKind::Text, address: None, encoding, basis, undecodable }
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], basis: EncodingBasis) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let (mut from, mut undecodable) = (0, 0);
    loop {
        // Room for the text that is expected, and for at least one character.
        text.reserve((bytes.len() - from + 16).max(64));
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[from..], &mut text, true);
        from += read;
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                text.push(char::REPLACEMENT_CHARACTER);
                undecodable += 1;
            }
        }
    }
    Decoded::new(text, encoding, basis, undecodable)
}

/// Whether bytes are UTF-16 or UTF-32, by a byte order mark or by their zeros.
pub(super) fn is_wide(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 3] = [b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"];
    marks.iter().any(|mark| bytes.starts_with(mark)) || utf16_without_mark(bytes).is_some()
}

/// UTF-16 of mostly Latin text: every other byte is zero, and which one depends
/// on the byte order.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let beginning = &bytes[..bytes.len().min(UTF16_LOOKED_AT)];
    memchr::memchr(0, beginning)?;
    let zeros = |side: usize| beginning.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // One side is zero in at least 3 of 5 units, the other never.
    let is_high_side = |zeros: usize| zeros * 10 >= beginning.len() * 3;
    if even == 0 && is_high_side(odd) {
        Some(UTF_16LE)
    } else if odd == 0 && is_high_side(even) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The likely encoding of bytes that are not UTF-8 throughout: UTF-8 with some
/// damage, or another one. Bytes before `valid_up_to` are valid UTF-8.
fn detect(bytes: &[u8], valid_up_to: usize) -> &'static Encoding {
    if is_damaged_utf8(bytes) {
        return UTF_8;
    }
    let from = valid_up_to.saturating_sub(DETECTED_FROM / 2);
    let part = &bytes[from..bytes.len().min(from + DETECTED_FROM)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(part, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether valid sequences outweigh invalid ones.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    valid >= invalid * VALID_PER_INVALID
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, String, &'static str, u64) {
        let Decoded { text, encoding, basis, undecodable, .. } =
            decode(bytes.to_vec(), &Hints::default()).unwrap();
        (text, encoding, basis.as_str(), undecodable)
    }

    fn expect(
        text: &str,
        encoding: &str,
        basis: &'static str,
        undecodable: u64,
    ) -> (String, String, &'static str, u64) {
        (text.to_owned(), encoding.to_owned(), basis, undecodable)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_byte_order_mark_decides_and_goes() {
        assert_eq!(decoded(b"\xef\xbb\xbfWhy?"), expect("Why?", "utf-8", "bom", 0));
        assert_eq!(decoded(b"\xef\xbb\xbfa\xffb"), expect("a\u{fffd}b", "utf-8", "bom", 1));
        let utf32: Vec<u8> = "\u{feff}Why?".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert!(decode(utf32, &Hints::default()).unwrap_err().starts_with("it is UTF-32"));
        let little = utf16("\u{feff}Où? 何", u16::to_le_bytes);
        assert_eq!(decoded(&little), expect("Où? 何", "utf-16le", "bom", 0));
        let big = utf16("\u{feff}Où? 何", u16::to_be_bytes);
        assert_eq!(decoded(&big), expect("Où? 何", "utf-16be", "bom", 0));
    }

    #[test]
    fn a_cut_off_unit_of_utf16_is_counted() {
        let mut bytes = utf16("\u{feff}Why?", u16::to_le_bytes);
        bytes.push(b'!');
        assert_eq!(decoded(&bytes), expect("Why?\u{fffd}", "utf-16le", "bom", 1));
    }

    #[test]
    fn valid_utf8_is_taken_as_it_is() {
        assert_eq!(decoded("Où? 何".as_bytes()), expect("Où? 何", "utf-8", "valid-utf-8", 0));
        assert_eq!(decoded(b""), expect("", "utf-8", "valid-utf-8", 0));
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_zeros() {
        let text = "How long do bees live? Six weeks — in summer.";
        let little = decoded(&utf16(text, u16::to_le_bytes));
        assert_eq!(little, expect(text, "utf-16le", "detected", 0));
        let big = decoded(&utf16(text, u16::to_be_bytes));
        assert_eq!(big, expect(text, "utf-16be", "detected", 0));
        assert!(
            decode(b"a\0\0\0b\0\0\0".repeat(9), &Hints::default()).is_err(),
            "UTF-32 is no encoding of the Web"
        );
    }

    #[test]
    fn other_encodings_are_detected() {
        let western = b"Le caf\xe9 est-il bon pour la sant\xe9 ? Oui, \xe0 petites doses, dit l\x92\xe9tude.";
        let text = "Le café est-il bon pour la santé ? Oui, à petites doses, dit l’étude.";
        assert_eq!(decoded(western), expect(text, "windows-1252", "detected", 0));
        let text = "Сколько живут пчёлы? Летом рабочая пчела живёт шесть недель.";
        let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(decoded(&cyrillic), expect(text, "windows-1251", "detected", 0));
        let text = "蜜蜂はどのくらい生きますか。夏の働き蜂は六週間ほど生きます。";
        let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        assert_eq!(decoded(&japanese), expect(text, "shift_jis", "detected", 0));
    }

    #[test]
    fn utf8_with_some_damage_stays_utf8() {
        let mut bytes = "Où vont les abeilles ? À côté, dès l’été, au pré.".as_bytes().to_vec();
        bytes.extend(b" caf\xe9");
        let text = "Où vont les abeilles ? À côté, dès l’été, au pré. caf\u{fffd}";
        assert_eq!(decoded(&bytes), expect(text, "utf-8", "detected", 1));
    }

    #[test]
    fn detection_sees_what_stands_behind_much_ascii() {
        let mut bytes = b"A line of ASCII.\n".repeat(200_000);
        bytes.extend_from_slice(
            &encoding_rs::WINDOWS_1251.encode("Сколько живут пчёлы? Летом шесть недель.").0,
        );
        assert_eq!(decoded(&bytes).1, "windows-1251");
    }

    fn html(media_type: Option<&str>, page: &[u8]) -> (String, &'static str) {
        let hints = Hints { media_type, name: Some("page.html") };
        let decoded = decode(page.to_vec(), &hints).unwrap();
        assert_eq!(decoded.kind, PageKind::Html);
        (decoded.encoding, decoded.basis.as_str())
    }

    #[test]
    fn what_is_declared_counts_from_the_outside_in() {
        let page = b"<meta charset=windows-1251><p>\xcf\xf7\xb8\xeb\xfb";
        assert_eq!(html(None, page), ("windows-1251".into(), "meta"));
        let header = Some("text/html; charset=\"KOI8-R\"");
        assert_eq!(html(header, page), ("koi8-r".into(), "content-type"));
        assert_eq!(html(Some("text/html"), page), ("windows-1251".into(), "meta"));
        assert_eq!(html(header, b"\xef\xbb\xbf<p>"), ("utf-8".into(), "bom"));
        assert_eq!(html(None, "<p>Où? 何".as_bytes()), ("utf-8".into(), "valid-utf-8"));
        let text = Hints { media_type: Some("text/plain; charset=koi8-r"), name: None };
        assert_eq!(decode(b"\xf0".to_vec(), &text).unwrap().text, "П");
        let unread = decode(b"<meta charset=koi8-r>\xf0".to_vec(), &Hints { name: Some("a.md"), ..text });
        assert_eq!(unread.unwrap().basis, EncodingBasis::ContentType);
    }

    #[test]
    fn bytes_that_contradict_a_declaration_win() {
        let saved = "<meta charset=iso-8859-1><p>Où? Là.".as_bytes();
        assert_eq!(html(None, saved), ("utf-8".into(), "valid-utf-8"));
        let western =
            b"<meta charset=utf-8><p>\xc0 la for\xeat, o\xf9 vont les abeilles ? Au pr\xe9, l\xe0-bas.";
        assert_eq!(html(None, western), ("windows-1252".into(), "detected"));
        let damaged = [&b"<meta charset=utf-8><p>\xff"[..], "éàüö".as_bytes()].concat();
        assert_eq!(html(None, &damaged), ("utf-8".into(), "meta"));
        let escapes = b"<meta charset=iso-2022-jp><p>\x1b$B2?\x1b(B";
        assert_eq!(html(None, escapes), ("iso-2022-jp".into(), "meta"));
    }

    #[test]
    fn a_saved_message_gives_its_page_and_address() {
        let message = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=c\r\n\r\n--c\r\n\
            Content-Type: text/html; charset=koi8-r\r\nContent-Location: https://bees.example/\r\n\r\n\
            <p>\xf0</p>\r\n--c--\r\n";
        let decoded = decode(message.to_vec(), &Hints::default()).unwrap();
        assert_eq!((decoded.kind, decoded.basis), (PageKind::Html, EncodingBasis::ContentType));
        assert!(decoded.text.starts_with("<p>П</p>"), "{}", decoded.text);
        assert_eq!(decoded.address.as_deref(), Some("https://bees.example/"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let refused = decode(b"Why?\0\0\0Because".to_vec(), &Hints::default());
        assert_eq!(refused, Err("it holds NUL bytes, as no text does".to_owned()));
    }

    proptest::proptest! {
        #[test]
        fn text_comes_back_as_it_is(text in r"a[^\x00-\x1f\x7f]*") {
            proptest::prop_assert_eq!(decoded(text.as_bytes()), expect(&text, "utf-8", "valid-utf-8", 0));
            let marked = utf16(&format!("\u{feff}{text}"), u16::to_be_bytes);
            proptest::prop_assert_eq!(decoded(&marked), expect(&text, "utf-16be", "bom", 0));
        }

        #[test]
        fn any_bytes_are_decoded_or_refused(bytes in proptest::collection::vec(1..=u8::MAX, 0..200)) {
            if let Ok(decoded) = decode(bytes, &Hints::default()) {
                let replaced = decoded.text.matches(char::REPLACEMENT_CHARACTER).count() as u64;
                proptest::prop_assert!(decoded.undecodable <= replaced);
            }
        }
    }
}
