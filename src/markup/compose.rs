//! Composes what a page declares: texts laid out and cleaned, each pair once;
//! and says what is declared and no entry.

use std::borrow::Cow;

use super::Declared;
use super::graph::Text;
use super::question::Pair;
use super::render;
use crate::answer::{self, Answer};
use crate::clean::{self, Cleaned};
use crate::language;
use crate::page::BlockKind;
use crate::reconcile::{self, Shown};
use crate::record::{AnswerRole, Extractor, RejectReason};

/// A question with an answer, as a page declares it.
#[derive(Debug)]
pub(crate) struct Declaration {
    pub(crate) extractor: Extractor,
    pub(crate) question: String,
    pub(crate) detail: Option<String>,
    pub(crate) answer: Answer<'static>,
    pub(crate) role: Option<AnswerRole>,
    pub(crate) votes: Option<i64>,
    /// The address that it cites.
    pub(crate) citation: Option<String>,
    /// BCP 47.
    pub(crate) language: Option<Cow<'static, str>>,
    /// Where the page shows it.
    pub(crate) shown: Shown,
    /// The form in which it is compared with others.
    pub(crate) compared: reconcile::ComparedPair,
}

/// A question without an answer, or an answer without a question.
#[derive(Debug)]
pub(crate) struct Incomplete {
    pub(crate) extractor: Extractor,
    pub(crate) reason: RejectReason,
    pub(crate) text: String,
}

/// Composes the pairs of all syntaxes, and separates entries from rejects.
pub(super) fn compose(pairs: &[(Extractor, Pair<'_>)]) -> Declared {
    let drafts: Vec<_> = pairs.iter().map(|(extractor, pair)| draft(*extractor, pair)).collect();
    let compared: Vec<_> = drafts.iter().map(|draft| (draft.extractor, &draft.compared)).collect();
    let mut distinct = vec![false; drafts.len()];
    for place in reconcile::distinct(&compared) {
        distinct[place] = true;
    }
    let mut markup = Declared::default();
    for (draft, _) in drafts.into_iter().zip(distinct).filter(|(_, distinct)| *distinct) {
        match draft.reason() {
            None => markup.declarations.push(draft),
            Some((reason, text)) => {
                let (extractor, text) = (draft.extractor, text.to_owned());
                markup.incomplete.push(Incomplete { extractor, reason, text });
            }
        }
    }
    markup
}

/// What a pair says, if it is one; a text that it lacks is empty.
fn draft(extractor: Extractor, pair: &Pair<'_>) -> Declaration {
    let question = pair.question.as_ref().map(line);
    let answers = pair.answer.iter().map(whole).collect();
    let detail = pair.detail.as_ref().map(|detail| whole(detail).text.into_owned());
    let texts = pair.answer.iter().chain(&pair.question);
    let mut languages = pair.language.iter().chain(texts.filter_map(|text| text.language.as_ref()));
    let mut answer = answer::join(answers);
    let question = question.map_or_else(String::new, |question| {
        answer.mojibake_repaired |= question.mojibake_repaired;
        question.text.into_owned()
    });
    let compared =
        reconcile::ComparedPair::new(&question, Some(&*answer.text).filter(|answer| !answer.is_empty()));
    Declaration {
        extractor,
        compared,
        detail: detail.filter(|detail| !detail.is_empty() && one_line(detail) != question),
        question,
        answer,
        role: pair.role,
        votes: pair.votes,
        citation: pair.citation.clone(),
        language: languages.find_map(|language| language::tag(language)),
        shown: Shown::Unknown,
    }
}

/// A text as one line, cleaned.
fn line(text: &Text<'_>) -> Cleaned<'static> {
    let document = render::document(text);
    let shown = document
        .blocks
        .iter()
        .filter(|block| !matches!(block.kind, BlockKind::Blank | BlockKind::Furniture | BlockKind::Fence));
    let shown: Vec<_> = shown.map(|block| &document.text[block.body.clone()]).collect();
    let shown = if shown.is_empty() { text.plain() } else { shown.join(" ") };
    // A plain string may hold references that its page would show as characters.
    let clean = if document.markup.is_some() { clean::rendered } else { clean::inline };
    let Cleaned { text, mojibake_repaired } = clean(&shown);
    Cleaned { text: Cow::Owned(text.into_owned()), mojibake_repaired }
}

/// A text laid out and cleaned.
fn whole(text: &Text<'_>) -> Answer<'static> {
    let answer = answer::compose_all(&render::document(text));
    if !answer.text.is_empty() {
        return answer;
    }
    // What the rendering leaves out, such as a button, may be all there is.
    let plain = Text { content: super::Content::Literal(text.plain()), language: None };
    answer::compose_all(&render::document(&plain))
}

/// A question as one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Declaration {
    /// Why it is not an entry, and what of it is there.
    fn reason(&self) -> Option<(RejectReason, &str)> {
        if self.question.is_empty() {
            Some((RejectReason::NoQuestion, &self.answer.text))
        } else if self.answer.text.is_empty() {
            Some((RejectReason::NoAnswer, &self.question))
        } else {
            None
        }
    }
}
