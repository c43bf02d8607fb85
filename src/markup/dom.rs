//! What microdata and `RDFa` need of a page's elements.

use scraper::{ElementRef, Html};

/// Elements around another that are asked for its language.
const MAX_AROUND: usize = 256;

/// The syntaxes of which a page has any sign. Most pages have none of one or
/// other, and are not read for it.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Signs {
    pub(super) json_ld: bool,
    pub(super) microdata: bool,
    pub(super) rdfa: bool,
}

impl Signs {
    pub(super) fn of(html: &Html) -> Self {
        let mut signs = Self::default();
        for element in html.tree.values().filter_map(|node| node.as_element()) {
            signs.json_ld |= element.name() == "script";
            for (name, value) in element.attrs() {
                signs.microdata |= matches!(name, "itemtype" | "itemscope");
                // An answer to something of no type still says so.
                signs.rdfa |=
                    name == "typeof" || (matches!(name, "property" | "rel") && value.contains("Answer"));
            }
        }
        signs
    }
}

/// The elements of a page in their order, without those of templates.
pub(super) fn elements(html: &Html) -> impl Iterator<Item = ElementRef<'_>> {
    let root = html.tree.root().children().find_map(ElementRef::wrap);
    std::iter::successors(root, move |&element| following(element, root?, true))
}

/// The element behind another within `root`, in the order of the page: its
/// first child if `inside`, else what follows it.
pub(super) fn following<'p>(
    element: ElementRef<'p>,
    root: ElementRef<'p>,
    inside: bool,
) -> Option<ElementRef<'p>> {
    let child = || element.child_elements().next();
    if let Some(child) = (inside && element.value().name() != "template").then(child).flatten() {
        return Some(child);
    }
    let mut node = *element;
    while node.id() != root.id() {
        if let Some(sibling) = node.next_siblings().find_map(ElementRef::wrap) {
            return Some(sibling);
        }
        node = node.parent()?;
    }
    None
}

/// The language of an element's text, as its nearest `lang` says.
pub(super) fn language(element: ElementRef<'_>) -> Option<String> {
    let around = element.ancestors().take(MAX_AROUND).filter_map(ElementRef::wrap);
    let language = std::iter::once(element)
        .chain(around)
        .find_map(|element| element.attr("lang").or(element.attr("xml:lang")));
    language.map(str::to_owned)
}

/// Where an element leads.
pub(super) fn address(element: ElementRef<'_>) -> Option<&str> {
    let attribute = match element.value().name() {
        "a" | "area" | "link" => "href",
        "audio" | "embed" | "iframe" | "img" | "source" | "track" | "video" => "src",
        "object" => "data",
        _ => return None,
    };
    element.attr(attribute)
}
