//! A quick look at the bytes of an HTML page, which rules out that entries or
//! rejects come of it, before a parser sees it.
//!
//! A "no" is certain. What each finder needs at least, on any page:
//!
//! - **Markup** needs a name: `Question`, or a property that holds an answer, in
//!   an attribute of microdata or `RDFa`, or in a block of JSON-LD (`signs`). A
//!   block that can't be read by the letter may become a reject.
//! - **The family's phrases** hold words, of which each stands in the text as a
//!   whole, or as two or more parts with tags between (`family`).
//! - **Everything else** needs lines that ask. A line that ends in a question
//!   mark has a run of text in it that does (`runs`). Without any such line on
//!   the page, lines must open as questions do: three or more, for headings
//!   that ask are three at least, and a page that is questions and answers
//!   throughout has four questions, three of which open so, for without a mark
//!   no question scores as high as fewer would have to (`lines`). Two suffice where elements say that they are
//!   questions, and one behind a label. Three labels of questions do by themselves. Where
//!   nearly all lines hold a question and its answer, four do.
//! - Where a heading, a title or a class **announces** questions, fewer do; such a
//!   page is not ruled out, nor is one with posts that answer.
//!
//! All of this is told of single runs of text, so that it does not matter what
//! a page hides, or where a parser puts what stands at a wrong place. `tags::scan`
//! cuts tags, texts and comments as the parser does; what it can't be sure of is not ruled out.

mod depth;
mod family;
mod keys;
mod lines;
mod runs;
mod signs;
#[cfg(test)]
mod tests;

use crate::profile::Profiles;
use crate::tags::scan;
use family::Family;
use lines::Openers;
use runs::Runs;

/// What a quick look needs to know of the profiles.
#[derive(Debug)]
pub(crate) struct QuickLook {
    /// None if a profile's rules have nothing by which they can be looked for.
    family: Option<Family>,
    openers: Openers,
}

impl QuickLook {
    pub(crate) fn new(profiles: &Profiles) -> Self {
        Self { family: Family::of(profiles), openers: Openers::of(profiles) }
    }

    /// Whether neither entries nor rejects can come of an HTML page.
    pub(crate) fn rules_out(&self, page: &str, profiles: &Profiles) -> bool {
        let Some(family) = &self.family else { return false };
        let mut runs = Runs::new(family.watch(), &self.openers, profiles);
        scan::scan(page, &mut runs).and_then(|()| runs.finish(page.len())).is_ok()
    }
}
