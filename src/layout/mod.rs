//! Finds visible questions and answers on any HTML page, by its structure.
//!
//! No line is a question by itself. What makes it one is that other lines of the
//! page have the same structure and ask: headings of one level, terms of a list,
//! the heads of accordions, bold lines, cells of a first column.
//!
//! 1. [`slots`] determines in what way each line may hold a question,
//! 2. [`group`] groups lines of the same structure and decides which of them ask,
//! 3. [`extent`] finds where each answer ends, [`panel`] what opens below a question,
//! 4. [`article`] recognises interviews and other articles, [`index`] lists of
//!    other pages, [`stray`] what belongs to the site,
//! 5. [`posts`] reads pages where one question has several answers,
//! 6. [`assemble`] makes entries of them,
//! 7. [`mod@sift`] checks what was found by text alone on a page without structure.

mod article;
mod assemble;
mod count;
mod extent;
mod group;
mod index;
mod label;
mod page;
mod panel;
mod posts;
mod row;
mod sift;
mod slots;
mod stray;
#[cfg(test)]
mod tests;
mod vocabulary;
mod within;

pub(crate) use article::{Asked, is_article};
pub(crate) use sift::sift;
pub(crate) use vocabulary::VOCABULARY;

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::page::Document;
use crate::profile::Profile;
use crate::split::Split;
use group::Group;
use index::Listed;
use page::Page;
use slots::Kind;

/// How often each line of a page may be read as part of an answer, or of a question.
const MAX_READINGS: usize = 8;

/// Letters that an answer has at least.
const MIN_ANSWER: usize = 4;

/// A question and its answer.
#[derive(Debug)]
struct Pair {
    /// Line of the question, and its text.
    line: usize,
    question: Range<usize>,
    /// The answer's first text, if it shares the question's line.
    beside: Option<Range<usize>>,
    /// The answer's lines.
    answer: Vec<usize>,
    /// Length of the label letter before the answer's first text.
    label: usize,
    /// The line of the answer that ends in a number which counts it, and the number's length.
    tail: Option<(usize, usize)>,
    /// Lines of the question's body, if the question is a title.
    detail: Vec<usize>,
}

/// Finds the questions and answers of a page; `None` if it has none.
pub(crate) fn split(document: &Document<'_>, profile: &Profile) -> Option<Split> {
    let markup = document.markup.as_ref()?;
    let page = Page { text: &document.text, blocks: &document.blocks, markup };
    let mut pairs = posts::pairs(&page);
    if pairs.is_empty() {
        pairs = grouped(&page, profile);
    }
    pairs.sort_by_key(|pair| pair.line);
    pairs.iter().any(Pair::has_answer).then(|| assemble::assemble(&page, &pairs, profile))
}

/// The questions of all groups. Lines taken by one group are not used again by
/// groups with weaker evidence.
fn grouped(page: &Page<'_>, profile: &Profile) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut taken = FxHashSet::default();
    // Groups share few lines, unless the page is adversarial.
    let mut left = MAX_READINGS * page.blocks.len();
    let mut slots = slots::slots(page, profile);
    within::mark_contents(page, &mut slots);
    let groups = group::groups(page, slots);
    let asking: FxHashSet<usize> = groups.iter().flat_map(Group::asking).collect();
    for group in groups {
        let mut found = extent::answers(page, &group);
        let read: usize = found.iter().map(|pair| pair.answer.len()).sum();
        if read > left {
            break;
        }
        left -= read;
        if !is_answered(page, &found) || is_of_topics(&group, &found, &asking) {
            continue;
        }
        if !group.sure && is_article(&found.iter().map(|pair| asked(page, pair)).collect::<Vec<_>>()) {
            continue;
        }
        found = without_other_pages(page, &group, found);
        label::strip_answers(page, &mut found, group.label);
        within::strip_ways_back(page, &mut found);
        count::strip_answers(page, &mut found);
        let before = pairs.len();
        pairs.extend(found.into_iter().filter_map(|pair| pair.without(&taken)));
        taken.extend(pairs[before..].iter().flat_map(|pair| pair.answer.iter().chain([&pair.line]).copied()));
    }
    pairs
}

/// The questions of a group that do not lead to another page for their answer.
fn without_other_pages(page: &Page<'_>, group: &Group, mut found: Vec<Pair>) -> Vec<Pair> {
    if matches!(group.kind, Kind::Toggle | Kind::Labelled) {
        return found;
    }
    let listed: Vec<Listed> = found.iter().map(|pair| pair.listed(page)).collect();
    if index::is_index(page, &listed, group.sure) {
        return Vec::new();
    }
    let mut begun = listed.iter().map(|item| index::is_beginning(page, item));
    found.retain(|_| !begun.next().unwrap_or_default());
    found
}

fn asked<'a>(page: &Page<'a>, pair: &Pair) -> Asked<'a> {
    let beside = pair.beside.iter().map(|span| &page.text[span.clone()]);
    let lines = pair.answer.iter().map(|&line| page.body(line));
    Asked { question: &page.text[pair.question.clone()], answer: beside.chain(lines).collect() }
}

/// A page without questions: each line is classified by the rules alone.
pub(crate) fn nothing(document: &Document<'_>, profile: &Profile) -> Option<Split> {
    let markup = document.markup.as_ref()?;
    let page = Page { text: &document.text, blocks: &document.blocks, markup };
    Some(assemble::assemble(&page, &[], profile))
}

/// Whether most questions of a group have an answer, and not just a number or a
/// name, as links to other pages do.
fn is_answered(page: &Page<'_>, pairs: &[Pair]) -> bool {
    let letters = |pair: &Pair| {
        let lines = pair.answer.iter().map(|&line| page.body(line));
        let beside = pair.beside.iter().map(|span| &page.text[span.clone()]);
        beside.chain(lines).flat_map(str::chars).filter(|c| c.is_alphabetic()).take(MIN_ANSWER).count()
    };
    let answered = pairs.iter().filter(|pair| letters(pair) >= MIN_ANSWER).count();
    answered * 2 > pairs.len()
}

/// Whether the group's questions are topics, answered by other questions: those are the questions of the page.
fn is_of_topics(group: &Group, pairs: &[Pair], asking: &FxHashSet<usize>) -> bool {
    let begins = |pair: &&Pair| pair.answer.first().is_some_and(|line| asking.contains(line));
    let inner = pairs.iter().flat_map(|pair| &pair.answer).filter(|&line| asking.contains(line)).count();
    let many = inner >= 2 * pairs.len() || group.asking().count() * 2 < pairs.len();
    many && pairs.iter().filter(begins).count() * 3 >= pairs.len() * 2
}

impl Pair {
    fn listed(&self, page: &Page<'_>) -> Listed {
        let lines = self.answer.iter().map(|&line| page.blocks[line].body.clone());
        Listed { question: self.question.clone(), answer: self.beside.iter().cloned().chain(lines).collect() }
    }

    fn has_answer(&self) -> bool {
        self.beside.is_some() || !self.answer.is_empty()
    }

    /// The pair without lines that are taken; `None` if nothing is left of it.
    fn without(mut self, taken: &FxHashSet<usize>) -> Option<Self> {
        if taken.contains(&self.line) {
            return None;
        }
        let had = self.has_answer();
        if let Some(at) = self.answer.iter().position(|line| taken.contains(line)) {
            self.answer.truncate(at);
        }
        (self.has_answer() || !had).then_some(self)
    }
}
