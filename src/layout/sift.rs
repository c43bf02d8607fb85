//! What looks like a question by its text alone, but is none by its elements.

use super::index::{Listed, is_index};
use super::stray::{Standing, strays, title};
use super::within::of_contents;
use super::{Page, VOCABULARY, slots};
use crate::page::Document;
use crate::record::SegmentClass;
use crate::split::{RawEntry, Split};

/// Takes out what belongs to the site; whether what is left lists other pages.
pub(crate) fn sift(document: &Document<'_>, split: &mut Split) -> bool {
    let Some(markup) = document.markup.as_ref() else { return false };
    let page = Page { text: &document.text, blocks: &document.blocks, markup };
    let standing = |entry: &RawEntry| {
        let question = &split.pieces[entry.question];
        Standing { line: question.block, asks: slots::asks(&page.text[question.body.clone()]) }
    };
    let lines: Vec<Standing> = split.entries.iter().map(standing).collect();
    let strays = strays(&page, &lines);
    let of_page: Vec<Standing> =
        lines.iter().zip(&strays).filter(|(_, stray)| !**stray).map(|(line, _)| *line).collect();
    let title = title(&page, &of_page).map(|title| title.line);
    let announces = |line: usize| VOCABULARY.announces(page.body(line)) && !slots::asks(page.body(line));
    let asked: Vec<usize> = lines.iter().map(|line| line.line).collect();
    let is_stray = |((&line, stray), leads): ((&usize, bool), bool)| {
        stray || leads || Some(line) == title || announces(line)
    };
    forget(split, asked.iter().zip(strays).zip(of_contents(&page, &asked)).map(is_stray));
    let body = |piece: &usize| split.pieces[*piece].body.clone();
    let listed = split.entries.iter().map(|entry| Listed {
        question: body(&entry.question),
        answer: entry.answer.iter().map(body).collect(),
    });
    is_index(&page, &listed.collect::<Vec<_>>(), VOCABULARY.announces(&markup.title))
}

/// Makes other text of entries.
fn forget(split: &mut Split, mut strays: impl Iterator<Item = bool>) {
    let is_stray = |_: &mut RawEntry| strays.next().unwrap_or_default();
    for entry in split.entries.extract_if(.., is_stray) {
        for piece in entry.answer.into_iter().chain([entry.question]) {
            split.classes[piece] = SegmentClass::Other;
        }
    }
}
