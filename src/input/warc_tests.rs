//! WARC and ARC: sound files, and each kind of damage.

use crate::input::framed::Framed;
use crate::input::open::Cutter as _;
use crate::input::stream::Stream;
use crate::input::testing::{gzip, options, read_bytes};
use crate::input::warc::Warc;
use crate::record::{Compression, Container};

/// A record with a block of any length, and the length that it claims.
fn record_claiming(kind: &str, media_type: &str, block: &str, length: usize) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{kind}>\r\nWARC-Date: 2024-05-06T07:08:09Z\r\n\
         WARC-Target-URI: https://bees.example/\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
    )
}

fn record(kind: &str, media_type: &str, block: &str) -> String {
    record_claiming(kind, media_type, block, block.len())
}

fn page(text: &str) -> String {
    record("conversion", "text/plain", text)
}

fn response(media_type: &str, body: &str) -> String {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n{body}");
    record("response", "application/http; msgtype=response", &http)
}

/// What became of the records of a file, in short.
fn outcomes(file: &str) -> Vec<String> {
    read_bytes("a.warc", file.as_bytes(), &options(1000)).outcomes()
}

#[test]
fn pages_are_responses_resources_and_conversions() {
    let file = [
        record("warcinfo", "application/warc-fields", "software: x\r\n"),
        record("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
        response("text/plain; charset=utf-8", "Response?"),
        response("image/png", "no page"),
        record("resource", "text/plain", "Resource?"),
        record("resource", "application/pdf", "no page"),
        page("HTTP/1.1 is what, with two\r\n\r\nlines?"),
        record("revisit", "application/http", "HTTP/1.1 304\r\n\r\n"),
    ];
    let read = read_bytes("-", file.concat().as_bytes(), &options(1000));
    assert_eq!(read.row.container, Container::Warc);
    assert_eq!(
        read.outcomes(),
        [
            "1 skipped: record_type",
            "2 skipped: record_type",
            "3 Response?",
            "4 skipped: media_type",
            "5 Resource?",
            "6 skipped: media_type",
            "7 HTTP/1.1 is what, with two\r\n\r\nlines?",
            "8 skipped: record_type",
        ]
    );
    let page = read.pages()[0];
    assert_eq!(page.id.as_deref(), Some("urn:uuid:response"));
    assert_eq!(page.url.as_deref(), Some("https://bees.example/"));
    assert_eq!(page.date.as_deref(), Some("2024-05-06T07:08:09Z"));
}

#[test]
fn a_response_without_its_http_head_is_damaged() {
    let http = "application/http; msgtype=response";
    let file = [
        record("response", http, "How long do bees live?"),
        record("response", "Application/HTTP", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"),
        record("response", http, ""),
        record("response", "text/dns", "bees.example. 60 IN A 192.0.2.1"),
    ];
    let found = outcomes(&file.concat());
    let told = "it is said to be HTTP, and has no HTTP head, or one without an end";
    assert!(found[0].starts_with("1 lost at 0") && found[0].ends_with(told), "{found:?}");
    assert!(found[1].starts_with("2 lost at") && found[1].ends_with(told), "{found:?}");
    assert_eq!(found[2..], ["3 skipped: empty", "4 skipped: media_type"]);
}

#[test]
fn bodies_are_decoded() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunked = format!("{head}5\r\nHow l\r\n4\r\nong?\r\n0\r\n\r\n");
    assert_eq!(outcomes(&record("response", "application/http", &chunked)), ["1 How long?"]);
    let cut = format!("{head}5\r\nHow l\r\n40\r\nong?");
    let lost = "1 lost at 0: a chunk should hold 64 bytes, and is cut off";
    assert_eq!(outcomes(&record("response", "application/http", &cut)), [lost]);
}

#[test]
fn lines_may_end_in_lf_and_names_have_any_case() {
    let file = page("One?") + &page("Two?");
    let file = file.replace("\r\n", "\n").replace("Content-Length", "content-LENGTH").replace("1.0", "1.1");
    assert_eq!(outcomes(&file), ["1 One?", "2 Two?"]);
}

#[test]
fn a_wrong_length_costs_its_record_alone() {
    let whole = "How long do bees live?";
    for (length, told) in [
        (4, "it does not end after the 4 bytes that it should hold"),
        (whole.len() + 9, "it does not end after the 31 bytes that it should hold"),
        (whole.len() + 50, "it does not end after the 72 bytes that it should hold"),
        (900, "it should hold 900 bytes, and is cut off after"),
        (1 << 30, "it should hold 1073741824 bytes, and is cut off after"),
    ] {
        let first = page("One?");
        let file =
            first.clone() + &record_claiming("conversion", "text/plain", whole, length) + &page("Three?");
        let outcomes = outcomes(&file);
        assert_eq!((outcomes[0].as_str(), outcomes.len()), ("1 One?", 3), "{length}: {outcomes:?}");
        assert!(outcomes[1].starts_with(&format!("2 lost at {}: {told}", first.len())), "{outcomes:?}");
        assert_eq!(outcomes[2], "3 Three?", "{length}");
    }
}

#[test]
fn a_wrong_head_costs_its_record_alone() {
    let whole = page("Two?");
    for (damaged, told) in [
        (whole.replace("Content-Length: 4\r\n", ""), "its head tells no length"),
        (whole.replace("Length: 4", "Length: four"), "its head tells no length"),
        (whole.replace("Length: 4", "Length: -4"), "its head tells no length"),
        (whole.replace("WARC/1.0", "WARK/1.0"), "no WARC record begins there"),
        ("\0\0\0 zeros".to_owned(), "no WARC record begins there"),
    ] {
        let first = page("One?");
        let outcomes = outcomes(&(first.clone() + &damaged + &page("Three?")));
        assert_eq!(
            outcomes,
            ["1 One?", &format!("2 lost at {}: {told}", first.len()), "3 Three?"],
            "{damaged:?}"
        );
    }
    let glued = page("One?").replace("\r\n\r\nOne?\r\n", "");
    assert_eq!(outcomes(&(glued + &page("Two?"))), ["1 lost at 0: its head has no end", "2 Two?"]);
    let endless = format!("WARC/1.0\r\n{}", "X: y\r\n".repeat(20_000));
    assert_eq!(outcomes(&(endless + &page("Two?"))), ["1 lost at 0: its head has no end", "2 Two?"]);
}

#[test]
fn beginnings_of_heads_take_time_by_the_length_of_the_file() {
    let file = "WARC/1.0\r\nWARC-".repeat(20_000) + &page("How long?");
    let found = outcomes(&file);
    assert_eq!(found.len(), 20_001);
    assert_eq!(found[0], "1 lost at 0: its head has no end");
    assert_eq!(found[20_000], "20001 How long?");
}

#[test]
fn a_large_page_is_told_and_a_large_image_is_not() {
    let long = "x".repeat(100_000);
    let image = record("request", "application/http", &long);
    let file = page(&long) + &image + &page("Three?");
    let told = "1 lost at 0: it holds more bytes than the 1000 that `--max-page-bytes` allows";
    assert_eq!(outcomes(&file), [told, "2 skipped: record_type", "3 Three?"]);
}

#[test]
fn a_cut_file_gives_its_whole_records() {
    let (one, two) = (page("One?"), page("Two?"));
    let file = one.clone() + &two;
    assert_eq!(outcomes(&file[..file.len() - 4]), ["1 One?", "2 Two?"], "no blank line behind the last one");
    for cut in [one.len() + 3, one.len() + 40, file.len() - 6] {
        let outcomes = outcomes(&file[..cut]);
        assert_eq!((outcomes[0].as_str(), outcomes.len()), ("1 One?", 2), "{outcomes:?}");
        assert!(outcomes[1].starts_with(&format!("2 lost at {}: ", one.len())), "{outcomes:?}");
    }
}

#[test]
fn records_around_a_damaged_member_are_read() {
    let members: Vec<Vec<u8>> =
        ["One?", "Two?", "Three?"].iter().map(|text| gzip(page(text).as_bytes())).collect();
    let start = members[0].len();
    let sound = members.concat();
    let read = |file: &[u8]| read_bytes("a.warc.gz", file, &options(1000));
    let whole = read(&sound);
    assert_eq!(whole.outcomes(), ["1 One?", "2 Two?", "3 Three?"]);
    assert_eq!(whole.row.compression, Some(Compression::Gzip));
    for at in (start..start + members[1].len()).filter(|at| !(start + 4..start + 10).contains(at)) {
        let mut file = sound.clone();
        file[at] ^= 0x55;
        let outcomes = read(&file).outcomes();
        let pages: Vec<&str> =
            outcomes.iter().filter(|told| !told.contains("lost")).map(|told| &told[2..]).collect();
        assert_eq!(pages, ["One?", "Three?"], "{at}: {outcomes:?}");
        assert!(outcomes[1].starts_with(&format!("2 lost at {start}: ")), "{at}: {outcomes:?}");
        assert_eq!(outcomes.len(), 3, "{at}: {outcomes:?}");
    }
}

#[test]
fn arc_records_are_pages() {
    let record = |url: &str, media_type: &str, block: &str| {
        format!("{url} 192.0.2.1 20050614070144 {media_type} {}\n{block}\n", block.len())
    };
    let file = [
        record(
            "filedesc://bees.arc",
            "text/plain",
            "1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n",
        ),
        record("dns:bees.example", "text/dns", "20050614\nbees.example. 300 IN A 192.0.2.1"),
        record(
            "http://bees.example/",
            "text/plain",
            "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nOne?",
        ),
        record("http://bees.example/b.png", "image/png", "HTTP/1.0 200 OK\n\nno page"),
        record("http://bees.example/c", "text/plain", "Two?").replace(" 4\n", " 7\n"),
        record("http://bees.example/d", "text/plain", "Three?"),
    ];
    let lost_at = file[..4].concat().len();
    let read = read_bytes("-", file.concat().as_bytes(), &options(1000));
    assert_eq!(read.row.container, Container::Arc);
    assert_eq!(
        read.outcomes(),
        [
            "1 skipped: record_type",
            "2 skipped: media_type",
            "3 One?",
            "4 skipped: media_type",
            &format!("5 lost at {lost_at}: it does not end after the 7 bytes that it should hold"),
            "6 Three?",
        ]
    );
    let page = read.pages()[0];
    assert_eq!(page.url.as_deref(), Some("http://bees.example/"));
    assert_eq!(page.date.as_deref(), Some("2005-06-14T07:01:44Z"));
}

#[test]
fn wrong_lengths_take_time_by_the_length_of_the_file() {
    let records: String =
        (0..3000).map(|_| record_claiming("resource", "text/plain", "x", 9_000_000)).collect();
    let sound = page("Why?");
    let file = format!("{records}{sound}");
    let mut stream = Stream::new(file.as_bytes());
    let mut cutter = Framed::<Warc>::new(10_000_000);
    let cuts = std::iter::from_fn(|| cutter.cut(&mut stream)).count();
    assert_eq!(cuts, 3001);
    // Without a bound, each record would be taken together with all behind it.
    assert!(stream.given_back() < (17 << 20) + 3 * file.len() as u64, "{}", stream.given_back());
}
