//! A profile: the rules of one family of pages, as data.
//!
//! A profile names the family's phrases (attribution, header, count line,
//! boilerplate), the words by which its questions are known, and the order of
//! an entry's parts. Profiles are TOML files, built in or the user's own; each
//! rule carries examples that it must and must not match.

mod examples;
mod lazy;
mod model;
mod phrases;
mod rule;
mod source_alone;
mod starts;
mod words;

use std::path::Path;
use std::sync::OnceLock;

use aho_corasick::packed;
use sha2::{Digest, Sha256};

pub use examples::Failure;
use lazy::LazyRegex;
pub(crate) use model::{Part, RuleClass};
use phrases::Phrases;
pub use rule::Rule;
pub(crate) use rule::{Frame, Match};
pub(crate) use words::{Opening, QuestionWords};

use crate::clean;
use crate::error::Error;
use crate::id::hex;
use crate::language;
use crate::page;
use crate::quick::QuickLook;
use crate::record::ProfileDigest;

/// The built-in profiles: name and TOML.
const BUILT_IN: [(&str, &str); 7] = [
    ("people-also-ask", include_str!("../../profiles/people-also-ask.toml")),
    ("people-also-ask-de", include_str!("../../profiles/people-also-ask-de.toml")),
    ("people-also-ask-es", include_str!("../../profiles/people-also-ask-es.toml")),
    ("people-also-ask-fr", include_str!("../../profiles/people-also-ask-fr.toml")),
    ("people-also-ask-it", include_str!("../../profiles/people-also-ask-it.toml")),
    ("people-also-ask-nl", include_str!("../../profiles/people-also-ask-nl.toml")),
    ("people-also-ask-pt", include_str!("../../profiles/people-also-ask-pt.toml")),
];

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
        check_order(file.order.as_ref()).map_err(|message| {
            let line = line_of(toml, file.order.span().start);
            Error::usage(format!("`{origin}` line {line}: {message}"), None)
        })?;
        let mut rules = Vec::with_capacity(file.rule.len());
        for rule in file.rule {
            let (line, name) = (line_of(toml, rule.pattern.span().start), rule.name.clone());
            rules.push(Rule::new(rule, toml).map_err(|error| wrong_pattern(origin, line, &name, &error))?);
        }
        Ok(Self {
            name: file.name,
            description: file.description,
            language: file.language,
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

    /// The first rule that matches all of `text`.
    pub(crate) fn whole_match(&self, text: &str) -> Option<Match> {
        let first = text.bytes().next()?;
        let rules = self.starting[usize::from(first)].iter().map(|&rule| (rule, &self.rules[rule]));
        rules.filter(|(_, rule)| rule.may_match(text)).find_map(|(index, rule)| {
            let source = rule.matches_whole(text)?;
            Some(Match { rule: index, source })
        })
    }

    /// The same, for one text of a page after the other: `frame` is what stood
    /// around the last source.
    pub(crate) fn whole_match_after<'t>(
        &self,
        text: &'t str,
        frame: &mut Option<Frame<'t>>,
    ) -> Option<Match> {
        let rules = self.starting.get(usize::from(*text.as_bytes().first()?))?;
        if let Some(last) = frame.filter(|last| rules.first() == Some(&last.rule))
            && let Some(source) = self.rules[last.rule].matches_like(text, last)
        {
            return Some(Match { rule: last.rule, source: Some(source) });
        }
        let found = self.whole_match(text)?;
        if let Some(source) = &found.source {
            *frame =
                Some(Frame { rule: found.rule, before: &text[..source.start], behind: &text[source.end..] });
        }
        Some(found)
    }

    /// The first rule that matches a line as it will be once it is clean, the
    /// mark of a list item before it or not.
    pub(crate) fn unclean_match(&self, line: &str) -> Option<Match> {
        if line.len() > LONGEST_UNCLEAN || !self.may_begin(line) {
            return None;
        }
        let cleaned = clean::inline(line).text;
        let bare = page::without_item_mark(&cleaned);
        let mut changed = [&*cleaned, bare].into_iter().filter(|text| *text != line);
        let (text, Match { rule, source }) =
            changed.find_map(|text| Some((text, self.whole_match(text)?)))?;
        // Where cleaning changed the source itself, it can't be told where it stands.
        let source = source.map(|source| &text[source]);
        let source = source.and_then(|source| line.rfind(source).map(|at| at..at + source.len()));
        Some(Match { rule, source })
    }

    /// Whether a text begins as a rule's may, or in a way that cleaning may change.
    fn may_begin(&self, text: &str) -> bool {
        let Some(&[first, second]) = text.as_bytes().first_chunk() else { return true };
        let is_plain = first.is_ascii_alphabetic() && second.is_ascii_alphabetic();
        !is_plain || self.starting[usize::from(first)].iter().any(|&rule| self.rules[rule].may_begin(text))
    }

    /// Where on a page a glued rule's text may start first, from `from` on; the
    /// end of the page if there is no such place.
    pub(crate) fn glue_start(&self, page: &str, from: usize) -> usize {
        let Some(starts) = &self.glue_starts else { return from };
        starts.find_in(page, (from..page.len()).into()).map_or(page.len(), |found| found.start())
    }

    /// Where the first part of `text` from `at` on stands that a glued rule
    /// may match.
    pub(crate) fn glued_match(&self, text: &str, at: usize) -> Option<std::ops::Range<usize>> {
        self.glue.as_ref()?.get().find_at(text, at).map(|found| found.range())
    }

    /// The first glued rule that matches `text` from its start, and how far.
    pub(crate) fn prefix_match(&self, text: &str) -> Option<(usize, usize)> {
        self.rules.iter().enumerate().find_map(|(index, rule)| Some((index, rule.prefix_len(text)?)))
    }
}

