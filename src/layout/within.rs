//! Links to other parts of the page: a table of contents names the questions
//! before they are asked, and ways back stand behind their answers.

use rustc_hash::{FxHashMap, FxHashSet};

use super::slots::{Kind, Slot};
use super::{Page, Pair};

/// Marks what only leads to a question: the same is asked elsewhere.
pub(super) fn mark_contents(page: &Page<'_>, slots: &mut [Slot]) {
    let leads = |slot: &Slot| slot.kind != Kind::Toggle && page.markup.leads_within(&slot.question);
    let leading: Vec<bool> = slots.iter().map(leads).collect();
    if !leading.contains(&true) {
        return;
    }
    let text = |slot: &Slot| -> String {
        let letters = page.text[slot.question.clone()].chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let asked: FxHashSet<String> =
        slots.iter().zip(&leading).filter(|(_, leads)| !**leads).map(|(slot, _)| text(slot)).collect();
    for (slot, _) in slots.iter_mut().zip(leading).filter(|(_, leads)| *leads) {
        slot.calls |= asked.contains(&text(slot));
    }
}

/// Takes the way back off the answers that share it, `Top`.
pub(super) fn strip_ways_back(page: &Page<'_>, pairs: &mut [Pair]) {
    let way = |pair: &Pair| {
        let line = *pair.answer.last().filter(|_| pair.answer.len() > 1)?;
        page.markup.leads_within(&page.blocks[line].body).then(|| page.body(line))
    };
    let mut shared: FxHashMap<&str, usize> = FxHashMap::default();
    pairs.iter().filter_map(way).for_each(|text| *shared.entry(text).or_default() += 1);
    for pair in pairs.iter_mut() {
        if way(pair).is_some_and(|text| shared[text] > 1) {
            pair.answer.pop();
        }
    }
}
