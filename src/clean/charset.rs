//! Single-byte encodings that UTF-8 is misread as.

/// A single-byte encoding, which maps characters to bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// Windows-1252 and Latin-1 together. They differ only in 0x80 to 0x9F,
    /// where Latin-1 has control characters, and programs mix them freely.
    Western,
    /// Windows-1250.
    Central,
}

/// Windows-1252 from 0x80 to 0x9F. Undefined bytes are the control characters of
/// Latin-1, as in the Encoding Standard.
pub(super) const WINDOWS_1252_C1: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Windows-1250 from 0x80 to 0xFF, with undefined bytes as above.
const WINDOWS_1250: [char; 128] = [
    '€', '\u{81}', '‚', '\u{83}', '„', '…', '†', '‡', '\u{88}', '‰', 'Š', '‹', 'Ś', 'Ť', 'Ž', 'Ź', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '\u{98}', '™', 'š', '›', 'ś', 'ť', 'ž', 'ź', '\u{a0}', 'ˇ', '˘', 'Ł',
    '¤', 'Ą', '¦', '§', '¨', '©', 'Ş', '«', '¬', '\u{ad}', '®', 'Ż', '°', '±', '˛', 'ł', '´', 'µ', '¶', '·',
    '¸', 'ą', 'ş', '»', 'Ľ', '˝', 'ľ', 'ż', 'Ŕ', 'Á', 'Â', 'Ă', 'Ä', 'Ĺ', 'Ć', 'Ç', 'Č', 'É', 'Ę', 'Ë', 'Ě',
    'Í', 'Î', 'Ď', 'Đ', 'Ń', 'Ň', 'Ó', 'Ô', 'Ő', 'Ö', '×', 'Ř', 'Ů', 'Ú', 'Ű', 'Ü', 'Ý', 'Ţ', 'ß', 'ŕ', 'á',
    'â', 'ă', 'ä', 'ĺ', 'ć', 'ç', 'č', 'é', 'ę', 'ë', 'ě', 'í', 'î', 'ď', 'đ', 'ń', 'ň', 'ó', 'ô', 'ő', 'ö',
    '÷', 'ř', 'ů', 'ú', 'ű', 'ü', 'ý', 'ţ', '˙',
];

impl Charset {
    /// The byte from 0x80 on that is decoded as `c`. A control character is encoded as
    /// its own number in all of the encodings.
    pub(super) fn byte(self, c: char) -> Option<u8> {
        let in_table = |table: &[char]| Some(0x80 + u8::try_from(table.iter().position(|&t| t == c)?).ok()?);
        match (self, c) {
            (_, ..'\u{80}') => None,
            (_, '\u{80}'..='\u{9f}') | (Self::Western, '\u{a0}'..='\u{ff}') => u8::try_from(c).ok(),
            (Self::Western, _) => in_table(&WINDOWS_1252_C1),
            (Self::Central, _) => in_table(&WINDOWS_1250),
        }
    }

    /// Whether a text that contains `c` cannot have been decoded with this encoding: `c`
    /// is a control character for which the encoding has a letter or a sign. Decoding as
    /// ISO-8859-2 leaves such characters, but its letters have other bytes than those of
    /// Windows-1250.
    pub(super) fn rules_out(self, c: char) -> bool {
        self == Self::Central && self.shown(c) != c
    }

    /// The character that a control character was meant to be; any other stays as it is.
    pub(super) fn shown(self, c: char) -> char {
        match (self, c) {
            (Self::Western, '\u{80}'..='\u{9f}') => WINDOWS_1252_C1[c as usize - 0x80],
            (Self::Central, '\u{80}'..='\u{9f}') => WINDOWS_1250[c as usize - 0x80],
            _ => c,
        }
    }
}

/// Whether `c` may be the first byte of a UTF-8 sequence, 0xC2 to 0xF4, in any of the
/// encodings. This is also true for a few letters that are not.
pub(super) const fn may_lead(c: char) -> bool {
    matches!(c, '\u{c2}'..='\u{f4}' | '\u{100}'..='\u{17f}')
}
