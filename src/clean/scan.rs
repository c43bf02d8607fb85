//! One look at a text: which rules does it need?

use std::ops::BitOrAssign;

use super::charset::may_lead;
use super::compose::is_composed;

/// A set of needs: a rule runs if the text has its need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need(u8);

impl Need {
    /// None.
    pub(super) const NONE: Self = Self(0);
    /// There may be a character reference.
    pub(super) const ENTITY: Self = Self(1);
    /// There is a backslash.
    pub(super) const ESCAPE: Self = Self(1 << 1);
    /// There is white space that is not one space, or a character to drop.
    pub(super) const SPACE: Self = Self(1 << 2);
    /// There is a character that may change under NFC.
    pub(super) const COMPOSE: Self = Self(1 << 3);
    /// There is `**` or `__`.
    pub(super) const STRONG: Self = Self(1 << 4);
    /// The text starts like a heading.
    pub(super) const HEADING: Self = Self(1 << 5);

    /// There may be mojibake.
    pub(super) const MOJIBAKE: Self = Self(1 << 6);

    /// Whether this need is among them.
    pub(super) const fn has(self, need: Self) -> bool {
        self.0 & need.0 != 0
    }
}

impl BitOrAssign for Need {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The needs of a text. Never says too little; may say too much.
pub(super) fn needs(text: &str) -> Need {
    let mut needs = Need::NONE;
    if text.starts_with(' ') || text.ends_with(' ') {
        needs |= Need::SPACE;
    }
    if text.starts_with('#') || text.starts_with("**") || text.starts_with("__") {
        needs |= Need::HEADING;
    }
    let (mut at, mut previous) = (0, '\0');
    let bytes = text.as_bytes();
    while at < text.len() {
        if let Some(last) = plain_block(&bytes[at..], previous) {
            at += BLOCK;
            previous = last;
            continue;
        }
        if text.len() - at <= BLOCK && is_plain_end(bytes) {
            break;
        }
        let end = text.ceil_char_boundary(at + BLOCK);
        for c in text[at..end].chars() {
            if !is_plain(c, previous) {
                needs |= if c.is_ascii() { of_ascii(c, previous) } else { of_other(c, previous) };
            }
            previous = c;
        }
        at = end;
    }
    needs
}

/// Whether a character is one that no rule looks for, behind such a one: ASCII,
/// or a quote, dash, bullet or ellipsis. Most are, and tables tell it.
fn is_plain(c: char, previous: char) -> bool {
    const PLAIN: [bool; 256] = {
        let mut plain = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            plain[byte as usize] = !is_special(byte);
            byte += 1;
        }
        plain
    };
    let plain = match u8::try_from(c) {
        Ok(byte) => PLAIN[usize::from(byte)],
        Err(_) => is_mark(c),
    };
    plain && c != previous && (previous.is_ascii() || is_mark(previous))
}

/// Whether a character is a quote, dash, bullet or ellipsis: by far the most
/// frequent ones outside ASCII, in English.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}')
}

/// How many bytes are looked at together: they fill a few registers.
const BLOCK: usize = 32;

/// Whether the last bytes, a block and one, are as [`plain_block`] wants them.
fn is_plain_end(bytes: &[u8]) -> bool {
    let Some(end) = bytes.last_chunk::<{ BLOCK + 1 }>() else { return false };
    let plain = |&byte: &u8| !is_special(byte);
    plain_block(end, '\0').is_some() && end.last().is_some_and(plain)
}

/// If the next block of bytes behind `previous` is ASCII without anything that
/// a rule looks for: its last character. Most text is, and this loop has no
/// branch, so that the compiler can look at all its bytes at once.
fn plain_block(bytes: &[u8], previous: char) -> Option<char> {
    let head: &[u8; BLOCK] = bytes.first_chunk()?;
    let next: &[u8; BLOCK] = bytes[1..].first_chunk()?;
    let mut found = u8::from(!previous.is_ascii() || previous == char::from(head[0]));
    for (&a, &b) in head.iter().zip(next) {
        // A mark is looked at even where it stands alone: that is rare in prose. Two spaces
        // are the smallest pair of bytes that are not special.
        found |= u8::from(is_special(a)) | u8::from(a == b'*') | u8::from(a == b'_');
        found |= u8::from(a.max(b) <= b' ');
    }
    (found == 0).then(|| char::from(head[BLOCK - 1]))
}

/// Whether a byte by itself calls for a closer look.
const fn is_special(byte: u8) -> bool {
    byte.wrapping_sub(b' ') > b'~' - b' ' || byte == b'&' || byte == b'\\'
}

fn of_ascii(c: char, previous: char) -> Need {
    match c {
        '&' => Need::ENTITY,
        '\\' => Need::ESCAPE,
        ' ' if previous == ' ' => Need::SPACE,
        ' ' if matches!(previous, 'Â' | 'Ã') => Need::MOJIBAKE,
        '*' | '_' if previous == c => Need::STRONG,
        ..' ' | '\x7f' => Need::SPACE,
        _ => Need::NONE,
    }
}

fn of_other(c: char, previous: char) -> Need {
    use super::space::{Kind, kind};
    let mut need = match c {
        _ if is_mark(c) => Need::NONE,
        _ if kind(c) != Kind::Text => Need::SPACE,
        _ if is_composed(c) => Need::NONE,
        _ => Need::COMPOSE,
    };
    if may_lead(previous) || ('\u{80}'..='\u{9f}').contains(&c) {
        need |= Need::MOJIBAKE;
    }
    need
}
