//! An entry, field by field.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One question with its answer and source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry<'a> {
    /// The entry's id, 32 lower-case hex digits: see [`EntryId`](crate::id::EntryId).
    #[schemars(regex(pattern = r"^[0-9a-f]{32}$"))]
    pub id: Cow<'a, str>,
    /// The question: one line of cleaned text.
    #[schemars(length(min = 1))]
    pub question: Cow<'a, str>,
    /// The question's body, if the page has one besides its title.
    pub question_detail: Option<Cow<'a, str>>,
    /// The answer as plain text: blocks are separated by a blank line, and list items
    /// are lines that begin with `- ` or `1. `, nested ones indented by two more spaces.
    #[schemars(length(min = 1))]
    pub answer: Cow<'a, str>,
    /// What the answer consists of.
    pub answer_kind: AnswerKind,
    /// `accepted` or `suggested`, if the page says so.
    pub answer_role: Option<AnswerRole>,
    /// The answer's votes, if the page gives them.
    pub votes: Option<i64>,
    /// The source as the page writes it.
    pub source_text: Option<Cow<'a, str>>,
    /// The source's host: lower case, ASCII (IDNA), no `www.`, no port, no
    /// trailing dot. Null if it is not a valid host.
    pub source_domain: Option<Cow<'a, str>>,
    /// The host's registrable domain according to the Public Suffix List.
    pub source_site: Option<Cow<'a, str>>,
    /// The cited link, if the page has one.
    pub source_url: Option<Cow<'a, str>>,
    /// Whether the entry names its source, or the page's own host is used instead.
    pub source_basis: Option<SourceBasis>,
    /// Whether the entry is before or after the page's count line; null on a page without one.
    pub section: Option<Section>,
    /// The language, as a BCP 47 tag.
    pub language: Option<Cow<'a, str>>,
    /// Name of the page: the input's path as the user named it.
    pub page: Cow<'a, str>,
    /// The page's own address, if known.
    pub page_url: Option<Cow<'a, str>>,
    /// 1, 2, 3 … among the entries found on the page, counted before duplicates are removed.
    #[schemars(range(min = 1))]
    pub position: u32,
    /// First line of the entry on a text page, 1-based.
    pub line_start: Option<u32>,
    /// Last line of the entry on a text page, including the attribution.
    pub line_end: Option<u32>,
    /// What found the entry.
    pub extractor: Extractor,
    /// Remarks about the entry, sorted and unique.
    pub flags: Vec<Flag>,
}

impl Entry<'_> {
    /// The same entry with owned texts.
    #[must_use]
    pub fn into_owned(self) -> Entry<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        Entry {
            id: own(self.id),
            question: own(self.question),
            question_detail: self.question_detail.map(own),
            answer: own(self.answer),
            answer_kind: self.answer_kind,
            answer_role: self.answer_role,
            votes: self.votes,
            source_text: self.source_text.map(own),
            source_domain: self.source_domain.map(own),
            source_site: self.source_site.map(own),
            source_url: self.source_url.map(own),
            source_basis: self.source_basis,
            section: self.section,
            language: self.language.map(own),
            page: own(self.page),
            page_url: self.page_url.map(own),
            position: self.position,
            line_start: self.line_start,
            line_end: self.line_end,
            extractor: self.extractor,
            flags: self.flags,
        }
    }
}

/// Names of an entry's fields, in the order of every format.
pub const ENTRY_FIELDS: [&str; 21] = [
    "id",
    "question",
    "question_detail",
    "answer",
    "answer_kind",
    "answer_role",
    "votes",
    "source_text",
    "source_domain",
    "source_site",
    "source_url",
    "source_basis",
    "section",
    "language",
    "page",
    "page_url",
    "position",
    "line_start",
    "line_end",
    "extractor",
    "flags",
];

wire_enum! {
    /// What an answer consists of.
    AnswerKind {
        /// Paragraphs.
        Text = "text",
        /// A list with at most one line before it and none after.
        List = "list",
        /// A table only.
        Table = "table",
        /// Code only.
        Code = "code",
        /// Anything else.
        Mixed = "mixed",
    }
}

wire_enum! {
    /// What the page says about one answer among several.
    AnswerRole {
        /// The accepted answer.
        Accepted = "accepted",
        /// One of the others.
        Suggested = "suggested",
    }
}

wire_enum! {
    /// How the source is known.
    SourceBasis {
        /// The entry names it.
        Cited = "cited",
        /// The page's own host is used instead.
        Page = "page",
    }
}

wire_enum! {
    /// The part of the page, which its `N related questions found` line divides.
    Section {
        /// Before the line.
        Main = "main",
        /// After it.
        Related = "related",
    }
}

wire_enum! {
    /// What found an entry.
    Extractor {
        /// An attribution line closed it.
        Attribution = "attribution",
        /// It was recognised by the page's layout.
        Layout = "layout",
        /// A JSON-LD block declared it.
        JsonLd = "json-ld",
        /// Microdata declared it.
        Microdata = "microdata",
        /// `RDFa` declared it.
        Rdfa = "rdfa",
    }
}

impl Extractor {
    /// Whether it reads markup rather than what the page shows.
    #[must_use]
    pub const fn is_markup(self) -> bool {
        matches!(self, Self::JsonLd | Self::Microdata | Self::Rdfa)
    }
}

wire_enum! {
    /// A remark about an entry. The list is closed.
    Flag {
        /// The site cut list items or text short with ` ...`.
        ElidedItems = "elided_items",
        /// The source is truncated or not a valid host.
        InvalidSource = "invalid_source",
        /// Text that was decoded with the wrong charset has been repaired.
        MojibakeRepaired = "mojibake_repaired",
        /// The entry names no source.
        NoSource = "no_source",
        /// Markup declares the entry, but the page shows neither its question nor its answer.
        NotVisible = "not_visible",
        /// The answer ends in mid-sentence.
        TruncatedAnswer = "truncated_answer",
    }
}

impl Flag {
    /// The flags that are raised. They must be given in order.
    pub(crate) fn raised<const N: usize>(flags: [(Self, bool); N]) -> Vec<Self> {
        flags.into_iter().filter(|(_, raised)| *raised).map(|(flag, _)| flag).collect()
    }
}
