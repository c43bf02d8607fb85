use std::fs;

use super::*;
use crate::record::EncodingBasis;

fn read_bytes(bytes: &[u8], max: Option<u64>) -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.txt");
    fs::write(&path, bytes).unwrap();
    read_path(&path, InputKind::File, max)
}

fn read_path(path: &Path, kind: InputKind, max: Option<u64>) -> Reading {
    let input = Input { name: "page.txt".into(), path: path.to_owned(), kind };
    read(&input, max, &AtomicBool::new(false))
}

fn status(reading: &Reading) -> (InputStatus, Option<u64>, Option<&str>) {
    assert_eq!(reading.decoded.is_some(), reading.row.status == InputStatus::Read);
    (reading.row.status, reading.row.bytes, reading.row.detail.as_deref())
}

#[test]
fn a_page_is_its_text_and_its_digest() {
    let reading = read_bytes(b"abc", Some(3));
    assert_eq!(status(&reading), (InputStatus::Read, Some(3), None));
    // FIPS 180-2, appendix B.1.
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(reading.row.sha256.as_deref(), Some(digest));
    assert_eq!(reading.row.path, "page.txt");
    let decoded = reading.decoded.unwrap();
    assert_eq!((decoded.text.as_str(), decoded.basis), ("abc", EncodingBasis::Utf8));
}

#[test]
fn white_space_is_no_page() {
    let none = (InputStatus::Empty, Some(0), Some("it holds no bytes"));
    assert_eq!(status(&read_bytes(b"", None)), none);
    let blank = (InputStatus::Empty, Some(8), Some("it holds nothing but white space"));
    assert_eq!(status(&read_bytes("\u{feff}\r\n \u{a0}".as_bytes(), None)), blank);
    assert!(read_bytes(b"\n", None).row.sha256.is_some());
}

#[test]
fn other_files_are_no_page() {
    let (status, bytes, detail) = (InputStatus::Binary, Some(5), Some("it begins like a PDF document"));
    assert_eq!(self::status(&read_bytes(b"%PDF-", None)), (status, bytes, detail));
}

#[test]
fn a_file_above_the_bound_is_not_read() {
    let reading = read_bytes(b"abcd", Some(3));
    let detail = "it holds 4 bytes, more than the 3 that `--max-page-bytes` allows";
    assert_eq!(status(&reading), (InputStatus::TooLarge, Some(4), Some(detail)));
    assert_eq!(reading.row.sha256, None);
}

#[test]
fn what_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let reading = read_path(&folder.path().join("none"), InputKind::File, None);
    let (status, bytes, detail) = status(&reading);
    assert_eq!((status, bytes), (InputStatus::Unreadable, None));
    assert!(detail.unwrap().contains("No such file"), "{detail:?}");
    let folder = read_path(folder.path(), InputKind::File, None);
    assert_eq!(folder.row.status, InputStatus::Unreadable);
}

#[cfg(unix)]
#[test]
fn a_stream_is_read_up_to_the_bound_and_a_wait_for_it_can_be_ended() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());

    let stopped = read(
        &Input { name: "pipe".into(), path: pipe.clone(), kind: InputKind::Pipe },
        None,
        &AtomicBool::new(true),
    );
    assert_eq!(status(&stopped), (InputStatus::Unreadable, None, Some("stopped")));

    // The thread above still waits to open the pipe: it may take the first
    // writer's bytes, so another pipe serves the rest.
    let pipe = folder.path().join("pipe2");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let feed = |bytes: &'static [u8]| {
        let pipe = pipe.clone();
        thread::spawn(move || fs::write(pipe, bytes))
    };
    let writer = feed(b"Why?");
    assert_eq!(status(&read_path(&pipe, InputKind::Pipe, Some(4))), (InputStatus::Read, Some(4), None));
    writer.join().unwrap().unwrap();
    let writer = feed(b"Why not?");
    let detail = "it holds more bytes than the 4 that `--max-page-bytes` allows";
    assert_eq!(
        status(&read_path(&pipe, InputKind::Pipe, Some(4))),
        (InputStatus::TooLarge, None, Some(detail))
    );
    let _ = writer.join();
}
