//! What tests of inputs share.

use std::fs;
use std::io::Write as _;
use std::sync::atomic::AtomicBool;

use super::{Cut, Input, InputKind, Options, Outcome, Page, Whole, open, read_whole};
use crate::record::InputRow;

/// An input's records and its row at the end.
pub(super) struct Read {
    pub(super) records: Vec<(Option<u64>, Outcome)>,
    pub(super) row: InputRow,
}

impl Read {
    pub(super) fn outcomes(&self) -> Vec<String> {
        let told = self.records.iter().map(|(number, outcome)| {
            let number = number.map_or_else(|| "-".to_owned(), |number| number.to_string());
            match outcome {
                Outcome::Page(page) => format!("{number} {}", page.decoded.text),
                Outcome::Skipped(reason, _) => format!("{number} skipped: {reason}"),
                Outcome::Lost(loss) => format!("{number} lost at {}: {}", loss.place.offset, loss.detail),
            }
        });
        told.collect()
    }

    pub(super) fn pages(&self) -> Vec<&Page> {
        let pages = self.records.iter().filter_map(|(_, outcome)| match outcome {
            Outcome::Page(page) => Some(&**page),
            _ => None,
        });
        pages.collect()
    }
}

pub(super) fn options(max_page_bytes: u64) -> Options {
    Options { max_page_bytes, ..Options::default() }
}

pub(super) fn read_bytes(name: &str, bytes: &[u8], options: &Options) -> Read {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let input = Input { name: name.to_owned(), path: path.clone(), kind: InputKind::File };
    let read = read_path(&input, options);
    // A worker reads the same of it, if it is small enough.
    if let Whole::Read(cuts, row) = read_whole(&input, options, 1 << 20) {
        assert_eq!(row, read.row);
        let records: Vec<_> =
            cuts.into_iter().map(|cut| (cut.number, cut.read(&input.name, options))).collect();
        assert_eq!(Read { records, row }.outcomes(), read.outcomes());
    }
    read
}

pub(super) fn read_path(input: &Input, options: &Options) -> Read {
    let stop = AtomicBool::new(false);
    let mut opened = match open(input, options, &stop) {
        Ok(opened) => opened,
        Err(row) => return Read { records: Vec::new(), row: *row },
    };
    let cuts: Vec<Cut> = std::iter::from_fn(|| opened.cut()).collect();
    let records = cuts.into_iter().map(|cut| (cut.number, cut.read(&input.name, options))).collect();
    Read { records, row: opened.finish() }
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 1).unwrap()
}
