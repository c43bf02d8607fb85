//! An entry, field by field.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One question with its answer and source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry<'a> {
    /// 32 lower-case hex digits: see [`EntryId`](crate::id::EntryId).
    #[schemars(regex(pattern = r"^[0-9a-f]{32}$"))]
    pub id: Cow<'a, str>,
    /// The question, one line, cleaned.
    #[schemars(length(min = 1))]
    pub question: Cow<'a, str>,
    /// The question's body, where a page has one beside its title.
    pub question_detail: Option<Cow<'a, str>>,
    /// The answer as plain text: blocks parted by a blank line, list items as
    /// `- item` or `1. item` lines, nested ones two spaces deeper.
    #[schemars(length(min = 1))]
    pub answer: Cow<'a, str>,
    /// What the answer is made of.
    pub answer_kind: AnswerKind,
    /// `accepted` or `suggested`, where the page says so.
    pub answer_role: Option<AnswerRole>,
    /// The answer's votes, where the page says so.
    pub votes: Option<i64>,
    /// The source as the page writes it.
    pub source_text: Option<Cow<'a, str>>,
    /// The source's host: lower case, ASCII (IDNA), no `www.`, no port, no
    /// trailing dot. Null if it is not a valid one.
    pub source_domain: Option<Cow<'a, str>>,
    /// The host's registrable domain by the Public Suffix List.
    pub source_site: Option<Cow<'a, str>>,
    /// The cited link, where the page has one.
    pub source_url: Option<Cow<'a, str>>,
    /// Whether the entry itself names its source, or its page stands in.
    pub source_basis: Option<SourceBasis>,
    /// Before or after the page's count line; null on a page without one.
    pub section: Option<Section>,
    /// The language, as a BCP 47 tag.
    pub language: Option<Cow<'a, str>>,
    /// Name of the page: the input's path as the user named it.
    pub page: Cow<'a, str>,
    /// The page's own address, where it is known.
    pub page_url: Option<Cow<'a, str>>,
    /// 1, 2, 3 … among the entries found on the page, before duplicates went.
    #[schemars(range(min = 1))]
    pub position: u32,
    /// First line of the entry on a text page, 1-based.
    pub line_start: Option<u32>,
    /// Last line of the entry on a text page, attribution included.
    pub line_end: Option<u32>,
    /// What found the entry.
    pub extractor: Extractor,
    /// What a user may want to know of the entry; sorted, each once.
    pub flags: Vec<Flag>,
}

impl Entry<'_> {
    /// The same entry, with texts of its own.
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
    /// What an answer is made of.
    AnswerKind {
        /// Paragraphs.
        Text = "text",
        /// A list with at most one line before it and none after.
        List = "list",
        /// A table and nothing else.
        Table = "table",
        /// Code and nothing else.
        Code = "code",
        /// Anything else.
        Mixed = "mixed",
    }
}

wire_enum! {
    /// What the page says of an answer among several.
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
        /// The page's own host stands in.
        Page = "page",
    }
}

wire_enum! {
    /// The part of the page, told by its `N related questions found` line.
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
        /// The page's layout told it.
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
    /// Whether it reads markup, and not what the page shows.
    #[must_use]
    pub const fn is_markup(self) -> bool {
        matches!(self, Self::JsonLd | Self::Microdata | Self::Rdfa)
    }
}

wire_enum! {
    /// A remark about an entry. The list is closed.
    Flag {
        /// The page ends list items or text with ` ...`.
        ElidedItems = "elided_items",
        /// The source is cut off or no valid host.
        InvalidSource = "invalid_source",
        /// Text decoded with the wrong charset was repaired.
        MojibakeRepaired = "mojibake_repaired",
        /// The entry names no source.
        NoSource = "no_source",
        /// The page declares the entry, and shows neither its question nor its answer.
        NotVisible = "not_visible",
        /// The answer ends in mid-sentence.
        TruncatedAnswer = "truncated_answer",
    }
}

impl Flag {
    /// Those that are raised; they must be given in order.
    pub(crate) fn raised<const N: usize>(flags: [(Self, bool); N]) -> Vec<Self> {
        flags.into_iter().filter(|(_, raised)| *raised).map(|(flag, _)| flag).collect()
    }
}