/// A longer line, in bytes, is no rule's only because it is not clean.
const LONGEST_UNCLEAN: usize = 400;

/// The profiles that a run may read pages by, ordered by name.
#[derive(Debug)]
pub struct Profiles {
    list: Vec<Profile>,
    /// What tells them apart, if there are several.
    phrases: Option<Phrases>,
    quick_look: OnceLock<QuickLook>,
}

impl Profiles {
    /// The built-in profiles.
    ///
    /// # Panics
    ///
    /// Never: a test compiles each of them.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the texts are constants that a test compiles")]
    pub fn built_in() -> Self {
        let list: Vec<Profile> = BUILT_IN
            .iter()
            .map(|(name, toml)| Profile::read(toml, name).expect("a built-in profile is one"))
            .collect();
        let phrases = Some(Phrases::new(&list));
        Self { list, phrases, quick_look: OnceLock::new() }
    }

    /// The one profile that `name_or_file` names: a built-in one, or a TOML file.
    ///
    /// # Errors
    ///
    /// If it is neither, or the file does not spell a profile.
    pub fn select(name_or_file: &str) -> Result<Self, Error> {
        if let Some((name, toml)) = BUILT_IN.iter().find(|(name, _)| *name == name_or_file) {
            return Ok(Self::only(Profile::read(toml, name)?));
        }
        let path = Path::new(name_or_file);
        if !path.exists() {
            return Err(Error::usage(
                format!("there is no profile and no file `{name_or_file}`"),
                "`qasift profiles list` names the built-in profiles.",
            ));
        }
        let toml = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
        Ok(Self::only(Profile::parse(&toml, name_or_file)?))
    }

    /// One profile alone.
    #[must_use]
    pub fn only(profile: Profile) -> Self {
        Self { list: vec![profile], phrases: None, quick_look: OnceLock::new() }
    }

