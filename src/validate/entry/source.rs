//! The source's fields: that they name one source consistently.

use super::super::findings::Sink;
use crate::diagnostic::{Code, quote};
use crate::record::{Entry, Flag, SourceBasis};
use crate::source;

/// Runs every check on the source.
pub(super) fn check(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    domain(entry, sink);
    basis(entry, sink);
    flags(entry, sink);
}

/// The domain is normalised, named by the text, and has that site.
fn domain(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    let domain = entry.source_domain.as_deref();
    let parsed = domain.and_then(source::parse);
    if let Some(domain) = domain
        && parsed.as_ref().is_none_or(|parsed| parsed.domain != domain)
    {
        sink.add(
            Code::DomainMalformed,
            "source_domain",
            format!("{} is not a normalised host", quote(domain)),
        );
        return;
    }
    let site = parsed.and_then(|parsed| parsed.site);
    if site.as_deref() != entry.source_site.as_deref() {
        let message = format!(
            "the domain's site is {}, not {}",
            or_null(site.as_deref()),
            or_null(entry.source_site.as_deref())
        );
        sink.add(Code::SiteWrong, "source_site", message);
    }
    if let Some(text) = entry.source_text.as_deref() {
        let named = source::parse(text).map(|source| source.domain);
        if named.as_deref() != domain {
            let message =
                format!("{} names {}, not {}", quote(text), or_null(named.as_deref()), or_null(domain));
            sink.add(Code::DomainWrong, "source_domain", message);
        }
    } else if entry.source_basis == Some(SourceBasis::Page) {
        let host = entry.page_url.as_deref().and_then(source::of_address).map(|source| source.domain);
        if host.as_deref() != domain {
            let message = format!("the page's host is {}, not {}", or_null(host.as_deref()), or_null(domain));
            sink.add(Code::DomainWrong, "source_domain", message);
        }
    }
}

fn basis(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    let expected = match (&entry.source_text, &entry.source_domain) {
        (Some(_), Some(_)) => Some(SourceBasis::Cited),
        (None, Some(_)) => Some(SourceBasis::Page),
        (_, None) => None,
    };
    if entry.source_url.is_some() && entry.source_text.is_none() {
        sink.add(Code::SourceBasis, "source_url", "the entry has the link of a source, but cites none");
    }
    if entry.source_basis != expected {
        let message = format!(
            "the basis is {}, but text and domain imply {}",
            or_null(entry.source_basis.map(SourceBasis::as_str)),
            or_null(expected.map(SourceBasis::as_str)),
        );
        sink.add(Code::SourceBasis, "source_basis", message);
    }
}

fn flags(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    let (text, domain) = (entry.source_text.is_some(), entry.source_domain.is_some());
    let expected = [(Flag::NoSource, !text && !domain), (Flag::InvalidSource, text && !domain)];
    for (flag, expected) in expected {
        let flagged = entry.flags.contains(&flag);
        if flagged && !expected {
            sink.add(
                Code::SourceFlags,
                "flags",
                format!("the flag `{flag}` contradicts the source's fields"),
            );
        } else if expected && !flagged {
            sink.add(Code::SourceFlags, "flags", format!("the flag `{flag}` is missing"));
        }
    }
}

fn or_null(value: Option<&str>) -> String {
    value.map_or_else(|| "null".to_owned(), quote)
}
