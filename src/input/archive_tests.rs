//! Parquet, ZIP and TAR: sound files, and each kind of damage.

use std::io::{Cursor, Write as _};
use std::sync::Arc;

use arrow_array::{
    Array as _, ArrayRef, BinaryArray, Date32Array, Int8Array, Int32Array, Int64Array, RecordBatch,
    StringArray, StructArray, TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray,
    UInt64Array,
};
use arrow_schema::{DataType, Field};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression as Codec, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;
use zip::write::SimpleFileOptions;

use crate::input::Options;
use crate::input::testing::{gzip, options, read_bytes};
use crate::record::{Container, FieldNames, PageKind};

/// A table of two rows a group.
fn table(columns: Vec<(&str, ArrayRef)>, codec: Codec) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties =
        WriterProperties::builder().set_max_row_group_row_count(Some(2)).set_compression(codec).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}

fn strings(values: &[Option<&str>]) -> ArrayRef {
    Arc::new(StringArray::from(values.to_vec()))
}

#[test]
fn rows_of_a_table_are_records() {
    let texts = strings(&[Some("One?"), None, Some(""), Some("Four?"), Some("Five?")]);
    let addresses = strings(&[Some("https://bees.example/1"), None, None, None, None]);
    let metadata = StructArray::from(vec![(Arc::new(Field::new("url", DataType::Utf8, true)), addresses)]);
    for codec in [
        Codec::UNCOMPRESSED,
        Codec::SNAPPY,
        Codec::ZSTD(ZstdLevel::default()),
        Codec::LZ4_RAW,
        Codec::GZIP(GzipLevel::default()),
    ] {
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("text", texts.clone()),
            ("content", strings(&[Some("not this"); 5])),
            ("metadata", Arc::new(metadata.clone())),
            ("id", Arc::new(Int64Array::from(vec![7, 8, 9, 10, 11]))),
            ("date", Arc::new(TimestampMicrosecondArray::from(vec![1_714_979_289_000_000; 5]))),
        ];
        let read = read_bytes("-", &table(columns, codec), &options(100));
        assert_eq!(read.row.container, Container::Parquet);
        let expected = ["1 One?", "2 skipped: no_text", "3 skipped: no_text", "4 Four?", "5 Five?"];
        assert_eq!(read.outcomes(), expected, "{codec}");
        let page = read.pages()[0];
        assert_eq!(page.url.as_deref(), Some("https://bees.example/1"));
        assert_eq!(page.id.as_deref(), Some("7"));
        assert_eq!(page.date.as_deref(), Some("2024-05-06T07:08:09Z"));
    }
}

#[test]
fn columns_may_hold_html_bytes_and_be_named() {
    let html: ArrayRef = Arc::new(BinaryArray::from(vec![&b"<p>caf\xe9 \xe0 la carte?</p>"[..]]));
    let columns = vec![("page", html), ("text", strings(&[Some("not this")]))];
    let fields = FieldNames { html: Some("page".to_owned()), ..FieldNames::default() };
    let options = Options { fields, ..options(100) };
    let read = read_bytes("a.parquet", &table(columns, Codec::UNCOMPRESSED), &options);
    let page = read.pages()[0];
    assert_eq!((page.decoded.text.as_str(), page.decoded.kind), ("<p>café à la carte?</p>", PageKind::Html));
}

