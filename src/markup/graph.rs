//! What a page declares, as items with properties: all three syntaxes fill the
//! same kind of graph, so that one module decides what is a question.

use std::collections::HashMap;

use scraper::ElementRef;

use super::vocabulary::{Class, Property};

/// Items with one id that are read as one thing; a page repeats an id seldom,
/// or by mistake everywhere.
const MAX_SAME: usize = 8;

/// The items that one syntax declares, in the order of the page.
///
/// What is said of one thing in several places is several items with one id.
/// They stay apart, because pages give one id to different things as well; an
/// item of which a property is not known has that of the others with its id.
#[derive(Debug, Default)]
pub(super) struct Graph<'p> {
    pub(super) items: Vec<Item<'p>>,
    by_id: HashMap<String, Vec<usize>>,
}

/// One thing: what it is, and what is said of it.
#[derive(Debug, Default)]
pub(super) struct Item<'p> {
    id: Option<String>,
    pub(super) classes: Vec<Class>,
    properties: Vec<(Property, Value<'p>)>,
    /// The item that it was found in.
    pub(super) holder: Option<usize>,
    /// The element that it stands for.
    pub(super) element: Option<ElementRef<'p>>,
}

/// What is said of an item.
#[derive(Debug, Clone)]
pub(super) enum Value<'p> {
    Text(Text<'p>),
    /// Another item, by its place.
    Item(usize),
    /// An address, which may be the id of an item.
    Address(String),
}

/// A text with the language that its syntax gives it.
#[derive(Debug, Clone)]
pub(crate) struct Text<'p> {
    pub(crate) content: Content<'p>,
    pub(crate) language: Option<String>,
}

/// Where a text is.
#[derive(Debug, Clone)]
pub(crate) enum Content<'p> {
    /// In a script or an attribute: plain, or HTML in its turn.
    Literal(String),
    /// Between an element's tags.
    Element(ElementRef<'p>),
}

impl<'p> Graph<'p> {
    /// Adds an item, and says its place.
    pub(super) fn push(
        &mut self,
        id: Option<String>,
        holder: Option<usize>,
        element: Option<ElementRef<'p>>,
    ) -> usize {
        let place = self.items.len();
        if let Some(id) = &id {
            self.by_id.entry(id.clone()).or_default().push(place);
        }
        self.items.push(Item { id, holder, element, ..Item::default() });
        place
    }

    /// Says which item another was found in, unless that is known.
    pub(super) fn hold(&mut self, item: usize, holder: usize) {
        if let Some(item) = self.items.get_mut(item).filter(|_| item != holder) {
            item.holder.get_or_insert(holder);
        }
    }

    pub(super) fn add_class(&mut self, item: usize, class: Class) {
        if let Some(item) = self.items.get_mut(item) {
            item.classes.push(class);
        }
    }

    /// Says something of an item. Properties that don't matter are not kept.
    pub(super) fn add(&mut self, item: usize, property: Property, value: Value<'p>) {
        if property != Property::Other
            && let Some(item) = self.items.get_mut(item)
        {
            item.properties.push((property, value));
        }
    }

    /// The first item with that id.
    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id)?.first().copied()
    }

    /// An item, and others with its id.
    pub(super) fn same(&self, item: usize) -> impl Iterator<Item = usize> {
        let id = self.items.get(item).and_then(|item| item.id.as_ref());
        let same = id.and_then(|id| self.by_id.get(id));
        std::iter::once(item).chain(same.into_iter().flatten().take(MAX_SAME).copied())
    }

    /// The values of an item's property, in order; where it has none, those of
    /// the first item with its id that has some.
    pub(super) fn values(&self, item: usize, property: Property) -> Vec<&Value<'p>> {
        self.same(item)
            .filter_map(|place| self.items.get(place))
            .map(|item| item.values(property).collect::<Vec<_>>())
            .find(|values| !values.is_empty())
            .unwrap_or_default()
    }
}

impl<'p> Item<'p> {
    pub(super) fn is(&self, class: Class) -> bool {
        self.classes.contains(&class)
    }

    /// Whether the item itself says that.
    pub(super) fn has(&self, property: Property) -> bool {
        self.values(property).next().is_some()
    }

    fn values(&self, property: Property) -> impl Iterator<Item = &Value<'p>> {
        self.properties.iter().filter(move |(known, _)| *known == property).map(|(_, value)| value)
    }
}

impl<'p> Value<'p> {
    /// The text, if it is one.
    pub(super) const fn text(&self) -> Option<&Text<'p>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Item(_) | Self::Address(_) => None,
        }
    }
}

impl Text<'_> {
    /// Whether it says nothing.
    pub(super) fn is_blank(&self) -> bool {
        match &self.content {
            Content::Literal(text) => text.trim().is_empty(),
            Content::Element(element) => element.text().all(|text| text.trim().is_empty()),
        }
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        match &self.content {
            Content::Literal(text) => text.len(),
            Content::Element(element) => element.text().map(str::len).sum(),
        }
    }

    /// The text as it stands, of a value that has no form.
    pub(super) fn plain(&self) -> String {
        match &self.content {
            Content::Literal(text) => text.clone(),
            Content::Element(element) => element.text().collect(),
        }
    }
}
