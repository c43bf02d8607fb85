//! Profiles: those that the manifest lists, each with its rules where ours has
//! the same text.

use super::findings::{Findings, Place, Sink};
use super::manifest;
use crate::diagnostic::{Code, quote};
use crate::page::Furniture;
use crate::profile::{Profile, Profiles};
use crate::record::{Manifest, PageKind, PageRow, SegmentClass};

/// The profiles of a dataset, in the order of its manifest; without one, all.
#[derive(Debug, Default)]
pub(crate) struct Known<'a> {
    list: Vec<(String, Option<&'a Profile>)>,
    /// Whether a manifest lists them.
    listed: bool,
}

impl<'a> Known<'a> {
    pub(crate) fn new(manifest: Option<&Manifest>, ours: &'a Profiles) -> Self {
        let list = match manifest {
            None => ours.iter().map(|profile| (profile.name().to_owned(), Some(profile))).collect(),
            Some(manifest) => manifest
                .profiles
                .iter()
                .map(|named| (named.name.clone(), ours.iter().find(|profile| profile.digest() == *named)))
                .collect(),
        };
        Self { list, listed: manifest.is_some() }
    }

    /// The profiles whose phrases an entry must not hold: its page's, if that
    /// is known, or all.
    pub(crate) fn of_page(&self, place: Option<usize>) -> Vec<&'a Profile> {
        match place {
            Some(place) => self.list.get(place).and_then(|known| known.1).into_iter().collect(),
            None => self.list.iter().filter_map(|known| known.1).collect(),
        }
    }

    /// Checks a page's profile and the characters of its rules. Returns the profile's place.
    pub(crate) fn page(&self, row: &PageRow, sink: &mut Sink<'_>) -> Option<usize> {
        let named = row.profile.as_ref()?;
        let place = self.list.iter().position(|(name, _)| name == named);
        let Some(place) = place else {
            if self.listed {
                let message = format!("{} is not in the manifest", quote(named));
                sink.add(Code::ProfileUnknown, "profile", message);
            }
            return None;
        };
        if let Some(profile) = self.list[place].1 {
            rules(row, profile, sink);
        }
        Some(place)
    }
}

/// The manifest's profiles are in order, each once.
pub(crate) fn check_list(manifest: &Manifest, findings: &mut Findings) {
    let mut sink = findings.at(Place::file(manifest::NAME));
    for pair in manifest.profiles.windows(2).filter(|pair| pair[0].name >= pair[1].name) {
        let (before, after) = (quote(&pair[1].name), quote(&pair[0].name));
        sink.add(Code::ProfileList, "profiles", format!("{before} must not follow {after}"));
    }
}

/// A page's rules are its profile's, and claimed all that is boilerplate.
fn rules(row: &PageRow, profile: &Profile, sink: &mut Sink<'_>) {
    let mut boilerplate = 0_u64;
    for (name, &characters) in &row.rules {
        let of_profile = profile.rules().iter().find(|rule| rule.name() == name);
        let of_html = row.kind == PageKind::Html && Furniture::ALL.iter().any(|part| part.rule() == name);
        match of_profile {
            None if of_html => boilerplate = boilerplate.saturating_add(characters),
            None => {
                let message = format!("the profile `{}` has no rule {}", profile.name(), quote(name));
                sink.add(Code::RuleUnknown, "rules", message);
            }
            Some(rule) if rule.segment_class() == SegmentClass::Boilerplate => {
                boilerplate = boilerplate.saturating_add(characters);
            }
            Some(_) => {}
        }
    }
    let stated = row.accounting.unwrap_or_default().boilerplate;
    if stated > boilerplate {
        let message = format!("`{stated}` characters are boilerplate, but its rules claim `{boilerplate}`");
        sink.add(Code::AccountingSum, "accounting/boilerplate", message);
    }
}