#[test]
fn dates_and_ids_of_a_table_may_be_numbers() {
    let moment: i64 = 1_714_979_289;
    let dates: [(ArrayRef, &str); 6] = [
        (Arc::new(Date32Array::from(vec![19_849])), "2024-05-06"),
        (Arc::new(TimestampMillisecondArray::from(vec![moment * 1000])), "2024-05-06T07:08:09Z"),
        (Arc::new(TimestampMillisecondArray::from(vec![moment * 1000 + 250])), "2024-05-06T07:08:09.250Z"),
        (Arc::new(TimestampMicrosecondArray::from(vec![moment * 1_000_000])), "2024-05-06T07:08:09Z"),
        (Arc::new(TimestampNanosecondArray::from(vec![moment * 1_000_000_000])), "2024-05-06T07:08:09Z"),
        (strings(&[Some("6 May")]), "6 May"),
    ];
    let ids: [ArrayRef; 3] = [
        Arc::new(Int32Array::from(vec![7])),
        Arc::new(UInt64Array::from(vec![7])),
        Arc::new(Int8Array::from(vec![7])),
    ];
    for ((date, expected), id) in dates.into_iter().zip(ids.iter().cycle().cloned()) {
        let columns: Vec<(&str, ArrayRef)> =
            vec![("html", strings(&[Some("<p>One?")])), ("id", id), ("date", date)];
        let read = read_bytes("a.parquet", &table(columns, Codec::UNCOMPRESSED), &options(100));
        let page = read.pages()[0];
        assert_eq!((page.date.as_deref(), page.id.as_deref()), (Some(expected), Some("7")));
        assert_eq!(page.decoded.kind, PageKind::Html);
    }
}

#[test]
fn rows_without_a_part_or_above_the_bound_cost_no_others() {
    let addresses = strings(&[Some("https://bees.example/1"), Some("https://bees.example/2"), None]);
    let field = Arc::new(Field::new("url", DataType::Utf8, true));
    let there = strings(&[Some("yes"), None, Some("yes")]);
    let metadata = StructArray::new(vec![field].into(), vec![addresses], there.nulls().cloned());
    let bytes: ArrayRef =
        Arc::new(BinaryArray::from(vec![&b"caf\xe9 \xe0 la carte?"[..], &[b'x'; 101], b"Three?"]));
    let columns: Vec<(&str, ArrayRef)> = vec![("text", bytes), ("metadata", Arc::new(metadata))];
    let read = read_bytes("a.parquet", &table(columns, Codec::UNCOMPRESSED), &options(100));
    let outcomes = read.outcomes();
    assert!(outcomes[1].contains("more bytes than the 100"), "{outcomes:?}");
    let pages: Vec<_> =
        read.pages().iter().map(|page| (page.decoded.text.as_str(), page.url.as_deref())).collect();
    assert_eq!(pages, [("café à la carte?", Some("https://bees.example/1")), ("Three?", None)]);
}

#[test]
fn damage_in_a_table_costs_its_row_group() {
    let values: Vec<String> = (1..=6).map(|row| format!("Row {row}?")).collect();
    let values: Vec<Option<&str>> = values.iter().map(|value| Some(value.as_str())).collect();
    let mut bytes = table(vec![("text", strings(&values))], Codec::SNAPPY);
    // The texts of the second group are no longer UTF-8, and what follows them is not a page.
    let group = bytes.windows(5).position(|window| window == b"Row 3").unwrap();
    bytes[group..group + 20].fill(0xff);
    let outcomes = read_bytes("a.parquet", &bytes, &options(100)).outcomes();
    assert_eq!(outcomes[..2], ["1 Row 1?", "2 Row 2?"]);
    assert!(outcomes[2].starts_with("3 lost at "), "{outcomes:?}");
    assert_eq!(outcomes[3..], ["5 Row 5?", "6 Row 6?"]);

    let cut = &bytes[..bytes.len() - 9];
    let outcomes = read_bytes("a.parquet", cut, &options(100)).outcomes();
    assert!(outcomes.len() == 1 && outcomes[0].starts_with("1 lost at 0: "), "{outcomes:?}");
}

