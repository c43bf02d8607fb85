//! Reports of what `validate` found, one file an output format.

mod github;
mod json;
mod junit;
mod sarif;
mod text;

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use super::Report;
use crate::diagnostic::Finding;

/// An output format.
trait Renderer {
    /// Writes all reports as one document.
    fn render(&self, reports: &[Report], out: &mut dyn Write) -> io::Result<()>;
}

/// The output formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// For reading: one line per finding, then a summary.
    Text,
    /// One JSON object.
    Json,
    /// Workflow commands of GitHub Actions.
    Github,
    /// SARIF 2.1.0, the format of code scanning.
    Sarif,
    /// `JUnit` XML, the format of test reports: one suite per dataset, one case per check.
    Junit,
}

impl Style {
    /// Every format.
    pub const ALL: &[Self] = &[Self::Text, Self::Json, Self::Github, Self::Sarif, Self::Junit];

    /// The format's name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Github => "github",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
        }
    }
}

/// Writes the reports in a format.
///
/// # Errors
///
/// The errors of the writer.
pub fn render(style: Style, reports: &[Report], out: &mut dyn Write) -> io::Result<()> {
    let renderer: &dyn Renderer = match style {
        Style::Text => &text::Text,
        Style::Json => &json::Json,
        Style::Github => &github::Github,
        Style::Sarif => &sarif::Sarif,
        Style::Junit => &junit::Junit,
    };
    renderer.render(reports, out)
}

/// A finding's file as a path with `/`, from where the subject was named.
fn file(report: &Report, finding: &Finding) -> String {
    let folder = report.folder.to_string_lossy();
    let folder = if cfg!(windows) { folder.replace('\\', "/") } else { folder.into_owned() };
    match folder.trim_end_matches('/') {
        "" if folder.is_empty() => finding.file.clone(),
        folder => format!("{folder}/{}", finding.file),
    }
}

/// The message with the record and field in front, where they are meant.
fn message(finding: &Finding) -> String {
    let mut message = String::new();
    if let Some(record) = finding.record {
        let _ = write!(message, "record {record}, ");
    }
    if let Some(field) = &finding.field {
        let _ = write!(message, "`{field}`, ");
    }
    if !message.is_empty() {
        message.truncate(message.len() - 2);
        message.push_str(": ");
    }
    message + &finding.message
}

/// A subject's name.
fn subject(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// `1 entry`, `2 entries`.
fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests;
