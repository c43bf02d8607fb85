//! Finds the texts of glued rules inside of lines: all rules in one expression.

use std::ops::Range;

use aho_corasick::packed;
use regex_syntax::hir::literal::Extractor;

use super::Rule;
use super::lazy::LazyRegex;

/// The glued rules of a profile.
#[derive(Debug)]
pub(super) struct Glue {
    pattern: LazyRegex,
    /// Finds the literals that matches start with. `None` if a pattern has no such
    /// literals, or there are too many.
    starts: Option<packed::Searcher>,
}

impl Glue {
    /// The glued rules among `rules`, if there are any.
    pub(super) fn of(rules: &[Rule]) -> Option<Self> {
        let patterns: Vec<&str> = rules.iter().filter(|rule| rule.is_glued()).map(Rule::pattern).collect();
        if patterns.is_empty() {
            return None;
        }
        let alternatives: Vec<String> =
            patterns.iter().map(|pattern| format!("(?:{})", without_group_names(pattern))).collect();
        Some(Self { pattern: LazyRegex::new(alternatives.join("|")), starts: searcher(&patterns) })
    }

    /// Compiles the expression.
    ///
    /// # Errors
    ///
    /// If it is too large. In that case, it must not be used.
    pub(super) fn check(&self) -> Result<(), regex::Error> {
        self.pattern.check()
    }

    /// The first place on a page, from `from` on, at which a match may start; the end
    /// of the page if there is none.
    pub(super) fn start(&self, page: &str, from: usize) -> usize {
        let Some(starts) = &self.starts else { return from };
        starts.find_in(page, (from..page.len()).into()).map_or(page.len(), |found| found.start())
    }

    /// The first match in `text` from `at` on.
    pub(super) fn find(&self, text: &str, at: usize) -> Option<Range<usize>> {
        self.pattern.get().find_at(text, at).map(|found| found.range())
    }
}

/// A searcher for the literals that matches of the patterns start with.
fn searcher(patterns: &[&str]) -> Option<packed::Searcher> {
    let mut starts = Vec::new();
    for pattern in patterns {
        let hir = regex_syntax::parse(pattern).ok()?;
        let literals = Extractor::new().extract(&hir);
        starts.extend(literals.literals()?.iter().map(|literal| literal.as_bytes().to_vec()));
    }
    if starts.iter().any(Vec::is_empty) { None } else { packed::Searcher::new(starts) }
}

/// A pattern without the names of its groups, which must be unique in an expression.
fn without_group_names(pattern: &str) -> String {
    let mut plain = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(at) = rest.find("(?<").or_else(|| rest.find("(?P<")) {
        plain.push_str(&rest[..at]);
        plain.push_str("(?:");
        rest = rest[at..].split_once('>').map_or("", |(_, tail)| tail);
    }
    plain.push_str(rest);
    plain
}