#[test]
fn a_table_may_be_compressed_as_a_whole() {
    let bytes = gzip(&table(vec![("text", strings(&[Some("One?")]))], Codec::UNCOMPRESSED));
    assert_eq!(read_bytes("a.parquet.gz", &bytes, &options(100)).outcomes(), ["1 One?"]);
    let cut = read_bytes("a.parquet.gz", &bytes[..bytes.len() - 30], &options(100)).outcomes();
    assert!(cut.len() == 1 && cut[0].starts_with("1 lost at 0: "), "{cut:?}");
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A member of a TAR archive, as POSIX has it.
fn tar_member(name: &str, kind: u8, bytes: &[u8]) -> Vec<u8> {
    changed_tar_member(name, kind, bytes, |_| ())
}

/// The same with a header that is changed before it is summed up.
fn changed_tar_member(name: &str, kind: u8, bytes: &[u8], change: fn(&mut [u8])) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..name.len()].copy_from_slice(name.as_bytes());
    header[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
    header[156] = kind;
    header[257..263].copy_from_slice(b"ustar\0");
    change(&mut header);
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    header.extend_from_slice(bytes);
    header.resize(header.len().next_multiple_of(512), 0);
    header
}

/// An archive of members, with the end that POSIX wants.
fn tar_of(members: &[Vec<u8>]) -> Vec<u8> {
    [members.concat(), vec![0; 1024]].concat()
}

#[test]
fn a_tar_archive_without_its_end_is_told() {
    let members = [tar_member("1.txt", b'0', b"One?"), tar_member("a.png", b'0', b"no page")];
    let read = |bytes: &[u8]| read_bytes("-", bytes, &options(100)).outcomes();
    let whole = tar_of(&members);
    let files = ["1 One?", "2 skipped: extension"];
    for end in [2048 + 512, 2048 + 1024] {
        assert_eq!(read(&whole[..end]), files, "{end}");
    }
    let told = |place: u32| format!("3 lost at {place}: the archive has no end, so files may be missing");
    assert_eq!(read(&whole[..2048]), [files[0], files[1], &told(2048)]);
    assert_eq!(
        read(&[&whole[..], &members[0]].concat()),
        [files[0], files[1], "3 One?", &told(4096).replace("3 l", "4 l")]
    );
    assert_eq!(
        read(&[&whole[..2048], &[b'x'; 512]].concat()),
        [files[0], files[1], "3 lost at 2048: no TAR header stands there"]
    );
}

#[test]
fn files_of_archives_are_records() {
    let files = [("b/2.txt", &b"Two?"[..]), ("a.png", b"no page"), ("1.HTML", b"<p>One?</p>")];
    let tar = tar_of(&files.map(|(name, bytes)| tar_member(name, b'0', bytes)));
    for (name, bytes) in [("-", zip(&files)), ("-", tar.clone()), ("a.tgz", gzip(&tar))] {
        let read = read_bytes(name, &bytes, &options(100));
        assert_eq!(read.outcomes(), ["1 Two?", "2 skipped: extension", "3 <p>One?</p>"]);
        assert_eq!(read.pages()[0].id.as_deref(), Some("b/2.txt"));
        assert_eq!(read.pages()[1].decoded.kind, PageKind::Html);
    }
}

#[test]
fn long_names_of_a_tar_archive_are_read() {
    let long = format!("{}/1.txt", "x".repeat(150));
    let pax = format!("{} path={long}\n", long.len() + 10);
    let tar = [
        tar_member("././@LongLink", b'L', format!("{long}\0").as_bytes()),
        tar_member("cut", b'0', b"One?"),
        tar_member("pax", b'x', pax.as_bytes()),
        tar_member("cut", b'0', b"Two?"),
        tar_member("folder.txt", b'5', b""),
    ];
    let read = read_bytes("-", &tar_of(&tar), &options(100));
    assert_eq!(read.outcomes(), ["1 One?", "2 Two?", "3 skipped: record_type"]);
    assert!(read.pages().iter().all(|page| page.id.as_deref() == Some(long.as_str())));
}

