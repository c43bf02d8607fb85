//! `qasift validate [DATASET...]`

use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use qasift::Error;
use qasift::dataset::{MANIFEST, is_staging};
use qasift::validate::{self, Report, report};

use super::{Failure, Status, profiles};
use crate::cli;

/// Where datasets are searched for if the user names none.
const OUTPUT: &str = "output";

/// Checks datasets and entries files.
pub(crate) fn run(arguments: &cli::Validate) -> Result<Status, Failure> {
    let datasets =
        if arguments.datasets.is_empty() { below(Path::new(OUTPUT))? } else { arguments.datasets.clone() };
    let profiles = profiles::select(arguments.profile.as_deref())?;
    let reports =
        datasets.iter().map(|dataset| validate::path(dataset, &profiles)).collect::<Result<Vec<_>, _>>()?;
    let mut out = BufWriter::new(io::stdout().lock());
    report::render(arguments.report, &reports, &mut out)?;
    out.flush()?;
    Ok(if reports.iter().all(Report::is_clean) { Status::Done } else { Status::Findings })
}

/// The datasets below a folder at any depth, ordered by path.
fn below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut datasets = Vec::new();
    let mut folders = if folder.exists() { vec![folder.to_owned()] } else { Vec::new() };
    while let Some(folder) = folders.pop() {
        let failed = |source| Error::Io { action: "read", path: folder.clone(), source };
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if looks_like_dataset(&path) {
                datasets.push(path);
            } else if path.is_dir() && !path.is_symlink() && !path.file_name().is_some_and(is_staging) {
                folders.push(path);
            }
        }
    }
    if datasets.is_empty() {
        return Err(Error::Usage {
            message: format!("no dataset was found below `{}`", folder.display()),
            hint: Some("Name the datasets to check, or write one with `qasift ingest`.".to_owned()),
        });
    }
    datasets.sort_unstable();
    Ok(datasets)
}

/// Whether a folder contains a manifest or entries, in whatever state: a damaged
/// dataset must not go unnoticed.
fn looks_like_dataset(folder: &Path) -> bool {
    let is_part = |name: &OsStr| name == MANIFEST || name.as_encoded_bytes().starts_with(b"entries.");
    let Ok(mut files) = fs::read_dir(folder) else { return false };
    !folder.file_name().is_some_and(is_staging)
        && files.any(|file| file.is_ok_and(|file| is_part(&file.file_name())))
}
