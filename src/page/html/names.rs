//! Elements that the guard before the tree builder counts, or does not: the
//! quick look at a page counts the same ones.

use html5ever::{LocalName, local_name};

/// Names, and whether one is among them.
macro_rules! names {
    ($(#[$comment:meta])* $list:ident, $is_in:ident: $($name:tt)*) => {
        $(#[$comment])*
        pub(crate) const $list: &[&str] = &[$($name),*];

        pub(super) fn $is_in(name: &LocalName) -> bool {
            matches!(*name, $(local_name!($name))|*)
        }
    };
}

names! {
    /// Elements that hold none of their own name, or have no content, and do not
    /// count for the depth. The ends of the former may be implied.
    FLAT, is_flat:
    "p" "li" "br" "img" "td" "tr" "th" "dt" "dd" "input" "meta" "link" "hr" "tbody" "thead" "tfoot" "col"
    "colgroup" "option" "optgroup" "base" "area" "embed" "source" "track" "wbr" "param" "html" "head" "body"
}

names! {
    /// Elements that go on across the ends of paragraphs until they are closed.
    FORMATTING, is_formatting:
    "a" "b" "big" "code" "em" "font" "i" "nobr" "s" "small" "strong" "tt" "u"
}
