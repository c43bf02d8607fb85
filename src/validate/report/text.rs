//! For reading: one line per finding, a hint after the first of each code, then
//! a summary. Of each code and dataset, only the first findings are listed.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Renderer, Report, count, file, message, subject};
use crate::diagnostic::Code;

/// Findings of one code that are shown of one dataset.
const SHOWN: u64 = 20;

pub(super) struct Text;

impl Renderer for Text {
    fn render(&self, reports: &[Report], out: &mut dyn Write) -> io::Result<()> {
        for report in reports {
            findings(report, out)?;
        }
        for report in reports {
            let entries = count(report.entries, "entry", "entries");
            let state = match report.findings.len() {
                0 => "valid".to_owned(),
                number => count(number as u64, "finding", "findings"),
            };
            writeln!(out, "{}: {state} ({entries})", subject(&report.subject))?;
        }
        Ok(())
    }
}

fn findings(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut seen: BTreeMap<Code, u64> = BTreeMap::new();
    for finding in &report.findings {
        let seen = seen.entry(finding.code).or_default();
        *seen += 1;
        if *seen > SHOWN {
            continue;
        }
        let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
        writeln!(out, "{}{line}: [{}] {}", file(report, finding), finding.code, message(finding))?;
        if *seen == 1 {
            writeln!(out, "  hint: {}", finding.code.hint())?;
        }
    }
    for (code, seen) in seen.iter().filter(|(_, seen)| **seen > SHOWN) {
        writeln!(out, "{}: [{code}] … and {} more", subject(&report.subject), seen - SHOWN)?;
    }
    Ok(())
}
