//! Splits a page's blocks into entries, and accounts for every character.
//!
//! 1. `pieces` cuts lines by the profile's rules, and at the `joints` of glued texts;
//!    `inside` tells what of it is part of an answer,
//! 2. `evidence` tells how each piece of text is written and what stands around it,
//!    `weigh`, `score` and `sequence` rate it as a question and as a title,
//! 3. `decode` finds the most likely role of every piece, taking the page's
//!    own rhythm into account; `revise` corrects them by what the page does throughout,
//! 4. `surroundings`, `contents` and `trailing` take from the entries what is of the page or the site,
//! 5. `accept` decides by the page's `figures` whether it holds entries at all,
//! 6. `assemble` makes entries, rejects and segments of the roles.
//!
//! `docs/reading.md` tells why, with figures.

mod accept;
mod assemble;
mod contents;
mod decode;
mod evidence;
mod facts;
mod figures;
mod inside;
mod joints;
mod labels;
mod pieces;
mod revise;
mod rhythm;
mod score;
mod sequence;
mod surroundings;
mod trailing;
mod weigh;

use std::ops::Range;

pub(crate) use assemble::{RawEntry, RawReject, Split};
pub(crate) use pieces::Piece;

use crate::page::Block;
use crate::profile::Profile;

/// What a piece of text is to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Other,
    Question,
    Answer,
    Title,
}

impl Role {
    const ALL: [Self; 4] = [Self::Other, Self::Question, Self::Answer, Self::Title];
}

/// Which pages are split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Text copies. A phrase of the profile's family is telling.
    Text,
    /// HTML pages whose phrases tell sources or counts. Others, such as the date
    /// of the last update, stand on any site.
    Family,
    /// HTML pages that look like questions and answers throughout.
    Collection,
}

/// Splits a page by a profile's rules, if it is in scope.
pub(crate) fn split(page: &str, blocks: &[Block], profile: &Profile, scope: Scope) -> Split {
    let mut pieces = pieces::cut(page, blocks, profile);
    labels::strip(page, blocks, &mut pieces, profile);
    inside::recognise(page, blocks, &mut pieces, profile);
    let family = accept::is_family(&pieces, profile, scope);
    let units = if scope == Scope::Family && !family {
        Vec::new()
    } else {
        evidence::units(page, blocks, &pieces, profile)
    };
    let mut roles = decode::decode(&units);
    revise::revise(&units, &mut roles);
    // On a page of the family, questions need no mark, and may be as others call on the reader.
    let mut titles = 0;
    if !family {
        surroundings::silence_calls(page, &pieces, &units, &mut roles);
        titles = surroundings::shed(&units, &mut roles);
    }
    contents::shed(page, &pieces, &units, &mut roles);
    trailing::shed(page, &pieces, &units, &mut roles);
    if !family {
        trailing::cut_off(&units, &mut roles);
    }
    let verdict = accept::judge(page, &pieces, &units, &mut roles, titles, family, scope);
    assemble::assemble(page, pieces, &units, &roles, verdict, profile)
}

/// Characters of the page that the rules of a profile match, white space
/// aside: by this, a page finds its profile.
pub(crate) fn ruled_characters(page: &str, blocks: &[Block], profile: &Profile) -> usize {
    pieces::cut(page, blocks, profile)
        .iter()
        .filter(|piece| piece.rule.is_some())
        .map(|piece| visible(&page[piece.text.clone()]))
        .sum()
}

fn visible(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A span of the page.
type Span = Range<usize>;
