//! A profile: the rules of one family of pages, as data.
//!
//! A profile names the family's phrases (attribution, header, count line,
//! boilerplate), the words by which its questions are known, and the order of
//! an entry's parts. Profiles are TOML files, built in or the user's own; each
//! rule carries examples that it must and must not match.

mod examples;
mod lazy;
mod matching;
mod model;
mod phrases;
mod profiles;
mod rule;
mod source_alone;
mod starts;
mod words;

use std::collections::HashSet;

use aho_corasick::packed;
use sha2::{Digest, Sha256};

pub use examples::Failure;
use lazy::LazyRegex;
pub(crate) use model::{Part, RuleClass};
pub use profiles::Profiles;
pub use rule::Rule;
pub(crate) use rule::{Frame, Match};
pub(crate) use words::{Opening, QuestionWords};

use crate::error::Error;
use crate::id::hex;
use crate::language::tag;
use crate::page::Furniture;
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
    /// By the first byte of a text: the rules that may match all of it.
    starting: Vec<Vec<usize>>,
    glue: Option<LazyRegex>,
    glue_starts: Option<packed::Searcher>,
}

impl Profile {
    /// Reads a profile from its TOML and compiles its rules. `origin` names it in messages.
    ///
    /// # Errors
    ///
    /// If the TOML does not spell a profile; the message says where.
    pub fn parse(toml: &str, origin: &str) -> Result<Self, Error> {
        let profile = Self::read(toml, origin)?;
        for rule in &profile.rules {
            rule.check().map_err(|error| wrong_pattern(origin, rule.line, &rule.name, &error))?;
        }
        profile.glue.as_ref().map_or(Ok(()), LazyRegex::check).map_err(|error| {
            Error::usage(format!("`{origin}`: its patterns are too large: {error}"), None)
        })?;
        Ok(profile)
    }

    /// Reads a profile of which every pattern compiles.
    fn read(toml: &str, origin: &str) -> Result<Self, Error> {
        let file: model::ProfileFile = toml::from_str(toml).map_err(|error| {
            Error::usage(
                format!("`{origin}` is not a profile: {}", error.to_string().trim_end()),
                "`qasift profiles show people-also-ask` prints one to start from.",
            )
        })?;
        let wrong = |at: usize, message: &str| {
            Error::usage(format!("`{origin}` line {}: {message}", line_of(toml, at)), None)
        };
        let name = file.name.get_ref();
        if name.trim().is_empty() || name.contains(char::is_control) {
            return Err(wrong(file.name.span().start, "`name` is no word of one line"));
        }
        check_order(file.order.as_ref()).map_err(|message| wrong(file.order.span().start, message))?;
        if let Some(again) = named_again(&file.rule) {
            let message = format!("two rules are named `{}`", again.name);
            return Err(wrong(again.pattern.span().start, &message));
        }
        let language = file.language.map(|told| language(told, toml, origin)).transpose()?;
        let mut rules = Vec::with_capacity(file.rule.len());
        for rule in file.rule {
            let (line, name) = (line_of(toml, rule.pattern.span().start), rule.name.clone());
            rules.push(Rule::new(rule, toml).map_err(|error| wrong_pattern(origin, line, &name, &error))?);
        }
        Ok(Self {
            name: file.name.into_inner(),
            description: file.description,
            language,
            toml: toml.to_owned(),
            order: file.order.into_inner(),
            words: QuestionWords::new(file.question),
            title_openers: file.title.openers.iter().map(|opener| opener.to_lowercase()).collect(),
            months: file.date.months.iter().map(|month| month.to_lowercase()).collect(),
            starting: starting(&rules),
            glue_starts: rule::glue_starts(&rules),
            glue: rule::glue(&rules),
            rules,
        })
    }

    /// The profile's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What family it is for, in one line.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The TOML that it was compiled from.
    #[must_use]
    pub fn toml(&self) -> &str {
        &self.toml
    }

    /// Name and digest, as the manifest records them.
    #[must_use]
    pub fn digest(&self) -> ProfileDigest {
        ProfileDigest { name: self.name.clone(), sha256: hex(&Sha256::digest(self.toml.as_bytes())) }
    }

    /// Its rules, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule that matches a whole line, white space around it aside: the
    /// first one in the order of the file.
    #[must_use]
    pub fn rule_matching_line(&self, line: &str) -> Option<&Rule> {
        self.whole_match(line.trim()).map(|found| &self.rules[found.rule])
    }

    /// Runs every rule's examples.
    #[must_use]
    pub fn test(&self) -> Vec<Failure> {
        examples::run(self)
    }

    /// The language of its phrases, whatever the region.
    fn speaks(&self) -> Option<&str> {
        self.language.as_deref()?.split('-').next()
    }

    /// Whether a part stands between a question and its answer.
    pub(crate) fn stands_under_question(&self, part: Part) -> bool {
        let place = |part| self.order.iter().position(|&other| other == part);
        let place_of_part = place(part);
        place_of_part > place(Part::Question) && place_of_part < place(Part::Answer)
    }

    /// Whether a part stands before the question.
    pub(crate) fn opens_entry(&self, part: Part) -> bool {
        let place = |part| self.order.iter().position(|&other| other == part);
        place(part).is_some_and(|at| Some(at) < place(Part::Question))
    }
}

