//! Like lines together, and which of them are questions.

use std::collections::HashMap;

use super::slots::{Kind, Slot, may_fold, without_fold_signs};
use super::{Page, VOCABULARY};
use crate::page::Signs;

/// Lines that stand in the same way.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) kind: Kind,
    /// In the order of the page.
    pub(super) members: Vec<Member>,
}

/// One of them.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) slot: Slot,
    /// It is a question; else it only ends the answer before it.
    pub(super) question: bool,
}

/// The groups that hold questions, those that say most first.
pub(super) fn groups(page: &Page<'_>, mut slots: Vec<Slot>) -> Vec<Group> {
    join_headings(&mut slots);
    let mut by_key: HashMap<_, Vec<Slot>> = HashMap::new();
    for slot in slots {
        by_key.entry(slot.key).or_default().push(slot);
    }
    let titled = VOCABULARY.announces(&page.markup.title);
    let mut groups = Vec::new();
    for (_, slots) in by_key {
        if !slots.iter().any(|slot| slot.asks || slot.strong) {
            continue;
        }
        match decide(page, &slots, titled) {
            Some(group) => groups.push(group),
            None => groups.extend(sections(page, slots).iter().filter_map(|part| decide(page, part, false))),
        }
    }
    groups.sort_by_key(|group| (group.kind, group.members.first().map(|member| member.slot.line)));
    groups
}

/// Where most headings of a page ask, their levels do not matter.
fn join_headings(slots: &mut [Slot]) {
    let is_heading = |slot: &&Slot| matches!(slot.kind, Kind::Heading(_)) && !slot.calls;
    let headings = slots.iter().filter(is_heading).count();
    let asking = slots.iter().filter(is_heading).filter(|slot| slot.asks).count();
    if asking < 3 || asking * 4 < headings * 3 {
        return;
    }
    for slot in slots.iter_mut().filter(|slot| matches!(slot.kind, Kind::Heading(_))) {
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
    let first = slots.first()?;
    let (kind, strong) = (first.kind, slots.iter().all(|slot| slot.strong));
    let candidates: Vec<&Slot> = slots.iter().filter(|slot| !slot.calls).collect();
    let count = candidates.len();
    let asking = candidates.iter().filter(|slot| slot.asks).count();
    let announced = announced(page, first);
    // Of a collection whose elements say so, no question need ask.
    let uniform = (strong && announced && count >= MIN_UNIFORM)
        || (matches!(kind, Kind::Heading(_))
            && asking >= 2
            && asking * 5 >= count * 2
            && candidates.iter().all(|slot| is_under_announcement(page, slot)));
    if !uniform && (asking == 0 || !is_collection(kind, strong, titled || announced, count, asking)) {
        return None;
    }
    // What stands like a question and does not ask is one where elements say so.
    let all = uniform || (strong && asking * 4 >= count * 3);
    let fold = slots.iter().all(|slot| may_fold(page, slot.line));
    let members = slots.iter().map(|slot| {
        let question = without_fold_signs(page.text, slot.question.clone(), fold);
        Member { question: !slot.calls && (all || slot.asks), slot: Slot { question, ..slot.clone() } }
    });
    Some(Group { kind, members: members.collect() })
}

/// Like elements that are a collection.
const MIN_UNIFORM: usize = 3;

/// Whether the heading over a line announces questions.
fn is_under_announcement(page: &Page<'_>, slot: &Slot) -> bool {
    heading_above(page, slot).is_some_and(|line| VOCABULARY.announces(page.body(line)))
}

/// Whether the heading over a line, or an element around it, announces questions.
fn announced(page: &Page<'_>, slot: &Slot) -> bool {
    is_under_announcement(page, slot)
        || page.around(slot.line).take(8).any(|(_, element)| element.signs.has(Signs::COLLECTION))
        || page.facts(slot.line).signs.has(Signs::COLLECTION)
}

/// Whether lines of a kind are questions with answers: how many there are, and
/// how many of them ask.
fn is_collection(kind: Kind, strong: bool, announced: bool, count: usize, asking: usize) -> bool {
    let share = |percent: usize| asking * 100 >= count * percent;
    match kind {
        Kind::Labelled => count >= 2,
        _ if strong && announced => share(40),
        _ if strong => count >= 2 && share(60),
        Kind::Heading(_) if announced => share(60),
        Kind::Heading(_) => asking >= 3 && share(75),
        Kind::Strong | Kind::Lead if announced => asking >= 2 && share(60),
        Kind::Strong | Kind::Lead => asking >= 5 && share(85),
        Kind::Cell if announced => asking >= 2 && share(50),
        Kind::Cell => asking >= 3 && share(70),
        _ if announced => asking >= 2,
        _ => false,
    }
}
