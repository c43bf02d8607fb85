//! Reads one page: text in; entries, rejects and segments out.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::answer;
use crate::clean;
use crate::id::{EntryId, hex};
use crate::page::{self, Block, BlockKind};
use crate::profile::{Profile, Profiles};
use crate::record::{
    Accounting, Entry, Extractor, Flag, PageFacts, Reject, RejectReason, SegmentClass, SourceBasis,
};
use crate::source;
use crate::split::{self, Split};

/// A page, read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// Name of the profile that read it.
    pub profile: &'a str,
    /// What the page says of itself.
    pub facts: PageFacts,
    /// The entries, in the order of the page.
    pub entries: Vec<Entry<'a>>,
    /// What looked like an entry and is none, in the order of the page.
    pub rejects: Vec<Reject>,
    /// Every character of the page, in order.
    pub segments: Vec<Segment<'a>>,
    /// The characters by class.
    pub accounting: Accounting,
}

/// A part of a page, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Place on the page, in bytes.
    pub span: Range<usize>,
    /// Line, 1-based.
    pub line: u32,
    /// What it is.
    pub class: SegmentClass,
    /// The rule of the profile that says so.
    pub rule: Option<&'a str>,
}

/// Reads a page's text. `name` is what its entries call the page.
///
/// ```
/// let page = "How long do bees live?\n\nA worker lives six weeks in summer.\n\n\
///     Takedown request | View complete answer on www.Bees.example\n";
/// let profiles = qasift::profile::Profiles::built_in();
/// let reading = qasift::read_page(page, "bees.txt", &profiles);
/// let entry = &reading.entries[0];
/// assert_eq!(entry.question, "How long do bees live?");
/// assert_eq!(entry.source_domain.as_deref(), Some("bees.example"));
/// assert_eq!((entry.line_start, entry.line_end), (Some(1), Some(5)));
/// assert_eq!(reading.accounting.total(), page.chars().count() as u64);
/// ```
#[must_use]
pub fn read_page<'a>(text: &'a str, name: &'a str, profiles: &'a Profiles) -> Reading<'a> {
    let outline = Outline::of(text, profiles);
    let mut entries = Vec::with_capacity(outline.len());
    let mut rejects = outline.rejects(name);
    for index in 0..outline.len() {
        match outline.entry(index, name) {
            Ok((_, entry)) => entries.push(entry),
            Err(reject) => rejects.push(*reject),
        }
    }
    rejects.sort_by_key(|reject| reject.line_start);
    Reading {
        profile: outline.profile.name(),
        entries,
        rejects,
        segments: outline.segments(),
        accounting: outline.accounting().0,
        facts: outline.split.facts,
    }
}

/// A page, split but not yet cleaned. Its entries can be made one by one, in
/// any order.
#[derive(Debug)]
pub(crate) struct Outline<'a> {
    text: &'a str,
    pub(crate) profile: &'a Profile,
    blocks: Vec<Block>,
    pub(crate) split: Split,
}

impl<'a> Outline<'a> {
    /// Splits a page by the profile whose rules match most of it.
    pub(crate) fn of(text: &'a str, profiles: &'a Profiles) -> Self {
        let blocks = page::blocks(text);
        let profile = profiles.best(|profile| split::ruled_characters(text, &blocks, profile));
        let split = split::split(text, &blocks, profile);
        Self { text, profile, blocks, split }
    }

    /// Entries found.
    pub(crate) fn len(&self) -> usize {
        self.split.entries.len()
    }