/// For each byte, the rules that may match a text that starts with it. Most
/// lines are no rule's, and show it by their first byte.
fn starting(rules: &[Rule]) -> Vec<Vec<usize>> {
    let mut starting = vec![Vec::new(); 256];
    for (index, rule) in rules.iter().enumerate() {
        for byte in rule.first_bytes() {
            starting[usize::from(byte)].push(index);
        }
    }
    starting
}

fn wrong_pattern(origin: &str, line: usize, rule: &str, error: &regex::Error) -> Error {
    Error::usage(
        format!("`{origin}` line {line}: the pattern of rule `{rule}` does not compile: {error}"),
        "The syntax is that of the Rust crate regex.",
    )
}

/// A rule whose name another one has, so that their characters would be counted as one's.
fn named_again(rules: &[model::RuleFile]) -> Option<&model::RuleFile> {
    let mut names: HashSet<&str> = Furniture::ALL.iter().map(|furniture| furniture.rule()).collect();
    rules.iter().find(|rule| !names.insert(&rule.name))
}

/// A language tag that is one.
fn language(told: toml::Spanned<String>, toml: &str, origin: &str) -> Result<String, Error> {
    let line = line_of(toml, told.span().start);
    let told = told.into_inner();
    match tag(&told) {
        Some(tag) if *tag == told => Ok(told),
        known => Err(Error::Usage {
            message: format!("`{origin}` line {line}: `{told}` is no tag of a language"),
            hint: Some(match known {
                Some(tag) => format!("Its tag is `{tag}`."),
                None => "A tag is one of BCP 47, such as `en` or `pt-BR`.".to_owned(),
            }),
        }),
    }
}

/// A family has a question and, behind it, an answer; no part twice.
fn check_order(order: &[Part]) -> Result<(), &'static str> {
    let place = |part| order.iter().position(|&other| other == part);
    let (Some(question), Some(answer)) = (place(Part::Question), place(Part::Answer)) else {
        return Err("`order` lacks `question` or `answer`");
    };
    if question > answer {
        return Err("in `order`, `question` stands before `answer`");
    }
    if order.iter().enumerate().any(|(index, part)| order[..index].contains(part)) {
        return Err("`order` names a part twice");
    }
    Ok(())
}

/// 1-based line of a byte of the TOML.
fn line_of(toml: &str, byte: usize) -> usize {
    memchr::memchr_iter(b'\n', &toml.as_bytes()[..byte]).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_profile_is_named_with_its_line() {
        let toml = "name = 'x'\ndescription = ''\norder = ['answer', 'question']\n[question]\nwords = []\n";
        let error = Profile::parse(toml, "x.toml").unwrap_err().to_string();
        assert_eq!(error, "`x.toml` line 3: in `order`, `question` stands before `answer`");
        let toml = format!(
            "{}[[rule]]\nname = 'r'\nclass = 'header'\npattern = '('\n",
            toml.replace("'answer', 'question'", "'question', 'answer'")
        );
        let error = Profile::parse(&toml, "x.toml").unwrap_err().to_string();
        assert!(error.starts_with("`x.toml` line 9: the pattern of rule `r` does not compile"), "{error}");
    }

    #[test]
    fn names_are_words_and_differ() {
        let parse = |name: &str, rules: &[&str]| {
            let rule = |rule: &&str| format!("[[rule]]\nname = '{rule}'\nclass = 'header'\npattern = 'x'\n");
            let rules: String = rules.iter().map(rule).collect();
            let toml = format!(
                "name = {name}\ndescription = ''\norder = ['question', 'answer']\n[question]\nwords = []\n{rules}"
            );
            Profile::parse(&toml, "x.toml").map(|_| ()).map_err(|error| error.to_string())
        };
        let wrong = |told: &str| Err(format!("`x.toml` line {told}"));
        assert_eq!(parse("'x'", &["a", "b"]), Ok(()));
        for name in ["''", "' '", r#""a\u001b[31m""#, r#""a\nb""#] {
            assert_eq!(parse(name, &[]), wrong("1: `name` is no word of one line"), "{name}");
        }
        assert_eq!(parse("'x'", &["a", "b", "a"]), wrong("17: two rules are named `a`"));
        assert_eq!(parse("'x'", &["html-footer"]), wrong("9: two rules are named `html-footer`"));
    }

    #[test]
    fn a_language_is_a_tag() {
        let parse = |tag: &str| {
            let toml = format!(
                "name = 'x'\ndescription = ''\nlanguage = '{tag}'\norder = ['question', 'answer']\n[question]\nwords = []\n"
            );
            let message = |error: Error| (error.to_string(), error.hint().unwrap_or_default().to_owned());
            Profile::parse(&toml, "x.toml").map(|profile| profile.language).map_err(message)
        };
        assert_eq!(parse("pt-BR"), Ok(Some("pt-BR".to_owned())));
        for (tag, hint) in [
            ("German", "Its tag is `de`."),
            ("pt_br", "Its tag is `pt-BR`."),
            ("the usual", "A tag is one of BCP 47, such as `en` or `pt-BR`."),
            ("", "A tag is one of BCP 47, such as `en` or `pt-BR`."),
        ] {
            let message = format!("`x.toml` line 3: `{tag}` is no tag of a language");
            assert_eq!(parse(tag), Err((message, hint.to_owned())));
        }
    }

    #[test]
    fn an_example_that_fails_is_named_with_its_line() {
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
