//! Runs the examples of a profile's rules.

use std::fmt;

use super::Profile;

/// An example for which a rule fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The rule's name.
    pub rule: String,
    /// Line of the example in the profile's TOML, 1-based.
    pub line: usize,
    /// The example.
    pub example: String,
    /// Whether the rule should have matched it.
    pub expected_match: bool,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, line, example, expected_match } = self;
        let verb = if *expected_match { "does not match" } else { "matches" };
        write!(f, "line {line}: rule `{rule}` {verb} `{example}`")
    }
}

/// Runs each rule's examples against that rule alone; other rules may match them too.
pub(super) fn run(profile: &Profile) -> Vec<Failure> {
    let mut failures = Vec::new();
    for rule in profile.rules() {
        let examples = rule.matches.iter().map(|example| (example, true));
        for (example, expected_match) in examples.chain(rule.misses.iter().map(|example| (example, false))) {
            let text = example.text.trim();
            let matched = rule.may_match(text) && rule.matches_whole(text).is_some();
            if matched != expected_match {
                failures.push(Failure {
                    rule: rule.name.clone(),
                    line: example.line,
                    example: example.text.clone(),
                    expected_match,
                });
            }
        }
    }
    failures
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_that_fails_is_reported_with_its_line() {
        let toml = "name = 'x'\ndescription = ''\norder = ['question', 'answer']\n[question]\nwords = []\n\
            [[rule]]\nname = 'r'\nclass = 'header'\npattern = 'ab+'\nmatches = ['abb', 'a']\nmisses = [\n'x',\n'ab']\n";
        let failures = Profile::parse(toml, "x.toml").unwrap().test();
        let found: Vec<_> = failures
            .iter()
            .map(|failure| (failure.line, failure.rule.as_str(), failure.expected_match))
            .collect();
        assert_eq!(found, [(10, "r", true), (13, "r", false)]);
    }
}
