//! Removes the backslash escapes of Markdown copies.

use std::borrow::Cow;

/// The characters that converters from HTML to Markdown escape with a backslash.
/// <https://spec.commonmark.org/0.31.2/#backslash-escapes> allows more, but the others
/// more often follow a backslash for other reasons.
const ESCAPED: &str = "$*_#[]().-+!~`|>{}\\";

/// Removes the backslash before an escaped character: `\$5` is `$5`. It stays before
/// anything else, and in a path: `C:\.cache`, `\\server\share`.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        if !word.contains('\\') || is_share(word) {
            out.push_str(word);
        } else {
            let escaped = if is_drive(word) { "\\" } else { ESCAPED };
            unescape_word(word, escaped, &mut out);
        }
    }
    // The only possible change is that backslashes were removed.
    if out.len() == text.len() { text.into() } else { out.into() }
}

fn unescape_word(word: &str, escaped: &str, out: &mut String) {
    for c in word.chars() {
        // The shrug emoticon keeps its arm: ¯\_(ツ)_/¯.
        let arm = c != '\\' && out.ends_with("¯\\");
        if out.ends_with('\\') && escaped.contains(c) && !arm {
            out.pop();
        }
        out.push(c);
    }
}

/// Whether the word contains a path with a drive letter: `C:\` that does not follow
/// another letter or digit.
fn is_drive(word: &str) -> bool {
    word.match_indices(":\\").any(|(at, _)| match word.as_bytes()[..at] {
        [letter] => letter.is_ascii_alphabetic(),
        [.., before, letter] => letter.is_ascii_alphabetic() && !before.is_ascii_alphanumeric(),
        [] => false,
    })
}

/// Whether the word is a path to a share: two backslashes, a name, another
/// backslash and a name.
fn is_share(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '"', '\'', '“', '‘', '«']);
    let Some((host, share)) = word.strip_prefix(r"\\").and_then(|path| path.split_once('\\')) else {
        return false;
    };
    host.starts_with(|c: char| c.is_ascii_alphanumeric()) && share.starts_with(char::is_alphanumeric)
}
