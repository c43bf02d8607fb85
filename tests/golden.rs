//! Goldens: each folder below `tests/golden/` holds a page and, written by
//! hand, what a right reading of it yields.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use qasift::config::{IngestConfig, Output};
use qasift::profile::Profiles;
use qasift::record::Format;
use serde_json::{Map, Value, json};

/// What `expected.json` may say.
const KEYS: [&str; 5] = ["why", "page", "entries", "rejects", "facts"];

#[test]
fn every_golden_is_read_as_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut folders: Vec<PathBuf> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut failures = Vec::new();
    for folder in &folders {
        let expected: Value =
            serde_json::from_str(&fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
        let page = folder.join(expected["page"].as_str().unwrap_or("page.txt"));
        let found = ingested(&page);
        for key in expected.as_object().unwrap().keys() {
            assert!(KEYS.contains(&key.as_str()), "{}: {key}", folder.display());
        }
        for part in ["entries", "rejects", "facts"] {
            let differences = differences(&expected[part], &found[part]);
            if !differences.is_empty() {
                let name = folder.file_name().unwrap().to_string_lossy();
                failures.push(format!("{name} ({}), {part}:\n{}", expected["why"], differences.join("\n")));
            }
        }
    }
    assert!(folders.len() >= 196, "{} goldens", folders.len());
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n\n"));
}

/// What an ingest of the page writes, as `expected.json` spells it.
fn ingested(page: &Path) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("dataset");
    let mut config = IngestConfig::new(vec![page.to_owned()]);
    config.output = Output::Folder(output.clone());
    config.formats = vec![Format::Jsonl];
    qasift::ingest(&config, &Profiles::built_in(), &|_| (), &AtomicBool::new(false)).unwrap();
    let rows = |name: &str| -> Vec<Value> {
        let lines = fs::read_to_string(output.join(name)).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    json!({
        "entries": rows("entries.jsonl"), "rejects": rows("rejects.jsonl"), "facts": rows("pages.jsonl")[0]["facts"],
    })
}

/// What differs, in the fields that `expected` names.
fn differences(expected: &Value, found: &Value) -> Vec<String> {
    let none = Vec::new();
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => field_differences(expected, found),
        (Value::Array(_) | Value::Null, Value::Array(found)) => {
            let expected = expected.as_array().unwrap_or(&none);
            let mut differences = Vec::new();
            for index in 0..expected.len().max(found.len()) {
                match (expected.get(index), found.get(index)) {
                    (Some(expected), Some(found)) => differences.extend(
                        self::differences(expected, found)
                            .iter()
                            .map(|text| format!("  {}: {text}", index + 1)),
                    ),
                    (Some(expected), None) => {
                        differences.push(format!("  {}: missing {expected}", index + 1));
                    }
                    (None, found) => differences.push(format!("  {}: invented {:?}", index + 1, found)),
                }
            }
            differences
        }
        (Value::Null, Value::Object(_)) => Vec::new(),
        _ => vec![format!("  expected {expected}\n  found    {found}")],
    }
}

fn field_differences(expected: &Map<String, Value>, found: &Map<String, Value>) -> Vec<String> {
    expected
        .iter()
        .filter(|(name, value)| found.get(*name).is_none_or(|found| !same(value, found)))
        .map(|(name, value)| format!("{name}\n      expected {value}\n      found    {:?}", found.get(name)))
        .collect()
}

fn same(expected: &Value, found: &Value) -> bool {
    match (expected.as_f64(), found.as_f64()) {
        (Some(expected), Some(found)) => (expected - found).abs() < f64::EPSILON,
        _ => expected == found,
    }
}
