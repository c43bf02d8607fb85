//! How pages spell schema.org, and the few of its terms that matter here.
//!
//! A term is known by its name once its vocabulary is: by a full address, by a
//! prefix, or bare under the page's default vocabulary. If a page names no
//! vocabulary, a bare term is taken to be one of schema.org: no other vocabulary
//! has `acceptedAnswer`.

use std::collections::BTreeMap;

/// A class that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Question,
    Answer,
    Other,
}

/// A property that matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    Name,
    Headline,
    Text,
    Description,
    AcceptedAnswer,
    SuggestedAnswer,
    ParentItem,
    UpvoteCount,
    InLanguage,
    Citation,
    IsBasedOn,
    Url,
    /// Any other: what it holds may still hold a question.
    Other,
}

impl Class {
    /// By the name inside the vocabulary.
    pub(super) fn of(name: &str) -> Self {
        let is = |class: &str| name.eq_ignore_ascii_case(class);
        match () {
            () if is("Question") => Self::Question,
            () if is("Answer") => Self::Answer,
            () => Self::Other,
        }
    }
}

const PROPERTIES: [(&str, Property); 13] = [
    ("name", Property::Name),
    ("headline", Property::Headline),
    ("text", Property::Text),
    ("description", Property::Description),
    ("acceptedAnswer", Property::AcceptedAnswer),
    ("suggestedAnswer", Property::SuggestedAnswer),
    ("parentItem", Property::ParentItem),
    ("upvoteCount", Property::UpvoteCount),
    ("inLanguage", Property::InLanguage),
    ("citation", Property::Citation),
    ("isBasedOn", Property::IsBasedOn),
    ("isBasedOnUrl", Property::IsBasedOn),
    ("url", Property::Url),
];

impl Property {
    /// By the name inside the vocabulary.
    pub(super) fn of(name: &str) -> Self {
        let known = PROPERTIES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map_or(Self::Other, |&(_, property)| property)
    }

    /// Whether its value is a text: of a link, then, what it says and not where it leads.
    pub(super) const fn is_text(self) -> bool {
        matches!(self, Self::Name | Self::Headline | Self::Text | Self::Description | Self::UpvoteCount)
    }
}

/// The name inside schema.org of a full address: `http://schema.org/Question`,
/// `https://www.schema.org/Question/`, `//schema.org#Question`, also of a hosted
/// extension, such as `https://pending.schema.org/Question`. Empty for the
/// vocabulary itself; `None` for any other address.
pub(super) fn name_in_schema(address: &str) -> Option<&str> {
    let address = address.trim();
    let without_scheme = strip_prefix(address, "https").or_else(|| strip_prefix(address, "http"));
    let rest = without_scheme.unwrap_or(address).trim_start_matches([':', '/', ' ']);
    let end = rest.find(['/', '#', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.trim_end_matches('.');
    let sub = host.len().checked_sub(HOST.len())?;
    let is_schema = host.get(sub..)?.eq_ignore_ascii_case(HOST) && (sub == 0 || host[..sub].ends_with('.'));
    is_schema.then(|| path.trim_matches(['/', '#', '?']))
}

const HOST: &str = "schema.org";

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    text.get(..prefix.len())?.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// Terms that one vocabulary can define; a page that needs more is none.
const MAX_TERMS: usize = 1000;

/// What a bare term belongs to, and what a prefix stands for.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    /// Whether bare terms belong to another vocabulary.
    foreign: bool,
    /// Prefixes and terms of the page's own, in lower case, with what they stand for.
    terms: BTreeMap<String, String>,
}

impl Vocabulary {
    /// Makes the vocabulary of that address the default.
    pub(super) fn set_default(&mut self, address: &str) {
        self.foreign = name_in_schema(address).is_none();
    }

    /// Gives a prefix or a term its meaning.
    pub(super) fn define(&mut self, term: &str, meaning: &str) {
        if self.terms.len() < MAX_TERMS {
            self.terms.insert(term.to_ascii_lowercase(), meaning.trim().to_owned());
        }
    }

    /// What a term was defined to be.
    pub(super) fn defined(&self, term: &str) -> Option<&str> {
        if self.terms.is_empty() {
            return None;
        }
        self.terms.get(&term.to_ascii_lowercase()).map(String::as_str)
    }

    /// The name inside schema.org of a term; `None` if it belongs to another vocabulary.
    pub(super) fn name<'a>(&'a self, term: &'a str) -> Option<&'a str> {
        // What a term stands for may have a prefix, but is not a term of the page's own again.
        let term = self.defined(term.trim()).unwrap_or(term.trim());
        if let Some(name) = name_in_schema(term) {
            return Some(name);
        }
        match term.split_once(':') {
            Some((prefix, local)) => self.is_schema_prefix(prefix).then_some(local),
            None => (!self.foreign).then_some(term),
        }
    }

    /// `schema:` needs no definition: the initial context of `RDFa` 1.1 has it.
    fn is_schema_prefix(&self, prefix: &str) -> bool {
        match self.defined(prefix) {
            Some(meaning) => name_in_schema(meaning) == Some(""),
            None => prefix.eq_ignore_ascii_case("schema"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_goes_by_many_addresses() {
        for address in [
            "http://schema.org/Question",
            "https://schema.org/Question",
            "HTTPS://Schema.Org/Question",
            "http://www.schema.org/Question",
            "https://schema.org/Question/",
            "https://schema.org#Question",
            "//schema.org/Question",
            "schema.org/Question",
            "http:/schema.org/Question",
            " https://schema.org//Question ",
            "https://pending.schema.org/Question",
        ] {
            assert_eq!(name_in_schema(address), Some("Question"), "{address}");
        }
        for address in ["http://schema.org", "http://schema.org/", "schema.org", "https://schema.org/#"] {
            assert_eq!(name_in_schema(address), Some(""), "{address}");
        }
        for address in
            ["", "Question", "http://schema.org.example/Question", "https://notschema.org/", "ü.org"]
        {
            assert_eq!(name_in_schema(address), None, "{address}");
        }
    }

    #[test]
    fn terms_go_by_prefix_and_default() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.define("s", "https://schema.org/");
        vocabulary.define("frage", "s:Question");
        vocabulary.define("as", "https://other.example/ns#");
        for term in ["Question", "s:Question", "schema:Question", "Frage", "https://schema.org/Question"] {
            assert_eq!(vocabulary.name(term), Some("Question"), "{term}");
        }
        assert_eq!(vocabulary.name("as:Question"), None);
        assert_eq!(vocabulary.name("unknown:Question"), None);
        vocabulary.set_default("https://other.example/ns#");
        assert_eq!(vocabulary.name("Question"), None);
        assert_eq!(vocabulary.name("s:Question"), Some("Question"));
    }

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(Class::of("question"), Class::Question);
        assert_eq!(Class::of("Questions"), Class::Other);
        assert_eq!(Property::of("acceptedanswer"), Property::AcceptedAnswer);
        assert_eq!(Property::of("answer"), Property::Other);
    }
}
