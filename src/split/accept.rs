//! Decides whether a page holds entries at all.
//!
//! A page that shows a phrase of the family is one of it; then the question is
//! only whether its questions are still there. Any other page must look like
//! questions and answers throughout: an article that asks a question or two
//! yields nothing.

use super::evidence::Unit;
use super::figures::Figures;
use super::{Piece, Role, Scope};
use crate::profile::{Profile, RuleClass};

/// What a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It holds entries.
    Entries,
    /// It is of the family, and its questions are gone.
    Stripped,
    /// It is something else.
    Article,
}

/// Judges a page around whose questions so many titles stand; the roles of one that holds
/// no entries become `Other`.
pub(super) fn judge(
    page: &str,
    pieces: &[Piece],
    units: &[Unit],
    roles: &mut [Role],
    titles: usize,
    family: bool,
    scope: Scope,
) -> Verdict {
    let verdict = if units.is_empty() {
        Verdict::Article
    } else if family {
        if is_stripped(units, roles) { Verdict::Stripped } else { Verdict::Entries }
    } else if Figures::of(page, pieces, units, roles).is_collection(titles, scope) {
        Verdict::Entries
    } else {
        Verdict::Article
    };
    if verdict != Verdict::Entries {
        roles.fill(Role::Other);
    }
    verdict
}

/// Whether a page shows a phrase that tells the profile's family.
pub(super) fn is_family(pieces: &[Piece], profile: &Profile, scope: Scope) -> bool {
    let tells = |rule: usize| match profile.rules()[rule].class {
        RuleClass::Attribution | RuleClass::Count => scope != Scope::Collection,
        // The date of the last update stands on any page.
        RuleClass::Header => scope == Scope::Text && !profile.rules()[rule].has_date(),
        RuleClass::Boilerplate | RuleClass::End => false,
    };
    pieces.iter().filter_map(|piece| piece.rule).any(tells)
}

/// Whether nothing on a page of the family reads as a question, and most of what
/// an attribution closes has nothing that could be one.
fn is_stripped(units: &[Unit], roles: &[Role]) -> bool {
    let answered = roles.windows(2).filter(|pair| *pair == [Role::Question, Role::Answer]).count();
    let closed = units.iter().filter(|unit| unit.after.boundary).count();
    // Only the title's question is left, and nothing tells the answers apart.
    let paragraph = |(unit, role): (&Unit, &Role)| *role == Role::Answer && !unit.style.is_item();
    let paragraphs = units.iter().zip(roles).filter(|pair| paragraph((pair.0, pair.1))).count();
    if answered == 1 && closed == 0 && paragraphs >= MANY_PARAGRAPHS {
        return true;
    }
    let of_role = |role| units.iter().zip(roles).filter(move |(_, other)| **other == role);
    if of_role(Role::Question).any(|(unit, _)| unit.question > 0.0) {
        return false;
    }
    answered == 0 || answered * 2 < closed || (closed == 0 && answered == 1)
}

/// No single answer of the family has as many.
const MANY_PARAGRAPHS: usize = 8;
