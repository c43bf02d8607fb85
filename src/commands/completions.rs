//! `qasift completions SHELL`

use std::io::{self, Write as _};

use clap::CommandFactory as _;

use super::{Failure, Status};
use crate::cli::{self, Cli};

/// Prints a completion script.
pub(crate) fn run(arguments: &cli::Completions) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), env!("CARGO_BIN_NAME"), &mut script);
    io::stdout().write_all(&script)?;
    Ok(Status::Done)
}
