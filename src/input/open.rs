//! An input, opened: its records one by one, and its row at the end.

use std::fs::File;
use std::io::{self, Cursor, Read as _};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use sha2::{Digest as _, Sha256};

use super::arc::Arc;
use super::charset;
use super::cut::{Cut, Form, Loss};
use super::fed::Fed;
use super::format::{self, HEAD};
use super::framed::{self, Framed};
use super::json::Objects;
use super::jsonl::Lines;
use super::parquet::Parquet;
use super::seek::{self, Unopened};
use super::stream::{Place, Stream};
use super::tar::Tar;
use super::warc::Warc;
use super::zip::Zip;
use super::{Input, InputKind, Options};
use crate::id::hex;
use crate::record::{Compression, Container, InputRow, InputStatus};

/// Cuts content into records.
pub(super) trait Cutter: Send {
    /// The next record; `None` at the end.
    fn cut(&mut self, stream: &mut Stream<'_>) -> Option<Cut>;
}

/// An input whose records are read one by one.
pub struct Opened<'a> {
    row: InputRow,
    stream: Option<Stream<'a>>,
    cutter: Box<dyn Cutter + 'a>,
}

/// An input that a worker reads by itself.
pub enum Whole {
    /// Its records, and its row.
    Read(Vec<Cut>, InputRow),
    /// It holds more than a worker takes at once.
    Large,
}

/// What is wrong with JSON of two or four bytes per character.
const WIDE: &str = "its JSON is in UTF-16 or UTF-32, which is read of pages alone; convert it to UTF-8";

/// A row of an input of which nothing is known yet.
fn row(input: &Input) -> InputRow {
    InputRow {
        path: input.name.clone(),
        bytes: None,
        sha256: None,
        compression: None,
        container: Container::File,
        status: InputStatus::Read,
        detail: None,
        records: None,
        pages: 0,
        skipped: std::collections::BTreeMap::new(),
        damaged: 0,
    }
}

/// Opens an input. Setting `stop` ends a wait for standard input or a named pipe.
///
/// # Errors
///
/// The input's row, if it could not be opened.
pub fn open<'a>(input: &Input, options: &Options, stop: &'a AtomicBool) -> Result<Opened<'a>, Box<InputRow>> {
    let row = row(input);
    let mut size = None;
    let stream = match input.kind {
        InputKind::Stdin => Fed::new(|| Ok(io::stdin()), stop).map(Stream::new),
        InputKind::Pipe => {
            let path = input.path.clone();
            Fed::new(|| File::open(path), stop).map(Stream::new)
        }
        InputKind::File => File::open(&input.path).map(|file| {
            size = file.metadata().ok().map(|metadata| metadata.len());
            Stream::new(file)
        }),
    };
    let path = (input.kind == InputKind::File).then_some(input.path.as_path());
    let opened = stream.and_then(|stream| Opened::new(row.clone(), stream, path, options));
    let opened = opened.map_err(|error| failed(row, InputStatus::Unreadable, error.to_string()))?;
    match size {
        Some(size) if opened.is_page() && size > options.max_page_bytes => {
            Err(Box::new(too_large(opened.row, size, options.max_page_bytes)))
        }
        _ => Ok(opened),
    }
}

/// Reads a small file. If it is a container of pages, at most `max_bytes` of records are read.
#[must_use]
pub fn read_whole(input: &Input, options: &Options, max_bytes: u64) -> Whole {
    let row = row(input);
    let unreadable = |error: io::Error| {
        Whole::Read(Vec::new(), failed(row.clone(), InputStatus::Unreadable, error.to_string()))
    };
    let bytes = match read_file(&input.path, max_bytes) {
        Ok(bytes) if bytes.len() as u64 > max_bytes => return Whole::Large,
        Ok(bytes) => bytes,
        Err(error) => return unreadable(error),
    };
    let head = &bytes[..bytes.len().min(HEAD)];
    if Compression::of(head).is_none() && options.container(head, &row.path) == Container::File {
        return read_page(row, bytes, options.max_page_bytes);
    }
    let mut opened =
        match Opened::new(row.clone(), Stream::new(Cursor::new(bytes)), Some(&input.path), options) {
            Ok(opened) => opened,
            Err(error) => return unreadable(error),
        };
    let (mut cuts, mut size) = (Vec::new(), 0);
    while let Some(cut) = opened.cut() {
        size += cut.size();
        cuts.push(cut);
        if size > max_bytes {
            return Whole::Large;
        }
    }
    Whole::Read(cuts, opened.finish())
}

/// A file that is one page, its bytes already in memory.
fn read_page(row: InputRow, bytes: Vec<u8>, max_bytes: u64) -> Whole {
    let size = bytes.len() as u64;
    if size > max_bytes {
        return Whole::Read(Vec::new(), too_large(row, size, max_bytes));
    }
    let row = InputRow { bytes: Some(size), sha256: Some(hex(&Sha256::digest(&bytes))), ..row };
    Whole::Read(vec![Cut { number: None, place: Place::default(), form: Form::Page(bytes) }], row)
}

