//! Texts: clean, and nothing in them that belongs to the page.

use super::super::findings::Sink;
use super::lines::{self, Line};
use crate::clean;
use crate::diagnostic::{Code, quote};
use crate::profile::Profile;
use crate::record::{Entry, Extractor, SegmentClass};

/// The texts of one or more blocks.
fn texts<'e>(entry: &'e Entry<'_>) -> impl Iterator<Item = (&'static str, &'e str)> {
    let detail = entry.question_detail.as_deref().map(|detail| ("question_detail", detail));
    detail.into_iter().chain([("answer", &*entry.answer)])
}

/// A question is one line, and cleaning it again changes nothing.
pub(super) fn question(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    let question = &*entry.question;
    if question.contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        sink.add(Code::QuestionLines, "question", format!("{} has several lines", quote(question)));
        return;
    }
    let cleaned =
        if is_rendered(entry) { clean::rendered(question).text } else { clean::question(question).text };
    if cleaned != question {
        sink.add(Code::TextUnclean, "question", would_change(question, &cleaned));
    }
}

/// Blocks are parted by one blank line, and cleaning a line again changes nothing.
pub(super) fn blocks(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    for (field, text) in texts(entry) {
        if let Some(message) = first_fault(text, is_rendered(entry)) {
            sink.add(Code::TextUnclean, field, message);
        }
    }
}

/// Whether an entry was rendered from HTML: it has no lines, and what looks like
/// a mark or a character reference is none.
fn is_rendered(entry: &Entry<'_>) -> bool {
    entry.line_start.is_none()
}

fn first_fault(text: &str, rendered: bool) -> Option<String> {
    let mut last = Line::Blank;
    for line in lines::of(text) {
        if let Some(fault) = unclean(line, rendered).or_else(|| misplaced(last, line)) {
            return Some(fault);
        }
        last = line;
    }
    (last == Line::Blank).then(|| "the text ends in a blank line".to_owned())
}

/// What cleaning would change in a line. A line may be a paragraph or a row of
/// cells, which were cleaned one by one.
fn unclean(line: Line<'_>, rendered: bool) -> Option<String> {
    let clean = if rendered { clean::rendered } else { clean::inline };
    let is_clean = |text: &str| clean(text).text == text;
    match line {
        Line::Blank | Line::Fence => None,
        Line::Code(text) => {
            let cleaned = clean::code_line(text);
            (cleaned != text).then(|| would_change(text, &cleaned))
        }
        Line::Item(text) | Line::Other(text) => {
            let is_clean = is_clean(text) || (line.is_row() && lines::cells(text).all(is_clean));
            (!is_clean).then(|| would_change(text, &clean(text).text))
        }
    }
}

/// Lines that follow each other are items, rows or code.
fn misplaced(last: Line<'_>, line: Line<'_>) -> Option<String> {
    let fits = match (last, line) {
        (Line::Blank, Line::Blank) => false,
        (Line::Item(_), Line::Item(_)) => true,
        (Line::Item(_) | Line::Other(_), Line::Item(_) | Line::Other(_)) => last.is_row() && line.is_row(),
        _ => true,
    };
    (!fits).then(|| match line {
        Line::Blank => "there are two consecutive blank lines".to_owned(),
        Line::Item(text) | Line::Other(text) | Line::Code(text) => {
            format!("a blank line is missing before {}", quote(text))
        }
        Line::Fence => "a blank line is missing before the code".to_owned(),
    })
}

fn would_change(text: &str, cleaned: &str) -> String {
    format!("cleaning changes {} to {}", quote(text), quote(cleaned))
}

/// No line that an attribution or boilerplate rule of the page's profile matches whole.
/// Markup is taken at its word, and on HTML pages `Log in` may be a step, or all that is answered.
pub(super) fn leftover(entry: &Entry<'_>, profiles: &[&Profile], sink: &mut Sink<'_>) {
    if matches!(entry.extractor, Extractor::JsonLd | Extractor::Microdata | Extractor::Rdfa) {
        return;
    }
    let boilerplate = |line: &Line<'_>| !matched(*line, SegmentClass::Boilerplate, profiles).is_empty();
    let mut check = |field, lines: &[Line<'_>]| {
        for run in lines.chunk_by(|a, b| matches!((a, b), (Line::Item(_), Line::Item(_)))) {
            // `Home` may be one of several insurances, but no list is nothing but a menu.
            let menu = !is_rendered(entry) && run.iter().all(boilerplate);
            let classes = [SegmentClass::Attribution, SegmentClass::Boilerplate];
            for class in &classes[..if menu { 2 } else { 1 }] {
                for (text, rule) in run.iter().flat_map(|line| matched(*line, *class, profiles)) {
                    let message = format!("{} matches the rule `{rule}`", quote(text));
                    sink.add(Code::LeftoverLine, field, message);
                }
            }
        }
    };
    for (field, text) in texts(entry) {
        check(field, &lines::of(text).collect::<Vec<_>>());
    }
    check("question", &[Line::Other(&entry.question)]);
}

/// A line's text and the rules of a class that match it whole, by their names.
fn matched<'t>(line: Line<'t>, class: SegmentClass, profiles: &[&'t Profile]) -> Vec<(&'t str, &'t str)> {
    let (Line::Item(text) | Line::Other(text)) = line else { return Vec::new() };
    let rules = profiles.iter().filter_map(|profile| profile.rule_matching_line(text));
    rules.filter(|rule| rule.segment_class() == class).map(|rule| (text, rule.name())).collect()
}
