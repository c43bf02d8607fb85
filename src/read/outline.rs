//! A page, split: what entries are made of.

use std::borrow::Cow;

use url::Url;

use crate::answer;
use crate::clean;
use crate::id::{EntryId, hex};
use crate::language;
use crate::layout::{self, Asked};
use crate::markup::{self, Declared, Host};
use crate::page::{self, BlockKind, Document};
use crate::profile::{Profile, Profiles};
use crate::reconcile;
use crate::record::{Entry, Extractor, Flag, PageKind, Reject, RejectReason, SourceBasis};
use crate::source::{self, Source};
use crate::split::{self, Scope, Split};

/// A page, split but not yet cleaned. Its entries can be made one by one, in
/// any order.
#[derive(Debug)]
pub(crate) struct Outline<'a, 'p> {
    pub(super) document: Document<'a>,
    pub(crate) profile: &'p Profile,
    /// What markup declares.
    pub(crate) declared: Declared,
    /// What the text shows, without what is declared.
    pub(crate) split: Split,
    /// The page's address, and the source that it is.
    address: Option<(String, Option<Source<'static>>)>,
}

impl<'a, 'p> Outline<'a, 'p> {
    /// Splits a page by the profile whose rules match most of it. `address` is
    /// where it was found, if that is known.
    pub(crate) fn of(source: &'a str, kind: PageKind, address: Option<&str>, profiles: &'p Profiles) -> Self {
        let (document, mut declared) = match kind {
            PageKind::Text => (Document::of_text(source), Declared::default()),
            PageKind::Html => read_dom(source, address),
        };
        let (text, blocks) = (&document.text, &document.blocks);
        let profile = profiles.best(text, |profile| split::ruled_characters(text, blocks, profile));
        let mut split = match kind {
            PageKind::Text => split::split(text, blocks, profile, Scope::Text),
            PageKind::Html => split_html(&document, profile),
        };
        reconcile::merge(&mut declared, &mut split, text);
        let told = document.markup.as_ref().and_then(|markup| markup.address.as_ref()).map(Url::as_str);
        let address =
            address.filter(|address| Url::parse(address).is_ok_and(|url| page::is_web(&url))).or(told);
        let address =
            address.map(|address| (address.to_owned(), source::parse(address).map(Source::into_owned)));
        Self { document, profile, declared, split, address }
    }

    /// Entries found: those that are declared, then those that are only shown.
    pub(crate) fn len(&self) -> usize {
        self.declared.declarations.len() + self.split.entries.len()
    }

    /// The entry at `index`, cleaned; or, where cleaning leaves nothing of its
    /// question or answer, a reject.
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

    /// The same of one that is shown, borrowed of a text that is the document's.
    pub(super) fn entry_of<'b>(
        &self,
        text: &'b str,
        index: usize,
        page: &'b str,
    ) -> Result<(EntryId, Entry<'b>), Box<Reject>> {
        let raw = &self.split.entries[index - self.declared.declarations.len()];
        let question = &text[self.split.pieces[raw.question].body.clone()];
        let rendered = self.document.markup.is_some();
        let question = if rendered { clean::rendered(question) } else { clean::question(question) };
        let compose = |pieces: &[usize]| answer::compose(text, &self.document, &self.split.pieces, pieces);
        let (answer, detail) = (compose(&raw.answer), compose(&raw.detail));
        let ends = (raw.first, raw.last);
        if question.text.is_empty() {
            return Err(Box::new(self.reject(RejectReason::EmptyQuestion, &raw.answer, ends, page)));
        }
        if answer.text.is_empty() {
            return Err(Box::new(self.reject(RejectReason::EmptyAnswer, &[raw.question], ends, page)));
        }
        let cited = raw.source.as_ref().map(|span| &text[span.clone()]);
        let (source, source_basis) = self.source(cited);
        let flags = [
            (Flag::ElidedItems, answer.elided),
            (Flag::InvalidSource, cited.is_some() && source.is_none()),
            (Flag::MojibakeRepaired, question.mojibake_repaired || answer.mojibake_repaired),
            (Flag::NoSource, cited.is_none() && source.is_none()),
            (Flag::TruncatedAnswer, answer.truncated && !answer.elided),
        ];
        let (line_start, line_end) = self.lines(ends);
        let (domain, site) = source.map_or((None, None), |source| (Some(source.domain), source.site));
        let id = EntryId::of(&question.text, &answer.text, domain.as_deref());
        let markup = self.document.markup.as_ref();
        let declared = markup.and_then(|markup| markup.language.clone());
        let language = language::of_entry(declared, &question.text, &answer.text);
        let entry = Entry {
            id: hex(&id.0).into(),
            question: question.text,
            question_detail: Some(detail.text).filter(|detail| !detail.is_empty()),
            answer: answer.text,
            answer_kind: answer.kind,
            answer_role: None,
            votes: None,
            source_text: cited.map(Cow::Borrowed),
            source_basis,
            source_domain: domain,
            source_site: site,
            source_url: raw.source.as_ref().and_then(|source| markup?.cited_in(source)).map(Cow::Owned),
            section: raw.section,
            language,
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

    /// What a declared entry needs to know of the page.
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

    /// First and last line of what is between two pieces; HTML has none.
    fn lines(&self, (first, last): (usize, usize)) -> (Option<u32>, Option<u32>) {
        if self.document.markup.is_some() {
            return (None, None);
        }
        let (first, last) = (&self.split.pieces[first], &self.split.pieces[last]);
        let line =
            |block: usize, at: usize| Some(self.document.blocks[block].line_at(&self.document.text, at));
        (line(first.block, first.text.start), line(last.block, last.text.end))
    }

    /// What looked like an entry and is none.
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

/// What an HTML page shows, and what it declares.
fn read_dom(source: &str, address: Option<&str>) -> (Document<'static>, Declared) {
    let html = page::parse(source);
    let document = page::document(&html, address);
    let base = document.markup.as_ref().and_then(|markup| markup.base.as_ref());
    let declared = markup::read(&html, base, source.len());
    (document, declared)
}

/// Splits an HTML page: one of the profile's family by its phrases, any other by
/// its structure, and one without structure as a text copy would be.
fn split_html(document: &Document<'_>, profile: &Profile) -> Split {
    let (text, blocks) = (&document.text, &document.blocks);
    let split = split::split(text, blocks, profile, Scope::Family);
    if !split.entries.is_empty() || !split.rejects.is_empty() {
        return split;
    }
    if let Some(found) = layout::split(document, profile) {
        return found;
    }
    let headings = blocks.iter().filter(|block| block.kind == BlockKind::Heading).count();
    let mut split = split::split(text, blocks, profile, Scope::Collection);
    let is_other = headings >= MANY_HEADINGS
        || layout::sift(document, &mut split)
        || layout::is_article(&asked(&split, text));
    layout::nothing(document, profile).filter(|_| is_other).unwrap_or(split)
}

/// Headings of a page that has structure; if they ask, they were found by it.
const MANY_HEADINGS: usize = 4;

/// The questions and answers of a page that was read like a text copy.
fn asked<'t>(split: &Split, text: &'t str) -> Vec<Asked<'t>> {
    let body = |&piece: &usize| &text[split.pieces[piece].body.clone()];
    let asked = |entry: &split::RawEntry| Asked {
        question: body(&entry.question),
        answer: entry.answer.iter().map(body).collect(),
    };
    split.entries.iter().map(asked).collect()
}

/// Position of the entry at `index`: 1, 2, 3 …
pub(crate) fn position(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
