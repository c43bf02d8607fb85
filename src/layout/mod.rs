//! Finds visible questions and answers on any HTML page, by its structure.
//!
//! No line is a question by itself. What makes it one is that others stand on
//! the page in the same way and ask: headings of one level, terms of a list,
//! the heads of what folds, bold lines, cells of a first column.
//!
//! 1. [`slots`] tells of each line in what way it may hold a question,
//! 2. [`group`] puts like ones together and decides which of them ask,
//! 3. [`extent`] finds where each answer ends, [`panel`] what opens below a question,
//! 4. [`article`] tells what is an interview, or another article, [`index`] what
//!    lists other pages, [`stray`] what belongs to the site,
//! 5. [`posts`] reads pages where one question has several answers,
//! 6. [`assemble`] makes entries of them,
//! 7. [`mod@sift`] looks at what the text of a page without structure tells alone.

mod article;
mod assemble;
mod count;
mod extent;
mod group;
mod index;
mod label;
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

use crate::page::{Block, BlockKind, Document, Element, LineFacts, Markup};
use crate::profile::Profile;
use crate::split::Split;
use group::Group;
use index::Listed;
use slots::Kind;

/// A question and its answer.
#[derive(Debug)]
struct Pair {
    /// Line of the question, and its text.
    line: usize,
    question: Range<usize>,
    /// The answer's first text, where it shares the question's line.
    beside: Option<Range<usize>>,
    /// The answer's lines.
    answer: Vec<usize>,
    /// Length of the letter before its first text.
    label: usize,
    /// The line of the answer that ends in a number which counts it, and that one's length.
    tail: Option<(usize, usize)>,
    /// Lines of the question's body, where it is a title.
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

/// The questions of all groups. What one group has taken, those that say less
/// leave alone.
fn grouped(page: &Page<'_>, profile: &Profile) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    let mut taken = FxHashSet::default();
    // Groups share few lines, unless a page is made to let them.
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
        let told = || found.iter().map(|pair| asked(page, pair)).collect::<Vec<_>>();
        if !is_answered(page, &found) || is_of_topics(&group, &found, &asking) {
            continue;
        }
        if !group.sure && is_article(&told()) {
            continue;
        }
        found = without_other_pages(page, &group, found);
        label::strip_answers(page, &mut found, group.label);
        within::strip_ways_back(page, &mut found);
        count::strip_answers(page, &mut found);
        let before = pairs.len();
        pairs.extend(found.into_iter().filter_map(|pair| pair.beside_what_is(&taken)));
        taken.extend(pairs[before..].iter().flat_map(|pair| pair.answer.iter().chain([&pair.line]).copied()));
    }
    pairs
}

/// The questions of a group that lead to no other page which answers them.
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

/// A page without questions: each line by what rules say of it.
pub(crate) fn nothing(document: &Document<'_>, profile: &Profile) -> Option<Split> {
    let markup = document.markup.as_ref()?;
    let page = Page { text: &document.text, blocks: &document.blocks, markup };
    Some(assemble::assemble(&page, &[], profile))
}

/// How often each line of a page may be read as part of an answer, or of a question.
const MAX_READINGS: usize = 8;

/// Whether most questions of a group have an answer, and not only a number or a
/// name, as links to other pages have.
fn is_answered(page: &Page<'_>, pairs: &[Pair]) -> bool {
    let letters = |pair: &Pair| {
        let lines = pair.answer.iter().map(|&line| page.body(line));
        let beside = pair.beside.iter().map(|span| &page.text[span.clone()]);
        beside.chain(lines).flat_map(str::chars).filter(|c| c.is_alphabetic()).take(MIN_ANSWER).count()
    };
    let answered = pairs.iter().filter(|pair| letters(pair) >= MIN_ANSWER).count();
    answered * 2 > pairs.len()
}

/// Whether what is asked about is answered by questions: those are what the page asks.
fn is_of_topics(group: &Group, pairs: &[Pair], asking: &FxHashSet<usize>) -> bool {
    let begins = |pair: &&Pair| pair.answer.first().is_some_and(|line| asking.contains(line));
    let inner = pairs.iter().flat_map(|pair| &pair.answer).filter(|&line| asking.contains(line)).count();
    let many = inner >= 2 * pairs.len() || group.asking().count() * 2 < pairs.len();
    many && pairs.iter().filter(begins).count() * 3 >= pairs.len() * 2
}

/// Letters that an answer has.
const MIN_ANSWER: usize = 4;

impl Pair {
    fn listed(&self, page: &Page<'_>) -> Listed {
        let lines = self.answer.iter().map(|&line| page.blocks[line].body.clone());
        Listed { question: self.question.clone(), answer: self.beside.iter().cloned().chain(lines).collect() }
    }

    fn has_answer(&self) -> bool {
        self.beside.is_some() || !self.answer.is_empty()
    }

    /// The pair without lines that are taken; `None` if nothing is left of it.
    fn beside_what_is(mut self, taken: &FxHashSet<usize>) -> Option<Self> {
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

/// Lines of an element that count as its beginning.
const NEAR: usize = 12;

/// A page, as the finder looks at it.
struct Page<'a> {
    text: &'a str,
    blocks: &'a [Block],
    markup: &'a Markup,
}

impl<'a> Page<'a> {
    fn body(&self, line: usize) -> &'a str {
        &self.text[self.blocks[line].body.clone()]
    }

    fn facts(&self, line: usize) -> &'a LineFacts {
        &self.markup.lines[line]
    }

    fn element(&self, index: u32) -> &'a Element {
        &self.markup.elements[index as usize]
    }

    /// The elements around a line, from the innermost one outwards.
    fn around(&self, line: usize) -> impl Iterator<Item = (u32, &'a Element)> {
        self.outwards(self.facts(line).element)
    }

    /// An element and those around it.
    fn outwards(&self, index: u32) -> impl Iterator<Item = (u32, &'a Element)> {
        let elements = &self.markup.elements;
        let first = elements.get(index as usize).map(|element| (index, element));
        std::iter::successors(first, move |&(index, element)| {
            (element.parent != index).then(|| (element.parent, &elements[element.parent as usize]))
        })
    }

    /// Whether a line shows something of the page.
    fn shows(&self, line: usize) -> bool {
        !matches!(self.blocks[line].kind, BlockKind::Blank | BlockKind::Furniture)
    }

    /// Whether a line is more than a sign of folding in a place of its own.
    fn tells(&self, line: usize) -> bool {
        let is_text = matches!(self.blocks[line].kind, BlockKind::Paragraph | BlockKind::Strong);
        self.shows(line) && !(is_text && slots::is_fold_sign(self.body(line)))
    }

    /// The first lines of an element that show something, `most` at most.
    fn beginning(&self, element: &Element, most: usize) -> Vec<usize> {
        let lines = element.lines.start as usize..element.lines.end as usize;
        lines.take(NEAR).filter(|&line| self.shows(line)).take(most).collect()
    }

    /// The level of a heading, 1 to 6.
    fn level(&self, line: usize) -> Option<u8> {
        if self.blocks[line].kind != BlockKind::Heading {
            return None;
        }
        self.around(line).find_map(|(_, element)| match element.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        })
    }
}
