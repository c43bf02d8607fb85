//! A profile: the rules of one family of pages, as data.
//!
//! A profile defines the family's phrases (attribution, header, count line,
//! boilerplate), the words by which its questions are recognised, and the order of
//! an entry's parts. Profiles are TOML files, built in or written by users. Each
//! rule has examples that it must and must not match.

mod examples;
mod glue;
mod lazy;
mod matching;
mod model;
mod parse;
mod phrases;
mod profiles;
mod rule;
mod source_alone;
mod starts;
mod words;

use sha2::{Digest, Sha256};

pub use examples::Failure;
use glue::Glue;
pub(crate) use model::{Part, RuleClass};
pub use profiles::Profiles;
pub use rule::Rule;
pub(crate) use rule::{Frame, Match};
pub(crate) use words::{Opening, QuestionWords};

use crate::id::hex;
use crate::record::ProfileDigest;

/// The rules of one family of pages, compiled.
#[derive(Debug)]
pub struct Profile {
    name: String,
    description: String,
    language: Option<String>,
    toml: String,
    pub(crate) order: Vec<Part>,
    pub(crate) words: QuestionWords,
    pub(crate) title_openers: Vec<String>,
    pub(crate) months: Vec<String>,
    rules: Vec<Rule>,
    /// For each first byte of a text, the rules that may match all of it. Most lines
    /// match no rule, and most of these are recognised by their first byte.
    rules_by_first_byte: Vec<Vec<usize>>,
    glue: Option<Glue>,
}

impl Profile {
    /// The profile's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The family that it is for, in one line.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The TOML that it was compiled from.
    #[must_use]
    pub fn toml(&self) -> &str {
        &self.toml
    }

    /// Its name and digest, for the manifest.
    #[must_use]
    pub fn digest(&self) -> ProfileDigest {
        ProfileDigest { name: self.name.clone(), sha256: hex(&Sha256::digest(self.toml.as_bytes())) }
    }

    /// Its rules, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The first rule, in the order of the file, that matches a whole line, ignoring
    /// white space around it.
    #[must_use]
    pub fn rule_matching_line(&self, line: &str) -> Option<&Rule> {
        self.whole_match(line.trim()).map(|found| &self.rules[found.rule])
    }

    /// Whether a line is an attribution.
    pub(crate) fn is_attribution(&self, line: &str) -> bool {
        self.rule_matching_line(line).is_some_and(|rule| rule.class == RuleClass::Attribution)
    }

    /// Runs every rule's examples.
    #[must_use]
    pub fn test(&self) -> Vec<Failure> {
        examples::run(self)
    }

    /// The language of its phrases, without a region.
    fn language(&self) -> Option<&str> {
        self.language.as_deref()?.split('-').next()
    }

    /// Whether a part is between a question and its answer.
    pub(crate) fn stands_under_question(&self, part: Part) -> bool {
        let place = |part| self.order.iter().position(|&other| other == part);
        let place_of_part = place(part);
        place_of_part > place(Part::Question) && place_of_part < place(Part::Answer)
    }

    /// Whether a part precedes the question.
    pub(crate) fn opens_entry(&self, part: Part) -> bool {
        let place = |part| self.order.iter().position(|&other| other == part);
        place(part).is_some_and(|at| Some(at) < place(Part::Question))
    }
}
