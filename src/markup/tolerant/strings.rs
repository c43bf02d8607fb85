//! Strings: where they end if quotes inside them were not escaped, and what
//! their escapes mean.

use super::{Reader, is_space};

/// Characters of a member's name, as far as a quote before it depends on it.
const LONGEST_NAME: usize = 256;

impl Reader<'_> {
    /// The text that opens with that quote. One that nothing closes can't be read.
    pub(super) fn string_value(&mut self, open: char) -> Option<String> {
        let start = self.at;
        self.at += open.len_utf8();
        // The quote is doubled, if the text has no other one except its last.
        let doubled = self.rest().strip_prefix(open).filter(|rest| !closes(rest, self.in_object));
        if let Some(rest) = doubled
            && let Some(end) = rest.find(closers(open))
            && closes(&rest[end + open.len_utf8()..], self.in_object)
        {
            self.at += open.len_utf8();
        }
        self.string(start, closers(open), Position::Value)
    }

    /// The name that opens with that quote.
    pub(super) fn string_name(&mut self, open: char) -> Option<String> {
        let start = self.at;
        self.at += open.len_utf8();
        self.string(start, closers(open), Position::Name)
    }

    /// The text that begins here, without a quote.
    pub(super) fn unopened(&mut self) -> Option<String> {
        self.string(self.at, closers('"'), Position::Value)
    }

    /// The string up to where it closes. If nothing closes it, reading stops at `start`.
    fn string(&mut self, start: usize, closers: &[char], position: Position) -> Option<String> {
        let mut string = String::new();
        let mut holds_quotes = false;
        loop {
            let rest = self.rest();
            let length = rest.find(|c| c == '\\' || closers.contains(&c));
            let text = &rest[..length.unwrap_or(rest.len())];
            let mark = rest[text.len()..].chars().next();
            // The quote that should have closed it is missing.
            let over = if position == Position::Value { run_over(text, &rest[text.len()..]) } else { None };
            if let Some(end) = over {
                string.push_str(&text[..end]);
                self.at += end;
                return Some(string);
            }
            let Some(mark) = mark else {
                self.at = start;
                self.stop();
                return None;
            };
            string.push_str(text);
            self.at += text.len() + mark.len_utf8();
            if mark == '\\' {
                self.escape(&mut string);
            } else if position == Position::Name || closes(self.rest(), self.in_object) {
                return Some(string);
            } else if !holds_quotes
                && self.rest().strip_prefix(mark).is_some_and(|rest| closes(rest, self.in_object))
            {
                self.at += mark.len_utf8();
                return Some(string);
            } else {
                holds_quotes = true;
                string.push(mark);
            }
        }
    }

    /// What a backslash stands for. Before anything but an escape it is not there.
    fn escape(&mut self, string: &mut String) {
        let Some(escaped) = self.peek() else { return };
        self.at += escaped.len_utf8();
        match escaped {
            'b' => string.push('\u{8}'),
            'f' => string.push('\u{c}'),
            'n' => string.push('\n'),
            'r' => string.push('\r'),
            't' => string.push('\t'),
            'u' => string.push(self.code_point()),
            other => string.push(other),
        }
    }

    /// The character of `\u`, or of two that make a pair.
    fn code_point(&mut self) -> char {
        let Some(first) = self.code_unit() else { return char::REPLACEMENT_CHARACTER };
        let mut units = vec![first];
        if (0xd800..0xdc00).contains(&first) && self.rest().starts_with("\\u") {
            let single = self.at;
            self.at += 2;
            match self.code_unit() {
                Some(second) if (0xdc00..0xe000).contains(&second) => units.push(second),
                _ => self.at = single,
            }
        }
        char::decode_utf16(units).next().and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn code_unit(&mut self) -> Option<u16> {
        let digits = self.rest().get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        self.at += 4;
        u16::from_str_radix(digits, 16).ok()
    }
}

/// Where a string is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// Before the colon.
    Name,
    /// Behind it, or in an array.
    Value,
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’')
}

/// What closes a string that opens so.
fn closers(open: char) -> &'static [char] {
    match open {
        '"' => &['"'],
        '\'' => &['\''],
        '‘' | '’' => &['‘', '’'],
        _ => &['“', '”'],
    }
}

/// Whether a quote closes its string, by what follows it: the next value or
/// member, or the end of what is around. Any other is a part of the text that
/// should have been escaped.
pub(super) fn closes(rest: &str, in_object: bool) -> bool {
    let next = rest.trim_start_matches(is_space);
    if let Some(behind) = next.strip_prefix(',') {
        let behind = behind.trim_start_matches(is_space);
        return !in_object
            || opens_member(behind)
            || behind.starts_with(['}', ']', '{', ',', '/'])
            || behind.is_empty()
            || opens_sound_member(without_strays(behind))
            || opens_known_member(behind);
    }
    let next_line = rest[..rest.len() - next.len()].contains('\n');
    let comma_missing = if in_object {
        (next_line || next.starts_with(is_quote)) && opens_member(next)
    } else {
        next_line && next.starts_with(is_quote)
    };
    comma_missing
        || next.is_empty()
        || next.starts_with(['}', ']'])
        || ["//", "/*", "<!--", "-->"].iter().any(|mark| next.starts_with(mark))
        || closes_before_strays(next)
        || (in_object && next_line && opens_known_member(next))
}

