//! Inputs: any bytes give records or findings, in bounded time, and what is
//! read in a worker is what is read as a stream.

#![no_main]

use std::io::Write as _;
use std::sync::Once;
use std::sync::atomic::AtomicBool;

use libfuzzer_sys::fuzz_target;
use qasift::input::{Input, InputKind, Options, Outcome, Whole, open, quiet_caught_panics, read_whole};
use qasift::record::Container;

/// The largest page. Records are told to be larger all the same.
const MAX_PAGE_BYTES: u64 = 4096;

/// libFuzzer's own hook ends the process at any panic, those that are caught too.
static QUIET: Once = Once::new();

fuzz_target!(|data: &[u8]| {
    QUIET.call_once(quiet_caught_panics);
    // The first byte names the container, or leaves it to the others.
    let Some((&first, bytes)) = data.split_first() else { return };
    let format = Container::ALL.get(usize::from(first)).copied();
    let options = Options { max_page_bytes: MAX_PAGE_BYTES, format, ..Options::default() };
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(bytes).expect("room for it");
    let input = Input { name: "input".to_owned(), path: file.path().to_owned(), kind: InputKind::File };
    let stop = AtomicBool::new(false);
    let mut streamed = Vec::new();
    let row = match open(&input, &options, &stop) {
        Err(row) => *row,
        Ok(mut opened) => {
            while let Some(cut) = opened.cut() {
                let (number, place) = (cut.number, cut.place);
                let outcome = cut.read("input", &options);
                if let Outcome::Page(page) = &outcome {
                    assert!(!page.decoded.text.trim().is_empty());
                }
                streamed.push((number, place, format!("{outcome:?}")));
            }
            opened.finish()
        }
    };
    assert!(streamed.windows(2).all(|pair| pair[0].0 < pair[1].0));
    if let Whole::Read(cuts, whole) = read_whole(&input, &options, 1 << 20) {
        assert_eq!(whole, row);
        let read: Vec<_> = cuts
            .into_iter()
            .map(|cut| (cut.number, cut.place, format!("{:?}", cut.read("input", &options))))
            .collect();
        assert_eq!(read, streamed);
    }
});
