//! `JUnit` XML: a suite a dataset, a case a check, a failure where it found something.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Renderer, Report, count, file, message, subject};
use crate::diagnostic::{Code, Finding};

pub(super) struct Junit;

impl Renderer for Junit {
    fn render(&self, reports: &[Report], out: &mut dyn Write) -> io::Result<()> {
        let suites: Vec<Suite<'_>> = reports.iter().map(Suite::of).collect();
        let failures: usize = suites.iter().map(Suite::failures).sum();
        let tests = suites.len() * Code::ALL.len();
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(
            out,
            r#"<testsuites name="qasift validate" tests="{tests}" failures="{failures}" errors="0">"#
        )?;
        for suite in &suites {
            suite.write(out)?;
        }
        writeln!(out, "</testsuites>")
    }
}

struct Suite<'a> {
    report: &'a Report,
    /// The findings of each code, in the order of the codes.
    cases: Vec<(Code, Vec<&'a Finding>)>,
}

impl<'a> Suite<'a> {
    fn of(report: &'a Report) -> Self {
        let mut cases: Vec<_> = Code::ALL.iter().map(|&code| (code, Vec::new())).collect();
        for finding in &report.findings {
            cases[finding.code as usize].1.push(finding);
        }
        Self { report, cases }
    }

    fn failures(&self) -> usize {
        self.cases.iter().filter(|(_, findings)| !findings.is_empty()).count()
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let name = escape(&subject(&self.report.subject));
        let (tests, failures) = (self.cases.len(), self.failures());
        writeln!(
            out,
            r#"  <testsuite name="{name}" tests="{tests}" failures="{failures}" errors="0" skipped="0">"#
        )?;
        for (code, findings) in &self.cases {
            if findings.is_empty() {
                writeln!(out, r#"    <testcase classname="{name}" name="{code}"/>"#)?;
                continue;
            }
            let number = count(findings.len() as u64, "finding", "findings");
            let heading = escape(&format!("{number}: {} {}", code.meaning(), code.hint()));
            writeln!(out, r#"    <testcase classname="{name}" name="{code}">"#)?;
            let text = escape(&self.lines(findings));
            writeln!(out, r#"      <failure type="{code}" message="{heading}">{text}</failure>"#)?;
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")
    }

    fn lines(&self, findings: &[&Finding]) -> String {
        let mut text = String::new();
        for finding in findings {
            let line = finding.line.map(|line| format!(":{line}")).unwrap_or_default();
            let _ = writeln!(text, "{}{line}: {}", file(self.report, finding), message(finding));
        }
        text
    }
}

/// Text for XML 1.0, in an element or in an attribute between double quotes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(character),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ if character < ' ' => escaped.push('\u{fffd}'),
            _ => escaped.push(character),
        }
    }
    escaped
}
