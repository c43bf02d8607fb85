//! How elements are laid out: which of them end a line, and what they make of
//! the text inside.

use ego_tree::NodeRef;
use html5ever::{LocalName, local_name};
use scraper::Node;

use super::element::{Display, Traits};
use super::nearby::{furniture, is_row};
use super::render::Context;
use super::{Open, Walker};
use crate::layout::VOCABULARY;
use crate::page::{Element, Signs};

/// An element that is shown and whose content comes next.
#[derive(Clone, Copy)]
pub(super) struct Opening<'t, 'a> {
    pub(super) node: NodeRef<'a, Node>,
    pub(super) name: &'t LocalName,
    pub(super) traits: &'t Traits<'a>,
    pub(super) display: Display,
    /// What its class and id say.
    pub(super) signs: Signs,
}

impl<'a> Walker<'a> {
    /// Begins an element that is shown.
    pub(super) fn layout(&mut self, opening: Opening<'_, 'a>) {
        let Opening { name, traits, display, signs, .. } = opening;
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
        // A row is one line: what is in it has no layout of its own.
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
            _ => self.layout_block(Opening { signs, ..opening }),
        }
    }

    /// Begins a block element: on a new line, unless it is in a row.
    fn layout_block(&mut self, opening: Opening<'_, 'a>) {
        let Opening { node, name, traits, signs, .. } = opening;
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
        self.begin_block(opening);
    }

    /// Begins the lines of a block element.
    fn begin_block(&mut self, opening: Opening<'_, 'a>) {
        let Opening { node, name, traits, display, .. } = opening;
        let renderer = &mut self.renderer;
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

    pub(super) fn open(&mut self, display: Display, link: Option<usize>) {
        self.open.push(Open { display, before: self.renderer.context, link });
    }

    /// Ends the element that was opened last.
    pub(super) fn leave(&mut self) {
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
