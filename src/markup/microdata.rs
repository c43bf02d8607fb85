//! Microdata: items by `itemscope`, their properties by `itemprop`, including those
//! of elements elsewhere on the page that `itemref` names.

use std::collections::HashMap;

use ego_tree::NodeId;
use scraper::{ElementRef, Html};
use url::Url;

use super::dom::{self, following};
use super::graph::{Content, Graph, Text, Value};
use super::identity;
use super::vocabulary::{Class, Property, Vocabulary};

/// Elements that one page's references may lead through once more.
const MAX_REFERRED: usize = 1_000_000;

/// The graph of a page's items.
pub(super) fn read<'p>(html: &'p Html, base: Option<&Url>) -> Graph<'p> {
    let mut reader = Reader { graph: Graph::default(), base, items: HashMap::new(), referred: 0 };
    let mut ids = HashMap::new();
    for element in dom::elements(html) {
        if is_scope(element) {
            reader.item(element);
        }
        if let Some(id) = element.attr("id") {
            ids.entry(id).or_insert(element);
        }
    }
    for place in 0..reader.graph.items.len() {
        let Some(scope) = reader.graph.items[place].element else { continue };
        reader.properties(scope, place);
        for id in scope.attr("itemref").unwrap_or_default().split_ascii_whitespace() {
            if let Some(&element) = ids.get(id) {
                reader.referred(element, place);
            }
        }
    }
    reader.graph
}

/// Whether an element opens an item. A class without `itemscope` is a slip.
fn is_scope(element: ElementRef<'_>) -> bool {
    element.attr("itemscope").is_some() || element.attr("itemtype").is_some()
}

struct Reader<'p, 'b> {
    graph: Graph<'p>,
    base: Option<&'b Url>,
    /// The item of each element that opens one.
    items: HashMap<NodeId, usize>,
    /// Elements that references have led through.
    referred: usize,
}

impl<'p> Reader<'p, '_> {
    fn item(&mut self, element: ElementRef<'p>) {
        let id = element.attr("itemid").map(|id| identity(self.base, id));
        let item = self.graph.push(id, None, Some(element));
        self.items.insert(element.id(), item);
        let vocabulary = Vocabulary::default();
        for name in element.attr("itemtype").unwrap_or_default().split_ascii_whitespace() {
            self.graph.add_class(item, vocabulary.name(name).map_or(Class::Other, Class::of));
        }
    }

    /// Reads the properties inside an element, up to where other items begin.
    fn properties(&mut self, root: ElementRef<'p>, item: usize) {
        let mut next = following(root, root, true);
        while let Some(element) = next {
            self.property(element, item);
            next = following(element, root, !is_scope(element));
        }
    }

    /// Reads the properties of an element that an item refers to.
    fn referred(&mut self, root: ElementRef<'p>, item: usize) {
        let mut next = Some(root);
        while let Some(element) = next {
            self.referred += 1;
            if self.referred > MAX_REFERRED || self.items.get(&element.id()) == Some(&item) {
                return;
            }
            self.property(element, item);
            next = following(element, root, !is_scope(element));
        }
    }

    fn property(&mut self, element: ElementRef<'p>, item: usize) {
        let vocabulary = Vocabulary::default();
        for name in element.attr("itemprop").unwrap_or_default().split_ascii_whitespace() {
            let property = vocabulary.name(name).map_or(Property::Other, Property::of);
            let value = match self.items.get(&element.id()) {
                Some(&nested) => {
                    self.graph.hold(nested, item);
                    Value::Item(nested)
                }
                None if property == Property::Other => continue,
                None => self.value(element, property),
            };
            self.graph.add(item, property, value);
        }
    }

    /// The value of a property that is not an item. Any element may have it in
    /// `content`: by the letter only `meta` may, but pages do, and readers follow.
    fn value(&self, element: ElementRef<'p>, property: Property) -> Value<'p> {
        let name = element.value().name();
        let attribute = if matches!(name, "data" | "meter") { "value" } else { "content" };
        if let Some(text) = element.attr(attribute).filter(|text| !text.is_empty() || name == "meta") {
            let content = Content::Literal(text.to_owned());
            return Value::Text(Text { content, language: dom::language(element) });
        }
        match dom::address(element).filter(|_| !property.is_text()) {
            Some(address) => Value::Address(identity(self.base, address)),
            None => {
                Value::Text(Text { content: Content::Element(element), language: dom::language(element) })
            }
        }
    }
}
