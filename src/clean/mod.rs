//! Cleaning: changes the form of a text, never its words.
//!
//! A rule is a function `fn(&str) -> Cow<str>`. A single scan of the text determines
//! which rules it needs at all; most texts need none and stay borrowed. The rules that
//! are needed run in the order of `RULES`, and are repeated until nothing changes, so
//! that cleaning a clean text changes nothing.

mod charset;
mod compose;
mod entity;
mod escape;
mod heading;
mod link;
mod mojibake;
mod scan;
mod space;
mod strong;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub(crate) use entity::{decode as decode_references, trim_end};
pub(crate) use link::text_of_link;
use scan::Need;
pub(crate) use space::is_unseen;

/// A step of cleaning. It returns either a borrowed part of its argument, or a new text
/// that differs from it.
struct Rule {
    /// What the scan must have found for the rule to run.
    need: Need,
    apply: fn(&str) -> Cow<'_, str>,
}

/// The rules in their order, and the reason for the place of each:
///
/// | rule | reason for its place |
/// |---|---|
/// | entities | `&Atilde;&copy;` is mojibake, `&#42;` a mark: what they encode must be visible first |
/// | escapes | an escaped mark must be a plain one before marks are paired |
/// | mojibake | needs the no-break spaces, soft hyphens and control characters that the next rule removes |
/// | white space | a removed character may separate two parts that belong together |
/// | compose | base and mark may have been separated by a removed character |
/// | links | an address may contain marks that would be paired |
/// | strong | whether marks are paired depends on their neighbours, which are final by now |
/// | heading | only for questions; a heading mark counts only at the very start of the text |
const RULES: [Rule; 8] = [
    Rule { need: Need::ENTITY, apply: entity::decode },
    Rule { need: Need::ESCAPE, apply: escape::unescape },
    Rule { need: Need::MOJIBAKE, apply: mojibake::repair },
    Rule { need: Need::SPACE, apply: space::collapse },
    Rule { need: Need::COMPOSE, apply: compose::nfc },
    Rule { need: Need::LINK, apply: link::unlink },
    Rule { need: Need::STRONG, apply: strong::unwrap_pairs },
    Rule { need: Need::HEADING, apply: heading::unmark },
];

/// The largest number of rounds of all rules. A rule rarely makes work for another one:
/// real texts no longer change after two rounds, three layers of escaping after four.
const ROUNDS: usize = 8;

/// A cleaned text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cleaned<'a> {
    /// The text; borrowed if only its ends were trimmed.
    pub text: Cow<'a, str>,
    /// Whether text that was decoded with the wrong charset has been repaired.
    pub mojibake_repaired: bool,
}

/// Cleans one run of text: a paragraph, or a list item without its marker.
///
/// ```
/// # use qasift::clean::inline;
/// assert_eq!(inline("Tom &amp;amp; Ann  pay \\$5 for **two** hives.").text, "Tom & Ann pay $5 for two hives.");
/// ```
#[must_use]
pub fn inline(text: &str) -> Cleaned<'_> {
    clean(text, &RULES[..7])
}

/// Cleans a question: like [`inline`], but heading marks are removed too.
///
/// ```
/// # use qasift::clean::question;
/// assert_eq!(question("### **Do bees sleep?** ###").text, "Do bees sleep?");
/// ```
#[must_use]
pub fn question(text: &str) -> Cleaned<'_> {
    clean(text, &RULES)
}

/// Cleans one run of text, or a question, that was rendered from HTML: what looks like a
/// character reference or a mark in it is meant literally.
///
/// ```
/// # use qasift::clean::rendered;
/// assert_eq!(rendered("What  does &amp; mean in **C**?").text, "What does &amp; mean in **C**?");
/// ```
#[must_use]
pub fn rendered(text: &str) -> Cleaned<'_> {
    clean(text, &RULES[2..5])
}

/// Cleans one line of code: line terminators and byte order marks are removed, and
/// everything else stays as it is.
///
/// ```
/// # use qasift::clean::code_line;
/// assert_eq!(code_line("\tif a &amp;& b:  \r\n"), "\tif a &amp;& b:  ");
/// ```
#[must_use]
pub fn code_line(text: &str) -> Cow<'_, str> {
    const REMOVED: [char; 5] = ['\n', '\r', '\u{2028}', '\u{2029}', '\u{feff}'];
    let line = text.trim_matches(REMOVED);
    if line.contains(REMOVED) { line.replace(REMOVED, "").into() } else { line.into() }
}

fn clean<'a>(text: &'a str, rules: &[Rule]) -> Cleaned<'a> {
    if let Some(cleaned) = settle(text, rules) {
        return cleaned;
    }
    // Only a text that was made to defeat the rules gets here. Its plain form must be stable
    // and one line, too: a second cleaning of it would come to the same result.
    let plain = compose::nfc(&space::collapse(text)).into_owned();
    let settled = settle(&plain, rules).map(|c| Cleaned { text: c.text.into_owned().into(), ..c });
    settled.unwrap_or(Cleaned { text: plain.into(), mojibake_repaired: false })
}

/// Runs the rules until nothing changes; `None` if that takes too many rounds.
fn settle<'a>(text: &'a str, rules: &[Rule]) -> Option<Cleaned<'a>> {
    let mut cleaned = Cleaned { text: Cow::Borrowed(text), mojibake_repaired: false };
    for _ in 0..ROUNDS {
        let mut needs = scan::needs(&cleaned.text);
        let mut changed = false;
        for rule in rules {
            if needs.has(rule.need) && run(rule, &mut cleaned) {
                cleaned.mojibake_repaired |= rule.need == Need::MOJIBAKE;
                needs = scan::needs(&cleaned.text);
                changed = true;
            }
        }
        if !changed {
            return Some(cleaned);
        }
    }
    None
}

/// Runs one rule, and returns whether it changed the text.
fn run(rule: &Rule, cleaned: &mut Cleaned<'_>) -> bool {
    let before = cleaned.text.len();
    let owned = match &cleaned.text {
        Cow::Borrowed(text) => {
            let after = (rule.apply)(text);
            let changed = matches!(after, Cow::Owned(_)) || after.len() != before;
            cleaned.text = after;
            return changed;
        }
        Cow::Owned(text) => match (rule.apply)(text) {
            Cow::Borrowed(part) if part.len() == before => return false,
            after => after.into_owned(),
        },
    };
    cleaned.text = Cow::Owned(owned);
    true
}
