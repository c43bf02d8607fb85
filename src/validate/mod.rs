//! Verifies that a dataset is consistent: files, rows, entries and sums.
//!
//! All findings are collected, not just the first, each with its file, record
//! and field. An error is only returned if a file cannot be read at all.
//!
//! ```no_run
//! let profiles = qasift::profile::Profiles::built_in();
//! let report = qasift::validate::dataset("output/page".as_ref(), &profiles)?;
//! for finding in &report.findings {
//!     eprintln!("{}: {}", finding.file, finding.message);
//! }
//! # Ok::<(), qasift::Error>(())
//! ```

mod dataset;
mod entries;
mod entry;
mod facts;
mod files;
mod findings;
mod inputs;
mod keys;
mod manifest;
mod newer;
mod pages;
mod profiles;
mod rejects;
pub mod report;
mod rows;
mod shape;
mod totals;

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Finding;
use crate::error::Error;
use crate::profile::Profiles;
use entries::Checker;
use findings::Findings;
use keys::Keys;
use pages::Pages;
use profiles::Known;
use shape::Shape;

/// The findings about one dataset or entries file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The dataset or file, as the caller named it.
    pub subject: PathBuf,
    /// The folder that the findings' files are relative to.
    pub folder: PathBuf,
    /// The number of entries that were checked.
    pub entries: u64,
    /// Everything that is wrong, ordered by file, record and field.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Checks a dataset if the path is a folder, else a single entries file.
///
/// # Errors
///
/// If the path does not exist, is a file without the extension of an entries
/// file, or if something could not be read.
pub fn path(path: &Path, profiles: &Profiles) -> Result<Report, Error> {
    let metadata = fs::metadata(path).map_err(Error::io("read", path))?;
    if metadata.is_dir() { dataset(path, profiles) } else { entries_file(path, profiles) }
}

/// Checks a dataset: every file, every row, and all that must hold between them.
///
/// Of `profiles`, those whose digest the manifest names are used: no entry may
/// contain a line that its page's profile classifies as attribution or boilerplate.
///
/// # Errors
///
/// If a file or folder could not be read. A file that is missing is a finding.
pub fn dataset(path: &Path, profiles: &Profiles) -> Result<Report, Error> {
    fs::read_dir(path).map_err(Error::io("read", path))?;
    let mut findings = Findings::default();
    let entries = dataset::check(path, profiles, &mut findings)?;
    let (subject, folder) = (path.to_owned(), path.to_owned());
    Ok(Report { subject, folder, entries, findings: findings.into_sorted() })
}

/// Checks a single entries file: `.json`, `.csv` or `.jsonl`. All `profiles` are
/// used.
///
/// # Errors
///
/// If the file has another extension, or could not be read.
pub fn entries_file(path: &Path, profiles: &Profiles) -> Result<Report, Error> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let (Some("json" | "csv" | "jsonl"), Some(name)) = (extension, path.file_name()) else {
        let message = format!("`{}` is neither a dataset nor an entries file", path.display());
        return Err(Error::usage(message, "Name a dataset's folder, or a `.json`, `.csv` or `.jsonl` file."));
    };
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let files = [name.to_string_lossy().into_owned()];
    let checker = Checker { shape: Shape::new("entry", false), newer: false };
    let (mut keys, mut pages) = (Keys::new(false), Pages::new(Known::new(None, profiles)));
    pages.take_any();
    let mut findings = Findings::default();
    entries::check(&folder, &files, &checker, &mut keys, &mut pages, &mut findings)?;
    keys.finish(&files[0], &mut findings);
    let findings = findings.into_sorted();
    Ok(Report { subject: path.to_owned(), folder, entries: keys.records, findings })
}
