//! Sound inputs of every format.

use std::io::Write as _;
use std::sync::Arc;

use qasift::record::{Container, InputStatus, PageKind, RejectReason, SkipReason};

use crate::{Run, contents, jsonl, pages, threads};

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}

/// The pages as files of their own.
fn as_files() -> Run {
    let pages = pages();
    let names = ["1.txt", "2.txt", "3.txt"];
    let files: Vec<(&str, &[u8])> = names.into_iter().zip(pages.iter().map(String::as_bytes)).collect();
    let run = Run::of(&files);
    run.ingest(|_| ()).unwrap();
    run
}

fn warc_record(at: usize, page: &str) -> String {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n{page}");
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://pages.example/{at}\r\n\
         Content-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    )
}

fn arc_record(at: usize, page: &str) -> String {
    format!("https://pages.example/{at} 192.0.2.1 20240506070809 text/plain {}\n{page}\n", page.len())
}

/// A table of the pages, two rows a group.
fn parquet(pages: &[String]) -> Vec<u8> {
    use arrow_array::{ArrayRef, RecordBatch, StringArray};
    use parquet::arrow::ArrowWriter;
    use parquet::file::properties::WriterProperties;
    let urls = (0..pages.len()).map(|at| format!("https://pages.example/{at}"));
    let columns: [(&str, ArrayRef); 2] = [
        ("url", Arc::new(StringArray::from_iter_values(urls))),
        ("text", Arc::new(StringArray::from_iter_values(pages))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(2)).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

/// The pages in every container that has addresses.
fn containers() -> Vec<(&'static str, Vec<u8>)> {
    let pages = pages();
    let lines = jsonl(&pages);
    let array = format!("[{}]", lines.trim_end().replace('\n', ",\n"));
    let by_line: Vec<u8> = lines.split_inclusive('\n').flat_map(|line| gzip(line.as_bytes())).collect();
    let warc: Vec<String> = pages.iter().enumerate().map(|(at, page)| warc_record(at, page)).collect();
    let by_record: Vec<u8> = warc.iter().flat_map(|record| gzip(record.as_bytes())).collect();
    let arc: Vec<String> = pages.iter().enumerate().map(|(at, page)| arc_record(at, page)).collect();
    vec![
        ("a.arc", arc.concat().into_bytes()),
        ("a.json", array.clone().into_bytes()),
        ("a.json.xz.none", array.into_bytes()),
        ("a.jsonl", lines.clone().into_bytes()),
        ("a.lines.jsonl", lines.replace('\n', ",\r\n").into_bytes()),
        ("a.jsonl.bz2", bzip2(lines.as_bytes())),
        ("a.jsonl.gz", by_line),
        ("a.jsonl.zst", zstd(lines.as_bytes())),
        ("a.parquet", parquet(&pages)),
        ("a.warc.gz", by_record),
        ("a.wet", warc.concat().into_bytes()),
    ]
}

#[test]
fn a_page_gives_the_same_entries_in_every_container() {
    let files = as_files();
    let expected = files.entries();
    assert_eq!(expected.len(), 4, "two on the first page, one on each of the others");
    for (name, bytes) in containers() {
        let run = Run::of(&[(name, &bytes)]);
        run.ingest(|_| ()).unwrap();
        let entries = run.entries();
        assert_eq!(contents(&entries), contents(&expected), "{name}");
        assert_eq!(entries[3].page, format!("{name}#3"));
        assert_eq!(entries[3].page_url.as_deref(), Some("https://pages.example/2"));
        let inputs = run.inputs();
        assert_eq!((inputs[0].records, inputs[0].pages), (Some(3), 3), "{name}");
        let duplicates = run.rejects();
        assert_eq!(duplicates[1].page, format!("{name}#3"));
        assert_eq!(duplicates[1].kept_page, Some(format!("{name}#1")));
    }
}

#[test]
fn a_compressed_page_is_a_page() {
    let [page, ..] = pages();
    let run = Run::of(&[("a.txt.gz", &gzip(page.as_bytes())), ("b.bin", &zstd(b" \n"))]);
    run.ingest(|_| ()).unwrap();
    let inputs = run.inputs();
    assert_eq!((inputs[0].container, inputs[0].records, inputs[0].pages), (Container::File, None, 1));
    assert_eq!(inputs[1].status, InputStatus::Empty);
    assert_eq!(run.pages()[0].page, "a.txt.gz");
    assert_eq!(run.entries().len(), 2);
}

#[test]
fn the_bytes_are_the_same_at_any_number_of_threads() {
    // Above what a worker takes at once, as plain lines and in a small compressed file.
    let many: Vec<String> = (0..900).map(|at| pages()[at % 3].replace("six", &format!("{at}"))).collect();
    let filler = format!("{{\"filler\":\"{}\",", "x".repeat(5000));
    let lines: String = jsonl(&many).lines().map(|line| line.replacen('{', &filler, 1) + "\n").collect();
    assert!(lines.len() > 4 << 20);
    let files = containers();
    let mut files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let compressed = zstd(lines.as_bytes());
    assert!(compressed.len() < 1 << 20);
    files.extend([
        ("b.jsonl", lines.as_bytes()),
        ("c.jsonl.zst", &compressed),
        ("d.txt", b"Why?\nBecause.\n"),
    ]);
    let run = Run::of(&files);
    let bytes = |jobs| {
        run.ingest(|config| config.jobs = threads(jobs)).unwrap();
        run.bytes()
    };
    let one = bytes(1);
    assert!(bytes(3) == one);
    assert_eq!(run.pages().len(), 11 * 3 + 2 * 900 + 1);
}

#[test]
fn a_limit_counts_pages_and_ends_an_input_in_its_middle() {
    let lines = jsonl(&pages());
    let run = Run::of(&[("a.jsonl", lines.as_bytes()), ("b.jsonl", lines.as_bytes())]);
    let limited = |limit| {
        run.ingest(|config| config.limit = Some(limit)).unwrap();
        let told = |row: qasift::record::InputRow| (row.path, row.status, row.pages, row.sha256.is_some());
        run.inputs().into_iter().map(told).collect::<Vec<_>>()
    };
    let a = |status, pages, whole| ("a.jsonl".to_owned(), status, pages, whole);
    assert_eq!(limited(2), [a(InputStatus::Partial, 2, false)]);
    assert_eq!(limited(3), [a(InputStatus::Read, 3, true)]);
    let b = ("b.jsonl".to_owned(), InputStatus::Partial, 1, false);
    assert_eq!(limited(4), [a(InputStatus::Read, 3, true), b]);
}

#[test]
fn records_that_are_no_pages_are_counted() {
    let lines =
        "{\"text\":\"Why?\\n\\nBecause.\"}\n{\"title\":\"None\"}\n{\"text\":\" \"}\n{\"text\":\"\\u0000\"}\n";
    let run = Run::of(&[("a.jsonl", lines.as_bytes())]);
    let summary = run.ingest(|_| ()).unwrap();
    let row = &run.inputs()[0];
    assert_eq!((row.records, row.pages, row.damaged), (Some(4), 2, 0));
    assert_eq!(row.skipped, [(SkipReason::Empty, 1), (SkipReason::NoText, 1)].into());
    assert_eq!(summary.damaged(), 0);
    assert!(run.rejects().iter().all(|reject| reject.reason != RejectReason::DamagedRecord));
}

#[test]
fn html_in_records_is_read_as_html() {
    let html = "<h2>How long do bees live?</h2><p>Six weeks, in <b>summer</b>.</p>";
    let document = format!("<!DOCTYPE html><html><body>{html}</body></html>");
    let lines = [
        serde_json::json!({"html": html, "text": "How long do wasps live?"}),
        serde_json::json!({"text": document}),
        serde_json::json!({"content": document}),
        serde_json::json!({"html": " \n", "text": document}),
        serde_json::json!({"text": " ".repeat(9000) + &document}),
    ];
    let lines = lines.map(|line| line.to_string()).join("\n");
    let warc = warc_record(0, &format!("{document}\n")).replace("text/plain", "text/html ");
    let run = Run::of(&[("a.jsonl", lines.as_bytes()), ("b.warc", warc.as_bytes())]);
    run.ingest(|_| ()).unwrap();
    assert!(run.pages().iter().all(|page| page.kind == PageKind::Html), "{:?}", run.pages());
    assert!(run.pages().iter().all(|page| page.characters == run.pages()[1].characters));
}

#[test]
fn a_file_of_an_archive_is_the_page_that_it_is_outside() {
    let pages = pages();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (at, page) in pages.iter().enumerate() {
        zip.start_file(format!("pages/{at}.txt"), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(page.as_bytes()).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let run = Run::of(&[("a.zip", &zip)]);
    run.ingest(|_| ()).unwrap();
    assert_eq!(contents(&run.entries()), contents(&as_files().entries()));
    let names: Vec<Option<String>> = run.pages().into_iter().map(|page| page.record_id).collect();
    assert_eq!(names, [0, 1, 2].map(|at| Some(format!("pages/{at}.txt"))));
}
