//! `qasift profiles list|show|test`

use std::io::{self, Write as _};

use qasift::Error;
use qasift::profile::Profiles;

use super::{Failure, Status};
use crate::cli;

/// Lists, prints or tests profiles.
pub(crate) fn run(arguments: &cli::Profiles) -> Result<Status, Failure> {
    match &arguments.action {
        cli::ProfilesAction::List => list(),
        cli::ProfilesAction::Show { profile } => show(profile),
        cli::ProfilesAction::Test { profile } => test(profile.as_deref()),
    }
}

/// The profile that the user names, or all that are built in.
pub(super) fn select(profile: Option<&str>) -> Result<Profiles, Error> {
    profile.map_or_else(|| Ok(Profiles::built_in()), Profiles::select)
}

fn list() -> Result<Status, Failure> {
    let profiles = Profiles::built_in();
    let width = profiles.iter().map(|profile| profile.name().len()).max().unwrap_or_default();
    let mut out = io::stdout().lock();
    for profile in &profiles {
        writeln!(out, "{:<width$}  {}", profile.name(), profile.description())?;
    }
    Ok(Status::Done)
}

fn show(profile: &str) -> Result<Status, Failure> {
    for profile in &Profiles::select(profile)? {
        io::stdout().write_all(profile.toml().as_bytes())?;
    }
    Ok(Status::Done)
}

fn test(profile: Option<&str>) -> Result<Status, Failure> {
    let mut status = Status::Done;
    let mut out = io::stdout().lock();
    for tested in &select(profile)? {
        let name = profile.unwrap_or(tested.name());
        let failures = tested.test();
        for failure in &failures {
            writeln!(out, "{name}: {failure}")?;
        }
        let rules = tested.rules().len();
        if failures.is_empty() {
            writeln!(out, "{name}: all examples of {rules} rules pass")?;
        } else {
            status = Status::Findings;
            writeln!(out, "{name}: {} examples of {rules} rules fail", failures.len())?;
        }
    }
    Ok(status)
}
