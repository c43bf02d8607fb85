//! Parses the host and the registrable domain from a source as the page writes it.
//!
//! Nothing is corrected or guessed: what is not a registrable host remains text. The
//! Public Suffix List defines what can be registered, in both its ICANN and its private
//! section. `.example`, which RFC 2606 reserves for examples, counts as an additional
//! suffix.

use std::borrow::Cow;

use psl::Type;
use url::{Host, Url};

use crate::bytes;

/// The longest host and the longest label, in bytes (RFC 1035, section 2.3.4).
const MAX_HOST: usize = 253;
const MAX_LABEL: usize = 63;

/// The top-level domain that RFC 2606 and RFC 6761 reserve for examples.
const EXAMPLE: &str = "example";

/// What a source text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source<'a> {
    /// The host: lower case, ASCII, no `www.`, no port, no trailing dot.
    pub(crate) domain: Cow<'a, str>,
    /// Its registrable domain according to the Public Suffix List. `None` if the host is
    /// itself a suffix: one of the list's private section, such as `github.io`, or one
    /// that serves pages, such as `gov.uk`.
    pub(crate) site: Option<Cow<'a, str>>,
}

/// The host that `text` names, or `None` if it is truncated or not a valid host.
///
/// `text` may be a host or an `http` address, with a port, a path and a full
/// stop at its end. An IP address, `localhost`, a single label, an unknown
/// suffix, a bare suffix such as `co.uk`, and text with white space name none.
pub(crate) fn parse(text: &str) -> Option<Source<'_>> {
    let text = text.trim();
    if is_lower_ascii(text) {
        return of_ascii_host(text);
    }
    // The time for encoding a label is quadratic in its length.
    let host = host_of(text).filter(|host| host.chars().count() <= MAX_HOST)?;
    if is_lower_ascii(host) {
        return of_ascii_host(host);
    }
    match Host::parse(host).ok()? {
        Host::Domain(host) => of_ascii_host(&host).map(Source::into_owned),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

/// The source that an address names, whatever stands around its host.
pub(crate) fn of_address(address: &str) -> Option<Source<'static>> {
    let url = Url::parse(address).ok()?;
    parse(url.host_str()?).map(Source::into_owned)
}

impl Source<'_> {
    pub(crate) fn into_owned(self) -> Source<'static> {
        let owned = |name: Cow<'_, str>| Cow::Owned(name.into_owned());
        Source { domain: owned(self.domain), site: self.site.map(owned) }
    }
}

/// The host as it is written, without scheme, port, path and final dot.
fn host_of(text: &str) -> Option<&str> {
    let address = match text.split_once("://") {
        Some((scheme, rest)) if ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) => {
            rest
        }
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => return None,
        _ => text,
    };
    let authority = address.split(['/', '?', '#']).next()?;
    let host = match authority.split_once(':') {
        Some((host, port)) if port.parse::<u16>().is_ok() && !port.starts_with('+') => host,
        Some(_) => return None,
        None => authority,
    };
    let host = host.strip_suffix(['.', '。', '．', '｡']).unwrap_or(host);
    // `Host::parse` would decode percent signs and remove invisible characters.
    let foreign = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '_');
    (!text.contains(char::is_whitespace) && !host.contains(foreign)).then_some(host)
}

/// Whether IDNA does not change the host: it has no upper case, nothing encoded, and no
/// number as its last label.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "predicates without branches compile to vector instructions: see `bytes`"
)]
fn is_lower_ascii(host: &str) -> bool {
    let foreign = |b: u8| {
        let sign = (b'-'..=b'.').contains(&b) | (b == b'_');
        !(b.is_ascii_lowercase() | b.is_ascii_digit() | sign)
    };
    host.ends_with(|c: char| c.is_ascii_lowercase())
        && !bytes::holds(host.as_bytes(), foreign)
        && (memchr::memchr(b'-', host.as_bytes()).is_none() || !host.contains("xn--"))
}

/// The source of a host in lower-case ASCII.
fn of_ascii_host(mut host: &str) -> Option<Source<'_>> {
    // `www.com` can be registered, but on a page it is more likely a longer host, truncated.
    while let Some(rest) = host.strip_prefix("www.") {
        host = rest;
    }
    if host.len() > MAX_HOST || !host.as_bytes().split(|&b| b == b'.').all(is_label) {
        return None;
    }
    let suffix = suffix_of(host)?;
    let site = below(host, suffix.len);
    if site.is_none() && suffix.typ != Type::Private && !serves_pages(host) {
        return None;
    }
    // Underscores are allowed in names below a site, but a name with one cannot be registered.
    let registered = site.unwrap_or(host);
    (!registered.contains('_')).then(|| Source { domain: host.into(), site: site.map(Cow::Borrowed) })
}

