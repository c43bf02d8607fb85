//! Searches bytes with vector instructions.
//!
//! Most texts contain nothing that a step looks for, and their bytes show it. These
//! loops have no branches inside, so that they compile to vector instructions. To that
//! end, the predicates passed to them must consist only of comparisons, combined by `&`
//! and `|`.

/// The number of bytes that are examined together: as many as fill two registers.
const BLOCK: usize = 32;

/// The number of bytes that are examined together to locate a hit within a block.
const PART: usize = 8;

/// Whether `is_hit` is true for one of the bytes.
#[inline]
pub(crate) fn holds(bytes: &[u8], is_hit: impl Fn(u8) -> bool) -> bool {
    let any = |bytes: &[u8]| bytes.iter().fold(false, |any, &byte| any | is_hit(byte));
    // The last block overlaps with bytes that have been examined.
    if let Some(last) = bytes.last_chunk::<BLOCK>() {
        return any(bytes.as_chunks::<BLOCK>().0.as_flattened()) | any(last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<16>(), bytes.last_chunk::<16>()) {
        return any(first) | any(last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        return any(first) | any(last);
    }
    any(bytes)
}

/// The index of the first byte for which `is_hit` is true.
#[inline]
pub(crate) fn find(bytes: &[u8], is_hit: impl Fn(u8) -> bool) -> Option<usize> {
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let clean = |block: &[u8]| !block.iter().fold(false, |any, &byte| any | is_hit(byte));
    let mut start = blocks.iter().take_while(|block| clean(&block[..])).count() * BLOCK;
    start += bytes[start..].as_chunks::<PART>().0.iter().take_while(|part| clean(&part[..])).count() * PART;
    bytes[start..].iter().position(|&byte| is_hit(byte)).map(|at| start + at)
}

/// Whether `is_hit` is true for two consecutive bytes.
#[inline]
pub(crate) fn holds_pair(bytes: &[u8], is_hit: impl Fn(u8, u8) -> bool) -> bool {
    let any = |bytes: &[u8]| bytes.windows(2).fold(false, |any, pair| any | is_hit(pair[0], pair[1]));
    if let Some(last) = bytes.last_chunk::<{ BLOCK + 1 }>() {
        return any(&bytes[..=(bytes.len() - 1) / BLOCK * BLOCK]) | any(last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<17>(), bytes.last_chunk::<17>()) {
        return any(first) | any(last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<9>(), bytes.last_chunk::<9>()) {
        return any(first) | any(last);
    }
    any(bytes)
}

/// The index of the first of two consecutive bytes for which `is_hit` is true.
#[inline]
pub(crate) fn find_pair(bytes: &[u8], is_hit: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let clean = |block: &[u8]| !block.windows(2).fold(false, |any, pair| any | is_hit(pair[0], pair[1]));
    let mut start = 0;
    while bytes[start..].first_chunk::<{ BLOCK + 1 }>().is_some_and(|block| clean(block)) {
        start += BLOCK;
    }
    while bytes[start..].first_chunk::<{ PART + 1 }>().is_some_and(|part| clean(part)) {
        start += PART;
    }
    bytes[start..].windows(2).position(|pair| is_hit(pair[0], pair[1])).map(|at| start + at)
}

/// The number of characters of a text.
pub(crate) fn characters(text: &str) -> usize {
    // Counts the bytes that do not continue a character, in blocks so short that their number
    // fits into a byte.
    let begun = |block: &[u8]| block.iter().fold(0, |sum, &byte| sum + u8::from(byte.cast_signed() >= -0x40));
    text.as_bytes().chunks(128).map(|block| usize::from(begun(block))).sum()
}

#[cfg(test)]
#[expect(clippy::needless_bitwise_bool, reason = "predicates are written as they have to be in use")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_hit(byte: u8) -> bool {
        (byte == b'x') | (byte >= 0xf0)
    }

    fn is_pair(one: u8, two: u8) -> bool {
        (one == b'x') & (two == b'y')
    }

    /// Each length, and a hit at each place of it or nowhere.
    #[test]
    fn a_hit_is_found_wherever_it_is() {
        for len in 0..100 {
            let bytes = vec![b'y'; len];
            assert!(!holds(&bytes, is_hit) && !holds_pair(&bytes, is_pair));
            assert_eq!((find(&bytes, is_hit), find_pair(&bytes, is_pair)), (None, None));
            for at in 0..len {
                let mut bytes = bytes.clone();
                bytes[at] = b'x';
                let pair = (at + 1 < len).then_some(at);
                assert_eq!(find(&bytes, is_hit), Some(at));
                assert_eq!(find_pair(&bytes, is_pair), pair);
                assert!(holds(&bytes, is_hit));
                assert_eq!(holds_pair(&bytes, is_pair), pair.is_some(), "{at} of {len}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_first_of_several_hits_is_found(bytes in prop::collection::vec(prop::sample::select(b"axy\xff".to_vec()), 0..80)) {
            prop_assert_eq!(find(&bytes, is_hit), bytes.iter().position(|&byte| is_hit(byte)));
            let pair = bytes.windows(2).position(|pair| is_pair(pair[0], pair[1]));
            prop_assert_eq!(find_pair(&bytes, is_pair), pair);
        }

        #[test]
        fn characters_are_counted(text in ".{0,300}") {
            prop_assert_eq!(characters(&text), text.chars().count());
        }
    }
}
