//! What an element is to a reader: how it is laid out, and whether it is shown.

use html5ever::{LocalName, local_name};
use scraper::node::Element;

use crate::page::{Furniture, Signs};

/// How an element is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// In the line.
    Inline,
    /// On lines of its own.
    Block,
    /// On lines of its own, with a gap before and after.
    Spaced,
    Heading,
    List,
    Item,
    Code,
    Row,
    Cell,
    Break,
    Rule,
    Bold,
    Link,
    /// A control that may open and close what follows it.
    Button,
    /// Not at all.
    None,
}

/// How elements of a name are laid out, unless a style says otherwise.
pub(super) fn display(name: &LocalName) -> Display {
    match *name {
        local_name!("a") => Display::Link,
        local_name!("b") | local_name!("strong") => Display::Bold,
        local_name!("br") => Display::Break,
        local_name!("button") => Display::Button,
        local_name!("h1")
        | local_name!("h2")
        | local_name!("h3")
        | local_name!("h4")
        | local_name!("h5")
        | local_name!("h6") => Display::Heading,
        local_name!("hr") => Display::Rule,
        local_name!("li") => Display::Item,
        local_name!("pre") | local_name!("listing") | local_name!("xmp") => Display::Code,
        local_name!("tr") => Display::Row,
        local_name!("td") | local_name!("th") => Display::Cell,
        local_name!("ul") | local_name!("ol") | local_name!("menu") | local_name!("dir") => Display::List,
        local_name!("p")
        | local_name!("dl")
        | local_name!("blockquote")
        | local_name!("table")
        | local_name!("figure")
        | local_name!("fieldset")
        | local_name!("details") => Display::Spaced,
        _ if is_block(name) => Display::Block,
        _ if is_unseen(name) => Display::None,
        _ => Display::Inline,
    }
}

/// Whether an element stands on lines of its own.
fn is_block(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("div")
            | local_name!("section")
            | local_name!("article")
            | local_name!("main")
            | local_name!("header")
            | local_name!("footer")
            | local_name!("aside")
            | local_name!("nav")
            | local_name!("address")
            | local_name!("dt")
            | local_name!("dd")
            | local_name!("summary")
            | local_name!("caption")
            | local_name!("figcaption")
            | local_name!("form")
            | local_name!("center")
            | local_name!("body")
            | local_name!("html")
            | local_name!("legend")
            | local_name!("hgroup")
            | local_name!("tbody")
            | local_name!("thead")
            | local_name!("tfoot")
            | local_name!("dialog")
    )
}

/// Whether an element shows nothing that is text of the page.
fn is_unseen(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("head")
            | local_name!("title")
            | local_name!("script")
            | local_name!("style")
            | local_name!("template")
            | local_name!("noscript")
            | local_name!("svg")
            | local_name!("select")
            | local_name!("textarea")
            | local_name!("input")
            | local_name!("option")
            | local_name!("datalist")
            | local_name!("iframe")
            | local_name!("canvas")
            | local_name!("video")
            | local_name!("audio")
            | local_name!("object")
            | local_name!("embed")
            | local_name!("meter")
            | local_name!("progress")
            | local_name!("rp")
            | local_name!("img")
            | local_name!("link")
            | local_name!("meta")
    )
}

/// The attributes that count.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is an attribute of its own")]
pub(super) struct Traits<'a> {
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    pub(super) role: &'a str,
    pub(super) href: Option<&'a str>,
    /// What it opens and closes, by id.
    pub(super) controls: Option<&'a str>,
    /// It says whether what it opens is open.
    pub(super) expands: bool,
    pub(super) value: Option<&'a str>,
    pub(super) start: Option<&'a str>,
    pub(super) language: Option<&'a str>,
    /// Something else names it: it is a panel or a region.
    labelled: bool,
    hidden: bool,
    reversed: bool,
}

impl<'a> Traits<'a> {
    pub(super) fn of(element: &'a Element) -> Self {
        let mut traits = Self::default();
        for (name, value) in &element.attrs {
            let value: &str = value;
            match name.local {
                local_name!("class") => traits.class = value,
                local_name!("id") => traits.id = value,
                local_name!("role") => traits.role = value,
                local_name!("href") => traits.href = Some(value),
                local_name!("lang") => traits.language = Some(value),
                local_name!("value") => traits.value = Some(value),
                local_name!("start") => traits.start = Some(value),
                local_name!("reversed") => traits.reversed = true,
                local_name!("hidden") => traits.hidden |= !value.eq_ignore_ascii_case("until-found"),
                local_name!("style") => traits.hidden |= hides(value),
                local_name!("aria-hidden") => traits.hidden |= value == "true",
                local_name!("aria-controls") => traits.controls = Some(value),
                local_name!("aria-expanded") => traits.expands = true,
                local_name!("aria-labelledby") => traits.labelled = true,
                ref name if matches!(&**name, "data-target" | "data-bs-target") => {
                    traits.controls = value.strip_prefix('#');
                }
                _ => {}
            }
        }
        traits
    }

