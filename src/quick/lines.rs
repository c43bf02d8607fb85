//! What a line may be, judged by one run of text in it.

use rustc_hash::FxHashMap;

use crate::layout::VOCABULARY;
use crate::profile::{Opening, Profiles};

/// Marks at the end of a question.
pub(super) const MARKS: [char; 4] = ['?', '？', '؟', '⁇'];

/// The longest line, in bytes, that is a question without asking by a mark.
const LONGEST_LINE: usize = 300;

/// The same of a line that ends with a full stop.
const LONGEST_SENTENCE: usize = 110;

/// Bytes of a line in which its first two words stand.
const NEAR: usize = 64;

/// The words with which lines open that are examined closely.
#[derive(Debug)]
pub(super) struct Openers(FxHashMap<Box<str>, Signs>);

/// What a word may open.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "a word may be several of these at once")]
struct Signs {
    question: bool,
    label: bool,
    /// As a label it makes a question of any text, by the structure of a page.
    tells: bool,
    /// It may be the beginning of such a word.
    begins: bool,
}

/// What a run says of its line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// It may open as a question does.
    pub(super) asks: bool,
    /// It may be labelled as a question, `Q:`, and open as one.
    pub(super) labelled: bool,
    /// It may be labelled as a question, whatever it says.
    pub(super) label: bool,
}

impl Openers {
    pub(super) fn of(profiles: &Profiles) -> Self {
        let mut words: FxHashMap<Box<str>, Signs> = FxHashMap::default();
        let mut add = |word: &str, question: bool, tells: bool| {
            let word = first_word(word).unwrap_or(word).to_lowercase();
            let signs = words.entry(word.as_str().into()).or_default();
            signs.question |= question;
            signs.label |= !question;
            signs.tells |= tells;
            for (end, _) in word.char_indices().skip(1) {
                words.entry(word[..end].into()).or_default().begins = true;
            }
        };
        for profile in profiles {
            profile.words.openers().for_each(|word| add(word, true, false));
            profile.words.labels().for_each(|label| add(label, false, false));
        }
        VOCABULARY.labels().for_each(|label| add(label, false, true));
        Self(words)
    }

    /// What a run says of its line; `joins` says on which sides another run may share it.
    pub(super) fn line(&self, run: &str, joins: [bool; 2], profiles: &Profiles) -> Line {
        if let Some(reference) = memchr::memchr(b'&', run.as_bytes()) {
            // What no known word begins with begins none, whatever the reference continues with.
            let start = run[..reference].find(char::is_alphabetic);
            let first = start.and_then(|start| first_word(&run[start..reference]));
            if first.is_some_and(|word| self.signs(word).is_none()) {
                return Line::default();
            }
            let decoded = html_escape::decode_html_entities(run);
            // Some references need no semicolon.
            let beginning = &decoded.as_bytes()[..decoded.len().min(NEAR)];
            let unknown = beginning.windows(2).any(|pair| pair[0] == b'&' && pair[1].is_ascii_lowercase());
            let line = self.decoded(&decoded, joins, profiles);
            return Line {
                asks: line.asks || unknown,
                labelled: line.labelled || unknown,
                label: line.label || unknown,
            };
        }
        self.decoded(run, joins, profiles)
    }

    fn decoded(&self, run: &str, [_, behind]: [bool; 2], profiles: &Profiles) -> Line {
        let Some(start) = run.find(char::is_alphabetic) else { return Line::default() };
        let text = &run[start..];
        let Some(word) = first_word(text) else { return Line::default() };
        let Some(signs) = self.signs(word) else { return Line::default() };
        // Another run may continue with the word.
        let cut = behind && word.len() == text.len();
        let asks = |text: &str| opens(text, behind, profiles);
        let behind_label = label(&text[word.len()..]).filter(|_| signs.label);
        // Of other labels, such as `FAQ`, a page needs several, or lines that ask.
        let labelled = if cut {
            signs.tells || signs.begins
        } else {
            // The answer may follow on the line.
            let may_ask = |rest: &str| asks(rest) || rest.contains(MARKS);
            behind_label.is_some_and(|rest| if rest.is_empty() { signs.tells } else { may_ask(rest) })
        };
        Line {
            asks: if cut {
                signs.question || signs.begins
            } else {
                labelled || (signs.question && asks(text))
            },
            labelled,
            label: (cut && (signs.label || signs.begins)) || behind_label.is_some(),
        }
    }

    fn signs(&self, word: &str) -> Option<Signs> {
        let mut space = [0; 24];
        if let Some(lower) = space.get_mut(..word.len())
            && word.is_ascii()
        {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            return self.0.get(std::str::from_utf8(lower).ok()?).copied();
        }
        self.0.get(word.to_lowercase().as_str()).copied()
    }
}

/// The letters with which a text starts.
fn first_word(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    text.get(..end).filter(|word| !word.is_empty())
}

/// What follows a label whose word `rest` follows; `None` if it is not a label.
fn label(rest: &str) -> Option<&str> {
    let rest = rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()).trim_start();
    let behind = if rest.is_empty() {
        ""
    } else {
        rest.strip_prefix([':', '：', '.', '．', '、', ')', '）', '-', '–'])?
    };
    Some(behind.trim_start_matches(|c: char| !c.is_alphabetic()))
}

/// Whether a text is short enough for a question without a mark, ends as one, and opens so.
fn opens(text: &str, behind: bool, profiles: &Profiles) -> bool {
    let mut line = String::with_capacity(LONGEST_LINE);
    for word in text.split([' ', '\n', '\t', '\r', '\x0c']).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > LONGEST_LINE {
            return false;
        }
    }
    // A short sentence may be a question that has lost its mark.
    let stopped = line.ends_with('.') && line.len() > LONGEST_SENTENCE;
    if !behind && (stopped || line.ends_with([':', '!', ';'])) {
        return false;
    }
    // Another run may continue with the second word, or begin it.
    let cut = behind && line.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).nth(2).is_none();
    cut || profiles.iter().any(|profile| profile.words.opening(&line) == Opening::Asks)
}
