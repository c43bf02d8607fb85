//! Where checks put what they find.

use crate::diagnostic::{Code, Finding};

/// All findings so far, in the order of the checks.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

/// The file and, where one is meant, the record that a check looks at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) file: &'a str,
    pub(crate) record: Option<u64>,
    pub(crate) line: Option<u64>,
}

impl<'a> Place<'a> {
    pub(crate) fn file(file: &'a str) -> Self {
        Self { file, record: None, line: None }
    }

    pub(crate) fn record(file: &'a str, record: u64) -> Self {
        Self { file, record: Some(record), line: None }
    }
}

/// Takes the findings of one place.
pub(crate) struct Sink<'a> {
    findings: &'a mut Findings,
    place: Place<'a>,
}

impl Sink<'_> {
    /// Adds a finding about a field, or about the whole record or file.
    pub(crate) fn add<'f>(
        &mut self,
        code: Code,
        field: impl Into<Option<&'f str>>,
        message: impl Into<String>,
    ) {
        let place = self.place;
        self.findings.0.push(Finding {
            file: place.file.to_owned(),
            record: place.record,
            line: place.line,
            field: field.into().map(str::to_owned),
            code,
            message: message.into(),
        });
    }
}

impl Findings {
    /// Takes findings about this place.
    pub(crate) fn at<'a>(&'a mut self, place: Place<'a>) -> Sink<'a> {
        Sink { findings: self, place }
    }

    /// How many there are: a mark for [`repeat`](Self::repeat).
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds the findings of a range again, at another place that holds the same record.
    pub(crate) fn repeat(&mut self, range: std::ops::Range<usize>, place: Place<'_>) {
        for at in range {
            let finding = Finding {
                file: place.file.to_owned(),
                record: place.record,
                line: place.line,
                ..self.0[at].clone()
            };
            self.0.push(finding);
        }
    }

    /// All of them, in their order.
    pub(crate) fn into_sorted(mut self) -> Vec<Finding> {
        self.0.sort();
        self.0
    }
}
