//! `docs/format.md` says what the code does.

use std::collections::BTreeSet;

use schemars::{JsonSchema, schema_for};
use serde::Deserialize;

use super::samples::bees;
use super::*;
use crate::id::EntryId;
use crate::record::{
    Accounting, ENTRY_FIELDS, Entry, FieldNames, Format, InputRow, Manifest, Options, PageFacts, PageRow,
    Reject, Totals,
};

const DOC: &str = include_str!("../../docs/format.md");

/// The text between two marks, which stand in the document once and in order.
fn between<'a>(start: &str, end: &str) -> &'a str {
    let (_, rest) = DOC.split_once(start).unwrap_or_else(|| panic!("no `{start}`"));
    rest.split_once(end).unwrap_or_else(|| panic!("no `{end}` behind `{start}`")).0
}

/// The first column of the table that follows `heading`.
fn fields(heading: &str) -> Vec<&'static str> {
    let table = between(heading, "\n|---").len();
    let start = DOC.find(heading).unwrap() + heading.len() + table;
    DOC[start..]
        .lines()
        .skip(2)
        .map_while(|row| row.strip_prefix("| `"))
        .map(|row| row.split_once('`').unwrap().0)
        .collect()
}

fn properties<T: JsonSchema>() -> BTreeSet<String> {
    let schema = schema_for!(T);
    schema.get("properties").unwrap().as_object().unwrap().keys().cloned().collect()
}

/// The entry that the document shows.
fn shown() -> Entry<'static> {
    let bees = Entry { votes: None, source_site: Some("bees.example".into()), line_end: Some(7), ..bees() };
    let id = EntryId::of(&bees.question, &bees.answer, bees.source_domain.as_deref());
    Entry { id: id.to_string().into(), ..bees }
}

#[test]
fn every_field_of_every_row_is_described() {
    assert_eq!(fields("\n## Entries\n"), ENTRY_FIELDS);
    for (heading, expected) in [
        ("\n## Rejects\n", properties::<Reject>()),
        ("\n## Inputs\n", properties::<InputRow>()),
        ("\n## Pages\n", properties::<PageRow>()),
        ("\n`facts`:\n", properties::<PageFacts>()),
        ("\n`accounting`: ", properties::<Accounting>()),
        ("\n## The manifest\n", properties::<Manifest>()),
        ("\n`options`:\n", properties::<Options>()),
        ("\n`fields`: ", properties::<FieldNames>()),
        ("\n`totals`:\n", properties::<Totals>()),
    ] {
        let described: BTreeSet<String> = fields(heading).into_iter().map(str::to_owned).collect();
        assert_eq!(described, expected, "{heading}");
    }
}

#[test]
fn every_name_of_the_closed_lists_is_described() {
    use crate::record::{Flag, RejectReason, SkipReason};
    let flags: Vec<&str> = Flag::ALL.iter().map(|flag| flag.as_str()).collect();
    assert_eq!(fields("\n### Flags\n"), flags);
    let reasons: Vec<&str> = RejectReason::ALL.iter().map(|reason| reason.as_str()).collect();
    assert_eq!(fields("\n| reason |"), reasons);
    let skipped: Vec<&str> = SkipReason::ALL.iter().map(|reason| reason.as_str()).collect();
    assert_eq!(fields("\n| reason to skip |"), skipped);
}

#[test]
fn the_test_vectors_hold() {
    #[derive(Deserialize)]
    struct Vector {
        question: String,
        answer: String,
        source_domain: Option<String>,
        id: String,
    }
    let vectors: Vec<Vector> = serde_json::from_str(between("Test vectors:\n\n```json\n", "```")).unwrap();
    assert_eq!(vectors.len(), 4);
    for Vector { question, answer, source_domain, id } in vectors {
        assert_eq!(EntryId::of(&question, &answer, source_domain.as_deref()).to_string(), id);
    }
}

#[test]
fn the_examples_are_what_is_written() {
    let mut page = Encoded::new(&[Format::Json, Format::Csv], 0);
    page.push(&shown());
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_owned()).unwrap();
    assert_eq!(between("is one entry:\n\n```json\n", "\n```"), text(page.json()));
    assert_eq!(between("```csv\n", "```"), csv::HEADER.to_owned() + &text(page.csv()));
}
