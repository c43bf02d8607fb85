//! The evidence about each piece of text: how it is written, what stands
//! around it, and its scores as a question and as a video's title.

use rustc_hash::{FxHashMap, FxHashSet};

use super::labels::Label;
use super::pieces::MAX_QUESTION;
use super::{Piece, score};
use crate::page::{Block, BlockKind};
use crate::profile::{Part, Profile, RuleClass};

/// Unlikely beyond what other evidence can mend.
pub(super) const NEVER: f32 = -30.0;

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
        units.push(unit(page, blocks, index, piece, between));
        between = Between::default();
        end = piece.block + 1;
    }
    if let Some(last) = units.last_mut() {
        between.edge = true;
        between.blanks = u8::try_from(blocks.len().saturating_sub(end)).unwrap_or(u8::MAX);
        last.after = between;
    }
    demote_headings(page, pieces, &mut units);
    let text = |unit: &Unit| {
        let body = &page[pieces[unit.piece].body.clone()];
        let is_around = |c: char| c == '*' || c == '_' || c.is_whitespace();
        // Nearly all begin with a letter and end with a letter or a mark.
        let bare = body.starts_with(|c: char| c.is_ascii_alphabetic())
            && body.ends_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '?' | '.'));
        if bare { body } else { body.trim_matches(is_around) }
    };
    score_questions(&mut units, text, profile);
    score_titles(&mut units, text, profile);
    weigh_labels(&mut units, pieces);
    units
}

/// What has the label of an answer is nothing else; where questions have labels,
/// what has none is hardly one.
fn weigh_labels(units: &mut [Unit], pieces: &[Piece]) {
    if !units.iter().any(|unit| unit.style == Style::Labelled) {
        return;
    }
    for unit in units.iter_mut().filter(|unit| unit.style != Style::Labelled) {
        if pieces[unit.piece].label == Some(Label::Answer) {
            (unit.question, unit.title) = (NEVER, NEVER);
        } else {
            unit.question -= Style::Labelled.weight();
        }
    }
}

/// Where headings of one rank ask, those of a lower rank stand inside answers.
fn demote_headings(page: &str, pieces: &[Piece], units: &mut [Unit]) {
    let rank = |unit: &Unit| {
        let text = &page[pieces[unit.piece].text.clone()];
        text.bytes().take_while(|&byte| byte == b'#').count().min(RANKS - 1)
    };
    let mut asking = [0_usize; RANKS];
    for unit in units.iter().filter(|unit| unit.style == Style::Heading && unit.ending == Ending::Asks) {
        asking[rank(unit)] += 1;
    }
    // The highest of those that ask most often.
    let (most, count) =
        (0..RANKS).fold((0, 0), |best, rank| if asking[rank] > best.1 { (rank, asking[rank]) } else { best });
    if count < 2 {
        return;
    }
    for unit in units.iter_mut().filter(|unit| unit.style == Style::Heading) {
        if rank(unit) > most {
            unit.style = Style::Subheading;
        }
    }
}

/// Ranks of headings, and none.
const RANKS: usize = 7;

fn score_questions<'a>(units: &mut [Unit], text: impl Fn(&Unit) -> &'a str, profile: &Profile) {
    for index in 0..units.len() {
        let style = |at: Option<usize>| at.and_then(|at| units.get(at)).map(|unit| unit.style);
        let (last, next) = (style(index.checked_sub(1)), style(Some(index + 1)));
        let unit = &mut units[index];
        let item = unit.style.is_item();
        let goes_on = !unit.before.boundary && last == Some(unit.style);
        let among_items = item && (goes_on || (!unit.after.boundary && next == Some(unit.style)));
        if unit.length > MAX_QUESTION || unit.style == Style::Code || among_items {
            continue;
        }
        unit.question = score::question(text(unit), unit.style, unit.ending, profile);
        if unit.after.count {
            unit.question -= 3.0;
        }
    }
    for index in 1..units.len() {
        let (last, unit) = (&units[index - 1], &units[index]);
        if last.ending != Ending::Sentence && last.question > 0.0 && unit.question > 0.0 {
            let next = units.get(index + 1).map(|next| next.style);
            let leads_list = unit.after.blanks == 0 && next.is_some_and(Style::is_item);
            let titled = last.ending == Ending::Asks && score::is_title_case(text(unit));
            units[index].heads_answer = leads_list || (titled && !score::is_title_case(text(last)));
        }
        let (last, unit) = (&units[index - 1], &units[index]);
        if last.question > 0.0 && !unit.before.boundary && answers_by_asking(text(unit), unit) {
            units[index].question = NEVER;
        }
    }
    for index in repeated(units, &text) {
        // Several answers may have the same heading.
        let unit = &mut units[index];
        if unit.question > 0.0 && !unit.heads_answer {
            unit.question += REPEATED;
        }
    }
}

