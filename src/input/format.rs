//! The format of an input, detected from its first bytes, or from its name if they
//! are inconclusive.

use serde::de::IgnoredAny;

use super::charset;
use super::framed::Records as _;
use super::warc::Warc;
use crate::record::{Compression, Container};

/// Bytes that are examined to detect what an input is.
pub(super) const HEAD: usize = 4 << 10;

impl Compression {
    /// Length of the longest [`magic`](Self::magic).
    pub(super) const LONGEST_MAGIC: usize = 6;

    /// How each member begins.
    pub(super) const fn magic(self) -> &'static [u8] {
        match self {
            Self::Bzip2 => b"BZh",
            Self::Gzip => b"\x1f\x8b\x08",
            Self::Xz => b"\xfd7zXZ\0",
            Self::Zstd => b"\x28\xb5\x2f\xfd",
        }
    }

    /// The compression of bytes that begin so.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            // A level, and a block or the end of an empty stream.
            [b'B', b'Z', b'h', b'1'..=b'9', b'1' | 0x17, ..] => Some(Self::Bzip2),
            // A frame that Zstandard decoders skip.
            [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            _ => [Self::Gzip, Self::Xz, Self::Zstd].into_iter().find(|kind| head.starts_with(kind.magic())),
        }
    }

    /// The compression that a file's extension names.
    fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "bz2" => Self::Bzip2,
            "gz" => Self::Gzip,
            "xz" => Self::Xz,
            "zst" => Self::Zstd,
            _ => return None,
        })
    }
}

/// Extensions of files that are one page.
const PAGES: [&str; 9] = ["htm", "html", "markdown", "md", "mht", "mhtml", "text", "txt", "xhtml"];

/// Extensions of files that hold pages.
const CONTAINERS: [(&str, Container); 10] = [
    ("arc", Container::Arc),
    ("json", Container::Json),
    ("jsonl", Container::Jsonl),
    ("ndjson", Container::Jsonl),
    ("parquet", Container::Parquet),
    ("tar", Container::Tar),
    ("tgz", Container::Tar),
    ("warc", Container::Warc),
    ("wet", Container::Warc),
    ("zip", Container::Zip),
];

/// Whether a file in a folder is read, by its name.
pub(super) fn is_known(name: &str) -> bool {
    extension(name).is_some_and(|found| {
        PAGES.contains(&found.as_str()) || CONTAINERS.iter().any(|(known, _)| found == *known)
    })
}

/// Whether a file of an archive is a page, by its name.
pub(super) fn is_page(name: &str) -> bool {
    extension(name).is_some_and(|found| PAGES.contains(&found.as_str()))
}

/// A file's name without the extension of a compression.
pub(super) fn bare_name(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if Compression::of_extension(&extension.to_ascii_lowercase()).is_some() => {
            stem
        }
        _ => name,
    }
}

/// A file's extension, in lower case; where it names a compression, the one before it.
pub(super) fn extension(name: &str) -> Option<String> {
    let (stem, extension) = bare_name(name.rsplit('/').next()?).rsplit_once('.')?;
    (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
}

impl Container {
    /// What holds the pages of a file with that name, whose content begins so.
    pub(super) fn of(head: &[u8], name: &str) -> Self {
        if let Some(detected) = Self::of_first_bytes(head) {
            return detected;
        }
        let extension = extension(name).unwrap_or_default();
        if PAGES.contains(&extension.as_str()) {
            return Self::File;
        }
        let named = CONTAINERS.iter().find(|(known, _)| extension == *known).map(|&(_, container)| container);
        let lines = named == Some(Self::Jsonl);
        let detected = if charset::is_wide(head) { json(&narrow(head), lines) } else { json(head, lines) };
        detected.or(named).unwrap_or(Self::File)
    }
}

impl Container {
    fn of_first_bytes(head: &[u8]) -> Option<Self> {
        Some(match head {
            // The first line is enough, and a page has much more.
            _ if Warc::find(&head[..head.len().min(16)]) == Some(0) => Self::Warc,
            _ if head.starts_with(b"filedesc://") => Self::Arc,
            _ if head.starts_with(b"PAR1") => Self::Parquet,
            _ if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => Self::Zip,
            _ if head.get(257..).is_some_and(|magic| magic.starts_with(b"ustar")) => Self::Tar,
            _ => return None,
        })
    }
}

/// The ASCII of UTF-16 or UTF-32.
fn narrow(head: &[u8]) -> Vec<u8> {
    head.iter().copied().filter(|&byte| byte != 0 && byte.is_ascii()).collect()
}

/// Whether JSON begins so: an object one a line, an object over several lines,
/// or an array of objects. `lines` says that one a line is expected.
fn json(head: &[u8], lines: bool) -> Option<Container> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if let Some(array) = head.strip_prefix(b"[") {
        return array.trim_ascii_start().starts_with(b"{").then_some(Container::Json);
    }
    let inside = head.strip_prefix(b"{")?.trim_ascii_start();
    if !inside.starts_with(b"\"") {
        return None;
    }
    if follow_freely(head) {
        return Some(Container::Json);
    }
    let Some(end) = memchr::memchr(b'\n', head) else { return Some(Container::Jsonl) };
    let (first, rest) = (head[..end].trim_ascii_end(), &head[end + 1..]);
    let one_a_line = (lines && first != b"{") || first.ends_with(b"}") || rest.starts_with(b"{");
    Some(if one_a_line { Container::Jsonl } else { Container::Json })
}

