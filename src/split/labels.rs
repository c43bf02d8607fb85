//! Labels before texts: `Q: …` and `A: …` on a page of questions and answers,
//! names of speakers in a dialogue.

use super::Piece;
use crate::profile::Profile;

/// A single label is chance.
const MIN_LABELS: usize = 2;
/// The longest label, in bytes.
const LONGEST: usize = 32;

/// Takes labels off the texts of a page whose questions carry them.
pub(super) fn strip(page: &str, pieces: &mut [Piece], profile: &Profile) {
    let length = |piece: &Piece, of_answer| {
        let body = &page[piece.body.clone()];
        let (label, rest) = split(body).filter(|_| piece.rule.is_none())?;
        profile.words.is_label(label, of_answer).then(|| body.len() - rest.len())
    };
    let asks = |piece: &Piece| page[piece.text.clone()].ends_with('?') && length(piece, false).is_some();
    if pieces.iter().filter(|piece| asks(piece)).take(MIN_LABELS).count() < MIN_LABELS {
        return;
    }
    for piece in pieces {
        if let Some(length) = length(piece, false).or_else(|| length(piece, true)) {
            piece.body.start += length;
        }
    }
}

/// Whether a text starts with the name of who says it, a time before it or not.
pub(super) fn names_speaker(text: &str, profile: &Profile) -> bool {
    let timed = text.strip_prefix(['[', '(']).and_then(|text| text.split_once([']', ')']));
    let text = timed.map_or(text, |(_, rest)| rest.trim_start());
    split(text).is_some_and(|(label, _)| {
        label.split_whitespace().count() <= 2
            && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-'))
            && ![false, true].iter().any(|&of_answer| profile.words.is_label(label, of_answer))
    })
}

/// A label, bold or not, and the text behind its colon.
fn split(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("**").unwrap_or(text);
    let colon = memchr::memchr(b':', &inner.as_bytes()[..inner.len().min(LONGEST)])?;
    let rest = &inner[colon + 1..];
    let behind = rest.strip_prefix("**").unwrap_or(rest).trim_start();
    let parted = rest.len() > behind.len() && !behind.is_empty();
    parted.then(|| (inner[..colon].trim_end_matches('*'), behind))
}
