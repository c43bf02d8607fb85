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

/// Whether NFC does not change `c` next to any other such character. This is true only
/// for letters of the most frequent scripts.
pub(super) const fn is_composed(c: char) -> bool {
    matches!(c,
        ..'\u{300}' // Latin
        | '\u{388}'..='\u{3ff}' // Greek
        | '\u{400}'..='\u{482}' // Cyrillic
        | '\u{2010}'..='\u{20bf}' // punctuation, currencies
        | '\u{2190}'..='\u{2328}' | '\u{2500}'..='\u{27bf}' // arrows, symbols
        | '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fe}' // kana
        | '\u{4e00}'..='\u{9fff}' // Han
        | '\u{ac00}'..='\u{d7a3}' // Hangul
        | '\u{1f300}'..='\u{1faff}' // emoji
    )
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::canonical_combining_class;

    use super::*;

    #[test]
    fn texts_are_composed() {
        for (text, expected) in [
            ("cafe\u{301}", "café"),
            ("\u{1100}\u{1161}\u{11a8}", "각"),
            ("a\u{301}\u{323}", "ạ\u{301}"),
            ("\u{212b}\u{2126}\u{37e}", "ÅΩ;"),
            ("\u{958}", "\u{915}\u{93c}"),
        ] {
            assert_eq!(nfc(text), expected);
        }
        assert!(matches!(nfc("café 각 \u{915}\u{93c}"), Cow::Borrowed(_)));
    }

    #[test]
    fn composed_characters_need_no_second_look() {
        for c in ('\0'..=char::MAX).filter(|&c| is_composed(c)) {
            let settled =
                is_nfc_quick([c].into_iter()) == IsNormalized::Yes && canonical_combining_class(c) == 0;
            assert!(settled, "{c:?}");
        }
    }
}
