//! How deep elements may be nested, and how many nodes a page may have: from some
//! point on, the parser leaves tags out, and then only the parser can judge the page.

use crate::tags::names::{Flat, Formatting};
use crate::tags::scan::{LONGEST_NAME, Odd, padded};

/// Elements that may be open at once; the guard's bound is higher.
const MAX_OPEN: usize = 400;

/// Open elements of a page, to the extent that their ends count for the guard.
#[derive(Debug, Default)]
pub(super) struct Depth {
    open: Vec<[u8; LONGEST_NAME]>,
    /// Open elements of the kind that the parser opens again in every paragraph.
    formatting: usize,
    most_formatting: usize,
    tags: usize,
    repaired: usize,
}

impl Depth {
    pub(super) fn start(&mut self, name: &[u8]) -> Result<(), Odd> {
        self.tags += 1;
        if Flat::has_bytes(name) {
            return Ok(());
        }
        if Formatting::has_bytes(name) {
            self.formatting += 1;
            self.most_formatting = self.most_formatting.max(self.formatting);
        }
        self.open.push(padded(name));
        if self.open.len() > MAX_OPEN { Err(Odd) } else { Ok(()) }
    }

    /// An element that an end tag does not close here may be open to the guard
    /// no longer; never the other way round.
    pub(super) fn end(&mut self, name: &[u8]) {
        self.tags += 1;
        let formatting = Formatting::has_bytes(name);
        self.repaired += usize::from(formatting);
        if self.open.last() == Some(&padded(name)) {
            self.open.pop();
            self.formatting -= usize::from(formatting);
        }
    }

    /// Whether the page may become more nodes than the parser makes: each tag, and
    /// the text after it, makes one, after those that it opens again or implies.
    pub(super) fn finish(&self, length: usize) -> Result<(), Odd> {
        let nodes = 2 * self.tags * (self.most_formatting + IMPLIED) + REPAIRED * self.repaired;
        if nodes >= crate::page::max_nodes(length) { Err(Odd) } else { Ok(()) }
    }
}

/// Elements that a tag or a text implies, such as those around a cell.
const IMPLIED: usize = 6;

/// Elements that the end of a formatting element makes at most: the parser
/// goes eight times around an outer loop and three around an inner one.
const REPAIRED: usize = 32;
