//! Profiles: any TOML gives a profile or a message, and a profile reads any
//! page, its own text among them.

#![no_main]

use libfuzzer_sys::fuzz_target;
use qasift::profile::{Profile, Profiles};
use qasift::read_page;

fuzz_target!(|toml: &str| {
    match Profile::parse(toml, "fuzz") {
        Err(error) => assert!(error.to_string().contains("fuzz")),
        Ok(profile) => {
            assert!(profile.test().iter().all(|failure| failure.line > 0));
            let profiles = Profiles::only(profile);
            let reading = read_page(toml, "page", &profiles);
            assert_eq!(reading.accounting.total(), toml.chars().count() as u64);
        }
    }
});
