//! JSON-LD: the page's blocks, read into one graph.

use std::collections::HashMap;

use scraper::{ElementRef, Html};
use url::Url;

use super::graph::{Content, Graph, Text, Value};
use super::json::{self, Fault, Json};
use super::vocabulary::{Class, Property, Vocabulary};
use super::{Unreadable, identity};

/// The vocabulary that has a `Question` of its own, and no answers.
const ACTIVITY_STREAMS: &str = "www.w3.org/ns/activitystreams";

/// The graph of all blocks, and what of them can't be read.
pub(super) fn read<'p>(html: &'p Html, base: Option<&Url>) -> (Graph<'p>, Vec<Unreadable>) {
    let mut reader = Reader { graph: Graph::default(), base };
    let mut unreadable = Vec::new();
    let elements = html.tree.root().descendants().filter_map(ElementRef::wrap);
    for (index, script) in elements.filter(is_block).enumerate() {
        let text: String = script.text().collect();
        let (values, fault) = json::read(&text);
        let first = reader.graph.items.len();
        for value in &values {
            reader.value(value, &Context::default(), None, Property::Other);
        }
        let blank = values.is_empty() && text.trim().is_empty();
        let found = reader.graph.items[first..].iter().filter(|item| item.is(Class::Question)).count();
        let fault = fault.or_else(|| passed_over(&text, found));
        if let Some(fault) = fault.filter(|_| !blank) {
            unreadable.push(Unreadable { block: index + 1, line: fault.line, text: fault.rest });
        }
    }
    (reader.graph, unreadable)
}

/// Where a broken block names a question that reading passed over, if it `found` fewer
/// than the block names.
fn passed_over(text: &str, found: usize) -> Option<Fault> {
    const NAME: &str = "Question\"";
    let named =
        memchr::memmem::find_iter(text.as_bytes(), NAME).filter(|&at| text[..at].ends_with(['"', '/', ':']));
    let at = named.skip(found).last()?;
    (!json::is_sound(text)).then(|| Fault::at(text, at))
}

fn is_block(element: &ElementRef<'_>) -> bool {
    let media_type = element.attr("type").unwrap_or_default().split(';').next().unwrap_or_default();
    element.value().name() == "script" && media_type.trim().eq_ignore_ascii_case("application/ld+json")
}

/// What terms mean, and the language of texts.
#[derive(Debug, Clone, Default)]
struct Context {
    vocabulary: Vocabulary,
    language: Option<String>,
}

impl Context {
    /// The context inside `@context`. One that stands at another address is not
    /// fetched; it is taken for schema.org's, unless it is known to be none.
    fn with(&self, json: &Json) -> Self {
        let mut context = self.clone();
        context.apply(json);
        context
    }

    fn apply(&mut self, json: &Json) {
        match json {
            Json::Null => *self = Self::default(),
            Json::Text(address) if address.contains(ACTIVITY_STREAMS) => self.vocabulary.set_default(address),
            Json::Text(_) => self.vocabulary.set_default("schema.org"),
            Json::Array(contexts) => contexts.iter().for_each(|context| self.apply(context)),
            Json::Object(members) => members.iter().for_each(|(term, meaning)| self.define(term, meaning)),
            Json::Bool(_) | Json::Number(_) => {}
        }
    }

    fn define(&mut self, term: &str, meaning: &Json) {
        match (term, meaning) {
            ("@vocab", Json::Text(address)) => self.vocabulary.set_default(address),
            ("@language", Json::Text(language)) => self.language = Some(language.clone()),
            (_, Json::Text(meaning)) if !term.starts_with('@') => self.vocabulary.define(term, meaning),
            (_, Json::Object(members)) if !term.starts_with('@') => {
                if let Some(Json::Text(meaning)) = member(members, "@id") {
                    self.vocabulary.define(term, meaning);
                }
            }
            _ => {}
        }
    }

    /// The keyword that a name is or stands for. schema.org's own context has
    /// `type` and `id` for two of them.
    fn keyword<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        let meaning = self.vocabulary.defined(name).unwrap_or(name);
        match meaning {
            "type" => Some("@type"),
            "id" => Some("@id"),
            _ => meaning.starts_with('@').then_some(meaning),
        }
    }
}

