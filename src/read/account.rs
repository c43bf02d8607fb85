//! Accounts for a page: what each of its characters is, and which rule says so.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Outline, Segment};
use crate::bytes;
use crate::page::{BlockKind, Furniture};
use crate::profile::Rule;
use crate::record::{Accounting, SegmentClass};

/// What a segment is claimed by.
#[derive(Debug, Clone, Copy)]
enum Claim {
    /// A rule of the profile, by its index.
    Rule(usize),
    Furniture(Furniture),
}

impl<'p> Outline<'_, 'p> {
    /// The segments of the page, in order, which together are all of its text.
    pub(super) fn segments(&self) -> Vec<Segment<'p>> {
        let mut segments = Vec::with_capacity(self.document.blocks.len());
        self.each_segment(|span, line, class, claim| {
            segments.push(Segment { span, line, class, rule: claim.map(|claim| self.claim_name(claim)) });
        });
        segments
    }

    fn claim_name(&self, claim: Claim) -> &'p str {
        match claim {
            Claim::Rule(rule) => self.profile.rules()[rule].name(),
            Claim::Furniture(furniture) => furniture.rule(),
        }
    }

    /// The characters by class, and by the rule that claimed them.
    pub(crate) fn accounting(&self) -> (Accounting, BTreeMap<String, u64>) {
        let mut accounting = Accounting::default();
        let mut by_rule = vec![0; self.profile.rules().len()];
        let mut by_furniture = [0; Furniture::ALL.len()];
        self.each_segment(|span, _, class, claim| {
            let characters = match span.len() {
                1 => 1,
                _ => bytes::characters(&self.document.text[span]) as u64,
            };
            accounting.add(class, characters);
            match claim {
                Some(Claim::Rule(rule)) => by_rule[rule] += characters,
                Some(Claim::Furniture(furniture)) => by_furniture[furniture as usize] += characters,
                None => {}
            }
        });
        let names = self.profile.rules().iter().map(Rule::name);
        let furniture = Furniture::ALL.iter().map(|furniture| furniture.rule());
        let all = names.zip(by_rule).chain(furniture.zip(by_furniture));
        let claimed = all.filter(|&(_, characters)| characters > 0);
        (accounting, claimed.map(|(name, characters)| (name.to_owned(), characters)).collect())
    }

    fn each_segment(&self, mut visit: impl FnMut(Range<usize>, u32, SegmentClass, Option<Claim>)) {
        let mut pieces = self.split.pieces.iter().zip(&self.split.classes).peekable();
        for (index, block) in self.document.blocks.iter().enumerate() {
            match block.kind {
                BlockKind::Blank => visit(block.span.clone(), block.line, SegmentClass::Blank, None),
                BlockKind::Furniture => {
                    let furniture =
                        self.document.markup.as_ref().and_then(|markup| markup.lines[index].furniture);
                    let claim = furniture.map(Claim::Furniture);
                    visit(block.span.clone(), block.line, SegmentClass::Boilerplate, claim);
                }
                _ => {}
            }
            while let Some((piece, class)) = pieces.next_if(|(piece, _)| piece.block == index) {
                let line = block.line_at(&self.document.text, piece.text.start);
                visit(piece.span.clone(), line, *class, piece.rule.map(Claim::Rule));
            }
        }
    }
}
