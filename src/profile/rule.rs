//! A rule of a profile: the pattern of a phrase, and what its text means for an entry.

use std::ops::{Range, RangeInclusive};
use std::sync::OnceLock;

use regex_automata::dfa::onepass;
use regex_automata::util::primitives::NonMaxUsize;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{Capture, Hir, HirKind};

use super::lazy::LazyRegex;
use super::model::{RuleClass, RuleFile};
use super::parse::line_of;
use super::source_alone::SourceAlone;
use super::starts::Starts;
use crate::record::SegmentClass;

/// The name of the group that captures the source in an attribution's pattern.
pub(super) const SOURCE: &str = "source";

/// A phrase of a family of pages.
#[derive(Debug)]
pub struct Rule {
    pub(crate) name: String,
    pub(crate) class: RuleClass,
    pub(super) pattern: String,
    /// The line of the pattern in the profile's TOML, 1-based.
    pub(super) line: usize,
    /// The pattern for a whole text, with its groups.
    whole: LazyRegex,
    /// The same as a one-pass automaton, if it has a source and the pattern allows it.
    one_pass: OnceLock<Option<OnePass>>,
    /// The possible lengths, in bytes, of a text that the rule matches as a whole.
    lengths: RangeInclusive<usize>,
    /// How such a text begins.
    starts: Starts,
    /// Index of the group `source`.
    source: Option<usize>,
    /// Whether there is a group `date`.
    has_date: bool,
    /// The pattern for a prefix of a text, if the rule is glued.
    prefix: Option<LazyRegex>,
    pub(super) matches: Vec<Example>,
    pub(super) misses: Vec<Example>,
}

/// A pattern as a one-pass automaton, which finds a match and its source in a single
/// pass, several times as fast.
#[derive(Debug)]
struct OnePass {
    automaton: onepass::DFA,
    /// What a source looks like, if replacing the source in a text that the rule matches
    /// by another one gives a text that it matches with the same groups.
    source_alone: Option<SourceAlone>,
}

/// A line that a rule must or must not match, and its line in the profile's TOML.
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
    /// The place of the source in the text, if the rule has one.
    pub(crate) source: Option<Range<usize>>,
}

/// What is around the source in a text that a rule matched as a whole. Most
/// attributions of a page share it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame<'t> {
    pub(super) rule: usize,
    pub(super) before: &'t str,
    pub(super) after: &'t str,
}

impl Rule {
    /// A rule as the TOML defines it. Its pattern must be known to compile, or
    /// [`check`](Self::check) must be called.
    pub(super) fn new(file: RuleFile, toml: &str) -> Result<Self, regex::Error> {
        let example = |text: toml::Spanned<String>| Example {
            line: line_of(toml, text.span().start),
            text: text.into_inner(),
        };
        let line = line_of(toml, file.pattern.span().start);
        let pattern = file.pattern.into_inner();
        // Parsed without anchors, so that the message shows the pattern as it is written.
        let hir = regex_syntax::parse(&pattern).map_err(|error| regex::Error::Syntax(error.to_string()))?;
        let lengths = hir.properties().minimum_len().unwrap_or(0)
            ..=hir.properties().maximum_len().unwrap_or(usize::MAX);
        Ok(Self {
            one_pass: OnceLock::new(),
            source: group(&hir, SOURCE).and_then(|group| usize::try_from(group.index).ok()),
            has_date: group(&hir, "date").is_some(),
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

    /// Compiles the rule's expressions.
    ///
    /// # Errors
    ///
    /// If the pattern does not compile. In that case, the rule must not be used.
    pub(super) fn check(&self) -> Result<(), regex::Error> {
        self.whole.check()?;
        self.prefix.as_ref().map_or(Ok(()), LazyRegex::check)
    }

    /// The rule's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The class of a segment that the rule matches.
    #[must_use]
    pub fn segment_class(&self) -> SegmentClass {
        match self.class {
            RuleClass::Attribution => SegmentClass::Attribution,
            RuleClass::Boilerplate | RuleClass::End => SegmentClass::Boilerplate,
            RuleClass::Header | RuleClass::Count => SegmentClass::Noise,
        }
    }

    /// The pattern, as written in the profile.
    pub(crate) fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Whether the rule also applies inside of lines, which are then cut.
    pub(crate) fn is_glued(&self) -> bool {
        self.prefix.is_some()
    }

    /// Whether the pattern has a group for the source.
    pub(crate) fn names_source(&self) -> bool {
        self.source.is_some()
    }

    /// Whether the pattern has a group for a date.
    pub(crate) fn has_date(&self) -> bool {
        self.has_date
    }

    /// The groups of the pattern, if it matches all of a text.
    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<regex::Captures<'t>> {
        self.whole.get().captures(text)
    }

    /// Whether the rule matches all of `text`, and the place of the source in it.
    /// [`may_match`](Self::may_match) must be true for the text.
    #[expect(clippy::option_option, reason = "a match may have no source")]
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

    /// The place of the source in `text`, if the text differs only in its source from one
    /// that the rule matched as a whole.
    pub(super) fn matches_like(&self, text: &str, frame: Frame<'_>) -> Option<Range<usize>> {
        let source = text.strip_prefix(frame.before)?.strip_suffix(frame.after)?;
        let start = frame.before.len();
        self.one_pass()?.source_alone.as_ref()?.matches(source).then(|| start..start + source.len())
    }

    /// Whether the length and the first bytes of a text allow a match.
    pub(super) fn may_match(&self, text: &str) -> bool {
        self.lengths.contains(&text.len()) && self.may_begin(text)
    }

    /// Whether the first bytes of a text allow a match.
    pub(super) fn may_begin(&self, text: &str) -> bool {
        self.starts.allow(text.as_bytes())
    }

    /// The length of the prefix of `text` that a glued rule matches.
    pub(super) fn prefix_len(&self, text: &str) -> Option<usize> {
        let found = self.prefix.as_ref()?.get().find(text)?;
        (!found.is_empty()).then(|| found.end())
    }

    /// The possible first bytes of a text that the rule matches as a whole.
    pub(super) fn first_bytes(&self) -> Vec<u8> {
        self.starts.first_bytes()
    }
}

/// A pattern as a one-pass automaton, if that is possible and not too large.
fn one_pass(pattern: &str) -> Option<onepass::DFA> {
    const MAX_BYTES: usize = 1 << 20;
    let config = onepass::Config::new().size_limit(Some(MAX_BYTES));
    onepass::Builder::new().configure(config).build(pattern).ok()
}

/// The number of slots for a match: two for the whole match and two for each group.
const SLOTS: usize = 16;

/// The group of a pattern that has this name.
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

#[cfg(test)]
mod tests {
    use super::super::{Profile, Profiles};

    #[test]
    fn a_source_is_found_after_any_number_of_groups() {
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
