//! Like lines together, and which of them are questions.

use std::cmp::Reverse;
use std::ops::Range;

use html5ever::{LocalName, local_name};
use rustc_hash::FxHashMap;

use super::count;
use super::label::{self, Label};
use super::slots::{Asking, Kind, Slot, may_fold, without_fold_signs};
use super::stray::{Standing, strays};
use super::{Page, VOCABULARY};
use crate::page::Signs;

/// Lines that stand in the same way.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) kind: Kind,
    /// In the order of the page.
    pub(super) members: Vec<Member>,
    /// Elements or a heading say that it is one of questions.
    pub(super) sure: bool,
    /// What has come off each question.
    pub(super) label: Option<Label>,
}

impl Group {
    /// The lines of its questions that ask.
    pub(super) fn asking(&self) -> impl Iterator<Item = usize> {
        let asking = self.members.iter().filter(|member| member.question && member.slot.asks());
        asking.map(|member| member.slot.line)
    }
}

/// One of them.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) slot: Slot,
    /// It is a question; else it only ends the answer before it.
    pub(super) question: bool,
}

impl Member {
    /// A line that is a question if it asks.
    fn asking(slot: Slot) -> Self {
        Self { question: slot.asks() && !slot.calls, slot }
    }
}

/// The groups that hold questions, those that say most first; of one kind, the largest.
pub(super) fn groups(page: &Page<'_>, mut slots: Vec<Slot>) -> Vec<Group> {
    join_headings(page, &mut slots);
    let mut by_key: FxHashMap<_, Vec<Slot>> = FxHashMap::default();
    for slot in slots {
        by_key.entry(slot.key).or_default().push(slot);
    }
    let titled = VOCABULARY.announces(&page.markup.title);
    let (mut groups, mut bold) = (Vec::new(), Vec::new());
    for (_, slots) in by_key {
        if !slots.iter().any(|slot| slot.asks() || slot.strong) {
            continue;
        }
        if let Some(group) = decide(page, &slots, titled) {
            groups.push(group);
            continue;
        }
        for part in sections(page, slots) {
            match decide(page, &part, false) {
                Some(group) => groups.push(group),
                None if part[0].kind == Kind::Strong => bold.extend(part),
                None => {}
            }
        }
    }
    sort(&mut groups);
    join_bold(page, &mut groups, bold);
    sort(&mut groups);
    groups
}

/// Brings groups in the order in which they are taken.
fn sort(groups: &mut [Group]) {
    let line = |group: &Group| group.members.first().map(|member| member.slot.line);
    groups.sort_by_key(|group| (group.kind, Reverse(group.members.len()), line(group)));
}

/// Puts bold lines that are in different elements, under headings that announce
/// questions, to their like, or together: such pages are written by hand.
fn join_bold(page: &Page<'_>, groups: &mut Vec<Group>, mut bold: Vec<Slot>) {
    bold.sort_by_key(|slot| slot.line);
    for part in sections(page, bold) {
        let Some(heading) = heading_above(page, &part[0]) else { continue };
        if !VOCABULARY.announces(page.body(heading)) {
            continue;
        }
        let is_like = |group: &&mut Group| {
            let first = group.members.first().filter(|_| group.kind == Kind::Strong);
            first.is_some_and(|first| heading_above(page, &first.slot) == Some(heading))
        };
        match groups.iter_mut().find(is_like) {
            Some(group) => {
                group.members.extend(part.into_iter().map(Member::asking));
                group.members.sort_by_key(|member| member.slot.line);
            }
            None => groups.extend(decide(page, &part, false)),
        }
    }
}

