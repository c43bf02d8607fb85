//! Scans a text once to determine which rules it needs.

#![expect(
    clippy::needless_bitwise_bool,
    reason = "predicates without branches compile to vector instructions: see `bytes`"
)]

use std::ops::BitOrAssign;

use super::charset::may_lead;
use super::compose::is_composed;
use crate::bytes;

/// A set of needs. A rule runs if the text has its need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need(u8);

impl Need {
    /// No need.
    pub(super) const NONE: Self = Self(0);
    /// There may be a character reference.
    pub(super) const ENTITY: Self = Self(1);
    /// There is a backslash.
    pub(super) const ESCAPE: Self = Self(1 << 1);
    /// There is white space that is not a single space, or a character to remove.
    pub(super) const SPACE: Self = Self(1 << 2);
    /// There is a character that may change under NFC.
    pub(super) const COMPOSE: Self = Self(1 << 3);
    /// There is `**` or `__`.
    pub(super) const STRONG: Self = Self(1 << 4);
    /// The text starts like a heading.
    pub(super) const HEADING: Self = Self(1 << 5);
    /// There may be mojibake.
    pub(super) const MOJIBAKE: Self = Self(1 << 6);
    /// There may be a link.
    pub(super) const LINK: Self = Self(1 << 7);

    /// Whether `need` is in the set.
    pub(super) const fn has(self, need: Self) -> bool {
        self.0 & need.0 != 0
    }
}

impl BitOrAssign for Need {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// The needs of a text. None is missing, but some may not be real.
pub(super) fn needs(text: &str) -> Need {
    let mut needs = Need::NONE;
    let bytes = text.as_bytes();
    if matches!(bytes, [b' ', ..] | [.., b' ']) {
        needs |= Need::SPACE;
    }
    if matches!(bytes, [b'#', ..] | [b'*', b'*', ..] | [b'_', b'_', ..]) {
        needs |= Need::HEADING;
    }
    let special = |before, byte| is_special(byte) | ((byte == b' ') & (before == b' '));
    let first = bytes.first().is_some_and(|&byte| is_special(byte));
    if !first && !bytes::holds_pair(bytes, special) {
        return needs;
    }
    let mut at = 0;
    loop {
        for c in text[at..].chars() {
            let previous = text[..at].chars().next_back().unwrap_or('\0');
            needs |= if c.is_ascii() { of_ascii(c, previous) } else { of_other(c, previous) };
            at += c.len_utf8();
            // What no rule looks for matters only as the neighbour of what precedes it.
            if u8::try_from(c).is_ok_and(|byte| !is_special(byte)) {
                break;
            }
        }
        let Some(next) = bytes::find_pair(&bytes[at.saturating_sub(1)..], special) else { return needs };
        at += next;
    }
}

/// Whether a byte needs a closer look: that of a character outside ASCII or of a control
/// character, `&`, `\\`, `]`, `*` or `_`. Single marks are included, which are rare in
/// prose, and so is `^`, which is just as rare.
#[inline]
fn is_special(byte: u8) -> bool {
    (byte.cast_signed() < 0x20)
        | (byte == 0x7f)
        | (byte == b'&')
        | (byte == b'*')
        // From `\\` to `_`.
        | (byte | 3 == b'_')
}

/// Whether a character is a quote, dash, bullet or ellipsis. In English, these are by far
/// the most frequent characters outside ASCII.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}')
}

fn of_ascii(c: char, previous: char) -> Need {
    match c {
        '&' => Need::ENTITY,
        '\\' => Need::ESCAPE,
        ' ' if previous == ' ' => Need::SPACE,
        ' ' if matches!(previous, 'Â' | 'Ã') => Need::MOJIBAKE,
        '*' | '_' if previous == c => Need::STRONG,
        ']' => Need::LINK,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The needs of each character, without skipping any.
    fn needs_of_each(text: &str) -> Need {
        let mut needs = Need::NONE;
        let mut previous = '\0';
        for c in text.chars() {
            needs |= if c.is_ascii() { of_ascii(c, previous) } else { of_other(c, previous) };
            previous = c;
        }
        needs
    }

    proptest! {
        #[test]
        fn skipping_plain_text_misses_nothing(
            before in "[a-z’— ]{0,100}",
            odd in "[ *_&#\\]é\u{a0}\u{e2}Â’\u{2028}\u{2080}\u{80}\t\\\\\x7f]{0,3}",
            after in "[a-z’— ]{0,100}",
        ) {
            // At its ends, a text may have other needs.
            let text = format!("a{before}{odd}{after}a");
            prop_assert_eq!(needs(&text), needs_of_each(&text), "{:?}", text);
        }
    }
}