    /// The profile for a page: of those whose phrases stand on it, the one
    /// that scores highest, of equals the first by name; without any phrase,
    /// the one in the page's language, or else the first.
    pub(crate) fn best(&self, page: &str, score: impl Fn(&Profile) -> usize) -> &Profile {
        let Some(phrases) = &self.phrases else { return &self.list[0] };
        match phrases.on(page).as_slice() {
            [] => {
                let told = language::of_text(page);
                let spoken =
                    self.list.iter().find(|profile| told.is_some() && profile.language.as_deref() == told);
                spoken.unwrap_or(&self.list[0])
            }
            [only] => &self.list[*only],
            several => {
                let mut best = (&self.list[several[0]], 0);
                for &index in several {
                    let score = score(&self.list[index]);
                    if score > best.1 {
                        best = (&self.list[index], score);
                    }
                }
                best.0
            }
        }
    }

    /// Whether a quick look at an HTML page's bytes finds that neither entries
    /// nor rejects can come of it. A "no" is certain, a "yes" is not.
    ///
    /// ```
    /// let profiles = qasift::profile::Profiles::built_in();
    /// assert!(!profiles.may_find("<h1>Bees</h1><p>They live for six weeks. Really? Yes."));
    /// assert!(profiles.may_find("<h1>How long do bees live?</h1><p>Six weeks."));
    /// ```
    #[must_use]
    pub fn may_find(&self, html: &str) -> bool {
        !self.quick_look.get_or_init(|| QuickLook::new(self)).rules_out(html, self)
    }

    /// The profiles, ordered by name.
    pub fn iter(&self) -> std::slice::Iter<'_, Profile> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Profiles {
    type Item = &'a Profile;
    type IntoIter = std::slice::Iter<'a, Profile>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
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
    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;

    use super::*;

    /// What stood around the last source saves work, and changes nothing.
    #[test]
    fn a_frame_changes_no_match() {
        let profiles = Profiles::built_in();
        let line = r"(Takedown request( \| |\||  )|\| |)(View complete answer|View)( on|)( |\x{a0}|)([a-z.]{0,5}|a b|a/ü)( x|)";
        let lines = prop::collection::vec(line, 2..8);
        let mut runner = TestRunner::default();
        let checked = runner.run(&lines, |lines| {
            for profile in &profiles {
                let mut frame = None;
                for line in &lines {
                    prop_assert_eq!(profile.whole_match_after(line, &mut frame), profile.whole_match(line));
                }
            }
            Ok(())
        });
        checked.unwrap();
    }

    #[test]
    fn a_frame_finds_another_source() {
        let profiles = Profiles::built_in();
        let profile = profiles.iter().next().unwrap();
        let mut frame = None;
        let first = profile.whole_match_after("View complete answer on bees.example", &mut frame).unwrap();
        let kept = frame.unwrap();
        assert_eq!((kept.before, kept.behind), ("View complete answer on ", ""));
        let next = profile.rules[first.rule].matches_like("View complete answer on hives.example", kept);
        assert_eq!(next, Some(24..37));
        let spaced = profile.rules[first.rule].matches_like("View complete answer on hives .example", kept);
        assert_eq!(spaced, None);
    }

    #[test]
    fn built_in_profiles_compile_are_sorted_and_pass_their_examples() {
        let profiles = Profiles::built_in();
        let names: Vec<&str> = profiles.iter().map(Profile::name).collect();
        assert!(names.is_sorted());
        assert_eq!(names, BUILT_IN.map(|(name, _)| name));
        for (profile, (name, toml)) in profiles.iter().zip(BUILT_IN) {
            assert!(Profile::parse(toml, name).is_ok());
            assert_eq!(profile.test(), []);
        }
    }

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
    fn the_first_byte_rules_out_most_lines() {
        let profile = Profiles::built_in().list.remove(0);
        let rules = |text: &str| profile.starting[usize::from(text.as_bytes()[0])].len();
        assert_eq!(["Honey?", "Ümlaut", "quince"].map(rules).iter().max(), Some(&1));
        assert!(["45 related", "|", "Last"].map(rules).iter().all(|&rules| rules > 1));
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
