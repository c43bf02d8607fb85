//! Inputs that are no pages.

use std::fs::File;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use insta::assert_snapshot;
use parquet::arrow::ArrowWriter;

use crate::{PAGE, Sandbox};

/// A sandbox with one good page and `files` beside it.
fn beside_a_page(files: &[(&str, &[u8])]) -> Sandbox {
    let sandbox = Sandbox::with_pages(&["pages/good.txt"]);
    for (name, bytes) in files {
        sandbox.write(format!("pages/{name}"), bytes);
    }
    sandbox
}

#[test]
fn an_input_that_does_not_exist_is_named() {
    assert_snapshot!("missing", Sandbox::new().run("ingest nowhere.txt"));
    let sandbox = beside_a_page(&[]);
    assert_snapshot!("missing_beside_a_page", sandbox.run("ingest pages nowhere.txt"));
    assert!(sandbox.path("output/dataset/manifest.json").exists(), "findings never prevent writing");
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_named() {
    let sandbox = beside_a_page(&[]);
    std::os::unix::fs::symlink("nowhere", sandbox.path("pages/dangling.txt")).unwrap();
    std::os::unix::fs::symlink("loop.txt", sandbox.path("pages/loop.txt")).unwrap();
    assert_snapshot!("unreadable", sandbox.run("ingest pages"));
    assert_eq!(sandbox.read("output/pages/inputs.jsonl").matches(r#""status":"unreadable""#).count(), 2);
}

#[test]
fn an_empty_file_is_counted_and_no_finding() {
    let sandbox = beside_a_page(&[("empty.txt", b""), ("blank.txt", b"\n \n")]);
    assert_snapshot!("empty", sandbox.run("ingest pages"));
    assert_snapshot!("empty_verbose", sandbox.run("ingest pages --verbose"));
    assert_snapshot!("empty_alone", sandbox.run("ingest pages/empty.txt"));
}

#[test]
fn a_binary_file_is_named() {
    let sandbox = beside_a_page(&[("scan.txt", b"%PDF-1.7\n"), ("zeros.txt", b"Why?\0\0\0")]);
    assert_snapshot!("binary", sandbox.run("ingest pages"));
}

#[test]
fn many_inputs_that_cannot_be_read_are_not_all_named() {
    let sandbox = beside_a_page(&[]);
    for at in 0..8 {
        sandbox.write(format!("pages/{at}.txt"), "%PDF-1.7\n");
    }
    assert_snapshot!("many_binary", sandbox.run("ingest pages"));
    assert!(sandbox.run("ingest pages -v").contains("`pages/7.txt` was not read"));
}

#[test]
fn a_folder_without_pages_is_no_request() {
    let sandbox = Sandbox::new();
    sandbox.write("photos/bee.jpg", "");
    assert_snapshot!("no_pages", sandbox.run("ingest photos"));
    assert_eq!(sandbox.names("."), ["photos"]);
}

#[test]
fn a_dataset_is_no_input() {
    let sandbox = beside_a_page(&[]);
    sandbox.run("ingest pages -o faq");
    assert_snapshot!("dataset_as_input", sandbox.run("ingest faq pages"));
}

#[test]
fn a_page_above_the_bound_is_refused_by_its_size() {
    let sandbox = beside_a_page(&[]);
    // Takes no room on the disk, and must take none in memory.
    File::create(sandbox.path("huge.txt")).unwrap().set_len(1 << 30).unwrap();
    assert_snapshot!("too_large", sandbox.run("ingest pages huge.txt"));
    let from_pipe = sandbox.shell(r#"cat huge.txt | "$0" ingest --max-page-bytes 1M pages -"#);
    assert_snapshot!("too_large_pipe", from_pipe);
}

#[test]
fn one_long_line_is_a_page() {
    let sandbox = Sandbox::new();
    let words = "Bees fly from flower to flower and gather honey. ".repeat(20_000);
    sandbox.write("line.txt", format!("{PAGE}\nHow much do bees fly?\n\n{words}"));
    let said = sandbox.run("ingest line.txt --max-page-bytes 2M");
    assert!(said.starts_with("exit status: 0\n"), "{said}");
    let pages: serde_json::Value = serde_json::from_str(&sandbox.read("output/line/pages.jsonl")).unwrap();
    assert_eq!(pages["characters"], (PAGE.len() + 24 + words.len()) as u64);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_told_in_percent_signs() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = beside_a_page(&[]);
    sandbox.write(OsStr::from_bytes(b"pages/caf\xe9.txt"), PAGE.replace("bees", "wasps"));
    assert!(sandbox.run("ingest pages").starts_with("exit status: 0\n"));
    let inputs = sandbox.read("output/pages/inputs.jsonl");
    assert!(inputs.contains(r#""path":"pages/caf%E9.txt""#), "{inputs}");
    let named = [OsStr::new("ingest"), OsStr::from_bytes(b"pages/caf\xe9.txt"), OsStr::new("-o=faq")];
    let output = sandbox.command(named).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(unix)]
#[test]
fn what_is_left_out_is_named_where_the_user_asks() {
    let sandbox = beside_a_page(&[("photo.jpg", b"x"), ("old/a.txt", b"x"), ("notes.txt", b"x")]);
    sandbox.run("ingest pages/good.txt -o pages/faq");
    std::os::unix::fs::symlink(".", sandbox.path("pages/link")).unwrap();
    let said = sandbox.run("ingest pages -o out -v --exclude old --exclude notes.txt");
    let mut named: Vec<&str> = said.lines().filter(|line| line.contains("was skipped")).collect();
    named.sort_unstable();
    assert_eq!(
        named,
        [
            "`pages/faq` was skipped: it is a dataset",
            "`pages/link` was skipped: it is a link to a folder",
            "`pages/notes.txt` was skipped: `--exclude` matches it",
            "`pages/old` was skipped: `--exclude` matches it",
            "`pages/photo.jpg` was skipped: its extension is not a known one",
        ]
    );
    assert!(!sandbox.run("ingest pages -o out").contains("was skipped"));
}

#[test]
fn messages_name_the_folder_of_an_absolute_input() {
    let sandbox = beside_a_page(&[("crawl.jsonl", b"{\"text\": \"How\n")]);
    let at = |name: &str| sandbox.path(name).display().to_string();
    let [good, crawl, none] = ["pages/good.txt", "pages/crawl.jsonl", "pages/none.txt"].map(at);
    let said = sandbox.run(&format!("ingest {good} {crawl} {none}"));
    assert!(said.contains(&format!("warning: `{none}` was not read: ")), "{said}");
    assert!(said.contains(&format!("warning: `{crawl}#1` was not read: ")), "{said}");
    assert!(sandbox.read("output/dataset/inputs.jsonl").contains(r#""path":"none.txt""#));
    let said = sandbox.run(&format!("ingest {none}"));
    assert!(said.contains(&format!("error: `{none}` was not read: ")), "{said}");
    let said = sandbox.run(&format!("ingest {crawl}"));
    assert!(said.contains(&format!("`{crawl}#1`: ")), "{said}");
    let said = sandbox.run(&format!("explain {good}"));
    assert!(said.contains(&format!("`{good}` was read with")), "{said}");
}

#[test]
fn a_file_that_is_named_as_a_record_is_no_record() {
    let line = serde_json::json!({ "text": PAGE.replace("bees", "wasps") }).to_string();
    let sandbox = beside_a_page(&[("a.jsonl", line.as_bytes()), ("a.jsonl#1", PAGE.as_bytes())]);
    let said = sandbox.run("ingest pages/a.jsonl pages/a.jsonl#1 -o faq");
    assert!(said.starts_with("exit status: 0\n"), "{said}");
    let pages = sandbox.read("faq/pages.jsonl");
    let named: Vec<_> = pages.lines().map(|row| row[..28].to_owned()).collect();
    assert_eq!(named, [r#"{"page":"pages/a.jsonl#1","i"#, r#"{"page":"pages/a.jsonl%231","#]);
    let said = sandbox.run("validate faq");
    assert!(said.starts_with("exit status: 0\n"), "{said}");
}

#[test]
fn globs_that_are_none_and_bases_that_hold_nothing_are_refused() {
    let sandbox = beside_a_page(&[]);
    assert_snapshot!("bad_glob", sandbox.run("ingest pages --include a["));
    assert!(sandbox.run("ingest pages --include *.page").starts_with("exit status: 2\n"));
    assert!(sandbox.run("ingest pages --exclude good*").starts_with("exit status: 2\n"));
    let page = sandbox.path("pages/good.txt");
    let output = sandbox.command(["ingest", "--base", "/nowhere", page.to_str().unwrap()]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("is outside the base folder `/nowhere`\nhint: "), "{said}");
}

#[test]
fn records_that_are_no_pages_are_counted() {
    let page = serde_json::json!({ "text": PAGE });
    let lines =
        format!("{page}\n{{\"title\": \"no page\"}}\n{{\"text\": \" \"}}\n{{\"title\": \"no page\"}}\n");
    let sandbox =
        beside_a_page(&[("crawl.jsonl", lines.as_bytes()), ("none.jsonl", b"\n"), ("none.json", b"[]")]);
    let said = sandbox.run("ingest pages/crawl.jsonl");
    assert!(said.contains("records skipped: 1 empty, 2 no_text\n"), "{said}");
    let said = sandbox.run("ingest pages/none.jsonl");
    assert!(
        said.starts_with("exit status: 2\n")
            && said.contains("error: `pages/none.jsonl` contains no records\n"),
        "{said}"
    );
    let said = sandbox.run("ingest pages/none.jsonl pages/none.json");
    assert!(said.contains("error: none of the 2 inputs contains a record\n"), "{said}");
}

#[test]
fn records_that_cannot_be_read_are_named() {
    let page = serde_json::json!({"url": "https://bees.example/", "text": PAGE});
    let lines = format!("{page}\n{{\"text\": \"How\n{{\"title\": \"no page\"}}\n");
    let sandbox = beside_a_page(&[("crawl.jsonl", lines.as_bytes())]);
    assert_snapshot!("damaged_records", sandbox.run("ingest pages"));
    assert_snapshot!("no_page_in_records", sandbox.run("ingest pages/crawl.jsonl --text-field nowhere"));
}

/// The reader of tables panics on some that are damaged. Which byte makes it do
/// so depends on its version, so each of the first ones is damaged in turn.
#[test]
fn a_table_that_makes_its_reader_panic_is_damaged_and_no_more() {
    let column: ArrayRef = Arc::new(StringArray::from_iter_values([PAGE]));
    let batch = RecordBatch::try_from_iter([("text", column)]).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    let table = writer.into_inner().unwrap();
    let sandbox = beside_a_page(&[]);
    for at in 4..60 {
        let mut damaged = table.clone();
        damaged[at] = 0;
        sandbox.write(format!("pages/{at:02}.parquet"), damaged);
    }
    let said = sandbox.run("ingest pages --verbose");
    assert!(said.starts_with("exit status: 1\n") && !said.contains("panic"), "{said}");
    assert!(sandbox.read("output/pages/rejects.jsonl").contains("the table is damaged"), "{said}");
}
