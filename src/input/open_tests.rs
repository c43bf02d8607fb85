use std::fs;
use std::io::Write as _;
use std::thread;

use super::*;
use crate::input::testing::{bzip2, gzip, options, read_bytes, read_path, zstd};
use crate::record::FieldNames;

/// `xz -c` of `Why?`.
const XZ: &[u8] = &[
    0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00, 0x00, 0x04, 0xe6, 0xd6, 0xb4, 0x46, 0x02, 0x00, 0x21, 0x01, 0x16,
    0x00, 0x00, 0x00, 0x74, 0x2f, 0xe5, 0xa3, 0x01, 0x00, 0x03, 0x57, 0x68, 0x79, 0x3f, 0x00, 0x7f, 0xb6,
    0x61, 0x5d, 0x29, 0xaf, 0xa8, 0x80, 0x00, 0x01, 0x1c, 0x04, 0x6f, 0x2c, 0x9c, 0xc1, 0x1f, 0xb6, 0xf3,
    0x7d, 0x01, 0x00, 0x00, 0x00, 0x00, 0x04, 0x59, 0x5a,
];

#[test]
fn a_file_is_its_page_and_its_digest() {
    let read = read_bytes("page.txt", b"abc", &options(3));
    assert_eq!(read.outcomes(), ["- abc"]);
    // FIPS 180-2, appendix B.1.
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!((read.row.bytes, read.row.sha256.as_deref()), (Some(3), Some(digest)));
    assert_eq!((read.row.status, read.row.container), (InputStatus::Read, Container::File));
}

#[test]
fn white_space_and_other_files_are_no_page() {
    for (bytes, expected) in [
        (&b""[..], "- skipped: empty"),
        ("\u{feff}\r\n \u{a0}".as_bytes(), "- skipped: empty"),
        (b"%PDF-", "- skipped: binary"),
    ] {
        let read = read_bytes("page.txt", bytes, &options(100));
        assert_eq!(read.outcomes(), [expected]);
        assert!(read.row.sha256.is_some());
    }
}

#[test]
fn a_file_above_the_bound_is_not_read() {
    let read = read_bytes("page.txt", b"abcd", &options(3));
    assert!(read.records.is_empty());
    let detail = "it holds 4 bytes, more than the 3 that `--max-page-bytes` allows";
    assert_eq!((read.row.status, read.row.detail.as_deref()), (InputStatus::TooLarge, Some(detail)));
    assert_eq!((read.row.bytes, read.row.sha256), (Some(4), None));
}

#[test]
fn wide_json_is_told_once() {
    let json = "{\"text\": \"Why?\"}\n{\"text\": \"How?\"}\n";
    let marked = format!("\u{feff}{json}");
    let wide = [
        marked.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
        marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        json.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        marked.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
    ];
    for bytes in wide {
        for name in ["a.jsonl", "a.json", "-"] {
            let read = read_bytes(name, &bytes, &options(1000));
            assert_eq!(read.outcomes(), [format!("1 lost at 0: {WIDE}")], "{name}");
            assert!(read.row.sha256.is_some());
        }
        assert!(read_bytes("a.txt", &bytes, &options(1000)).row.container == Container::File);
    }
}

#[test]
fn broken_json_on_one_line_is_a_loss_where_there_are_pages() {
    let broken = br#"{"compilerOptions": {"strict":,}}"#;
    let lost =
        |name: &str, bytes: &[u8]| read_bytes(name, bytes, &options(1000)).outcomes()[0].contains("lost");
    assert!(!lost("tsconfig.json", broken));
    assert!(lost("pages.jsonl", broken) && lost("-", broken));
    assert!(lost("pages.json", br#"{"text": "Why?",,}"#));
}

#[test]
fn a_line_that_is_no_object_is_told_for_what_it_is() {
    let read = read_bytes("a.jsonl", b"{}\nnull\n 17\nHow long?\n{\"text\": \"Why?\"}\n", &options(1000));
    let told = |line: u32, at: u32| {
        format!("{line} lost at {at}: no JSON object stands here at line {line} column 0")
    };
    let expected =
        ["1 skipped: no_text".to_owned(), told(2, 3), told(3, 8), told(4, 12), "5 Why?".to_owned()];
    assert_eq!(read.outcomes(), expected);
}

#[test]
fn what_is_not_utf8_in_the_page_of_a_json_object_is_counted() {
    let count = |json: &[u8]| read_bytes("a.jsonl", json, &options(1000)).pages()[0].decoded.undecodable;
    assert_eq!(count(b"{\"text\": \"caf\xe9 \xe0 la carte\"}"), 2);
    assert_eq!(count(b"{\"title\": \"caf\xe9\", \"text\": \"Why?\"}"), 0);
    assert_eq!(count("{\"text\": \"Why\u{fffd}\"}".as_bytes()), 0);
}

#[test]
fn what_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("none"), folder.path().to_owned()] {
        let input = Input { name: "none".to_owned(), path, kind: InputKind::File };
        let read = read_path(&input, &options(100));
        assert_eq!((read.row.status, read.row.bytes), (InputStatus::Unreadable, None));
        assert!(read.row.detail.is_some());
    }
}