/// Where most headings of a page ask, their levels do not matter, but those in an answer do.
fn join_headings(page: &Page<'_>, slots: &mut [Slot]) {
    let in_answer = |slot: &Slot| {
        !slot.strong && page.around(slot.line).any(|(_, element)| element.signs.has(Signs::ANSWER))
    };
    let is_heading = |slot: &&Slot| matches!(slot.kind, Kind::Heading(_)) && !slot.calls && !in_answer(slot);
    let headings = slots.iter().filter(is_heading).count();
    let asking = slots.iter().filter(is_heading).filter(|slot| slot.asks()).count();
    if asking < 3 || asking * 4 < headings * 3 {
        return;
    }
    for slot in slots.iter_mut().filter(|slot| matches!(slot.kind, Kind::Heading(_)) && !in_answer(slot)) {
        slot.kind = Kind::Heading(6);
        slot.key = (slot.kind, 0, 0);
    }
}

/// A group's lines by the heading that they stand under.
fn sections(page: &Page<'_>, slots: Vec<Slot>) -> Vec<Vec<Slot>> {
    let mut sections: Vec<Vec<Slot>> = Vec::new();
    let mut last = None;
    for slot in slots {
        let heading = heading_above(page, &slot);
        match sections.last_mut() {
            Some(section) if last == Some(heading) => section.push(slot),
            _ => sections.push(vec![slot]),
        }
        last = Some(heading);
    }
    sections
}

/// The heading over a line: of a higher rank, if it is one itself.
fn heading_above(page: &Page<'_>, slot: &Slot) -> Option<usize> {
    let rank = match slot.kind {
        Kind::Heading(level) => level,
        _ => 7,
    };
    (0..slot.line).rev().take(FAR).find(|&line| {
        page.level(line).is_some_and(|level| level < rank) && !super::slots::asks(page.body(line))
    })
}

/// Lines that a heading is looked for in.
const FAR: usize = 400;

/// Makes a group of lines, if they are questions.
fn decide(page: &Page<'_>, slots: &[Slot], titled: bool) -> Option<Group> {
    let candidates: Vec<&Slot> = slots.iter().filter(|slot| !slot.calls).collect();
    let first = candidates.first()?;
    let (kind, strong) = (first.kind, slots.iter().all(|slot| slot.strong));
    let count = candidates.len();
    let asking = candidates.iter().filter(|slot| slot.asks()).count();
    let announced = announced(page, first);
    // What a page is called says little of one line above all headings that is none itself.
    let headed = matches!(kind, Kind::Heading(_)) || heading_above(page, first).is_some();
    let titled = titled && (count > 1 || headed);
    // Of a collection whose elements say so, no question need ask.
    let uniform = (strong && announced && count >= MIN_UNIFORM)
        || (matches!(kind, Kind::Heading(_))
            && asking >= 2
            && asking * 5 >= count * 2
            && candidates.iter().all(|slot| is_under_announcement(page, slot)))
        || (matches!(kind, Kind::Heading(_))
            && asking >= 2
            && asking * 5 >= count * 3
            && candidates.iter().all(|slot| is_in_collection(page, slot)));
    let marked = candidates.iter().filter(|slot| slot.asking == Asking::Marked).count();
    let counts = Counts { all: count, asking, marked };
    if !uniform && (asking == 0 || !is_collection(kind, strong, titled || announced, counts)) {
        return None;
    }
    // What stands like a question and does not ask is one where elements or labels say so.
    let all = uniform || kind == Kind::Labelled || (strong && asking * 4 >= count * 3);
    let slots = &*count::without_numbers(page, slots);
    let candidates = slots.iter().filter(|slot| !slot.calls);
    let questions: Vec<&str> = candidates.map(|slot| &page.text[slot.question.clone()]).collect();
    let label = label::common(&questions);
    let members = members(page, slots, all, label);
    Some(Group { kind, members, sure: strong || titled || announced, label })
}

