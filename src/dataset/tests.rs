//! Datasets written whole, and what is left of those that are not.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
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
fn the_manifest_tells_totals_and_digests_of_every_other_file() {
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

#[test]
fn dropped_before_the_end_it_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("new/deep/out");
    let writer = DatasetWriter::create(&target, options(ALL), false).unwrap();
    assert_eq!(names(&dir.path().join("new/deep")), [".out.qasift-lock", ".out.qasift-staging"]);
    drop(writer);
    assert!(names(dir.path()).is_empty());
}

#[test]
fn missing_parents_are_made_and_stay() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("new/deep/out");
    write(&target, &[Format::Json], &[&[1]], false).unwrap();
    assert_eq!(names(&dir.path().join("new/deep")), ["out"]);
}

#[test]
fn modes_follow_the_umask() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    write(&target, &[Format::Json], &[&[1]], false).unwrap();
    let (folder, file) = (dir.path().join("folder"), dir.path().join("file"));
    fs::create_dir(&folder).unwrap();
    fs::write(&file, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().mode();
    assert_eq!(mode(&target), mode(&folder));
    for name in names(&target) {
        assert_eq!(mode(&target.join(name)), mode(&file));
    }
}

#[test]
fn links_to_the_target_are_followed() {
    let dir = tempfile::tempdir().unwrap();
    let (link, real) = (dir.path().join("link"), dir.path().join("elsewhere/real"));
    symlink("elsewhere/real", &link).unwrap();
    // First the link leads to nothing, then to a dataset.
    for position in [1, 2] {
        write(&link, &[Format::Jsonl], &[&[position]], false).unwrap();
        assert!(link.is_symlink());
        assert_eq!(read(&real, "entries.jsonl"), serde_json::to_string(&bees_at(position)).unwrap() + "\n");
        assert_eq!(names(&dir.path().join("elsewhere")), ["real"]);
    }
}

#[test]
fn an_empty_folder_is_filled() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    fs::create_dir(&target).unwrap();
    write(&target, &[Format::Json], &[&[1]], false).unwrap();
    assert!(target.join("manifest.json").exists());
    assert_eq!(names(dir.path()), ["out"]);
}

#[test]
fn a_folder_of_something_else_is_refused_unless_forced() {
    for (name, content) in [
        ("notes.txt", "mine"),
        ("manifest.json", "{\"name\": \"a browser extension\"}"),
        ("manifest.json", "{\"tool\": {\"name\": \"other\"}, \"files\": []}"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        fs::create_dir(&target).unwrap();
        fs::write(target.join(name), content).unwrap();

        let error = write(&target, &[Format::Json], &[&[1]], false).unwrap_err();
        assert_eq!(error.to_string(), format!("`{}` is not empty and holds no dataset", target.display()));
        assert!(error.hint().unwrap().contains("`--force`"));
        assert_eq!(read(&target, name), content);
        assert_eq!(names(dir.path()), ["out"]);

        write(&target, &[Format::Json], &[&[1]], true).unwrap();
        assert!(!target.join("notes.txt").exists());
        assert!(read(&target, "manifest.json").contains("qasift"));
    }
}

#[test]
fn a_file_that_is_no_part_of_the_dataset_is_not_thrown_away() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    write(&target, &[Format::Json], &[&[1]], false).unwrap();
    fs::write(target.join("README.md"), "mine").unwrap();
    assert_eq!(
        message(write(&target, &[Format::Json], &[&[1]], false)),
        format!("`{}` holds `README.md`, which is no part of the dataset there", target.display())
    );
    assert_eq!(read(&target, "README.md"), "mine");
    write(&target, &[Format::Json], &[&[1]], true).unwrap();
    assert!(!target.join("README.md").exists());
}

#[test]
fn a_target_that_holds_an_input_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let (raw, link) = (dir.path().join("raw"), dir.path().join("link.txt"));
    fs::create_dir(&raw).unwrap();
    fs::write(raw.join("page.txt"), "mine").unwrap();
    symlink("raw/page.txt", &link).unwrap();
    let (page, other) = (raw.join("page.txt"), dir.path().join("raw2"));
    for input in [&page, &link] {
        assert_eq!(
            message(spare_inputs(&raw, [other.as_path(), input])),
            format!("`{}` holds the input `{}`, which would be lost", raw.display(), input.display())
        );
        spare_inputs(&other, [input.as_path()]).unwrap();
    }
    spare_inputs(&raw, [other.as_path(), Path::new("-")]).unwrap();
}

