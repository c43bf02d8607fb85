//! Rejects: fields that fit the reason, and duplicates whose kept entry is there.

use std::collections::{BTreeMap, HashSet};

use sha2::{Digest, Sha256};

use super::entry::place::range;
use super::findings::Sink;
use super::inputs::Inputs;
use super::keys::{Keys, first_bytes};
use super::pages::Pages;
use crate::diagnostic::{Code, quote};
use crate::record::{Extractor, Reject, RejectReason};

/// The longest text of a reject that is kept whole, in bytes.
const LONGEST_TEXT: usize = 4096;

/// What is known of the rejects.
#[derive(Debug, Default)]
pub(crate) struct Rejects {
    /// Rows by reason.
    pub(crate) reasons: BTreeMap<RejectReason, u64>,
    /// Page and first line of the row before.
    last: Option<(u32, Option<u32>)>,
    positions: HashSet<(u32, u32)>,
}

impl Rejects {
    /// Checks a row and counts it.
    pub(crate) fn row(
        &mut self,
        row: &Reject,
        keys: &Keys,
        (inputs, pages): (&mut Inputs, &mut Pages<'_>),
        sink: &mut Sink<'_>,
    ) {
        *self.reasons.entry(row.reason).or_default() += 1;
        range(row.line_start, row.line_end, sink);
        fields(row, sink);
        if row.reason.is_record() {
            match pages.lost_record(&row.page) {
                Some((page, input)) if inputs.take_damaged(&input) => self.order(page, row, pages, sink),
                Some(_) => sink.add(Code::InputUnknown, "page", "no input contains the record"),
                None => sink.add(Code::RejectFields, "page", "a record that could not be read is not a page"),
            }
            return;
        }
        let Some(page) = pages.of_row(&row.page) else {
            sink.add(Code::PageUnknown, "page", format!("{} has no row in `pages.jsonl`", quote(&row.page)));
            return;
        };
        self.order(page, row, pages, sink);
        let declares = row.reason != RejectReason::UnreadableMarkup;
        let markup = row.extractor.is_some_and(Extractor::is_markup);
        pages.page(page).counted.declared += u64::from(declares && markup);
        if row.reason == RejectReason::Duplicate {
            pages.page(page).counted.duplicates += 1;
            self.duplicate(row, page, keys, pages, sink);
        } else {
            let page = pages.page(page);
            page.counted.rejects += 1;
            let emptied = matches!(row.reason, RejectReason::EmptyAnswer | RejectReason::EmptyQuestion);
            page.emptied += u64::from(emptied);
        }
    }

    /// Checks a row's place against the one before.
    fn order(&mut self, page: u32, row: &Reject, pages: &Pages<'_>, sink: &mut Sink<'_>) {
        if let Some((last, line)) = self.last.replace((page, row.line_start)) {
            let message = "the row belongs before the row above";
            if pages.before(page, last) {
                sink.add(Code::RejectOrder, "page", message);
            } else if page == last && row.line_start < line {
                sink.add(Code::RejectOrder, "line_start", message);
            }
        }
    }

    fn duplicate(
        &mut self,
        row: &Reject,
        page: u32,
        keys: &Keys,
        pages: &mut Pages<'_>,
        sink: &mut Sink<'_>,
    ) {
        if let Some(position) = row.position {
            if keys.find(page, position).is_some() || !self.positions.insert((page, position)) {
                let message = format!("the position `{position}` belongs to another row");
                sink.add(Code::KeyDuplicate, "position", message);
            }
            pages.duplicate(page, position);
        }
        let (Some(kept_page), Some(kept_position)) = (&row.kept_page, row.kept_position) else { return };
        let kept = pages.find(kept_page).and_then(|page| Some((page, keys.find(page, kept_position)?)));
        let Some((kept, content)) = kept else {
            let message = format!("there is no entry {} `{kept_position}`", quote(kept_page));
            sink.add(Code::KeptMissing, "kept_position", message);
            return;
        };
        if text_content(row) != Some(content) {
            let message = format!("the text is not that of the entry {} `{kept_position}`", quote(kept_page));
            sink.add(Code::KeptDiffers, "text", message);
        }
        let later = pages.before(page, kept) || (kept == page && row.position < Some(kept_position));
        if later {
            let message = format!("the kept entry {} `{kept_position}` comes after it", quote(kept_page));
            sink.add(Code::KeptLater, "kept_position", message);
        }
    }
}

/// The [`content`](super::keys::content) of a duplicate's text, cut or not.
fn text_content(row: &Reject) -> Option<u64> {
    match &row.text_sha256 {
        Some(digest) => u64::from_str_radix(digest.get(..16)?, 16).ok(),
        None => Some(first_bytes(&Sha256::digest(&row.text))),
    }
}

fn fields(row: &Reject, sink: &mut Sink<'_>) {
    let duplicate = row.reason == RejectReason::Duplicate;
    let fields = [
        ("offset", row.offset.is_some(), row.reason.is_record()),
        ("position", row.position.is_some(), duplicate),
        ("kept_page", row.kept_page.is_some(), duplicate),
        ("kept_position", row.kept_position.is_some(), duplicate),
    ];
    for (field, there, expected) in fields {
        if there != expected {
            let state = if there { "set" } else { "null" };
            sink.add(
                Code::RejectFields,
                field,
                format!("the reason is `{}`, but the field is {state}", row.reason),
            );
        }
    }
    let markup = row.extractor.is_some_and(Extractor::is_markup);
    let needless = row.extractor.is_some() && !duplicate && !markup;
    let missing = row.extractor.is_none() && (duplicate || row.reason == RejectReason::UnreadableMarkup);
    if needless || missing {
        let state = if missing { "null" } else { "set" };
        let message = format!("the reason is `{}`, but the field is {state}", row.reason);
        sink.add(Code::RejectFields, "extractor", message);
    }
    if markup && row.line_start.is_some() {
        sink.add(Code::RejectFields, "line_start", "markup declares it, but the line is set");
    }
    if row.text_sha256.is_none() && row.text.len() > LONGEST_TEXT {
        let message = format!("a text of `{}` bytes is not cut, or its digest is missing", row.text.len());
        sink.add(Code::RejectFields, "text_sha256", message);
    }
}
