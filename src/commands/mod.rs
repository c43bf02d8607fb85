//! One module a subcommand, each with one function that runs it.

mod completions;
mod man;
mod schema;
mod terminal;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use qasift::Error;

use crate::cli::{Cli, Command};

/// How a run ended: see the exit statuses in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Done, and nothing to report.
    Done,
    /// Not done, and nothing was changed.
    Failed,
    /// Stopped from outside, and nothing was changed.
    Stopped,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Failed => 2,
            Status::Stopped => 130,
        })
    }
}

/// Runs the command, and says on standard error what stopped it.
pub(crate) fn run(cli: Cli) -> Status {
    terminal::set_color(cli.color);
    let result = match cli.command {
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    };
    match result {
        Ok(status) => status,
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Status::Done,
        Err(Failure::Output(error)) => {
            terminal::error(&Error::Io {
                action: "write",
                path: Path::new("standard output").to_owned(),
                source: error,
            });
            Status::Failed
        }
        Err(Failure::Library(error)) => {
            terminal::error(&error);
            if matches!(error, Error::Stopped) { Status::Stopped } else { Status::Failed }
        }
    }
}

/// Why a command was not carried out.
#[derive(Debug)]
enum Failure {
    /// The library says why.
    Library(Error),
    /// Standard output could not be written.
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
