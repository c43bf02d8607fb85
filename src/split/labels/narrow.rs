//! What is written around questions and is no part of them: a number that marks no
//! list item, italics, a sign of folding.

use super::cut;
use super::mark::strong;
use crate::bytes;
use crate::profile::Profile;
use crate::split::evidence::Ending;
use crate::split::pieces::{MAX_QUESTION, emphasised};
use crate::split::{Piece, Span, score};

/// Fewer questions with a number, in italics or before a sign of folding are chance.
const MIN_QUESTIONS: usize = 3;

/// Leaves the questions of a page without what is written around them.
pub(super) fn questions(page: &str, pieces: &mut [Piece], profile: &Profile) {
    // What may ask: most texts hold no question mark, and show it by their bytes.
    let may_ask = |piece: &&mut Piece| {
        let is_mark = |byte: u8| (byte == b'?') | !byte.is_ascii();
        piece.rule.is_none()
            && piece.body.len() <= MAX_QUESTION
            && bytes::holds(&page.as_bytes()[piece.body.clone()], is_mark)
    };
    let mut asking: Vec<&mut Piece> = pieces.iter_mut().filter(may_ask).collect();
    for of_question in [behind_number, in_stress, before_fold_sign] {
        narrow(page, &mut asking, profile, of_question);
    }
}

/// Leaves the part of questions that `of_question` finds, if enough have it.
fn narrow(page: &str, pieces: &mut [&mut Piece], profile: &Profile, of_question: fn(&str) -> Option<Span>) {
    let part = |piece: &Piece| {
        let body = &page[piece.body.clone()];
        let part = of_question(body).filter(|_| piece.rule.is_none())?;
        (score::ending(&body[part.clone()]) == Ending::Asks).then_some(part)
    };
    if pieces.iter().filter_map(|piece| part(piece)).take(MIN_QUESTIONS).count() < MIN_QUESTIONS {
        return;
    }
    for piece in pieces {
        if let Some(text) = part(piece) {
            cut(page, piece, &text, profile);
        }
    }
}

/// The text behind a number before a question that marks no list item: `1.- Why?`,
/// `01/ Why?`, `**1. Why?**`, `#1 Why?`, `2.1.3 Why?`, `A06. Why?`.
fn behind_number(text: &str) -> Option<Span> {
    if !text.bytes().take(LONGEST_CODE).any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let inner = strong(text);
    let text = &text[inner.clone()];
    let counted = text.strip_prefix('#');
    let bare = counted.unwrap_or_else(|| behind_letter(text));
    let behind = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = bare[..bare.len() - behind.len()].trim_end_matches('.');
    let marks = bare[number.len()..].trim_start();
    let rest = marks.trim_start_matches(['.', '-', '/', ')', '–', '—', ':']);
    let marked = rest.len() < marks.len() && rest.starts_with(char::is_whitespace);
    let spaced = number.len() + marks.len() < bare.len();
    let parted = marked || (spaced && (counted.is_some() || number.contains('.')));
    let digits = number.find('.').unwrap_or(number.len());
    ((1..=3).contains(&digits) && parted).then(|| inner.end - rest.trim_start().len()..inner.end)
}

/// Where the number of a question begins, in bytes, at the latest.
const LONGEST_CODE: usize = 8;

/// A text without the letter of its part, and without a link to the top: `A2.1 Why?`,
/// `Q.2. Why?`, `^ 4. Why?`.
fn behind_letter(text: &str) -> &str {
    let text = text.trim_start_matches(['^', '↑', ' ']);
    let bare = text.strip_prefix(|c: char| c.is_ascii_uppercase()).unwrap_or(text);
    let bare = bare.strip_prefix('.').unwrap_or(bare);
    if bare.starts_with(|c: char| c.is_ascii_digit()) { bare } else { text }
}

/// The text of what is all in italics, bold or not: `*Why?*`, `_Why?_`, `***Why?***`.
fn in_stress(text: &str) -> Option<Span> {
    let is_bold = text.starts_with("**") && !text.starts_with("***");
    emphasised(text).filter(|_| !is_bold)
}

/// The text before a sign of folding or of an anchor, or the name of a picture that a font
/// makes of words: `Why? +`, `Why? ▼`, `Why?#`, `Why? expand_more`.
fn before_fold_sign(text: &str) -> Option<Span> {
    const SIGNS: [char; 17] =
        ['#', '¶', '🔗', '+', '−', '▼', '▾', '▿', '⌄', '⌃', '˅', '⮟', '🔽', '➕', '▸', '▶', '\u{fe0f}'];
    if text.ends_with(|c: char| c.is_ascii_punctuation() && c != '#' && c != '+') {
        return None;
    }
    let is_picture = |word: &str| word == "add" || (word.contains('_') && !word.starts_with('_'));
    let named = text.rsplit_once(' ').filter(|(_, word)| is_picture(word)).map(|(text, _)| text);
    let bare = named.unwrap_or(text).trim_end_matches(SIGNS);
    (bare.len() < text.len()).then(|| 0..bare.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Block;
    use crate::profile::Profiles;

    #[test]
    fn numbers_of_questions_end_with_a_mark_and_space() {
        for (text, rest) in [
            ("1.- Why?", Some("Why?")),
            ("01/ Why?", Some("Why?")),
            ("2 - Why?", Some("Why?")),
            ("**12. Why?**", Some("Why?")),
            ("#1 Why?", Some("Why?")),
            ("#2: Why?", Some("Why?")),
            ("2.1.3 Why?", Some("Why?")),
            ("2.1. Why?", Some("Why?")),
            (".5 why?", None),
            ("A2.1 Why?", Some("Why?")),
            ("Q.2. Why?", Some("Why?")),
            ("^ 4. Why?", Some("Why?")),
            ("B2 or A4?", None),
            ("I have 2 cats?", None),
            ("#3s why?", None),
            ("24/7 help?", None),
            ("1984 - why?", None),
            ("3 ways?", None),
        ] {
            assert_eq!(behind_number(text).map(|rest| &text[rest]), rest, "{text}");
        }
    }

    #[test]
    fn italics_come_off_a_question() {
        for (text, inner) in
            [("*Why?*", Some("Why?")), ("***Why?***", Some("Why?")), ("**Why?**", None), ("*Why* me?", None)]
        {
            assert_eq!(in_stress(text).map(|inner| &text[inner]), inner, "{text}");
        }
    }

    #[test]
    fn a_sign_of_folding_follows_a_question() {
        for (text, end) in [
            ("Why? +", Some(4)),
            ("Why?▼", Some(4)),
            ("Why? expand_more", Some(4)),
            ("Why more?", None),
            ("Why?", None),
        ] {
            assert_eq!(before_fold_sign(text), end.map(|end| 0..end), "{text}");
        }
    }

    #[test]
    fn what_does_not_ask_keeps_its_sign() {
        let page = "Why? +\nHow? +\nWho? +\nC or C++";
        let blocks = crate::page::Document::of_text(page).blocks;
        let piece = |(at, block): (usize, &Block)| {
            Piece::of_text(at, block.span.clone(), block.text.clone(), block.body.clone())
        };
        let mut pieces: Vec<Piece> = blocks.iter().enumerate().map(piece).collect();
        let profiles = Profiles::built_in();
        narrow(
            page,
            &mut pieces.iter_mut().collect::<Vec<_>>(),
            profiles.into_iter().next().unwrap(),
            before_fold_sign,
        );
        let bodies: Vec<&str> = pieces.iter().map(|piece| &page[piece.body.clone()]).collect();
        assert_eq!(bodies, ["Why?", "How?", "Who?", "C or C++"]);
    }
}