/// Whether objects follow each other in another way than one a line: the second begins on
/// the line of the first, or it goes over several lines.
fn follow_freely(head: &[u8]) -> bool {
    let mut objects = serde_json::Deserializer::from_slice(head).into_iter::<IgnoredAny>();
    let Some(Ok(_)) = objects.next() else { return false };
    let behind = head[objects.byte_offset()..].trim_ascii_start();
    let gap = &head[objects.byte_offset()..head.len() - behind.len()];
    let line = behind.split(|&byte| byte == b'\n').next().unwrap_or_default();
    behind.starts_with(b"{")
        && (!gap.contains(&b'\n') || (line.trim_ascii() == b"{" && line.len() < behind.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressions_are_detected_by_first_bytes() {
        for (head, expected) in [
            (&b"\x1f\x8b\x08\0"[..], Some(Compression::Gzip)),
            (b"\x1f\x8b", None),
            (b"BZh91AY&SY", Some(Compression::Bzip2)),
            (b"BZh is a name", None),
            (b"\xfd7zXZ\0", Some(Compression::Xz)),
            (b"\x28\xb5\x2f\xfd", Some(Compression::Zstd)),
            (b"\x5a\x2a\x4d\x18\0\0\0\0", Some(Compression::Zstd)),
            (b"Why?", None),
        ] {
            assert_eq!(Compression::of(head), expected, "{head:?}");
        }
    }

    #[test]
    fn extensions_are_read_behind_that_of_a_compression() {
        for (name, known) in [
            ("a.txt", true),
            ("folder.d/A.TXT.GZ", true),
            ("a.jsonl.zst", true),
            ("a.gz", false),
            (".txt", false),
            (".txt.gz", false),
            ("folder.txt/a", false),
            ("a.jpg", false),
        ] {
            assert_eq!(is_known(name), known, "{name}");
        }
    }

    #[test]
    fn json_is_detected_by_how_it_begins() {
        use Container::{File, Json, Jsonl};
        for (head, name, expected) in [
            (r#"{"text":"Why?"}"#, "-", Jsonl),
            ("{\"text\":\"Why?\"}\n{\"text\":\"How?\"}\n", "-", Jsonl),
            ("\u{feff}\n{ \"text\": \"Why", "a.dat", Jsonl),
            ("{\"text\": \"Why\n{\"text\":", "a.json", Jsonl),
            ("{\n  \"text\": \"Why?\"\n}\n", "-", Json),
            ("{\n  \"text\": \"Why?\"\n}\n", "a.jsonl", Json),
            ("{\"text\":\n\"Why?\"}", "a.jsonl", Jsonl),
            ("[\n {\"text\"", "a.jsonl", Json),
            (r#"{"text":"Why?"} {"text":"How?"}"#, "a.json", Json),
            ("{\"text\":\"Why?\"}\n{\n  \"text\": \"How?\"\n}\n", "a.json", Json),
            ("{\"text\":\"}{\"}\n{\"text\":\"How?\"}\n", "a.json", Jsonl),
            ("[Music] How long do bees live?", "-", File),
            ("{Intro} How long do bees live?", "-", File),
            ("[]", "a.json", Json),
            ("[]", "a.txt", File),
            (r#"{"text":"Why?"}"#, "a.txt", File),
        ] {
            assert_eq!(Container::of(head.as_bytes(), name), expected, "{head:?} {name}");
        }
    }
}
