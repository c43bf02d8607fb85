//! The inner loops that the text formats share.

/// Bytes of a word, of which one operation tests all.
const WORD: usize = 8;

/// Bytes that are tested before the first branch.
const BLOCK: usize = 4 * WORD;

/// The high bit of each byte.
const HIGH: u64 = u64::MAX / 0xFF * 0x80;

/// Marks the bytes of `word` that equal `byte` by their high bit. The lowest
/// mark is right; above it, there may be false ones.
///
/// Source: <https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord>.
#[inline]
pub(super) const fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ splat(byte), 1)
}

/// Marks the bytes of `word` below `bound`, at most 128, as [`equal`] does.
///
/// Source: <https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord>.
#[inline]
pub(super) const fn below(word: u64, bound: u8) -> u64 {
    word.wrapping_sub(splat(bound)) & !word & HIGH
}

const fn splat(byte: u8) -> u64 {
    u64::MAX / 0xFF * byte as u64
}

/// Index of the first byte that `marks` marks: see [`equal`] and [`below`].
///
/// Blocks are tested without a branch inside, so that the compiler can use
/// vector instructions, and what the last one leaves, word by word.
#[inline]
pub(super) fn find(bytes: &[u8], marks: impl Fn(u64) -> u64) -> Option<usize> {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let clean = |block: &&[u8; BLOCK]| {
        let (words, _) = block.as_chunks::<WORD>();
        words.iter().fold(0, |all, &word| all | marks(u64::from_le_bytes(word))) == 0
    };
    let mut start = blocks.iter().take_while(clean).count() * BLOCK;
    let (words, tail) = bytes[start..].as_chunks::<WORD>();
    for &word in words {
        let found = marks(u64::from_le_bytes(word));
        if found != 0 {
            return Some(start + found.trailing_zeros() as usize / 8);
        }
        start += WORD;
    }
    match bytes.last_chunk() {
        _ if tail.is_empty() => None,
        // The last word reaches back over bytes that hold nothing.
        Some(&word) => {
            let found = marks(u64::from_le_bytes(word));
            (found != 0).then(|| bytes.len() - WORD + found.trailing_zeros() as usize / 8)
        }
        None => tail.iter().position(|&byte| marks(u64::from_le_bytes([byte; WORD])) != 0),
    }
}

/// Appends an integer in decimal digits.
pub(super) fn push_integer(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[start..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_hit_in_any_block() {
        for len in [0, 1, 31, 32, 33, 64, 100] {
            for at in 0..len {
                let mut bytes = vec![b'a'; len];
                bytes[at] = b'x';
                bytes[len - 1] = b'x';
                assert_eq!(find(&bytes, |word| equal(word, b'x')), Some(at));
            }
            assert_eq!(find(&vec![b'a'; len], |word| equal(word, b'x')), None);
        }
    }

    /// The byte-wise meaning of the marks, for every byte before and behind every other.
    #[test]
    fn the_lowest_mark_is_right_whatever_stands_around() {
        for byte in 0..=u8::MAX {
            for next in 0..=u8::MAX {
                let word = u64::from_le_bytes([b'a', byte, next, 0xFF, 0, 0x80, b'"', byte]);
                let lowest = |hit: fn(u8) -> bool| word.to_le_bytes().into_iter().position(hit);
                let marked = |marks: u64| (marks != 0).then(|| marks.trailing_zeros() as usize / 8);
                assert_eq!(marked(equal(word, b'"')), lowest(|byte| byte == b'"'));
                assert_eq!(marked(below(word, 0x20)), lowest(|byte| byte < 0x20));
                let either = equal(word, b'\\') | below(word, 0x20);
                assert_eq!(marked(either), lowest(|byte| byte == b'\\' || byte < 0x20));
            }
        }
    }

    #[test]
    fn writes_integers_up_to_both_ends() {
        for value in [0, 7, 10, -1, 1_234_567, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            push_integer(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
    }
}
