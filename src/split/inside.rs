//! What reads like furniture of the site, and stands inside an answer: `Home` in
//! a list of insurances, `Advertisement` before the rest of a text.

use super::Piece;
use crate::page::{Block, BlockKind};
use crate::profile::{Part, Profile, RuleClass};

/// Gives items back to their list, and notes what ends no answer.
pub(super) fn recognise(page: &str, blocks: &[Block], pieces: &mut [Piece], profile: &Profile) {
    let class = |piece: &Piece| piece.rule.map(|rule| profile.rules()[rule].class);
    let is_furniture = |piece: &Piece| matches!(class(piece), Some(RuleClass::Boilerplate | RuleClass::End));
    if !pieces.iter().any(is_furniture) {
        return;
    }
    let is_attribution = |piece: Option<&Piece>| piece.and_then(class) == Some(RuleClass::Attribution);
    let is_item = |piece: &Piece| blocks[piece.block].kind == BlockKind::Item;
    for index in 1..pieces.len() {
        // The marks below a heading end nothing.
        let (above, piece) = (&pieces[index - 1], &pieces[index]);
        let below = blocks[above.block].kind == BlockKind::Heading && above.block + 1 == piece.block;
        pieces[index].inside = below
            && class(piece) == Some(RuleClass::End)
            && !page[piece.text.clone()].contains(char::is_alphanumeric);
    }
    let mut start = 0;
    while start < pieces.len() {
        let length = pieces[start..].iter().take_while(|piece| is_item(piece)).count();
        let (list, behind) = pieces[start..].split_at_mut(length);
        let named = |piece: &&Piece| is_furniture(piece) && piece.body == blocks[piece.block].body;
        let count = list.iter().filter(named).count();
        let most = if is_attribution(behind.first()) { list.len() } else { list.len().div_ceil(2) };
        if count < most {
            for piece in list.iter_mut().filter(|piece| named(&&**piece)) {
                piece.rule = None;
            }
        }
        start += length.max(1);
    }
    if profile.opens_entry(Part::Attribution) {
        return;
    }
    // Whether an attribution closes what stands here.
    let mut closed = false;
    let mut inside = vec![false; pieces.len()];
    for (index, piece) in pieces.iter().enumerate().rev() {
        match class(piece) {
            Some(RuleClass::Attribution) => closed = true,
            Some(RuleClass::Count) => closed = false,
            None if page[piece.text.clone()].ends_with('?') => closed = false,
            Some(RuleClass::Boilerplate | RuleClass::End) => inside[index] = closed,
            Some(RuleClass::Header) | None => {}
        }
    }
    // Whether text stands before it that is not closed yet.
    let mut open = false;
    for (piece, inside) in pieces.iter_mut().zip(inside) {
        match class(piece) {
            None => open = true,
            Some(RuleClass::Attribution | RuleClass::Count) => open = false,
            Some(_) => piece.inside |= inside && open,
        }
    }
}
