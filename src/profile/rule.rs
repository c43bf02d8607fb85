//! One phrase of a family: a pattern, and what its text is to an entry.

use std::ops::{Range, RangeInclusive};
use std::sync::OnceLock;

use aho_corasick::packed;
use regex_automata::dfa::onepass;
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Capture, Hir, HirKind};

use super::lazy::LazyRegex;
use super::model::{RuleClass, RuleFile};
use super::source_alone::SourceAlone;
use super::starts::Starts;
use crate::record::SegmentClass;

/// The group of an attribution's pattern that holds its source.
pub(super) const SOURCE: &str = "source";

/// One phrase of a family.
#[derive(Debug)]
pub struct Rule {
    pub(crate) name: String,
    pub(crate) class: RuleClass,
    pub(super) pattern: String,
    /// Line of the pattern in the profile's TOML, 1-based.
    pub(super) line: usize,
    /// The pattern over a whole text, with its groups.
    whole: LazyRegex,
    /// The same in one pass, if it names a source and the pattern allows.
    one_pass: OnceLock<Option<OnePass>>,
    /// Bytes that a text has at least and at most if the rule matches it whole.
    lengths: RangeInclusive<usize>,
    /// How such a text begins.
    starts: Starts,
    /// Index of the group `source`.
    source: Option<usize>,
    /// Whether there is a group `date`.
    tells_date: bool,
    /// The pattern of a glued rule from the start of a text.
    prefix: Option<LazyRegex>,
    pub(super) matches: Vec<Example>,
    pub(super) misses: Vec<Example>,
}

/// A pattern as a one-pass automaton: a match and its source in one go,
/// several times as fast.
#[derive(Debug)]
struct OnePass {
    automaton: onepass::DFA,
    /// What a source looks like, if a text that the rule matches whole still
    /// matches, with the same groups, when another source stands in it.
    source_alone: Option<SourceAlone>,
}

/// A line that a rule must or must not match, and where it is written.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) line: usize,
}

/// A rule's match of a whole text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Match {
    /// Index of the rule.
    pub(crate) rule: usize,
    /// Where the source stands in the text, if the rule names one.
    pub(crate) source: Option<Range<usize>>,
}

/// What stands around the source in a text that a rule matched whole. The
/// attributions of a page mostly share it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame<'t> {
    pub(super) rule: usize,
    pub(super) before: &'t str,
    pub(super) behind: &'t str,
}

impl Rule {
    /// A rule whose pattern compiles, or that [`check`](Self::check) is called for.
    pub(super) fn new(file: RuleFile, toml: &str) -> Result<Self, regex::Error> {
        let example = |text: toml::Spanned<String>| Example {
            line: super::line_of(toml, text.span().start),
            text: text.into_inner(),
        };
        let line = super::line_of(toml, file.pattern.span().start);
        let pattern = file.pattern.into_inner();
        // The pattern alone: the message must show it as it is written.
        let hir = regex_syntax::parse(&pattern).map_err(|error| regex::Error::Syntax(error.to_string()))?;
        let lengths = hir.properties().minimum_len().unwrap_or(0)
            ..=hir.properties().maximum_len().unwrap_or(usize::MAX);
        Ok(Self {
            one_pass: OnceLock::new(),
            source: group(&hir, SOURCE).and_then(|group| usize::try_from(group.index).ok()),
            tells_date: group(&hir, "date").is_some(),
            lengths,
            starts: Starts::of(&hir),
            whole: LazyRegex::new(format!("^(?:{pattern})$")),
            prefix: file.glued.then(|| LazyRegex::new(format!("^(?:{pattern})"))),
            name: file.name,
            class: file.class,
            pattern,
            line,
            matches: file.matches.into_iter().map(example).collect(),
            misses: file.misses.into_iter().map(example).collect(),
        })
    }

    /// Compiles what the rule matches by.
    ///
    /// # Errors
    ///
    /// If the pattern does not compile; then the rule must not be used.
    pub(super) fn check(&self) -> Result<(), regex::Error> {
        self.whole.check()?;
        self.prefix.as_ref().map_or(Ok(()), LazyRegex::check)
    }

    /// The rule's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a segment is that the rule matches.
    #[must_use]
    pub fn segment_class(&self) -> SegmentClass {
        match self.class {
            RuleClass::Attribution => SegmentClass::Attribution,
            RuleClass::Boilerplate | RuleClass::End => SegmentClass::Boilerplate,
            RuleClass::Header | RuleClass::Count => SegmentClass::Noise,
        }
    }

    /// The pattern, as the profile has it.
    pub(crate) fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether it is found inside of lines too, which are then cut.
    pub(crate) fn is_glued(&self) -> bool {
        self.prefix.is_some()
    }

    /// Whether the pattern has a group for the source.
    pub(crate) fn names_source(&self) -> bool {
        self.source.is_some()
    }

    /// Whether the pattern has a group for a date.
    pub(crate) fn tells_date(&self) -> bool {
        self.tells_date
    }

