//! One input, read whole: its text, or why it has none.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::{Decoded, Input, InputKind, decode};
use crate::id::hex;
use crate::record::{Container, InputRow, InputStatus};

/// How often a wait for standard input or a pipe looks at the stop flag.
const LOOK_UP: Duration = Duration::from_millis(50);

/// What became of an input.
#[derive(Debug)]
pub struct Reading {
    /// Its row in `inputs.jsonl`.
    pub row: InputRow,
    /// Its text, if the row's status is `read`.
    pub decoded: Option<Decoded>,
}

/// Reads one input of at most `max_bytes`; a larger file is not even begun.
/// Setting `stop` ends a wait for standard input or a named pipe.
#[must_use]
pub fn read(input: &Input, max_bytes: Option<u64>, stop: &AtomicBool) -> Reading {
    let max = max_bytes.unwrap_or(u64::MAX);
    let bytes = match input.kind {
        InputKind::File => read_file(&input.path, max),
        InputKind::Stdin => interruptible(stop, move || read_bounded(io::stdin().lock(), 0, max)),
        InputKind::Pipe => {
            let path = input.path.clone();
            interruptible(stop, move || read_bounded(File::open(path)?, 0, max))
        }
    };
    let row = InputRow {
        path: input.name.clone(),
        bytes: None,
        sha256: None,
        container: Container::File,
        status: InputStatus::Read,
        detail: None,
    };
    match bytes {
        Err(error) => Reading::without_text(row, InputStatus::Unreadable, error.to_string()),
        Ok(Bytes::Above { size }) => {
            let row = InputRow { bytes: size, ..row };
            let held = size.map_or_else(|| "more bytes".to_owned(), |size| format!("{size} bytes, more"));
            let detail = format!("it holds {held} than the {max} that `--max-page-bytes` allows");
            Reading::without_text(row, InputStatus::TooLarge, detail)
        }
        Ok(Bytes::All(bytes)) => {
            let sha256 = Some(hex(&Sha256::digest(&bytes)));
            Reading::of(InputRow { bytes: Some(bytes.len() as u64), sha256, ..row }, bytes)
        }
    }
}

impl Reading {
    fn of(row: InputRow, bytes: Vec<u8>) -> Self {
        match decode(bytes) {
            Err(reason) => Self::without_text(row, InputStatus::Binary, reason),
            Ok(decoded) if decoded.text.trim_start().is_empty() => {
                let what = if decoded.text.is_empty() { "no bytes" } else { "nothing but white space" };
                Self::without_text(row, InputStatus::Empty, format!("it holds {what}"))
            }
            Ok(decoded) => Self { row, decoded: Some(decoded) },
        }
    }

    fn without_text(row: InputRow, status: InputStatus, detail: String) -> Self {
        Self { row: InputRow { status, detail: Some(detail), ..row }, decoded: None }
    }
}

/// The bytes of an input, if they are not too many.
enum Bytes {
    All(Vec<u8>),
    /// More than the bound; a stream doesn't say how many.
    Above {
        size: Option<u64>,
    },
}

fn read_file(path: &Path, max: u64) -> io::Result<Bytes> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    let size = metadata.len();
    if metadata.is_file() && size > max {
        return Ok(Bytes::Above { size: Some(size) });
    }
    read_bounded(file, size, max)
}

/// Reads at most `max` bytes; `expected` is how many there should be.
fn read_bounded(reader: impl Read, expected: u64, max: u64) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(expected).unwrap_or(usize::MAX))?;
    reader.take(max.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > max { Bytes::Above { size: None } } else { Bytes::All(bytes) })
}

/// Runs `read`, which may wait for ever, on a thread of its own, and waits for
/// it no longer than until `stop` is set. The thread ends with the process.
fn interruptible(
    stop: &AtomicBool,
    read: impl FnOnce() -> io::Result<Bytes> + Send + 'static,
) -> io::Result<Bytes> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new().spawn(move || sender.send(read()))?;
    loop {
        match receiver.recv_timeout(LOOK_UP) {
            Ok(bytes) => return bytes,
            Err(RecvTimeoutError::Timeout) if !stop.load(Ordering::Relaxed) => {}
            Err(_) => return Err(io::Error::new(io::ErrorKind::Interrupted, "stopped")),
        }
    }
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
