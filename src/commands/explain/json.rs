//! A page as one JSON object for programs.

use qasift::Reading;
use qasift::input::Decoded;
use qasift::record::{Accounting, EncodingBasis, Extractor, PageFacts, PageKind, PageStatus, SegmentClass};
use serde::Serialize;

use super::declared;

/// What `--json` prints: one object.
#[derive(Serialize)]
pub(super) struct Explained<'a> {
    page: &'a str,
    kind: PageKind,
    profile: &'a str,
    encoding: &'a str,
    encoding_basis: EncodingBasis,
    undecodable: u64,
    status: PageStatus,
    facts: &'a PageFacts,
    entries: usize,
    rejects: usize,
    accounting: Accounting,
    declared: Vec<ExplainedDeclaration<'a>>,
    segments: Vec<ExplainedSegment<'a>>,
}

/// A question that markup declares, and the line of the text that shows it.
#[derive(Serialize)]
struct ExplainedDeclaration<'a> {
    extractor: Extractor,
    line: Option<u32>,
    question: &'a str,
    answer: &'a str,
}

#[derive(Serialize)]
struct ExplainedSegment<'a> {
    line: u32,
    class: SegmentClass,
    rule: Option<&'a str>,
    text: &'a str,
}

impl<'a> Explained<'a> {
    pub(super) fn new(
        page_name: &'a str,
        page: &'a Decoded,
        status: PageStatus,
        reading: &'a Reading<'a>,
    ) -> Self {
        let segments = reading.segments.iter().map(|segment| ExplainedSegment {
            line: segment.line,
            class: segment.class,
            rule: segment.rule,
            text: &reading.text[segment.span.clone()],
        });
        let declared = declared(reading).map(|(entry, line)| ExplainedDeclaration {
            extractor: entry.extractor,
            line,
            question: &entry.question,
            answer: &entry.answer,
        });
        Self {
            page: page_name,
            kind: page.kind,
            profile: reading.profile,
            encoding: &page.encoding,
            encoding_basis: page.basis,
            undecodable: page.undecodable,
            status,
            facts: &reading.facts,
            entries: reading.entries.len(),
            rejects: reading.rejects.len(),
            accounting: reading.accounting,
            declared: declared.collect(),
            segments: segments.collect(),
        }
    }
}
