//! HTTP responses as crawlers keep them: a head, and a body as it was sent.

use std::io::Read;

use super::framed::{self, Fields};
use super::stream::{EXPANDED, EXPANDED_PER_BYTE};

/// How a body was sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Coding {
    chunked: bool,
    /// Encodings in the order in which they are undone.
    encodings: Vec<String>,
}

/// Why a body can't be decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Undecodable {
    /// It has more bytes than the bound.
    TooLarge,
    /// It is damaged, or a bomb, as this sentence says.
    Damaged(String),
}

/// What a response's head says.
pub(super) struct Response {
    /// The whole `Content-Type`.
    pub(super) media_type: Option<String>,
    pub(super) coding: Coding,
    /// Where the body begins.
    pub(super) body: usize,
}

impl Response {
    /// Reads the head of a response; `None` if it is none, or has no end.
    pub(super) fn read(message: &[u8]) -> Option<Self> {
        let (lines, body) = message.starts_with(b"HTTP/").then(|| framed::head(message))??;
        let fields = Fields::read(lines);
        let words = |name| {
            fields.get(name).unwrap_or_default().split(',').map(|word| word.trim().to_ascii_lowercase())
        };
        let encodings = words("content-encoding").filter(|word| !matches!(word.as_str(), "" | "identity"));
        let coding = Coding {
            chunked: words("transfer-encoding").any(|word| word == "chunked"),
            encodings: encodings.rev().collect(),
        };
        Some(Self { media_type: fields.get("content-type").map(str::to_owned), coding, body })
    }
}

impl Coding {
    /// Undoes the coding of a body of which no more than `max` bytes may come.
    pub(super) fn decode(&self, mut body: Vec<u8>, max: u64) -> Result<Vec<u8>, Undecodable> {
        if self.chunked
            && let Some(whole) = unchunk(&body)?
        {
            body = whole;
        }
        for encoding in &self.encodings {
            if let Some(decoded) = decompress(encoding, &body, max)? {
                body = decoded;
            }
        }
        if body.len() as u64 > max { Err(Undecodable::TooLarge) } else { Ok(body) }
    }
}

/// Joins the chunks of a body; `None` if it was joined before, as many
/// crawlers do without a word.
fn unchunk(body: &[u8]) -> Result<Option<Vec<u8>>, Undecodable> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Some((size, line)) = chunk_size(rest) else {
            if whole.is_empty() {
                return Ok(None);
            }
            return Err(Undecodable::Damaged("its chunks have no end".to_owned()));
        };
        if size == 0 {
            return Ok(Some(whole));
        }
        let Some(chunk) = rest.get(line..line.saturating_add(size)) else {
            return Err(Undecodable::Damaged(format!("a chunk should hold {size} bytes, and is cut off")));
        };
        whole.extend_from_slice(chunk);
        rest = &rest[line + size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// A chunk's size, and the length of the line that states it.
fn chunk_size(bytes: &[u8]) -> Option<(usize, usize)> {
    let end = memchr::memchr(b'\n', bytes.get(..bytes.len().min(framed::LONGEST_HEAD))?)?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    Some((usize::from_str_radix(digits, 16).ok()?, end + 1))
}

/// Decompresses a body; `None` if it is not compressed so: some crawlers keep
/// the head and decompress the body.
fn decompress(encoding: &str, body: &[u8], max: u64) -> Result<Option<Vec<u8>>, Undecodable> {
    let expanded = EXPANDED.saturating_add((body.len() as u64).saturating_mul(EXPANDED_PER_BYTE));
    let limit = max.min(expanded).saturating_add(1);
    let mut out = Vec::new();
    let read = match encoding {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
            flate2::read::MultiGzDecoder::new(body).take(limit).read_to_end(&mut out)
        }
        "deflate" if is_zlib(body) => flate2::read::ZlibDecoder::new(body).take(limit).read_to_end(&mut out),
        "deflate" => flate2::read::DeflateDecoder::new(body).take(limit).read_to_end(&mut out),
        "br" => brotli::Decompressor::new(body, 4096).take(limit).read_to_end(&mut out),
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
            zstd::Decoder::new(body).and_then(|decoder| decoder.take(limit).read_to_end(&mut out))
        }
        _ => return Ok(None),
    };
    if let Err(error) = read {
        // Text that was never compressed, for these two have no mark of their own.
        if out.is_empty() && matches!(encoding, "deflate" | "br") {
            return Ok(None);
        }
        return Err(Undecodable::Damaged(format!("its {encoding} data is damaged: {error}")));
    }
    if out.len() as u64 > expanded {
        let detail = format!("it expands to more than {EXPANDED_PER_BYTE} times its size");
        return Err(Undecodable::Damaged(detail));
    }
    if out.len() as u64 > max { Err(Undecodable::TooLarge) } else { Ok(Some(out)) }
}

