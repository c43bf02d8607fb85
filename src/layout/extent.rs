//! Where the answers to a group's questions begin and end.
//!
//! A question and its answer often share an element that contains no other
//! question: then the answer is the rest of it. Otherwise questions and answers
//! follow each other, and an answer extends to the next question, a heading, or
//! the end of what contains them all. Where the last one ends is inferred from the
//! elements that the others consist of. What opens below a question belongs to its
//! answer ([`super::panel`]).

use html5ever::local_name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::group::Group;
use super::panel::Panels;
use super::slots::Kind;
use super::{Page, Pair, VOCABULARY};
use crate::page::{BlockKind, Signs};

/// The questions of a group, each with its answer.
pub(super) fn answers(page: &Page<'_>, group: &Group) -> Vec<Pair> {
    let finder = Finder::new(page, group);
    let mut seen = FxHashSet::default();
    let mut pairs: Vec<Pair> = Vec::new();
    for (index, member) in group.members.iter().enumerate().filter(|(_, member)| member.question) {
        let slot = &member.slot;
        let answer = match slot.beside {
            Some(_) if slot.kind == Kind::Cell => Vec::new(),
            _ => finder.answer(index, &mut seen, pairs.len()),
        };
        pairs.push(Pair {
            line: slot.line,
            question: slot.question.clone(),
            beside: slot.beside.clone(),
            answer,
            label: 0,
            tail: None,
            detail: Vec::new(),
        });
    }
    end_at_rule(page, &mut pairs);
    pairs
}

/// Ends the last answer at a rule, where no other answer holds one: what is below is the page's.
fn end_at_rule(page: &Page<'_>, pairs: &mut [Pair]) {
    let ruled = |line: &usize| page.facts(*line).signs.has(Signs::RULED);
    let Some((last, others)) = pairs.split_last_mut() else { return };
    let ends = !others.is_empty() && !others.iter().any(|pair| pair.answer.iter().any(ruled));
    if let Some(at) = last.answer.iter().position(ruled).filter(|&at| ends && at > 0) {
        last.answer.truncate(at);
    }
}

struct Finder<'a, 'p> {
    page: &'a Page<'p>,
    group: &'a Group,
    /// Lines of the group.
    lines: FxHashSet<usize>,
    /// How many lines of the group each element holds.
    held: FxHashMap<u32, usize>,
    panels: Panels<'p>,
}

impl<'a, 'p> Finder<'a, 'p> {
    fn new(page: &'a Page<'p>, group: &'a Group) -> Self {
        let mut held = FxHashMap::default();
        for member in &group.members {
            for (element, _) in page.around(member.slot.line) {
                *held.entry(element).or_default() += 1;
            }
        }
        let lines = group.members.iter().map(|member| member.slot.line).collect();
        let panels = Panels::of(page, group, &held);
        Self { page, group, lines, held, panels }
    }

    /// The lines of the answer of the member at `index`. `seen` are the keys of
    /// the elements that earlier answers are made of.
    fn answer(&self, index: usize, seen: &mut FxHashSet<u32>, earlier: usize) -> Vec<usize> {
        let line = self.group.members[index].slot.line;
        let alone =
            self.page.around(line).take_while(|(element, _)| self.held.get(element) == Some(&1)).last();
        let container = match alone {
            Some((element, found)) => {
                let answer = self.until(index, found.lines.end as usize);
                // One question alone may share an element with the whole rest of the page, and
                // a paragraph with the beginning of its answer.
                let several = self.group.members.len() > 1 || found.lines.start as usize + 3 >= line;
                if !answer.is_empty() && several && found.name != local_name!("p") {
                    return self.within(answer);
                }
                self.page.element(element).parent
            }
            None => self.page.facts(line).element,
        };
        let last = self.group.members.len() == index + 1;
        let held = self.page.element(container);
        let mut answer = Vec::new();
        for next in self.until(index, held.lines.end as usize) {
            let key = self.child(next, container);
            if last && earlier >= 2 && !seen.contains(&key) {
                break;
            }
            seen.insert(key);
            answer.push(next);
        }
        self.within(answer)
    }

    /// The key of the element below `container` that holds a line.
    fn child(&self, line: usize, container: u32) -> u32 {
        self.page
            .around(line)
            .take_while(|(element, _)| *element != container)
            .last()
            .map_or(self.page.facts(line).key, |(_, element)| element.key)
    }

    /// The lines after the question at `index` up to `end`, the next question or a heading.
    fn until(&self, index: usize, end: usize) -> Vec<usize> {
        let page = self.page;
        let line = self.group.members[index].slot.line;
        let rank = match self.group.kind {
            Kind::Heading(level) => level,
            _ => 7,
        };
        // What is in the same element is a heading of the answer.
        let own = page.facts(line).element;
        let is_own = |next: usize| page.outwards(page.facts(next).element).any(|(element, _)| element == own);
        let is_heading = |next: usize| {
            page.level(next).is_some_and(|level| level <= rank) && !self.panels.holds(page, index, next)
        };
        let ends = |next: usize| {
            is_heading(next)
                || page.blocks[next].kind == BlockKind::Furniture
                || VOCABULARY.ends(page.body(next))
        };
        let stops = |next: usize| self.lines.contains(&next) || (ends(next) && !(rank == 7 && is_own(next)));
        let end = self.panels.end(index).map_or(end, |bound| bound.min(end)).min(page.blocks.len());
        (line + 1..end).take_while(|&next| !stops(next)).filter(|&next| page.has_content(next)).collect()
    }

    /// An answer without what calls on the reader at its end.
    fn within(&self, mut answer: Vec<usize>) -> Vec<usize> {
        while let Some(&last) = answer.last()
            && answer.len() > 1
            && VOCABULARY.calls(self.page.body(last))
        {
            answer.pop();
        }
        answer
    }
}
