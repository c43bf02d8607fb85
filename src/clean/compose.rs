//! Unicode Normalization Form C.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The text in NFC (Unicode Standard Annex #15).
pub(super) fn nfc(text: &str) -> Cow<'_, str> {
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text.into();
    }
    let composed: String = text.nfc().collect();
    if composed == text { text.into() } else { composed.into() }
}
