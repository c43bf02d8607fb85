//! The inner loops that the text formats share.

/// Bytes that one test looks at.
const BLOCK: usize = 32;

/// Index of the first byte that `wanted` holds for.
///
/// Whole blocks are tested without a branch inside, so that the compiler can
/// use vector instructions; only a block with a hit is looked at byte by byte.
#[inline]
pub(super) fn find(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let clean = blocks.iter().take_while(|block| !block.iter().fold(false, |hit, &byte| hit | wanted(byte)));
    let start = clean.count() * BLOCK;
    bytes[start..].iter().position(|&byte| wanted(byte)).map(|at| start + at)
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
                assert_eq!(find(&bytes, |byte| byte == b'x'), Some(at));
            }
            assert_eq!(find(&vec![b'a'; len], |byte| byte == b'x'), None);
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
