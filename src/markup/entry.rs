//! What a page declares, as entries and rejects.

use std::borrow::Cow;

use url::Url;

use super::Declared;
use super::compose::Declaration;
use crate::id::EntryId;
use crate::language;
use crate::reconcile::Shown;
use crate::record::{Entry, Extractor, Flag, Reject, RejectReason, SourceBasis};
use crate::source::{self, Source};

/// What an entry needs to know of its page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Host<'a> {
    /// Name of the page.
    pub(crate) name: &'a str,
    pub(crate) url: Option<&'a str>,
    /// The source that the page itself is.
    pub(crate) source: Option<&'a Source<'a>>,
    pub(crate) language: Option<&'a Cow<'static, str>>,
}

impl Declaration {
    /// The entry at that position of its page.
    pub(crate) fn entry<'a>(&'a self, position: u32, host: Host<'a>) -> (EntryId, Entry<'a>) {
        let cited = self.cited();
        let source = cited.as_ref().map(|(source, _)| source).or(host.source);
        let basis = if cited.is_some() { SourceBasis::Cited } else { SourceBasis::Page };
        let domain = source.map(|source| source.domain.clone().into_owned());
        let site = source.and_then(|source| source.site.clone()).map(Cow::into_owned);
        let declared = self.language.as_ref().or(host.language).cloned();
        let id = EntryId::of(&self.question, &self.answer.text, domain.as_deref());
        let entry = Entry {
            id: id.to_string().into(),
            question: Cow::Borrowed(&self.question),
            question_detail: self.detail.as_deref().map(Cow::Borrowed),
            answer: Cow::Borrowed(&self.answer.text),
            answer_kind: self.answer.kind(),
            answer_role: self.role,
            votes: self.votes,
            source_text: cited.as_ref().map(|_| Cow::Borrowed(self.citation.as_deref().unwrap_or_default())),
            source_basis: domain.is_some().then_some(basis),
            flags: self.flags(domain.is_none()),
            source_domain: domain.map(Cow::Owned),
            source_site: site.map(Cow::Owned),
            source_url: cited.map(|(_, url)| Cow::Owned(url.into())),
            section: None,
            language: language::of_entry(declared, &self.question, &self.answer.text),
            page: Cow::Borrowed(host.name),
            page_url: host.url.map(Cow::Borrowed),
            position,
            line_start: None,
            line_end: None,
            extractor: self.extractor,
        };
        (id, entry)
    }

    /// The source that it cites, if its address names one.
    fn cited(&self) -> Option<(Source<'_>, Url)> {
        let citation = self.citation.as_deref()?;
        Some((source::parse(citation)?, Url::parse(citation).ok()?))
    }

    fn flags(&self, no_source: bool) -> Vec<Flag> {
        Flag::raised([
            (Flag::ElidedItems, self.answer.elided),
            (Flag::MojibakeRepaired, self.answer.mojibake_repaired),
            (Flag::NoSource, no_source),
            (Flag::NotVisible, self.shown == Shown::Nowhere),
            (Flag::TruncatedAnswer, self.answer.truncated && !self.answer.elided),
        ])
    }
}

impl Declared {
    /// What is declared, entries and others.
    pub(crate) fn len(&self) -> usize {
        self.declarations.len() + self.incomplete.len()
    }

    /// For each entry, the line that shows it.
    pub(crate) fn lines(&self) -> impl Iterator<Item = Option<u32>> {
        self.declarations.iter().map(|declaration| match declaration.shown {
            Shown::At(line) => Some(line),
            Shown::Nowhere | Shown::Unknown => None,
        })
    }

    /// What is declared and no entry, and what can't be read.
    pub(crate) fn rejects<'m>(&'m self, page: &'m str) -> impl Iterator<Item = Reject> + 'm {
        let incomplete = self.incomplete.iter().map(move |incomplete| Reject {
            extractor: Some(incomplete.extractor),
            ..Reject::new(page, incomplete.reason, (None, None), &incomplete.text)
        });
        let unreadable = self.unreadable.iter().map(move |part| Reject {
            extractor: Some(Extractor::JsonLd),
            detail: format!(
                "block `{}` of JSON-LD cannot be read from its line `{}` on",
                part.block, part.line
            ),
            ..Reject::new(page, RejectReason::UnreadableMarkup, (None, None), &part.text)
        });
        incomplete.chain(unreadable)
    }
}
