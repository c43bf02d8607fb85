//! Repairs mojibake: UTF-8 that was decoded as Windows-1252, Latin-1 or Windows-1250.
//!
//! `é` is two bytes in UTF-8; decoded as Windows-1252, they are `Ã©`. Encoding the
//! characters again and decoding the bytes as UTF-8 undoes this. The difficulty is to
//! know when not to: `É…` and `Å—` could be decoded like this as well. So each
//! [sequence] that could be UTF-8 is weighed by its neighbours, and a text is changed
//! only if one of them can hardly be anything else ([`evidence`]).
//!
//! The idea of recognising mojibake by unlikely neighbours, and many of the cases that
//! shaped the weights, are owed to ftfy (<https://github.com/rspeer/python-ftfy>). The
//! method is a different one.

mod evidence;
mod sequence;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use super::charset::{Charset, WINDOWS_1252_C1};
use evidence::Level;
use sequence::Sequence;

/// How many times a text may have been wrongly decoded. Twice is common, and three times
/// occurs now and then.
const LAYERS: usize = 4;

/// Words of a text about encodings, in which garbled letters may be intended.
const TOPIC: [&str; 8] =
    ["mojibake", "utf-8", "utf8", "unicode", "encoding", "charset", "iso-8859", "windows-125"];

/// A replacement for a part of the text.
struct Repair {
    at: Range<usize>,
    with: String,
    level: Level,
}

/// Repairs a text, layer by layer, as far as the repair is certain. A text that still
/// changes after [`LAYERS`] layers stays as it is.
pub(super) fn repair(text: &str) -> Cow<'_, str> {
    let mut repaired = Cow::Borrowed(text);
    for _ in 0..=LAYERS {
        let Some(next) = undo(&repaired) else { return show_controls(repaired) };
        repaired = next.into();
    }
    text.into()
}

/// Undoes one wrong decoding; `None` if there is none that is certain. Of two possible
/// ones, the one that explains more of the text is undone.
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
    // Whether the repairs cover everything in the text that is not ASCII.
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

/// The number of characters of a text that are not ASCII.
fn foreign(text: &str) -> usize {
    text.chars().filter(|c| !c.is_ascii()).count()
}

fn is_about_encodings(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    TOPIC.iter().any(|word| text.contains(word))
}

/// All possible repairs, from left to right.
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

/// `Â` or `Ã` before a plain space: the space was U+00A0 (as itself, or as the second
/// byte of `à`), and was replaced after the wrong decoding.
fn lost_space(text: &str, at: usize, charset: Charset) -> Option<Repair> {
    let rest = &text[at..];
    let before = text[..at].chars().next_back();
    let in_word = before.is_some_and(char::is_alphanumeric);
    let (with, level) = if let Some(rest) = rest.strip_prefix("Ã ").filter(|_| charset == Charset::Western) {
        // In Portuguese, `às` and `àquele` are one word.
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

/// Restores the quotes, dashes and dots of Windows-1252 that were decoded as the control
/// characters of Latin-1, which no text contains.
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
            // U+0085 may also be a line end, but hardly within a sentence.
            '\u{85}' if matches!(chars.peek(), Some(' ' | '\u{91}'..='\u{94}')) => '…',
            _ => c,
        });
    }
    if out == *text { text } else { out.into() }
}
