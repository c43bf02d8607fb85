//! Lists of elements that the guard before the tree builder treats alike, shared
//! with what scans the bytes of a page as the guard would.

use html5ever::{LocalName, local_name};

/// Whether bytes are one of some texts.
macro_rules! is_one_of {
    ($bytes:expr, $($text:tt)*) => { $($bytes == $text.as_bytes())||* };
}
pub(crate) use is_one_of;

/// Names of elements: a type for each list, which says whether a name is on it.
macro_rules! names {
    ($($(#[$comment:meta])* $list:ident: [$($name:tt)*];)*) => {$(
        $(#[$comment])*
        pub(crate) enum $list {}

        impl $list {
            /// Whether the parser's name is on the list.
            pub(crate) fn has(name: &LocalName) -> bool {
                matches!(*name, $(local_name!($name))|*)
            }

            /// Whether a name in lower case is on the list.
            pub(crate) fn has_bytes(name: &[u8]) -> bool {
                is_one_of!(name, $($name)*)
            }
        }
    )*};
}

names! {
    /// Elements that hold none of their own name, or have no content, and do not
    /// count for the depth. The ends of the former may be implied.
    Flat: ["p" "li" "br" "img" "td" "tr" "th" "dt" "dd" "input" "meta" "link" "hr" "tbody" "thead" "tfoot" "col"
    "colgroup" "option" "optgroup" "base" "area" "embed" "source" "track" "wbr" "param" "html" "head" "body"];

    /// Elements that continue across the ends of paragraphs until they are closed.
    Formatting: ["a" "b" "big" "code" "em" "font" "i" "nobr" "s" "small" "strong" "tt" "u"];

    /// Elements that are never shown, whose content is text to the tokenizer.
    LeftOut: ["style" "noscript" "iframe" "noembed"];

    /// Elements that end a drawing which was left open.
    EndDrawing: ["div" "p" "ul" "ol" "li" "table" "h1" "h2" "h3" "h4" "body"];
}
