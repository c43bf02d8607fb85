//! One module per subcommand, each with one function that runs it.

mod completions;
mod explain;
mod ingest;
mod interrupt;
mod man;
mod profiles;
mod progress;
mod schema;
mod summary;
mod terminal;
mod validate;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use qasift::Error;

use crate::cli::{Cli, Command};
use terminal::Terminal;

/// How a run ended: see the exit statuses in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Done, and nothing to report.
    Done,
    /// Done, with findings.
    Findings,
    /// Failed, and nothing was changed.
    Failed,
    /// Stopped from outside, and nothing was changed.
    Stopped,
}

impl Status {
    /// The exit status.
    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Failed => 2,
            Self::Stopped => 130,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}

/// Runs the command, and prints on standard error what stopped it.
pub(crate) fn run(cli: Cli) -> Status {
    let terminal = Terminal::new(&cli);
    let result = match cli.command {
        Command::Ingest(arguments) => ingest::run(&arguments, terminal),
        Command::Validate(arguments) => validate::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments, terminal),
        Command::Profiles(arguments) => profiles::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    };
    result.unwrap_or_else(failed)
}

/// How it ended if clap answered by itself, with the help or an error in the arguments:
/// `code` is the exit status, unless the answer could not be `printed`.
pub(crate) fn answered(code: i32, printed: io::Result<()>) -> Status {
    match printed {
        Err(error) if code == 0 => failed(error.into()),
        _ if code == 0 => Status::Done,
        _ => Status::Failed,
    }
}

/// Prints on standard error why a command failed.
fn failed(failure: Failure) -> Status {
    match failure {
        Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::Done,
        Failure::Output(error) => {
            terminal::error(&Error::Io {
                action: "write",
                path: Path::new("standard output").to_owned(),
                source: error,
            });
            Status::Failed
        }
        Failure::Library(error) => {
            terminal::error(&error);
            if matches!(error, Error::Stopped) { Status::Stopped } else { Status::Failed }
        }
    }
}

/// Why a command failed.
#[derive(Debug)]
enum Failure {
    /// The library returned an error.
    Library(Error),
    /// Standard output could not be written.
    Output(io::Error),
}

impl From<Error> for Failure {
    /// The library calls standard output `-`.
    fn from(error: Error) -> Self {
        match error {
            Error::Io { action: "write", path, source } if path.as_os_str() == "-" => Self::Output(source),
            error => Self::Library(error),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
