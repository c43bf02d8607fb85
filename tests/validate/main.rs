//! What `validate` finds: nothing in a good dataset, and each kind of damage
//! by the check that is there for it.

mod damage;
mod fixture;
mod ingested;
mod raw;

use std::sync::LazyLock;

use qasift::diagnostic::Code;
use qasift::profile::Profiles;

/// The built-in profiles, compiled once.
fn profiles() -> &'static Profiles {
    static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::built_in);
    &PROFILES
}

#[test]
fn every_check_has_its_damage() {
    let mut found: Vec<&str> = damage::codes().chain(raw::codes()).collect();
    found.sort_unstable();
    found.dedup();
    let mut all: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    all.sort_unstable();
    assert_eq!(found, all);
}
