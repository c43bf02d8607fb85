//! The pages of a run. The index of duplicates knows the page of an entry only by its
//! number; the reject of a duplicate needs its name.

use std::num::NonZeroU64;

use crate::input::Input;

/// The pages read so far.
pub(super) struct Pages<'a> {
    inputs: &'a [Input],
    /// Of each page, the index of its input and its record's number.
    read: Vec<(u32, Option<NonZeroU64>)>,
}

impl<'a> Pages<'a> {
    pub(super) fn of(inputs: &'a [Input]) -> Self {
        Self { inputs, read: Vec::new() }
    }

    pub(super) fn len(&self) -> usize {
        self.read.len()
    }

    /// Adds a page of the input with this index.
    pub(super) fn push(&mut self, input: usize, record: Option<u64>) {
        let input = u32::try_from(input).unwrap_or(u32::MAX);
        self.read.push((input, record.and_then(NonZeroU64::new)));
    }

    /// The name of the page with this number.
    pub(super) fn name(&self, number: u32) -> Option<String> {
        let &(input, record) = self.read.get(number as usize)?;
        Some(page_name(&self.inputs.get(input as usize)?.name, record.map(NonZeroU64::get)))
    }
}

/// The name of the page that is an input or, given its number, one of its records.
pub(super) fn page_name(input: &str, record: Option<u64>) -> String {
    record.map_or_else(|| input.to_owned(), |record| format!("{input}#{record}"))
}