/// Whether what follows a few stray characters is JSON.
fn closes_before_strays(text: &str) -> bool {
    let next = without_strays(text);
    if next.len() == text.len() {
        return false;
    }
    if next.starts_with(['}', ']']) {
        let behind = next.trim_start_matches(|c| is_space(c) || matches!(c, '}' | ']'));
        return behind.is_empty() || behind.starts_with([',', ';']);
    }
    let next = next.strip_prefix(',').unwrap_or(next).trim_start_matches(is_space);
    opens_sound_member(next)
}

/// Stray characters in a row.
const MAX_ROW: usize = 3;

/// A text without the tags, spaces and stray characters that it begins with.
fn without_strays(text: &str) -> &str {
    let is_stray =
        |c: char| !c.is_alphanumeric() && !is_quote(c) && !matches!(c, ',' | '{' | '}' | '[' | ']' | ':');
    let mut text = without_tags(text);
    for _ in 0..MAX_ROW {
        text = without_tags(text.strip_prefix(is_stray).unwrap_or(text));
    }
    text
}

fn without_tags(text: &str) -> &str {
    let mut text = text.trim_start_matches(is_space);
    for _ in 0..MAX_ROW {
        text = without_tag(text).trim_start_matches(is_space);
    }
    text
}

/// A text without the tag that it begins with, if that is one of those which
/// editors put where a line ends.
pub(super) fn without_tag(text: &str) -> &str {
    let Some(tag) = text.strip_prefix('<') else { return text };
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let names = ["br", "p", "BR", "P"];
    let Some(behind) = names.iter().find_map(|name| tag.strip_prefix(name)) else { return text };
    let behind = behind.trim_start_matches([' ', '/']);
    behind.strip_prefix('>').unwrap_or(text)
}

/// Where a text ended whose closing quote is missing: brackets or a comma stand
/// behind it, and then a member begins or nothing follows.
fn run_over(text: &str, behind: &str) -> Option<usize> {
    let end = text.trim_end_matches(|c| is_space(c) || matches!(c, ',' | '{' | '}' | '[' | ']')).len();
    let tail = text[end..].trim_start_matches(is_space);
    let brackets = tail.matches(['}', ']']).count();
    let goes_on = opens_sound_member(behind) && tail.starts_with(['}', ']', ',']);
    let ends = behind.is_empty() && brackets >= 2;
    (goes_on || ends).then_some(end)
}

/// Whether a text starts with a member: a name in quotes and a colon, or a bare
/// name, a colon and a value that is none.
pub(super) fn opens_member(text: &str) -> bool {
    match text.chars().next() {
        Some(quote) if is_quote(quote) => {
            let ends = closers(quote);
            let mut escaped = false;
            let end = text.char_indices().skip(1).take(LONGEST_NAME).find(|&(_, c)| {
                let closes = !escaped && ends.contains(&c);
                escaped = c == '\\' && !escaped;
                closes
            });
            end.and_then(|(at, c)| text.get(at + c.len_utf8()..))
                .is_some_and(|after| after.trim_start_matches(is_space).starts_with(':'))
        }
        _ => {
            let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '$');
            let value = |c: char| is_quote(c) || c.is_ascii_digit() || matches!(c, '{' | '[');
            let after = text.trim_start_matches(name);
            let colon = after.trim_start_matches(is_space).strip_prefix(':');
            after.len() < text.len()
                && colon.is_some_and(|after| after.trim_start_matches(is_space).starts_with(value))
        }
    }
}

/// Whether a text starts with a member by the letter: a name of letters in
/// quotes, a colon, and a value.
pub(super) fn opens_sound_member(text: &str) -> bool {
    let Some(text) = text.strip_prefix('"') else { return false };
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '-');
    let behind = text.trim_start_matches(name);
    let value = behind.strip_prefix('"').map(|behind| behind.trim_start_matches(is_space));
    let value =
        value.and_then(|value| value.strip_prefix(':')).map(|value| value.trim_start_matches(is_space));
    behind.len() < text.len()
        && value.is_some_and(|value| {
            value.starts_with(['"', '{', '[', '-']) || value.starts_with(char::is_numeric)
        })
}

/// Names of members of questions and answers.
const NAMES: [&str; 13] = [
    "@type",
    "@id",
    "name",
    "text",
    "headline",
    "mainEntity",
    "acceptedAnswer",
    "suggestedAnswer",
    "upvoteCount",
    "answerCount",
    "author",
    "url",
    "@graph",
];

/// Whether a text starts with a member of a known name, whatever is wrong with
/// its quotes and its colon.
fn opens_known_member(text: &str) -> bool {
    let named = text.trim_start_matches('"');
    let Some(behind) = NAMES.iter().find_map(|name| named.strip_prefix(name)) else { return false };
    if text.len() - named.len() > 2 || behind.starts_with(char::is_alphanumeric) {
        return false;
    }
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, ',' | '{' | '}' | '[' | ']');
    let marks: String =
        behind.chars().filter(|&c| !is_space(c)).take(MAX_MARKS).take_while(|&c| is_mark(c)).collect();
    let opens = behind.trim_start_matches(|c| is_space(c) || is_mark(c)).starts_with(['{', '[']);
    let quotes = marks.matches('"').count();
    marks.contains(':') || quotes >= 2 || (quotes == 1 && opens)
}

/// Marks between a name and its value, the quotes of both included.
const MAX_MARKS: usize = 6;
