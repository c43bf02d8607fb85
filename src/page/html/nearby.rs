//! What is known about an element from the nodes inside and beside it.

use ego_tree::NodeRef;
use html5ever::{LocalName, local_name};
use scraper::Node;

use super::element::{Display, Traits, display};
use crate::layout::VOCABULARY;
use crate::page::{Furniture, Signs};

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

/// Nodes of a button that are examined.
const MOST_OF_A_BUTTON: usize = 32;

/// Whether an element in a line is a picture, or no text of the heading or control that it stands in.
pub(super) fn is_unseen(node: NodeRef<'_, Node>, traits: &Traits<'_>, signs: Signs, heading: bool) -> bool {
    let leads_here = traits.href.is_some_and(|href| href.starts_with('#'));
    if leads_here && heading && !node.descendants().take(MOST_OF_A_HEAD).any(|node| is_text(&node)) {
        return true;
    }
    let may_be = signs.has(Signs::UNSEEN) && (leads_here || traits.href.is_none());
    signs.has(Signs::ICON) || (may_be && is_beside_text(node))
}

/// Whether an element stands in a heading or a control that has other text.
fn is_beside_text(node: NodeRef<'_, Node>) -> bool {
    let is_inside =
        |text: &NodeRef<'_, Node>| text.ancestors().take(DEPTH_OF_A_HEAD).any(|around| around == node);
    node.ancestors().take(DEPTH_OF_A_HEAD).filter(|around| is_head(*around)).any(|head| {
        head.descendants().take(MOST_OF_A_HEAD).any(|other| is_text(&other) && !is_inside(&other))
    })
}

/// Nodes of a head that are examined, and elements between it and its texts.
const MOST_OF_A_HEAD: usize = 64;
const DEPTH_OF_A_HEAD: usize = 6;

fn is_text(node: &NodeRef<'_, Node>) -> bool {
    node.value().as_text().is_some_and(|text| text.contains(char::is_alphanumeric))
}

/// Whether an element heads something: a heading, a term, a control, or a
/// question by its class.
fn is_head(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| {
        matches!(display(&element.name.local), Display::Heading | Display::Button)
            || matches!(element.name.local, local_name!("summary") | local_name!("dt"))
            || element.attr("role") == Some("button")
            || element.attr("aria-expanded").is_some()
            || VOCABULARY.signs(element.attr("class").unwrap_or_default(), "").has(Signs::QUESTION)
    })
}

/// What part of a site's furniture an element is.
pub(super) fn furniture(
    node: NodeRef<'_, Node>,
    name: &LocalName,
    traits: &Traits<'_>,
    signs: Signs,
) -> Option<Furniture> {
    traits.furniture(name).filter(|found| match found {
        // The footer of an article is a part of it.
        Furniture::Footer => !node.ancestors().any(is_article),
        Furniture::Navigation => !(signs.has(Signs::ANSWER) && has_prose(node)),
        Furniture::Notice => true,
    })
}

/// Whether an element that may be a menu has text that is not a link: it opens
/// below what asks, and answers it.
fn has_prose(node: NodeRef<'_, Node>) -> bool {
    let is_link = |around: &NodeRef<'_, Node>| {
        around.value().as_element().is_some_and(|element| element.name.local == local_name!("a"))
    };
    let mut texts = node.descendants().take(MOST_OF_A_MENU).filter(is_text);
    texts.any(|text| !text.ancestors().take_while(|around| *around != node).any(|around| is_link(&around)))
}

/// Nodes of a menu that are examined.
const MOST_OF_A_MENU: usize = 256;

/// Whether an element is a part of a text, which has a foot of its own.
fn is_article(node: NodeRef<'_, Node>) -> bool {
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