#[test]
fn what_appears_at_the_target_meanwhile_is_not_thrown_away() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    let staging = Staging::open(&target, false).unwrap();
    fs::create_dir(&target).unwrap();
    fs::write(target.join("notes.txt"), "mine").unwrap();
    assert!(message(staging.commit()).ends_with("holds no dataset"));
    assert_eq!(read(&target, "notes.txt"), "mine");
    assert_eq!(names(dir.path()), ["out"]);
}

#[test]
fn a_target_that_no_folder_can_take_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let open = |target: &Path| message(Staging::open(target, true));
    assert_eq!(open(&file), format!("`{}` is a file, not a folder", file.display()));
    let below = file.join("out");
    assert_eq!(
        open(&below),
        format!("could not create `{}`: Not a directory (os error 20)", below.display())
    );
    for current in [Path::new("."), &std::env::current_dir().unwrap(), Path::new("..")] {
        let expected = "holds the current folder, which a dataset cannot take the place of";
        assert_eq!(open(current), format!("`{}` {expected}", current.display()));
    }
    assert_eq!(open(Path::new("/")), "`/` has no name that a dataset could take the place of");
}

#[test]
#[cfg(target_os = "linux")]
fn a_mount_point_is_refused_with_a_folder_that_works() {
    let error = Staging::open(Path::new("/proc"), true).unwrap_err();
    assert_eq!(error.to_string(), "`/proc` cannot be replaced in one step: it is a mount point");
    assert_eq!(error.hint(), Some("Nothing was changed; `-o /proc/dataset` works."));
}

#[test]
fn a_second_run_into_the_same_folder_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    let first = Staging::open(&target, false).unwrap();
    assert_eq!(
        message(Staging::open(&target, false)),
        format!("another run is writing to `{}`", target.display())
    );
    Staging::open(&dir.path().join("other"), false).unwrap();
    first.commit().unwrap();
    Staging::open(&target, true).unwrap();
    assert_eq!(names(dir.path()), ["out"]);
}

/// Environment variable that tells [`opens_a_dataset_and_waits`] its target.
const CHILD_TARGET: &str = "QASIFT_TEST_CHILD_TARGET";

#[test]
#[ignore = "run by a_killed_run_changes_nothing_and_the_next_cleans_up, in a process of its own"]
fn opens_a_dataset_and_waits() {
    let Some(target) = std::env::var_os(CHILD_TARGET) else { return };
    let writer = DatasetWriter::create(Path::new(&target), options(ALL), false).unwrap();
    println!("\nready");
    std::io::stdin().read_line(&mut String::new()).unwrap();
    drop(writer);
}

#[test]
fn a_killed_run_changes_nothing_and_the_next_cleans_up() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    write(&target, &[Format::Jsonl], &[&[1]], false).unwrap();
    let before = read(&target, "manifest.json");

    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "dataset::tests::opens_a_dataset_and_waits", "--ignored", "--nocapture"])
        .env(CHILD_TARGET, &target)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.map_while(Result::ok).any(|line| line == "ready"));
    assert!(message(Staging::open(&target, false)).starts_with("another run is writing"));
    child.kill().unwrap();
    child.wait().unwrap();

    assert_eq!(names(dir.path()), [".out.qasift-lock", ".out.qasift-staging", "out"]);
    assert_eq!(read(&target, "manifest.json"), before);
    write(&target, &[Format::Jsonl], &[&[2]], false).unwrap();
    assert_eq!(names(dir.path()), ["out"]);
}

#[test]
fn staging_folders_are_known_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let _staging = Staging::open(&dir.path().join("out"), false).unwrap();
    let found: Vec<String> = names(dir.path()).into_iter().filter(|name| is_staging(name.as_ref())).collect();
    assert_eq!(found, [".out.qasift-staging"]);
    assert!(!is_staging("out.qasift-staging".as_ref()));
}

#[test]
fn a_refused_exchange_names_the_first_folder_that_is_free() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    fs::create_dir(dir.path().join("out-2")).unwrap();
    let staging = Staging::open(&target, false).unwrap();
    let error = staging.refused(rustix::io::Errno::INVAL);
    assert_eq!(
        error.to_string(),
        format!(
            "`{}` cannot be replaced in one step: its file system does not exchange folders (Invalid argument (os error 22))",
            target.display()
        )
    );
    let works: PathBuf = dir.path().join("out-3");
    assert_eq!(error.hint(), Some(format!("Nothing was changed; `-o {}` works.", works.display()).as_str()));
}
