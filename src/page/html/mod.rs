//! HTML → text with blocks: one walk over the tree, without recursion.

mod attributes;
mod element;
mod head;
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
use nearby::{furniture, is_folded, is_question, is_row, is_unseen};
use render::{Context, Renderer};

pub(crate) use parse::{max_nodes, parse};

use super::markup::is_web;
use super::{Document, Element, Markup, Signs};
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
    /// step to the one behind; `None` for a list without numbers.
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
        self.layout(node, name, display, traits, signs);
        true
    }

    /// Begins an element that is shown.
    fn layout(
        &mut self,
        node: NodeRef<'a, Node>,
        name: &LocalName,
        display: Display,
        traits: &Traits<'a>,
        signs: Signs,
    ) {
        let link =
            traits.href.filter(|_| display == Display::Link).map(|href| self.link(href, traits.acts()));
        self.open(display, link);
        let signs = signs | traits.ground(name);
        let folds = traits.folds() || display == Display::Button;
        let signs = if folds { signs | Signs::TOGGLE } else { signs };
        let context = &mut self.renderer.context;
        if matches!(display, Display::Inline | Display::Link | Display::Bold) {
            context.signs = context.signs | signs;
            // What has no class of its own only marks a text up: two like lines may differ in it.
            if !VOCABULARY.shared_class(traits.class).is_empty() {
                context.key = key(context.key, name, traits.class);
            }
        }
        // A row is one line: what stands in it has no layout of its own.
        if context.row && display != Display::Cell {
            match display {
                Display::Break => self.renderer.line_break(),
                Display::Bold => context.bold = true,
                _ => {}
            }
            return;
        }
        match display {
            Display::Bold => context.bold = true,
            Display::Break => self.renderer.line_break(),
            Display::Rule => self.renderer.rule(),
            Display::Inline | Display::Link | Display::Button | Display::None => {}
            _ => self.layout_block(node, name, display, traits, signs),
        }
    }

    fn signs(&mut self, traits: &Traits<'a>) -> Signs {
        if traits.id.is_empty() {
            *self.signs.entry(traits.class).or_insert_with(|| VOCABULARY.signs(traits.class, ""))
        } else {
            VOCABULARY.signs(traits.class, traits.id)
        }
    }

    fn layout_block(
        &mut self,
        node: NodeRef<'a, Node>,
        name: &LocalName,
        display: Display,
        traits: &Traits<'a>,
        signs: Signs,
    ) {
        let renderer = &mut self.renderer;
        if !renderer.context.row {
            renderer.end_line();
        }
        if renderer.context.furniture.is_none() {
            renderer.context.furniture = furniture(node, name, traits, signs);
        }
        self.markup.set_language(name, traits.language);
        let line = u32::try_from(renderer.blocks.len()).unwrap_or(u32::MAX);
        let element = Element {
            name: name.clone(),
            parent: renderer.context.element,
            lines: line..line,
            key: key(0, name, traits.class),
            signs,
        };
        renderer.context.element = self.markup.open(element);
        renderer.context.key = 0;
        renderer.context.signs = Signs::default();
        match display {
            Display::Spaced => renderer.end_block(),
            Display::Heading => {
                renderer.end_block();
                renderer.context.heading = true;
            }
            Display::List => {
                if renderer.context.depth == 0 {
                    renderer.end_block();
                }
                renderer.context.depth += 1;
                let (first, down) = traits.numbering();
                let numbered = *name == local_name!("ol");
                self.lists.push(numbered.then_some((first, if down { -1 } else { 1 })));
            }
            Display::Item => {
                let mark = self.mark(traits.value);
                self.renderer.item(mark);
            }
            Display::Code => {
                renderer.end_block();
                renderer.context.code = true;
            }
            Display::Row => renderer.context.row = is_row(node),
            Display::Cell if renderer.context.row => renderer.cell(),
            _ => {}
        }
    }

    /// The mark of the next item of the list.
    fn mark(&mut self, value: Option<&str>) -> String {
        let Some(Some((next, step))) = self.lists.last_mut() else { return "- ".to_owned() };
        let number = value.and_then(|value| value.trim().parse().ok()).unwrap_or(*next);
        *next = number.saturating_add(*step);
        format!("{number}. ")
    }

    fn open(&mut self, display: Display, link: Option<usize>) {
        self.open.push(Open { display, before: self.renderer.context, link });
    }

    /// Ends the element that was opened last.
    fn leave(&mut self) {
        let Some(Open { display, before, link }) = self.open.pop() else { return };
        if let Some(link) = link {
            self.markup.close_link(link, self.renderer.text.len());
        }
        if !before.row {
            self.end_layout(display, before);
        }
        self.renderer.context = before;
    }

    fn end_layout(&mut self, display: Display, before: Context) {
        let renderer = &mut self.renderer;
        match display {
            Display::Inline
            | Display::Link
            | Display::Bold
            | Display::Break
            | Display::Rule
            | Display::None => return,
            Display::Button | Display::Block | Display::Cell | Display::Row => renderer.end_line(),
            Display::Item => renderer.end_item(),
            Display::Spaced | Display::Heading => renderer.end_block(),
            Display::Code => renderer.end_code(),
            Display::List => {
                self.lists.pop();
                if before.depth == 0 {
                    renderer.end_block();
                } else {
                    renderer.end_line();
                }
            }
        }
        self.markup.close(renderer.context.element, renderer.blocks.len());
    }

    fn link(&mut self, href: &str, acts: bool) -> usize {
        self.markup.open_link(href, self.renderer.text.len(), acts)
    }
}

/// The same for elements of one name and class in like elements: FNV-1a.
fn key(around: u32, name: &LocalName, class: &str) -> u32 {
    let bytes = name.bytes().chain([b' ']).chain(VOCABULARY.shared_class(class).bytes());
    bytes
        .filter(|byte| !byte.is_ascii_digit() || name.len() == 2)
        .fold(around ^ 0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
