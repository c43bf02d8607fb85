//! Makes entries, rejects and segments of the pieces and their roles.

use super::accept::Verdict;
use super::evidence::Unit;
use super::{Piece, Role, Span, facts};
use crate::profile::{Part, Profile, RuleClass};
use crate::record::{PageFacts, RejectReason, Section, SegmentClass};

/// A page, split.
#[derive(Debug)]
pub(crate) struct Split {
    pub(crate) pieces: Vec<Piece>,
    /// The class of each piece.
    pub(crate) classes: Vec<SegmentClass>,
    pub(crate) entries: Vec<RawEntry>,
    pub(crate) rejects: Vec<RawReject>,
    pub(crate) facts: PageFacts,
}

/// An entry as it stands on the page.
#[derive(Debug, Default)]
pub(crate) struct RawEntry {
    /// Index of the question's piece.
    pub(crate) question: usize,
    /// Indices of the pieces of its body, where it is a title.
    pub(crate) detail: Vec<usize>,
    /// Indices of the answer's pieces.
    pub(crate) answer: Vec<usize>,
    /// First and last piece, attribution included.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Whether an attribution belongs to it.
    pub(crate) attributed: bool,
    /// The source's place on the page.
    pub(crate) source: Option<Span>,
    pub(crate) section: Option<Section>,
}

/// What looked like an entry and is none.
#[derive(Debug)]
pub(crate) struct RawReject {
    pub(crate) reason: RejectReason,
    /// Indices of the pieces that are its text.
    pub(crate) pieces: Vec<usize>,
    /// First and last piece, rules' text included.
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// Makes entries, rejects and classes of the roles.
pub(super) fn assemble(
    page: &str,
    pieces: Vec<Piece>,
    units: &[Unit],
    roles: &[Role],
    verdict: Verdict,
    profile: &Profile,
) -> Split {
    let mut roles_of = vec![None; pieces.len()];
    for (unit, role) in units.iter().zip(roles) {
        roles_of[unit.piece] = Some(*role);
    }
    let mut maker = Maker::new(&pieces, profile);
    for (index, role) in roles_of.iter().enumerate() {
        match role {
            None if verdict == Verdict::Entries && pieces[index].is_label() => {
                maker.classes[index] = SegmentClass::Noise;
            }
            None => maker.rule(index),
            Some(role) => maker.text(index, *role),
        }
    }
    maker.finish();
    if verdict == Verdict::Stripped {
        maker.strip();
    }
    let Maker { classes, entries, rejects, .. } = maker;
    let mut facts = facts::facts(page, &pieces, profile);
    if facts.related_announced.is_some() {
        let related = entries.iter().filter(|entry| entry.section == Some(Section::Related)).count();
        facts.related_found = Some(related as u64);
    }
    Split { pieces, classes, entries, rejects, facts }
}

struct Maker<'a> {
    pieces: &'a [Piece],
    profile: &'a Profile,
    attribution_opens: bool,
    classes: Vec<SegmentClass>,
    entries: Vec<RawEntry>,
    rejects: Vec<RawReject>,
    /// The entry that is being read.
    open: Option<RawEntry>,
    /// Attributions that stand before their entry.
    pending: Vec<usize>,
    /// Text since the last boundary that no question stands before.
    orphans: Vec<usize>,
    section: Option<Section>,
}

impl<'a> Maker<'a> {
    fn new(pieces: &'a [Piece], profile: &'a Profile) -> Self {
        let counted = pieces
            .iter()
            .any(|piece| piece.rule.is_some_and(|rule| profile.rules()[rule].class == RuleClass::Count));
        Self {
            pieces,
            profile,
            attribution_opens: profile.opens_entry(Part::Attribution),
            classes: vec![SegmentClass::Other; pieces.len()],
            entries: Vec::new(),
            rejects: Vec::new(),
            open: None,
            pending: Vec::new(),
            orphans: Vec::new(),
            section: counted.then_some(Section::Main),
        }
    }

    fn text(&mut self, index: usize, role: Role) {
        match role {
            Role::Question => {
                self.finish();
                self.orphans.clear();
                let entry = RawEntry {
                    question: index,
                    first: index,
                    last: index,
                    section: self.section,
                    ..RawEntry::default()
                };
                self.open = Some(entry);
                for attribution in std::mem::take(&mut self.pending) {
                    self.attribute(attribution);
                }
                self.classes[index] = SegmentClass::Question;
            }
            Role::Answer => {
                if let Some(entry) = &mut self.open {
                    entry.answer.push(index);
                    entry.last = index;
                    self.classes[index] = SegmentClass::Answer;
                }
            }
            Role::Title => {
                self.finish();
                self.classes[index] = SegmentClass::Noise;
            }
            Role::Other => {
                self.finish();
                self.orphans.push(index);
            }
        }
    }

    fn rule(&mut self, index: usize) {
        let Some(rule) = self.pieces[index].rule.map(|rule| &self.profile.rules()[rule]) else { return };
        self.classes[index] = rule.segment_class();
        match rule.class {
            RuleClass::Attribution if self.attribution_opens => {
                if self.pending.is_empty() {
                    self.finish();
                }
                self.pending.push(index);
            }
            RuleClass::Attribution => self.attribute(index),
            RuleClass::Count => {
                self.finish();
                self.section = Some(Section::Related);
            }
            RuleClass::End if !self.pieces[index].inside => self.finish(),
            RuleClass::End | RuleClass::Header | RuleClass::Boilerplate => {}
        }
    }

    /// Gives an attribution to the open entry, or rejects what it closes.
    fn attribute(&mut self, index: usize) {
        let Some(entry) = &mut self.open else {
            if !self.orphans.is_empty() {
                self.reject_orphans(index);
            }
            return;
        };
        entry.attributed = true;
        entry.first = entry.first.min(index);
        entry.last = entry.last.max(index);
        if entry.source.is_none() {
            entry.source.clone_from(&self.pieces[index].source);
        }
    }

    fn reject_orphans(&mut self, attribution: usize) {
        let pieces = std::mem::take(&mut self.orphans);
        for &piece in &pieces {
            self.classes[piece] = SegmentClass::Reject;
        }
        let first = pieces[0];
        self.rejects.push(RawReject { reason: RejectReason::NoQuestion, pieces, first, last: attribution });
    }

    /// Closes the open entry.
    fn finish(&mut self) {
        let Some(entry) = self.open.take() else { return };
        if entry.answer.is_empty() {
            self.classes[entry.question] = SegmentClass::Reject;
            let RawEntry { question, first, last, .. } = entry;
            self.rejects.push(RawReject {
                reason: RejectReason::NoAnswer,
                pieces: vec![question],
                first,
                last,
            });
        } else {
            self.entries.push(entry);
        }
    }

    /// Makes one reject of all text of a page whose questions are gone.
    fn strip(&mut self) {
        let pieces: Vec<usize> =
            (0..self.pieces.len()).filter(|&index| self.pieces[index].rule.is_none()).collect();
        for &piece in &pieces {
            self.classes[piece] = SegmentClass::Reject;
        }
        let (first, last) = (0, self.pieces.len() - 1);
        self.rejects = vec![RawReject { reason: RejectReason::QuestionsStripped, pieces, first, last }];
    }
}
