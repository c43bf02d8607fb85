//! Damage to the bytes: of one format alone, or of what a digest is there for.

use std::fs;
use std::path::Path;

use qasift::validate;
use serde_json::json;

use crate::damage::missed;
use crate::fixture::{Dataset, mend};
use crate::profiles;

/// One kind of damage and the finding that is there for it.
struct Damage {
    name: &'static str,
    /// Changes the dataset's folder.
    act: fn(&Path),
    /// Whether the digests are made good again.
    mended: bool,
    /// Code, file, record (0 for none) and field (empty for none).
    found: (&'static str, &'static str, u64, &'static str),
    /// Other codes that the same damage cannot but set off.
    also: &'static [&'static str],
}

#[test]
fn each_damage_is_found_by_its_check() {
    let mut wrong = Vec::new();
    for damage in DAMAGES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Dataset::good().write(folder.path());
        (damage.act)(folder.path());
        if damage.mended {
            mend(folder.path());
        }
        let report = validate::dataset(folder.path(), profiles()).expect("readable");
        wrong.extend(missed(damage.name, &report.findings, damage.found, damage.also));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_newer_schema_is_refused_and_nothing_else_is_judged() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut dataset = Dataset::good();
    dataset.manifest["schema_version"] = json!("2.0");
    dataset.manifest["shape"] = json!("unknown");
    dataset.entries[0]["id"] = json!("wrong");
    dataset.write(folder.path());
    let report = validate::dataset(folder.path(), profiles()).expect("readable");
    let found = ("schema-newer", "manifest.json", 0, "schema_version");
    assert_eq!(missed("a newer schema", &report.findings, found, &[]), None);
    assert_eq!(report.entries, 0);
}

#[test]
fn what_a_newer_minor_version_added_is_put_aside() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut dataset = Dataset::good();
    dataset.manifest["schema_version"] = json!("1.3");
    dataset.manifest["mood"] = json!("good");
    dataset.pages[0]["facts"]["author"] = json!("A. Moss");
    for entry in &mut dataset.entries {
        entry["topic"] = json!("bees");
        entry["flags"].as_array_mut().expect("a list").push(json!("verified"));
    }
    dataset.write(folder.path());
    edit(folder.path(), "entries.csv", |text| text.replacen("votes,", "votes,topic,", 1));
    edit(folder.path(), "entries.csv", |text| {
        text.replace(",text,,,", ",text,,,bees,").replace(",list,,,", ",list,,,bees,")
    });
    mend(folder.path());
    let report = validate::dataset(folder.path(), profiles()).expect("readable");
    assert_eq!(report.findings, []);
    assert_eq!(report.entries, 5);
    dataset.entries[0]["answer_kind"] = json!("list");
    dataset.write(folder.path());
    let report = validate::dataset(folder.path(), profiles()).expect("readable");
    assert_eq!(
        missed(
            "the rest is checked",
            &report.findings,
            ("kind-wrong", "entries.json", 1, "answer_kind"),
            &[]
        ),
        None
    );
}

#[test]
fn findings_of_all_files_are_reported_in_order() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut dataset = Dataset::good();
    dataset.edit(1, "source_domain", json!("Bees.example.com"));
    dataset.entries[3]["flags"] = json!([]);
    dataset.write(folder.path());
    let report = validate::dataset(folder.path(), profiles()).expect("readable");
    let places: Vec<_> =
        report.findings.iter().map(|f| (f.file.as_str(), f.record, f.line, f.code.as_str())).collect();
    // The answers of entries 2 and 3 have three and five lines in the CSV.
    let expected = [
        ("entries.csv", Some(1), Some(2), "domain-malformed"),
        ("entries.csv", Some(4), Some(11), "source-flags"),
        ("entries.json", Some(1), Some(2), "domain-malformed"),
        ("entries.json", Some(4), Some(5), "source-flags"),
        ("entries.jsonl", Some(1), Some(1), "domain-malformed"),
        ("entries.jsonl", Some(4), Some(4), "source-flags"),
    ];
    assert_eq!(places, expected);
}

#[test]
fn what_holds_no_entries_is_an_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = validate::path(&folder.path().join("nothing"), profiles()).expect_err("nothing is there");
    assert!(missing.to_string().starts_with("could not read `"), "{missing}");
    let missing =
        validate::dataset(&folder.path().join("nothing"), profiles()).expect_err("nothing is there");
    assert!(missing.to_string().starts_with("could not read `"), "{missing}");
    fs::write(folder.path().join("notes.txt"), "").expect("writable");
    let other = validate::path(&folder.path().join("notes.txt"), profiles()).expect_err("no entries");
    assert!(other.to_string().ends_with("notes.txt` is neither a dataset nor an entries file"), "{other}");
}

