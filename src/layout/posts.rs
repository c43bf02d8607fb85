//! Pages where one question, the title, has several answers: forums, and
//! question-and-answer sites. The question is repeated with each of them, within a
//! bound.

use super::{MAX_READINGS, Page, Pair};
use crate::page::{Element, Signs};

/// The title with each answer of the page.
pub(super) fn pairs(page: &Page<'_>) -> Vec<Pair> {
    let Some(title) = (0..page.blocks.len()).find(|&line| page.level(line) == Some(1)) else {
        return Vec::new();
    };
    let mut pairs = Vec::new();
    let mut end = 0;
    for (index, post) in page.markup.elements.iter().enumerate() {
        let start = post.lines.start as usize;
        if !post.signs.has(Signs::POST) || start < end || start <= title || post.lines.is_empty() {
            continue;
        }
        end = post.lines.end as usize;
        let answer = answer(page, index, post);
        if !answer.is_empty() {
            let question = page.blocks[title].body.clone();
            pairs.push(Pair {
                line: title,
                question,
                beside: None,
                answer,
                label: 0,
                tail: None,
                detail: Vec::new(),
            });
        }
    }
    if let Some(first) = pairs.first().and_then(|pair| pair.answer.first().copied()) {
        let detail = detail(page, title, first);
        let bytes = page.body(title).len() + detail.iter().map(|&line| page.body(line).len()).sum::<usize>();
        pairs.truncate(MAX_READINGS * page.text.len() / bytes.max(1));
        for pair in &mut pairs {
            pair.detail.clone_from(&detail);
        }
    }
    pairs
}

/// The text of the question itself: the post between the title and the first answer.
fn detail(page: &Page<'_>, title: usize, first_answer: usize) -> Vec<usize> {
    let between = |element: &Element| {
        element.lines.start as usize > title && element.lines.end as usize <= first_answer
    };
    let posts = page.markup.elements.iter().enumerate();
    posts
        .filter(|(_, element)| between(element) && element.signs.has(Signs::QUESTION))
        .map(|(index, post)| answer(page, index, post))
        .find(|lines| !lines.is_empty())
        .unwrap_or_default()
}

/// The text of a post, without what is said about it.
fn answer(page: &Page<'_>, index: usize, post: &Element) -> Vec<usize> {
    let inside =
        page.markup.elements[index..].iter().take_while(|element| element.lines.start < post.lines.end);
    let body = inside
        .filter(|element| element.signs.has(Signs::BODY) && !element.signs.has(Signs::COMMENT))
        .max_by_key(|element| element.lines.len());
    let Some(body) = body else { return Vec::new() };
    let is_said = |line: usize| {
        page.around(line)
            .take_while(|(around, _)| *around as usize != index)
            .any(|(_, element)| element.signs.has(Signs::COMMENT))
    };
    let lines = body.lines.start as usize..(body.lines.end as usize).min(page.blocks.len());
    lines.filter(|&line| page.shows(line) && !is_said(line)).collect()
}
