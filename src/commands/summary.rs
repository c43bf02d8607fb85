//! The summary of a run, on one screen.

use std::fmt::Write as _;
use std::time::Duration;

use indicatif::{DecimalBytes, HumanCount};
use qasift::Summary;
use qasift::config::Output;
use qasift::record::{InputStatus, RejectReason};

use super::terminal::{Terminal, printable};

/// Inputs and records that are listed without `--verbose`.
const LISTED: usize = 5;

/// Prints what was read, found and written.
pub(crate) fn print(summary: &Summary, output: &Output, elapsed: Duration, terminal: Terminal) {
    warn(summary, terminal);
    let totals = &summary.totals;
    let row = |label: &str, count: u64, detail: String| {
        let count = HumanCount(count).to_string();
        terminal.say(format!("{label:<10} {count:>11}  {detail}").trim_end());
    };
    row("inputs", totals.inputs, inputs(summary));
    row("pages", totals.pages, pages(summary, elapsed));
    row("entries", totals.entries, String::new());
    let duplicates = totals.rejects.get(&RejectReason::Duplicate).copied().unwrap_or_default();
    row("duplicates", duplicates, String::new());
    row("rejects", summary.rejects(), rejects(summary));
    if let Output::Folder(folder) = output {
        let all_in =
            if totals.rejects.is_empty() { "" } else { "; rejects.jsonl lists each duplicate and reject" };
        terminal.say(format!("{:<23} {}{all_in}", "dataset", printable(&folder.display().to_string())));
    }
}

/// Lists what could not be read, and warns of what else the user may not expect.
fn warn(summary: &Summary, terminal: Terminal) {
    for notice in &summary.notices {
        terminal.warning(notice);
    }
    let listed = if terminal.verbose { usize::MAX } else { LISTED };
    let mut failed = summary.unread.iter().filter(|row| terminal.verbose || is_failure(row.status));
    for row in failed.by_ref().take(listed) {
        let reason = row.detail.as_deref().unwrap_or_default();
        terminal.warning(format!("`{}` was not read: {}", printable(&row.path), printable(reason)));
    }
    let more = failed.count();
    if more > 0 {
        terminal.warning(format!(
            "{} more inputs were not read: `--verbose` lists them",
            HumanCount(more as u64)
        ));
    }
    warn_of_records(summary, terminal);
    if terminal.verbose {
        list_left_out(summary, terminal);
    }
    if summary.totals.entries == 0 {
        terminal.warning("no entries were found: `qasift explain PAGE` shows how a page is read");
    }
}

/// Lists the records that could not be read.
fn warn_of_records(summary: &Summary, terminal: Terminal) {
    let listed = if terminal.verbose { usize::MAX } else { LISTED };
    for reject in summary.lost.iter().take(listed) {
        terminal.warning(format!(
            "`{}` was not read: {}",
            printable(&reject.page),
            printable(&reject.detail)
        ));
    }
    let more = summary.damaged().saturating_sub(summary.lost.len().min(listed) as u64);
    if more > 0 {
        terminal
            .warning(format!("{} more records were not read: rejects.jsonl lists them", HumanCount(more)));
    }
}

/// Lists the files and folders that were skipped in the named folders.
fn list_left_out(summary: &Summary, terminal: Terminal) {
    for left_out in &summary.left_out {
        let path = left_out.path.display().to_string();
        terminal.say(format!("`{}` was skipped: {}", printable(&path), left_out.reason));
    }
    let more = summary.skipped.saturating_sub(summary.left_out.len() as u64);
    if more > 0 {
        terminal.say(format!("{} more files were skipped", HumanCount(more)));
    }
}

/// Whether an input should have been a page and could not be read.
pub(super) fn is_failure(status: InputStatus) -> bool {
    matches!(
        status,
        InputStatus::Binary | InputStatus::TooLarge | InputStatus::Damaged | InputStatus::Unreadable
    )
}

fn inputs(summary: &Summary) -> String {
    let by_status = summary.inputs.iter().map(|(status, count)| {
        let status = status.as_str().replace('_', " ");
        format!("{} {status}", HumanCount(*count))
    });
    let mut text = by_status.collect::<Vec<_>>().join(", ");
    if summary.skipped > 0 {
        let _ = write!(text, "; other files skipped: {}", HumanCount(summary.skipped));
    }
    text
}

fn pages(summary: &Summary, elapsed: Duration) -> String {
    let mut text = speed(summary.bytes, elapsed);
    if summary.totals.skipped_no_questions > 0 {
        let skipped = HumanCount(summary.totals.skipped_no_questions);
        let _ = write!(text, "; {skipped} without questions skipped");
    }
    if !summary.no_pages.is_empty() {
        let reasons =
            summary.no_pages.iter().map(|(reason, count)| format!("{} {reason}", HumanCount(*count)));
        let _ = write!(text, "; records skipped: {}", reasons.collect::<Vec<_>>().join(", "));
    }
    text
}

fn speed(bytes: u64, elapsed: Duration) -> String {
    let read = format!("{} in {:.2} s", DecimalBytes(bytes), elapsed.as_secs_f64());
    // Less than a megabyte says nothing about speed.
    match u128::from(bytes) {
        bytes @ 1_000_000.. => format!("{read}, {} MB/s", bytes / elapsed.as_micros().max(1)),
        _ => read,
    }
}

fn rejects(summary: &Summary) -> String {
    let others = summary.totals.rejects.iter().filter(|(reason, _)| **reason != RejectReason::Duplicate);
    others.map(|(reason, count)| format!("{} {reason}", HumanCount(*count))).collect::<Vec<_>>().join(", ")
}
