//! The quick look at HTML: a page that it rules out holds no entry and no
//! reject when it is read to the end.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use qasift::profile::Profiles;
use qasift::read_html;

static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::built_in);

fuzz_target!(|page: &str| {
    if !PROFILES.may_find(page) {
        let reading = read_html(page, None, "page", &PROFILES);
        assert!(reading.entries.is_empty(), "{:?}", reading.entries);
        assert!(reading.rejects.is_empty(), "{:?}", reading.rejects);
    }
});
