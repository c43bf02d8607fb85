//! Composes an answer's plain text from its blocks, and says what it is made of.

mod composer;

use std::borrow::Cow;

pub(crate) use composer::is_fence;
use composer::{Composer, cells};

use crate::clean;
use crate::page::{Block, BlockKind, Document};
use crate::record::AnswerKind;
use crate::split::Piece;

/// An answer, composed.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) kind: AnswerKind,
    /// The page ends an item or a text with ` ...`.
    pub(crate) elided: bool,
    /// It ends in mid-sentence.
    pub(crate) truncated: bool,
    pub(crate) mojibake_repaired: bool,
}

/// Composes an answer of its pieces, in order.
pub(crate) fn compose<'a>(
    text: &'a str,
    document: &Document<'_>,
    pieces: &[Piece],
    answer: &[usize],
) -> Answer<'a> {
    let blocks = &document.blocks;
    let rendered = document.markup.is_some();
    let mut composer =
        Composer::new(room(pieces, answer), if rendered { clean::rendered } else { clean::inline });
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

/// Composes an answer that is a whole document.
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

/// Bytes that an answer takes at most, unless its items are nested deep.
fn room(pieces: &[Piece], answer: &[usize]) -> usize {
    answer.iter().map(|&index| pieces[index].text.len() + ROOM_FOR_MARKS).sum()
}

/// Room for what parts two pieces, and for an item's mark.
const ROOM_FOR_MARKS: usize = 8;

/// Pieces of one block of code, its fences included.
fn code_length(blocks: &[Block], pieces: &[Piece], answer: &[usize]) -> usize {
    let close = answer
        .iter()
        .skip(1)
        .position(|&index| blocks[pieces[index].block].kind == BlockKind::Fence)
        .map_or(answer.len(), |at| at + 2);
    close.min(answer.len())
}

/// Pieces at the start that are rows of one table. A text copy has several of
/// them, with two cells or more each; one may only hold a bar.
fn table_length(page: &str, blocks: &[Block], pieces: &[Piece], answer: &[usize], rendered: bool) -> usize {
    if rendered {
        let is_row = |piece: &Piece| {
            let block = &blocks[piece.block];
            // A label that came off had a cell of its own, and the answer the other one.
            let whole = piece.span == block.span && piece.text.start == block.text.start;
            block.kind == BlockKind::Row && whole
        };
        return answer.iter().take_while(|&&index| is_row(&pieces[index])).count();
    }
    let is_code = |piece: &Piece| matches!(blocks[piece.block].kind, BlockKind::Fence | BlockKind::Code);
    let text_rows = answer.iter().take_while(|&&index| {
        let piece = &pieces[index];
        !is_code(piece) && is_row(&page[piece.text.clone()])
    });
    let rows = text_rows.count();
    if rows < 2 { 0 } else { rows }
}

fn is_row(text: &str) -> bool {
    memchr::memchr2(b'|', b'\t', text.as_bytes()).is_some() && cells(text).count() >= 2
}
