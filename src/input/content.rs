//! The content of a record → text.

use encoding_rs::UTF_8;

use super::charset::{self, Decoded};
use crate::record::EncodingBasis;

/// What a record holds.
#[derive(Debug)]
pub(super) enum Content {
    /// Characters of a text.
    Text(String),
    /// Bytes that may be a page.
    Bytes(Vec<u8>),
}

/// Why a content is no page, as a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoText {
    Empty(&'static str),
    Binary(String),
}

/// The text of a content.
pub(super) fn decode(content: Content) -> Result<Decoded, NoText> {
    let decoded = match content {
        Content::Text(text) => Decoded {
            text,
            encoding: UTF_8.name().to_ascii_lowercase(),
            basis: EncodingBasis::Container,
            undecodable: 0,
        },
        Content::Bytes(bytes) => charset::decode(bytes).map_err(NoText::Binary)?,
    };
    match decoded.text.as_str() {
        "" => Err(NoText::Empty("it holds no bytes")),
        text if text.trim_start().is_empty() => Err(NoText::Empty("it holds nothing but white space")),
        _ => Ok(decoded),
    }
}
