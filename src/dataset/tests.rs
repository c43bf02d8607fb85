//! Complete datasets.

mod target;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest, Sha256};

use super::samples::bees_at;
use super::*;
use crate::id::hex;
use crate::record::{
    Accounting, Container, Dedup, EncodingBasis, FieldNames, Format, InputRow, InputStatus, Manifest,
    Options, PageFacts, PageKind, PageRow, PageStatus, ProfileDigest, Reject, RejectReason,
};

fn options(format: &[Format]) -> Options {
    Options {
        format: format.to_vec(),
        dedup: Dedup::Exact,
        max_page_bytes: None,
        limit: None,
        input_format: None,
        fields: FieldNames::default(),
    }
}

fn page_row(characters: u64) -> PageRow {
    PageRow {
        page: "page.txt".to_owned(),
        input: "page.txt".to_owned(),
        record: None,
        record_id: None,
        url: None,
        date: None,
        kind: PageKind::Text,
        encoding: "utf-8".to_owned(),
        encoding_basis: EncodingBasis::Utf8,
        undecodable: 0,
        status: PageStatus::Read,
        profile: Some("plain".to_owned()),
        facts: PageFacts::default(),
        entries: 2,
        duplicates: 0,
        rejects: 1,
        declared: 0,
        characters: Some(characters),
        accounting: Some(Accounting { answer: characters - 3, blank: 3, ..Accounting::default() }),
        rules: BTreeMap::new(),
    }
}

fn reject(reason: RejectReason) -> Reject {
    Reject {
        page: "page.txt".to_owned(),
        line_start: Some(1),
        line_end: Some(1),
        offset: None,
        reason,
        detail: "no answer follows".to_owned(),
        extractor: None,
        text: "Why?".to_owned(),
        text_sha256: None,
        position: None,
        kept_page: None,
        kept_position: None,
    }
}

fn input_row() -> InputRow {
    InputRow {
        path: "page.txt".to_owned(),
        bytes: Some(3),
        sha256: None,
        compression: None,
        container: Container::File,
        status: InputStatus::Read,
        detail: None,
        records: None,
        pages: 1,
        skipped: BTreeMap::new(),
        damaged: 0,
    }
}

/// Writes a dataset with one page of each list of positions.
fn write(target: &Path, format: &[Format], pages: &[&[u32]], force: bool) -> Result<Manifest, Error> {
    let mut writer = DatasetWriter::create(target, options(format), force)?;
    let encode = |positions: &&[u32]| {
        let mut page = Encoded::new(writer.formats(), 100);
        positions.iter().for_each(|&position| page.push(&bees_at(position)));
        page
    };
    let encoded: Vec<Encoded> = pages.iter().map(encode).collect();
    writer.write_entries(&encoded)?;
    writer.write_input(&input_row())?;
    writer.write_page(&page_row(10))?;
    writer.write_page(&page_row(5))?;
    for reason in [RejectReason::NoAnswer, RejectReason::Duplicate, RejectReason::NoAnswer] {
        writer.write_reject(&reject(reason))?;
    }
    writer.finish(vec![ProfileDigest { name: "plain".to_owned(), sha256: "00".to_owned() }])
}

const ALL: &[Format] = &[Format::Jsonl, Format::Json, Format::Csv, Format::Json];

fn read(target: &Path, name: &str) -> String {
    fs::read_to_string(target.join(name)).unwrap()
}

/// Names in a folder, in order, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn message(result: Result<impl Sized, Error>) -> String {
    result.err().expect("an error").to_string()
}

#[test]
fn every_format_holds_the_same_entries() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    write(&target, ALL, &[&[1, 2], &[], &[3]], false).unwrap();

    let lines = [1, 2, 3].map(|position| serde_json::to_string(&bees_at(position)).unwrap());
    assert_eq!(read(&target, "entries.json"), format!("[\n{}\n]\n", lines.join(",\n")));
    assert_eq!(read(&target, "entries.jsonl"), lines.map(|line| line + "\n").concat());
    let csv = read(&target, "entries.csv");
    let positions: Vec<String> =
        ::csv::Reader::from_reader(csv.as_bytes()).records().map(|row| row.unwrap()[16].to_owned()).collect();
    assert_eq!(positions, ["1", "2", "3"]);
}

#[test]
fn without_entries_the_files_are_there_and_well_formed() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path().join("out").as_path(), ALL, &[&[]], false).unwrap();
    let target = dir.path().join("out");
    assert_eq!(read(&target, "entries.json"), "[]\n");
    assert_eq!(read(&target, "entries.jsonl"), "");
    assert_eq!(read(&target, "entries.csv").lines().count(), 1);
}

#[test]
fn the_manifest_has_totals_and_the_digest_of_every_other_file() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    let manifest = write(&target, ALL, &[&[1, 2]], false).unwrap();
    assert_eq!(serde_json::from_str::<Manifest>(&read(&target, "manifest.json")).unwrap(), manifest);

    assert_eq!(manifest.options.format, [Format::Csv, Format::Json, Format::Jsonl]);
    let totals = &manifest.totals;
    assert_eq!((totals.inputs, totals.pages, totals.entries, totals.characters), (1, 2, 2, 15));
    assert_eq!((totals.accounting.answer, totals.accounting.blank), (9, 6));
    assert_eq!(totals.rejects, BTreeMap::from([(RejectReason::Duplicate, 1), (RejectReason::NoAnswer, 2)]));

    let listed: Vec<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
    let present: Vec<String> = names(&target).into_iter().filter(|name| name != MANIFEST).collect();
    assert_eq!(listed, present);
    for file in &manifest.files {
        let bytes = fs::read(target.join(&file.path)).unwrap();
        assert_eq!(file.bytes, bytes.len() as u64);
        assert_eq!(file.sha256, hex(&Sha256::digest(&bytes)));
    }
}

#[test]
fn the_same_rows_give_the_same_bytes_however_they_are_batched() {
    let dir = tempfile::tempdir().unwrap();
    let [whole, parts] = ["whole", "parts"].map(|name| dir.path().join(name));
    write(&whole, ALL, &[&[1, 2, 3]], false).unwrap();
    write(&parts, ALL, &[&[1], &[], &[2, 3]], false).unwrap();
    for name in names(&whole) {
        assert_eq!(read(&whole, &name), read(&parts, &name), "{name}");
    }
}

#[test]
fn a_dataset_is_replaced_and_nothing_is_left_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    write(&target, &[Format::Csv], &[&[1]], false).unwrap();
    write(&target, &[Format::Jsonl], &[&[2]], false).unwrap();
    assert_eq!(
        names(&target),
        ["entries.jsonl", "inputs.jsonl", "manifest.json", "pages.jsonl", "rejects.jsonl"]
    );
    assert_eq!(names(dir.path()), ["out"]);
}

#[test]
fn whoever_opens_the_target_finds_the_old_or_the_new() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    write(&target, &[Format::Jsonl], &[&[1]], false).unwrap();
    let [old, new] = [1, 2].map(|position| serde_json::to_string(&bees_at(position)).unwrap() + "\n");
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = [0, 0];
            while !done.load(Ordering::Relaxed) {
                let text = read(&target, "entries.jsonl");
                assert!(text == old || text == new, "neither the old nor the new dataset");
                seen[usize::from(text == new)] += 1;
            }
            seen
        });
        for round in 0..40 {
            write(&target, &[Format::Jsonl], &[&[1 + round % 2]], false).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        assert!(reader.join().unwrap().iter().all(|&seen| seen > 0));
    });
}
