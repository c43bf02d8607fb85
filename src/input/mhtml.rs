//! The page in a MIME message, in which browsers save whole pages (RFC 2557).

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{MessageParser, MimeHeaders};

/// The first HTML part of a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SavedPage {
    /// Its bytes, in the encoding of the page.
    pub(super) bytes: Vec<u8>,
    /// Its `Content-Type`, as far as it names a charset.
    pub(super) media_type: String,
    /// The page's own address.
    pub(super) address: Option<String>,
}

/// Finds the first HTML part; `None` if the message has none.
pub(super) fn page(message: &[u8]) -> Option<SavedPage> {
    let parsed = MessageParser::new().parse(message)?;
    let part = parsed.parts.iter().find(|part| part.is_content_type("text", "html"))?;
    let body = message.get(part.offset_body as usize..part.offset_end as usize)?;
    // By its header: of a part that is cut off, the parser knows no encoding.
    let bytes = match part.content_transfer_encoding() {
        Some(name) if name.eq_ignore_ascii_case("quoted-printable") => quoted_printable_decode(body)?,
        Some(name) if name.eq_ignore_ascii_case("base64") => base64_decode(body)?,
        _ => body.to_vec(),
    };
    let charset = part.content_type().and_then(|media| media.attribute("charset"));
    let media_type =
        charset.map_or_else(|| "text/html".to_owned(), |charset| format!("text/html; charset={charset}"));
    let address = part.content_location().map(str::trim).filter(|address| address.starts_with("http"));
    Some(SavedPage { bytes, media_type, address: address.map(str::to_owned) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; boundary=\"cut\"\r\n\r\n";

    fn message(parts: &[&str]) -> String {
        let parts: Vec<String> = parts.iter().map(|part| format!("--cut\r\n{part}\r\n")).collect();
        format!("{HEADER}{}--cut--\r\n", parts.concat())
    }

    #[test]
    fn the_first_html_part_is_the_page() {
        let image = "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0=";
        let html = "Content-Type: text/html; charset=windows-1252\r\n\
            Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://bees.example/faq\r\n\r\n\
            <p>caf=E9 =\r\nau lait</p>";
        let frame = "Content-Type: text/html\r\n\r\n<p>frame</p>";
        let page = page(message(&[image, html, frame]).as_bytes()).unwrap();
        assert_eq!(page.bytes, b"<p>caf\xe9 au lait</p>");
        assert_eq!(page.media_type, "text/html; charset=windows-1252");
        assert_eq!(page.address.as_deref(), Some("https://bees.example/faq"));
    }

    #[test]
    fn a_part_that_is_cut_off_is_decoded_up_to_there() {
        for (encoding, body, decoded) in [
            ("quoted-printable", "<p>caf=E9 =\r\nau lai=", "<p>caf\u{e9} au lai"),
            ("Base64", "PHA+V2h5PzwvcD48Yj5", "<p>Why?</p><b"),
        ] {
            let message = format!(
                "{HEADER}--cut\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}"
            );
            let bytes = page(message.as_bytes()).unwrap().bytes;
            let found: String = bytes.iter().map(|&byte| char::from(byte)).collect();
            assert!(found.starts_with(decoded), "{found}");
        }
    }

    #[test]
    fn base64_is_decoded_and_other_messages_hold_no_page() {
        let html = "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\
            Content-Location: cid:frame\r\n\r\nPHA+V2h5PzwvcD4=";
        let found = page(message(&[html]).as_bytes()).unwrap();
        assert_eq!((found.bytes.as_slice(), found.address), (&b"<p>Why?</p>"[..], None));
        assert_eq!(page(message(&["Content-Type: text/plain\r\n\r\nWhy?"]).as_bytes()), None);
    }
}
