//! A page that is split into entries, which are not cleaned yet.

use std::borrow::Cow;
use std::ops::Range;

use url::Url;

use super::html;
use crate::answer::{self, Answer};
use crate::clean::{self, Cleaned};
use crate::id::{EntryId, hex};
use crate::language;
use crate::markup::{Declared, Host};
use crate::page::{self, Document};
use crate::profile::{Profile, Profiles};
use crate::reconcile;
use crate::record::{Entry, Extractor, Flag, PageKind, Reject, RejectReason, SourceBasis};
use crate::source::{self, Source};
use crate::split::{self, RawEntry, Scope, Split};

/// A page that is split but not cleaned yet. Its entries can be made one by one, in any
/// order.
#[derive(Debug)]
pub(crate) struct Outline<'a, 'p> {
    pub(super) document: Document<'a>,
    pub(crate) profile: &'p Profile,
    /// What markup declares.
    pub(crate) declared: Declared,
    /// What the page shows, without what is declared.
    pub(crate) split: Split,
    /// The page's address, and the source that it names.
    address: Option<(String, Option<Source<'static>>)>,
}

impl<'a, 'p> Outline<'a, 'p> {
    /// Splits a page with the profile whose rules match most of it. `address` is where it
    /// was found, if that is known.
    pub(crate) fn of(source: &'a str, kind: PageKind, address: Option<&str>, profiles: &'p Profiles) -> Self {
        let (mut document, mut declared) = match kind {
            PageKind::Text => (Document::of_text(source), Declared::default()),
            PageKind::Html => html::read(source, address),
        };
        let ruled = |profile: &Profile| split::ruled_characters(&document.text, &document.blocks, profile);
        let profile = profiles.best(&document.text, ruled);
        if kind == PageKind::Text {
            document.end_code(|line| profile.is_attribution(line));
        }
        let (text, blocks) = (&document.text, &document.blocks);
        let mut split = match kind {
            PageKind::Text => split::split(text, blocks, profile, Scope::Text),
            PageKind::Html => html::split(&document, profile),
        };
        reconcile::merge(&mut declared, &mut split, text);
        let stated = document.markup.as_ref().and_then(|markup| markup.address.as_ref()).map(Url::as_str);
        let address =
            address.filter(|address| Url::parse(address).is_ok_and(|url| page::is_web(&url))).or(stated);
        let address = address.map(|address| (address.to_owned(), source::of_address(address)));
        Self { document, profile, declared, split, address }
    }

    /// The number of entries found: those that are declared, then those that are only shown.
    pub(crate) fn len(&self) -> usize {
        self.declared.declarations.len() + self.split.entries.len()
    }

    /// The entry at `index`, cleaned; or a reject, if cleaning leaves nothing of its
    /// question or answer.
    pub(crate) fn entry<'b>(
        &'b self,
        index: usize,
        page: &'b str,
    ) -> Result<(EntryId, Entry<'b>), Box<Reject>> {
        match self.declared.declarations.get(index) {
            Some(declaration) => Ok(declaration.entry(position(index), self.host(page))),
            None => self.entry_of(&self.document.text, index, page),
        }
    }