/// The lines of a group, without what is around the questions; `all` says
/// whether those count that do not ask.
fn members(page: &Page<'_>, slots: &[Slot], all: bool, label: Option<Label>) -> Vec<Member> {
    let fold = slots.iter().all(|slot| may_fold(page, slot.line));
    // A heading of another level than those that ask is one of the page.
    let asking = slots.iter().filter(|slot| slot.asks() && !slot.calls);
    let asking_levels: Vec<_> = asking.map(|slot| page.level(slot.line)).collect();
    let is_like = |slot: &Slot| asking_levels.is_empty() || asking_levels.contains(&page.level(slot.line));
    let member = |(slot, is_stray): (&Slot, bool)| {
        let Range { start, end } = without_fold_signs(page.text, slot.question.clone(), fold);
        let unlabelled = label.map_or(0, |label| label.length(&page.text[start..end]));
        let slot = Slot { question: start + unlabelled..end, ..slot.clone() };
        let question = !slot.calls && !is_stray && (slot.asks() || (all && is_like(&slot)));
        Member { slot, question }
    };
    slots.iter().zip(strays_of(page, slots)).map(member).collect()
}

/// For each line of a group, whether it belongs to the site: by where it is,
/// or as the headings after the last one that asks, where nearly all others do.
fn strays_of(page: &Page<'_>, slots: &[Slot]) -> Vec<bool> {
    let standing = slots.iter().map(|slot| Standing { line: slot.line, asks: slot.asks() });
    let mut strays = strays(page, &standing.collect::<Vec<_>>());
    let Some(last) = slots.iter().rposition(Slot::asks) else { return strays };
    let before = || slots[..=last].iter().filter(|slot| !slot.calls);
    let marked = before().filter(|slot| slot.asking == Asking::Marked).count();
    if matches!(slots[last].kind, Kind::Heading(_))
        && marked >= MIN_MARKED
        && marked * 8 >= before().count() * 7
    {
        strays[last + 1..].fill(true);
    }
    strays
}

/// Headings with a mark that show that all questions of a page have one.
const MIN_MARKED: usize = 4;

/// Lines of a group: how many there are, how many read as questions, and how
/// many have a question mark.
#[derive(Debug, Clone, Copy)]
struct Counts {
    all: usize,
    asking: usize,
    marked: usize,
}

/// Like elements that are a collection.
const MIN_UNIFORM: usize = 3;

/// Whether the heading over a line announces questions.
fn is_under_announcement(page: &Page<'_>, slot: &Slot) -> bool {
    heading_above(page, slot).is_some_and(|line| VOCABULARY.announces(page.body(line)))
}

/// Whether a part of the page around a line is called a collection of questions.
fn is_in_collection(page: &Page<'_>, slot: &Slot) -> bool {
    let is_whole =
        |name: &LocalName| matches!(*name, local_name!("html") | local_name!("body") | local_name!("main"));
    let mut around = page.around(slot.line).take(8).map(|(_, element)| element);
    around.any(|element| element.signs.has(Signs::COLLECTION) && !is_whole(&element.name))
}

/// Whether the heading over a line, or an element around it, announces questions.
fn announced(page: &Page<'_>, slot: &Slot) -> bool {
    is_under_announcement(page, slot)
        || page.around(slot.line).take(8).any(|(_, element)| element.signs.has(Signs::COLLECTION))
        || page.facts(slot.line).signs.has(Signs::COLLECTION)
}

/// Whether lines of a kind are questions with answers.
fn is_collection(kind: Kind, strong: bool, announced: bool, counts: Counts) -> bool {
    let Counts { all: count, asking, marked } = counts;
    let share = |percent: usize| asking * 100 >= count * percent;
    match kind {
        Kind::Labelled => count >= 2,
        _ if strong && announced => share(40),
        _ if strong => count >= 2 && share(60),
        Kind::Heading(_) if announced => share(60),
        // `How to bake it`, over and over, are the steps of an article.
        Kind::Heading(_) => asking >= 4 && share(75) && marked * 2 >= count,
        Kind::Strong | Kind::Lead if announced => asking >= 2 && share(60),
        Kind::Strong | Kind::Lead => asking >= 5 && share(85),
        Kind::Cell if announced => asking >= 2 && share(50),
        Kind::Cell => asking >= 3 && share(70),
        _ if announced => asking >= 2,
        _ => false,
    }
}
