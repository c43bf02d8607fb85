//! HTML → text with blocks: one walk over the tree, without recursion.

mod attributes;
mod element;
mod head;
mod layout;
mod nearby;
mod parse;
mod render;
mod shortcut;

use std::borrow::Cow;
use std::collections::HashSet;

use ego_tree::NodeRef;
use html5ever::{LocalName, local_name, ns};
use rustc_hash::FxHashMap;
use scraper::{ElementRef, Html, Node};
use url::Url;

use element::{Display, Traits, display};
use layout::Opening;
use nearby::{is_folded, is_question, is_unseen};
use render::{Context, Renderer};

pub(crate) use parse::{max_nodes, parse};

use super::markup::is_web;
use super::{Document, Markup, Signs};
use crate::layout::VOCABULARY;

/// Renders what an element holds, and that all of it: what a page hides, it may still declare.
pub(crate) fn contents(element: ElementRef<'_>) -> Document<'static> {
    let mut walker = Walker { everything: true, ..Walker::default() };
    walker.walk(*element);
    walker.finish()
}

/// Renders a page. `address` is where it was found, if that is known.
pub(crate) fn document(html: &Html, address: Option<&str>) -> Document<'static> {
    let mut walker = Walker::default();
    walker.markup.address = address.and_then(|address| Url::parse(address).ok()).filter(is_web);
    walker.markup.base.clone_from(&walker.markup.address);
    for node in html.tree.root().children() {
        walker.walk(node);
    }
    walker.finish()
}

#[derive(Default)]
struct Walker<'a> {
    renderer: Renderer,
    markup: Markup,
    open: Vec<Open>,
    /// What stands for each open list: the number of its next item, and the
    /// step to the one after it; `None` for a list without numbers.
    lists: Vec<Option<(i64, i64)>>,
    /// Ids of what a control opens and closes.
    controlled: HashSet<&'a str>,
    /// Whether what is hidden counts too.
    everything: bool,
    /// Signs of the class names of the page, each of which stands on it many times.
    signs: FxHashMap<&'a str, Signs>,
}

/// An open element: how it is laid out, and what was true before it.
struct Open {
    display: Display,
    before: Context,
    /// Index of the link, for one.
    link: Option<usize>,
}

impl<'a> Walker<'a> {
    fn finish(self) -> Document<'static> {
        let Self { mut renderer, mut markup, .. } = self;
        renderer.end_line();
        markup.lines = renderer.facts;
        Document { text: Cow::Owned(renderer.text), blocks: renderer.blocks, markup: Some(markup) }
    }

    /// Walks over a node and all below it.
    fn walk(&mut self, start: NodeRef<'a, Node>) {
        let mut node = start;
        loop {
            if self.enter(node) {
                if let Some(child) = node.first_child() {
                    node = child;
                    continue;
                }
                self.leave();
            }
            loop {
                if node == start {
                    return;
                }
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                let Some(parent) = node.parent() else { return };
                node = parent;
                self.leave();
            }
        }
    }

    /// Whether the walk goes on below a node.
    fn enter(&mut self, node: NodeRef<'a, Node>) -> bool {
        match node.value() {
            Node::Text(text) => {
                self.renderer.text(text);
                false
            }
            Node::Element(element) if element.name.ns == ns!(html) => {
                self.enter_element(node, &element.name.local, &Traits::of(element))
            }
            // A formula reads as its text.
            Node::Element(element) if element.name.ns == ns!(mathml) => {
                self.open(Display::Inline, None);
                true
            }
            _ => false,
        }
    }

    fn enter_element(&mut self, node: NodeRef<'a, Node>, name: &LocalName, traits: &Traits<'a>) -> bool {
        let mut display = display(name);
        if display == Display::None {
            if *name == local_name!("head") {
                head::read(node, &mut self.markup);
            }
            return false;
        }
        if !self.everything
            && traits.is_hidden()
            && !(traits.is_panel(name) || self.controlled.contains(traits.id) || is_folded(node))
        {
            return false;
        }
        if display == Display::Button {
            let shown =
                self.everything || traits.is_toggle() || self.renderer.context.heading || is_question(node);
            if !shown {
                return false;
            }
            display = if self.renderer.context.heading { Display::Inline } else { Display::Block };
        }
        let signs = self.signs(traits);
        let heading = self.renderer.context.heading;
        if matches!(display, Display::Inline | Display::Link) && is_unseen(node, traits, signs, heading) {
            return false;
        }
        if let Some(controls) = traits.controls {
            self.controlled.insert(controls);
        }
        self.layout(Opening { node, name, traits, display, signs });
        true
    }

    fn signs(&mut self, traits: &Traits<'a>) -> Signs {
        if traits.id.is_empty() {
            *self.signs.entry(traits.class).or_insert_with(|| VOCABULARY.signs(traits.class, ""))
        } else {
            VOCABULARY.signs(traits.class, traits.id)
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
