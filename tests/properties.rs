//! What holds for every text: its segments cover it once, its figures add up,
//! and reading it is a function of its text alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use qasift::clean;
use qasift::profile::Profiles;
use qasift::read_page;
use qasift::record::SegmentClass;

static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::built_in);

/// Lines that pages are made of, right and wrong.
const LINES: &[&str] = &[
    "Why do tides turn?",
    "Is salt water heavier?",
    "How long does a tide last",
    "The moon pulls at the sea. The earth turns below.",
    "It takes about six hours.Can it be faster?",
    "Takedown request \u{a0} \u{a0}|\u{a0} \u{a0} View complete answer on tides.example",
    "Takedown request | View complete answer on",
    "View complete answer on www.Tides.Example/a",
    "Takedown request",
    "tides.example",
    "Asked by: A. Nonymous  |  Last update: June 4, 2025Score: 4.1/5 (20 votes)",
    "Score: 4/5 (1 vote) and more",
    "45 related questions found",
    "10 TIDES You Will Not Believe | Sea Talk",
    "  • Neap tide. ...",
    "  2. Spring tide",
    "## What is a bore?",
    "**Bold?**",
    "| a | b |",
    "a | b",
    "```",
    "---",
    "Related Articles",
    "",
    "",
    " \u{a0}\t",
    "\u{200b}",
    "&amp;amp; \\$5 caf\u{c3}\u{a9}",
];

fn page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        12 => prop::sample::select(LINES).prop_map(str::to_owned),
        1 => "\\PC{0,40}",
        1 => any::<String>(),
    ];
    let end = prop::sample::select(vec!["\n", "\n", "\n", "\r\n", "\r", "", "\u{2028}"]);
    prop::collection::vec((line, end), 0..40)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn segments_cover_any_text_once(text in page()) {
        let reading = read_page(&text, "page", &PROFILES);
        let mut end = 0;
        let mut characters: BTreeMap<SegmentClass, u64> = BTreeMap::new();
        for segment in &reading.segments {
            prop_assert_eq!(segment.span.start, end);
            prop_assert!(segment.span.end > segment.span.start);
            end = segment.span.end;
            *characters.entry(segment.class).or_default() += text[segment.span.clone()].chars().count() as u64;
        }
        prop_assert_eq!(end, text.len());
        prop_assert_eq!(reading.accounting.total(), text.chars().count() as u64);
        prop_assert_eq!(reading.accounting.question, characters.get(&SegmentClass::Question).copied().unwrap_or(0));
        prop_assert_eq!(reading.accounting.reject, characters.get(&SegmentClass::Reject).copied().unwrap_or(0));
        prop_assert_eq!(reading.accounting.answer, characters.get(&SegmentClass::Answer).copied().unwrap_or(0));
    }

    #[test]
    fn entries_stand_in_order_and_are_clean(text in page()) {
        let reading = read_page(&text, "page", &PROFILES);
        let (mut position, mut line) = (0, 0);
        for entry in &reading.entries {
            prop_assert!(entry.position > position);
            prop_assert!(entry.line_start.unwrap() >= line);
            prop_assert!(entry.line_end >= entry.line_start);
            (position, line) = (entry.position, entry.line_start.unwrap());
            prop_assert!(!entry.question.is_empty() && !entry.answer.is_empty());
            prop_assert_eq!(&clean::question(&entry.question).text, &entry.question);
            prop_assert!(entry.flags.is_sorted());
        }
    }

    #[test]
    fn a_reading_depends_on_the_text_alone(text in page()) {
        let (first, second) = (read_page(&text, "page", &PROFILES), read_page(&text, "other", &PROFILES));
        let content = |reading: &qasift::Reading<'_>| -> Vec<_> {
            reading.entries.iter().map(|entry| (entry.id.to_string(), entry.answer.to_string())).collect()
        };
        prop_assert_eq!(content(&first), content(&second));
        prop_assert_eq!(first.segments, second.segments);
    }
}
