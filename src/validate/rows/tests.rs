use std::fs;

use serde_json::json;

use super::*;

/// The rows of a file with this name and text, or the message of their fault.
fn rows(name: &str, text: &str) -> Vec<(u64, Option<u64>, Result<Value, String>)> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    fs::write(&path, text).expect("a writable temporary folder");
    let rows = open(&path, false).expect("readable");
    rows.map(|row| row.expect("readable"))
        .map(|row| (row.number, row.line, row.value.map_err(|fault| fault.message)))
        .collect()
}

#[test]
fn arrays_are_read_in_every_layout() {
    let records = [json!({"a": 1}), json!({"b": [2]})];
    let by_line = rows("x.json", "[\n{\"a\":1},\n{\"b\":[2]}\n]\n");
    assert_eq!(by_line, [(1, Some(2), Ok(records[0].clone())), (2, Some(3), Ok(records[1].clone()))]);
    for text in ["[{\"a\":1},\n{\"b\":[2]}]", "[\n  {\n    \"a\": 1\n  },\n  {\"b\": [2]}\n]\n"] {
        let whole = rows("x.json", text);
        assert_eq!(whole, [(1, None, Ok(records[0].clone())), (2, None, Ok(records[1].clone()))], "{text}");
    }
    assert_eq!(rows("x.json", "[]"), []);
    assert_eq!(rows("x.json", "[\n]\n"), []);
}

#[test]
fn broken_arrays_have_a_fault_where_they_break() {
    let fault = |text: &str| {
        let rows = rows("x.json", text);
        let (number, line, value) = rows.into_iter().find(|row| row.2.is_err()).expect(text);
        (number, line, value.expect_err(text))
    };
    assert_eq!(fault("[\n{\"a\":1},\n"), (2, Some(3), "the array does not end".into()));
    assert_eq!(fault("[\n{\"a\":1}\n"), (2, Some(3), "the array does not end".into()));
    assert_eq!(
        fault("[\n{\"a\":1},\n]\n"),
        (2, Some(3), "there is a comma before the end of the array".into())
    );
    assert_eq!(fault("[\n{\"a\":1}\n]\n{}"), (2, Some(3), "there is text after the end of the array".into()));
    assert_eq!(
        fault("[\n{\"a\":1}\n{\"a\":2}\n]\n"),
        (2, Some(3), "a comma is missing before the record".into())
    );
    assert_eq!(fault("{}\n"), (1, None, "the file is not a JSON array".into()));
    assert_eq!(fault("[\n{\"a\":1},\n{\"a\":\n").0, 2);
}

#[test]
fn reading_goes_on_behind_a_malformed_line() {
    let rows = rows("x.jsonl", "{\"a\":1}\n{\"a\":\n{\"a\":3}\n");
    let read: Vec<_> = rows.iter().map(|row| (row.0, row.1, row.2.is_ok())).collect();
    assert_eq!(read, [(1, Some(1), true), (2, Some(2), false), (3, Some(3), true)]);
}

#[test]
fn a_key_that_stands_twice_is_malformed() {
    let rows = rows("x.jsonl", "{\"a\":{\"b\":1,\"b\":2}}\n");
    let message = rows[0].2.clone().expect_err("a fault");
    assert!(message.contains("the key `b` occurs twice"), "{message}");
}

#[test]
fn csv_faults_name_the_column_or_the_number_of_cells() {
    let header = crate::record::ENTRY_FIELDS.join(",");
    assert_eq!(rows("x.csv", &format!("{header}\n")), []);
    let swapped = header.replacen("id,question", "question,id", 1);
    let swapped = rows("x.csv", &format!("{swapped}\n"));
    assert_eq!(swapped, [(1, Some(1), Err("column 1 is `question`, not `id`".into()))]);
    let short = rows("x.csv", "id,question\n");
    assert_eq!(short, [(1, Some(1), Err("column 3, `question_detail`, is missing".into()))]);
    let cells = rows("x.csv", &format!("{header}\n\"a\nb\",c\nd\n"));
    let message = |n| Err(format!("the record has `{n}` cells, not `21`"));
    assert_eq!(cells, [(1, Some(2), message(2)), (2, Some(4), message(1))]);
}
