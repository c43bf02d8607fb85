//! The structure of a profile's TOML file.

use serde::Deserialize;
use toml::Spanned;

/// The rules of one family of pages.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProfileFile {
    pub(super) name: Spanned<String>,
    pub(super) description: String,
    /// The language of its phrases, as a BCP 47 tag.
    pub(super) language: Option<Spanned<String>>,
    pub(super) order: Spanned<Vec<Part>>,
    pub(super) question: QuestionWords,
    #[serde(default)]
    pub(super) title: TitleWords,
    #[serde(default)]
    pub(super) date: DateWords,
    #[serde(default)]
    pub(super) rule: Vec<RuleFile>,
}

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Part {
    Question,
    Header,
    Answer,
    Attribution,
}

/// Words by which a question is recognised.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionWords {
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) auxiliaries: Vec<String>,
    #[serde(default)]
    pub(super) weak_openers: Vec<String>,
    #[serde(default)]
    pub(super) prepositions: Vec<String>,
    #[serde(default)]
    pub(super) subjects: Vec<String>,
    #[serde(default)]
    pub(super) plural_openers: Vec<String>,
    #[serde(default)]
    pub(super) plurals: Vec<String>,
    #[serde(default)]
    pub(super) leaning: Vec<String>,
    #[serde(default)]
    pub(super) connectives: Vec<String>,
    #[serde(default)]
    pub(super) labels: Vec<String>,
    #[serde(default)]
    pub(super) answer_labels: Vec<String>,
}

/// Words by which a video's title is recognised.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TitleWords {
    #[serde(default)]
    pub(super) openers: Vec<String>,
}

/// Words of dates.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DateWords {
    #[serde(default)]
    pub(super) months: Vec<String>,
}

/// What the text of a rule means for an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RuleClass {
    /// Names the source.
    Attribution,
    /// Follows a question: who asked, when, the score.
    Header,
    /// Announces the related questions.
    Count,
    /// Is dropped.
    Boilerplate,
    /// Is dropped, and ends the entry before it.
    End,
}

/// One phrase of the family.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) name: String,
    pub(super) class: RuleClass,
    #[serde(default)]
    pub(super) glued: bool,
    pub(super) pattern: Spanned<String>,
    #[serde(default)]
    pub(super) matches: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) misses: Vec<Spanned<String>>,
}