    /// The groups of the pattern over a whole text.
    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<regex::Captures<'t>> {
        self.whole.get().captures(text)
    }

    /// Whether the rule matches all of `text`, which [`may_match`](Self::may_match)
    /// allows, and where the source stands in it.
    #[expect(clippy::option_option, reason = "a match may name no source")]
    pub(super) fn matches_whole(&self, text: &str) -> Option<Option<Range<usize>>> {
        let Some(group) = self.source else {
            return self.whole.get().is_match(text).then_some(None);
        };
        let Some(OnePass { automaton, .. }) = self.one_pass() else {
            return Some(self.whole.get().captures(text)?.get(group).map(|group| group.range()));
        };
        let mut slots: [Option<NonMaxUsize>; SLOTS] = [None; SLOTS];
        let input = Input::new(text).anchored(Anchored::Yes);
        automaton
            .try_search_slots(&mut automaton.create_cache(), &input, &mut slots[..2 * group + 2])
            .ok()??;
        let place = |slot: usize| Some(slots.get(slot)?.as_ref()?.get());
        Some(place(2 * group).zip(place(2 * group + 1)).map(|(start, end)| start..end))
    }

    fn one_pass(&self) -> Option<&OnePass> {
        let compile = || {
            let automaton = self
                .source
                .filter(|group| 2 * group + 2 <= SLOTS)
                .and_then(|_| one_pass(self.whole.pattern()))?;
            let source_alone = SourceAlone::of(&regex_syntax::parse(&self.pattern).ok()?);
            Some(OnePass { automaton, source_alone })
        };
        self.one_pass.get_or_init(compile).as_ref()
    }

    /// Where the source stands in `text`, if it differs from a text that the
    /// rule matched whole in nothing but its source.
    pub(super) fn matches_like(&self, text: &str, frame: Frame<'_>) -> Option<Range<usize>> {
        let source = text.strip_prefix(frame.before)?.strip_suffix(frame.behind)?;
        let start = frame.before.len();
        self.one_pass()?.source_alone.as_ref()?.matches(source).then(|| start..start + source.len())
    }

    /// Whether length and first bytes of a text allow a match.
    pub(super) fn may_match(&self, text: &str) -> bool {
        self.lengths.contains(&text.len()) && self.may_begin(text)
    }

    /// Whether the first bytes of a text allow a match.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        self.starts.allow(text.as_bytes())
    }

    /// Bytes that a glued rule matches at the start of `text`.
    pub(super) fn prefix_len(&self, text: &str) -> Option<usize> {
        let found = self.prefix.as_ref()?.get().find(text)?;
        (!found.is_empty()).then(|| found.end())
    }

    /// The bytes that a text can start with if the rule matches it whole.
    pub(super) fn first_bytes(&self) -> Vec<u8> {
        self.starts.first_bytes()
    }
}

/// A pattern as a one-pass automaton, if it is one and not too large.
fn one_pass(pattern: &str) -> Option<onepass::DFA> {
    const MAX_BYTES: usize = 1 << 20;
    let config = onepass::Config::new().size_limit(Some(MAX_BYTES));
    onepass::Builder::new().configure(config).build(pattern).ok()
}

/// Room for a match and the groups up to the source.
const SLOTS: usize = 16;

/// A pattern's group of that name.
pub(super) fn group<'p>(pattern: &'p Hir, name: &str) -> Option<&'p Capture> {
    let mut parts = vec![pattern];
    while let Some(part) = parts.pop() {
        match part.kind() {
            HirKind::Capture(group) if group.name.as_deref() == Some(name) => return Some(group),
            kind => parts.extend(kind.subs()),
        }
    }
    None
}

/// The glued rules in one expression.
pub(super) fn glue(rules: &[Rule]) -> Option<LazyRegex> {
    let glued: Vec<String> = rules
        .iter()
        .filter(|rule| rule.prefix.is_some())
        .map(|rule| format!("(?:{})", without_group_names(&rule.pattern)))
        .collect();
    (!glued.is_empty()).then(|| LazyRegex::new(glued.join("|")))
}

/// A searcher for what a glued rule's text starts with; none if a pattern does
/// not tell, or there are too many.
pub(super) fn glue_starts(rules: &[Rule]) -> Option<packed::Searcher> {
    let mut starts = Vec::new();
    for rule in rules.iter().filter(|rule| rule.prefix.is_some()) {
        let hir = regex_syntax::parse(&rule.pattern).ok()?;
        let literals = Extractor::new().extract(&hir);
        starts.extend(literals.literals()?.iter().map(|literal| literal.as_bytes().to_vec()));
    }
    if starts.iter().any(Vec::is_empty) { None } else { packed::Searcher::new(starts) }
}

/// Several patterns in one may not share names of groups.
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

#[cfg(test)]
mod tests {
    use super::super::{Profile, Profiles};

    #[test]
    fn a_source_is_found_behind_any_number_of_groups() {
        let built_in = include_str!("../../profiles/people-also-ask.toml");
        for groups in [0, 6, 7, 12] {
            let groups = "(x?)".repeat(groups);
            let rule = format!(
                "[[rule]]\nname = 'many'\nclass = 'attribution'\npattern = '{groups}Told by (?<source>\\S+)'\n\
                 matches = ['Told by bees.example']\nmisses = []\n"
            );
            let profile = Profile::parse(&format!("{built_in}\n{rule}"), "mine").unwrap();
            let found = profile.whole_match("Told by bees.example").unwrap();
            assert_eq!(found.source, Some(8..20), "{groups}");
        }
    }

    #[test]
    fn the_rule_of_most_attributions_is_one_pass() {
        let profiles = Profiles::built_in();
        let rules = profiles.iter().next().unwrap().rules();
        let source = rules.iter().find(|rule| rule.name() == "source").unwrap();
        assert!(source.one_pass().is_some());
    }
}
