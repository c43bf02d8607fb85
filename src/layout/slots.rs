//! In what way a line may hold a question.

use std::ops::Range;

use html5ever::local_name;

use super::{Page, VOCABULARY, row};
use crate::page::{BlockKind, Signs};
use crate::profile::{Opening, Profile};

/// The longest text, in bytes, that is examined as a question.
const MAX_QUESTION: usize = 300;

/// A line that may hold a question.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) line: usize,
    pub(super) kind: Kind,
    /// The same for lines that are in similar elements.
    pub(super) key: (Kind, u32, u32),
    /// The question's text.
    pub(super) question: Range<usize>,
    /// The answer's text, where it shares the line.
    pub(super) beside: Option<Range<usize>>,
    pub(super) asking: Asking,
    /// It calls on the reader, and is not a question.
    pub(super) calls: bool,
    /// The page says by its elements that something belongs to it.
    pub(super) strong: bool,
}

/// Whether a text reads as a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    No,
    /// By its words.
    Worded,
    /// By its mark.
    Marked,
}

impl Slot {
    pub(super) fn asks(&self) -> bool {
        self.asking != Asking::No
    }
}

/// The ways, those that say most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    /// Behind a label: `Q:`
    Labelled,
    /// The head of a `details` element, or of something else that folds.
    Toggle,
    /// A term of a definition list.
    Term,
    /// An element whose class says so.
    Class,
    /// A heading, by its level.
    Heading(u8),
    /// The first of two cells.
    Cell,
    /// A bold line.
    Strong,
    /// Bold text before a line's rest.
    Lead,
    /// Any other line.
    Plain,
}

/// The lines of a page that may hold questions.
pub(super) fn slots(page: &Page<'_>, profile: &Profile) -> Vec<Slot> {
    (0..page.blocks.len()).filter_map(|line| slot(page, line, profile)).collect()
}

fn slot(page: &Page<'_>, line: usize, profile: &Profile) -> Option<Slot> {
    let block = &page.blocks[line];
    if !page.shows(line) || matches!(block.kind, BlockKind::Code | BlockKind::Fence) {
        return None;
    }
    let (kind, question, beside) = place(page, line)?;
    let question = without_fold_signs(page.text, question, false);
    let text = &page.text[question.clone()];
    if text.len() > MAX_QUESTION || !text.contains(char::is_alphanumeric) {
        return None;
    }
    let strong =
        matches!(kind, Kind::Toggle | Kind::Term | Kind::Class | Kind::Labelled) || has_sign(page, line);
    let marked = asks(text);
    let worded = !text.ends_with(['.', ':', '!', ';']) && profile.words.opening(text) == Opening::Asks;
    let asking = match () {
        () if marked => Asking::Marked,
        () if worded && (strong || matches!(kind, Kind::Heading(_) | Kind::Strong)) => Asking::Worded,
        () => Asking::No,
    };
    if kind == Kind::Plain && !marked {
        return None;
    }
    Some(Slot {
        line,
        kind,
        key: key(page, line, kind),
        question,
        beside,
        asking,
        calls: VOCABULARY.calls(text) || (asking == Asking::No && VOCABULARY.announces(text)),
        strong,
    })
}

/// The way in which a line may hold a question, the question, and what is beside it.
fn place(page: &Page<'_>, line: usize) -> Option<(Kind, Range<usize>, Option<Range<usize>>)> {
    let block = &page.blocks[line];
    let (body, text) = (block.body.clone(), page.body(line));
    if let Some(mark) = VOCABULARY.question_mark(text) {
        return Some((Kind::Labelled, body.start + mark..body.end, None));
    }
    if block.kind == BlockKind::Row {
        return row::place(page, line);
    }
    let kind = kind(page, line);
    let lead = page.facts(line).lead;
    if kind == Kind::Plain && lead > body.start && lead < body.end {
        let question = body.start..lead.min(body.end);
        let rest = page.text[lead..body.end].trim_start();
        if asks(&page.text[question.clone()]) && !rest.is_empty() {
            return Some((Kind::Lead, question, Some(body.end - rest.len()..body.end)));
        }
    }
    // A sign or a link to the top may precede the number.
    let bare = text.trim_start_matches(|c: char| FOLD_SIGNS.contains(&c) || c.is_whitespace());
    let number = number_mark(bare);
    let start = if number > 0 { text.len() - bare.len() + number } else { 0 };
    Some((kind, body.start + start..body.end, None))
}

