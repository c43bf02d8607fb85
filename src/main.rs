//! The command line: parses the arguments, runs a command, and turns its
//! result into an exit status.

mod cli;
mod commands;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    qasift::input::quiet_caught_panics();
    match cli::Cli::try_parse() {
        Ok(cli) => commands::run(cli).into(),
        // The help and the version come as errors too.
        Err(answer) => {
            let printed = answer.print().and_then(|()| io::stdout().flush());
            commands::answered(answer.exit_code(), printed).into()
        }
    }
}
