//! `RDFa` 1.1, Lite and as much of Core as pages use: `vocab`, `prefix`,
//! `typeof`, `property`, `content`, `about`, `resource`, and `rel` with what
//! it leaves to the elements inside.
//!
//! One rule departs from the specification: a link is a subject or an object only
//! if it has another `RDFa` attribute, because pages put a question's name into a
//! link.

use std::rc::Rc;

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html};
use url::Url;

use super::graph::{Content, Graph, Text, Value};
use super::vocabulary::{Class, Property, Vocabulary};
use super::{dom, identity};

/// Elements with attributes of `RDFa` inside each other.
const MAX_NESTED: usize = 256;

/// The graph of what a page's attributes say.
pub(super) fn read<'p>(html: &'p Html, base: Option<&Url>) -> Graph<'p> {
    let mut reader = Reader { graph: Graph::default(), base };
    let page = reader.graph.push(None, None, None);
    let mut around =
        vec![Frame { element: None, vocabulary: Rc::default(), subject: page, hanging: Vec::new() }];
    let mut templates = 0;
    for edge in html.tree.root().traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        let Some(element) = ElementRef::wrap(node) else { continue };
        let template = usize::from(element.value().name() == "template");
        if matches!(edge, Edge::Open(_)) {
            templates += template;
            let read = templates == 0 && around.len() < MAX_NESTED;
            let frame = around.last().filter(|_| read).and_then(|frame| reader.element(element, frame));
            around.extend(frame);
        } else {
            templates -= template;
            around.pop_if(|frame| frame.element == Some(element));
        }
    }
    reader.graph
}

/// What holds inside an element.
struct Frame<'p> {
    /// The element; none for the page.
    element: Option<ElementRef<'p>>,
    vocabulary: Rc<Vocabulary>,
    /// What the properties inside are said of.
    subject: usize,
    /// Properties whose values are the items inside.
    hanging: Vec<Property>,
}

struct Reader<'p, 'b> {
    graph: Graph<'p>,
    base: Option<&'b Url>,
}

/// What an element's attributes say.
struct Said {
    rel: Vec<Property>,
    property: Vec<Property>,
    classes: Option<Vec<Class>>,
    about: Option<String>,
    /// What it refers to.
    resource: Option<String>,
    /// Whether its property has a value of its own.
    content: bool,
}

impl Said {
    fn by(element: ElementRef<'_>, vocabulary: &Vocabulary, base: Option<&Url>) -> Self {
        let names = |attribute: &str| element.attr(attribute).unwrap_or_default().split_ascii_whitespace();
        let property = |name| vocabulary.name(name).map_or(Property::Other, Property::of);
        let class = |name| vocabulary.name(name).map_or(Class::Other, Class::of);
        let typed = element.attr("typeof").is_some();
        let rel: Vec<_> = names("rel").map(property).filter(|&rel| rel != Property::Other).collect();
        let property: Vec<_> = names("property").map(property).collect();
        let linked = || dom::address(element).filter(|_| typed || !property.is_empty() || !rel.is_empty());
        let resource = element.attr("resource").or_else(linked).map(|id| identity(base, id));
        Self {
            classes: typed.then(|| names("typeof").map(class).collect()),
            about: element.attr("about").map(|id| identity(base, id)),
            content: element.attr("content").is_some(),
            resource,
            rel,
            property,
        }
    }

    /// Whether it speaks of what is around, with a relation or a property whose
    /// value stands in the element; else the element's own item is the subject.
    fn speaks_of_around(&self) -> bool {
        !self.rel.is_empty() || (!self.property.is_empty() && !self.content)
    }
}

const ATTRIBUTES: [&str; 7] = ["property", "typeof", "vocab", "about", "resource", "prefix", "rel"];

impl<'p> Reader<'p, '_> {
    /// Reads an element; gives a frame if something else holds inside it.
    fn element(&mut self, element: ElementRef<'p>, around: &Frame<'p>) -> Option<Frame<'p>> {
        let relevant = |(name, _): (&str, &str)| ATTRIBUTES.contains(&name) || name.starts_with("xmlns:");
        if !element.value().attrs().any(relevant) {
            return None;
        }
        let vocabulary = vocabulary(element, &around.vocabulary);
        let said = Said::by(element, &vocabulary, self.base);
        let typed = said.classes.is_some();
        let apart = said.speaks_of_around();
        let own = said.about.clone().or_else(|| said.resource.clone().filter(|_| !apart));
        let opens = own.is_some() || (!apart && typed);
        let subject = if opens { self.open(own, element, around) } else { around.subject };
        let typed_object = typed && said.about.is_none();
        let related = !said.rel.is_empty() && said.resource.is_some();
        let object = (apart && (typed_object || related))
            .then(|| self.graph.push(said.resource.clone(), Some(subject), Some(element)));
        let inside = object.unwrap_or(subject);
        for class in said.classes.into_iter().flatten() {
            self.graph.add_class(if typed_object { inside } else { subject }, class);
        }
        for &rel in object.map_or(&[][..], |_| &said.rel) {
            self.graph.add(subject, rel, Value::Item(inside));
        }
        for &property in &said.property {
            let value = match object.filter(|_| typed_object) {
                Some(object) => Value::Item(object),
                None => value(element, property, said.resource.as_deref()),
            };
            self.graph.add(subject, property, value);
        }
        let hanging = match object {
            None if !said.rel.is_empty() => said.rel,
            None if !opens => around.hanging.clone(),
            _ => Vec::new(),
        };
        Some(Frame { element: Some(element), vocabulary, subject: inside, hanging })
    }

    /// Opens an item, which is what the properties around wait for.
    fn open(&mut self, id: Option<String>, element: ElementRef<'p>, around: &Frame<'p>) -> usize {
        let holder = (!around.hanging.is_empty()).then_some(around.subject);
        let item = self.graph.push(id, holder, Some(element));
        for &property in &around.hanging {
            self.graph.add(around.subject, property, Value::Item(item));
        }
        item
    }
}

/// The vocabulary inside an element.
fn vocabulary(element: ElementRef<'_>, around: &Rc<Vocabulary>) -> Rc<Vocabulary> {
    let mut own = Rc::clone(around);
    for (name, value) in element.value().attrs() {
        if name == "vocab" {
            Rc::make_mut(&mut own).set_default(if value.is_empty() { "schema.org" } else { value });
        } else if name == "prefix" {
            let words: Vec<_> = value.split_ascii_whitespace().collect();
            for pair in words.chunks_exact(2) {
                Rc::make_mut(&mut own).define(pair[0].trim_end_matches(':'), pair[1]);
            }
        } else if let Some(prefix) = name.strip_prefix("xmlns:") {
            Rc::make_mut(&mut own).define(prefix, value);
        }
    }
    own
}

/// The value of a property that is not an item.
fn value<'p>(element: ElementRef<'p>, property: Property, resource: Option<&str>) -> Value<'p> {
    let text = |content| Value::Text(Text { content, language: dom::language(element) });
    if let Some(literal) = element.attr("content") {
        return text(Content::Literal(literal.to_owned()));
    }
    match resource.filter(|_| !property.is_text()) {
        Some(address) => Value::Address(address.to_owned()),
        None => text(Content::Element(element)),
    }
}
