//! A record, cut from its container but not read yet.
//!
//! Cutting goes from record to record and is done once per input; reading needs
//! only one record, so that workers do it in parallel.

use super::content::{self, Content, NoText};
use super::format;
use super::framed;
use super::http::{Coding, Undecodable};
use super::stream::{Fault, Place, Stream};
use super::{Decoded, Options};
use crate::record::{FieldNames, RejectReason, SkipReason};

/// A record as its container holds it.
#[derive(Debug)]
pub struct Cut {
    /// Its number in the input, 1-based; `None` if the file is the page.
    pub number: Option<u64>,
    /// Where it begins.
    pub place: Place,
    pub(super) form: Form,
}

/// What a container holds a record as.
#[derive(Debug)]
pub(super) enum Form {
    /// Bytes that are the page.
    Page(Vec<u8>),
    /// What should be a JSON object.
    Json(Object),
    /// A body as it was sent.
    Body(Box<Body>),
    /// A file of an archive.
    Member(Member),
    /// A row of a table.
    Row(Box<Record>),
    /// No page.
    Skipped(SkipReason),
    /// Nothing that could be read.
    Lost(Loss),
}

/// What should be a JSON object, and where it begins.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) bytes: Vec<u8>,
    pub(super) start: Start,
    /// Whether it, or one before it, may hold a page. If none does, broken JSON
    /// is no loss: the file holds the settings of some tool.
    pub(super) of_pages: bool,
}

/// A place in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    /// 1-based.
    pub(super) line: u64,
    /// Bytes before it in its line.
    pub(super) column: u64,
}

/// A body, and what the crawler recorded about it.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) date: Option<String>,
    /// The whole `Content-Type`.
    pub(super) media_type: Option<String>,
    pub(super) coding: Coding,
    pub(super) bytes: Vec<u8>,
}

/// A file of an archive.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Member {
    /// Whether a file is a page, by its name.
    pub(super) fn is_page(name: &str) -> bool {
        format::is_page(name)
    }
}

/// What became of a record.
#[derive(Debug)]
pub enum Outcome {
    /// It is a page.
    Page(Box<Page>),
    /// It is not a page.
    Skipped(SkipReason, String),
    /// It should be a page, but could not be read.
    Lost(Loss),
}

/// A page, decoded, and what its container says about it.
#[derive(Debug)]
pub struct Page {
    /// The record's own name.
    pub id: Option<String>,
    /// Address of the page.
    pub url: Option<String>,
    /// When it was fetched or written.
    pub date: Option<String>,
    /// Its text.
    pub decoded: Decoded,
}

/// A record that could not be read.
#[derive(Debug, Clone)]
pub struct Loss {
    /// Why.
    pub reason: RejectReason,
    /// Where it is damaged, or else where it begins.
    pub place: Place,
    /// What is wrong, as a sentence.
    pub detail: String,
    /// As much of it as there is, if it is text.
    pub text: String,
}

/// A record, read: what its container says about it, and its content.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) id: Option<String>,
    pub(super) url: Option<String>,
    pub(super) date: Option<String>,
    pub(super) content: Option<Content>,
    /// Byte sequences in it that its container does not allow, each read as U+FFFD.
    pub(super) undecodable: u64,
}

impl Cut {
    /// The container's next record, with its number. After a fault, reading
    /// continues where it can.
    pub(super) fn of(
        next: Result<Option<(Place, Form)>, Fault>,
        stream: &mut Stream<'_>,
        number: &mut u64,
    ) -> Option<Self> {
        let (place, form) = match next {
            Ok(found) => found?,
            Err(fault) => {
                stream.recover(&fault);
                (fault.place, Form::Lost(Loss::damaged(fault)))
            }
        };
        *number += 1;
        Some(Self { number: Some(*number), place, form })
    }

    pub(super) fn lost(number: Option<u64>, loss: Loss) -> Self {
        Self { number, place: loss.place, form: Form::Lost(loss) }
    }

    /// Size in bytes, as it is cut.
    #[must_use]
    pub fn size(&self) -> u64 {
        match &self.form {
            Form::Page(bytes) | Form::Json(Object { bytes, .. }) => bytes.len() as u64,
            Form::Body(body) => body.bytes.len() as u64,
            Form::Member(member) => member.bytes.len() as u64,
            Form::Row(record) => record.content.as_ref().map_or(0, Content::size),
            Form::Skipped(_) => 0,
            Form::Lost(loss) => loss.text.len() as u64,
        }
    }

