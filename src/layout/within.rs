//! Links within the page: a table of contents lists the questions before they are
//! asked, and links back to it follow their answers.

use rustc_hash::{FxHashMap, FxHashSet};

use super::slots::{Kind, Slot};
use super::{Page, Pair};

/// For each line, whether it only leads to a question: another line asks the same.
pub(super) fn of_contents(page: &Page<'_>, lines: &[usize]) -> Vec<bool> {
    let leads = |&line: &usize| {
        let (start, body) = (page.blocks[line].body.start, page.body(line));
        let end = body.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        let text = body.find(char::is_alphanumeric).map(|first| start + first..start + end);
        text.is_some_and(|text| page.markup.leads_within(&text))
    };
    let leading: Vec<bool> = lines.iter().map(leads).collect();
    if !leading.contains(&true) {
        return leading;
    }
    let mut asked: FxHashMap<String, usize> = FxHashMap::default();
    for line in 0..page.blocks.len() {
        *asked.entry(letters(page.body(line)).collect()).or_default() += 1;
    }
    let again = |line: usize| asked[&letters(page.body(line)).collect::<String>()] > 1;
    lines.iter().zip(leading).map(|(&line, leads)| leads && again(line)).collect()
}

/// A text's letters and digits, in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Marks what only leads to a question: the same is asked elsewhere.
pub(super) fn mark_contents(page: &Page<'_>, slots: &mut [Slot]) {
    let leads = |slot: &Slot| slot.kind != Kind::Toggle && page.markup.leads_within(&slot.question);
    let leading: Vec<bool> = slots.iter().map(leads).collect();
    if !leading.contains(&true) {
        return;
    }
    let text = |slot: &Slot| -> String { letters(&page.text[slot.question.clone()]).collect() };
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
