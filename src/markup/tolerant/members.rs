//! Members of objects: where they begin and end if marks are missing or too many.

use super::strings::is_quote;
use super::{Reader, is_space};
use crate::markup::json::Json;

impl Reader<'_> {
    /// The members up to the object's end, or to where it must have ended.
    pub(super) fn object(&mut self) -> Vec<(String, Json)> {
        self.objects += 1;
        let mut members = Vec::new();
        while self.stopped.is_none() {
            self.skip_separators();
            match self.peek() {
                None => break,
                Some('}') => {
                    self.at += 1;
                    break;
                }
                // One brace too many.
                Some('{') if members.is_empty() => self.stray(),
                // The brace is missing, if this continues with what is around.
                Some(']' | '{') if self.arrays > 0 => break,
                Some(_) => members.extend(self.member()),
            }
        }
        self.objects -= 1;
        members
    }

    fn member(&mut self) -> Option<(String, Json)> {
        let name = match self.peek() {
            Some(quote) if is_quote(quote) => self.name(quote),
            _ => self.bare().map(str::to_owned),
        };
        let Some(name) = name else {
            self.stray();
            return None;
        };
        self.colon();
        self.value().map(|value| (name, value))
    }

    /// A name in quotes, of which one may be missing or too many.
    fn name(&mut self, quote: char) -> Option<String> {
        let start = self.at + quote.len_utf8();
        let name = self.string_name(quote)?;
        if self.rest().trim_start_matches(is_space).starts_with(':') {
            return Some(name);
        }
        if name.is_empty()
            && let Some(name) = self.bare()
        {
            return Some(name.to_owned());
        }
        // `"name: "Who?"`: the string is what is between the name and its value.
        let raw = &self.text[start..self.at];
        match raw.find(':').filter(|&at| at > 0 && raw[..at].bytes().all(is_of_name)) {
            Some(at) => {
                self.at = start + at;
                Some(raw[..at].to_owned())
            }
            None => Some(name),
        }
    }

    /// Passes over the colon, and over a quote or a stray character before it.
    fn colon(&mut self) {
        self.skip_space();
        if self.take(':') {
            return;
        }
        let mut rest = self.rest().chars();
        let stray = rest.next().filter(|&stray| is_quote(stray) || !stray.is_alphanumeric());
        if let Some(stray) = stray
            && rest.as_str().trim_start_matches(is_space).starts_with(':')
        {
            self.at += stray.len_utf8();
            self.strays += 1;
            self.skip_space();
            self.take(':');
        }
    }
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'_')
}
