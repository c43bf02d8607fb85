//! `qasift ingest INPUT...`

use std::path::PathBuf;
use std::time::Instant;

use qasift::config::{IngestConfig, Output};
use qasift::input::{self, Options, Request};
use qasift::record::{FieldNames, Format};
use qasift::{Error, Summary};

use super::progress::Progress;
use super::summary::is_failure;
use super::terminal::Terminal;
use super::{Failure, Status, interrupt, profiles, summary};
use crate::cli;

/// Reads pages and writes a dataset.
pub(crate) fn run(arguments: &cli::Ingest, terminal: Terminal) -> Result<Status, Failure> {
    let config = config(arguments)?;
    let profiles = profiles::select(arguments.profile.as_deref())?;
    let stop = interrupt::flag();
    let started = Instant::now();
    let progress = Progress::new(terminal);
    let summary = qasift::ingest(&config, &profiles, &|done| progress.show(done), &stop)?;
    drop(progress);
    summary::print(&summary, &config.output, started.elapsed(), terminal);
    Ok(status(&summary, arguments.strict))
}

fn status(summary: &Summary, strict: bool) -> Status {
    let unread = summary.inputs.keys().any(|&status| is_failure(status));
    let findings =
        unread || summary.damaged() > 0 || summary.totals.entries == 0 || (strict && summary.rejects() > 0);
    if findings { Status::Findings } else { Status::Done }
}

/// The arguments, resolved.
fn config(arguments: &cli::Ingest) -> Result<IngestConfig, Error> {
    let inputs = inputs(arguments)?;
    Ok(IngestConfig {
        output: output(arguments, &inputs)?,
        request: Request {
            inputs,
            base: arguments.base.clone(),
            include: arguments.include.clone(),
            exclude: arguments.exclude.clone(),
        },
        formats: arguments.format.clone(),
        dedup: arguments.dedup,
        reading: Options {
            max_page_bytes: arguments.max_page_bytes,
            format: arguments.input_format,
            fields: FieldNames {
                text: arguments.text_field.clone(),
                html: arguments.html_field.clone(),
                url: arguments.url_field.clone(),
                id: arguments.id_field.clone(),
                date: arguments.date_field.clone(),
            },
        },
        limit: arguments.limit,
        jobs: arguments.jobs,
        force: arguments.force,
    })
}

fn inputs(arguments: &cli::Ingest) -> Result<Vec<PathBuf>, Error> {
    let mut inputs = arguments.inputs.clone();
    if let Some(list) = &arguments.files_from {
        inputs.extend(input::read_list(list)?);
        if list.as_os_str() == "-" && inputs.iter().any(|input| input.as_os_str() == "-") {
            return Err(Error::Usage {
                message: "standard input can't be both a page and the list of inputs".to_owned(),
                hint: Some("Write the list to a file, and name it with `--files-from`.".to_owned()),
            });
        }
    }
    Ok(inputs)
}

fn output(arguments: &cli::Ingest, inputs: &[PathBuf]) -> Result<Output, Error> {
    let to_stdout = arguments.output.as_ref().is_some_and(|output| output.as_os_str() == "-");
    if to_stdout && arguments.format != [Format::Jsonl] {
        return Err(Error::Usage {
            message: "`-o -` writes the entries in one format, `jsonl`".to_owned(),
            hint: Some("Add `--format jsonl`, or name a folder.".to_owned()),
        });
    }
    Ok(match &arguments.output {
        _ if arguments.dry_run => Output::Nowhere,
        _ if to_stdout => Output::Stdout,
        Some(folder) => Output::Folder(folder.clone()),
        None => Output::Folder(Output::default_folder(inputs)),
    })
}
