//! Determines how certain it is that a run of sequences is mojibake.
//!
//! Wrongly decoded text has combinations of characters that are not used in writing. The
//! evidence is a sum of small weights, each of which says how rare a combination is in
//! real text, be it French in capitals, Polish, a formula or a name.

use super::Charset;
use super::sequence::{Kind, Sequence, Trail};

/// How strong the evidence for a repair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// Real text.
    None,
    /// Mojibake if other parts of the text certainly are mojibake.
    Companion,
    /// Mojibake if other parts certainly are, or if everything outside of such parts is
    /// ASCII.
    Weak,
    /// Certainly mojibake.
    Strong,
}

/// What is beside a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Lower,
    /// A capital letter, alone or first in its word.
    Initial,
    /// A capital letter after another one.
    Upper,
    Other,
}

impl Side {
    /// What `before` ends in.
    fn left(before: &str) -> Self {
        let mut back = before.chars().rev();
        match back.next() {
            Some(c) if c.is_lowercase() => Self::Lower,
            Some(c) if c.is_uppercase() && back.next().is_some_and(char::is_uppercase) => Self::Upper,
            Some(c) if c.is_uppercase() => Self::Initial,
            _ => Self::Other,
        }
    }

    /// What `after` begins with.
    fn right(after: &str) -> Self {
        match after.chars().next() {
            Some(c) if c.is_lowercase() => Self::Lower,
            Some(c) if c.is_uppercase() => Self::Upper,
            _ => Self::Other,
        }
    }
}

/// The level of a run between `before` and `after`; `None` for an empty run.
pub(super) fn weigh(run: &[Sequence], before: &str, after: &str, charset: Charset) -> Option<Level> {
    let level = match run {
        [] => return None,
        _ if is_cut(before, after, charset) => Level::None,
        [one] => weigh_one(one, before, after),
        [first, ..] => {
            let in_word = Side::left(before) == Side::Lower && first.lead < 0xdf;
            let trails = run.iter().flat_map(|sequence| sequence.trails).flatten();
            // Words of Central European languages may well have a few such letters in a row.
            let telling = trails.filter(|&trail| charset == Charset::Western || trail != Trail::Letter);
            match 2 * i32::from(in_word) + telling.map(oddness).sum::<i32>() {
                2.. => Level::Strong,
                1 => Level::Weak,
                _ => Level::Companion,
            }
        }
    };
    Some(level)
}

/// Whether bytes are left over before or after the run, or an incomplete sequence begins
/// after it. Then wrong decoding does not explain the text.
fn is_cut(before: &str, after: &str, charset: Charset) -> bool {
    let trail = |c: char| match Charset::Western.byte(c).or(Charset::Central.byte(c)) {
        Some(0x80..0xc0) => Some(Trail::of(charset.shown(c))),
        _ => None,
    };
    let next = after.chars().next();
    matches!(before.chars().next_back().and_then(trail), Some(Trail::Odd | Trail::Mark))
        || next.and_then(trail) == Some(Trail::Odd)
        || next.and_then(|c| charset.byte(c)).is_some_and(|byte| byte >= 0xc2)
}

fn weigh_one(sequence: &Sequence, before: &str, after: &str) -> Level {
    if matches!(sequence.kind, Kind::Script | Kind::Control) {
        return Level::Companion;
    }
    let (left, right) = (Side::left(before), Side::right(after));
    let quote = |trail| matches!(trail, Trail::Open | Trail::Close);
    // A letter in quotation marks: »Ã«.
    if right == Side::Other
        && sequence.trails[0].is_some_and(quote)
        && before.chars().next_back().map(Trail::of).is_some_and(quote)
    {
        return Level::None;
    }
    let score = match sequence.trails {
        [Some(trail), None, _] => score_pair(sequence.lead, trail, left, right),
        _ => score_long(sequence, left, right),
    };
    let yen = sequence.trails[0] == Some(Trail::Yen);
    match score {
        2.. if !yen => Level::Strong,
        1.. => Level::Weak,
        0 => Level::Companion,
        _ => Level::None,
    }
}

/// How unusual a trail is after a letter.
fn oddness(trail: Trail) -> i32 {
    match trail {
        Trail::Odd | Trail::Yen => 2,
        Trail::Letter | Trail::Mark | Trail::Open => 1,
        Trail::Close | Trail::Loose | Trail::Apostrophe | Trail::Gap => 0,
    }
}

/// The score of two characters that would be one, such as `Ã©`. The first one is almost
/// always a capital letter.
fn score_pair(lead: u8, trail: Trail, left: Side, right: Side) -> i32 {
    // `Â` and `Ã` lead nearly all characters of Western European languages, `Î` and `Ï` those
    // of Greek. As letters they are rare, unlike `Ä` and `Å`.
    let rare = matches!(lead, 0xc2 | 0xc3 | 0xce | 0xcf);
    let beside = match (left, right) {
        // A capital letter inside of a word.
        (Side::Lower, _) => 2,
        (Side::Other, _) | (Side::Initial, Side::Lower) => 0,
        // A word in capital letters, which is unlikely to continue in small ones.
        (Side::Upper, Side::Lower) => -4,
        (Side::Initial, Side::Other) => -1,
        (Side::Upper | Side::Initial, _) => -2,
    };
    let own = match trail {
        Trail::Mark => i32::from(rare),
        Trail::Loose => -1,
        Trail::Apostrophe => -2,
        // U+00A0 itself, and `à`.
        Trail::Gap => match (lead, left, right) {
            (0xc2, Side::Other, _)
            | (0xc3, Side::Other, Side::Lower | Side::Other)
            | (0xc2 | 0xc3, Side::Initial, Side::Lower) => 1,
            _ => -1,
        },
        _ => oddness(trail),
    };
    let behind = match (trail, right) {
        (Trail::Gap, _) | (Trail::Loose | Trail::Apostrophe, Side::Upper) | (_, Side::Other) => 0,
        (Trail::Loose | Trail::Apostrophe, _) => 1,
        // A quotation mark with letters on both sides.
        (Trail::Open | Trail::Close, _) if left != Side::Other => 2,
        (_, Side::Lower) => 2,
        _ => 1,
    };
    i32::from(rare) + beside + own + behind
}

/// The score of three or four characters that would be one, such as `â€™`.
fn score_long(sequence: &Sequence, left: Side, right: Side) -> i32 {
    let weights = sequence.trails.into_iter().flatten().map(|trail| match (trail, sequence.lead) {
        // No language has one of these letters or signs after `â`.
        (Trail::Letter | Trail::Mark, 0xe2) => 2,
        _ => oddness(trail),
    });
    let lead = match sequence.lead {
        0xe2 => i32::from(left == Side::Other),
        0xef => 1,
        _ => 0,
    };
    let last = sequence.trails.iter().flatten().next_back();
    let tight = !matches!(last, Some(Trail::Loose | Trail::Apostrophe | Trail::Gap));
    weights.sum::<i32>() + lead + i32::from(tight && right == Side::Lower)
}
