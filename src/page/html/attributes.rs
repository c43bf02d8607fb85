//! A bound on the attributes of a tag: the parser compares each one with all the
//! ones before it.

use std::borrow::Cow;

use memchr::memchr_iter;

use crate::tags::Tags;

/// Attributes of one tag that are kept. Hand-written pages have about ten,
/// generated ones some dozens.
const MAX_ATTRIBUTES: usize = 512;

/// On a shorter page, no number of attributes takes long.
const SHORT: usize = 64 << 10;

/// No tag that is shorter has too many.
const LONG_TAG: usize = 16 << 10;

/// The page without the attributes of a tag that are too many.
pub(super) fn bounded(source: &str) -> Cow<'_, str> {
    if source.len() < SHORT || !may_hold_long_tag(source.as_bytes()) {
        return source.into();
    }
    let mut out = String::new();
    let mut done = 0;
    for tag in Tags::new(source.as_bytes()) {
        let mut attributes = tag.attributes();
        if attributes.nth(MAX_ATTRIBUTES).is_none() {
            continue;
        }
        out.push_str(&source[done..tag.behind_name() + attributes.at()]);
        attributes.by_ref().for_each(drop);
        let end = tag.behind_name() + attributes.at();
        // The tag's end stays, if it has one.
        done = if attributes.is_closed() { end - 1 } else { end };
    }
    if done == 0 {
        return source.into();
    }
    out.push_str(&source[done..]);
    out.into()
}

/// Whether there is a long stretch without the start of a tag.
fn may_hold_long_tag(bytes: &[u8]) -> bool {
    let starts = memchr_iter(b'<', bytes)
        .filter(|&at| bytes.get(at + 1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/'));
    let mut last = 0;
    for start in starts.chain([bytes.len()]) {
        if start - last > LONG_TAG {
            return true;
        }
        last = start;
    }
    false
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    fn tag(attributes: usize) -> String {
        let mut tag = "<p".to_owned();
        for number in 0..attributes {
            write!(tag, " attribute-number-{number}='{number}'").unwrap();
        }
        tag + ">Why?</p>"
    }

    #[test]
    fn attributes_beyond_the_bound_go_and_nothing_else() {
        let page = format!("<b>a</b>{}<i>b</i>{}", tag(20_000), tag(3));
        let bounded = bounded(&page);
        assert_eq!(*bounded, format!("<b>a</b>{}<i>b</i>{}", tag(513), tag(3)));
        assert!(matches!(super::bounded(&bounded), Cow::Borrowed(_)), "short");
        let long = tag(400).repeat(40);
        assert!(matches!(super::bounded(&long), Cow::Borrowed(_)));
    }

    #[test]
    fn a_tag_without_an_end_is_cut_too() {
        for end in ["", " x='é", " x=é", " é"] {
            let page = tag(20_000).replace(">Why?</p>", end);
            assert!(bounded(&page).len() < 32 << 10, "{end}");
        }
    }
}
