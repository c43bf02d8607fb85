//! Rows of a table: which cell may hold a question, and which one the answer.

use std::ops::Range;

use html5ever::local_name;

use super::slots::Kind;
use super::{Page, VOCABULARY};
use crate::page::BlockKind;

/// What parts the cells of a row.
const BETWEEN: &str = " | ";

/// The way in which a row may hold a question, the question, and what is beside it.
pub(super) fn place(page: &Page<'_>, line: usize) -> Option<(Kind, Range<usize>, Option<Range<usize>>)> {
    let cells = cells(page, line);
    // A cell may hold a picture alone.
    let filled: Vec<_> = cells.iter().filter(|cell| !page.text[(*cell).clone()].trim().is_empty()).collect();
    let (question, answer) = match *filled {
        [label, question] if is_labelled(page, line, label) => {
            return Some((Kind::Labelled, question.clone(), None));
        }
        [first, second] => (first, second),
        [number, second, third] if is_number(&page.text[number.clone()]) => (second, third),
        _ => {
            let (question, answer) = columns(page, line, cells.len())?;
            (&cells[question], &cells[answer])
        }
    };
    Some((Kind::Cell, question.clone(), Some(answer.clone())))
}

/// Length of the label that an answer has in a cell of its own.
pub(super) fn answer_label(row: &str) -> Option<usize> {
    // Few lines hold a bar.
    let bar = memchr::memchr(b'|', row.as_bytes())?;
    let label = row[..bar].strip_suffix(' ').filter(|_| row[bar..].starts_with("| "))?;
    VOCABULARY.is_answer_label(label).then_some(label.len() + BETWEEN.len())
}

fn cells(page: &Page<'_>, line: usize) -> Vec<Range<usize>> {
    let mut start = page.blocks[line].body.start;
    let cells = page.body(line).split(BETWEEN).map(|cell| {
        let span = start..start + cell.len();
        start = span.end + BETWEEN.len();
        span
    });
    cells.collect()
}

/// Whether the row of a question's label is followed by one of an answer's.
fn is_labelled(page: &Page<'_>, line: usize, label: &Range<usize>) -> bool {
    VOCABULARY.is_question_label(&page.text[label.clone()])
        && (line + 1..page.blocks.len())
            .find(|&next| page.shows(next))
            .is_some_and(|next| answer_label(page.body(next)).is_some())
}

fn is_number(cell: &str) -> bool {
    let digits = cell.trim_end_matches(['.', ')']).trim_start_matches(['#', '№']);
    (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The longest row of names, in bytes: it is read once for each row.
const LONGEST_HEAD: usize = 256;

/// The columns of questions and answers, as a table's first row names them.
fn columns(page: &Page<'_>, line: usize, count: usize) -> Option<(usize, usize)> {
    let (_, table) = page.around(line).find(|(_, element)| element.name == local_name!("table"))?;
    let &head = page.beginning(table, 1).first()?;
    let is_head = page.blocks[head].kind == BlockKind::Row && page.body(head).len() <= LONGEST_HEAD;
    if head == line || !is_head {
        return None;
    }
    let names: Vec<&str> = page.body(head).split(BETWEEN).collect();
    let place = |names_it: &dyn Fn(&str) -> bool| {
        names.iter().position(|name| name.chars().nth(1).is_some() && names_it(name))
    };
    let question = place(&|name| VOCABULARY.is_question_label(name))?;
    let answer = place(&|name| VOCABULARY.is_answer_label(name))?;
    (names.len() == count && question < answer).then_some((question, answer))
}
