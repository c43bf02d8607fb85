//! What an HTML page has besides its text: where each line is among the
//! elements, the links, and what the page says of itself.

use std::borrow::Cow;
use std::ops::{BitOr, Range};

use html5ever::{LocalName, local_name};
use url::{ParseError, Url};

/// What accompanies the text of an HTML page.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    /// Where the page is: as its reader was told, else as it says itself.
    pub(crate) address: Option<Url>,
    /// What its links are told from.
    pub(crate) base: Option<Url>,
    /// Its language, as a BCP 47 tag.
    pub(crate) language: Option<Cow<'static, str>>,
    pub(crate) title: String,
    /// The elements that lay lines out, in the order of their start.
    pub(crate) elements: Vec<Element>,
    /// What is known of each line.
    pub(crate) lines: Vec<LineFacts>,
    links: Vec<Link>,
    /// The links' targets, one after the other.
    targets: String,
}

/// An element that lays lines out.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: LocalName,
    /// Index of the element around it; its own for the outermost.
    pub(crate) parent: u32,
    /// The lines in it.
    pub(crate) lines: Range<u32>,
    /// The same for elements of one name and class.
    pub(crate) key: u32,
    pub(crate) signs: Signs,
}

/// What the attributes of an element say of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signs(u16);

impl Signs {
    /// It opens and closes something else.
    pub(crate) const TOGGLE: Self = Self(1);
    /// Its class is that of a question.
    pub(crate) const QUESTION: Self = Self(1 << 1);
    /// Its class is that of an answer.
    pub(crate) const ANSWER: Self = Self(1 << 2);
    /// Its class or id is that of a collection of questions.
    pub(crate) const COLLECTION: Self = Self(1 << 3);
    /// It is the post of a forum's page that answers.
    pub(crate) const POST: Self = Self(1 << 4);
    /// It is what is said about a post.
    pub(crate) const COMMENT: Self = Self(1 << 5);
    /// It holds the text of a post.
    pub(crate) const BODY: Self = Self(1 << 6);
    /// It holds what the page is about.
    pub(crate) const MAIN: Self = Self(1 << 7);
    /// It stands beside what the page is about.
    pub(crate) const ASIDE: Self = Self(1 << 8);
    /// It may be text for screen readers only, or a permalink.
    pub(crate) const UNSEEN: Self = Self(1 << 9);
    /// It is a picture that a font makes of a word.
    pub(crate) const ICON: Self = Self(1 << 10);
    /// A rule stands right before it.
    pub(crate) const RULED: Self = Self(1 << 11);

    pub(crate) const fn has(self, sign: Self) -> bool {
        self.0 & sign.0 != 0
    }
}

impl BitOr for Signs {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What is known of a line beside its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineFacts {
    /// Index of the innermost element that holds it.
    pub(crate) element: u32,
    /// Where the bold text ends with which it begins.
    pub(crate) lead: usize,
    /// The same for lines that begin in like elements of the line.
    pub(crate) key: u32,
    /// Signs of these elements.
    pub(crate) signs: Signs,
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
    /// It is a control, whatever its target is.
    acts: bool,
}

impl Markup {
    /// Adds an element at a line, and returns its index.
    pub(super) fn open(&mut self, element: Element) -> u32 {
        let index = u32::try_from(self.elements.len()).unwrap_or(u32::MAX);
        self.elements.push(element);
        index
    }

    /// Notes that the element at `index` ends before a line.
    pub(super) fn close(&mut self, index: u32, line: usize) {
        if let Some(element) = self.elements.get_mut(index as usize) {
            element.lines.end = u32::try_from(line).unwrap_or(u32::MAX);
        }
    }

    /// Takes the language that an element is said to be in; that of the whole page counts.
    pub(super) fn set_language(&mut self, name: &LocalName, language: Option<&str>) {
        if matches!(*name, local_name!("html") | local_name!("body"))
            && let Some(language) = language.and_then(crate::language::tag)
        {
            self.language = Some(language);
        }
    }

    /// Adds a link whose text starts at `start`, and returns its index.
    pub(super) fn open_link(&mut self, target: &str, start: usize, acts: bool) -> usize {
        let at = self.targets.len();
        self.targets.push_str(target.trim());
        self.links.push(Link { span: start..start, target: at..self.targets.len(), acts });
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

    /// The target of the link to another page that holds all of a text, without its fragment.
    pub(crate) fn led_away(&self, text: &Range<usize>) -> Option<&str> {
        let behind = self.links.partition_point(|link| link.span.start <= text.start);
        let mut nearby = self.links[..behind].iter().rev().take(NEARBY_LINKS);
        let link = nearby.find(|link| link.span.end >= text.end && !link.acts)?;
        let target = &self.targets[link.target.clone()];
        let (page, fragment) = target.split_once('#').unwrap_or((target, ""));
        (!page.is_empty() && self.is_another_page(page, !fragment.is_empty())).then_some(page)
    }

    /// Whether a link to a part of its page holds all of a text.
    pub(crate) fn leads_within(&self, text: &Range<usize>) -> bool {
        let behind = self.links.partition_point(|link| link.span.start <= text.start);
        let mut nearby = self.links[..behind].iter().rev().take(NEARBY_LINKS);
        let link = nearby.find(|link| link.span.end >= text.end && !link.acts);
        link.is_some_and(|link| self.targets[link.target.clone()].starts_with('#'))
    }

    /// Whether an address is that of another page. Where this one is, may be
    /// unknown; then what names a part of a page may name one of this.
    fn is_another_page(&self, target: &str, in_part: bool) -> bool {
        let Some(address) = self.resolve(target) else {
            return !in_part && matches!(Url::parse(target), Err(ParseError::RelativeUrlWithoutBase));
        };
        let Some(own) = &self.address else { return !in_part };
        let place = |address: &Url| address.as_str().split('#').next().map(str::to_owned);
        place(&address) != place(own)
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

/// Links before a text among which the one around it is: others may be empty.
const NEARBY_LINKS: usize = 8;

/// Whether an address is one of the Web.
pub(crate) fn is_web(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https")
}
