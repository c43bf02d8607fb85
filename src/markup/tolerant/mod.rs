//! Reads text that was meant to be JSON.
//!
//! On valid JSON the result is that of a strict reader. Beyond that, it accepts
//! what templates and people get wrong: comments, CDATA markers, byte order marks,
//! tags, control characters and unescaped quotes, typographic and single quotes,
//! bare names, superfluous or missing commas, missing or misplaced brackets and
//! quotes, several values in a row. Where it cannot continue it stops, and keeps
//! what it has read so far.

mod members;
mod strings;
#[cfg(test)]
mod tests;

use serde_json::Number;

use strings::{closes, is_quote, opens_member, opens_sound_member, without_tag};

use super::json::Json;

/// Arrays and objects inside each other.
const MAX_DEPTH: usize = 200;

/// Bytes of a comment of HTML, whose mark may also be alone.
const LONGEST_COMMENT: usize = 1024;

/// Stray characters of one text that are passed over.
const MAX_STRAYS: usize = 24;

/// Brackets that are tried for the beginning of JSON behind what is none.
const MAX_OPENINGS: usize = 16;

/// Bytes in which a text that lacks its first quote must have its last one.
const LONGEST_UNOPENED: usize = 4096;

/// What items begin with.
const TYPE: &str = "\"@type\"";

/// What separates, but is not part of JSON.
const MARKS: [&str; 3] = ["<![CDATA[", "]]>", "-->"];

