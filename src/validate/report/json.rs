//! One JSON object: `{"datasets":[{"dataset":…,"entries":…,"findings":[…]}]}`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Renderer, Report, subject};

pub(super) struct Json;

#[derive(Serialize)]
struct Document<'a> {
    datasets: Vec<Dataset<'a>>,
}

#[derive(Serialize)]
struct Dataset<'a> {
    #[serde(rename = "dataset")]
    name: String,
    entries: u64,
    findings: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'static str,
    file: &'a str,
    record: Option<u64>,
    line: Option<u64>,
    field: Option<&'a str>,
    message: &'a str,
    hint: &'static str,
}

impl Renderer for Json {
    fn render(&self, reports: &[Report], out: &mut dyn Write) -> io::Result<()> {
        let datasets = reports.iter().map(dataset).collect();
        serde_json::to_writer_pretty(&mut *out, &Document { datasets })?;
        writeln!(out)
    }
}

fn dataset(report: &Report) -> Dataset<'_> {
    let findings = report.findings.iter().map(|finding| Item {
        code: finding.code.as_str(),
        file: &finding.file,
        record: finding.record,
        line: finding.line,
        field: finding.field.as_deref(),
        message: &finding.message,
        hint: finding.code.hint(),
    });
    Dataset { name: subject(&report.subject), entries: report.entries, findings: findings.collect() }
}
