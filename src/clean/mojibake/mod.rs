//! Mojibake: UTF-8 that was read as Windows-1252, Latin-1 or Windows-1250.
//!
//! `é` is two bytes of UTF-8; read as Windows-1252 they are `Ã©`. Writing the
//! characters back as bytes and reading these as UTF-8 undoes it. The art is
//! to know when not to: `É…` and `Å—` can be read that way too. So each
//! [sequence] that could be UTF-8 is weighed by the company it keeps, and a
//! text is touched only if one of them can hardly be anything else
//! ([`evidence`]).
//!
//! The idea of telling mojibake by unlikely neighbours, and many of the cases
//! that shaped the weights, are owed to ftfy
//! (<https://github.com/rspeer/python-ftfy>); the method here is another one.

mod evidence;
mod sequence;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use super::charset::{Charset, WINDOWS_1252_C1};
use evidence::Level;
use sequence::Sequence;

/// How many times over a text may have been misread. Twice is seen often,
/// three times now and then.
const LAYERS: usize = 4;

/// Words of a text that is about encodings, where garbled letters may be meant.
const TOPIC: [&str; 8] =
    ["mojibake", "utf-8", "utf8", "unicode", "encoding", "charset", "iso-8859", "windows-125"];

/// What to put in place of a part of the text.
struct Repair {
    at: Range<usize>,
    with: String,
    level: Level,
}

/// Repairs a text, layer by layer, as far as the repair is certain. A text
/// that is not at rest after as many as [`LAYERS`] stays as it is.
pub(super) fn repair(text: &str) -> Cow<'_, str> {
    let mut repaired = Cow::Borrowed(text);
    for _ in 0..=LAYERS {
        let Some(next) = undo(&repaired) else { return show_controls(repaired) };
        repaired = next.into();
    }
    text.into()
}

/// Undoes one misreading; `None` if there is none, or none that is certain. Of
/// two possible ones, it is the one that explains more of the text.
fn undo(text: &str) -> Option<String> {
    let western = certain(text, Charset::Western);
    let central = certain(text, Charset::Central);
    let extent =
        |repairs: &[Repair]| repairs.iter().map(|repair| foreign(&text[repair.at.clone()])).sum::<usize>();
    let repairs = if extent(&central) > extent(&western) { central } else { western };
    if repairs.is_empty() || is_about_encodings(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for repair in repairs {
        out.push_str(&text[from..repair.at.start]);
        out.push_str(&repair.with);
        from = repair.at.end;
    }
    out.push_str(&text[from..]);
    Some(out)
}

/// The repairs that are certain, from left to right.
fn certain(text: &str, charset: Charset) -> Vec<Repair> {
    if text.contains(|c| charset.rules_out(c)) {
        return Vec::new();
    }
    let mut repairs = find(text, charset);
    // Whether the whole text was misread, not a part of it.
    let covered = |least| {
        let repairs = repairs.iter().filter(|repair| repair.level >= least);
        repairs.map(|repair| foreign(&text[repair.at.clone()])).sum::<usize>() == foreign(text)
    };
    let strong = repairs.iter().any(|repair| repair.level == Level::Strong);
    let least = match strong {
        true if covered(Level::None) => Level::None,
        true => Level::Companion,
        false if covered(Level::Weak) => Level::Weak,
        false => return Vec::new(),
    };
    repairs.retain(|repair| repair.level >= least);
    repairs
}

/// How much of a text is not ASCII, in characters.
fn foreign(text: &str) -> usize {
    text.chars().filter(|c| !c.is_ascii()).count()
}

fn is_about_encodings(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    TOPIC.iter().any(|word| text.contains(word))
}

/// All that could be repaired, from left to right.
fn find(text: &str, charset: Charset) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let found = if c.is_ascii() {
            None
        } else {
            run(text, at, charset).or_else(|| lost_space(text, at, charset))
        };
        at = found.as_ref().map_or(at + c.len_utf8(), |repair| repair.at.end);
        repairs.extend(found);
    }
    repairs
}

/// The run of sequences that starts at `at`.
fn run(text: &str, at: usize, charset: Charset) -> Option<Repair> {
    let mut end = at;
    let mut sequences = Vec::new();
    while let Some(sequence) = Sequence::parse(&text[end..], charset) {
        end += sequence.bytes;
        sequences.push(sequence);
    }
    let level = evidence::weigh(&sequences, &text[..at], &text[end..], charset)?;
    Some(Repair { at: at..end, with: sequences.iter().map(|sequence| sequence.char).collect(), level })
}

/// `Â` and `Ã` before a plain space: U+00A0 (as itself, or as the second byte
/// of `à`) that became a space after it was misread.
fn lost_space(text: &str, at: usize, charset: Charset) -> Option<Repair> {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    let in_word = before.is_some_and(char::is_alphanumeric);
    let (with, level) = if let Some(rest) = rest.strip_prefix("Ã ").filter(|_| charset == Charset::Western) {
        // Portuguese writes `às` and `àquele` in one.
        let joined = rest == "s" || ["s ", "quel", "quil"].iter().any(|word| rest.starts_with(word));
        match in_word {
            false => (if joined { "à" } else { "à " }, Level::Companion),
            true if before.is_some_and(char::is_lowercase) && rest.starts_with(' ') => ("à", Level::Strong),
            true => return None,
        }
    } else if rest.starts_with("Â ") && before.is_some_and(|c| c.is_lowercase() || ".,;:!?".contains(c)) {
        ("\u{a0}", Level::Strong)
    } else {
        return None;
    };
    Some(Repair { at: at..at + "Ã ".len(), with: with.to_owned(), level })
}

/// Shows the quotes, dashes and dots of Windows-1252 that were read as the
/// control characters of Latin-1, which no text holds.
fn show_controls(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains(|c| ('\u{80}'..='\u{9f}').contains(&c)) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\u{82}' | '\u{84}' | '\u{8b}' | '\u{91}'..='\u{97}' | '\u{9b}' => {
                WINDOWS_1252_C1[c as usize - 0x80]
            }
            // U+0085 may be a line end as well, but hardly in mid-sentence.
            '\u{85}' if matches!(chars.peek(), Some(' ' | '\u{91}'..='\u{94}')) => '…',
            _ => c,
        });
    }
    if out == *text { text } else { out.into() }
}
