//! Integers in decimal digits, as both JSON and CSV write them.

/// Appends an integer.
pub(super) fn push(out: &mut Vec<u8>, value: i64) {
    // Most positions and line numbers have a single digit.
    if let Ok(digit @ 0..10) = u8::try_from(value) {
        return out.push(b'0' + digit);
    }
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = value.unsigned_abs();
    while rest > 0 {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if value < 0 {
        start -= 1;
        digits[start] = b'-';
    }
    out.extend_from_slice(&digits[start..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_written_up_to_both_ends() {
        for value in [0, 7, 9, 10, -1, -10, 1_234_567, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            push(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), value.to_string());
        }
    }
}
