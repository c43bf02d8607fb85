//! The evidence about each piece of text: how it is written, what stands
//! around it, and its scores as a question and as a video's title.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::labels::Label;
use super::pieces::MAX_QUESTION;
use super::weigh::weigh;
use super::{Piece, score};
use crate::clean;
use crate::page::{Block, BlockKind};
use crate::profile::{Part, Profile, RuleClass};

/// Unlikely beyond what other evidence can mend.
pub(super) const NEVER: f32 = -30.0;

/// A piece of text with the evidence about it.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is another observation of the same text")]
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
    /// Length in bytes.
    pub(super) length: usize,
    /// How it is written.
    pub(super) style: Style,
    /// How it ends.
    pub(super) ending: Ending,
    /// It stands below a question and reads as the heading of its answer: a list
    /// follows on the next line, or it is in Title Case and the question is not.
    pub(super) heads_answer: bool,
    /// What stands before it may be a video's title.
    pub(super) behind_title: bool,
    /// It ends with a colon.
    pub(super) announces: bool,
    /// Cells of a table, or one text parted by a bar or a tab.
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
    /// An attribution.
    pub(super) attribution: bool,
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
    /// A heading below those that ask.
    Subheading,
    Bold,
    Item,
    Numbered,
    Code,
    /// Behind the label of a question.
    Labelled,
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
    /// How many there are.
    pub(super) const COUNT: usize = Self::Labelled as usize + 1;

    /// What it adds to the score of a question.
    pub(super) const fn weight(self) -> f32 {
        match self {
            Self::Labelled => 3.0,
            Self::Heading => 2.0,
            Self::Bold => 1.5,
            Self::Item | Self::Numbered => -2.0,
            Self::Plain | Self::Subheading | Self::Code => 0.0,
        }
    }

    pub(super) fn is_item(self) -> bool {
        matches!(self, Self::Item | Self::Numbered)
    }
}

/// The evidence about every piece that is text.
pub(super) fn units(page: &str, blocks: &[Block], pieces: &[Piece], profile: &Profile) -> Vec<Unit> {
    let decoded = decoded(page, pieces);
    let mut units: Vec<Unit> = Vec::with_capacity(pieces.len());
    let mut between = Between { edge: true, ..Between::default() };
    let mut end = 0;
    let mut behind_boilerplate = false;
    for (index, piece) in pieces.iter().enumerate() {
        let blanks = blanks(blocks, pieces, index);
        // Boilerplate stands in a gap of the page's own, and makes it no wider.
        between.blanks = if behind_boilerplate {
            between.blanks.max(blanks)
        } else {
            between.blanks.saturating_add(blanks)
        };
        behind_boilerplate = false;
        if let Some(rule) = piece.rule {
            let class = profile.rules()[rule].class;
            behind_boilerplate = class == RuleClass::Boilerplate;
            if !piece.inside {
                mark(&mut between, profile, class);
            }
            continue;
        }
        if piece.is_label() {
            continue;
        }
        between.glued = index > 0 && pieces[index - 1].block == piece.block;
        if let Some(last) = units.last_mut() {
            last.after = between;
        }
        units.push(unit(page, blocks, index, piece, &decoded, between));
        between = Between::default();
        end = piece.block + 1;
    }
    if let Some(last) = units.last_mut() {
        between.edge = true;
        between.blanks = u8::try_from(blocks.len().saturating_sub(end)).unwrap_or(u8::MAX);
        last.after = between;
    }
    weigh(page, pieces, &decoded, &mut units, profile);
    units
}

/// Texts that hold character references, decoded, by their pieces.
pub(super) type Decoded = FxHashMap<usize, String>;

/// The texts that may ask and hold character references.
fn decoded(page: &str, pieces: &[Piece]) -> Decoded {
    let may_ask = |piece: &Piece| piece.rule.is_none() && piece.body.len() <= MAX_QUESTION;
    let decode = |piece: &Piece| match clean::decode_references(&page[piece.body.clone()]) {
        Cow::Owned(text) => Some(text),
        Cow::Borrowed(_) => None,
    };
    let pieces = pieces.iter().enumerate().filter(|(_, piece)| may_ask(piece));
    pieces.filter_map(|(index, piece)| Some((index, decode(piece)?))).collect()
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
    between.attribution |= part == Part::Attribution;
    if profile.stands_under_question(part) {
        between.under = true;
    } else {
        between.boundary = true;
    }
}

fn is_bold(body: &str) -> bool {
    body.strip_prefix("**").is_some_and(|rest| rest.ends_with("**") || !rest.contains("**"))
}

fn unit(
    page: &str,
    blocks: &[Block],
    index: usize,
    piece: &Piece,
    decoded: &Decoded,
    before: Between,
) -> Unit {
    let kind = blocks[piece.block].kind;
    let body = &page[piece.body.clone()];
    let style = match kind {
        _ if piece.label == Some(Label::Question) => Style::Labelled,
        BlockKind::Heading => Style::Heading,
        BlockKind::Item if piece.body.start > piece.text.start => {
            let mark = &page[piece.text.start..piece.body.start];
            if mark.contains(|c: char| c.is_ascii_digit()) { Style::Numbered } else { Style::Item }
        }
        BlockKind::Fence | BlockKind::Code => Style::Code,
        BlockKind::Strong => Style::Bold,
        // Bold to its end, or to where the page was cut off.
        _ if body.len() > 4 && is_bold(body) => Style::Bold,
        _ => Style::Plain,
    };
    let shown = decoded.get(&index).map_or(body, String::as_str);
    let ending = if body.len() > MAX_QUESTION { Ending::Sentence } else { score::ending(shown.trim_end()) };
    Unit {
        piece: index,
        question: NEVER,
        title: NEVER,
        before,
        after: Between::default(),
        length: body.len(),
        style,
        ending,
        heads_answer: false,
        behind_title: false,
        announces: body.ends_with(':'),
        barred: memchr::memchr2(b'|', b'\t', body.as_bytes()).is_some(),
    }
}
