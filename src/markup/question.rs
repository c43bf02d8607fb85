//! From items to questions: the one place that knows what a question, an
//! answer and a citation are, for all three syntaxes.

use std::collections::{HashMap, HashSet};

use url::Url;

use super::graph::{Content, Graph, Text, Value};
use super::vocabulary::{Class, Property};
use crate::record::AnswerRole;

/// Items around a question that are asked for its language.
const MAX_AROUND: usize = 16;

/// Bytes that a page's pairs may have: some, and some for each byte of the page.
/// A question is repeated with each of its answers, references can repeat an
/// answer, and what is in a question may be one itself.
const SOME_BYTES: usize = 1 << 20;
const PER_BYTE: usize = 16;

/// A question that a page declares, with one of its answers.
#[derive(Debug, Clone)]
pub(crate) struct Pair<'p> {
    /// None if answers are alone.
    pub(crate) question: Option<Text<'p>>,
    /// The question's body beside its title.
    pub(crate) detail: Option<Text<'p>>,
    /// The answer's texts, one after the other; none if there is no answer.
    pub(crate) answer: Vec<Text<'p>>,
    pub(crate) role: Option<AnswerRole>,
    pub(crate) votes: Option<i64>,
    /// The address of a work that the answer, or the question, cites or is based on.
    pub(crate) citation: Option<String>,
    /// The language that items declare, as they write it.
    pub(crate) language: Option<String>,
}

/// The pairs of a graph, in its order, and behind them the answers that belong to no
/// question. `size` is the page's, in bytes.
pub(super) fn pairs<'p>(graph: &Graph<'p>, size: usize) -> Vec<Pair<'p>> {
    let loose = loose_answers(graph);
    let most = size.saturating_mul(PER_BYTE).saturating_add(SOME_BYTES);
    let mut reader = Reader { graph, pairs: Vec::new(), taken: HashSet::new(), bytes: 0, most };
    for item in (0..graph.items.len()).filter(|&item| is_question(graph, item)) {
        reader.question(item, loose.get(&item).map_or(&[], Vec::as_slice));
    }
    for item in (0..graph.items.len()).filter(|&item| graph.items[item].is(Class::Answer)) {
        reader.lone_answer(item);
    }
    reader.pairs
}

/// What is typed so, or has answers and no type at all.
fn is_question(graph: &Graph<'_>, item: usize) -> bool {
    let Some(question) = graph.items.get(item) else { return false };
    let answered = || ANSWERS.iter().any(|&(property, _)| question.has(property));
    question.is(Class::Question) || (question.classes.is_empty() && answered())
}

const ANSWERS: [(Property, AnswerRole); 2] =
    [(Property::AcceptedAnswer, AnswerRole::Accepted), (Property::SuggestedAnswer, AnswerRole::Suggested)];

/// Answers by their question that name it, or stand in it, without being said to be its answers.
fn loose_answers(graph: &Graph<'_>) -> HashMap<usize, Vec<usize>> {
    let mut loose: HashMap<usize, Vec<usize>> = HashMap::new();
    for (place, item) in graph.items.iter().enumerate().filter(|(_, item)| item.is(Class::Answer)) {
        let parents = graph.values(place, Property::ParentItem);
        let parent = parents.into_iter().find_map(|value| referred(graph, value)).or(item.holder);
        if let Some(parent) = parent {
            loose.entry(parent).or_default().push(place);
        }
    }
    loose
}

struct Reader<'g, 'p> {
    graph: &'g Graph<'p>,
    pairs: Vec<Pair<'p>>,
    /// The answers of questions.
    taken: HashSet<usize>,
    /// Bytes of the pairs' texts, and how many they may be.
    bytes: usize,
    most: usize,
}

