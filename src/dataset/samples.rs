//! Entries for the tests of this module.

use std::borrow::Cow;

use proptest::prelude::*;

use crate::record::{AnswerKind, AnswerRole, Entry, Extractor, Flag, Section, SourceBasis};

/// One entry with an escape, a null, a negative number and two flags.
pub(super) fn bees() -> Entry<'static> {
    Entry {
        id: "00112233445566778899aabbccddeeff".into(),
        question: "How long do bees live?".into(),
        question_detail: None,
        answer: "Two seasons:\n\n- six weeks, in \"summer\"\n- six months ...".into(),
        answer_kind: AnswerKind::List,
        answer_role: None,
        votes: Some(-12),
        source_text: Some("www.bees.example".into()),
        source_domain: Some("bees.example".into()),
        source_site: None,
        source_url: None,
        source_basis: Some(SourceBasis::Cited),
        section: Some(Section::Main),
        language: Some("en".into()),
        page: "raw/page.txt".into(),
        page_url: None,
        position: 1,
        line_start: Some(1),
        line_end: Some(5),
        extractor: Extractor::Attribution,
        flags: vec![Flag::ElidedItems, Flag::MojibakeRepaired],
    }
}

/// [`bees`] at another position on its page.
pub(super) fn bees_at(position: u32) -> Entry<'static> {
    Entry { position, ..bees() }
}

fn text() -> impl Strategy<Value = Cow<'static, str>> {
    prop_oneof![
        "[a-z ]{0,70}".prop_map(Cow::from),
        "[ -~\n\r\t\u{0}-\u{1f}\u{7f}é\u{2028}🐝\"\\\\,]{0,70}".prop_map(Cow::from),
    ]
}

/// Any entry that the types allow, valid or not.
pub(super) fn any_entry() -> impl Strategy<Value = Entry<'static>> {
    let texts = prop::collection::vec(text(), 4);
    let optional = prop::collection::vec(prop::option::of(text()), 7);
    let number = prop::option::of(any::<u32>());
    let closed = (
        prop::sample::select(AnswerKind::ALL),
        prop::option::of(prop::sample::select(AnswerRole::ALL)),
        prop::option::of(prop::sample::select(SourceBasis::ALL)),
        prop::option::of(prop::sample::select(Section::ALL)),
        prop::sample::select(Extractor::ALL),
        prop::sample::subsequence(Flag::ALL, 0..=Flag::ALL.len()),
    );
    (texts, optional, prop::option::of(any::<i64>()), any::<u32>(), number.clone(), number, closed).prop_map(
        |(mut texts, mut optional, votes, position, line_start, line_end, closed)| {
            let (answer_kind, answer_role, source_basis, section, extractor, flags) = closed;
            let mut text = || texts.pop().unwrap_or_default();
            let mut optional = || optional.pop().flatten();
            Entry {
                id: text(),
                question: text(),
                question_detail: optional(),
                answer: text(),
                answer_kind,
                answer_role,
                votes,
                source_text: optional(),
                source_domain: optional(),
                source_site: optional(),
                source_url: optional(),
                source_basis,
                section,
                language: optional(),
                page: text(),
                page_url: optional(),
                position,
                line_start,
                line_end,
                extractor,
                flags,
            }
        },
    )
}
