//! The content of a record → text.

use encoding_rs::UTF_8;

use super::charset::{self, Decoded};
use super::kind::{self, Hints};
use crate::record::{EncodingBasis, PageKind};

/// What a record holds.
#[derive(Debug)]
pub(super) enum Content {
    /// Characters of a text, or of a whole HTML document.
    Text(String),
    /// Characters of HTML, be it a part of a document.
    Html(String),
    /// Bytes that may be a page.
    Bytes {
        bytes: Vec<u8>,
        /// The whole `Content-Type` that they came with.
        media_type: Option<String>,
        /// The file's name.
        name: Option<String>,
    },
}

impl Content {
    /// The content of a record with fields for HTML and text. HTML has the structure that its
    /// text has lost, so it comes first, unless it is blank.
    pub(super) fn of_fields(html: Option<Self>, text: impl FnOnce() -> Option<Self>) -> Option<Self> {
        match html {
            Some(html) if !html.is_blank() => Some(html),
            blank => text().or(blank),
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Self::Text(text) | Self::Html(text) => text.trim_start().is_empty(),
            Self::Bytes { bytes, .. } => bytes.trim_ascii_start().is_empty(),
        }
    }

    /// Its size in bytes.
    pub(super) fn size(&self) -> u64 {
        match self {
            Self::Text(text) | Self::Html(text) => text.len() as u64,
            Self::Bytes { bytes, .. } => bytes.len() as u64,
        }
    }
}

/// Why a content is not a page, as a sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoText {
    Empty(&'static str),
    Binary(String),
}

/// The text of a content.
pub(super) fn decode(content: Content) -> Result<Decoded, NoText> {
    let decoded = match content {
        Content::Text(text) => of_characters(kind::of_text(&text), text),
        Content::Html(text) => of_characters(PageKind::Html, text),
        Content::Bytes { bytes, media_type, name } => {
            let hints = Hints { media_type: media_type.as_deref(), name: name.as_deref() };
            charset::decode(bytes, &hints).map_err(NoText::Binary)?
        }
    };
    match decoded.text.as_str() {
        "" => Err(NoText::Empty("it holds no bytes")),
        text if text.trim_start().is_empty() => Err(NoText::Empty("it holds nothing but white space")),
        _ => Ok(decoded),
    }
}

fn of_characters(kind: PageKind, text: String) -> Decoded {
    let encoding = UTF_8.name().to_ascii_lowercase();
    Decoded { kind, text, address: None, encoding, basis: EncodingBasis::Container, undecodable: 0 }
}
