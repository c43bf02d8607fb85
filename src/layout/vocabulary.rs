//! The words by which parts of a page with questions and answers are known.

use std::collections::HashSet;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};
use serde::Deserialize;

use crate::page::Signs;

/// The built-in vocabulary.
pub(crate) static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(Vocabulary::built_in);

/// Words of classes, headings and labels.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    classes: AhoCorasick,
    /// The sign of each class name that is looked for.
    signs: Vec<Signs>,
    posts: Vec<String>,
    states: Vec<String>,
    collections: AhoCorasick,
    calls: AhoCorasick,
    ends: AhoCorasick,
    question_marks: Vec<String>,
    question_letters: Vec<String>,
    answer_marks: Vec<String>,
    answer_letters: Vec<String>,
    you: HashSet<String>,
    me: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    classes: Classes,
    text: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Classes {
    question: Vec<String>,
    answer: Vec<String>,
    collection: Vec<String>,
    post: Vec<String>,
    body: Vec<String>,
    comment: Vec<String>,
    unseen: Vec<String>,
    icon: Vec<String>,
    state: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    collections: Vec<String>,
    calls: Vec<String>,
    ends: Vec<String>,
    question_marks: Vec<String>,
    question_letters: Vec<String>,
    answer_marks: Vec<String>,
    answer_letters: Vec<String>,
    you: HashSet<String>,
    me: HashSet<String>,
}

impl Vocabulary {
    #[expect(clippy::expect_used, reason = "the text is a constant that every test compiles")]
    fn built_in() -> Self {
        let File { classes, text } =
            toml::from_str(include_str!("../../profiles/layout.toml")).expect("the vocabulary is TOML");
        let signed = [
            (classes.question, Signs::QUESTION),
            (classes.answer, Signs::ANSWER),
            (classes.collection, Signs::COLLECTION),
            (classes.comment, Signs::COMMENT),
            (classes.body, Signs::BODY),
            (classes.unseen, Signs::UNSEEN),
            (classes.icon, Signs::ICON),
        ];
        let (mut words, mut signs) = (Vec::new(), Vec::new());
        for (list, sign) in signed {
            signs.extend(list.iter().map(|_| sign));
            words.extend(list);
        }
        let search = |words: &[String]| {
            AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .ascii_case_insensitive(true)
                .build(words)
                .expect("a few words")
        };
        let starts = |words: &[String]| {
            AhoCorasick::builder().start_kind(StartKind::Anchored).build(words).expect("a few words")
        };
        Self {
            classes: search(&words),
            signs,
            posts: classes.post,
            states: classes.state,
            collections: search(&text.collections),
            calls: starts(&text.calls),
            ends: starts(&text.ends),
            question_letters: text.question_letters,
            question_marks: text.question_marks,
            answer_marks: text.answer_marks,
            answer_letters: text.answer_letters,
            you: text.you,
            me: text.me,
        }
    }

    /// What class and id say of an element.
    pub(crate) fn signs(&self, class: &str, id: &str) -> Signs {
        let mut signs = Signs::default();
        for text in [class, id] {
            for found in self.classes.find_overlapping_iter(text) {
                signs = signs | self.signs[found.pattern().as_usize()];
            }
        }
        if signs.has(Signs::ANSWER) && class.split_ascii_whitespace().any(|name| self.is_post(name)) {
            signs = signs | Signs::POST;
        }
        signs
    }

    /// Whether a class name is that of a post that answers.
    pub(crate) fn is_post(&self, name: &str) -> bool {
        self.posts.iter().any(|post| post == name)
    }

