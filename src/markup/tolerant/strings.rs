//! Strings: where they end if quotes inside them were not escaped, and what
//! their escapes stand for.

use super::{Reader, is_space};

/// Characters of a member's name, as far as a quote before it depends on it.
const LONGEST_NAME: usize = 256;

impl Reader<'_> {
    /// The string that opens with that quote. One that nothing closes can't be read.
    pub(super) fn string(&mut self, open: char, position: Position) -> Option<String> {
        let start = self.at;
        let closers = closers(open);
        self.at += open.len_utf8();
        let mut string = String::new();
        loop {
            let rest = self.rest();
            let Some(length) = rest.find(|c| c == '\\' || closers.contains(&c)) else {
                self.at = start;
                self.stop();
                return None;
            };
            string.push_str(&rest[..length]);
            self.at += length;
            let mark = self.peek()?;
            self.at += mark.len_utf8();
            if mark == '\\' {
                self.escape(&mut string);
            } else if position == Position::Name || closes(self.rest(), self.in_object) {
                return Some(string);
            } else {
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

/// Where a string stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
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
fn closes(rest: &str, in_object: bool) -> bool {
    let next = rest.trim_start_matches(is_space);
    if let Some(behind) = next.strip_prefix(',') {
        let behind = behind.trim_start_matches(is_space);
        return !in_object
            || opens_member(behind)
            || behind.starts_with(['}', ']', '{', ',', '/'])
            || behind.is_empty();
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
