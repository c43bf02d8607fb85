//! Scores each piece of text as a question and as a video's title.
//!
//! A score is a sum of weights in nats (natural-log odds), set by hand on the
//! development pages and not fitted. Zero says nothing either way.

use super::Piece;
use super::pieces::MAX_QUESTION;
use crate::page::{Block, BlockKind};
use crate::profile::{Opening, Part, Profile, RuleClass};

/// Unlikely beyond what other evidence can mend.
pub(super) const NEVER: f32 = -30.0;

/// What ends as a sentence does is neither question nor title.
const SENTENCE: f32 = -6.0;

/// A piece of text with the evidence about it.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Index of the piece.
    pub(super) piece: usize,
    /// Score as a question.
    pub(super) question: f32,
    /// Score as a video's title.
    pub(super) title: f32,
    /// What stands between it and the text before.
    pub(super) before: Between,
    /// What stands between it and the text behind.
    pub(super) after: Between,
    /// How it is written.
    pub(super) style: Style,
    /// How it ends.
    pub(super) ending: Ending,
    /// A list follows on the next line.
    pub(super) leads_list: bool,
    /// Cells of a table, or one text parted by a bar.
    pub(super) barred: bool,
}

/// What stands between two pieces of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "several of them may stand between the same two texts")]
pub(super) struct Between {
    /// Blank lines.
    pub(super) blanks: u8,
    /// Nothing at all: they share a line.
    pub(super) glued: bool,
    /// One end of the page.
    pub(super) edge: bool,
    /// A rule's text that parts two entries.
    pub(super) boundary: bool,
    /// A rule's text that parts a question from its answer.
    pub(super) under: bool,
    /// The count line.
    pub(super) count: bool,
    /// A rule's text that ends an entry.
    pub(super) end: bool,
}

/// How a piece of text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Heading,
    Bold,
    Item,
    Numbered,
    Code,
}

/// How a piece of text ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// As a question.
    Asks,
    /// As a sentence, or it is too long for anything else.
    Sentence,
    /// Without a mark.
    Bare,
}

impl Style {
    pub(super) fn is_item(self) -> bool {
        matches!(self, Self::Item | Self::Numbered)
    }
}

/// The evidence about every piece that is text.
pub(super) fn units(page: &str, blocks: &[Block], pieces: &[Piece], profile: &Profile) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(pieces.len());
    let mut between = Between { edge: true, ..Between::default() };
    let mut end = 0;
    for (index, piece) in pieces.iter().enumerate() {
        between.blanks = between.blanks.saturating_add(blanks(blocks, pieces, index));
        if let Some(rule) = piece.rule {
            mark(&mut between, profile, profile.rules()[rule].class);
            continue;
        }
        between.glued = index > 0 && pieces[index - 1].block == piece.block;
        if let Some(last) = units.last_mut() {
            last.after = between;
        }
        units.push(unit(page, blocks, index, piece, between, profile));
        between = Between::default();
        end = piece.block + 1;
    }
    if let Some(last) = units.last_mut() {
        between.edge = true;
        between.blanks = u8::try_from(blocks.len().saturating_sub(end)).unwrap_or(u8::MAX);
        last.after = between;
    }
    for index in 0..units.len() {
        let near = |at: Option<usize>| at.and_then(|at| units.get(at));
        let neighbours = [near(index.checked_sub(1)), near(Some(index + 1))];
        let in_table = units[index].barred && neighbours.iter().flatten().any(|unit| unit.barred);
        let [last, next] = neighbours.map(|unit| unit.map(|unit| unit.style));
        let unit = &mut units[index];
        unit.leads_list = next.is_some_and(Style::is_item) && unit.after.blanks == 0 && !unit.style.is_item();
        unit.question += question_in_place(unit, last, next);
        unit.title += if in_table { NEVER } else { title_in_place(unit) };
    }
    units
}

/// Blank lines right before a piece.
fn blanks(blocks: &[Block], pieces: &[Piece], index: usize) -> u8 {
    let first = if index == 0 { 0 } else { pieces[index - 1].block + 1 };
    let count = blocks.get(first..pieces[index].block).map_or(0, <[Block]>::len);
    u8::try_from(count).unwrap_or(u8::MAX)
}

fn mark(between: &mut Between, profile: &Profile, class: RuleClass) {
    let part = match class {
        RuleClass::Attribution => Part::Attribution,
        RuleClass::Header => Part::Header,
        RuleClass::Count => {
            between.count = true;
            return;
        }
        RuleClass::End => {
            between.end = true;
            return;
        }
        RuleClass::Boilerplate => return,
    };
    if profile.stands_under_question(part) {
        between.under = true;
    } else {
        between.boundary = true;
    }
}

