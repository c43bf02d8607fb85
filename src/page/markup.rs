//! What an HTML page tells beside its text: where each line stands among the
//! elements, the links, and what the page says of itself.

use std::borrow::Cow;
use std::ops::Range;

use html5ever::{LocalName, local_name};
use url::Url;

/// What stands beside the text of an HTML page.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    /// Where the page is: as its reader was told, else as it says itself.
    pub(crate) address: Option<Url>,
    /// What its links are told from.
    pub(crate) base: Option<Url>,
    /// Its language, as a BCP 47 tag.
    pub(crate) language: Option<Cow<'static, str>>,
    /// What is known of each line.
    pub(crate) lines: Vec<LineFacts>,
    links: Vec<Link>,
    /// The links' targets, one after the other.
    targets: String,
}

/// What is known of a line beside its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineFacts {
    /// The part of the site's furniture that it belongs to.
    pub(crate) furniture: Option<Furniture>,
}

/// What stands on a page and belongs to its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Furniture {
    /// The ways to other pages.
    Navigation,
    /// The foot of every page.
    Footer,
    /// A notice about cookies.
    Notice,
}

impl Furniture {
    /// Every one, in the order of declaration.
    pub(crate) const ALL: [Self; 3] = [Self::Navigation, Self::Footer, Self::Notice];

    /// The name of the rule that drops it.
    pub(crate) const fn rule(self) -> &'static str {
        match self {
            Self::Navigation => "html-navigation",
            Self::Footer => "html-footer",
            Self::Notice => "html-cookie-notice",
        }
    }
}

#[derive(Debug)]
struct Link {
    /// Its text on the page.
    span: Range<usize>,
    /// Its target, among the targets.
    target: Range<usize>,
}

impl Markup {
    /// Takes the language that an element is said to be in; that of the whole page counts.
    pub(super) fn set_language(&mut self, name: &LocalName, language: Option<&str>) {
        if matches!(*name, local_name!("html") | local_name!("body"))
            && let Some(language) = language.and_then(crate::language::tag)
        {
            self.language = Some(language);
        }
    }

    /// Adds a link whose text starts at `start`, and returns its index.
    pub(super) fn open_link(&mut self, target: &str, start: usize) -> usize {
        let at = self.targets.len();
        self.targets.push_str(target.trim());
        self.links.push(Link { span: start..start, target: at..self.targets.len() });
        self.links.len() - 1
    }

    pub(super) fn close_link(&mut self, index: usize, end: usize) {
        if let Some(link) = self.links.get_mut(index) {
            link.span.end = end;
        }
    }

    /// The address that a source's link leads to; the link may end right before
    /// the source's name.
    pub(crate) fn cited_in(&self, source: &Range<usize>) -> Option<String> {
        let behind = self.links.partition_point(|link| link.span.start < source.end);
        let link = self.links[..behind].last().filter(|link| link.span.end + " ".len() >= source.start)?;
        let address = self.resolve(&self.targets[link.target.clone()])?;
        Some(address.into())
    }

    fn resolve(&self, target: &str) -> Option<Url> {
        let address = match &self.base {
            Some(base) => base.join(target),
            None => Url::parse(target),
        };
        address.ok().filter(is_web)
    }

    /// Takes what the page says its address is, unless its reader was told.
    pub(super) fn set_address(&mut self, address: &str) {
        if self.address.is_none() {
            self.address = Url::parse(address).ok().filter(is_web);
            if self.base.is_none() {
                self.base.clone_from(&self.address);
            }
        }
    }

    /// Takes what the page says its links are told from.
    pub(super) fn set_base(&mut self, base: &str) {
        if let Some(base) = self.resolve(base) {
            self.base = Some(base);
        }
    }
}

/// Whether an address is one of the Web.
pub(crate) fn is_web(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https")
}