    /// The same for an entry that is shown. It borrows from `text`, which must be the
    /// document's.
    pub(super) fn entry_of<'b>(
        &self,
        text: &'b str,
        index: usize,
        page: &'b str,
    ) -> Result<(EntryId, Entry<'b>), Box<Reject>> {
        let raw = &self.split.entries[index - self.declared.declarations.len()];
        let (question, answer, detail) = self.texts(text, raw, page)?;
        let cited = raw.source.as_ref().map(|span| &text[span.clone()]);
        let (source, source_basis) = self.source(cited);
        let flags = [
            (Flag::ElidedItems, answer.elided),
            (Flag::InvalidSource, cited.is_some() && source.is_none()),
            (Flag::MojibakeRepaired, question.mojibake_repaired || answer.mojibake_repaired),
            (Flag::NoSource, cited.is_none() && source.is_none()),
            (Flag::TruncatedAnswer, answer.truncated && !answer.elided),
        ];
        let (line_start, line_end) = self.lines((raw.first, raw.last));
        let (domain, site) = source.map_or((None, None), |source| (Some(source.domain), source.site));
        let id = EntryId::of(&question.text, &answer.text, domain.as_deref());
        let entry = Entry {
            id: hex(&id.0).into(),
            language: self.language(&question.text, &answer.text),
            question: question.text,
            question_detail: Some(detail.text).filter(|detail| !detail.is_empty()),
            answer_kind: answer.kind(),
            answer: answer.text,
            answer_role: None,
            votes: None,
            source_text: cited.map(Cow::Borrowed),
            source_basis,
            source_domain: domain,
            source_site: site,
            source_url: raw.source.as_ref().and_then(|source| self.cited_url(source)).map(Cow::Owned),
            section: raw.section,
            page: Cow::Borrowed(page),
            page_url: self.address.as_ref().map(|(address, _)| Cow::Owned(address.clone())),
            position: position(index),
            line_start,
            line_end,
            extractor: if raw.attributed { Extractor::Attribution } else { Extractor::Layout },
            flags: Flag::raised(flags),
        };
        Ok((id, entry))
    }

    /// The cleaned question, answer and detail of an entry; or a reject, if nothing is
    /// left of question or answer.
    fn texts<'b>(
        &self,
        text: &'b str,
        raw: &RawEntry,
        page: &str,
    ) -> Result<(Cleaned<'b>, Answer<'b>, Answer<'b>), Box<Reject>> {
        let question = &text[self.split.pieces[raw.question].body.clone()];
        let rendered = self.document.markup.is_some();
        let question = if rendered { clean::rendered(question) } else { clean::question(question) };
        let compose = |pieces: &[usize]| answer::compose(text, &self.document, &self.split.pieces, pieces);
        let (answer, detail) = (compose(&raw.answer), compose(&raw.detail));
        let reject =
            |reason, rest: &[usize]| Err(Box::new(self.reject(reason, rest, (raw.first, raw.last), page)));
        if question.text.is_empty() {
            return reject(RejectReason::EmptyQuestion, &raw.answer);
        }
        if answer.text.is_empty() {
            return reject(RejectReason::EmptyAnswer, &[raw.question]);
        }
        Ok((question, answer, detail))
    }

    /// The language that the page declares, else the one detected from an entry's texts.
    fn language(&self, question: &str, answer: &str) -> Option<Cow<'static, str>> {
        let declared = self.document.markup.as_ref().and_then(|markup| markup.language.clone());
        language::of_entry(declared, question, answer)
    }

    /// The address that the link of a source leads to.
    fn cited_url(&self, source: &Range<usize>) -> Option<String> {
        self.document.markup.as_ref()?.cited_in(source)
    }

    /// What a declared entry needs to know about the page.
    fn host<'b>(&'b self, name: &'b str) -> Host<'b> {
        let markup = self.document.markup.as_ref();
        Host {
            name,
            url: self.address.as_ref().map(|(address, _)| address.as_str()),
            source: self.address.as_ref().and_then(|(_, source)| source.as_ref()),
            language: markup.and_then(|markup| markup.language.as_ref()),
        }
    }

    /// The source that an entry cites, else the page itself.
    fn source<'b>(&self, cited: Option<&'b str>) -> (Option<Source<'b>>, Option<SourceBasis>) {
        let (source, basis) = match (cited, &self.address) {
            (Some(cited), _) => (source::parse(cited), SourceBasis::Cited),
            (None, Some((_, page))) => (page.clone(), SourceBasis::Page),
            (None, None) => (None, SourceBasis::Page),
        };
        let basis = source.is_some().then_some(basis);
        (source, basis)
    }

    /// The line of the first and that of the last of two pieces; HTML has no lines.
    fn lines(&self, (first, last): (usize, usize)) -> (Option<u32>, Option<u32>) {
        if self.document.markup.is_some() {
            return (None, None);
        }
        let (first, last) = (&self.split.pieces[first], &self.split.pieces[last]);
        let line =
            |block: usize, at: usize| Some(self.document.blocks[block].line_at(&self.document.text, at));
        (line(first.block, first.text.start), line(last.block, last.text.end))
    }

    /// What looked like an entry but is not one.
    pub(crate) fn rejects(&self, page: &str) -> Vec<Reject> {
        let shown = self.split.rejects.iter();
        let shown = shown.map(|raw| self.reject(raw.reason, &raw.pieces, (raw.first, raw.last), page));
        self.declared.rejects(page).chain(shown).collect()
    }

    fn reject(&self, reason: RejectReason, pieces: &[usize], ends: (usize, usize), page: &str) -> Reject {
        let texts: Vec<&str> =
            pieces.iter().map(|&piece| &self.document.text[self.split.pieces[piece].text.clone()]).collect();
        Reject::new(page, reason, self.lines(ends), &texts.join("\n"))
    }
}

/// The position of the entry at `index`: 1, 2, 3 …
pub(crate) fn position(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
