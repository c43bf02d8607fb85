//! Numbers that count the questions of a group, `9`, `10`, `11`, set apart from
//! their text: a single one may be part of a text, but a sequence is not.

use std::borrow::Cow;

use super::slots::{Kind, Slot, is_fold_sign};
use super::{Page, Pair};

/// Numbers that show that they count; those that are alone hardly do anything else.
const MIN_COUNTING: usize = 3;
const MIN_ALONE: usize = 2;

/// The most digits of a number that counts.
const MAX_DIGITS: usize = 3;

/// The questions of a group without the numbers before them. Where they count, what
/// has none and does not ask is not a question.
pub(super) fn without_numbers<'a>(page: &Page<'_>, slots: &'a [Slot]) -> Cow<'a, [Slot]> {
    let numbers: Vec<Option<Number>> =
        slots.iter().map(|slot| before(page, slot).filter(|_| !slot.calls)).collect();
    let candidates = slots.iter().filter(|slot| !slot.calls).count();
    let counting: Vec<&Number> = numbers.iter().flatten().collect();
    if counting.len() * 4 < candidates * 3 || !count_on(&counting, MIN_COUNTING) {
        return Cow::Borrowed(slots);
    }
    let without = |(slot, number): (&Slot, &Option<Number>)| {
        let mut slot = slot.clone();
        match number {
            Some(number) => slot.question.start = slot.question.start.max(number.end).min(slot.question.end),
            None => slot.calls |= !slot.asks(),
        }
        slot
    };
    Cow::Owned(slots.iter().zip(&numbers).map(without).collect())
}

/// Takes the numbers off the ends of answers that count them, or the questions behind.
pub(super) fn strip_answers(page: &Page<'_>, pairs: &mut [Pair]) {
    // The number of the next question ends none but the last answer.
    let counted = pairs.len().saturating_sub(1);
    let last = |pair: &Pair| pair.answer.last().filter(|_| pair.answer.len() > 1).copied();
    let alone = |pair: &Pair| number(page.body(last(pair)?), "");
    let numbers: Option<Vec<Number>> = pairs[..counted].iter().map(alone).collect();
    if numbers.is_some_and(|numbers| count_on(&numbers.iter().collect::<Vec<_>>(), MIN_ALONE)) {
        for pair in pairs.iter_mut().filter(|pair| alone(pair).is_some()) {
            pair.answer.pop();
        }
        return;
    }
    let tails: Option<Vec<Number>> =
        pairs.iter().map(|pair| behind(page.body(*pair.answer.last()?))).collect();
    let Some(tails) = tails.filter(|tails| count_on(&tails.iter().collect::<Vec<_>>(), MIN_COUNTING)) else {
        return;
    };
    for (pair, tail) in pairs.iter_mut().zip(tails) {
        pair.tail = pair.answer.last().map(|&line| (line, tail.end));
    }
}

/// A number, and where it is.
struct Number<'a> {
    /// That of a chapter before it: `2.` of `2.1`.
    chapter: &'a str,
    value: u32,
    /// Where the text after it begins, or the length of what follows the text.
    end: usize,
}

/// Whether numbers count: each is one more than the one before, or begins again,
/// or continues with a chapter.
fn count_on(numbers: &[&Number<'_>], least: usize) -> bool {
    let counts =
        |pair: &[&Number<'_>]| pair[0].chapter == pair[1].chapter && pair[1].value == pair[0].value + 1;
    let begins = |pair: &[&Number<'_>]| {
        pair[1].value == 1 && (pair[0].value > 1 || pair[0].chapter != pair[1].chapter)
    };
    let goes_on = |pair: &[&Number<'_>]| pair[0].chapter.len() > pair[1].chapter.len();
    let pairs = || numbers.windows(2);
    numbers.len() >= least
        && pairs().all(|pair| counts(pair) || begins(pair) || goes_on(pair))
        && pairs().filter(|pair| counts(pair)).count() * 2 >= least
}

/// The number before a question.
fn before<'a>(page: &Page<'a>, slot: &Slot) -> Option<Number<'a>> {
    if matches!(slot.kind, Kind::Labelled | Kind::Cell) {
        return None;
    }
    let start = page.blocks[slot.line].body.start;
    let line = &page.text[start..slot.question.end];
    let signs = line.find(|c: char| c.is_ascii_digit()).filter(|&at| is_fold_sign(&line[..at]))?;
    let line = &line[signs..];
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let behind = digits.strip_prefix([')', ':', '-']).unwrap_or(digits);
    let body = behind.trim_start();
    // `1st`, `2nd` and `3rd` count other things.
    let begins = body.starts_with(|c: char| !(c.is_ascii_digit() || (c.is_lowercase() && body == digits)));
    let found = number(&line[..line.len() - digits.len()], ".").filter(|_| begins)?;
    Some(Number { end: start + signs + line.len() - body.len(), ..found })
}

/// The number after an answer: no part of its last sentence, or written `01`.
fn behind(answer: &str) -> Option<Number<'_>> {
    let text = answer.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &answer[text.len()..];
    let body = text.trim_end();
    let apart = digits.starts_with('0') || body.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।']);
    let found = number(digits, "").filter(|_| apart && body.len() < text.len() && !body.is_empty())?;
    Some(Number { end: answer.len() - body.len(), ..found })
}

/// What a text says that is nothing but a number, perhaps with a `mark` after it.
fn number<'a>(text: &'a str, mark: &str) -> Option<Number<'a>> {
    let text = text.trim();
    let text = text.strip_suffix(mark).unwrap_or(text);
    let digits = text.len() - text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (chapter, number) = text.split_at(text.len() - digits);
    let is_chapter = chapter.is_empty() || (mark == "." && chapter.ends_with('.'));
    let is_number = is_chapter && (1..=MAX_DIGITS).contains(&digits);
    is_number.then_some(Number { chapter, value: number.parse().ok()?, end: 0 })
}
