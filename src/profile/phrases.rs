//! Selects the profiles that are candidates for a page: those with a phrase on the
//! page. One search for all phrases is many times as fast as cutting the page by the
//! rules of each profile.

use std::collections::BTreeMap;

use aho_corasick::packed;
use regex_syntax::hir::{Hir, HirKind};

use super::model::RuleClass;
use super::{Profile, Rule};

/// The shortest phrase, in bytes: a shorter one may occur on any page.
const MIN_PHRASE: usize = 6;

/// The phrases of several profiles.
#[derive(Debug)]
pub(super) struct Phrases {
    all: Search,
    /// For each profile, the phrases of the others: most pages contain the phrases of one
    /// family many times and those of no other.
    others: Vec<Search>,
}

impl Phrases {
    pub(super) fn new(profiles: &[Profile]) -> Self {
        let phrases: Vec<Vec<Vec<u8>>> = profiles
            .iter()
            .map(|profile| profile.rules().iter().filter_map(of_rule).flatten().collect())
            .collect();
        let others = (0..profiles.len()).map(|but| Search::new(&phrases, Some(but))).collect();
        Self { all: Search::new(&phrases, None), others }
    }

    /// The profiles that have a phrase in `text`, in order.
    pub(super) fn on(&self, text: &str) -> Vec<usize> {
        let Some(first) = self.all.find(text).next() else { return Vec::new() };
        let mut found: Vec<usize> = self.others[first].find(text).chain([first]).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Finds phrases.
#[derive(Debug)]
struct Search {
    /// `None` if the processor lacks the necessary instructions; then any phrase may occur.
    search: Option<packed::Searcher>,
    /// The profile of each phrase.
    profiles: Vec<usize>,
}

impl Search {
    /// The phrases of all profiles, or of all but one. A phrase of several profiles counts
    /// for the first of them.
    fn new(phrases: &[Vec<Vec<u8>>], but: Option<usize>) -> Self {
        let mut profiles = BTreeMap::new();
        for (index, phrases) in phrases.iter().enumerate().filter(|(index, _)| Some(*index) != but) {
            for phrase in phrases {
                profiles.entry(phrase).or_insert(index);
            }
        }
        let config = packed::Config::new().match_kind(packed::MatchKind::LeftmostLongest).clone();
        let search = config.builder().extend(profiles.keys()).build();
        Self { search, profiles: profiles.into_values().collect() }
    }

    /// The profiles of the phrases in `text`.
    fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let any = if self.search.is_none() { self.profiles.as_slice() } else { &[] };
        let found = self.search.iter().flat_map(move |search| search.find_iter(text));
        found.map(|phrase| self.profiles[phrase.pattern().as_usize()]).chain(any.iter().copied())
    }
}

/// Phrases of which each match of a rule contains one. `None` if its pattern has none,
/// or if the rule is not characteristic of the family.
fn of_rule(rule: &Rule) -> Option<Vec<Vec<u8>>> {
    // Headers are not characteristic: their words (`Score:`, `update`) are on many pages.
    let is_characteristic = matches!(rule.class, RuleClass::Attribution | RuleClass::Count);
    let hir = regex_syntax::parse(&rule.pattern).ok().filter(|_| is_characteristic)?;
    required(&hir).filter(|phrases| phrases.iter().all(|phrase| phrase.len() >= MIN_PHRASE))
}

/// Texts of which each match of a pattern contains one.
fn required(hir: &Hir) -> Option<Vec<Vec<u8>>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(vec![literal.0.to_vec()]),
        HirKind::Capture(group) => required(&group.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => {
            let shortest = |phrases: &Vec<Vec<u8>>| phrases.iter().map(Vec::len).min();
            parts.iter().filter_map(required).max_by_key(shortest)
        }
        HirKind::Alternation(parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(required).collect();
            parts.map(|parts| parts.concat())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Profiles;
    use super::*;

    fn texts(pattern: &str) -> Option<Vec<String>> {
        let phrases = required(&regex_syntax::parse(pattern).unwrap())?;
        Some(phrases.into_iter().map(|phrase| String::from_utf8(phrase).unwrap()).collect())
    }

    #[test]
    fn every_match_contains_one_of_a_patterns_phrases() {
        assert_eq!(texts(r"(?:Takedown\s*)?View answer on(?: (?<source>\S+))?").unwrap(), ["View answer on"]);
        assert_eq!(texts("(?<count>[0-9]+) (?:related|similar) ones").unwrap(), ["related", "similar"]);
        assert_eq!(texts("(?:ab){2}c?").unwrap(), ["ab"]);
        assert_eq!(texts("[0-9]+|ab"), None);
    }

    #[test]
    fn an_attribution_makes_only_its_profile_a_candidate() {
        let profiles = Profiles::built_in();
        let phrases = Phrases::new(&profiles.list);
        for (index, profile) in profiles.iter().enumerate() {
            for rule in profile.rules().iter().filter(|rule| rule.names_source()) {
                for example in &rule.matches {
                    assert_eq!(phrases.on(&example.text), [index], "{}: {}", profile.name(), example.text);
                }
            }
        }
        assert!(phrases.on("How long do bees live? Six weeks.").is_empty());
    }
}
