//! What a row says about a page besides its counts: the page's facts, and its encoding.

use encoding_rs::Encoding;

use super::findings::Sink;
use crate::diagnostic::{Code, quote};
use crate::record::{PageFacts, PageRow};

/// What a page says of itself fits together.
pub(super) fn facts(facts: &PageFacts, sink: &mut Sink<'_>) {
    if let Some(date) = &facts.last_update
        && !is_date(date)
    {
        sink.add(Code::PageFacts, "facts/last_update", format!("{} is not a date", quote(date)));
    }
    if facts.last_update.is_some() && facts.last_update_text.is_none() {
        sink.add(Code::PageFacts, "facts/last_update_text", "the date's text is null, the date is not");
    }
    if facts.related_announced.is_some() != facts.related_found.is_some() {
        let message = "the related questions announced and found must both be known, or neither";
        sink.add(Code::PageFacts, "facts/related_found", message);
    }
    if let (Some(score), Some(most)) = (facts.score, facts.score_max)
        && score > most
    {
        sink.add(Code::PageFacts, "facts/score", format!("`{score}` is more than `{most}`"));
    }
}

/// The encoding is one, and named as everywhere.
pub(super) fn encoding(row: &PageRow, sink: &mut Sink<'_>) {
    let known = Encoding::for_label(row.encoding.as_bytes()).map(|known| known.name().to_ascii_lowercase());
    if known.as_ref() != Some(&row.encoding) {
        sink.add(Code::PageEncoding, "encoding", format!("{} is not an encoding", quote(&row.encoding)));
    }
}

/// Whether a text of the form `YYYY-MM-DD` is a day of the Gregorian calendar.
fn is_date(date: &str) -> bool {
    let mut parts = date.split('-').map(|part| part.parse::<u32>().unwrap_or(0));
    let (year, month, day) = (parts.next(), parts.next(), parts.next());
    let leap = year.is_some_and(|year| {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    });
    let days = match month {
        Some(2) => 28 + u32::from(leap),
        Some(4 | 6 | 9 | 11) => 30,
        Some(1..=12) => 31,
        _ => 0,
    };
    day.is_some_and(|day| (1..=days).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_follow_the_calendar() {
        for date in ["2024-02-29", "2000-02-29", "2023-04-30", "2023-12-31"] {
            assert!(is_date(date), "{date}");
        }
        for date in ["2023-02-29", "1900-02-29", "2023-04-31", "2023-13-01", "2023-01-00", "2023-00-10"] {
            assert!(!is_date(date), "{date}");
        }
    }
}
