//! A quick look at the bytes of an HTML page, which decides before parsing that
//! neither entries nor rejects can come of it.
//!
//! A "no" is certain. This is the minimum that each finder needs, on any page:
//!
//! - **Markup** needs a name: `Question`, or a property that holds an answer, in
//!   an attribute of microdata or `RDFa`, or in a block of JSON-LD (`signs`). A
//!   block that is not valid JSON may become a reject.
//! - **The family's phrases** contain words. Each of them occurs in the text as a
//!   whole, or in two or more parts with tags in between (`family`).
//! - **Everything else** needs lines that ask. A line that ends in a question
//!   mark contains a run of text that does (`runs`). Without any such line, lines
//!   must open like questions (`lines`): three or more, since the finder by layout
//!   wants three headings that ask, and a page that is questions and answers
//!   throughout has four questions, three of which open so (without a mark, no
//!   question scores high enough for fewer). Two are enough if elements say that
//!   they are questions, and one behind a label. Three labels of questions are
//!   enough by themselves. If nearly all lines hold a question and its answer,
//!   four such lines are.
//! - Where a heading, a title or a class **announces** questions, fewer are enough.
//!   Such a page is not ruled out, and neither is one with posts that answer.
//!
//! All of this is judged by single runs of text, so that it does not matter what
//! a page hides, or where a parser moves misplaced text. `tags::scan` cuts tags,
//! texts and comments exactly as the parser does; where it cannot be sure, the
//! page is not ruled out.

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
