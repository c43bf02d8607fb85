//! Removes the Markdown marks of headings from a line.

use std::borrow::Cow;

/// Removes `#` to `######` before a line, the closing `#`s after it, and a pair of
/// strong marks around all of it. A single `#` without a space after it stays: `#1` and
/// `#hashtag` are words.
pub(super) fn unmark(text: &str) -> Cow<'_, str> {
    let mut line = text;
    while let Some(rest) = without_hashes(line).or_else(|| without_strong(line)) {
        line = rest;
    }
    line.into()
}

fn without_hashes(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let marks = line.len() - rest.len();
    let tight = !rest.is_empty() && !rest.starts_with(' ');
    if marks == 0 || marks > 6 || (marks == 1 && tight) {
        return None;
    }
    let rest = rest.trim_start();
    let open = rest.trim_end_matches('#');
    Some(if open.is_empty() || open.ends_with(' ') { open.trim_end() } else { rest })
}

fn without_strong(line: &str) -> Option<&str> {
    ["**", "__"].into_iter().find_map(|mark| {
        let inner = line.strip_prefix(mark)?.strip_suffix(mark)?.trim();
        let whole = !inner.is_empty() && !inner.starts_with(&mark[..1]) && !inner.contains(mark);
        whole.then_some(inner)
    })
}
