//! What reads like furniture of the site, and stands inside an answer: `Home` in
//! a list of insurances, `Advertisement` before the rest of a text.

use super::Piece;
use crate::page::{Block, BlockKind};
use crate::profile::{Part, Profile, RuleClass};

/// Gives items back to their list, and notes what ends no answer.
pub(super) fn recognise(page: &str, blocks: &[Block], pieces: &mut [Piece], profile: &Profile) {
    let reader = Reader { page, blocks, profile };
    if pieces.iter().any(|piece| reader.is_furniture(piece)) {
        reader.note_underlines(pieces);
        reader.give_back_items(pieces);
        if !profile.opens_entry(Part::Attribution) {
            reader.note_what_is_closed(pieces);
        }
    }
}

struct Reader<'a> {
    page: &'a str,
    blocks: &'a [Block],
    profile: &'a Profile,
}

impl Reader<'_> {
    fn class(&self, piece: &Piece) -> Option<RuleClass> {
        piece.rule.map(|rule| self.profile.rules()[rule].class)
    }

    fn is_furniture(&self, piece: &Piece) -> bool {
        matches!(self.class(piece), Some(RuleClass::Boilerplate | RuleClass::End))
    }

    /// Whether the mark of an item has a number; of what is no item, or a part of one, nothing.
    fn numbered(&self, piece: &Piece) -> Option<bool> {
        let block = &self.blocks[piece.block];
        let mark = &self.page[block.text.start..block.body.start];
        let item = block.kind == BlockKind::Item && piece.span == block.span;
        item.then(|| mark.contains(|c: char| c.is_ascii_digit()))
    }

    /// The marks below a heading end nothing.
    fn note_underlines(&self, pieces: &mut [Piece]) {
        for index in 1..pieces.len() {
            let above = pieces[index - 1].block;
            let piece = &mut pieces[index];
            let below = self.blocks[above].kind == BlockKind::Heading && above + 1 == piece.block;
            let marks = !self.page[piece.text.clone()].contains(char::is_alphanumeric);
            piece.inside = below && marks && self.is_furniture(piece);
        }
    }

    /// An item among others of its like, most of which are no furniture, or any that
    /// is none before an attribution: these are one answer, or none of it.
    fn give_back_items(&self, pieces: &mut [Piece]) {
        let mut start = 0;
        while start < pieces.len() {
            let like = self.numbered(&pieces[start]);
            let is_like = |piece: &&Piece| {
                let text = piece.rule.is_none() || self.is_furniture(piece);
                like.is_some() && text && self.numbered(piece) == like
            };
            let length = pieces[start..].iter().take_while(is_like).count();
            let (list, behind) = pieces[start..].split_at_mut(length);
            let named =
                |piece: &Piece| self.is_furniture(piece) && piece.body == self.blocks[piece.block].body;
            let count = list.iter().filter(|piece| named(piece)).count();
            let closed =
                behind.first().is_some_and(|piece| self.class(piece) == Some(RuleClass::Attribution));
            if count < if closed { list.len() } else { list.len().div_ceil(2) } {
                for piece in list.iter_mut().filter(|piece| named(piece)) {
                    piece.rule = None;
                }
            }
            start += length.max(1);
        }
    }

    /// What has text before it and behind it, up to an attribution that closes it.
    fn note_what_is_closed(&self, pieces: &mut [Piece]) {
        let mut closed = false;
        let mut inside = vec![false; pieces.len()];
        for (index, piece) in pieces.iter().enumerate().rev() {
            match self.class(piece) {
                Some(RuleClass::Attribution) => closed = true,
                Some(RuleClass::Count) => closed = false,
                Some(RuleClass::Boilerplate | RuleClass::End) => inside[index] = closed,
                None if self.page[piece.text.clone()].ends_with('?') => closed = false,
                Some(RuleClass::Header) | None => {}
            }
        }
        let mut open = false;
        for (piece, inside) in pieces.iter_mut().zip(inside) {
            match self.class(piece) {
                None => open = true,
                Some(RuleClass::Attribution | RuleClass::Count) => open = false,
                Some(_) => piece.inside |= inside && open,
            }
        }
    }
}
