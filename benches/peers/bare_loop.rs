//! A peer that does the minimum: it splits pages at their attributions, and writes
//! the text between them as JSON Lines and as CSV, escaped byte by byte.
//!
//! ```text
//! rustc -O --edition 2024 -o target/bare_loop benches/peers/bare_loop.rs
//! target/bare_loop INPUT -o DIR [-j N]
//! ```
//!
//! It knows only one layout and takes the first line of an entry as its question. It
//! cleans and checks nothing, keeps no rejects, and computes no digests.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

const ATTRIBUTION: &str = "View complete answer on ";
/// Files that each thread reads before all of them write.
const BATCH: usize = 64;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let value =
        |name| arguments.iter().position(|argument| argument == name).map(|at| arguments[at + 1].as_str());
    let input = Path::new(&arguments[1]);
    let output = Path::new(value("-o").expect("-o DIR"));
    let threads: usize = value("-j").map_or(1, |threads| threads.parse().expect("-j N"));
    let mut files = Vec::new();
    list(input, &mut files)?;
    fs::create_dir_all(output)?;
    let mut json = File::create(output.join("entries.jsonl"))?;
    let mut csv = File::create(output.join("entries.csv"))?;
    for batch in files.chunks(BATCH * threads) {
        let parts: Vec<_> = std::thread::scope(|scope| {
            let read = |files| scope.spawn(move || convert(files));
            let readers: Vec<_> = batch.chunks(batch.len().div_ceil(threads)).map(read).collect();
            readers.into_iter().map(|reader| reader.join().expect("no panic")).collect()
        });
        for part in parts {
            let [lines, records] = part?;
            json.write_all(&lines)?;
            csv.write_all(&records)?;
        }
    }
    Ok(())
}

/// All files below a path, in order.
fn list(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    let mut entries: Vec<_> =
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    entries.iter().try_for_each(|entry| list(entry, files))
}

/// The entries of some files, as JSON Lines and as CSV.
fn convert(files: &[PathBuf]) -> io::Result<[Vec<u8>; 2]> {
    let (mut json, mut csv) = (Vec::new(), Vec::new());
    for file in files {
        let page = fs::read_to_string(file).map_err(io::Error::other)?;
        let name = file.to_string_lossy();
        let mut rest = page.as_str();
        let mut position = 0;
        while let Some(at) = rest.find(ATTRIBUTION) {
            let start = rest[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let (entry, behind) = (rest[..start].trim(), &rest[at + ATTRIBUTION.len()..]);
            let end = behind.find('\n').unwrap_or(behind.len());
            let (question, answer) = entry.split_once('\n').unwrap_or((entry, ""));
            position += 1;
            write_entry(
                &mut json,
                &mut csv,
                [question.trim(), answer.trim(), behind[..end].trim(), &name],
                position,
            );
            rest = &behind[end..];
        }
    }
    Ok([json, csv])
}

fn write_entry(json: &mut Vec<u8>, csv: &mut Vec<u8>, texts: [&str; 4], position: usize) {
    const NAMES: [&str; 4] = ["question", "answer", "source", "page"];
    for (name, text) in NAMES.iter().zip(texts) {
        json.extend_from_slice(if *name == NAMES[0] { b"{\"" } else { b",\"" });
        json.extend_from_slice(name.as_bytes());
        json.extend_from_slice(b"\":\"");
        csv.push(b'"');
        for &byte in text.as_bytes() {
            match byte {
                b'"' => json.extend_from_slice(b"\\\""),
                b'\\' => json.extend_from_slice(b"\\\\"),
                b'\n' => json.extend_from_slice(b"\\n"),
                ..b' ' => json.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
                _ => json.push(byte),
            }
            if byte == b'"' {
                csv.push(b'"');
            }
            csv.push(byte);
        }
        json.push(b'"');
        csv.extend_from_slice(b"\",");
    }
    json.extend_from_slice(format!(",\"position\":{position}}}\n").as_bytes());
    csv.extend_from_slice(format!("{position}\n").as_bytes());
}
