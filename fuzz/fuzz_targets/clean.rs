//! Cleaning: no panic, one trimmed line, and twice is as once.

#![no_main]

use libfuzzer_sys::fuzz_target;
use qasift::clean::{Cleaned, code_line, inline, question};

fuzz_target!(|text: &str| {
    for clean in [inline, question] as [fn(&str) -> Cleaned<'_>; 2] {
        let once = clean(text).text;
        assert_eq!(once.trim(), once);
        assert!(!once.contains(['\n', '\r', '\t', '\u{a0}', '\u{feff}']) && !once.contains("  "));
        let twice = clean(&once);
        assert_eq!(twice.text, once);
        assert!(!twice.mojibake_repaired);
    }
    let line = code_line(text);
    assert_eq!(code_line(&line), line);
});