/// Changes a file's text.
fn edit(folder: &Path, file: &str, change: impl FnOnce(String) -> String) {
    let path = folder.join(file);
    let old = fs::read_to_string(&path).expect("the file");
    let new = change(old.clone());
    assert_ne!(old, new, "the damage changes nothing");
    fs::write(path, new).expect("writable");
}

/// Keeps the first `bytes` bytes of a file.
fn cut(folder: &Path, file: &str, bytes: usize) {
    edit(folder, file, |text| text[..bytes].to_owned());
}

/// The codes that a damage is there for.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    DAMAGES.iter().map(|damage| damage.found.0)
}

/// A folder where a file was.
fn put_folder(folder: &Path, file: &str) {
    fs::remove_file(folder.join(file)).expect("there");
    fs::create_dir(folder.join(file)).expect("no longer there");
}

/// Reading a pipe that nobody writes to would wait for ever.
#[cfg(unix)]
#[test]
fn a_named_pipe_is_no_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Dataset::good().write(folder.path());
    let pipe = folder.path().join("entries.csv");
    fs::remove_file(&pipe).expect("there");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("a system with pipes").success());
    let report = validate::dataset(folder.path(), profiles()).expect("readable");
    assert_eq!(missed("a pipe", &report.findings, ("file-missing", "entries.csv", 0, ""), &[]), None);
}