/// Whether what stands below a question asks, and is an answer: an attribution
/// closes what is more than a question (`Of course. Why not?`), or it is quoted.
fn answers_by_asking(text: &str, unit: &Unit) -> bool {
    unit.ending == Ending::Asks
        && ((unit.after.boundary && score::inner_sentence_ends(text) > 0) || score::is_quoted(text))
}

/// Lines that ask and stand on the page more than once, as in its title or its
/// table of contents.
fn repeated<'a>(units: &[Unit], text: impl Fn(&Unit) -> &'a str) -> FxHashSet<usize> {
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let mut repeated = FxHashSet::default();
    for (index, unit) in units.iter().enumerate().filter(|(_, unit)| unit.ending == Ending::Asks) {
        if let Some(&earlier) = first.get(text(unit)) {
            repeated.extend([earlier, index]);
        } else {
            first.insert(text(unit), index);
        }
    }
    repeated
}

/// What a question gains that stands on the page more than once.
const REPEATED: f32 = 3.0;

/// Scores as a title what a question, the count line or the end of the page
/// follows: nothing else can be one.
fn score_titles<'a>(units: &mut [Unit], text: impl Fn(&Unit) -> &'a str, profile: &Profile) {
    for index in 0..units.len() {
        let near = |at: Option<usize>| at.and_then(|at| units.get(at));
        let (last, next) = (near(index.checked_sub(1)), near(Some(index + 1)));
        let second_last = near(index.checked_sub(2));
        let in_table = units[index].barred && [last, next].into_iter().flatten().any(|unit| unit.barred);
        let next_asks = next.is_some_and(|next| next.question > 1.0);
        let leads = next.is_none_or(|next| next.question > -3.0);
        // A title is one line: after another one without a mark it goes on a list.
        let behind_list = last.is_some_and(|last| last.style.is_item()) && units[index].before.blanks > 0;
        let in_list = !behind_list
            && units[index].style != Style::Heading
            && last.is_some_and(|last| {
                let short = last.ending == Ending::Bare && last.length < SHORT && last.question < 2.0;
                // A short answer under its question is no list.
                short && second_last.is_none_or(|unit| unit.question < 2.0)
            });
        let after_text = behind_list
            || last.is_some_and(|last| last.ending == Ending::Sentence && last.length >= SHORT / 2);
        let unit = &mut units[index];
        if unit.length > MAX_QUESTION || unit.style == Style::Code || in_table || !(leads || unit.after.count)
        {
            continue;
        }
        unit.title = score::title(text(unit), unit.style, profile);
        if unit.after.count {
            unit.title += if in_list { 2.0 } else { 5.0 };
        } else if in_list {
            unit.title -= 4.0;
        } else if (after_text || unit.style == Style::Heading)
            && next_asks
            && unit.length <= LONGEST_TITLE
            && unit.ending != Ending::Asks
        {
            unit.title += 3.5;
        }
        if unit.before.blanks >= 2 && unit.after.blanks >= 2 {
            unit.title += 2.0;
        }
        if unit.title > 2.0
            && let Some(next) = units.get_mut(index + 1)
        {
            next.behind_title = true;
        }
    }
}

/// Longer lines without a mark are cut sentences rather than items of a list.
const SHORT: usize = 80;
/// The longest title, in bytes, that nothing but its place tells.
const LONGEST_TITLE: usize = 100;

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

fn is_bold(body: &str) -> bool {
    body.strip_prefix("**").is_some_and(|rest| rest.ends_with("**") || !rest.contains("**"))
}

fn unit(page: &str, blocks: &[Block], index: usize, piece: &Piece, before: Between) -> Unit {
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
    let ending = if body.len() > MAX_QUESTION { Ending::Sentence } else { score::ending(body) };
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
        barred: memchr::memchr2(b'|', b'\t', body.as_bytes()).is_some(),
    }
}
