//! Scores a text as a question and as a video's title, by itself.
//!
//! A score is a sum of weights in nats (natural-log odds), set by hand on the
//! development pages and not fitted. Zero says nothing either way.

use super::evidence::{Ending, NEVER, Style};
use crate::profile::{Opening, Profile};

/// What ends as a sentence does is neither question nor title.
const SENTENCE: f32 = -6.0;

/// What opens like a question and ends with a full stop: on pages that write
/// their questions so, rhythm and attributions tell.
const STOPPED: f32 = -1.0;

/// The longest of common questions, in characters.
const LONG: usize = 110;

/// What speaks for a question in the text alone.
pub(super) fn question(text: &str, style: Style, ending: Ending, profile: &Profile) -> f32 {
    let bare = unclosed(text);
    let asks = match ending {
        Ending::Asks => true,
        Ending::Bare => false,
        Ending::Sentence if style == Style::Labelled => false,
        Ending::Sentence if may_ask_with_stop(text, profile) => return STOPPED,
        Ending::Sentence => return SENTENCE,
    };
    let mut opening = profile.words.opening(text);
    if asks && opening == Opening::Plain && last_sentence_asks(text, profile) {
        opening = Opening::Asks;
    }
    let length = columns(text);
    let inverts = !asks && opening == Opening::Asks && profile.words.inverts(text);
    let mut score = if asks {
        3.0
    } else if inverts {
        // In all less than `MIN_MEAN_SCORE`: a page without a mark holds no entries, on which the quick look relies.
        0.9
    } else {
        -1.0
    };
    score += match (opening, asks) {
        (Opening::Asks, _) | (Opening::MayAsk, true) => 2.0,
        (Opening::MayAsk, false) => -0.5,
        (Opening::Plain, _) => -1.0,
        (Opening::Leans, _) => -2.5,
        (Opening::Continues, _) => -4.0,
    };
    score += match length {
        ..=11 => -1.0,
        12..=LONG => 1.0,
        111..=160 => -0.5,
        _ => -3.0,
    };
    #[expect(clippy::cast_precision_loss, reason = "a handful of sentences")]
    let sentences = inner_sentence_ends(bare) as f32;
    score -= if asks && length <= LONG { 1.0 } else { 2.5 } * sentences;
    if !asks && bare.contains('?') {
        score -= 3.0;
    }
    if text.starts_with(['"', '“', '‘', '—', '(', '«', '„']) {
        score -= if asks { 1.0 } else { 2.0 };
    }
    // But `iPhone …`.
    let small = text.starts_with(char::is_lowercase) && !text.chars().nth(1).is_some_and(char::is_uppercase);
    if small && opening == Opening::Plain {
        score -= 2.0;
    }
    score + style.weight()
}

/// How long a text is, in characters; Chinese, Japanese and Korean ones say twice as much.
fn columns(text: &str) -> usize {
    let is_wide = |c: char| matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}');
    if text.is_ascii() { text.len() } else { text.chars().map(|c| 1 + usize::from(is_wide(c))).sum() }
}

/// Whether a short sentence that ends with a full stop or a colon opens like a question: `How long is a mile.`
fn may_ask_with_stop(text: &str, profile: &Profile) -> bool {
    text.len() <= LONG
        && text.strip_suffix(['.', ':']).is_some_and(|rest| rest.ends_with(char::is_alphanumeric))
        && !text.contains(',')
        && profile.words.opening(text) == Opening::Asks
        && inner_sentence_ends(text) == 0
}

/// Whether a question opens with no word that the profile knows.
pub(super) fn opens_unknown(text: &str, profile: &Profile) -> bool {
    profile.words.opening(text) == Opening::Plain && !last_sentence_asks(text, profile)
}

/// Whether the last of several sentences, or what follows a colon or comma,
/// opens like a question: `I lost my card. What now?`, `In Rome, can I …?`
fn last_sentence_asks(text: &str, profile: &Profile) -> bool {
    let start = text.rfind([':', ',', '.', '!']).map_or(0, |at| at + 1);
    profile.words.opening(text[start..].trim_start()) == Opening::Asks
}

/// Whether most long words start with a capital.
pub(super) fn is_title_case(text: &str) -> bool {
    letter_case(text) >= TITLE_CASE
}

/// A text without the quotes and brackets that close it.
fn unclosed(text: &str) -> &str {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_'])
}

/// Whether a text is one quotation.
pub(super) fn is_quoted(text: &str) -> bool {
    text.starts_with(['"', '“', '„', '«']) && text.ends_with(['"', '”', '“', '»'])
}

/// The longest note in brackets behind a question, in bytes.
const LONGEST_NOTE: usize = 60;

pub(super) fn ending(text: &str) -> Ending {
    let bare = unclosed(text);
    let bare = bare.strip_suffix(['!', '.', ':']).filter(|rest| rest.ends_with('?')).unwrap_or(bare);
    // `What counts? (new hires)`
    let noted = text.ends_with(')').then(|| text.rsplit_once('?')).flatten();
    if noted.is_some_and(|(_, note)| note.len() <= LONGEST_NOTE && note.trim_start().starts_with('(')) {
        return Ending::Asks;
    }
    match bare.chars().next_back() {
        Some('?' | '？' | '؟' | '⁇') => Ending::Asks,
        Some('.' | '!' | ':' | ';' | ',' | '…' | '。' | '।') => Ending::Sentence,
        _ => Ending::Bare,
    }
}

/// Sentences that end before the text does: a mark, white space, a capital.
pub(super) fn inner_sentence_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut count = 0;
    for at in memchr::memchr3_iter(b'.', b'!', b'?', bytes) {
        let word = text[..at].rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let abbreviation = bytes[at] == b'.' && word.chars().count() <= 3;
        let capital =
            text[at + 1..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
        count += usize::from(capital && !abbreviation);
    }
    count
}

/// What speaks for a video's title in the text alone.
pub(super) fn title(text: &str, style: Style, profile: &Profile) -> f32 {
    if style.is_item() || text.len() > 140 {
        return NEVER;
    }
    let ellipsis = text.ends_with("...") || text.ends_with('…');
    if !ellipsis && text.ends_with(['.', ':', ';', ',']) {
        return SENTENCE;
    }
    let mut score = 1.5;
    if ellipsis || text.ends_with('!') {
        score += 1.0;
    }
    if text.contains(['|', '।', '｜']) {
        score += 3.0;
    }
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '#')
        || profile.title_openers.iter().any(|opener| starts_with_ignoring_case(text, opener))
    {
        score += 1.0;
    }
    score + letter_case(text)
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.to_lowercase() == prefix)
}

/// The weight of Title Case.
const TITLE_CASE: f32 = 2.0;

/// Title Case and CAPITALS speak for a title.
fn letter_case(text: &str) -> f32 {
    let long = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    let capital =
        |word: &&str| word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    let shouted = |word: &&str| word.chars().all(|c| !c.is_lowercase());
    let words = text.split_whitespace().skip(1).filter(long);
    let (mut all, mut capitals, mut shouts) = (0, 0, 0);
    for word in words {
        all += 1;
        capitals += usize::from(capital(&word));
        shouts += usize::from(shouted(&word));
    }
    let mut score = 0.0;
    if all > 0 && capitals * 10 >= all * 8 {
        score += TITLE_CASE;
    } else if capitals * 2 < all {
        score -= 1.0;
    }
    if shouts >= 1 || (all > 0 && shouts == all) {
        score += 1.5;
    }
    score
}
