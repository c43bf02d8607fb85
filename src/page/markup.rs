//! What an HTML page has besides its text: the elements that contain each line, the
//! links, and what the page says about itself.

use std::borrow::Cow;
use std::ops::{BitOr, Range};

use html5ever::{LocalName, local_name};
use url::{ParseError, Url};

/// What accompanies the text of an HTML page.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    /// The address of the page: as given by the caller, else as stated by the page.
    pub(crate) address: Option<Url>,
    /// The address that its links are relative to.
    pub(crate) base: Option<Url>,
    /// Its language, as a BCP 47 tag.
    pub(crate) language: Option<Cow<'static, str>>,
    pub(crate) title: String,
    /// The elements that contain lines, in the order of their start.
    pub(crate) elements: Vec<Element>,
    /// What is known about each line.
    pub(crate) lines: Vec<LineFacts>,
    links: Vec<Link>,
    /// The targets of all links, one after another.
    targets: String,
}

/// An element that contains lines.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: LocalName,
    /// Index of its parent; its own for the outermost element.
    pub(crate) parent: u32,
    /// The lines in it.
    pub(crate) lines: Range<u32>,
    /// A key that elements with the same name and class share.
    pub(crate) key: u32,
    pub(crate) signs: Signs,
}

/// What is known about an element by its name, attributes and surroundings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signs(u16);

impl Signs {
    /// It expands and collapses something else.
    pub(crate) const TOGGLE: Self = Self(1);
    /// Its class is that of a question.
    pub(crate) const QUESTION: Self = Self(1 << 1);
    /// Its class is that of an answer.
    pub(crate) const ANSWER: Self = Self(1 << 2);
    /// Its class or id is that of a collection of questions.
    pub(crate) const COLLECTION: Self = Self(1 << 3);
    /// It is a post of a forum that answers.
    pub(crate) const POST: Self = Self(1 << 4);
    /// It is a comment on a post.
    pub(crate) const COMMENT: Self = Self(1 << 5);
    /// It contains the text of a post.
    pub(crate) const BODY: Self = Self(1 << 6);
    /// It contains the main content of the page.
    pub(crate) const MAIN: Self = Self(1 << 7);
    /// It is beside the main content of the page.
    pub(crate) const ASIDE: Self = Self(1 << 8);
    /// It may be text for screen readers only, or a permalink.
    pub(crate) const UNSEEN: Self = Self(1 << 9);
    /// It is an icon, which a font draws for a word.
    pub(crate) const ICON: Self = Self(1 << 10);
    /// It directly follows a horizontal rule.
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

/// What is known about a line besides its text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineFacts {
    /// Index of the innermost element that contains it.
    pub(crate) element: u32,
    /// The end of the bold text that it begins with.
    pub(crate) lead: usize,
    /// A key that lines share if the inline elements at their beginning are alike.
    pub(crate) key: u32,
    /// The signs of these elements.
    pub(crate) signs: Signs,
    /// The part of the site that it belongs to rather than to the page.
    pub(crate) furniture: Option<Furniture>,
}

/// What is on a page but belongs to its site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Furniture {
    /// Links to other pages.
    Navigation,
    /// The footer of every page.
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
    /// The place of its text on the page.
    span: Range<usize>,
    /// The place of its target among the targets.
    target: Range<usize>,
    /// Whether it is a control, whatever its target is.
    is_control: bool,
}

impl Markup {
    /// Adds an element and returns its index.
    pub(super) fn open(&mut self, element: Element) -> u32 {
        let index = u32::try_from(self.elements.len()).unwrap_or(u32::MAX);
        self.elements.push(element);
        index
    }

    /// Sets the end of the element at `index`, which is before a line.
    pub(super) fn close(&mut self, index: u32, line: usize) {
        if let Some(element) = self.elements.get_mut(index as usize) {
            element.lines.end = u32::try_from(line).unwrap_or(u32::MAX);
        }
    }

