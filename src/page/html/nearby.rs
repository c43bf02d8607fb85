//! What the nodes inside and beside an element tell of it.

use ego_tree::NodeRef;
use html5ever::local_name;
use scraper::Node;

use super::element::{Display, display};

/// Whether an element that is out of sight stands behind what may open it.
pub(super) fn is_folded(node: NodeRef<'_, Node>) -> bool {
    let name =
        |node: NodeRef<'_, Node>| node.value().as_element().map(|element| display(&element.name.local));
    let is_element = |node: &NodeRef<'_, Node>| node.value().is_element();
    let in_details = node
        .parent()
        .and_then(|parent| parent.value().as_element().map(|e| e.name.local == local_name!("details")));
    in_details == Some(true)
        || (name(node) == Some(Display::Block)
            && matches!(
                node.prev_siblings().find(is_element).and_then(name),
                Some(Display::Button | Display::Heading)
            ))
}

/// Whether a button holds a heading or a question: it opens what is behind it.
pub(super) fn is_question(button: NodeRef<'_, Node>) -> bool {
    button.descendants().take(MOST_OF_A_BUTTON).any(|node| match node.value() {
        Node::Element(element) => display(&element.name.local) == Display::Heading,
        Node::Text(text) => text.trim_end().ends_with('?'),
        _ => false,
    })
}

/// Nodes of a button that are looked at.
const MOST_OF_A_BUTTON: usize = 32;

/// Whether an element is a part of a text, which has a foot of its own.
pub(super) fn is_article(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| {
        matches!(
            element.name.local,
            local_name!("article") | local_name!("main") | local_name!("section") | local_name!("blockquote")
        )
    })
}

/// Whether a table's row reads as one line: it has several cells, and each of
/// them holds a line of text. Tables that only lay a page out have other rows.
pub(super) fn is_row(row: NodeRef<'_, Node>) -> bool {
    let is_alone = |node: &NodeRef<'_, Node>| {
        let cell = node.parent().filter(|parent| parent.parent() == Some(row));
        cell.is_some_and(|cell| cell.children().filter(|child| child.value().is_element()).count() == 1)
    };
    let cells = row.children().filter(|child| child.value().is_element()).count();
    cells >= 2
        && row.descendants().skip(1).all(|node| {
            let Some(element) = node.value().as_element() else { return true };
            match display(&element.name.local) {
                Display::Cell => node.parent() == Some(row),
                Display::Block | Display::Spaced => {
                    element.name.local != local_name!("table") && is_alone(&node)
                }
                display => matches!(
                    display,
                    Display::Inline | Display::Link | Display::Bold | Display::Break | Display::None
                ),
            }
        })
}