/// Whether a zlib stream begins so (RFC 1950, 2.2).
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..]
        if method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn coding(chunked: bool, encodings: &[&str]) -> Coding {
        Coding { chunked, encodings: encodings.iter().map(|&encoding| encoding.to_owned()).collect() }
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn deflate(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn brotli(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        brotli::CompressorWriter::new(&mut out, 4096, 5, 20).write_all(bytes).unwrap();
        out
    }

    #[test]
    fn a_head_tells_type_and_coding() {
        let message = b"HTTP/1.1 200 OK\r\ncontent-TYPE: text/html;\r\n charset=utf-8\r\n\
            Content-Encoding: gzip, br\r\nTransfer-Encoding: Chunked\r\n\r\nbody";
        let response = Response::read(message).unwrap();
        assert_eq!(response.media_type.as_deref(), Some("text/html; charset=utf-8"));
        assert_eq!(response.coding, coding(true, &["br", "gzip"]));
        assert_eq!(&message[response.body..], b"body");
        assert!(Response::read(b"HTTP/1.1 200 OK\r\nNo-End: x\r\n").is_none());
        assert!(Response::read(b"GET / HTTP/1.1\r\n\r\n").is_none());
    }

    #[test]
    fn every_encoding_is_undone() {
        let text = b"How long do bees live? Six weeks.".repeat(20);
        for (encoding, body) in [
            ("gzip", gzip(&text)),
            ("x-gzip", [gzip(&text[..100]), gzip(&text[100..])].concat()),
            ("deflate", zlib(&text)),
            ("deflate", deflate(&text)),
            ("br", brotli(&text)),
            ("zstd", zstd::encode_all(&text[..], 1).unwrap()),
        ] {
            assert_eq!(coding(false, &[encoding]).decode(body, 1000), Ok(text.clone()), "{encoding}");
        }
        let twice = brotli(&gzip(&text));
        assert_eq!(coding(false, &["br", "gzip"]).decode(twice, 1000), Ok(text.clone()));
    }

    #[test]
    fn a_body_that_was_decoded_before_is_taken_as_it_is() {
        let page = b"Where do bees sleep?\nIn cells.".to_vec();
        for encoding in ["gzip", "deflate", "br", "zstd", "compress"] {
            assert_eq!(coding(true, &[encoding]).decode(page.clone(), 1000), Ok(page.clone()), "{encoding}");
        }
    }

    #[test]
    fn chunks_are_joined() {
        let chunked = b"4;name=x\r\nHow \r\n00A\nlong? Yes.\r\n0\r\nTrailer: x\r\n\r\n".to_vec();
        assert_eq!(coding(true, &[]).decode(chunked.clone(), 1000), Ok(b"How long? Yes.".to_vec()));
        let cut = Undecodable::Damaged("a chunk should hold 10 bytes, and is cut off".to_owned());
        assert_eq!(coding(true, &[]).decode(chunked[..25].to_vec(), 1000), Err(cut));
        let endless = Undecodable::Damaged("its chunks have no end".to_owned());
        assert_eq!(coding(true, &[]).decode(chunked[..16].to_vec(), 1000), Err(endless));
    }

    #[test]
    fn damage_bombs_and_large_bodies_are_told_apart() {
        let text = b"How long do bees live? Six weeks.".repeat(20);
        let body = gzip(&text);
        let damaged = coding(false, &["gzip"]).decode(body[..body.len() - 9].to_vec(), 1000);
        assert!(matches!(damaged, Err(Undecodable::Damaged(_))), "{damaged:?}");
        assert_eq!(coding(false, &["gzip"]).decode(body, 100), Err(Undecodable::TooLarge));
        let bomb = zstd::encode_all(&vec![b' '; 64 << 20][..], 1).unwrap();
        let bomb = coding(false, &["zstd"]).decode(bomb, 1 << 30);
        assert!(matches!(bomb, Err(Undecodable::Damaged(detail)) if detail.contains("512")));
    }
}
