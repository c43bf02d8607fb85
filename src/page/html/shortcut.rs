//! The parts of a page that need not be parsed: the content of scripts, styles,
//! drawings and comments, which the parser would read character by character and
//! then drop.

use std::ops::Range;

use crate::tags::scan::{self, Sink};

/// Shorter parts are parsed as quickly as they are left out.
const WORTH: usize = 32;

/// The parts of a page to parse, in order; they make the same tree as all of it.
pub(super) fn without_unread(source: &str) -> impl Iterator<Item = &str> {
    let mut unread = Unread::default();
    // Even on a page that is odd, the parts before the odd place are found.
    let _ = scan::scan(source, &mut unread);
    let starts = std::iter::once(0).chain(unread.0.clone().into_iter().map(|part| part.end));
    let ends = unread.0.into_iter().map(|part| part.start).chain([source.len()]);
    starts.zip(ends).map(|(start, end)| &source[start..end])
}

/// The places of the parts that need not be parsed.
#[derive(Debug, Default)]
struct Unread(Vec<Range<usize>>);

impl Sink<'_> for Unread {
    fn left_out(&mut self, content: Range<usize>) {
        if content.len() >= WORTH {
            self.0.push(content);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(page: &str) -> String {
        without_unread(page).collect()
    }

    #[test]
    fn what_is_never_read_is_not_parsed() {
        let long = "x < y ? '<p>' : '<!-- </p>' ".repeat(3);
        for (before, after) in [
            ("a<script>", "</script >b"),
            ("<STYLE>", "</Style>"),
            ("<noscript>", "</noscript>"),
            ("<script type=module>", "</script>"),
            ("a<!--", "-->b"),
        ] {
            let page = format!("{before}{long}{after}");
            assert_eq!(kept(&page), format!("{before}{after}"));
        }
        let drawing = "<path d='M0 0h24v24H0z'/>".repeat(3);
        assert_eq!(kept(&format!("a<svg>{drawing}<svg>{drawing}</svg>{drawing}</svg>b")), "a<svg></svg>b");
    }

    #[test]
    fn what_somebody_may_read_is_parsed() {
        let long = "text that is long enough to be left out ".repeat(3);
        for (before, after) in [
            ("<script type='application/ld+json'>", "</script>"),
            ("<script type='&#97;pplication/ld+json'>", "</script>"),
            ("<script><!-- <script>", "</script>"),
            ("<script>", ""),
            ("<!--", ""),
            ("<!--", "--!>"),
            ("<svg>", "<p>Text</p>"),
            ("<math><style>", "</style>"),
            ("<title>", "</title>"),
        ] {
            let page = format!("{before}{long}{after}");
            assert_eq!(kept(&page), page);
        }
    }
}
