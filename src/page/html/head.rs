//! What the head of a page says about it.

use ego_tree::NodeRef;
use html5ever::local_name;
use scraper::Node;

use crate::page::Markup;

/// Takes title, address and base from a page's head.
pub(super) fn read(head: NodeRef<'_, Node>, markup: &mut Markup) {
    let mut base = None;
    for child in head.children() {
        let Node::Element(element) = child.value() else { continue };
        let attribute = |name| element.attr(name).map(str::trim);
        match element.name.local {
            local_name!("title") => {
                let texts = child.children().filter_map(|node| node.value().as_text());
                markup.title = texts.map(|text| &**text).collect();
            }
            local_name!("base") => base = base.or(attribute("href")),
            local_name!("link")
                if attribute("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) =>
            {
                markup.set_address(attribute("href").unwrap_or_default());
            }
            local_name!("meta") if attribute("property") == Some("og:url") => {
                markup.set_address(attribute("content").unwrap_or_default());
            }
            _ => {}
        }
    }
    if let Some(base) = base {
        markup.set_base(base);
    }
}