    /// The entry at `index`, cleaned; or, where cleaning leaves nothing of its
    /// question or answer, a reject.
    pub(crate) fn entry<'b>(&self, index: usize, page: &'b str) -> Result<(EntryId, Entry<'b>), Box<Reject>>
    where
        'a: 'b,
    {
        let raw = &self.split.entries[index];
        let question = clean::question(&self.text[self.split.pieces[raw.question].body.clone()]);
        let answer = answer::compose(self.text, &self.blocks, &self.split.pieces, &raw.answer);
        let ends = (raw.first, raw.last);
        if question.text.is_empty() {
            return Err(Box::new(self.reject(RejectReason::EmptyQuestion, &raw.answer, ends, page)));
        }
        if answer.text.is_empty() {
            return Err(Box::new(self.reject(RejectReason::EmptyAnswer, &[raw.question], ends, page)));
        }
        let cited = raw.source.as_ref().map(|span| &self.text[span.clone()]);
        let source = cited.and_then(source::parse);
        let mut flags = Vec::new();
        let mut flag = |flag, raised| {
            if raised {
                flags.push(flag);
            }
        };
        flag(Flag::ElidedItems, answer.elided);
        flag(Flag::InvalidSource, cited.is_some() && source.is_none());
        flag(Flag::MojibakeRepaired, question.mojibake_repaired || answer.mojibake_repaired);
        flag(Flag::NoSource, cited.is_none());
        flag(Flag::TruncatedAnswer, answer.truncated && !answer.elided);
        let (line_start, line_end) = raw.lines(&self.split.pieces, &self.blocks);
        let (domain, site) = source.map_or((None, None), |source| (Some(source.domain), source.site));
        let id = EntryId::of(&question.text, &answer.text, domain.as_deref());
        let entry = Entry {
            id: hex(&id.0).into(),
            question: question.text,
            question_detail: None,
            answer: answer.text,
            answer_kind: answer.kind,
            answer_role: None,
            votes: None,
            source_text: cited.map(Cow::Borrowed),
            source_basis: domain.is_some().then_some(SourceBasis::Cited),
            source_domain: domain,
            source_site: site,
            source_url: None,
            section: raw.section,
            language: None,
            page: Cow::Borrowed(page),
            page_url: None,
            position: position(index),
            line_start: Some(line_start),
            line_end: Some(line_end),
            extractor: if raw.attributed { Extractor::Attribution } else { Extractor::Layout },
            flags,
        };
        Ok((id, entry))
    }

    /// What looked like an entry and is none.
    pub(crate) fn rejects(&self, page: &str) -> Vec<Reject> {
        let rejects = self.split.rejects.iter();
        rejects.map(|raw| self.reject(raw.reason, &raw.pieces, (raw.first, raw.last), page)).collect()
    }

    fn reject(&self, reason: RejectReason, pieces: &[usize], ends: (usize, usize), page: &str) -> Reject {
        let line = |piece: usize| Some(self.blocks[self.split.pieces[piece].block].line);
        let texts: Vec<&str> =
            pieces.iter().map(|&piece| &self.text[self.split.pieces[piece].text.clone()]).collect();
        Reject::new(page, reason, (line(ends.0), line(ends.1)), &texts.join("\n"))
    }

    /// Every character of the page, in order.
    pub(crate) fn segments(&self) -> Vec<Segment<'a>> {
        let mut segments = Vec::with_capacity(self.blocks.len());
        self.each_segment(|span, line, class, rule| {
            let rule = rule.map(|rule| self.profile.rules()[rule].name());
            segments.push(Segment { span, line, class, rule });
        });
        segments
    }

    /// The characters by class, and by the rule that claimed them.
    pub(crate) fn accounting(&self) -> (Accounting, BTreeMap<String, u64>) {
        let mut accounting = Accounting::default();
        let mut by_rule = vec![0; self.profile.rules().len()];
        let ascii = self.text.is_ascii();
        self.each_segment(|span, _, class, rule| {
            let ascii = ascii || span.len() == 1;
            let characters = if ascii { span.len() } else { self.text[span].chars().count() } as u64;
            accounting.add(class, characters);
            if let Some(rule) = rule {
                by_rule[rule] += characters;
            }
        });
        let names = self.profile.rules().iter().map(|rule| rule.name().to_owned());
        (accounting, names.zip(by_rule).filter(|&(_, characters)| characters > 0).collect())
    }

    fn each_segment(&self, mut visit: impl FnMut(Range<usize>, u32, SegmentClass, Option<usize>)) {
        let mut pieces = self.split.pieces.iter().zip(&self.split.classes).peekable();
        for (index, block) in self.blocks.iter().enumerate() {
            if block.kind == BlockKind::Blank {
                visit(block.span.clone(), block.line, SegmentClass::Blank, None);
            }
            while let Some((piece, class)) = pieces.next_if(|(piece, _)| piece.block == index) {
                visit(piece.span.clone(), block.line, *class, piece.rule);
            }
        }
    }
}

/// Position of the entry at `index`: 1, 2, 3 …
pub(crate) fn position(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}
