//! A sequence of characters whose bytes would be a single character in UTF-8.

use std::ops::RangeInclusive;

use super::Charset;

/// A sequence of characters whose bytes would be a single character in UTF-8.
pub(super) struct Sequence {
    /// Its length in the text.
    pub(super) bytes: usize,
    /// The character that it would be.
    pub(super) char: char,
    pub(super) kind: Kind,
    /// The first byte of its UTF-8, 0xC2 to 0xF4.
    pub(super) lead: u8,
    /// The characters for the bytes after the first.
    pub(super) trails: [Option<Trail>; 3],
}

/// What the decoded character is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter, a mark or a sign that may occur by itself in a Latin text.
    Free,
    /// A letter of a script that is written in whole words.
    Script,
    /// A control character, which occurs if the text was wrongly decoded more than once.
    Control,
}

/// The characters of [`Kind::Free`]: Latin letters, accents, Greek without rare accents;
/// punctuation, signs, symbols and emoji.
const FREE: &[RangeInclusive<char>] = &[
    '\u{a0}'..='\u{17f}',
    'ƒ'..='ƒ',
    'Ơ'..='ơ',
    'Ư'..='ư',
    'Ș'..='ț',
    '\u{2bb}'..='\u{2bc}',
    'ˆ'..='ˇ',
    '\u{2d8}'..='\u{2dd}',
    '\u{300}'..='\u{30c}',
    '\u{323}'..='\u{323}',
    '\u{327}'..='\u{328}',
    '\u{336}'..='\u{336}',
    'Ά'..='ώ',
    '\u{1e00}'..='\u{1eff}',
    '\u{2000}'..='\u{23ff}',
    '\u{2460}'..='\u{2bff}',
    '\u{3000}'..='\u{303f}',
    '\u{fb00}'..='\u{fb06}',
    '\u{fe0e}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
    '\u{ff01}'..='\u{ff65}',
    '\u{fffd}'..='\u{fffd}',
    '\u{1d400}'..='\u{1d7ff}',
    '\u{1f000}'..='\u{1faff}',
];

/// The characters of [`Kind::Script`]: Cyrillic, Armenian, Hebrew and Arabic; the scripts
/// of South and South-East Asia, Georgian, Ethiopic; Greek with all accents, kana, Han,
/// Hangul.
const SCRIPTS: &[RangeInclusive<char>] = &[
    '\u{401}'..='\u{45f}',
    'Ґ'..='ґ',
    '\u{531}'..='\u{587}',
    '\u{5b0}'..='\u{6f9}',
    '\u{900}'..='\u{10ff}',
    '\u{1200}'..='\u{137f}',
    '\u{1780}'..='\u{17ff}',
    '\u{1f00}'..='\u{1fff}',
    '\u{3040}'..='\u{30ff}',
    '\u{3400}'..='\u{4dbf}',
    '\u{4e00}'..='\u{9fff}',
    '\u{ac00}'..='\u{d7a3}',
    '\u{fb50}'..='\u{fdff}',
    '\u{fe70}'..='\u{fefc}',
    '\u{ff66}'..='\u{ff9f}',
    '\u{20000}'..='\u{2fa1f}',
];

/// What a character for a byte from 0x80 to 0xBF is to a reader. The more unusual it is
/// after a letter, the stronger is the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trail {
    /// Never follows a letter: `¼`, `€`, a control character.
    Odd,
    /// The yen sign. It is odd, too, but according to the test cases of ftfy, `Ã¥` by itself
    /// is not enough beside other letters that are not ASCII.
    Yen,
    /// A letter.
    Letter,
    /// May be attached to a word: `®`, `²`, `°`.
    Mark,
    /// Opens a quotation; after a word it may close one, as in German.
    Open,
    /// Closes a quotation, or is a trade mark.
    Close,
    /// Stands after words and between them: a dash, an ellipsis, a dot.
    Loose,
    /// An apostrophe.
    Apostrophe,
    /// A no-break space.
    Gap,
}

impl Sequence {
    /// The sequence at the start of `text`, if its bytes are valid UTF-8 for a character
    /// that is in use.
    pub(super) fn parse(text: &str, charset: Charset) -> Option<Self> {
        let mut chars = text.chars();
        let lead = charset.byte(chars.next()?)?;
        let count = match lead {
            0xc2..=0xdf => 1,
            0xe0..=0xef => 2,
            0xf0..=0xf4 => 3,
            _ => return None,
        };
        let mut utf8 = [lead, 0, 0, 0];
        let mut trails = [None; 3];
        for at in 0..count {
            let c = chars.next()?;
            utf8[at + 1] = charset.byte(c).filter(|byte| (0x80..0xc0).contains(byte))?;
            trails[at] = Some(Trail::of(charset.shown(c)));
        }
        let char = std::str::from_utf8(&utf8[..=count]).ok()?.chars().next()?;
        let bytes = text.len() - chars.as_str().len();
        Some(Self { bytes, char, kind: Kind::of(char, charset)?, lead, trails })
    }
}

impl Kind {
    /// `None` for characters that are hardly ever used.
    fn of(c: char, charset: Charset) -> Option<Self> {
        let within = |ranges: &[RangeInclusive<char>]| ranges.iter().any(|range| range.contains(&c));
        match c {
            // Polish in capitals has `ĆŻ`, and Czech has `Ě` at the end of words. In
            // Windows-1250, these are the bytes of `Ư` and of combining marks.
            'Ơ' | 'Ư' | '\u{300}'..='\u{336}' if charset == Charset::Central => None,
            '\u{80}'..='\u{9f}' => Some(Self::Control),
            _ if within(FREE) => Some(Self::Free),
            _ if within(SCRIPTS) => Some(Self::Script),
            _ => None,
        }
    }
}

impl Trail {
    /// What `c` is to a reader.
    pub(super) fn of(c: char) -> Self {
        match c {
            '\u{a0}' => Self::Gap,
            '’' => Self::Apostrophe,
            // Romanian has words that begin with `Ăş`.
            '…' | '–' | '—' | '·' | 'ş' | 'Ş' => Self::Loose,
            '”' | '»' | '›' | '™' | '´' => Self::Close,
            '“' | '‘' | '«' | '‹' => Self::Open,
            '°' | '±' | '¹' | '²' | '³' | 'ª' | 'º' | '¡' | '¿' | '§' | '¶' | '•' | '†' | '‡' | '©' | '®'
            | '\u{ad}' => Self::Mark,
            '¥' => Self::Yen,
            'µ' | 'ƒ' | 'ˆ' | 'ˇ' => Self::Odd,
            _ if c.is_alphabetic() => Self::Letter,
            _ => Self::Odd,
        }
    }
}
