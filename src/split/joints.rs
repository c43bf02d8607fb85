//! Where one line holds two texts: a question glued to what stands before or
//! behind it, a count line behind a text, or a host before one.

use super::pieces::MAX_QUESTION;
use crate::bytes;
use crate::page::{Block, BlockKind};
use crate::profile::{Opening, Profile, RuleClass};

/// The shortest text, in bytes, that a question can be glued to: not `Q.` or `3)`.
const MIN_BEFORE_JOINT: usize = 3;

/// Whether nearly every line holds a question and, behind a space, its answer.
pub(super) fn lines_hold_both(page: &str, blocks: &[Block], profile: &Profile) -> bool {
    let (mut both, mut other) = (0, 0);
    let is_text = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
    for block in blocks.iter().filter(is_text) {
        let text = &page[block.body.clone()];
        if spaced_joint(text).is_some() && opens_question(text.trim_start_matches('*'), profile) {
            both += 1;
        } else if profile.whole_match(text).is_none() {
            other += 1;
        }
        // Most pages are told by their first lines.
        if other > both / 4 + 2 {
            return false;
        }
    }
    both >= MIN_BOTH && other * 4 <= both
}

/// Fewer lines that hold a question and its answer are chance.
const MIN_BOTH: usize = 4;

/// Where the first question of a line ends, if text follows, a space between or not.
pub(super) fn spaced_joint(text: &str) -> Option<usize> {
    let mut at = memchr::memchr(b'?', text.as_bytes())? + 1;
    if text.starts_with("**") && text[at..].starts_with("**") {
        at += 2;
    }
    let follows = text[at..].trim_start().starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    (at <= MAX_QUESTION && follows).then_some(at)
}

/// Where a question at the start of a line ends, if text is glued to it:
/// `May I …?Yes, …`.
pub(super) fn head_joint(text: &str, profile: &Profile) -> Option<usize> {
    let at = memchr::memchr(b'?', text.as_bytes())? + 1;
    if at > MAX_QUESTION {
        return None;
    }
    let glued = text[at..].chars().next().is_some_and(char::is_uppercase);
    (glued && opens_question(text, profile)).then_some(at)
}

/// Where a question at the end of a line starts, if it is glued to the text
/// before it: `… the bank.May I …?`.
pub(super) fn tail_joint(text: &str, profile: &Profile) -> Option<usize> {
    let trimmed = text.trim_end();
    if !trimmed.ends_with('?') || !holds_joint(trimmed.as_bytes()) {
        return None;
    }
    let floor = trimmed.floor_char_boundary(trimmed.len().saturating_sub(MAX_QUESTION));
    let mut before = [' '; 2];
    let mut joint = None;
    for (at, c) in trimmed[floor..].char_indices() {
        let [first, last] = before;
        let closes = matches!(last, ']' | '"' | '”' | '’') && is_end(first);
        let ends = is_end(last) || closes || last.is_lowercase() || matches!(last, ')' | '%');
        if floor + at >= MIN_BEFORE_JOINT
            && c.is_uppercase()
            && ends
            && opens_question(&trimmed[floor + at..], profile)
        {
            joint = Some(floor + at);
        } else if joint.is_some() && c.is_whitespace() && matches!(last, '.' | '!') {
            joint = None;
        }
        before = [last, c];
    }
    joint
}

/// Where the count line at the end of a line starts, if it is glued to the text before
/// it: `… all winter.40 related questions found`.
pub(super) fn count_joint(text: &str, profile: &Profile) -> Option<usize> {
    let trimmed = text.trim_end();
    let floor = trimmed.floor_char_boundary(trimmed.len().saturating_sub(LONGEST_COUNT));
    let tail = &trimmed[floor..];
    if !bytes::holds_pair(tail.as_bytes(), glues_number) {
        return None;
    }
    let pairs = tail.as_bytes().windows(2).enumerate();
    let starts = pairs.filter(|(_, pair)| glues_number(pair[0], pair[1])).map(|(at, _)| floor + at + 1);
    let is_count = |&at: &usize| {
        let found = profile.whole_match(&trimmed[at..]);
        found.is_some_and(|found| profile.rules()[found.rule].class == RuleClass::Count)
    };
    starts.filter(|&at| at >= MIN_BEFORE_JOINT).find(is_count)
}

/// The longest count line that is looked for behind other text, in bytes, and a byte before it.
const LONGEST_COUNT: usize = 49;

/// Whether a number begins right behind something other than a space. Few lines have one.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without a branch, many bytes are looked at at once: see `bytes`"
)]
fn glues_number(last: u8, next: u8) -> bool {
    next.is_ascii_digit() & !last.is_ascii_digit() & (last != b' ') & (last != b',')
}

/// Whether a capital stands behind something other than a space or a capital.
/// Few lines have one.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without a branch, many bytes are looked at at once: see `bytes`"
)]
fn holds_joint(text: &[u8]) -> bool {
    bytes::holds_pair(text, |last, next| {
        next.is_ascii_uppercase() & (last != b' ') & !last.is_ascii_uppercase()
    })
}

/// Whether a mark ends a sentence.
fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

/// Whether a text opens like a question.
fn opens_question(text: &str, profile: &Profile) -> bool {
    matches!(profile.words.opening(text), Opening::Asks | Opening::MayAsk)
}

/// Length of a host to which the next text is glued: `bees.example` of `bees.exampleHow`.
pub(super) fn host_before_joint(source: &str) -> Option<usize> {
    let joints = source.as_bytes().windows(2).enumerate().filter(|(_, pair)| {
        let [last, next] = pair else { return false };
        last.is_ascii_lowercase() && next.is_ascii_uppercase()
    });
    joints.map(|(at, _)| at + 1).find(|&end| source[..end].contains('.') && is_host(&source[..end]))
}

/// Whether a text is a host, and nothing else.
pub(super) fn is_host(text: &str) -> bool {
    !text.contains(char::is_whitespace) && crate::source::parse(text).is_some()
}
