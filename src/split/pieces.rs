//! Cuts lines into pieces: by the profile's rules, and where a question is
//! glued to the text before or behind it.

use super::Span;
use super::joints::{
    count_joint, head_joint, host_before_joint, is_host, lines_hold_both, spaced_joint, tail_joint,
};
use super::labels::Label;
use crate::clean;
use crate::page::{Block, BlockKind};
use crate::profile::{Frame, Match, Profile, RuleClass};

/// The longest text, in bytes, that is looked at as a question.
pub(super) const MAX_QUESTION: usize = 320;

/// A line, or a part of one. The spans of the pieces and of the blank blocks
/// together are the page.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Index of its block.
    pub(crate) block: usize,
    /// All of it, white space around it included.
    pub(crate) span: Span,
    /// Its text, trimmed.
    pub(crate) text: Span,
    /// Its text without the mark of a heading or list item; what a rule matches, if one does.
    pub(crate) body: Span,
    /// Index of the rule that matches it.
    pub(crate) rule: Option<usize>,
    /// The source that it names, if it is an attribution.
    pub(crate) source: Option<Span>,
    /// What the label before it says of it.
    pub(crate) label: Option<Label>,
    /// A rule's text that ends no entry, because an attribution closes what goes on behind it.
    pub(crate) inside: bool,
}

impl Piece {
    /// A piece that no rule matches.
    pub(crate) fn of_text(block: usize, span: Span, text: Span, body: Span) -> Self {
        Self { block, span, text, body, rule: None, source: None, label: None, inside: false }
    }

    /// Whether it is a label, and its text is the next one.
    pub(super) fn is_label(&self) -> bool {
        self.label.is_some() && self.body.is_empty()
    }

    /// Makes it a rule's, of which the rule matches the part `phrase`.
    pub(super) fn be_ruled(&mut self, page: &str, found: &Match, phrase: Span) {
        self.rule = Some(found.rule);
        let source = found.source.as_ref().map(|source| {
            let mut source = phrase.start + source.start..phrase.start + source.end;
            if let Some(inner) = clean::text_of_link(&page[source.clone()]) {
                source = source.start + inner.start..source.start + inner.end;
            }
            let text = page[source.clone()].trim_start_matches(BEFORE_SOURCE);
            let start = source.end - text.len();
            start..start + text.trim_end_matches(BEHIND_SOURCE).len()
        });
        self.source = source.filter(|source| !source.is_empty());
        self.body = phrase;
    }
}

/// The pieces of a page, in order.
pub(super) fn cut(page: &str, blocks: &[Block], profile: &Profile) -> Vec<Piece> {
    let shown = blocks.iter().filter(|block| block.kind != BlockKind::Blank);
    let pieces = Vec::with_capacity(shown.count() + 1);
    let spaced = lines_hold_both(page, blocks, profile);
    let mut cutter = Cutter { page, profile, pieces, frame: None, glue_start: None, spaced };
    for (index, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Blank | BlockKind::Furniture => {}
            BlockKind::Fence | BlockKind::Code => cutter.push(index, block, block.span.clone()),
            _ => cutter.line(index, block),
        }
    }
    let mut pieces = cutter.pieces;
    join_sources(page, &mut pieces, profile);
    pieces
}

struct Cutter<'a> {
    page: &'a str,
    profile: &'a Profile,
    pieces: Vec<Piece>,
    /// What stood around the last source.
    frame: Option<Frame<'a>>,
    /// Where a glued rule's text may start next.
    glue_start: Option<usize>,
    /// A space may stand between a question and its answer on one line.
    spaced: bool,
}