#[test]
fn members_of_every_compression_are_one_content() {
    for (compress, compression) in [
        (gzip as fn(&[u8]) -> Vec<u8>, Compression::Gzip),
        (bzip2, Compression::Bzip2),
        (zstd, Compression::Zstd),
    ] {
        let stored = [compress(b"Wh"), compress(b""), compress(b"y?"), vec![0; 20]].concat();
        let read = read_bytes("page.txt.any", &stored, &options(100));
        assert_eq!(read.outcomes(), ["- Why?"], "{compression}");
        assert_eq!(read.row.compression, Some(compression));
        assert_eq!(read.row.bytes, Some(stored.len() as u64));
        assert_eq!(read.row.sha256, Some(hex(&Sha256::digest(&stored))));
    }
}

#[test]
fn streams_of_xz_are_one_content() {
    let stored = [XZ, XZ].concat();
    let read = read_bytes("page.txt.xz", &stored, &options(100));
    assert_eq!(
        (read.outcomes(), read.row.compression),
        (vec!["- Why?Why?".to_owned()], Some(Compression::Xz))
    );
    let read = read_bytes("page.txt.xz", &XZ[..XZ.len() - 1], &options(100));
    assert!(read.outcomes()[0].contains("it is cut off"), "{:?}", read.outcomes());
}

#[test]
fn a_cut_page_is_damaged() {
    for compress in [gzip as fn(&[u8]) -> Vec<u8>, bzip2, zstd] {
        let stored = compress("How long do bees live? ".repeat(99).as_bytes());
        for cut in [7, stored.len() / 2, stored.len() - 1] {
            let read = read_bytes("page.txt.any", &stored[..cut], &options(1 << 20));
            let [outcome] = &read.outcomes()[..] else { panic!("one outcome") };
            assert!(outcome.starts_with("- lost at 0: ") && outcome.contains("is damaged"), "{outcome}");
        }
    }
}

#[test]
fn lines_of_json_are_records() {
    let lines = concat!(
        r#"{"url": "https://bees.example/1", "text": "One?", "id": 7, "date": "2024-05-06"}"#,
        "\r\n\n",
        r#"{"content": "Two\u00e9 \ud83d?", "text": "", "metadata": {"url": " a\nb "}}"#,
        "\n{\"text\": \"Thr",
        "\n{\"title\": \"Four\"}\n{\"body\": \" \"}\n[]\n",
        r#"{"raw_content":"Five?"}"#,
    );
    let read = read_bytes("pages.jsonl", lines.as_bytes(), &options(1000));
    let detail = "EOF while parsing a string at line 4 column 13";
    let empty_array = "no JSON object stands here at line 7 column 0";
    assert_eq!(
        read.outcomes(),
        [
            "1 One?",
            "3 Two\u{e9} \u{fffd}\u{fffd}\u{fffd}?",
            &format!("4 lost at 159: {detail}"),
            "5 skipped: no_text",
            "6 skipped: empty",
            &format!("7 lost at 205: {empty_array}"),
            "8 Five?",
        ]
    );
    let pages = read.pages();
    assert_eq!(pages[0].id.as_deref(), Some("7"));
    assert_eq!(pages[0].url.as_deref(), Some("https://bees.example/1"));
    assert_eq!(pages[0].date.as_deref(), Some("2024-05-06"));
    assert_eq!(pages[1].url.as_deref(), Some("a b"));
    assert_eq!(read.row.container, Container::Jsonl);
}