    /// Sets the page's language, if the element with this declared language is the whole page.
    pub(super) fn set_language(&mut self, name: &LocalName, language: Option<&str>) {
        if matches!(*name, local_name!("html") | local_name!("body"))
            && let Some(language) = language.and_then(crate::language::tag)
        {
            self.language = Some(language);
        }
    }

    /// Adds a link whose text starts at `start`, and returns its index.
    pub(super) fn open_link(&mut self, target: &str, start: usize, is_control: bool) -> usize {
        let at = self.targets.len();
        self.targets.push_str(target.trim());
        self.links.push(Link { span: start..start, target: at..self.targets.len(), is_control });
        self.links.len() - 1
    }

    /// Sets the end of the text of the link at `index`.
    pub(super) fn close_link(&mut self, index: usize, end: usize) {
        if let Some(link) = self.links.get_mut(index) {
            link.span.end = end;
        }
    }

    /// The address of a source's link, which may end right before the source's name.
    pub(crate) fn cited_in(&self, source: &Range<usize>) -> Option<String> {
        let after = self.links.partition_point(|link| link.span.start < source.end);
        let link = self.links[..after].last().filter(|link| link.span.end + " ".len() >= source.start)?;
        let address = self.resolve(&self.targets[link.target.clone()])?;
        Some(address.into())
    }

    /// If all of a text is a link to another page, its target without the fragment.
    pub(crate) fn led_away(&self, text: &Range<usize>) -> Option<&str> {
        let target = self.target_around(text)?;
        let (page, fragment) = target.split_once('#').unwrap_or((target, ""));
        (!page.is_empty() && self.is_another_page(page, !fragment.is_empty())).then_some(page)
    }

    /// Whether all of a text is a link to a part of the same page.
    pub(crate) fn leads_within(&self, text: &Range<usize>) -> bool {
        self.target_around(text).is_some_and(|target| target.starts_with('#'))
    }

    /// The target of the link that contains all of a text.
    fn target_around(&self, text: &Range<usize>) -> Option<&str> {
        let after = self.links.partition_point(|link| link.span.start <= text.start);
        let mut nearby = self.links[..after].iter().rev().take(NEARBY_LINKS);
        let link = nearby.find(|link| link.span.end >= text.end && !link.is_control)?;
        Some(&self.targets[link.target.clone()])
    }

    /// Whether a target is another page; `has_fragment` says whether it names a part of
    /// that page. If the address of this page is unknown, such a part may be one of this
    /// page.
    fn is_another_page(&self, target: &str, has_fragment: bool) -> bool {
        let Some(address) = self.resolve(target) else {
            return !has_fragment && matches!(Url::parse(target), Err(ParseError::RelativeUrlWithoutBase));
        };
        let Some(own) = &self.address else { return !has_fragment };
        let place = |address: &Url| address.as_str().split('#').next().map(str::to_owned);
        place(&address) != place(own)
    }

    /// The absolute address of a target, if it is one of the Web.
    fn resolve(&self, target: &str) -> Option<Url> {
        let address = match &self.base {
            Some(base) => base.join(target),
            None => Url::parse(target),
        };
        address.ok().filter(is_web)
    }

    /// Sets the address that the page states, unless the caller gave one.
    pub(super) fn set_address(&mut self, address: &str) {
        if self.address.is_none() {
            self.address = Url::parse(address).ok().filter(is_web);
            if self.base.is_none() {
                self.base.clone_from(&self.address);
            }
        }
    }

    /// Sets the address that the page states its links are relative to.
    pub(super) fn set_base(&mut self, base: &str) {
        if let Some(base) = self.resolve(base) {
            self.base = Some(base);
        }
    }
}

/// The number of links before a text among which the one around it is searched. Several may
/// start there, because a link may be empty.
const NEARBY_LINKS: usize = 8;

/// Whether an address is one of the Web.
pub(crate) fn is_web(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https")
}
