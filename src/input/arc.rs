//! ARC, versions 1 and 2: the format of the Internet Archive before WARC.
//!
//! A record is a line that ends in a length, followed by a block of that length.
//! The first one describes the file.

use super::cut::{Body, Form, Loss};
use super::framed::{self, Block, LONGEST_HEAD, Records, damaged};
use super::http::{Coding, Response};
use super::stream::{Fault, Place, Stream};
use super::warc::is_page;
use crate::record::SkipReason;

/// Words of a record's line in version 1: address, host, date, media type, length.
/// Version 2 has five more before the length.
const WORDS: [usize; 2] = [5, 10];

/// Records of an ARC file.
pub(super) struct Arc;

impl Records for Arc {
    const NAME: &'static str = "ARC";
    const SURE: bool = false;

    fn find(bytes: &[u8]) -> Option<usize> {
        let line_starts = memchr::memchr_iter(b'\n', bytes).map(|end| end + 1);
        std::iter::once(0).chain(line_starts).find(|&at| Head::read(&bytes[at..]).is_some())
    }

    fn record(stream: &mut Stream<'_>, place: Place, max_bytes: u64) -> Result<Form, Fault> {
        let Some((head, taken)) = Head::read(stream.ahead(LONGEST_HEAD)) else {
            return Ok(Form::Lost(damaged(place, "its head is wrong")));
        };
        stream.consume(taken);
        let max = max_bytes.saturating_add(LONGEST_HEAD as u64);
        Ok(match framed::block::<Self>(stream, head.length, max)? {
            Block::Whole(block) => head.form(block),
            Block::TooLarge if is_page(&head.media_type) => Form::Lost(Loss::too_large(place, max_bytes)),
            Block::TooLarge => Form::Skipped(SkipReason::MediaType),
            Block::Wrong(detail) => Form::Lost(damaged(place, detail)),
        })
    }
}

/// A record's line.
#[derive(Debug, PartialEq, Eq)]
struct Head {
    url: String,
    date: String,
    media_type: String,
    length: u64,
}

impl Head {
    /// Reads the line that some bytes begin with; gives its length too.
    fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let end = memchr::memchr(b'\n', bytes)?;
        let line = std::str::from_utf8(&bytes[..end]).ok()?.trim_end();
        let (scheme, _) = line.split_once(':')?;
        if scheme.is_empty() || !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let words: Vec<&str> = line.split(' ').collect();
        let is_date =
            |word: &str| word == "-" || (word.len() >= 14 && word.bytes().all(|byte| byte.is_ascii_digit()));
        // An address may hold spaces, the other words don't.
        let first = WORDS.into_iter().find_map(|count| {
            let address = words.len().checked_sub(count - 1).filter(|&address| address > 0)?;
            words.get(address + 1).is_some_and(|word| is_date(word)).then_some(address)
        })?;
        let length = words.last()?.parse().ok()?;
        let [date, media_type] =
            [words.get(first + 1)?, words.get(first + 2)?].map(|word| (*word).to_owned());
        Some((Self { url: words[..first].join(" "), date, media_type, length }, end + 1))
    }

    /// What the record is.
    fn form(self, mut block: Vec<u8>) -> Form {
        if self.url.starts_with("filedesc:") {
            return Form::Skipped(SkipReason::RecordType);
        }
        let (media_type, coding) = match Response::read(&block) {
            Some(response) => {
                block.drain(..response.body);
                (response.media_type.unwrap_or(self.media_type), response.coding)
            }
            None => (self.media_type, Coding::default()),
        };
        if !is_page(&media_type) {
            return Form::Skipped(SkipReason::MediaType);
        }
        let url = Some(self.url);
        let (media_type, date) = (Some(media_type), iso(&self.date));
        Form::Body(Box::new(Body { id: None, url, date, media_type, coding, bytes: block }))
    }
}

/// The date `20050614070144` as `2005-06-14T07:01:44Z`.
fn iso(date: &str) -> Option<String> {
    let part = |at: usize, length: usize| date.get(at..at + length);
    let (day, time) = ([part(0, 4)?, part(4, 2)?, part(6, 2)?], [part(8, 2)?, part(10, 2)?, part(12, 2)?]);
    Some(format!("{}T{}Z", day.join("-"), time.join(":")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(line: &str) -> Option<Head> {
        Head::read(line.as_bytes()).map(|(head, _)| head)
    }

    #[test]
    fn lines_of_both_versions_are_read() {
        let expected = |url: &str| Head {
            url: url.to_owned(),
            date: "20050614070144".to_owned(),
            media_type: "text/html".to_owned(),
            length: 76,
        };
        for (line, url) in [
            ("http://bees.example/ 192.0.2.1 20050614070144 text/html 76\n", "http://bees.example/"),
            ("http://bees.example/a b 192.0.2.1 20050614070144 text/html 76\r\n", "http://bees.example/a b"),
            (
                "http://bees.example/ 192.0.2.1 20050614070144 text/html 200 abc - 0 x.arc 76\n",
                "http://bees.example/",
            ),
        ] {
            assert_eq!(head(line), Some(expected(url)), "{line}");
        }
        for line in [
            "http://bees.example/ 192.0.2.1 20050614070144 text/html 76",
            "http://bees.example/ 192.0.2.1 20050614070144 text/html many\n",
            "How long do bees live in 20050614070144 text/html 76\n",
            "See http://bees.example/ for more\n",
            "\n",
        ] {
            assert_eq!(head(line), None, "{line}");
        }
    }

    #[test]
    fn dates_are_written_as_everywhere() {
        assert_eq!(iso("20050614070144").as_deref(), Some("2005-06-14T07:01:44Z"));
        assert_eq!(iso("-"), None);
    }
}