#[test]
fn fields_are_those_that_the_user_names() {
    let fields = FieldNames {
        text: Some("page.words".to_owned()),
        url: Some("at".to_owned()),
        ..FieldNames::default()
    };
    let options = Options { fields, ..options(1000) };
    let line = br#"{"text": "No.", "url": "https://no.example", "page": {"words": "Yes?"}, "at": "here"}"#;
    let read = read_bytes("pages.jsonl", line, &options);
    assert_eq!(read.outcomes(), ["1 Yes?"]);
    assert_eq!(read.pages()[0].url.as_deref(), Some("here"));
}

#[test]
fn a_line_above_the_bound_is_lost_alone() {
    let long = format!("{{\"text\":\"{}\"}}\n", "x".repeat(300_000));
    let lines = format!("{{\"text\":\"One?\"}}\n{long}{{\"text\":\"Two?\"}}");
    let read = read_bytes("pages.jsonl", lines.as_bytes(), &options(100));
    let detail = "it holds more bytes than the 100 that `--max-page-bytes` allows";
    assert_eq!(read.outcomes(), ["1 One?", &format!("2 lost at 16: {detail}"), "3 Two?"]);
}

#[test]
fn objects_of_an_array_are_records() {
    for array in [
        r#"[{"text":"{One]?\"\\"},{"text":"Two?","more":{"a":[1,{}]}}]"#,
        "[\n  {\n    \"text\": \"{One]?\\\"\\\\\"\n  },\n  {\"text\": \"Two?\"}\n]\n",
        "{\n\"text\": \"{One]?\\\"\\\\\"\n}\n{\n\"text\": \"Two?\"\n}\n",
    ] {
        let read = read_bytes("pages.json", array.as_bytes(), &options(1000));
        assert_eq!(read.outcomes(), ["1 {One]?\"\\", "2 Two?"], "{array}");
    }
}

#[test]
fn objects_around_a_damaged_one_are_read() {
    let array = "[\n {\"text\": \"One?\"},\n {\"text\": \"Tw\n {\"text\": \"Three?\"},\n {\"text\": Four},\n {\"text\": \"Five?\"\n";
    let read = read_bytes("pages.json", array.as_bytes(), &options(1000));
    assert_eq!(
        read.outcomes(),
        [
            "1 One?",
            "2 lost at 22: a line ends inside a string",
            "3 Three?",
            "4 lost at 57: expected value at line 5 column 11",
            "5 lost at 74: the object has no end",
        ]
    );
}

#[test]
fn json_of_no_pages_is_no_damage() {
    let settings = "// Settings.\n{\n  \"paths\": [\"src/*\"], // all of it\n  \"strict\": true,\n}\n";
    let skipped = |json: &str| read_bytes("a.json", json.as_bytes(), &options(1000)).outcomes();
    assert_eq!(skipped(settings), ["1 skipped: no_text", "2 skipped: no_text"]);
    assert_eq!(skipped("{\n \"strict\": true,\n}"), ["1 skipped: no_text"]);
    assert_eq!(skipped("[1, 2, 3]"), ["1 skipped: no_text"]);
    let lost = "2 lost at 19: trailing comma at line 2 column 17";
    assert_eq!(skipped("[{\"text\": \"One?\"},\n{\"strict\": true,}]"), ["1 One?", lost]);
    assert_eq!(skipped("[{\"text\": \"On"), ["1 lost at 1: the object has no end"]);
}

#[test]
fn the_header_of_a_gzip_member_may_hold_more() {
    let mut content = Vec::new();
    let builder = flate2::GzBuilder::new().extra(*b"BC\x02\0\x1b\0").filename("a.txt").comment("Bees");
    let mut encoder = builder.write(&mut content, flate2::Compression::default());
    encoder.write_all(b"Why?").unwrap();
    encoder.finish().unwrap();
    // Its checksum, which no common program writes, stands behind all of it.
    let mut summed = content.clone();
    summed[3] |= 2;
    let header = 10 + 2 + 6 + "a.txt\0Bees\0".len();
    summed.splice(header..header, [0, 0]);
    for bytes in [content, summed] {
        assert_eq!(read_bytes("a.txt.gz", &bytes, &options(100)).outcomes(), ["- Why?"]);
        for cut in [11, 14, 20, 26] {
            let outcomes = read_bytes("a.txt.gz", &bytes[..cut], &options(100)).outcomes();
            assert!(outcomes.len() == 1 && outcomes[0].ends_with("it is cut off"), "{outcomes:?}");
        }
    }
}

