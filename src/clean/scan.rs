//! One look at a text: which rules does it need?

use std::ops::BitOrAssign;

use super::charset::may_lead;

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
    if is_plain(text.as_bytes()) {
        return Need::NONE;
    }
    let mut needs = Need::NONE;
    if text.starts_with(' ') || text.ends_with(' ') {
        needs |= Need::SPACE;
    }
    if text.starts_with(['#', '*', '_']) {
        needs |= Need::HEADING;
    }
    let mut previous = '\0';
    for c in text.chars() {
        needs |= if c.is_ascii() { of_ascii(c, previous) } else { of_other(c, previous) };
        previous = c;
    }
    needs
}

/// Whether the bytes are ASCII without anything that a rule looks for. The
/// loop has no branch inside a block, so that it is compiled to vectors.
fn is_plain(bytes: &[u8]) -> bool {
    const BLOCK: usize = 128;
    let [first, .., last] = bytes else { return matches!(bytes, [] | [b'!'..=b'~'] if bytes != b"#") };
    if matches!(first, b' ' | b'#') || *last == b' ' || is_special(*last) {
        return false;
    }
    let (head, tail) = (&bytes[..bytes.len() - 1], &bytes[1..]);
    head.chunks(BLOCK).zip(tail.chunks(BLOCK)).all(|(head, tail)| {
        let pairs = head.iter().zip(tail);
        !pairs.fold(false, |found, (&a, &b)| found | is_special(a) | (a == b && is_paired(a)))
    })
}

/// Whether a byte by itself calls for a closer look.
const fn is_special(byte: u8) -> bool {
    byte < b' ' || byte > b'~' || byte == b'&' || byte == b'\\'
}

/// Whether a byte does so when it stands twice.
const fn is_paired(byte: u8) -> bool {
    byte == b' ' || byte == b'*' || byte == b'_'
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
        // Quotes, dashes, bullets and ellipses are by far the most frequent.
        '\u{2010}'..='\u{2027}' => Need::NONE,
        _ if kind(c) != Kind::Text => Need::SPACE,
        '\u{300}'.. => Need::COMPOSE,
        _ => Need::NONE,
    };
    if may_lead(previous) || ('\u{80}'..='\u{9f}').contains(&c) {
        need |= Need::MOJIBAKE;
    }
    need
}