type Members = [(String, Json)];

fn member<'j>(members: &'j Members, name: &str) -> Option<&'j Json> {
    members.iter().rev().find(|(known, _)| known == name).map(|(_, value)| value)
}

/// The members; of those with one name the last, which is what readers of JSON go by.
fn distinct(members: &Members) -> impl Iterator<Item = (&str, &Json)> {
    let last: HashMap<&str, usize> =
        members.iter().enumerate().map(|(index, (name, _))| (name.as_str(), index)).collect();
    let members = members.iter().enumerate();
    members
        .filter(move |(index, (name, _))| last.get(name.as_str()) == Some(index))
        .map(|(_, (name, value))| (name.as_str(), value))
}

struct Reader<'p, 'b> {
    graph: Graph<'p>,
    base: Option<&'b Url>,
}

impl Reader<'_, '_> {
    /// Reads a value, and says it of the item that holds it.
    fn value(&mut self, json: &Json, context: &Context, holder: Option<usize>, property: Property) {
        let text = |text: String| {
            Value::Text(Text { content: Content::Literal(text), language: context.language.clone() })
        };
        let value = match json {
            Json::Null | Json::Bool(_) => None,
            Json::Array(values) => {
                for value in values {
                    self.value(value, context, holder, property);
                }
                None
            }
            Json::Object(members) => self.object(members, context, holder, property),
            Json::Number(_) | Json::Text(_) if property == Property::Other => None,
            Json::Number(number) => Some(text(number.to_string())),
            Json::Text(string) => Some(text(string.clone())),
        };
        if let (Some(holder), Some(value)) = (holder, value) {
            self.graph.add(holder, property, value);
        }
    }

    /// What an object stands for: a list, a text with its language, a reference, or an item.
    fn object<'g>(
        &mut self,
        members: &Members,
        context: &Context,
        holder: Option<usize>,
        property: Property,
    ) -> Option<Value<'g>> {
        let inner = member(members, "@context").map(|own| context.with(own));
        let context = inner.as_ref().unwrap_or(context);
        if let Some(list) = member(members, "@list").or_else(|| member(members, "@set")) {
            self.value(list, context, holder, property);
            return None;
        }
        if let Some(Json::Text(text)) = member(members, "@value") {
            let language = match member(members, "@language") {
                Some(Json::Text(language)) => Some(language.clone()),
                _ => context.language.clone(),
            };
            return Some(Value::Text(Text { content: Content::Literal(text.clone()), language }));
        }
        let id = members.iter().find_map(|(name, value)| match value {
            Json::Text(id) if context.keyword(name) == Some("@id") => Some(identity(self.base, id)),
            _ => None,
        });
        let refers =
            members.iter().all(|(name, _)| matches!(context.keyword(name), Some("@id" | "@context")));
        if let Some(id) = id.as_ref().filter(|_| refers) {
            return Some(Value::Address(id.clone()));
        }
        let item = self.graph.push(id, holder, None);
        self.members(item, members, context);
        Some(Value::Item(item))
    }

    fn members(&mut self, item: usize, members: &Members, context: &Context) {
        for (name, value) in distinct(members) {
            match context.keyword(name) {
                Some("@type") => self.classes(item, value, context),
                Some("@context" | "@id") => {}
                // `@graph`, `@included` and the like: more items.
                Some(_) => self.value(value, context, Some(item), Property::Other),
                None => {
                    let property = context.vocabulary.name(name).map_or(Property::Other, Property::of);
                    self.value(value, context, Some(item), property);
                }
            }
        }
    }

    fn classes(&mut self, item: usize, json: &Json, context: &Context) {
        match json {
            Json::Text(name) => {
                let class = context.vocabulary.name(name).map_or(Class::Other, Class::of);
                self.graph.add_class(item, class);
            }
            Json::Array(names) => names.iter().for_each(|name| self.classes(item, name, context)),
            Json::Object(members) => {
                if let Some(name) = member(members, "@id") {
                    self.classes(item, name, context);
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }
}