fn kind(page: &Page<'_>, line: usize) -> Kind {
    let facts = page.facts(line);
    let heading = page.level(line);
    if facts.signs.has(Signs::TOGGLE) {
        return Kind::Toggle;
    }
    for (_, element) in page.around(line).take(6) {
        // A head is its element's first line, and has few.
        let shown = page.beginning(element, 4);
        if shown.first() != Some(&line) || shown.len() > 3 {
            break;
        }
        match element.name {
            local_name!("summary") => return Kind::Toggle,
            local_name!("dt") => return Kind::Term,
            _ if element.signs.has(Signs::TOGGLE) => return Kind::Toggle,
            _ => {}
        }
    }
    if let Some(level) = heading {
        return Kind::Heading(level);
    }
    if has_sign(page, line) {
        return Kind::Class;
    }
    if page.blocks[line].kind == BlockKind::Strong { Kind::Strong } else { Kind::Plain }
}

/// Whether the class of the line's own elements says that it is a question.
fn has_sign(page: &Page<'_>, line: usize) -> bool {
    let own = |signs: Signs| signs.has(Signs::QUESTION) && !signs.has(Signs::ANSWER);
    if own(page.facts(line).signs) {
        return true;
    }
    let first =
        |shown: &[usize]| shown.iter().copied().find(|&line| page.body(line).contains(char::is_alphabetic));
    page.around(line).take(3).take_while(|(_, element)| !element.signs.has(Signs::ANSWER)).any(
        |(_, element)| {
            let shown = page.beginning(element, 3);
            own(element.signs) && shown.len() <= 2 && first(&shown) == Some(line)
        },
    )
}

fn key(page: &Page<'_>, line: usize, kind: Kind) -> (Kind, u32, u32) {
    let mut around = page.around(line).map(|(_, element)| element.key);
    let (own, parent) = (around.next().unwrap_or_default(), around.next().unwrap_or_default());
    match kind {
        Kind::Labelled | Kind::Term | Kind::Cell => (kind, 0, 0),
        Kind::Strong | Kind::Lead | Kind::Heading(_) => (kind, own, 0),
        Kind::Toggle | Kind::Class | Kind::Plain => (kind, own ^ page.facts(line).key, parent),
    }
}

/// Whether a text ends like a question; fold signs may follow it.
pub(super) fn asks(text: &str) -> bool {
    const BEHIND: [char; 21] = [
        '"', '”', '’', '\'', ')', ']', '»', '*', '_', ' ', '\u{a0}', ':', '!', '.', '+', '-', '–', '▼', '▾',
        '›', '×',
    ];
    text.trim_end_matches(BEHIND).ends_with(['?', '？', '؟'])
}

/// Signs that a question opens and closes its answer, set apart from its text.
const FOLD_SIGNS: [char; 29] = [
    '+', '＋', '-', '–', '−', '▼', '▾', '▽', '▿', '▲', '▴', '▶', '▸', '►', '▹', '›', '»', '❯', '×', '✕', '✖',
    '⌄', '˅', '⌃', '^', '↑', '↓', '➕', '➖',
];

/// Whether a line is nothing but fold signs.
pub(super) fn is_fold_sign(text: &str) -> bool {
    text.chars().all(|c| FOLD_SIGNS.contains(&c) || c.is_whitespace())
}

/// Whether a line's text ends in a fold sign, or what may be one.
pub(super) fn may_fold(page: &Page<'_>, line: usize) -> bool {
    page.body(line).trim_end().ends_with(FOLD_SIGNS)
}

/// A question without the fold signs around it. A text that does not ask keeps one
/// that is glued to it, as in `C++`, unless it is `sure` to be a fold sign.
pub(super) fn without_fold_signs(page: &str, question: Range<usize>, sure: bool) -> Range<usize> {
    let is_sign = |c: char| FOLD_SIGNS.contains(&c) || c.is_whitespace();
    let text = &page[question.clone()];
    let bare = text.trim_end_matches(is_sign);
    let parted = bare.ends_with(['?', '？', '؟']) || text[bare.len()..].starts_with(char::is_whitespace);
    let end = question.start + if sure || parted { bare.len() } else { text.len() };
    let start = question.start + text.len() - text.trim_start_matches(is_sign).len();
    if start < end { start..end } else { question }
}

/// Length of a number before a question: `3.`, `3)`; `03` even if it is glued to
/// the text, as it was set apart on the page.
fn number_mark(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let padded = (2..=3).contains(&digits) && text.starts_with('0');
    let marked = rest.strip_prefix(['.', ')', ':', '-']).or(padded.then_some(rest)).map(str::trim_start);
    match marked {
        Some(body) if (1..=3).contains(&digits) && body.starts_with(char::is_alphabetic) => {
            text.len() - body.len()
        }
        _ => 0,
    }
}
