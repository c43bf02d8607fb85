//! Splitting: no panic, segments that cover the page once, figures that add
//! up, entries in order.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use qasift::profile::Profiles;
use qasift::read_page;

static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::built_in);

fuzz_target!(|text: &str| {
    let reading = read_page(text, "page", &PROFILES);
    let mut end = 0;
    for segment in &reading.segments {
        assert_eq!(segment.span.start, end);
        end = segment.span.end;
    }
    assert_eq!(end, text.len());
    assert_eq!(reading.accounting.total(), text.chars().count() as u64);
    assert!(reading.entries.windows(2).all(|pair| pair[0].position < pair[1].position));
    assert!(reading.entries.windows(2).all(|pair| pair[0].line_start <= pair[1].line_start));
    for entry in &reading.entries {
        assert!(!entry.question.is_empty() && !entry.answer.is_empty());
        assert!(!entry.question.contains('\n'));
    }
});