    /// Whether it is out of sight.
    pub(super) fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// Whether what is out of sight may only be folded: it is a panel.
    pub(super) fn is_panel(&self, name: &LocalName) -> bool {
        // A dialog opens over the page, and is none of its parts.
        let is_dialog = matches!(self.role, "dialog" | "alertdialog") || *name == local_name!("dialog");
        *name == local_name!("dd")
            || (self.labelled && !is_dialog)
            // Parts of a page that come late, and that a script of React puts in place.
            || self.id.starts_with("S:")
            || matches!(self.role, "region" | "tabpanel")
            || contains_any(self.class, &PANELS)
    }

    /// Whether it opens and closes something else, as it says itself.
    pub(super) fn folds(&self) -> bool {
        self.expands || self.controls.is_some()
    }

    /// Whether it is a control, as it says itself: a link may be one.
    pub(super) fn acts(&self) -> bool {
        self.folds() || matches!(self.role, "button" | "tab")
    }

    /// Whether what the page is about stands in it, or beside it.
    pub(super) fn ground(&self, name: &LocalName) -> Signs {
        match *name {
            local_name!("main") => Signs::MAIN,
            local_name!("aside") => Signs::ASIDE,
            _ if self.role == "main" => Signs::MAIN,
            _ if self.role == "complementary" => Signs::ASIDE,
            _ => Signs::default(),
        }
    }

    /// Whether it may open and close something else.
    pub(super) fn is_toggle(&self) -> bool {
        self.folds() || contains_any(self.class, &TOGGLES)
    }

    /// What part of a site's furniture it is.
    pub(super) fn furniture(&self, name: &LocalName) -> Option<Furniture> {
        match *name {
            local_name!("nav") => return Some(Furniture::Navigation),
            local_name!("footer") => return Some(Furniture::Footer),
            _ => {}
        }
        match self.role {
            "navigation" | "menu" | "menubar" => return Some(Furniture::Navigation),
            "contentinfo" => return Some(Furniture::Footer),
            _ => {}
        }
        // The classes of an element that holds a whole page or article describe its topic.
        let whole = matches!(
            *name,
            local_name!("html") | local_name!("body") | local_name!("main") | local_name!("article")
        );
        if whole || (self.class.is_empty() && self.id.is_empty()) {
            return None;
        }
        let mut words = self.class.split_ascii_whitespace().chain([self.id]);
        if words.clone().any(|word| FOOTERS.iter().any(|known| word.eq_ignore_ascii_case(known))) {
            return Some(Furniture::Footer);
        }
        if words.clone().any(|word| TRAILS.iter().any(|known| word.eq_ignore_ascii_case(known))) {
            return Some(Furniture::Navigation);
        }
        words.any(is_notice).then_some(Furniture::Notice)
    }

    /// The number that comes first in a numbered list, and whether they count down.
    pub(super) fn numbering(&self) -> (i64, bool) {
        (self.start.and_then(|start| start.trim().parse().ok()).unwrap_or(1), self.reversed)
    }
}

/// Parts of the class names of what folds.
const PANELS: [&str; 8] = ["panel", "collapse", "accordion", "answer", "toggle", "expand", "faq", "fold"];

/// Parts of the class names of what opens and closes it.
const TOGGLES: [&str; 6] = ["accordion", "collapse", "toggle", "question", "expand", "faq"];

/// Class names and ids of a site's footer.
const FOOTERS: [&str; 5] = ["footer", "site-footer", "page-footer", "global-footer", "colophon"];

/// Class names and ids of the way to a page.
const TRAILS: [&str; 3] = ["breadcrumb", "breadcrumbs", "skip-link"];

/// Whether a class name or id is that of a notice about cookies.
fn is_notice(word: &str) -> bool {
    let has = |needle: &str| contains(word, needle);
    // There are bars that are baked, too.
    let has_part = |part: &str| {
        let mut parts = word.split(|c: char| !c.is_ascii_alphanumeric());
        parts.any(|own| own.eq_ignore_ascii_case(part)) || has(&format!("cookie{part}"))
    };
    (has("cookie")
        && (["banner", "notice", "consent", "popup"].iter().any(|part| has(part))
            || ["bar", "modal", "law", "bot"].iter().any(|part| has_part(part))))
        || ["gdpr", "onetrust", "cmplz", "consent-banner"].iter().any(|part| has(part))
}

fn contains_any(text: &str, parts: &[&str]) -> bool {
    !text.is_empty() && parts.iter().any(|part| contains(text, part))
}

/// Whether a text holds a lower-case part, in any letter case.
fn contains(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// Whether a style takes an element out of sight.
fn hides(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(name, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        (name.trim().eq_ignore_ascii_case("display") && value.eq_ignore_ascii_case("none"))
            || (name.trim().eq_ignore_ascii_case("visibility") && value.eq_ignore_ascii_case("hidden"))
    })
}
