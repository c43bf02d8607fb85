//! Questions that a page declares with schema.org: in JSON-LD, microdata and
//! `RDFa`. Nothing is guessed here; declarations are taken at their word.
//!
//! Each syntax fills a graph of its own (`json_ld`, `microdata`, `rdfa`), using
//! the spellings of one `vocabulary`; `question` reads all three alike, `render`
//! and `compose` turn what it finds into texts.

mod compose;
mod dom;
mod entry;
mod graph;
pub mod json;
mod json_ld;
mod microdata;
mod question;
mod rdfa;
mod render;
#[cfg(test)]
mod tests;
mod tolerant;
mod vocabulary;

use scraper::Html;
use url::Url;

pub(crate) use compose::{Declaration, Incomplete};
pub(crate) use entry::Host;

use graph::{Content, Graph};
use question::Pair;

use crate::record::Extractor;

/// What a page declares.
#[derive(Debug, Default)]
pub(crate) struct Declared {
    /// Questions with an answer, each pair once: by syntax, and then in the
    /// order of the page.
    pub(crate) declarations: Vec<Declaration>,
    pub(crate) incomplete: Vec<Incomplete>,
    pub(crate) unreadable: Vec<Unreadable>,
}

/// A part of a JSON-LD block that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// Number of the block on its page, 1-based.
    pub(crate) block: usize,
    /// Line in the block from which on it can't be read, 1-based.
    pub(crate) line: usize,
    /// The text from there on.
    pub(crate) text: String,
}

/// Reads what a page declares. `base` is what its relative addresses belong to,
/// `size` the page's, in bytes.
pub(crate) fn read(html: &Html, base: Option<&Url>, size: usize) -> Declared {
    let (pairs, unreadable) = pairs(html, base, size);
    Declared { unreadable, ..compose::compose(&pairs) }
}

/// The pairs of all syntaxes, in the order of the page each.
fn pairs<'p>(
    html: &'p Html,
    base: Option<&Url>,
    size: usize,
) -> (Vec<(Extractor, Pair<'p>)>, Vec<Unreadable>) {
    let signs = dom::Signs::of(html);
    let (json_ld, unreadable) =
        if signs.json_ld { json_ld::read(html, base) } else { (Graph::default(), Vec::new()) };
    let microdata = if signs.microdata { microdata::read(html, base) } else { Graph::default() };
    let rdfa = if signs.rdfa { rdfa::read(html, base) } else { Graph::default() };
    let graphs = [(Extractor::JsonLd, json_ld), (Extractor::Microdata, microdata), (Extractor::Rdfa, rdfa)];
    let of_graph =
        |(extractor, graph)| question::pairs(graph, size).into_iter().map(move |pair| (extractor, pair));
    let pairs = graphs.iter().flat_map(|(extractor, graph)| of_graph((*extractor, graph)));
    (pairs.collect(), unreadable)
}

/// An id or address in the one form that it is compared in.
fn identity(base: Option<&Url>, address: &str) -> String {
    let address = address.trim();
    let url = base.map_or_else(|| Url::parse(address), |base| base.join(address));
    url.map_or_else(|_| address.to_owned(), String::from)
}
