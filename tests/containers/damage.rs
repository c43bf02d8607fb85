//! Inputs that are cut, wrong or made to do harm.

use qasift::Error;
use qasift::record::{InputStatus, RejectReason};

use crate::formats::gzip;
use crate::{Run, jsonl, pages};

#[test]
fn records_around_damage_are_read_and_the_damage_is_told() {
    let lines = jsonl(&pages());
    let lines: Vec<&str> = lines.lines().collect();
    let damaged = [lines[0], "{\"text\": \"How long", lines[1], lines[2]].join("\n");
    let run = Run::of(&[("a.jsonl", damaged.as_bytes()), ("b.txt", pages()[0].as_bytes())]);
    let summary = run.ingest(|_| ()).unwrap();
    assert_eq!((summary.totals.pages, summary.damaged()), (4, 1));
    let rejects = run.rejects();
    let lost = rejects.iter().find(|reject| reject.reason == RejectReason::DamagedRecord).unwrap();
    assert_eq!((lost.page.as_str(), lost.offset), ("a.jsonl#2", Some(lines[0].len() as u64 + 1)));
    assert_eq!(lost.text, "{\"text\": \"How long");
    assert_eq!(run.inputs()[0].damaged, 1);
    assert_eq!(summary.lost.len(), 1);
}

#[test]
fn a_cut_file_gives_what_stands_before_the_cut() {
    let lines = jsonl(&pages());
    let members: Vec<Vec<u8>> = lines.split_inclusive('\n').map(|line| gzip(line.as_bytes())).collect();
    let stored = members.concat();
    let run = Run::of(&[("a.jsonl.gz", &stored[..stored.len() - 20])]);
    run.ingest(|_| ()).unwrap();
    assert_eq!(run.pages().len(), 2);
    let lost = run.rejects().pop().unwrap();
    let start = (members[0].len() + members[1].len()) as u64;
    assert_eq!((lost.page.as_str(), lost.offset), ("a.jsonl.gz#3", Some(start)));
}

#[test]
fn a_file_of_nothing_but_damage_is_no_dataset() {
    let run = Run::of(&[("a.jsonl", b"{\n{\n")]);
    let Err(Error::Usage { message, .. }) = run.ingest(|config| config.reading.format = None) else {
        panic!("no page was read");
    };
    assert!(message.contains("a.jsonl#1"), "{message}");
    assert!(!run.dataset().exists());
}

#[test]
fn what_is_compressed_twice_is_not_read() {
    let [page, ..] = pages();
    let run = Run::of(&[("a.txt", page.as_bytes()), ("b.gz", &gzip(&gzip(page.as_bytes())))]);
    run.ingest(|_| ()).unwrap();
    let inputs = run.inputs();
    assert_eq!(inputs[1].status, InputStatus::Binary);
    assert_eq!(inputs[1].detail.as_deref(), Some("it begins like a gzip archive"));
}

#[test]
fn a_bomb_is_a_finding_and_takes_no_memory() {
    let [page, ..] = pages();
    let bomb = zstd::encode_all(std::io::Read::take(std::io::repeat(b' '), 1 << 30), 1).unwrap();
    assert!(bomb.len() < 100_000);
    let run = Run::of(&[("a.txt", page.as_bytes()), ("b.txt.zst", &bomb), ("c.jsonl.zst", &bomb)]);
    let summary = run.ingest(|_| ()).unwrap();
    let inputs = run.inputs();
    assert_eq!(inputs[1].status, InputStatus::Damaged);
    assert!(inputs[1].detail.as_ref().unwrap().contains("expands to more than 512 times its size"));
    assert_eq!((inputs[2].status, inputs[2].damaged), (InputStatus::Damaged, 1));
    assert_eq!(summary.damaged(), 1);
}

#[test]
fn an_object_without_its_end_costs_no_other() {
    let [one, two, three] = pages().map(|page| serde_json::json!({ "text": page }).to_string());
    let cut = two.strip_suffix('}').unwrap();
    let array = format!("[\n{one},\n{cut},\n{three},\n");
    let run = Run::of(&[("a.json", array.as_bytes())]);
    run.ingest(|_| ()).unwrap();
    let pages: Vec<_> = run.pages().into_iter().map(|page| page.page).collect();
    assert_eq!(pages, ["a.json#1", "a.json#3"]);
    let lost = run.rejects().into_iter().filter(|reject| reject.reason == RejectReason::DamagedRecord);
    let told: Vec<_> = lost.map(|reject| (reject.page, reject.detail)).collect();
    let of_record = |number: u8, detail: &str| (format!("a.json#{number}"), detail.to_owned());
    assert_eq!(
        told,
        [
            of_record(2, "the object has no end"),
            of_record(4, "the array that the objects stand in has no end")
        ]
    );
}

#[test]
fn a_message_does_not_repeat_a_record() {
    let [page, ..] = pages();
    let line = serde_json::json!("a\u{1b}[31m".repeat(100_000)).to_string();
    let run = Run::of(&[("a.jsonl", format!("{line}\n{}", jsonl(&[page])).as_bytes())]);
    let summary = run.ingest(|_| ()).unwrap();
    assert!(summary.lost[0].detail.len() < 1000, "{}", summary.lost[0].detail.len());
}

#[test]
fn an_input_of_which_nothing_could_be_read_is_damaged() {
    let [page, ..] = pages();
    let run = Run::of(&[("a.txt", page.as_bytes()), ("b.parquet", b"PAR1 and nothing more")]);
    run.ingest(|_| ()).unwrap();
    assert_eq!(run.inputs()[1].status, InputStatus::Damaged);
}

#[test]
fn files_of_an_archive_that_share_a_name_are_told() {
    use std::io::{Cursor, Write as _};
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, page) in ["a.txt", "b.txt", "c.txt"].iter().zip(pages()) {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(page.as_bytes()).unwrap();
    }
    let mut archive = writer.finish().unwrap().into_inner();
    while let Some(at) = memchr::memmem::find(&archive, b"c.txt") {
        archive[at] = b'a';
    }
    let run = Run::of(&[("pages.zip", &archive)]);
    let summary = run.ingest(|_| ()).unwrap();
    assert_eq!((summary.totals.pages, summary.damaged()), (2, 1));
    assert_eq!(
        run.rejects().iter().find(|reject| reject.page == "pages.zip#3").unwrap().detail,
        "1 files have the name of another one: only the last one of a name is read"
    );
}