const DAMAGES: &[Damage] = &[
    Damage {
        name: "no manifest",
        act: |folder| fs::remove_file(folder.join("manifest.json")).expect("there"),
        mended: false,
        found: ("manifest-missing", "manifest.json", 0, ""),
        also: &[],
    },
    Damage {
        name: "a folder in place of the manifest",
        act: |folder| put_folder(folder, "manifest.json"),
        mended: false,
        found: ("manifest-missing", "manifest.json", 0, ""),
        also: &[],
    },
    Damage {
        name: "a folder in place of rows",
        act: |folder| put_folder(folder, "rejects.jsonl"),
        mended: false,
        found: ("file-missing", "rejects.jsonl", 0, ""),
        also: &[],
    },
    Damage {
        name: "a truncated manifest",
        act: |folder| cut(folder, "manifest.json", 100),
        mended: false,
        found: ("manifest-unreadable", "manifest.json", 0, ""),
        also: &[],
    },
    Damage {
        name: "a manifest with a key twice",
        act: |folder| {
            edit(folder, "manifest.json", |text| text.replacen('{', "{\"rules_version\":1,", 1));
        },
        mended: false,
        found: ("manifest-unreadable", "manifest.json", 0, ""),
        also: &[],
    },
    Damage {
        name: "a missing file",
        act: |folder| fs::remove_file(folder.join("entries.jsonl")).expect("there"),
        mended: false,
        found: ("file-missing", "entries.jsonl", 0, ""),
        also: &[],
    },
    Damage {
        name: "a file that the list forgot",
        act: |folder| {
            edit(folder, "manifest.json", |text| {
                let mut manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
                manifest["files"].as_array_mut().expect("a list").remove(4);
                manifest.to_string()
            });
        },
        mended: true,
        found: ("file-missing", "manifest.json", 0, "files"),
        also: &["file-unlisted"],
    },
    Damage {
        name: "an extra file",
        act: |folder| fs::write(folder.join("notes.txt"), "mine").expect("writable"),
        mended: false,
        found: ("file-unlisted", "notes.txt", 0, ""),
        also: &[],
    },
    Damage {
        name: "an extra file in a folder of its own",
        act: |folder| {
            fs::create_dir(folder.join("old")).expect("writable");
            fs::write(folder.join("old/entries.json"), "[]").expect("writable");
        },
        mended: false,
        found: ("file-unlisted", "old/entries.json", 0, ""),
        also: &[],
    },
    Damage {
        name: "a path out of the dataset",
        act: |folder| {
            edit(folder, "manifest.json", |text| text.replacen("entries.csv", "../entries.csv", 1));
        },
        mended: false,
        found: ("file-list", "manifest.json", 0, "files"),
        also: &["file-unlisted", "format-list"],
    },
    Damage {
        name: "a byte more",
        act: |folder| edit(folder, "inputs.jsonl", |text| text.replacen(":640", ":640 ", 1)),
        mended: false,
        found: ("file-changed", "inputs.jsonl", 0, ""),
        also: &[],
    },
    Damage {
        name: "a byte changed",
        act: |folder| edit(folder, "inputs.jsonl", |text| text.replacen(":640", ":641", 1)),
        mended: false,
        found: ("file-changed", "inputs.jsonl", 0, ""),
        also: &[],
    },
    Damage {
        name: "an answer changed in the CSV alone",
        act: |folder| edit(folder, "entries.csv", |text| text.replacen("six weeks", "six years", 1)),
        mended: true,
        found: ("formats-differ", "entries.csv", 1, "answer"),
        also: &["id-wrong"],
    },
    Damage {
        name: "a vote in the JSON alone",
        act: |folder| {
            edit(folder, "entries.json", |text| text.replacen("\"votes\":null", "\"votes\":7", 1));
        },
        mended: true,
        found: ("formats-differ", "entries.json", 1, "votes"),
        also: &["markup-fields"],
    },
    Damage {
        name: "entries of the CSV in another order",
        act: |folder| {
            edit(folder, "entries.csv", |text| {
                let mut lines: Vec<_> = text.lines().collect();
                let last = lines.len() - 1;
                lines.swap(last - 1, last);
                lines.join("\n") + "\n"
            });
        },
        mended: true,
        found: ("formats-differ", "entries.csv", 4, ""),
        also: &[],
    },
    Damage {
        name: "an entry less in the CSV",
        act: |folder| {
            edit(folder, "entries.csv", |text| {
                let end = text.trim_end().rfind('\n').expect("lines");
                text[..=end].to_owned()
            });
        },
        mended: true,
        found: ("formats-length", "entries.csv", 0, ""),
        also: &[],
    },
    Damage {
        name: "columns of the CSV in another order",
        act: |folder| edit(folder, "entries.csv", |text| text.replacen("id,question", "question,id", 1)),
        mended: true,
        found: ("csv-header", "entries.csv", 1, ""),
        also: &[],
    },
    Damage {
        name: "an empty CSV",
        act: |folder| edit(folder, "entries.csv", |_| String::new()),
        mended: true,
        found: ("csv-header", "entries.csv", 1, ""),
        also: &[],
    },
    Damage {
        name: "a column of the CSV that is no field",
        act: |folder| edit(folder, "entries.csv", |text| text.replacen(",flags", ",flags,mood", 1)),
        mended: true,
        found: ("csv-header", "entries.csv", 1, ""),
        also: &[],
    },
    Damage {
        name: "a cell less in the CSV",
        act: |folder| edit(folder, "entries.csv", |text| text.replacen(",main,", ",", 1)),
        mended: true,
        found: ("row-malformed", "entries.csv", 1, ""),
        also: &[],
    },
    Damage {
        name: "lines of the CSV that end in CR LF",
        act: |folder| edit(folder, "entries.csv", |text| text.replace("no_source\n", "no_source\r\n")),
        mended: true,
        found: ("schema", "entries.csv", 4, "flags/0"),
        also: &["formats-differ"],
    },
    Damage {
        name: "a number with a leading zero in the CSV",
        act: |folder| edit(folder, "entries.csv", |text| text.replacen("b.txt,,2,", "b.txt,,02,", 1)),
        mended: true,
        found: ("schema", "entries.csv", 4, "position"),
        also: &["formats-differ"],
    },
    Damage {
        name: "a truncated array",
        act: |folder| edit(folder, "entries.json", |text| text.trim_end_matches("\n]\n").to_owned()),
        mended: true,
        found: ("row-malformed", "entries.json", 6, ""),
        also: &[],
    },
    Damage {
        name: "a truncated line",
        act: |folder| {
            edit(folder, "rejects.jsonl", |text| text[..text.len() - 20].to_owned());
        },
        mended: true,
        found: ("row-malformed", "rejects.jsonl", 2, ""),
        also: &[],
    },
    Damage {
        name: "a key twice",
        act: |folder| {
            edit(folder, "entries.jsonl", |text| text.replacen('{', "{\"votes\":1,", 1));
        },
        mended: true,
        found: ("row-malformed", "entries.jsonl", 1, ""),
        also: &[],
    },
    Damage {
        name: "a truncated row of a page",
        act: |folder| {
            edit(folder, "pages.jsonl", |text| text[..text.len() - 20].to_owned());
        },
        mended: true,
        found: ("row-malformed", "pages.jsonl", 2, ""),
        also: &[],
    },
    Damage {
        name: "no rows of pages",
        act: |folder| fs::remove_file(folder.join("pages.jsonl")).expect("there"),
        mended: false,
        found: ("file-missing", "pages.jsonl", 0, ""),
        also: &[],
    },
    Damage {
        name: "a blank line between rows",
        act: |folder| edit(folder, "pages.jsonl", |text| text.replacen('\n', "\n\n", 1)),
        mended: true,
        found: ("row-malformed", "pages.jsonl", 2, ""),
        also: &[],
    },
    Damage {
        name: "bytes that are not UTF-8",
        act: |folder| {
            let path = folder.join("entries.csv");
            let mut bytes = fs::read(&path).expect("there");
            let at = bytes.windows(4).position(|word| word == b"bees").expect("the word");
            bytes[at] = 0xe9;
            fs::write(path, bytes).expect("writable");
        },
        mended: true,
        found: ("row-malformed", "entries.csv", 1, ""),
        also: &[],
    },
];