/// The values of a text as far as they can be read, and where that ended if
/// not at its end.
pub(super) fn read(text: &str) -> (Vec<Json>, Option<usize>) {
    let mut reader =
        Reader { text, at: 0, arrays: 0, objects: 0, in_object: false, strays: 0, stopped: None };
    let mut values = Vec::new();
    while reader.stopped.is_none() {
        reader.skip_separators();
        match reader.peek() {
            None => break,
            Some('}' | ']') => reader.stray(),
            Some('{' | '[') => values.extend(reader.value()),
            // Sound JSON can be a single string or number; else it is a stray.
            Some(first) => {
                let alone = values.is_empty() && (is_quote(first) || first == '-' || first.is_ascii_digit());
                if alone {
                    values.extend(reader.value());
                } else {
                    reader.foreign();
                }
            }
        }
    }
    let nothing_but_strays = values.is_empty() && reader.strays > 0;
    (values, reader.stopped.or(nothing_but_strays.then_some(0)))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// Open arrays and objects.
    arrays: usize,
    objects: usize,
    /// Whether the innermost of them is an object.
    in_object: bool,
    strays: usize,
    /// Where reading stopped; from then on everything closes.
    stopped: Option<usize>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn stop(&mut self) {
        self.stopped.get_or_insert(self.at);
    }

    /// Passes over a character that belongs to nothing; stops if there were too many.
    fn stray(&mut self) {
        self.strays += 1;
        if self.strays > MAX_STRAYS {
            self.stop();
        }
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    /// Passes over what is not JSON at all, such as a notice of the server; without
    /// any JSON after it, over one character.
    fn foreign(&mut self) {
        let rest = self.rest();
        let opens = |at: &usize| {
            let inside = rest[at + 1..].trim_start_matches(is_space);
            inside.starts_with(['"', '{'])
        };
        match rest.match_indices(['{', '[']).map(|(at, _)| at).take(MAX_OPENINGS).find(opens) {
            Some(at) => {
                self.at += at;
                self.strays += 1;
            }
            None => self.stray(),
        }
    }

    /// Passes over the character if it is the next one.
    fn take(&mut self, expected: char) -> bool {
        let taken = self.peek() == Some(expected);
        self.at += if taken { expected.len_utf8() } else { 0 };
        taken
    }

    /// White space, comments, line breaks of HTML, and the marks that hide a script
    /// from old readers.
    fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(is_space);
            self.at += rest.len() - trimmed.len();
            let skipped = if trimmed.starts_with("//") {
                trimmed.find('\n').unwrap_or(trimmed.len())
            } else if let Some(comment) = trimmed.strip_prefix("/*") {
                comment.find("*/").map_or(trimmed.len(), |length| length + 4)
            } else if let Some(comment) = trimmed.strip_prefix("<!--") {
                let near = &comment[..comment.floor_char_boundary(LONGEST_COMMENT)];
                let end = near.find("-->").filter(|&end| !near[..end].contains(['{', '[']));
                end.map_or(4, |length| length + 7)
            } else {
                let mark = MARKS.iter().find(|mark| trimmed.starts_with(**mark)).map(|mark| mark.len());
                mark.unwrap_or(trimmed.len() - without_tag(trimmed).len())
            };
            if skipped == 0 {
                return;
            }
            self.at += skipped;
        }
    }

    fn skip_separators(&mut self) {
        self.skip_space();
        while self.take(',') || self.take(';') {
            self.skip_space();
        }
    }

    /// The value that begins here; `None` if it can't be read.
    fn value(&mut self) -> Option<Json> {
        self.skip_space();
        match self.peek() {
            None => {
                self.stop();
                None
            }
            Some('{' | '[') if self.is_deep() => {
                self.stop();
                None
            }
            Some(open @ ('{' | '[')) => {
                self.at += 1;
                Some(self.collection(open == '{'))
            }
            Some(',' | '}' | ']') => Some(Json::Null),
            // The brace is missing.
            Some(_) if self.in_object && !self.is_deep() && opens_sound_member(self.rest()) => {
                Some(self.collection(true))
            }
            Some(quote) if is_quote(quote) => self.string_value(quote).map(Json::Text),
            Some(_) => self.bare_value(),
        }
    }

    fn is_deep(&self) -> bool {
        self.arrays + self.objects >= MAX_DEPTH
    }

    /// An object or array whose bracket has been passed.
    fn collection(&mut self, is_object: bool) -> Json {
        let outer = std::mem::replace(&mut self.in_object, is_object);
        let value = if is_object { Json::Object(self.object()) } else { Json::Array(self.array()) };
        self.in_object = outer;
        value
    }

    /// What is neither in brackets nor in quotes: a word, a number, or a text that
    /// lacks its first quote. Before anything else, a character is passed over.
    fn bare_value(&mut self) -> Option<Json> {
        let start = self.at;
        let Some(word) = self.bare() else {
            self.stray();
            return if self.stopped.is_none() { self.value() } else { None };
        };
        let behind = self.rest();
        let quoted = behind.strip_prefix('"');
        if quoted.is_some_and(|behind| !closes(behind, self.in_object)) {
            // A stray before a text in quotes.
            self.strays += 1;
            return self.value();
        }
        let next = behind.trim_start_matches(is_space).chars().next();
        let ends = next.is_none_or(|next| matches!(next, ',' | ';' | '}' | ']' | '/' | '<' | '-'));
        let is_text = quoted.is_some() || (!ends && behind.starts_with([' ', '\'', '’', '-', '?', '!', '&']));
        let near = &behind[..behind.floor_char_boundary(LONGEST_UNOPENED)];
        if is_text && near.contains('"') {
            self.at = start;
            return self.unopened().map(Json::Text);
        }
        Some(scalar(word))
    }

    /// The values up to the array's end, or to where it must have ended.
    fn array(&mut self) -> Vec<Json> {
        self.arrays += 1;
        let mut values = Vec::new();
        while self.stopped.is_none() {
            self.skip_separators();
            match self.peek() {
                None => break,
                Some(']') => {
                    self.at += 1;
                    break;
                }
                Some('}') if self.objects > 0 => break,
                // The brace of an item is missing.
                Some('"')
                    if values.last().is_none_or(Json::is_object)
                        && self.rest().starts_with(TYPE)
                        && opens_sound_member(self.rest())
                        && !self.is_deep() =>
                {
                    values.push(self.collection(true));
                }
                // The bracket is missing, if this continues with the object around.
                Some(quote) if self.objects > 0 && is_quote(quote) && opens_member(self.rest()) => break,
                Some('}' | ':') => self.stray(),
                Some(_) => values.extend(self.value()),
            }
        }
        self.arrays -= 1;
        values
    }

    /// A word or number without quotes.
    fn bare(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '$' | '-' | '+' | '.');
        let word = &rest[..rest.find(|c| !belongs(c)).unwrap_or(rest.len())];
        self.at += word.len();
        (!word.is_empty()).then_some(word)
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0')
}

/// A word without quotes: a literal, a number, or text.
fn scalar(word: &str) -> Json {
    match word {
        "true" | "True" => Json::Bool(true),
        "false" | "False" => Json::Bool(false),
        "null" | "None" | "undefined" | "NaN" => Json::Null,
        _ => word.parse::<Number>().map_or_else(|_| Json::Text(word.to_owned()), Json::Number),
    }
}