#[test]
fn names_and_sizes_of_a_tar_archive_stand_in_several_places() {
    let folder = |header: &mut [u8]| header[345..350].copy_from_slice(b"a/b/c");
    // What is too large for octal digits stands in bytes.
    let in_bytes =
        |header: &mut [u8]| header[124..136].copy_from_slice(&[0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4]);
    let too_large = |header: &mut [u8]| header[124..136].fill(0xff);
    let elsewhere = |header: &mut [u8]| header[124..136].fill(b'0');
    let tar = [
        changed_tar_member("1.txt", b'0', b"One?", folder),
        changed_tar_member("2.txt", b'0', b"Two?", in_bytes),
        tar_member("pax", b'x', b"10 size=6\n20 comment=none\n"),
        changed_tar_member("3.txt", b'0', b"Three?", elsewhere),
        changed_tar_member("4.txt", b'0', b"", too_large),
        tar_member("5.txt", b'0', b"Five?"),
    ];
    let read = read_bytes("-", &tar_of(&tar), &options(100));
    let lost = "4 lost at 4096: no TAR header stands there";
    assert_eq!(read.outcomes(), ["1 One?", "2 Two?", "3 Three?", lost, "5 Five?"]);
    assert_eq!(read.pages()[0].id.as_deref(), Some("a/b/c/1.txt"));
    let cut = [tar_member("1.txt", b'0', b"One?"), tar_member("a.png", b'0', &[b'x'; 600])].concat();
    let lost = "2 lost at 1024: it should hold 600 bytes, and is cut off after 512";
    assert_eq!(read_bytes("-", &cut[..2048], &options(100)).outcomes(), ["1 One?", lost]);
}

#[test]
fn damage_in_an_archive_costs_its_file() {
    let files = [("1.txt", &b"One?"[..]), ("2.txt", b"Two?"), ("3.txt", b"Three?")];
    let members = files.map(|(name, bytes)| tar_member(name, b'0', bytes));
    let mut tar = tar_of(&members);
    tar[1024 + 3] ^= 1;
    let lost = "2 lost at 1024: no TAR header stands there";
    assert_eq!(read_bytes("-", &tar, &options(100)).outcomes(), ["1 One?", lost, "3 Three?"]);
    let cut = "3 lost at 2048: it should hold 6 bytes, and is cut off after 2";
    assert_eq!(
        read_bytes("-", &members.concat()[..2562], &options(100)).outcomes(),
        ["1 One?", "2 Two?", cut]
    );
    let whole = zip(&files);
    let mut wrong = whole.clone();
    let two = wrong.windows(4).position(|window| window == b"Two?" || window == b"2.tx").unwrap() + 5;
    wrong[two] ^= 1;
    let outcomes = read_bytes("a.zip", &wrong, &options(100)).outcomes();
    assert_eq!((outcomes[0].as_str(), outcomes[2].as_str()), ("1 One?", "3 Three?"));
    assert!(outcomes[1].starts_with("2 lost at "), "{outcomes:?}");
    let contents = whole.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    let outcomes = read_bytes("a.zip", &whole[..contents + 20], &options(100)).outcomes();
    assert_eq!(outcomes[..3], ["1 One?", "2 Two?", "3 Three?"]);
    assert!(outcomes[3].contains("list of files is damaged"), "{outcomes:?}");
}

#[test]
fn bombs_and_large_files_in_archives_are_told() {
    let bomb = zip(&[("1.txt", &vec![b' '; 40 << 20]), ("2.txt", b"Two?")]);
    let outcomes = read_bytes("a.zip", &bomb, &options(1 << 30)).outcomes();
    assert!(outcomes[0].contains("expands to more than 512 times its size"), "{outcomes:?}");
    assert_eq!(outcomes[1], "2 Two?");
    let large = tar_of(&[tar_member("1.txt", b'0', &[b'x'; 700]), tar_member("2.txt", b'0', b"Two?")]);
    for bytes in [large, zip(&[("1.txt", &[b'x'; 700]), ("2.txt", b"Two?")])] {
        let told = "1 lost at 0: it holds more bytes than the 100 that `--max-page-bytes` allows";
        assert_eq!(read_bytes("-", &bytes, &options(100)).outcomes(), [told, "2 Two?"]);
    }
}