/// Whether a suffix is also a site of its registry: `gov.uk`, `gob.mx`, `nhs.uk`.
fn serves_pages(suffix: &str) -> bool {
    ["gov.", "gob.", "gouv.", "govt.", "nhs.", "police."].iter().any(|first| suffix.starts_with(first))
}

/// A public suffix at the end of a host.
struct Suffix {
    /// Its length in bytes.
    len: usize,
    typ: Type,
}

fn suffix_of(host: &str) -> Option<Suffix> {
    if host == EXAMPLE || host.strip_suffix(EXAMPLE).is_some_and(|rest| rest.ends_with('.')) {
        return Some(Suffix { len: EXAMPLE.len(), typ: Type::Icann });
    }
    let suffix = psl::suffix(host.as_bytes())?;
    // For a suffix without a rule in the list, `typ` is `None`: any last label would count.
    Some(Suffix { len: suffix.as_bytes().len(), typ: suffix.typ()? })
}

/// The suffix with the label before it; `None` if there is no such label.
fn below(host: &str, suffix: usize) -> Option<&str> {
    let rest = host[..host.len() - suffix].strip_suffix('.')?;
    Some(&host[rest.rfind('.').map_or(0, |dot| dot + 1)..])
}

fn is_label(label: &[u8]) -> bool {
    (1..=MAX_LABEL).contains(&label.len()) && !label.starts_with(b"-") && !label.ends_with(b"-")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The domain and the site, as `domain site`; `-` for none.
    fn shown(text: &str) -> String {
        parse(text).map_or("-".into(), |s| format!("{} {}", s.domain, s.site.as_deref().unwrap_or("-")))
    }

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(shown(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn accepts_hosts_as_pages_write_them() {
        check(&[
            ("bees.example", "bees.example bees.example"),
            ("a.b.bees.example", "a.b.bees.example bees.example"),
            ("www.bees.example", "bees.example bees.example"),
            ("www.www.bees.example", "bees.example bees.example"),
            ("Bees.EXAMPLE.", "bees.example bees.example"),
            ("WWW.Example.COM/path", "example.com example.com"),
            ("https://a.example.com:8080/x", "a.example.com example.com"),
            ("HTTP://example.com?q=http://x", "example.com example.com"),
            ("example.com/?u=http://x.example", "example.com example.com"),
            ("example.com:443", "example.com example.com"),
            ("example.com.:443", "example.com example.com"),
            ("example.com#top", "example.com example.com"),
            ("\u{a0}example.org\u{a0}", "example.org example.org"),
            ("example.co.uk.", "example.co.uk example.co.uk"),
            ("wwwhives.example", "wwwhives.example wwwhives.example"),
        ]);
    }

    #[test]
    fn rejects_truncated_hosts_and_anything_else() {
        let none = [
            "",
            ".",
            "..",
            "en.",
            "www.",
            "www.com",
            "example",
            "hives.c",
            "hives.exampl",
            "localhost",
            "a.localhost",
            "a.test",
            "a.invalid",
            "a.local",
            "com",
            "co.uk",
            "www.co.uk",
            "example.com..",
            "example.com...",
            ".example.com",
            "a..example.com",
            "example.com, org",
            "see example.com",
            "example.com)",
            "(example.com",
            "ann@example.com",
            "mailto:ann@example.com",
            "ftp://example.com",
            "https://",
            "https:///example.com",
            "//example.com",
            "example.com:",
            "example.com:+80",
            "example.com:99999",
            "example.com:80:80",
            "example%2ecom",
            "ex\u{ad}ample,com",
            "example.com\u{a0}x",
            "127.0.0.1",
            "10.1",
            "0x7f.1",
            "1.2.3.4.5",
            "https://127.0.0.1/x",
            "[::1]",
            "http://[2001:db8::1]/",
            "1.2.3.4.",
            "a.example.123",
            "a.0x1f",
        ];
        for text in none {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_address_names_its_host_whatever_stands_around() {
        let domain = |address| of_address(address).map(|source| source.domain.into_owned());
        for address in
            ["https://bees.example/a b", "http://ada:pw@www.bees.example:8080/", "https://BEES.example?q"]
        {
            assert_eq!(domain(address).as_deref(), Some("bees.example"), "{address}");
        }
        for address in ["bees.example", "https://127.0.0.1/", "https://localhost/", "mailto:ada@bees.example"]
        {
            assert_eq!(domain(address), None, "{address}");
        }
    }

    /// In the spirit of the list's own vectors
    /// (<https://github.com/publicsuffix/list/tree/main/tests>).
    #[test]
    fn registrable_domains_follow_the_list() {
        check(&[
            ("example.com", "example.com example.com"),
            ("a.b.example.com", "a.b.example.com example.com"),
            ("b.example.uk.com", "b.example.uk.com example.uk.com"),
            ("uk.com", "uk.com -"),
            ("test.ac", "test.ac test.ac"),
            ("test.jp", "test.jp test.jp"),
            ("ac.jp", "-"),
            ("kyoto.jp", "-"),
            ("b.ide.kyoto.jp", "b.ide.kyoto.jp b.ide.kyoto.jp"),
            ("c.kobe.jp", "-"),
            ("b.c.kobe.jp", "b.c.kobe.jp b.c.kobe.jp"),
            ("a.b.c.kobe.jp", "a.b.c.kobe.jp b.c.kobe.jp"),
            ("city.kobe.jp", "city.kobe.jp city.kobe.jp"),
            ("www.city.kobe.jp", "city.kobe.jp city.kobe.jp"),
            ("b.ck", "-"),
            ("a.b.ck", "a.b.ck a.b.ck"),
            ("test.us", "test.us test.us"),
            ("ak.us", "-"),
            ("test.k12.ak.us", "test.k12.ak.us test.k12.ak.us"),
            ("foo.github.io", "foo.github.io foo.github.io"),
            ("a.foo.github.io", "a.foo.github.io foo.github.io"),
            ("github.io", "github.io -"),
            ("www.github.io", "github.io -"),
            ("io", "-"),
            ("www.gov.uk", "gov.uk -"),
            ("https://www.nhs.uk/conditions/", "nhs.uk -"),
            ("gob.mx", "gob.mx -"),
            ("gov", "-"),
            ("111.nhs.uk", "111.nhs.uk 111.nhs.uk"),
        ]);
    }

    #[test]
    fn international_names_become_ascii() {
        check(&[
            ("bücher.example", "xn--bcher-kva.example xn--bcher-kva.example"),
            ("BÜCHER.Example", "xn--bcher-kva.example xn--bcher-kva.example"),
            ("bu\u{308}cher.example", "xn--bcher-kva.example xn--bcher-kva.example"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example xn--bcher-kva.example"),
            ("XN--BCHER-KVA.example", "xn--bcher-kva.example xn--bcher-kva.example"),
            ("a.食狮.com.cn", "a.xn--85x722f.com.cn xn--85x722f.com.cn"),
            ("食狮.公司.cn", "xn--85x722f.xn--55qx5d.cn xn--85x722f.xn--55qx5d.cn"),
            ("公司.cn", "-"),
            ("shishi.中国", "shishi.xn--fiqs8s shishi.xn--fiqs8s"),
            ("例え。example。", "xn--r8jz45g.example xn--r8jz45g.example"),
            ("faß.example", "xn--fa-hia.example xn--fa-hia.example"),
            ("ｅｘａｍｐｌｅ.com", "example.com example.com"),
            ("xn--a.example", "-"),
            ("xn--.example", "-"),
            ("a.xn--zzzzzz", "-"),
            ("１２７.0.0.1", "-"),
        ]);
    }

    #[test]
    fn a_long_text_is_not_a_host() {
        for c in ["a", "ü", "a.", "ü.", "."] {
            assert_eq!(parse(&format!("{}example", c.repeat(1_000_000))), None);
        }
    }

    proptest! {
        #[test]
        fn a_domain_names_itself(text in r"(https?://|www\.|)([a-zA-Z0-9ü_-]{1,4}\.){0,3}(com|co\.uk|io|github\.io|example|EXAMPLE|c)\.?(:80|/x|)") {
            if let Some(source) = parse(&text) {
                let again = parse(&source.domain);
                prop_assert_eq!(again.as_ref(), Some(&source));
            }
        }

        #[test]
        fn any_text_is_accepted(text: String) {
            let domain = parse(&text).map_or("".into(), |source| source.domain);
            prop_assert!(domain.is_ascii() && !domain.starts_with("www."));
        }
    }

    #[test]
    fn labels_have_limits() {
        let long = "a".repeat(63);
        check(&[
            (&format!("{long}.example"), &format!("{long}.example {long}.example")),
            (&format!("a{long}.example"), "-"),
            ("-a.example", "-"),
            ("a-.example", "-"),
            ("a--b.example", "a--b.example a--b.example"),
            ("my_blog.hives.example", "my_blog.hives.example hives.example"),
            ("my_blog.example", "-"),
            ("my_blog.example.com", "my_blog.example.com example.com"),
            ("my_blog.github.io", "-"),
            ("1und1.example", "1und1.example 1und1.example"),
            ("24.example", "24.example 24.example"),
        ]);
        // 3 × 64 + 53 + 8 = 253 bytes, then one more.
        let host = |last: usize| format!("{long}.{long}.{long}.{}.example", "b".repeat(last));
        assert_eq!(host(53).len(), 253);
        assert!(parse(&host(53)).is_some());
        assert_eq!(parse(&host(54)), None);
    }
}
