use super::super::findings::{Findings, Place};
use super::*;
use crate::profile::Profiles;
use crate::record::{AnswerKind, Entry, Extractor, Flag};

fn entry() -> Entry<'static> {
    let line = r#"{"id":"","question":"How long do bees live?","question_detail":null,"answer":"Six weeks.","answer_kind":"text","answer_role":null,"votes":null,"source_text":null,"source_domain":null,"source_site":null,"source_url":null,"source_basis":null,"section":null,"language":null,"page":"a.txt","page_url":null,"position":1,"line_start":1,"line_end":5,"extractor":"layout","flags":["no_source"]}"#;
    with_id(serde_json::from_str(line).expect("an entry"))
}

fn with_id(mut entry: Entry<'static>) -> Entry<'static> {
    let id = EntryId::of(&entry.question, &entry.answer, entry.source_domain.as_deref());
    entry.id = id.to_string().into();
    entry
}

/// Code, field and message of each finding.
fn findings(entry: &Entry<'_>) -> Vec<(&'static str, String, String)> {
    let profiles = Profiles::built_in();
    let profiles: Vec<_> = profiles.iter().collect();
    let mut findings = Findings::default();
    check(entry, &profiles, &mut findings.at(Place::file("x")));
    let list = findings.into_sorted();
    list.into_iter().map(|f| (f.code.as_str(), f.field.unwrap_or_default(), f.message)).collect()
}

#[test]
fn a_good_entry_has_no_findings() {
    assert_eq!(findings(&entry()), []);
}

#[test]
fn a_line_that_a_rule_matches_is_left_over() {
    let entry = with_id(Entry { answer: "Six weeks.\n\nView complete answer".into(), ..entry() });
    let message = "`View complete answer` matches the rule `takedown`".to_owned();
    assert_eq!(findings(&entry), [("leftover-line", "answer".to_owned(), message)]);
    let declared = Entry { extractor: Extractor::JsonLd, line_start: None, line_end: None, ..entry.clone() };
    assert_eq!(findings(&declared), []);
    let step = with_id(Entry { answer: "Six weeks.\n\nLog in".into(), ..self::entry() });
    assert_eq!(findings(&step).len(), 1);
    assert_eq!(findings(&Entry { line_start: None, line_end: None, ..step }), []);
    let list = |answer: &str| with_id(Entry { answer: answer.to_owned().into(), ..self::entry() });
    let leftovers =
        |answer: &str| findings(&list(answer)).iter().filter(|(code, ..)| *code == "leftover-line").count();
    assert_eq!(leftovers("So:\n\n- Home\n- Stock"), 0);
    assert_eq!(leftovers("So:\n\n- Home\n- Contact"), 2);
    assert_eq!(leftovers("So:\n\n- Stock\n- View complete answer"), 1);
    let elsewhere = with_id(Entry { answer: "Six weeks. View complete answer".into(), ..self::entry() });
    assert_eq!(findings(&elsewhere), []);
}

#[test]
fn the_kind_follows_from_the_lines() {
    use AnswerKind::{Code, List, Mixed, Table, Text};
    let cases: &[(&str, &[AnswerKind])] = &[
        ("One.\n\nTwo.", &[Text]),
        ("Lead:\n\n- a\n- b", &[List]),
        ("1. a\n2. b\n  - deeper", &[List]),
        ("- a\n- b\n\nBehind.", &[Mixed]),
        ("One.\n\nTwo.\n\n- a\n- b", &[Mixed]),
        ("1. FC won.", &[Text, List]),
        ("1. FC won.\n\nAgain.", &[Text, Mixed]),
        ("1. FC won:\n\n- a\n- b", &[List, Mixed]),
        ("So:\n\n1. FC won:\n\n- a\n- b", &[Mixed]),
        ("a | b\n1 | 2", &[Table, Mixed]),
        ("1. a | b\n2 | c", &[Table, Mixed]),
        ("a | b\n\n- c\n- d", &[List, Mixed]),
        ("```\nlet a = 1;\n\n- b\n```", &[Code, Mixed]),
        ("Try:\n\n```\na\n```", &[Mixed]),
        ("-not an item", &[Text]),
        ("1.5 metres", &[Text]),
    ];
    for (answer, kinds) in cases {
        for &kind in AnswerKind::ALL {
            let entry = with_id(Entry { answer: (*answer).into(), answer_kind: kind, ..entry() });
            let wrong = findings(&entry).iter().any(|finding| finding.0 == "kind-wrong");
            assert_eq!(wrong, !kinds.contains(&kind), "{answer:?} as {kind}");
        }
    }
}

#[test]
fn items_that_end_in_an_ellipsis_are_flagged() {
    let elided = |answer: &'static str, flags: Vec<Flag>| {
        let found = findings(&with_id(Entry { answer: answer.into(), flags, ..entry() }));
        found.iter().any(|finding| finding.0 == "elided-flag")
    };
    let flags = vec![Flag::ElidedItems, Flag::NoSource];
    assert!(!elided("Water. ...", flags.clone()));
    assert!(elided("Water. ...", vec![Flag::NoSource]));
    assert!(elided("Water.", flags));
}

#[test]
fn blocks_are_parted_by_one_blank_line() {
    let unclean = |answer: &'static str, kind| {
        let found = findings(&with_id(Entry { answer: answer.into(), answer_kind: kind, ..entry() }));
        found.into_iter().find(|finding| finding.0 == "text-unclean").map(|finding| finding.2)
    };
    assert_eq!(unclean("Lead:\n\n- a\n- b", AnswerKind::List), None);
    assert_eq!(unclean("a | b\nc | d", AnswerKind::Table), None);
    assert_eq!(unclean("```\n\n\n  a  \n```", AnswerKind::Code), None);
    let message = |text: &str| Some(text.to_owned());
    assert_eq!(unclean("Lead:\n- a", AnswerKind::List), message("a blank line is missing before `a`"));
    assert_eq!(unclean("One.\nTwo.", AnswerKind::Text), message("a blank line is missing before `Two.`"));
    assert_eq!(unclean("One.\n\n\nTwo.", AnswerKind::Text), message("there are two consecutive blank lines"));
    assert_eq!(unclean("One.\n", AnswerKind::Text), message("the text ends in a blank line"));
}

#[test]
fn cleaning_a_line_again_changes_nothing() {
    let unclean = |answer: &'static str, kind| {
        let found = findings(&with_id(Entry { answer: answer.into(), answer_kind: kind, ..entry() }));
        found.into_iter().find(|finding| finding.0 == "text-unclean").map(|finding| finding.2)
    };
    let changes = |from: &str, to: &str| Some(format!("cleaning changes `{from}` to `{to}`"));
    assert_eq!(unclean("Six  weeks.", AnswerKind::Text), changes("Six  weeks.", "Six weeks."));
    assert_eq!(unclean("- **Six**", AnswerKind::List), changes("**Six**", "Six"));
    assert_eq!(unclean("a &amp; b | c\n1 | 2", AnswerKind::Table), changes("a &amp; b | c", "a & b | c"));
    assert_eq!(unclean("**a | b**\n1 | 2", AnswerKind::Table), None, "cells are cleaned one by one");
}
