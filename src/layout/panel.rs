//! What opens below a question: the element that contains its answer. A heading in
//! it belongs to the answer, whatever its level.

use std::ops::Range;

use html5ever::local_name;
use rustc_hash::FxHashMap;

use super::Page;
use super::group::Group;
use super::slots::Kind;
use crate::page::Element;

/// Lines after a question among which its answer begins.
const NEAR: usize = 8;

/// The panels of a group's questions.
pub(super) struct Panels<'p> {
    of_members: Vec<Panel<'p>>,
    /// How many elements of a key hold a question with its answer, and an answer.
    wholes: FxHashMap<u32, usize>,
    bodies: FxHashMap<u32, usize>,
    /// The group's elements say that they are questions.
    told: bool,
}

/// What is around the answer of a question.
#[derive(Default)]
struct Panel<'p> {
    line: usize,
    /// The `details` element that it heads.
    details: Option<&'p Element>,
    /// The innermost element that holds it and what follows, if it holds no other question.
    whole: Option<&'p Element>,
    /// The element below that one, in which its answer begins.
    body: Option<&'p Element>,
}

impl<'p> Panels<'p> {
    /// `held` is the number of the group's questions in each element.
    pub(super) fn of(page: &Page<'p>, group: &Group, held: &FxHashMap<u32, usize>) -> Self {
        let panels = group.members.iter().map(|member| panel(page, member.slot.line, held));
        let of_members: Vec<_> = panels.collect();
        let count = |elements: &mut dyn Iterator<Item = &Element>| {
            let mut keys = FxHashMap::default();
            elements.for_each(|element| *keys.entry(element.key).or_default() += 1);
            keys
        };
        Self {
            wholes: count(&mut of_members.iter().filter_map(|panel| panel.whole)),
            bodies: count(&mut of_members.iter().filter_map(|panel| panel.body)),
            of_members,
            told: matches!(group.kind, Kind::Toggle | Kind::Term | Kind::Class),
        }
    }

    /// Where the answer of the member at `index` ends at the latest.
    pub(super) fn end(&self, index: usize) -> Option<usize> {
        self.of_members[index].details.map(|details| details.lines.end as usize)
    }

    /// Whether a line is part of what opens below the member at `index`.
    pub(super) fn holds(&self, page: &Page<'_>, index: usize, line: usize) -> bool {
        let panel = &self.of_members[index];
        let holds = |element: &&Element| lines(element).contains(&line);
        let shared = |keys: &FxHashMap<u32, usize>, element: &Element| {
            keys.get(&element.key).is_some_and(|&count| count > 1 && count * 2 >= self.of_members.len())
        };
        let whole = panel.whole.filter(|whole| self.told && shared(&self.wholes, whole));
        let body = panel.body.filter(|body| shared(&self.bodies, body) && !is_text(body));
        panel.details.iter().chain(&whole).chain(&body).any(holds) || is_described(page, panel.line, line)
    }
}

fn lines(element: &Element) -> Range<usize> {
    element.lines.start as usize..element.lines.end as usize
}

/// Whether an element is a line of the page, and no part of it.
fn is_text(element: &Element) -> bool {
    matches!(
        element.name,
        local_name!("p")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
    )
}

/// Whether a line stands in what describes a term before it.
fn is_described(page: &Page<'_>, term: usize, line: usize) -> bool {
    page.around(line)
        .any(|(_, element)| element.name == local_name!("dd") && element.lines.start as usize > term)
}

fn panel<'p>(page: &Page<'p>, line: usize, held: &FxHashMap<u32, usize>) -> Panel<'p> {
    let around = |line: usize| page.around(line).map(|(_, element)| element);
    let in_summary = around(line).any(|element| element.name == local_name!("summary"));
    let details = around(line).find(|element| element.name == local_name!("details"));
    let mut panel = Panel { line, details: details.filter(|_| in_summary), ..Panel::default() };
    let next = (line + 1..page.blocks.len()).take(NEAR).find(|&next| page.has_content(next));
    if let Some(next) = next
        && let Some((index, whole)) = page.around(line).find(|(_, element)| lines(element).contains(&next))
    {
        panel.whole = Some(whole).filter(|_| held.get(&index) == Some(&1));
        let below = page.around(next).take_while(|(_, element)| !std::ptr::eq(*element, whole)).last();
        panel.body = below.filter(|(index, _)| !held.contains_key(index)).map(|(_, element)| element);
    }
    panel
}
