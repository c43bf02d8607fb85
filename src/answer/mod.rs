//! Composes an answer's plain text from its blocks, and determines what it consists of.

mod composer;
mod truncation;

use std::borrow::Cow;

pub(crate) use composer::is_fence;
use composer::{Composer, Kinds, cells};

use crate::clean;
use crate::page::{Block, BlockKind, Document};
use crate::record::AnswerKind;
use crate::split::Piece;

/// A composed answer.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    pub(crate) text: Cow<'a, str>,
    kinds: Kinds,
    /// Whether the page cut an item or a text short with ` ...`.
    pub(crate) elided: bool,
    /// Whether it ends in mid-sentence.
    pub(crate) truncated: bool,
    pub(crate) mojibake_repaired: bool,
}

impl Answer<'_> {
    /// What it consists of.
    pub(crate) fn kind(&self) -> AnswerKind {
        self.kinds.of_answer()
    }
}

/// Composes an answer from its pieces, which are in order.
pub(crate) fn compose<'a>(
    text: &'a str,
    document: &Document<'_>,
    pieces: &[Piece],
    answer: &[usize],
) -> Answer<'a> {
    let blocks = &document.blocks;
    let rendered = document.markup.is_some();
    let mut composer =
        Composer::new(capacity(pieces, answer), if rendered { clean::rendered } else { clean::inline });
    let mut rest = answer;
    while let Some((&first, tail)) = rest.split_first() {
        let piece = &pieces[first];
        let body = &text[piece.body.clone()];
        match blocks[piece.block].kind {
            BlockKind::Fence | BlockKind::Code => {
                let length = code_length(blocks, pieces, rest);
                composer.code(rest[..length].iter().map(|&index| (text, &blocks[pieces[index].block])));
                rest = &rest[length..];
                continue;
            }
            BlockKind::Item if piece.text.start < piece.body.start => {
                let mark = &text[piece.text.start..piece.body.start];
                composer.item(mark, body, blocks[piece.block].indent);
            }
            _ => {
                let rows = table_length(text, blocks, pieces, rest, rendered);
                if rows > 0 {
                    composer.table(rest[..rows].iter().map(|&index| &text[pieces[index].text.clone()]));
                    rest = &rest[rows..];
                    continue;
                }
                composer.paragraph(body);
            }
        }
        rest = tail;
    }
    composer.finish()
}

/// Composes an answer from a whole document.
pub(crate) fn compose_all(document: &Document<'_>) -> Answer<'static> {
    let blocks = document.blocks.iter().enumerate();
    let shown = blocks.filter(|(_, block)| !matches!(block.kind, BlockKind::Blank | BlockKind::Furniture));
    let pieces: Vec<Piece> = shown
        .map(|(index, block)| {
            Piece::of_text(index, block.span.clone(), block.text.clone(), block.body.clone())
        })
        .collect();
    let all: Vec<usize> = (0..pieces.len()).collect();
    let answer = compose(&document.text, document, &pieces, &all);
    Answer { text: Cow::Owned(answer.text.into_owned()), ..answer }
}

/// Joins texts that follow each other, each of them an answer's.
pub(crate) fn join(mut answers: Vec<Answer<'static>>) -> Answer<'static> {
    answers.retain(|answer| !answer.text.is_empty());
    let texts: Vec<_> = answers.iter().map(|answer| &*answer.text).collect();
    let text = texts.join("\n\n");
    let mut kinds = Kinds::default();
    for answer in &answers {
        kinds.append(answer.kinds);
    }
    Answer {
        text: Cow::Owned(text),
        kinds,
        elided: answers.iter().any(|answer| answer.elided),
        truncated: answers.last().is_some_and(|answer| answer.truncated),
        mojibake_repaired: answers.iter().any(|answer| answer.mojibake_repaired),
    }
}

/// The length of an answer's text at most, in bytes, unless its items are deeply nested.
fn capacity(pieces: &[Piece], answer: &[usize]) -> usize {
    answer.iter().map(|&index| pieces[index].text.len() + MARKS).sum()
}

/// Bytes for the separator of two pieces and the marker of an item.
const MARKS: usize = 8;

/// The number of pieces of one block of code, including its fences.
fn code_length(blocks: &[Block], pieces: &[Piece], answer: &[usize]) -> usize {
    let close = answer
        .iter()
        .skip(1)
        .position(|&index| blocks[pieces[index].block].kind == BlockKind::Fence)
        .map_or(answer.len(), |at| at + 2);
    close.min(answer.len())
}

/// The number of pieces at the start that are rows of one table. In a text copy, there
/// must be several, each with two cells or more: a single line may just contain a bar.
fn table_length(page: &str, blocks: &[Block], pieces: &[Piece], answer: &[usize], rendered: bool) -> usize {
    if rendered {
        let is_row = |piece: &Piece| {
            let block = &blocks[piece.block];
            // If a label was removed, it was in a cell of its own, and the answer in the other.
            let whole = piece.span == block.span && piece.text.start == block.text.start;
            block.kind == BlockKind::Row && whole
        };
        return answer.iter().take_while(|&&index| is_row(&pieces[index])).count();
    }
    let text_rows = answer.iter().take_while(|&&index| {
        let piece = &pieces[index];
        let other = matches!(blocks[piece.block].kind, BlockKind::Fence | BlockKind::Code | BlockKind::Item);
        !other && is_row(&page[piece.text.clone()])
    });
    let rows = text_rows.count();
    if rows < 2 { 0 } else { rows }
}

fn is_row(text: &str) -> bool {
    memchr::memchr2(b'|', b'\t', text.as_bytes()).is_some() && cells(text).count() >= 2
}
