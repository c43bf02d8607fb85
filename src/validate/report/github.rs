//! Workflow commands: GitHub Actions shows each finding at its file and line.

use std::io::{self, Write};

use super::{Renderer, Report, file, message};

pub(super) struct Github;

impl Renderer for Github {
    fn render(&self, reports: &[Report], out: &mut dyn Write) -> io::Result<()> {
        for report in reports {
            for finding in &report.findings {
                write!(out, "::error file={}", property(&file(report, finding)))?;
                if let Some(line) = finding.line {
                    write!(out, ",line={line}")?;
                }
                let text = format!("{}. {}", message(finding), finding.code.hint());
                writeln!(out, ",title={}::{}", finding.code, data(&text))?;
            }
        }
        Ok(())
    }
}

/// Escapes a command's text, as GitHub's own toolkit does.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a command's property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
