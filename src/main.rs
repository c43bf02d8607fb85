//! The command line: parses the arguments, runs a command, and turns its
//! result into an exit status.

mod cli;
mod commands;

use std::process::ExitCode;

use clap::Parser as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    qasift::input::quiet_caught_panics();
    commands::run(cli::Cli::parse()).into()
}
