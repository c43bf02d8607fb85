//! What a page says of itself: last update, score, votes, related questions.

use regex::Captures;

use super::Piece;
use crate::clean;
use crate::page::without_item_mark;
use crate::profile::{Profile, RuleClass};
use crate::record::PageFacts;

/// Reads the facts from the page's headers and its count line; the first of
/// each kind counts.
pub(super) fn facts(page: &str, pieces: &[Piece], profile: &Profile) -> PageFacts {
    let mut facts = PageFacts::default();
    for piece in pieces {
        let Some(rule) = piece.rule.map(|rule| &profile.rules()[rule]) else { continue };
        if !matches!(rule.class, RuleClass::Header | RuleClass::Count) {
            continue;
        }
        // The rule matched one of these.
        let phrase = &page[piece.body.clone()];
        let cleaned = clean::inline(phrase).text;
        let forms = [phrase, &cleaned, without_item_mark(&cleaned)];
        if let Some(found) = forms.into_iter().find_map(|form| rule.captures(form)) {
            note(&mut facts, &found, &profile.months);
        }
    }
    facts
}

fn note(facts: &mut PageFacts, found: &Captures<'_>, months: &[String]) {
    let group = |name| found.name(name).map(|group| group.as_str());
    if let (Some(date), None) = (group("date"), &facts.last_update_text) {
        facts.last_update_text = Some(date.to_owned());
        facts.last_update = iso_date(group("year"), group("month"), group("day"), months);
    }
    if facts.score.is_none() && facts.score_max.is_none() {
        let (score, most) = (group("score").and_then(decimal), group("max").and_then(decimal));
        // A score above the highest is none, as the 31st of June is no day.
        facts.score = score.filter(|score| most.is_none_or(|most| *score <= most));
        facts.score_max = most;
    }
    facts.votes = facts.votes.or_else(|| group("votes").and_then(integer));
    facts.related_announced = facts
        .related_announced
        .or_else(|| group("count").and_then(integer).and_then(|n| u64::try_from(n).ok()));
}

fn decimal(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok()
}

/// A whole number, thousands set apart by commas, points or spaces.
fn integer(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// `YYYY-MM-DD`, if the parts are a date. A month is a number, or the name of
/// one or its first letters.
fn iso_date(year: Option<&str>, month: Option<&str>, day: Option<&str>, months: &[String]) -> Option<String> {
    let year: u32 = year?.parse().ok()?;
    let day: u32 = day?.parse().ok()?;
    let name = month?.to_lowercase();
    let month = match name.parse() {
        Ok(number) => number,
        Err(_) => u32::try_from(months.iter().position(|month| month.starts_with(&name))? + 1).ok()?,
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=last).contains(&day).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_checked() {
        let months: Vec<String> =
            ["january", "february", "march"].iter().map(|&month| month.to_owned()).collect();
        for (year, month, day, iso) in [
            ("2024", "February", "29", Some("2024-02-29")),
            ("2023", "February", "29", None),
            ("2025", "Mar", "5", Some("2025-03-05")),
            ("2025", "3", "05", Some("2025-03-05")),
            ("2025", "Undecember", "5", None),
            ("2025", "13", "5", None),
            ("2025", "January", "0", None),
        ] {
            let found = iso_date(Some(year), Some(month), Some(day), &months);
            assert_eq!(found.as_deref(), iso, "{year} {month} {day}");
        }
    }

    #[test]
    fn numbers_may_set_thousands_apart() {
        assert_eq!(integer("1,204"), Some(1204));
        assert_eq!(decimal("4,5"), Some(4.5));
    }
}