impl<'p> Reader<'_, 'p> {
    fn question(&mut self, item: usize, loose: &[usize]) {
        let graph = self.graph;
        let named = text(graph, item, &[Property::Name]);
        let pair = Pair {
            detail: named.as_ref().and_then(|_| text(graph, item, &[Property::Text])),
            question: named.or_else(|| text(graph, item, &[Property::Text, Property::Headline])),
            answer: Vec::new(),
            role: None,
            votes: None,
            citation: citation(graph, item),
            language: language(graph, item),
        };
        let before = self.pairs.len();
        let mut said = HashSet::new();
        for (property, role) in ANSWERS {
            for value in graph.values(item, property) {
                let role = Some(role);
                match (referred(graph, value), value) {
                    (Some(answer), _) if !said.insert(answer) => {}
                    (Some(answer), _) => self.answer(answer, role, &pair),
                    (None, Value::Text(text)) => {
                        self.push(Pair { answer: vec![text.clone()], role, ..pair.clone() });
                    }
                    (None, Value::Item(_) | Value::Address(_)) => {}
                }
            }
        }
        for &answer in loose.iter().filter(|answer| !said.contains(answer)) {
            self.answer(answer, None, &pair);
        }
        if self.pairs.len() == before && pair.question.is_some() {
            self.push(pair);
        }
    }

    /// Adds an answer that belongs to no question, unless one has an answer of the same id.
    fn lone_answer(&mut self, item: usize) {
        if self.graph.same(item).any(|same| self.taken.contains(&same)) {
            return;
        }
        let nothing = Pair {
            question: None,
            detail: None,
            answer: Vec::new(),
            role: None,
            votes: None,
            citation: None,
            language: None,
        };
        self.answer(item, None, &nothing);
    }

    /// Adds what an answer says to its question, if it has a text.
    fn answer(&mut self, answer: usize, role: Option<AnswerRole>, question: &Pair<'p>) {
        const TEXTS: [Property; 4] =
            [Property::Text, Property::Description, Property::Name, Property::Headline];
        let graph = self.graph;
        self.taken.insert(answer);
        let said =
            TEXTS.iter().map(|&property| texts(graph, answer, property)).find(|texts| !texts.is_empty());
        // An element that is an answer and has no text marked says it itself.
        let itself = || {
            let element = graph.items.get(answer)?.element?;
            Some(vec![Text { content: Content::Element(element), language: super::dom::language(element) }])
        };
        let Some(said) = said.or_else(itself) else { return };
        let question = question.clone();
        self.push(Pair {
            answer: said,
            role,
            votes: votes(graph, answer),
            citation: citation(graph, answer).or(question.citation),
            language: declared_language(graph, answer).or(question.language),
            ..question
        });
    }

    /// Adds a pair, unless the page repeats itself beyond measure.
    fn push(&mut self, pair: Pair<'p>) {
        let texts = pair.question.iter().chain(&pair.detail).chain(&pair.answer);
        self.bytes = texts.fold(self.bytes, |bytes, text| bytes.saturating_add(text.len()));
        if self.bytes <= self.most {
            self.pairs.push(pair);
        }
    }
}

/// The item that a value is or refers to.
fn referred(graph: &Graph<'_>, value: &Value<'_>) -> Option<usize> {
    match value {
        Value::Item(item) => Some(*item),
        Value::Address(id) | Value::Text(Text { content: Content::Literal(id), .. }) => graph.find(id),
        Value::Text(_) => None,
    }
}

/// The texts of a property that say something.
fn texts<'p>(graph: &Graph<'p>, item: usize, property: Property) -> Vec<Text<'p>> {
    let values = graph.values(item, property).into_iter();
    values.filter_map(Value::text).filter(|text| !text.is_blank()).cloned().collect()
}

/// The first text of the first property that has one.
fn text<'p>(graph: &Graph<'p>, item: usize, properties: &[Property]) -> Option<Text<'p>> {
    properties.iter().find_map(|&property| texts(graph, item, property).into_iter().next())
}

/// The votes, a number or the digits of one.
fn votes(graph: &Graph<'_>, answer: usize) -> Option<i64> {
    let values = graph.values(answer, Property::UpvoteCount).into_iter();
    values.filter_map(Value::text).find_map(|text| whole_number(text.plain().trim()))
}

/// A whole number, as some tools write it: `12.0`.
fn whole_number(text: &str) -> Option<i64> {
    let is_zero = |decimals: &str| decimals.bytes().all(|digit| digit == b'0');
    let whole = text.split_once('.').filter(|(_, decimals)| is_zero(decimals)).map(|(whole, _)| whole);
    whole.unwrap_or(text).parse().ok()
}

/// The first web address that a thing cites or is based on.
fn citation(graph: &Graph<'_>, item: usize) -> Option<String> {
    let works = [Property::Citation, Property::IsBasedOn]
        .into_iter()
        .flat_map(|property| graph.values(item, property));
    works.into_iter().find_map(|work| match work {
        Value::Item(work) => graph.values(*work, Property::Url).into_iter().find_map(web_address),
        other => web_address(other),
    })
}

fn web_address(value: &Value<'_>) -> Option<String> {
    let address = match value {
        Value::Address(address) => address.clone(),
        Value::Text(text) => text.plain(),
        Value::Item(_) => return None,
    };
    let url = Url::parse(address.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| address.trim().to_owned())
}

/// The language that an item or one around it declares.
fn language(graph: &Graph<'_>, item: usize) -> Option<String> {
    let around = std::iter::successors(Some(item), |&item| graph.items.get(item)?.holder);
    around.take(MAX_AROUND).find_map(|item| declared_language(graph, item))
}

fn declared_language(graph: &Graph<'_>, item: usize) -> Option<String> {
    graph.values(item, Property::InLanguage).into_iter().find_map(|value| match value {
        Value::Text(text) => Some(text.plain()),
        Value::Item(language) => text(graph, *language, &[Property::Name]).map(|text| text.plain()),
        Value::Address(_) => None,
    })
}