#[test]
fn objects_before_a_damaged_member_are_read() {
    let mut bytes = gzip(b"[{\"text\": \"One?\"},\n{\"text\": ");
    let start = bytes.len();
    bytes.extend(gzip(b"\"Two?\"}]"));
    bytes[start + 12] ^= 0xff;
    let outcomes = read_bytes("a.json.gz", &bytes, &options(100)).outcomes();
    assert_eq!(outcomes[0], "1 One?");
    assert!(outcomes[1].contains(&format!("the gzip data from byte {start} on is damaged")), "{outcomes:?}");
}

#[test]
fn records_around_a_damaged_member_are_read() {
    let line = |number: usize| format!("{{\"text\":\"Page {number}?\"}}\n");
    let members: Vec<Vec<u8>> = (1..=5).map(|number| gzip(line(number).as_bytes())).collect();
    let starts: Vec<usize> = (0..5).map(|at| members[..at].concat().len()).collect();
    let mut stored = members.concat();
    // A length code, then a letter: the one ends decompression, the other is seen by the checksum alone.
    for at in [10, 20] {
        stored[starts[2] + at] ^= 0x0f;
        let read = read_bytes("pages.jsonl.gz", &stored, &options(1000));
        let outcomes = read.outcomes();
        let sound: Vec<&String> = outcomes.iter().filter(|outcome| !outcome.contains("lost")).collect();
        assert_eq!(sound, ["1 Page 1?", "2 Page 2?", "4 Page 4?", "5 Page 5?"]);
        let lost = format!("3 lost at {}: the gzip data from byte {} on is damaged", starts[2], starts[2]);
        assert!(outcomes[2].starts_with(&lost), "{}", outcomes[2]);
        assert_eq!(read.row.sha256, Some(hex(&Sha256::digest(&stored))));
        stored[starts[2] + at] ^= 0x0f;
    }

    let cut = &stored[..stored.len() - 5];
    let read = read_bytes("pages.jsonl.gz", cut, &options(1000));
    assert_eq!(read.outcomes()[4], "5 Page 5?", "its content is whole");
    assert!(read.outcomes()[5].ends_with("it is cut off"), "{:?}", read.outcomes());
}

#[test]
fn what_expands_too_much_is_a_finding() {
    let bomb = zstd(&vec![b' '; 64 << 20]);
    assert!(bomb.len() < 10_000);
    let read = read_bytes("pages.jsonl.zst", &bomb, &options(1 << 30));
    let [outcome] = &read.outcomes()[..] else { panic!("one outcome") };
    assert!(outcome.contains("expands to more than 512 times its size"), "{outcome}");
}

#[cfg(unix)]
#[test]
fn a_stream_is_read_up_to_the_bound_and_a_wait_for_it_can_be_ended() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = |name: &str| {
        let path = folder.path().join(name);
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        Input { name: name.to_owned(), path, kind: InputKind::Pipe }
    };
    let stop = AtomicBool::new(true);
    let row = open(&pipe("stopped"), &options(4), &stop).err().unwrap();
    assert_eq!((row.status, row.detail.as_deref()), (InputStatus::Unreadable, Some("stopped")));

    let fed = |name: &str, bytes: &'static [u8]| {
        let input = pipe(name);
        let path = input.path.clone();
        let writer = thread::spawn(move || fs::write(path, bytes));
        let read = read_path(&input, &options(4));
        let _ = writer.join();
        read
    };
    let read = fed("short", b"Why?");
    assert_eq!((read.outcomes(), read.row.bytes), (vec!["- Why?".to_owned()], Some(4)));
    let read = fed("long", b"Why not?");
    let detail = "- lost at 0: it holds more bytes than the 4 that `--max-page-bytes` allows";
    assert_eq!((read.outcomes(), read.row.bytes), (vec![detail.to_owned()], None));
}
