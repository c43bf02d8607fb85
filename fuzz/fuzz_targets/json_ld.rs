//! JSON as pages hold it: any text is read or has a place where reading ended;
//! sound JSON gives what a strict reader gives.

#![no_main]

use libfuzzer_sys::fuzz_target;
use qasift::markup::json::{Json, read, read_tolerantly};

/// Bytes of a text from which on a name may be too long to tell a string's end by it.
const LONG: usize = 256;

fuzz_target!(|text: &str| {
    let (values, fault) = read_tolerantly(text);
    if let Some(fault) = fault {
        assert!(fault.line > 0);
    }
    // A scalar alone is sound JSON, but declares nothing.
    let declares = |json: &Json| matches!(json, Json::Array(_) | Json::Object(_));
    if let Ok(json) = serde_json::from_str::<Json>(text)
        && declares(&json)
    {
        assert_eq!(read(text), (vec![json.clone()], None));
        if text.len() < LONG {
            assert_eq!((values, read_tolerantly(text).1), (vec![json], None));
        }
    }
});
