//! The pages of a run, by their number: a kept entry is known by the number of
//! its page, and a duplicate of it tells the page's name.

use std::num::NonZeroU64;

use crate::input::Input;

/// The pages read so far.
pub(super) struct Pages<'a> {
    inputs: &'a [Input],
    /// Index of each page's input, and its number there.
    read: Vec<(u32, Option<NonZeroU64>)>,
}

impl<'a> Pages<'a> {
    pub(super) fn of(inputs: &'a [Input]) -> Self {
        Self { inputs, read: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.read.len()
    }

    /// Adds a page of the input with that index.
    pub(super) fn push(&mut self, input: usize, record: Option<u64>) {
        let input = u32::try_from(input).unwrap_or(u32::MAX);
        self.read.push((input, record.and_then(NonZeroU64::new)));
    }

    /// The name of a page.
    pub(super) fn name(&self, number: u32) -> Option<String> {
        let &(input, record) = self.read.get(number as usize)?;
        Some(page_name(&self.inputs.get(input as usize)?.name, record.map(NonZeroU64::get)))
    }
}

/// Name of the page that an input is or, by its number, one of its records is.
pub(super) fn page_name(input: &str, record: Option<u64>) -> String {
    record.map_or_else(|| input.to_owned(), |record| format!("{input}#{record}"))
}
