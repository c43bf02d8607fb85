//! Makes a dataset of a folder of pages, then proves that it is a sound one.
//!
//! ```text
//! cargo run --example ingest_folder -- tests/pages target/example-dataset
//! ```

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use qasift::config::{IngestConfig, Output};
use qasift::profile::Profiles;

fn main() -> Result<ExitCode, qasift::Error> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(pages), Some(dataset)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: cargo run --example ingest_folder -- PAGES DATASET");
        return Ok(ExitCode::from(2));
    };
    let profiles = Profiles::built_in();
    let mut config = IngestConfig::new(vec![pages]);
    config.output = Output::Folder(dataset.clone());

    // A program with a window would show the progress, and set `stop` when it is closed.
    let stop = AtomicBool::new(false);
    let summary = qasift::ingest(&config, &profiles, &|_| (), &stop)?;
    println!("{} entries from {} pages", summary.totals.entries, summary.totals.pages);
    for input in &summary.unread {
        println!("{}: {}", input.path, input.detail.as_deref().unwrap_or_default());
    }

    let report = qasift::validate::dataset(&dataset, &profiles)?;
    for finding in &report.findings {
        println!("{}: {}", finding.file, finding.message);
    }
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
