//! Where the entry is: its lines, addresses and language.

use url::Url;

use super::super::findings::Sink;
use crate::diagnostic::{Code, quote};
use crate::language;
use crate::record::Entry;

/// Both lines are known, or neither; the first is at least 1 and not after the last.
pub(super) fn lines(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    range(entry.line_start, entry.line_end, sink);
}

/// The same for any row with lines.
pub(crate) fn range(start: Option<u32>, end: Option<u32>, sink: &mut Sink<'_>) {
    match (start, end) {
        (None, None) => {}
        (Some(start), Some(end)) if 1 <= start && start <= end => {}
        (Some(start), Some(end)) => {
            sink.add(Code::LineRange, "line_start", format!("`{start}` to `{end}` is not a range of lines"));
        }
        (Some(_), None) => sink.add(Code::LineRange, "line_end", "the last line is null, the first is not"),
        (None, Some(_)) => sink.add(Code::LineRange, "line_start", "the first line is null, the last is not"),
    }
}

/// Addresses are absolute, languages are tags.
pub(super) fn tags(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    for (field, url) in [("source_url", &entry.source_url), ("page_url", &entry.page_url)] {
        if let Some(url) = url
            && !is_address(url)
        {
            sink.add(Code::UrlMalformed, field, format!("{} is not the address of a page", quote(url)));
        }
    }
    if let Some(language) = &entry.language
        && language::tag(language).as_ref() != Some(language)
    {
        sink.add(Code::LanguageMalformed, "language", format!("{} is not a language tag", quote(language)));
    }
}

/// Whether a text is the address of a page, and nothing but it.
pub(crate) fn is_address(text: &str) -> bool {
    text.trim() == text && Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}
