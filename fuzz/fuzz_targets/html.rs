//! HTML from bytes to entries: no panic, segments that cover the text once,
//! figures that add up.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use qasift::input::{Hints, decode};
use qasift::profile::Profiles;
use qasift::read_html;

static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::built_in);

fuzz_target!(|bytes: &[u8]| {
    let hints = Hints { media_type: Some("text/html"), name: None };
    let Ok(decoded) = decode(bytes.to_vec(), &hints) else { return };
    let reading = read_html(&decoded.text, Some("https://bees.example/"), "page", &PROFILES);
    let mut end = 0;
    for segment in &reading.segments {
        assert_eq!(segment.span.start, end);
        end = segment.span.end;
    }
    assert_eq!(end, reading.text.len());
    assert_eq!(reading.accounting.total(), reading.text.chars().count() as u64);
    for entry in &reading.entries {
        assert!(!entry.question.is_empty() && !entry.answer.is_empty());
        assert!(!entry.question.contains('\n'));
        assert_eq!((entry.line_start, entry.line_end), (None, None));
    }
});
