//! Turns questions and answers into pieces and entries.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Page, Pair, VOCABULARY, row};
use crate::page::BlockKind;
use crate::profile::{Profile, RuleClass};
use crate::record::{PageFacts, RejectReason, SegmentClass};
use crate::split::{Piece, RawEntry, RawReject, Split};

/// Makes a page's pieces, each with its class, and its entries.
pub(super) fn assemble(page: &Page<'_>, pairs: &[Pair], profile: &Profile) -> Split {
    let mut maker =
        Maker { page, profile, pieces: Vec::new(), classes: Vec::new(), of_line: FxHashMap::default() };
    let cuts: FxHashMap<usize, &Pair> = pairs.iter().map(|pair| (pair.line, pair)).collect();
    for line in 0..page.blocks.len() {
        match cuts.get(&line) {
            _ if !page.shows(line) => {}
            Some(pair) => maker.question(line, pair),
            None => maker.push(line, page.blocks[line].span.clone(), page.blocks[line].body.clone()),
        }
    }
    let (mut entries, mut rejects) = (Vec::new(), Vec::new());
    for pair in pairs {
        let Some(&question) = maker.of_line.get(&pair.line) else { continue };
        if maker.pieces[question].rule.is_some() {
            continue;
        }
        let answer = maker.answer(question, pair);
        let (first, last) = (question, answer.last().copied().unwrap_or(question));
        if answer.is_empty() {
            maker.claim(question, SegmentClass::Reject);
            rejects.push(RawReject { reason: RejectReason::NoAnswer, pieces: vec![question], first, last });
            continue;
        }
        maker.claim(question, SegmentClass::Question);
        for &piece in &answer {
            maker.claim(piece, SegmentClass::Answer);
        }
        let detail = maker.detail(pair);
        entries.push(RawEntry { question, detail, answer, first, last, ..RawEntry::default() });
    }
    let Maker { pieces, classes, .. } = maker;
    Split { pieces, classes, entries, rejects, facts: PageFacts::default() }
}

struct Maker<'a, 'p> {
    page: &'a Page<'p>,
    profile: &'a Profile,
    pieces: Vec<Piece>,
    classes: Vec<SegmentClass>,
    /// The first piece of each line.
    of_line: FxHashMap<usize, usize>,
}

impl Maker<'_, '_> {
    fn push(&mut self, line: usize, span: Range<usize>, body: Range<usize>) {
        let block = &self.page.blocks[line];
        let text = if span == block.span { block.text.clone() } else { body.clone() };
        self.of_line.entry(line).or_insert(self.pieces.len());
        let rule = self.rule_of(&body);
        let class = rule.map_or(SegmentClass::Other, |rule| self.profile.rules()[rule].segment_class());
        self.pieces.push(Piece { rule, ..Piece::of_text(line, span, text, body) });
        self.classes.push(class);
    }

    /// Takes a piece for what it is, whatever rule matches it.
    fn claim(&mut self, piece: usize, class: SegmentClass) {
        self.classes[piece] = class;
        self.pieces[piece].rule = None;
    }

    /// A question's line, and what is beside it.
    fn question(&mut self, line: usize, pair: &Pair) {
        let span = self.page.blocks[line].span.clone();
        let Some(beside) = &pair.beside else { return self.push(line, span, pair.question.clone()) };
        self.push(line, span.start..beside.start, pair.question.clone());
        self.push(line, beside.start..span.end, beside.clone());
    }

    /// The pieces of the question's body.
    fn detail(&mut self, pair: &Pair) -> Vec<usize> {
        let pieces = pair.detail.iter().filter_map(|line| self.of_line.get(line).copied());
        let pieces: Vec<usize> = pieces.filter(|&piece| self.pieces[piece].rule.is_none()).collect();
        for &piece in &pieces {
            self.claim(piece, SegmentClass::Question);
        }
        pieces
    }

    /// The pieces of an answer, without what a rule drops; the label before its
    /// first line comes off.
    fn answer(&mut self, question: usize, pair: &Pair) -> Vec<usize> {
        let beside = pair.beside.is_some().then_some(question + 1);
        let lines = pair.answer.iter().filter_map(|line| self.of_line.get(line).copied());
        let mut answer: Vec<usize> = beside.into_iter().chain(lines).collect();
        answer.retain(|&piece| self.classes[piece] != SegmentClass::Attribution);
        let is_ruled = |&piece: &usize| self.pieces[piece].rule.is_some();
        let is_item = |&piece: &usize| self.page.blocks[self.pieces[piece].block].kind == BlockKind::Item;
        // `Log in`, as a step among others or as all that is answered, is no site's furniture.
        let has_items = answer.iter().any(|piece| is_item(piece) && !is_ruled(piece));
        if !answer.iter().all(is_ruled) {
            answer.retain(|piece| !is_ruled(piece) || (has_items && is_item(piece)));
        }
        if let Some(piece) = answer.first().and_then(|&first| self.pieces.get_mut(first))
            && self.page.blocks[piece.block].kind != BlockKind::Item
        {
            piece.body.start += pair.label;
            let text = &self.page.text[piece.body.clone()];
            piece.body.start += VOCABULARY.answer_mark(text).or_else(|| row::answer_label(text)).unwrap_or(0);
            piece.text.start = piece.text.start.max(piece.body.start);
        }
        if let Some(piece) = answer.last().and_then(|&last| self.pieces.get_mut(last))
            && let Some((line, length)) = pair.tail
            && piece.block == line
        {
            piece.body.end = (piece.body.end - length).max(piece.body.start);
            piece.text.end = piece.text.end.min(piece.body.end);
        }
        if self.is_attribution(answer.first()) {
            answer.remove(0);
        }
        answer
    }

    /// Whether what is left of a piece, without its label, is an attribution.
    fn is_attribution(&self, piece: Option<&usize>) -> bool {
        let rule = piece.and_then(|&piece| self.rule_of(&self.pieces[piece].body));
        rule.is_some_and(|rule| self.profile.rules()[rule].class == RuleClass::Attribution)
    }

    /// The rule that matches a text.
    fn rule_of(&self, body: &Range<usize>) -> Option<usize> {
        let shown = self.page.text[body.clone()].trim();
        let found = self.profile.whole_match(shown).or_else(|| self.profile.unclean_match(shown));
        found.map(|found| found.rule)
    }
}
