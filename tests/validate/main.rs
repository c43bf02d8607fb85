//! What `validate` finds: nothing in a good dataset, and each kind of damage
//! by the check that is there for it.

mod damage;
mod fixture;
mod ingested;
mod raw;

use std::sync::LazyLock;

use qasift::profile::Profiles;

/// The built-in profiles, compiled once.
fn profiles() -> &'static Profiles {
    static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::built_in);
    &PROFILES
}
