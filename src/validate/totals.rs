//! Counts: each page's against its rows, the manifest's against all rows.

use std::collections::BTreeMap;

use super::findings::{Findings, Place};
use super::inputs::Inputs;
use super::keys::Keys;
use super::manifest;
use super::pages::{Page, Pages};
use super::rejects::Rejects;
use crate::diagnostic::Code;
use crate::record::{RejectReason, Totals};

/// Checks what each page's row states against what was counted.
pub(crate) fn pages(pages: &Pages<'_>, findings: &mut Findings) {
    for page in &pages.list {
        let mut sink = findings.at(Place::record("pages.jsonl", page.row));
        let (Some(stated), counted) = (page.stated, page.counted) else { continue };
        let counts = [
            ("entries", stated.entries, counted.entries),
            ("duplicates", stated.duplicates, counted.duplicates),
            ("rejects", stated.rejects, counted.rejects),
        ];
        for (field, stated, counted) in counts {
            if stated != counted {
                sink.add(
                    Code::PageCount,
                    field,
                    format!("the row says `{stated}`, but there are `{counted}`"),
                );
            }
        }
        if stated.declared != counted.declared {
            let message = format!("the row says `{}`, but there are `{}`", stated.declared, counted.declared);
            sink.add(Code::DeclaredCount, "declared", message);
        }
        if let Some(message) = related(page, stated.related) {
            sink.add(Code::RelatedCount, "facts/related_found", message);
        }
        let rows = counted.entries + counted.duplicates + page.emptied;
        if u64::from(page.last_position) > rows {
            let message = format!(
                "the last position is `{}`, with `{rows}` entries, emptied ones and duplicates",
                page.last_position
            );
            sink.add(Code::PositionGap, None, message);
        }
    }
}

/// What is wrong with a page's number of related entries. A duplicate's section
/// is not known where only duplicates stand between the sections.
fn related(page: &Page, stated: Option<u64>) -> Option<String> {
    let counted = page.counted.related.unwrap_or(0);
    let Some(stated) = stated else {
        return (counted > 0).then(|| format!("the row says null, but there are `{counted}`"));
    };
    let (least, most) = (counted + page.surely_related, counted + page.perhaps_related + page.emptied);
    (!(least..=most).contains(&stated)).then(|| {
        let range = if least == most { format!("`{least}`") } else { format!("`{least}` to `{most}`") };
        format!("the row says `{stated}`, but there are {range}")
    })
}

/// Checks the manifest's totals.
pub(crate) fn totals(
    totals: &Totals,
    inputs: &Inputs,
    pages: &Pages<'_>,
    keys: &Keys,
    rejects: &Rejects,
    findings: &mut Findings,
) {
    let mut sink = findings.at(Place::file(manifest::NAME));
    let numbers = [
        ("totals/inputs", totals.inputs, inputs.rows),
        ("totals/pages", totals.pages, pages.rows),
        ("totals/skipped_no_questions", totals.skipped_no_questions, pages.skipped),
        ("totals/entries", totals.entries, keys.records),
        ("totals/characters", totals.characters, pages.characters),
    ];
    for (field, stated, counted) in numbers {
        if stated != counted {
            sink.add(Code::TotalWrong, field, format!("the manifest says `{stated}`, the rows `{counted}`"));
        }
    }
    if totals.rejects != rejects.reasons {
        sink.add(Code::TotalWrong, "totals/rejects", reasons(&totals.rejects, &rejects.reasons));
    }
    if totals.accounting != pages.accounting {
        sink.add(Code::TotalWrong, "totals/accounting", "the classes are not the sums over the pages");
    }
}

fn reasons(stated: &BTreeMap<RejectReason, u64>, counted: &BTreeMap<RejectReason, u64>) -> String {
    let count = |reasons: &BTreeMap<_, u64>, reason| reasons.get(reason).copied().unwrap_or(0);
    let wrong = RejectReason::ALL.iter().filter(|reason| stated.get(reason) != counted.get(reason));
    let list: Vec<_> = wrong
        .map(|reason| {
            format!("`{}` rows of `{reason}` for `{}`", count(counted, reason), count(stated, reason))
        })
        .collect();
    format!("there are {}", list.join(", "))
}