/// The bytes of a file; of one that has more than `max`, one more.
fn read_file(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let expected = file.metadata()?.len().min(max.saturating_add(1));
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(expected).unwrap_or(usize::MAX))?;
    file.take(max.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl<'a> Opened<'a> {
    /// `path` is where the bytes are, if they are a file's.
    fn new(
        row: InputRow,
        mut stream: Stream<'a>,
        path: Option<&Path>,
        options: &Options,
    ) -> io::Result<Self> {
        let compression = Compression::of(stream.stored_head(Compression::LONGEST_MAGIC)?);
        if let Some(compression) = compression {
            stream.decompress(compression)?;
        }
        let container = options.container(stream.ahead(HEAD), &row.path);
        let max_bytes = options.max_page_bytes;
        let cutter: Box<dyn Cutter> = match container {
            Container::Arc => Box::new(Framed::<Arc>::new(max_bytes)),
            Container::File => Box::new(Page { max_bytes, done: false }),
            Container::Json | Container::Jsonl if charset::is_wide(stream.ahead(HEAD)) => {
                Box::new(Unopened(Some(framed::damaged(Place::default(), WIDE))))
            }
            Container::Json => Box::new(Objects::new(max_bytes, options.fields.clone())),
            Container::Jsonl => {
                // Many tools keep their settings in such a file.
                let of_pages =
                    options.format.is_some() || format::extension(&row.path).as_deref() != Some("json");
                Box::new(Lines::new(max_bytes, options.fields.clone(), of_pages))
            }
            Container::Parquet | Container::Zip => seekable(container, &mut stream, path, options)?,
            Container::Tar => Box::new(Tar::new(max_bytes)),
            Container::Warc => Box::new(Framed::<Warc>::new(max_bytes)),
        };
        let row = InputRow { compression, container, ..row };
        Ok(Self { row, stream: Some(stream), cutter })
    }

    /// Whether the bytes, as they are stored, are one page.
    fn is_page(&self) -> bool {
        self.row.compression.is_none() && self.row.container == Container::File
    }

    /// The input's row, as far as it is known before its records.
    #[must_use]
    pub fn row(&self) -> &InputRow {
        &self.row
    }

    /// Bytes of the input that were taken so far.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.stream.as_ref().map_or(0, Stream::taken)
    }

    /// The next record; `None` at the end.
    pub fn cut(&mut self) -> Option<Cut> {
        let cut = self.cutter.cut(self.stream.as_mut()?)?;
        if cut.number.is_none() && matches!(cut.form, Form::Lost(_)) {
            // The input may be endless.
            self.stream = None;
        }
        Some(cut)
    }

    /// The input's row, without anything about its records.
    #[must_use]
    pub fn finish(self) -> InputRow {
        let ended_early = self.stream.as_ref().is_some_and(Stream::ended_early);
        match self.stream.map(Stream::finish) {
            Some(Ok((bytes, digest))) => {
                let row = InputRow { bytes: Some(bytes), sha256: Some(hex(&digest)), ..self.row };
                let detail = || "it could not be read to its end".to_owned();
                if ended_early { failed(row, InputStatus::Damaged, detail()) } else { row }
            }
            Some(Err(error)) => failed(self.row, InputStatus::Unreadable, error.to_string()),
            None => self.row,
        }
    }
}

/// Opens a container whose list of contents is at its end.
fn seekable<'a>(
    container: Container,
    stream: &mut Stream<'a>,
    path: Option<&Path>,
    options: &Options,
) -> io::Result<Box<dyn Cutter + 'a>> {
    let file = match seek::file(stream, path)? {
        Ok(file) => file,
        Err(fault) => return Ok(Box::new(Unopened(Some(Loss::damaged(fault))))),
    };
    Ok(match container {
        Container::Parquet => match Parquet::new(file, options) {
            Ok(table) => Box::new(table),
            Err(loss) => Box::new(Unopened(Some(*loss))),
        },
        _ => Box::new(Zip::new(file, options.max_page_bytes)?),
    })
}

/// A file that is one page.
struct Page {
    max_bytes: u64,
    done: bool,
}

impl Cutter for Page {
    fn cut(&mut self, stream: &mut Stream<'_>) -> Option<Cut> {
        if std::mem::replace(&mut self.done, true) {
            return None;
        }
        let place = Place::default();
        let mut bytes = Vec::new();
        Some(match stream.read_to(&mut bytes, self.max_bytes.saturating_add(1)) {
            Err(fault) => Cut::lost(None, Loss::damaged(fault)),
            Ok(()) if bytes.len() as u64 > self.max_bytes => {
                Cut::lost(None, Loss::too_large(place, self.max_bytes))
            }
            Ok(()) => Cut { number: None, place, form: Form::Page(bytes) },
        })
    }
}

fn too_large(row: InputRow, size: u64, max: u64) -> InputRow {
    let detail = format!("it holds {size} bytes, more than the {max} that `--max-page-bytes` allows");
    failed(InputRow { bytes: Some(size), ..row }, InputStatus::TooLarge, detail)
}

fn failed(row: InputRow, status: InputStatus, detail: String) -> InputRow {
    InputRow { status, detail: Some(detail), ..row }
}

#[cfg(test)]
#[path = "open_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "archive_tests.rs"]
mod archive_tests;
