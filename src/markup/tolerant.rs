//! Reads what was meant to be JSON.
//!
//! On sound JSON it gives what a strict reader gives. Beyond that it takes what
//! templates and hands get wrong: comments, CDATA marks, byte order marks,
//! control characters and quotes that nobody escaped, typographic and single
//! quotes, bare names, commas too many or missing, brackets missing or in the
//! wrong place, several values in a row. Where it can't go on it stops, and
//! what it has read so far, it keeps.

use serde_json::Number;

use super::json::Json;

/// Arrays and objects inside each other.
const MAX_DEPTH: usize = 200;

/// Characters of a member's name, as far as a quote before it depends on it.
const LONGEST_NAME: usize = 256;

/// Bytes of a comment of HTML, whose mark may as well stand alone.
const LONGEST_COMMENT: usize = 1024;

/// Stray characters of one text that are passed over.
const MAX_STRAYS: usize = 24;

/// What separates, but is no part of JSON.
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
            Some('}' | ']' | ';') => reader.stray(),
            Some('{' | '[') => values.extend(reader.value()),
            // Sound JSON can be a single string or number; else it is a stray.
            Some(first) => {
                let alone = values.is_empty() && (is_quote(first) || first == '-' || first.is_ascii_digit());
                if alone {
                    values.extend(reader.value());
                } else {
                    reader.stray();
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

    /// Passes over the character if it is the next one.
    fn take(&mut self, expected: char) -> bool {
        let taken = self.peek() == Some(expected);
        self.at += if taken { expected.len_utf8() } else { 0 };
        taken
    }

    /// White space, comments and the marks that hide a script from old readers.
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
                MARKS.iter().find(|mark| trimmed.starts_with(**mark)).map_or(0, |mark| mark.len())
            };
            if skipped == 0 {
                return;
            }
            self.at += skipped;
        }
    }

    fn skip_separators(&mut self) {
        self.skip_space();
        while self.take(',') {
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
            Some('{' | '[') if self.arrays + self.objects == MAX_DEPTH => {
                self.stop();
                None
            }
            Some(open @ ('{' | '[')) => {
                let outer = std::mem::replace(&mut self.in_object, open == '{');
                let value =
                    if self.in_object { Json::Object(self.object()) } else { Json::Array(self.array()) };
                self.in_object = outer;
                Some(value)
            }
            Some(',' | '}' | ']') => Some(Json::Null),
            Some(quote) if is_quote(quote) => self.string(quote, Position::Value).map(Json::Text),
            Some(_) => self.bare().map(scalar).or_else(|| {
                self.stray();
                self.stopped.is_none().then_some(Json::Null)
            }),
        }
    }

    /// The values up to the array's end, or to where it must have ended.
    fn array(&mut self) -> Vec<Json> {
        self.at += 1;
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
                // The bracket is missing, if this goes on with the object around.
                Some('}') if self.objects > 0 => break,
                Some(quote) if self.objects > 0 && is_quote(quote) && opens_member(self.rest()) => break,
                Some('}' | ':' | ';') => self.stray(),
                Some(_) => values.extend(self.value()),
            }
        }
        self.arrays -= 1;
        values
    }

    /// The members up to the object's end, or to where it must have ended.
    fn object(&mut self) -> Vec<(String, Json)> {
        self.at += 1;
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
                // The brace is missing, if this goes on with what is around.
                Some(']' | '{') if self.arrays > 0 => break,
                Some(_) => members.extend(self.member()),
            }
        }
        self.objects -= 1;
        members
    }

    fn member(&mut self) -> Option<(String, Json)> {
        let name = match self.peek() {
            Some(quote) if is_quote(quote) => self.string(quote, Position::Name),
            _ => self.bare().map(str::to_owned),
        };
        let Some(name) = name else {
            self.stray();
            return None;
        };
        self.skip_space();
        self.take(':');
        self.value().map(|value| (name, value))
    }

    /// A word or number without quotes.
    fn bare(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '@' | '$' | '-' | '+' | '.');
        let word = &rest[..rest.find(|c| !belongs(c)).unwrap_or(rest.len())];
        self.at += word.len();
        (!word.is_empty()).then_some(word)
    }

    /// The string that opens with that quote. One that nothing closes can't be read.
    fn string(&mut self, open: char, position: Position) -> Option<String> {
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
enum Position {
    /// Before the colon.
    Name,
    /// Behind it, or in an array.
    Value,
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0')
}

fn is_quote(c: char) -> bool {
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
fn opens_member(text: &str) -> bool {
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

/// A word without quotes: a literal, a number, or text.
fn scalar(word: &str) -> Json {
    match word {
        "true" | "True" => Json::Bool(true),
        "false" | "False" => Json::Bool(false),
        "null" | "None" | "undefined" | "NaN" => Json::Null,
        _ => word.parse::<Number>().map_or_else(|_| Json::Text(word.to_owned()), Json::Number),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::json::{Json, read, read_tolerantly};

    /// The values as strict JSON, one a line; then where reading stopped.
    fn shown(text: &str) -> String {
        let (values, fault) = read_tolerantly(text);
        let values: Vec<_> = values.iter().map(strict).collect();
        let fault = fault.map_or(String::new(), |fault| format!("\nline {}: {}", fault.line, fault.rest));
        format!("{}{fault}", values.join("\n"))
    }

    fn strict(json: &Json) -> String {
        let quoted = |text: &String| serde_json::to_string(text).expect("a string");
        match json {
            Json::Null => "null".into(),
            Json::Bool(value) => value.to_string(),
            Json::Number(number) => number.to_string(),
            Json::Text(text) => quoted(text),
            Json::Array(values) => format!("[{}]", values.iter().map(strict).collect::<Vec<_>>().join(",")),
            Json::Object(members) => {
                let members: Vec<_> = members
                    .iter()
                    .map(|(name, value)| format!("{}:{}", quoted(name), strict(value)))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }

    #[test]
    fn sound_json_reads_as_a_strict_reader_reads_it() {
        for text in [
            r#"{"a":[1,-2.5e3,true,false,null,"x, \"y\": }"],"b":{},"c":[]}"#,
            r#"[ "a" , "b:" , { "c" : "\u00e9\ud83d\ude00\n\/" } ]"#,
            r#"{"a":"b","c":"d"}"#,
            r#"{"a": ",", "b": ":", "c" : "}"}"#,
            r#"[[[]],{"":""}]"#,
            "7",
            "\"x\"",
        ] {
            let (values, fault) = read(text);
            assert_eq!((read_tolerantly(text), fault.clone()), ((values, fault), None), "{text}");
        }
    }

    #[test]
    fn what_pages_get_wrong_is_read_as_meant() {
        for (text, meant) in [
            ("\u{feff}{\"a\":1}", r#"{"a":1}"#),
            ("<!-- {\"a\":1} -->", r#"{"a":1}"#),
            ("<!-- block -->\n{\"a\":1}", r#"{"a":1}"#),
            ("//<![CDATA[\n{\"a\":1}\n//]]>", r#"{"a":1}"#),
            ("/* <![CDATA[ */{\"a\":1}/* ]]> */", r#"{"a":1}"#),
            ("<![CDATA[{\"a\":1}]]>", r#"{"a":1}"#),
            ("{\"a\":1, // one\n /* two */ \"b\":\"http://x\"}", r#"{"a":1,"b":"http://x"}"#),
            ("{\"a\":\"x\ty\nz\u{1}\"}", r#"{"a":"x\ty\nz\u0001"}"#),
            ("{\"a\":[1,2,],\"b\":3,}", r#"{"a":[1,2],"b":3}"#),
            ("{,\"a\":1,,\"b\":[,2]}", r#"{"a":1,"b":[2]}"#),
            ("{&quot;a&quot;:&quot;x &amp;amp; y&quot;}", r#"{"a":"x &amp; y"}"#),
            ("{\"a\":1}{\"b\":2};\n[3]", "{\"a\":1}\n{\"b\":2}\n[3]"),
            ("{\"a\":1},{\"b\":2}", "{\"a\":1}\n{\"b\":2}"),
            ("{“a”: “x”, ‘b’: 'y', c: \"z\"}", r#"{"a":"x","b":"y","c":"z"}"#),
            ("{\"a\":\"it\\'s \\q\"}", r#"{"a":"it's q"}"#),
            ("{\"a\":\"\\ud83d x\"}", "{\"a\":\"\u{fffd} x\"}"),
            ("{\"a\": , \"b\": undefined, \"c\": None}", r#"{"a":null,"b":null,"c":null}"#),
            ("{\"a\" \"x\"}", r#"{"a":"x"}"#),
            ("{\"a\":1}}", r#"{"a":1}"#),
        ] {
            assert_eq!(shown(text), meant, "{text}");
        }
    }

    #[test]
    fn quotes_that_nobody_escaped_belong_to_the_text() {
        for (text, meant) in [
            (r#"{"a":"the "queen" bee","b":1}"#, r#"{"a":"the \"queen\" bee","b":1}"#),
            (r#"{"a":"say "yes", or "no"."}"#, r#"{"a":"say \"yes\", or \"no\"."}"#),
            (
                r#"{"a":"<a href="https://x.example/">x</a>"}"#,
                r#"{"a":"<a href=\"https://x.example/\">x</a>"}"#,
            ),
            (r#"{"a":"he said "note": wait","b":"c"}"#, r#"{"a":"he said \"note\": wait","b":"c"}"#),
            (r#"["a "b" c","d"]"#, r#"["a \"b\" c","d"]"#),
        ] {
            assert_eq!(shown(text), meant, "{text}");
        }
    }

    #[test]
    fn brackets_are_put_where_they_must_have_been() {
        for (text, meant) in [
            // Missing at the end.
            (r#"{"a":[{"b":1}"#, r#"{"a":[{"b":1}]}"#),
            // A brace missing before the next element.
            (r#"[{"a":{"b":1},{"c":2}]"#, r#"[{"a":{"b":1}},{"c":2}]"#),
            // One bracket missing, inside.
            (r#"{"a":[1,2,"b":3}"#, r#"{"a":[1,2],"b":3}"#),
            (r#"{"a":[{"b":1},"c":2}"#, r#"{"a":[{"b":1}],"c":2}"#),
            // One too many.
            (r#"{"a":[{"b":1}},{"c":2}]}"#, "{\"a\":[{\"b\":1}]}\n{\"c\":2}"),
            (r#"[{"a":1}},{"b":2}]"#, r#"[{"a":1},{"b":2}]"#),
            // A comma missing.
            ("{\"a\":\"x\"\n\"b\":\"y\"}", r#"{"a":"x","b":"y"}"#),
            (r#"{"a":"x" "b":"y"}"#, r#"{"a":"x","b":"y"}"#),
            (r#"[{"a":1} {"b":2}]"#, r#"[{"a":1},{"b":2}]"#),
        ] {
            assert_eq!(shown(text), meant, "{text}");
        }
    }

    #[test]
    fn what_stands_before_a_fault_is_kept() {
        assert_eq!(shown("{\"a\":1,\n\"b\":\"cut"), "{\"a\":1}\nline 2: \"cut");
        assert_eq!(shown("{\"a\":[1,\"b\":"), "{\"a\":[1]}\nline 1: ");
        assert_eq!(shown("{\"a\":"), "{}\nline 1: ");
        assert_eq!(shown("undefined"), "\nline 1: undefined");
        assert_eq!(shown("{}abcdefghijklmnopqrstuvwxyz"), "{}\nline 1: yz");
    }

    #[test]
    fn depth_and_length_have_bounds() {
        let (_, fault) = read_tolerantly(&"[".repeat(100_000));
        assert!(fault.is_some_and(|fault| fault.rest.len() == 100_000 - super::MAX_DEPTH));
        for piece in ["{\"a\":", "\",\"", "\"/*", "[//", "\",„", "\n\"", "<!--", "{\"a\",", "'\\"] {
            let text = format!("{{\"a\":\"{}", piece.repeat(50_000));
            let _ = read_tolerantly(&text);
            let _ = read_tolerantly(&piece.repeat(50_000));
        }
    }

    /// Any JSON, with strings that are made to look like its syntax.
    fn any_json() -> impl Strategy<Value = Json> {
        let text = r#"[a:,{}\[\]"\\\\ \n“'/*<é-]{0,8}"#;
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Bool),
            any::<i64>().prop_map(|number| Json::Number(number.into())),
            text.prop_map(Json::Text),
        ];
        leaf.prop_recursive(4, 40, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Json::Array),
                prop::collection::vec((text, inner), 0..5).prop_map(Json::Object),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_sound_json_reads_as_it_is(json in any_json(), padded: bool) {
            let json = Json::Array(vec![json]);
            let text = strict(&json);
            let text = if padded { format!(" \n{text}\t") } else { text };
            prop_assert_eq!(read(&text), (vec![json.clone()], None));
            prop_assert_eq!(read_tolerantly(&text), (vec![json], None));
        }

        #[test]
        fn any_broken_json_is_read_or_has_a_fault(json in any_json(), cut in 0_usize..200, with in r#"[a:,{}\[\]"'/ ]{0,3}"#) {
            let text = strict(&json);
            let at = text.floor_char_boundary(cut.min(text.len()));
            let end = text.ceil_char_boundary((at + 1).min(text.len()));
            let _ = read_tolerantly(&format!("{}{with}{}", &text[..at], &text[end..]));
            let (values, fault) = read_tolerantly(&text[..at]);
            prop_assert!(!values.is_empty() || fault.is_some() || text[..at].trim().is_empty());
        }
    }
}