impl Cutter<'_> {
    fn line(&mut self, index: usize, block: &Block) {
        let mut marked =
            if block.kind == BlockKind::Heading { block.body.clone() } else { block.text.clone() };
        if let Some(inner) = emphasised(&self.page[marked.clone()]) {
            marked = marked.start + inner.start..marked.start + inner.end;
        }
        let text = &self.page[marked.clone()];
        if let Some(found) = self.profile.whole_match_after(text, &mut self.frame)
            && !is_glued(text, &found)
        {
            return self.push_rule(index, block, block.span.clone(), &found, marked);
        }
        if block.kind == BlockKind::Item
            && let Some(found) = self.profile.whole_match(&self.page[block.body.clone()])
        {
            let mark = block.text.start..block.body.start;
            if self.page[mark.clone()].contains('\n') {
                // What stands on a line of its own marks no item: it is an answer.
                let text = mark.start..mark.start + self.page[mark].trim_end().len();
                let span = block.span.start..block.body.start;
                self.pieces.push(Piece::of_text(index, span, text.clone(), text));
                let rest = block.body.start..block.span.end;
                return self.push_rule(index, block, rest, &found, block.body.clone());
            }
            return self.push_rule(index, block, block.span.clone(), &found, block.body.clone());
        }
        let text = if block.kind == BlockKind::Item { block.body.clone() } else { marked };
        if let Some(found) = self.profile.unclean_match(&self.page[text.clone()])
            && !is_glued(&self.page[text.clone()], &found)
        {
            return self.push_rule(index, block, block.span.clone(), &found, text);
        }
        let glued = if self.may_be_glued(&block.span) { self.glued_rules(&block.text) } else { Vec::new() };
        if glued.is_empty() {
            return self.text(index, block, block.span.clone());
        }
        let mut start = block.span.start;
        for (at, next) in glued.iter().zip(glued.iter().skip(1).chain([&block.span.end])) {
            if self.page[start..*at].trim_matches(is_around).is_empty() {
                // Nothing but an indent or emphasis stands before the rule's text.
            } else {
                self.text(index, block, start..*at);
                start = *at;
            }
            self.rule(index, block, start..*next);
            start = *next;
        }
    }

    /// Whether a glued rule's text may start on a line. Lines must be asked for in order.
    fn may_be_glued(&mut self, line: &Span) -> bool {
        let known = self.glue_start.filter(|&at| at >= line.start);
        let start = known.unwrap_or_else(|| self.profile.glue_start(self.page, line.start));
        self.glue_start = Some(start);
        start < line.end
    }

    /// Where, in a line that no rule matches whole, a glued rule's text starts.
    fn glued_rules(&self, text: &Span) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut at = 0;
        let line = &self.page[text.clone()];
        while let Some(found) = self.profile.glued_match(line, at).filter(|found| !found.is_empty()) {
            starts.push(text.start + found.start);
            at = found.end;
        }
        starts
    }

    /// A part of a line that starts with a rule's text.
    fn rule(&mut self, index: usize, block: &Block, span: Span) {
        let text = self.page[span.clone()].trim_start_matches(is_around);
        let start = span.end - text.len();
        let phrase = text.trim_end_matches(is_around);
        if let Some(found) = self.profile.whole_match(phrase).filter(|found| !is_glued(phrase, found)) {
            return self.push_rule(index, block, span, &found, start..start + phrase.len());
        }
        let Some((rule, mut length)) = self.profile.prefix_match(text) else {
            return self.text(index, block, span);
        };
        let found = self.profile.rules()[rule].captures(&text[..length]);
        let mut source = found.and_then(|found| found.name("source").map(|group| group.range()));
        if let Some(source) = &mut source
            && let Some(host) = host_before_joint(&text[source.clone()])
        {
            source.end = source.start + host;
            length = source.end;
        }
        let rest = &text[length..];
        let end = if rest.trim_matches(is_around).is_empty() { span.end } else { start + length };
        self.push_rule(index, block, span.start..end, &Match { rule, source }, start..start + length);
        if end < span.end {
            self.text(index, block, end..span.end);
        }
    }

    /// Text, cut where a count line is glued to it, and a question to what stands before or behind it.
    fn text(&mut self, index: usize, block: &Block, span: Span) {
        let Some(at) = count_joint(&self.page[span.clone()], self.profile) else {
            return self.questions(index, block, span);
        };
        let count = span.start + at;
        self.questions(index, block, span.start..count);
        self.part(index, block, count..span.end);
    }

    /// Text, cut where a question is glued to what stands before or behind it.
    fn questions(&mut self, index: usize, block: &Block, mut span: Span) {
        let text = &self.page[span.clone()];
        if memchr::memchr(b'?', text.as_bytes()).is_none() {
            return self.part(index, block, span);
        }
        // A number may stand before the question.
        let start = block.body.start.clamp(span.start, span.end);
        let text = &self.page[start..span.end];
        let joint = if self.spaced { spaced_joint(text) } else { head_joint(text, self.profile) };
        if let Some(at) = joint {
            self.part(index, block, span.start..start + at);
            span.start = start + at;
        }
        if let Some(at) = tail_joint(&self.page[span.clone()], self.profile) {
            self.part(index, block, span.start..span.start + at);
            span.start += at;
        }
        self.part(index, block, span);
    }

    /// A part of a line, or all of it; of a part, no rule is known yet.
    fn part(&mut self, index: usize, block: &Block, span: Span) {
        if span != block.span {
            // Behind the mark of an item, whatever it looks like.
            let body = block.body.start.clamp(span.start, span.end)..span.end;
            let marked = body.start > span.start;
            let behind_mark = || if marked { self.phrase_of(&body) } else { None };
            let found = self.phrase_of(&span).or_else(behind_mark);
            if let Some((found, phrase)) = found {
                return self.push_rule(index, block, span, &found, phrase);
            }
        }
        self.push(index, block, span);
    }

    /// The rule that matches a part of a line but for what stands around, and where.
    fn phrase_of(&self, span: &Span) -> Option<(Match, Span)> {
        let text = &self.page[span.clone()];
        // A ruler may be nothing but marks of emphasis.
        let trimmed = [is_around, clean::is_unseen].into_iter().find_map(|trimmed| {
            let start = span.end - text.trim_start_matches(trimmed).len();
            let phrase = text.trim_matches(trimmed);
            let found = self.profile.whole_match(phrase).or_else(|| self.profile.unclean_match(phrase))?;
            Some((found, start..start + phrase.len()))
        });
        // Mojibake may need the space behind it to be repaired.
        trimmed.or_else(|| Some((self.profile.unclean_match(text)?, span.clone())))
    }

    /// A piece of which a rule matches the part `phrase`.
    fn push_rule(&mut self, index: usize, block: &Block, span: Span, found: &Match, phrase: Span) {
        self.push(index, block, span);
        if let Some(piece) = self.pieces.last_mut() {
            piece.be_ruled(self.page, found, phrase);
        }
    }

    fn push(&mut self, block: usize, whole: &Block, span: Span) {
        let (text, body) = if span == whole.span {
            (whole.text.clone(), whole.body.clone())
        } else {
            let start = span.start.max(whole.text.start);
            let end = span.end.min(whole.text.end).max(start);
            let start = end - self.page[start..end].trim_start().len();
            let text = start..start + self.page[start..end].trim_end().len();
            let body = text.start.max(whole.body.start).min(text.end)..text.end;
            (text, body)
        };
        self.pieces.push(Piece::of_text(block, span, text, body));
    }
}