    /// Reads the record of the input with that name.
    #[must_use]
    pub fn read(self, input: &str, options: &Options) -> Outcome {
        match self.form {
            Form::Page(bytes) => {
                let content = Content::Bytes {
                    bytes,
                    media_type: None,
                    name: Some(format::bare_name(input).to_owned()),
                };
                decoded(Record { content: Some(content), ..Record::default() })
            }
            Form::Json(object) => object.read(self.place, &options.fields),
            Form::Member(Member { name, bytes }) => {
                let id = Some(name.clone());
                let content = Some(Content::Bytes { bytes, media_type: None, name: Some(name) });
                decoded(Record { id, content, ..Record::default() })
            }
            Form::Row(record) => decoded(*record),
            Form::Body(body) => body.read(self.place, options.max_page_bytes),
            Form::Skipped(reason) => Outcome::Skipped(reason, reason.detail().to_owned()),
            Form::Lost(loss) => Outcome::Lost(loss),
        }
    }
}

/// The longest message of a library that is passed on, in characters.
const LONGEST_MESSAGE: usize = 200;

impl Object {
    fn read(self, place: Place, fields: &FieldNames) -> Outcome {
        match fields.read(&self.bytes) {
            Ok(record) => decoded(record),
            Err(_) if !self.of_pages => no_text(),
            Err(wrong) => Outcome::Lost(Loss {
                reason: RejectReason::DamagedRecord,
                place,
                detail: self.start.describe(&wrong),
                text: String::from_utf8_lossy(&self.bytes).into_owned(),
            }),
        }
    }
}

impl Start {
    /// Advances past some bytes.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        self.line += memchr::memchr_iter(b'\n', bytes).count() as u64;
        match memchr::memrchr(b'\n', bytes) {
            Some(last) => self.column = (bytes.len() - last - 1) as u64,
            None => self.column += bytes.len() as u64,
        }
    }

    /// What is wrong with the JSON that begins here, and where in the file.
    fn describe(self, wrong: &serde_json::Error) -> String {
        let (line, column) = (wrong.line() as u64, wrong.column() as u64);
        let message = wrong.to_string();
        let what = message.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&message);
        // It may hold a value of the record, of any length.
        let what = match what.char_indices().nth(LONGEST_MESSAGE) {
            Some((end, _)) => &format!("{}…", &what[..end]),
            None => what,
        };
        let before = if line <= 1 { self.column } else { 0 };
        format!("{what} at line {} column {}", self.line + line.saturating_sub(1), column + before)
    }
}

impl Body {
    fn read(self, place: Place, max_bytes: u64) -> Outcome {
        let Self { id, url, date, media_type, coding, bytes } = self;
        match coding.decode(bytes, max_bytes) {
            Ok(bytes) => {
                let content = Some(Content::Bytes { bytes, media_type, name: None });
                decoded(Record { id, url, date, content, undecodable: 0 })
            }
            Err(Undecodable::TooLarge) => Outcome::Lost(Loss::too_large(place, max_bytes)),
            Err(Undecodable::Damaged(detail)) => Outcome::Lost(framed::damaged(place, detail)),
        }
    }
}

fn no_text() -> Outcome {
    Outcome::Skipped(SkipReason::NoText, SkipReason::NoText.detail().to_owned())
}

fn decoded(record: Record) -> Outcome {
    let Some(content) = record.content else { return no_text() };
    match content::decode(content) {
        Err(NoText::Empty(why)) => Outcome::Skipped(SkipReason::Empty, why.to_owned()),
        Err(NoText::Binary(why)) => Outcome::Skipped(SkipReason::Binary, why),
        Ok(mut decoded) => {
            let Record { id, url, date, undecodable, .. } = record;
            decoded.undecodable += undecodable;
            let [id, url, date] = [id, url, date].map(|text| text.and_then(|text| one_line(&text)));
            Outcome::Page(Box::new(Page { id, url, date, decoded }))
        }
    }
}

/// The longest name, address or date of a record that is kept, in characters.
const LONGEST_NAME: usize = 2048;

/// A container's text on one line; nothing if it is blank.
fn one_line(text: &str) -> Option<String> {
    let line: String = text
        .trim()
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .take(LONGEST_NAME)
        .collect();
    Some(line).filter(|line| !line.is_empty())
}

impl Loss {
    pub(super) fn damaged(fault: Fault) -> Self {
        Self {
            reason: RejectReason::DamagedRecord,
            place: fault.place,
            detail: fault.detail,
            text: String::new(),
        }
    }

    pub(super) fn too_large(place: Place, max: u64) -> Self {
        let detail = format!("it holds more bytes than the {max} that `--max-page-bytes` allows");
        Self { reason: RejectReason::TooLargeRecord, place, detail, text: String::new() }
    }
}
