//! Revises the most likely roles by what a page does throughout: a list of questions
//! answers none, a page of single paragraphs has no other answers, and where every
//! entry is closed, what is not closed is no entry.

use std::ops::Range;

use super::Role;
use super::decode::{CLEAR, LONGEST_LEFTOVER};
use super::evidence::{Ending, NEVER, Style, Unit};

pub(super) fn revise(units: &[Unit], roles: &mut [Role]) {
    part_lone_questions(units, roles);
    part_bare_questions(units, roles);
    drop_unclosed(units, roles);
    ask_before_counts(units, roles);
}

/// A question is no answer to another one: of a list of questions, as site
/// footers show them, none is answered.
fn part_lone_questions(units: &[Unit], roles: &mut [Role]) {
    for index in 1..roles.len() {
        let lone = roles[index - 1] == Role::Question
            && roles[index] == Role::Answer
            && roles.get(index + 1) != Some(&Role::Answer);
        if lone && units[index].ending == Ending::Asks && units[index].question > CLEAR {
            roles[index] = Role::Question;
        }
    }
}

/// Where nearly all answers are one paragraph, texts below a question of which every other one
/// has no mark and stands as questions do are entries of their own: `Cheapest place to live in Spain`.
fn part_bare_questions(units: &[Unit], roles: &mut [Role]) {
    let entries = entries(roles);
    let is_paragraph =
        |unit: &Unit| unit.ending == Ending::Sentence && !unit.announces && unit.style == Style::Plain;
    let gaps = |unit: &Unit| (unit.before.blanks, unit.after.blanks);
    let hides_others = |entry: &Range<usize>| {
        let question = &units[entry.start];
        let stands_alike = |unit: &Unit| gaps(unit) == gaps(question) || question.before.edge;
        let could_ask = |unit: &Unit| {
            unit.ending == Ending::Bare
                && BARE_QUESTION.contains(&unit.length)
                && unit.question > NEVER
                && unit.style == Style::Plain
                && stands_alike(unit)
        };
        let pairs = units[entry.start..entry.end].chunks_exact(2);
        entry.len() > 2
            && pairs.remainder().is_empty()
            && question.style == Style::Plain
            && pairs.clone().skip(1).all(|pair| could_ask(&pair[0]))
            && pairs.clone().all(|pair| is_paragraph(&pair[1]))
    };
    let is_long = |entry: &&Range<usize>| {
        let mut paragraphs = units[entry.start + 1..entry.end].windows(2);
        paragraphs.any(|pair| pair.iter().all(is_paragraph))
    };
    let pairs = entries.iter().filter(|entry| entry.len() == 2).count();
    let (hiding, others): (Vec<_>, Vec<_>) = entries.into_iter().partition(hides_others);
    let hidden: usize = hiding.iter().map(|entry| entry.len() / 2 - 1).sum();
    let long = others.iter().filter(is_long).count();
    if pairs < MIN_PAIRS || hidden > 2 * pairs || long * 8 > pairs {
        return;
    }
    for at in hiding.into_iter().flat_map(|entry| entry.step_by(2)) {
        roles[at] = Role::Question;
    }
}

/// Fewer answers of one paragraph show no habit.
const MIN_PAIRS: usize = 6;

/// Bytes of a question without a mark that nothing but its place tells: less is a heading.
const BARE_QUESTION: Range<usize> = 20..101;

/// Where attributions close nearly all entries, what none closes is a menu of the
/// site, if it does not read as a question (`Share this`, `Facebook`, `Twitter`), or
/// if a title without a mark stands over others (`How to sleep`, `Foods for the brain`).
fn drop_unclosed(units: &[Unit], roles: &mut [Role]) {
    let entries = entries(roles);
    let closed = |entry: &Range<usize>| units[entry.end - 1].after.boundary;
    let closings = entries.iter().filter(|entry| closed(entry)).count();
    let is_short = |unit: &Unit| unit.ending == Ending::Bare && unit.length <= LONGEST_LEFTOVER;
    let is_menu = |entry: &Range<usize>| {
        let reads_as_question = units[entry.start].question >= 0.0;
        let titles = units[entry.clone()].iter().all(is_short);
        is_short(&units[entry.start]) && (!reads_as_question || titles) && !closed(entry)
    };
    let menus: Vec<Range<usize>> = entries.iter().filter(|entry| is_menu(entry)).cloned().collect();
    if closings < MIN_CLOSED || closings * 4 < (entries.len() - menus.len()) * 3 {
        return;
    }
    for menu in menus {
        roles[menu].fill(Role::Other);
    }
    // A title before the count line closes no question that has no answer.
    for entry in entries.iter().filter(|entry| entry.len() == 2 && !closed(entry)) {
        let last = &units[entry.end - 1];
        if last.after.count && last.ending == Ending::Bare && last.title > TITLED {
            roles[entry.end - 1] = Role::Title;
        }
    }
}

/// What asks before the count line is a question without an answer, not the video's
/// title, if the title stands behind the line.
fn ask_before_counts(units: &[Unit], roles: &mut [Role]) {
    for index in 1..roles.len() {
        let unit = &units[index - 1];
        let asks = unit.after.count && unit.ending == Ending::Asks && unit.question > 0.0;
        if asks && roles[index - 1] == Role::Title && roles[index] == Role::Title {
            roles[index - 1] = Role::Question;
        }
    }
}

/// The score from which on a text before the count line reads as a title.
const TITLED: f32 = 6.0;

/// Fewer closed entries show no habit.
const MIN_CLOSED: usize = 2;

/// The units of each question with its answer.
fn entries(roles: &[Role]) -> Vec<Range<usize>> {
    let mut entries: Vec<Range<usize>> = Vec::new();
    for (at, pair) in roles.windows(2).enumerate() {
        match pair {
            [Role::Question, Role::Answer] => entries.push(at..at + 2),
            [Role::Answer, Role::Answer] => {
                if let Some(entry) = entries.last_mut() {
                    entry.end = at + 2;
                }
            }
            _ => {}
        }
    }
    entries
}