/// Where the text in a line's emphasis stands: `**Score: 4/5**`, `_Score: 4/5_`.
pub(super) fn emphasised(text: &str) -> Option<Span> {
    let mark = text.bytes().next().filter(|mark| matches!(mark, b'*' | b'_'))?;
    let marks = |bytes: &mut dyn Iterator<Item = u8>| bytes.take_while(|&byte| byte == mark).count();
    let (before, behind) = (marks(&mut text.bytes()), marks(&mut text.bytes().rev()));
    // A ruler is nothing but marks.
    let inner = text.get(before..text.len() - behind).filter(|_| before == behind)?;
    inner.contains(char::is_alphanumeric).then(|| before..text.len() - behind)
}

/// Marks of emphasis, code and quotation before a source.
const BEFORE_SOURCE: [char; 6] = ['*', '_', '`', '"', '“', '<'];
/// The same behind it, and marks that part it from what follows.
const BEHIND_SOURCE: [char; 8] = ['*', '_', '`', '"', '”', '>', ',', ';'];

/// White space, what nobody sees, and marks of emphasis, which may stand around
/// a rule's text.
pub(super) fn is_around(c: char) -> bool {
    c == '*' || clean::is_unseen(c)
}

/// A line that announces a source and breaks off, and the host alone on the
/// next line, are one attribution; so are its halves and a bar between them.
fn join_sources(page: &str, pieces: &mut [Piece], profile: &Profile) {
    for index in 1..pieces.len() {
        let (before, behind) = pieces.split_at_mut(index);
        let (last, next) = (&before[index - 1], &mut behind[0]);
        let Some(index) = last.rule.filter(|_| next.rule.is_none() && last.source.is_none()) else {
            continue;
        };
        let rule = &profile.rules()[index];
        let attribution = rule.class == RuleClass::Attribution;
        if attribution && &page[next.text.clone()] == "|" {
            next.rule = Some(index);
        } else if attribution && rule.names_source() && is_host(&page[next.text.clone()]) {
            next.rule = Some(index);
            next.source = Some(next.text.clone());
        }
    }
}

/// Whether a match takes the next text, glued to a host, for a part of its source.
fn is_glued(text: &str, found: &Match) -> bool {
    found.source.as_ref().is_some_and(|source| host_before_joint(&text[source.clone()]).is_some())
}
