//! Reads a profile from its TOML file, checks it and compiles its rules.

use std::collections::HashSet;

use super::glue::Glue;
use super::{Part, Profile, QuestionWords, Rule, model};
use crate::error::Error;
use crate::language::tag;
use crate::page::Furniture;

impl Profile {
    /// Reads a profile from its TOML and compiles its rules. Messages call it `origin`.
    ///
    /// # Errors
    ///
    /// If the TOML is not a valid profile; the message says where.
    pub fn parse(toml: &str, origin: &str) -> Result<Self, Error> {
        let profile = Self::read(toml, origin)?;
        for rule in &profile.rules {
            rule.check().map_err(|error| wrong_pattern(origin, rule.line, &rule.name, &error))?;
        }
        profile.glue.as_ref().map_or(Ok(()), Glue::check).map_err(|error| {
            Error::usage(format!("`{origin}`: the patterns are too large: {error}"), None)
        })?;
        Ok(profile)
    }

    /// Reads a profile without compiling its patterns, which must be known to compile.
    pub(super) fn read(toml: &str, origin: &str) -> Result<Self, Error> {
        let file: model::ProfileFile = toml::from_str(toml).map_err(|error| {
            Error::usage(
                format!("`{origin}` is not a profile: {}", error.to_string().trim_end()),
                "`qasift profiles show people-also-ask` prints a profile to start from.",
            )
        })?;
        let wrong = |at: usize, message: &str| {
            Error::usage(format!("`{origin}` line {}: {message}", line_of(toml, at)), None)
        };
        let name = file.name.get_ref();
        if name.trim().is_empty() || name.contains(char::is_control) {
            return Err(wrong(
                file.name.span().start,
                "`name` must not be empty or contain control characters",
            ));
        }
        check_order(file.order.as_ref()).map_err(|message| wrong(file.order.span().start, message))?;
        if let Some(rule) = duplicate_name(&file.rule) {
            let message = format!("two rules are named `{}`", rule.name);
            return Err(wrong(rule.pattern.span().start, &message));
        }
        let language = file.language.map(|tag| check_language(tag, toml, origin)).transpose()?;
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
            rules_by_first_byte: by_first_byte(&rules),
            glue: Glue::of(&rules),
            rules,
        })
    }
}

/// For each byte, the rules that may match a text that starts with it.
fn by_first_byte(rules: &[Rule]) -> Vec<Vec<usize>> {
    let mut by_first_byte = vec![Vec::new(); 256];
    for (index, rule) in rules.iter().enumerate() {
        for byte in rule.first_bytes() {
            by_first_byte[usize::from(byte)].push(index);
        }
    }
    by_first_byte
}

fn wrong_pattern(origin: &str, line: usize, rule: &str, error: &regex::Error) -> Error {
    Error::usage(
        format!("`{origin}` line {line}: the pattern of rule `{rule}` does not compile: {error}"),
        "Patterns have the syntax of the Rust crate `regex`.",
    )
}

/// The first rule that has the name of another one: their characters could not be
/// counted separately.
fn duplicate_name(rules: &[model::RuleFile]) -> Option<&model::RuleFile> {
    let mut names: HashSet<&str> = Furniture::ALL.iter().map(|furniture| furniture.rule()).collect();
    rules.iter().find(|rule| !names.insert(&rule.name))
}

/// The language, if it is a normalised BCP 47 tag.
fn check_language(language: toml::Spanned<String>, toml: &str, origin: &str) -> Result<String, Error> {
    let line = line_of(toml, language.span().start);
    let language = language.into_inner();
    match tag(&language) {
        Some(tag) if *tag == language => Ok(language),
        known => Err(Error::Usage {
            message: format!("`{origin}` line {line}: `{language}` is not a language tag"),
            hint: Some(match known {
                Some(tag) => format!("Its tag is `{tag}`."),
                None => "Use a BCP 47 tag, such as `en` or `pt-BR`.".to_owned(),
            }),
        }),
    }
}

/// Checks that there is a question and, after it, an answer, and no part twice.
fn check_order(order: &[Part]) -> Result<(), &'static str> {
    let place = |part| order.iter().position(|&other| other == part);
    let (Some(question), Some(answer)) = (place(Part::Question), place(Part::Answer)) else {
        return Err("`order` must contain `question` and `answer`");
    };
    if question > answer {
        return Err("in `order`, `question` must come before `answer`");
    }
    if order.iter().enumerate().any(|(index, part)| order[..index].contains(part)) {
        return Err("`order` must not contain a part twice");
    }
    Ok(())
}

/// The line of a byte of the TOML, 1-based.
pub(super) fn line_of(toml: &str, byte: usize) -> usize {
    memchr::memchr_iter(b'\n', &toml.as_bytes()[..byte]).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invalid_profile_is_reported_with_its_line() {
        let toml = "name = 'x'\ndescription = ''\norder = ['answer', 'question']\n[question]\nwords = []\n";
        let error = Profile::parse(toml, "x.toml").unwrap_err().to_string();
        assert_eq!(error, "`x.toml` line 3: in `order`, `question` must come before `answer`");
        let toml = format!(
            "{}[[rule]]\nname = 'r'\nclass = 'header'\npattern = '('\n",
            toml.replace("'answer', 'question'", "'question', 'answer'")
        );
        let error = Profile::parse(&toml, "x.toml").unwrap_err().to_string();
        assert!(error.starts_with("`x.toml` line 9: the pattern of rule `r` does not compile"), "{error}");
    }

    #[test]
    fn names_are_printable_and_unique() {
        let parse = |name: &str, rules: &[&str]| {
            let rule = |rule: &&str| format!("[[rule]]\nname = '{rule}'\nclass = 'header'\npattern = 'x'\n");
            let rules: String = rules.iter().map(rule).collect();
            let toml = format!(
                "name = {name}\ndescription = ''\norder = ['question', 'answer']\n[question]\nwords = []\n{rules}"
            );
            Profile::parse(&toml, "x.toml").map(|_| ()).map_err(|error| error.to_string())
        };
        let wrong = |message: &str| Err(format!("`x.toml` line {message}"));
        assert_eq!(parse("'x'", &["a", "b"]), Ok(()));
        for name in ["''", "' '", r#""a\u001b[31m""#, r#""a\nb""#] {
            let message = "1: `name` must not be empty or contain control characters";
            assert_eq!(parse(name, &[]), wrong(message), "{name}");
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
            ("the usual", "Use a BCP 47 tag, such as `en` or `pt-BR`."),
            ("", "Use a BCP 47 tag, such as `en` or `pt-BR`."),
        ] {
            let message = format!("`x.toml` line 3: `{tag}` is not a language tag");
            assert_eq!(parse(tag), Err((message, hint.to_owned())));
        }
    }
}