fn unit(
    page: &str,
    blocks: &[Block],
    index: usize,
    piece: &Piece,
    before: Between,
    profile: &Profile,
) -> Unit {
    let kind = blocks[piece.block].kind;
    let body = &page[piece.body.clone()];
    let style = match kind {
        BlockKind::Heading => Style::Heading,
        BlockKind::Item if piece.body.start > piece.text.start => {
            let mark = &page[piece.text.start..piece.body.start];
            if mark.contains(|c: char| c.is_ascii_digit()) { Style::Numbered } else { Style::Item }
        }
        BlockKind::Fence | BlockKind::Code => Style::Code,
        _ if body.len() > 4 && body.starts_with("**") && body.ends_with("**") => Style::Bold,
        _ => Style::Plain,
    };
    let ending = if body.len() > MAX_QUESTION { Ending::Sentence } else { ending(body) };
    let (question, title) = if body.len() > MAX_QUESTION || style == Style::Code {
        (NEVER, NEVER)
    } else {
        let body = body.trim_matches(|c: char| c == '*' || c == '_' || c.is_whitespace());
        (question_score(body, style, profile), title_score(body, style, profile))
    };
    Unit {
        piece: index,
        question,
        title,
        before,
        after: Between::default(),
        style,
        ending,
        leads_list: false,
        barred: memchr::memchr(b'|', body.as_bytes()).is_some(),
    }
}

/// What speaks for a question in the text alone.
fn question_score(text: &str, style: Style, profile: &Profile) -> f32 {
    let bare = unclosed(text);
    let asks = match ending(text) {
        Ending::Asks => true,
        Ending::Bare => false,
        Ending::Sentence => return SENTENCE,
    };
    let opening = profile.words.opening(text);
    let length = text.len();
    let mut score = if asks { 3.0 } else { -1.0 };
    score += match (opening, asks) {
        (Opening::Asks, _) | (Opening::MayAsk, true) => 2.0,
        (Opening::MayAsk, false) => -0.5,
        (Opening::Plain, _) => -1.0,
        (Opening::Continues, _) => -4.0,
    };
    score += match length {
        0..12 => -1.0,
        12..=110 => 1.0,
        111..=160 => -0.5,
        _ => -3.0,
    };
    #[expect(clippy::cast_precision_loss, reason = "a handful of sentences")]
    let sentences = inner_sentence_ends(bare) as f32;
    score -= 2.5 * sentences;
    if !asks && bare.contains('?') {
        score -= 3.0;
    }
    if text.starts_with(['"', '“', '‘', '—', '(', '«', '„']) {
        score -= 2.0;
    }
    if text.starts_with(char::is_lowercase) && opening == Opening::Plain {
        score -= 2.0;
    }
    score
        + match style {
            Style::Heading => 2.0,
            Style::Bold => 1.5,
            Style::Item | Style::Numbered => -2.0,
            Style::Plain | Style::Code => 0.0,
        }
}

/// A text without the quotes and brackets that close it.
fn unclosed(text: &str) -> &str {
    text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*', '_'])
}

fn ending(text: &str) -> Ending {
    match unclosed(text).chars().next_back() {
        Some('?' | '？' | '؟' | '⁇') => Ending::Asks,
        Some('.' | '!' | ':' | ';' | ',' | '…' | '。' | '।') => Ending::Sentence,
        _ => Ending::Bare,
    }
}

/// Sentences that end before the text does: a mark, white space, a capital.
fn inner_sentence_ends(text: &str) -> usize {
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
fn title_score(text: &str, style: Style, profile: &Profile) -> f32 {
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
        score += 2.0;
    } else if capitals * 2 < all {
        score -= 1.0;
    }
    if shouts >= 2 || (all > 0 && shouts == all) {
        score += 1.5;
    }
    score
}

/// What the place of a text says of it as a question.
fn question_in_place(unit: &Unit, last: Option<Style>, next: Option<Style>) -> f32 {
    let among_items = unit.style.is_item() && (last == Some(unit.style) || next == Some(unit.style));
    let mut score = 0.0;
    if among_items {
        score -= 8.0;
    }
    if unit.after.count {
        score -= 3.0;
    }
    score
}

/// What the place of a text says of it as a title.
fn title_in_place(unit: &Unit) -> f32 {
    let mut score = 0.0;
    if unit.after.count {
        score += 5.0;
    }
    if unit.before.blanks >= 2 && unit.after.blanks >= 2 {
        score += 2.0;
    }
    score
}
