//! One phrase of a family: a pattern, and what its text is to an entry.

use regex::{Regex, RegexSet};

use super::model::{RuleClass, RuleFile};
use crate::record::SegmentClass;

/// One phrase of a family.
#[derive(Debug)]
pub struct Rule {
    pub(crate) name: String,
    pub(crate) class: RuleClass,
    glued: bool,
    pattern: String,
    /// The pattern over a whole text, with its groups.
    pub(crate) whole: Regex,
    /// The pattern from the start of a text.
    prefix: Regex,
    /// Whether the pattern has a group `source`.
    pub(crate) has_source: bool,
    pub(super) matches: Vec<Example>,
    pub(super) misses: Vec<Example>,
}

/// A line that a rule must or must not match, and where it is written.
#[derive(Debug)]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) line: usize,
}

impl Rule {
    pub(super) fn compile(file: RuleFile, toml: &str) -> Result<Self, (String, regex::Error)> {
        let example = |text: toml::Spanned<String>| Example {
            line: super::line_of(toml, text.span().start),
            text: text.into_inner(),
        };
        let pattern = file.pattern.into_inner();
        let compile = |pattern: String| Regex::new(&pattern).map_err(|error| (file.name.clone(), error));
        // Alone first: the message must show the pattern as it is written.
        compile(pattern.clone())?;
        let whole = compile(whole(&pattern))?;
        Ok(Self {
            has_source: whole.capture_names().flatten().any(|name| name == "source"),
            whole,
            prefix: compile(format!("^(?:{pattern})"))?,
            name: file.name,
            class: file.class,
            glued: file.glued,
            pattern,
            matches: file.matches.into_iter().map(example).collect(),
            misses: file.misses.into_iter().map(example).collect(),
        })
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
            RuleClass::Boilerplate => SegmentClass::Boilerplate,
            RuleClass::Header | RuleClass::Count => SegmentClass::Noise,
        }
    }

    /// The groups of the pattern over a whole text.
    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<regex::Captures<'t>> {
        self.whole.captures(text)
    }

    /// The source that an attribution names, if it does: its place in `text`.
    pub(crate) fn source(&self, text: &str) -> Option<std::ops::Range<usize>> {
        if !self.has_source {
            return None;
        }
        let found = self.whole.captures(text)?.name("source")?.range();
        (!found.is_empty()).then_some(found)
    }

    /// Bytes that a glued rule matches at the start of `text`.
    pub(super) fn prefix_len(&self, text: &str) -> Option<usize> {
        let found = self.glued.then(|| self.prefix.find(text)).flatten()?;
        (!found.is_empty()).then(|| found.end())
    }
}

fn whole(pattern: &str) -> String {
    format!(r"^(?:{pattern})\s*$")
}

/// All rules in one set, and the glued ones in one expression.
pub(super) fn combine(rules: &[Rule]) -> Result<(RegexSet, Option<Regex>), regex::Error> {
    let set = RegexSet::new(rules.iter().map(|rule| whole(&rule.pattern)))?;
    let glued: Vec<String> = rules
        .iter()
        .filter(|rule| rule.glued)
        .map(|rule| format!("(?:{})", without_group_names(&rule.pattern)))
        .collect();
    let glue = if glued.is_empty() { None } else { Some(Regex::new(&glued.join("|"))?) };
    Ok((set, glue))
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
