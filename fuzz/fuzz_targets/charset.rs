//! Decoding: the text is what the named encoding makes of the bytes, what is
//! said of the encoding is true, and the text is read as itself.

#![no_main]

use encoding_rs::Encoding;
use libfuzzer_sys::fuzz_target;
use qasift::input::{Decoded, Hints, decode};
use qasift::record::{EncodingBasis, PageKind};

fuzz_target!(|data: &[u8]| {
    // What is declared, a line, then the page.
    let Some(end) = data.iter().position(|&byte| byte == b'\n') else { return };
    let (label, page) = (&data[..end], &data[end + 1..]);
    let Ok(label) = str::from_utf8(label) else { return };
    let media_type = format!("text/html; charset={label}");
    let Ok(decoded) = decode(page.to_vec(), &Hints { media_type: Some(&media_type), name: None }) else {
        return;
    };
    check(&decoded, page, label);

    let again = Hints { media_type: Some("text/html; charset=utf-8"), name: None };
    if let Ok(again) = decode(decoded.text.clone().into_bytes(), &again) {
        let marked = decoded.text.strip_prefix('\u{feff}');
        assert_eq!(again.text, marked.unwrap_or(&decoded.text));
        let basis = if marked.is_some() { EncodingBasis::Bom } else { EncodingBasis::ContentType };
        assert_eq!((again.encoding.as_str(), again.basis, again.undecodable), ("utf-8", basis, 0));
    }
});

/// Compares with the library that knows the encodings, and with the evidence.
fn check(decoded: &Decoded, page: &[u8], label: &str) {
    assert_eq!((decoded.kind, &decoded.address), (PageKind::Html, &None));
    let encoding = Encoding::for_label(decoded.encoding.as_bytes()).expect("an encoding of the Web");
    let mark = Encoding::for_bom(page);
    let (text, is_damaged) = encoding.decode_without_bom_handling(&page[mark.map_or(0, |(_, mark)| mark)..]);
    assert_eq!(decoded.text, text);
    assert_eq!(decoded.undecodable > 0, is_damaged);
    assert!(decoded.undecodable <= text.matches(char::REPLACEMENT_CHARACTER).count() as u64);
    assert_eq!(decoded.basis == EncodingBasis::Bom, mark.is_some());
    match decoded.basis {
        EncodingBasis::Bom => assert_eq!(mark.map(|(marked, _)| marked), Some(encoding)),
        EncodingBasis::ContentType => assert!(!label.is_empty()),
        EncodingBasis::Meta => assert!(holds(page, b"charset") || holds(page, b"encoding")),
        EncodingBasis::Utf8 => assert!(str::from_utf8(page).is_ok() && decoded.encoding == "utf-8"),
        EncodingBasis::Detected => {}
        basis => panic!("bytes are not {basis:?}"),
    }
}

fn holds(page: &[u8], word: &[u8]) -> bool {
    page.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word))
}