    /// The words that stand before a question that is marked so, in lower case.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.question_marks.iter().map(String::as_str)
    }

    /// The class name that like elements of a page share.
    pub(crate) fn shared_class<'a>(&self, class: &'a str) -> &'a str {
        let is_state = |name: &str| self.states.iter().any(|state| state == name);
        class.split_ascii_whitespace().find(|name| !is_state(name)).unwrap_or_default()
    }

    /// Whether a heading announces questions and their answers.
    pub(crate) fn announces(&self, heading: &str) -> bool {
        heading.len() <= 200 && self.collections.is_match(&heading.to_lowercase())
    }

    /// Whether a question calls on the reader and asks nothing.
    pub(crate) fn calls(&self, question: &str) -> bool {
        starts_with(&self.calls, question)
    }

    /// Whether a line heads what a site shows behind its texts.
    pub(super) fn ends(&self, line: &str) -> bool {
        line.len() <= 80 && starts_with(&self.ends, line)
    }

    /// Whether a question is put to somebody.
    pub(super) fn addresses(&self, question: &str) -> bool {
        has_word(question, &self.you)
    }

    /// Whether a text speaks in the first person.
    pub(super) fn speaks(&self, text: &str) -> bool {
        has_word(text, &self.me)
    }

    /// What follows the letter by which a question is marked.
    pub(super) fn question_letter<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.question_letters.iter().find_map(|letter| text.strip_prefix(letter.as_str()))
    }

    /// What follows the letter by which an answer is marked.
    pub(super) fn answer_letter<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.answer_letters.iter().find_map(|letter| text.strip_prefix(letter.as_str()))
    }

    /// Length of the label before a question: `Q:`, `Question 3.`
    pub(super) fn question_mark(&self, text: &str) -> Option<usize> {
        label(text, &self.question_marks)
    }

    /// Length of the label before an answer: `A:`
    pub(super) fn answer_mark(&self, text: &str) -> Option<usize> {
        label(text, &self.answer_marks)
    }

    /// Whether a text is nothing but the label of a question: `Q`, `Question 3:`
    pub(super) fn is_question_label(&self, text: &str) -> bool {
        is_label(text, &self.question_marks)
    }

    /// The same of an answer.
    pub(super) fn is_answer_label(&self, text: &str) -> bool {
        is_label(text, &self.answer_marks)
    }
}

/// Whether a text starts with one of those in lower case, whatever mark or picture stands before it.
fn starts_with(known: &AhoCorasick, text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    known.is_match(Input::new(&text.to_lowercase()).anchored(Anchored::Yes))
}

/// Whether a text has one of the words. Those in capitals are no others in
/// small letters, and may open a sentence as any word does.
fn has_word(text: &str, words: &HashSet<String>) -> bool {
    let mut at_start = true;
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).any(|word| {
        let opens = std::mem::replace(&mut at_start, false) && word.chars().nth(1).is_some();
        (!opens && words.contains(word)) || words.contains(&word.to_lowercase())
    })
}

/// Whether a text is one of the words, perhaps with a number and a mark.
fn is_label(text: &str, words: &[String]) -> bool {
    let is_behind = |c: char| c.is_ascii_digit() || c.is_whitespace() || LABEL_MARKS.contains(&c);
    text.len() <= LONGEST_LABEL && words.contains(&text.trim_end_matches(is_behind).to_lowercase())
}

/// The longest label, in bytes.
const LONGEST_LABEL: usize = 32;

/// What follows the word of a label.
const LABEL_MARKS: [char; 7] = [':', '：', '.', '．', ')', '-', '–'];

/// Length of a label: one of the words, a mark, perhaps a number before or
/// behind it, white space; it may have a cell of its own.
fn label(text: &str, words: &[String]) -> Option<usize> {
    let length = text.find(|c: char| !c.is_alphabetic())?;
    let word = text[..length].to_lowercase();
    if !words.contains(&word) {
        return None;
    }
    let number = |text: &'_ str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text[length..].trim_start();
    let rest = &rest[number(rest)..];
    let marked = rest.trim_start().strip_prefix(LABEL_MARKS)?;
    // `Q.1 `, `Q.1. `
    let behind = &marked[number(marked)..];
    let behind = behind.strip_prefix(LABEL_MARKS).filter(|_| behind.len() < marked.len()).unwrap_or(behind);
    let body = if behind.starts_with(char::is_whitespace) { behind } else { marked }.trim_start();
    let body = body.strip_prefix("| ").unwrap_or(body);
    (!body.is_empty()).then(|| text.len() - body.len())
}
