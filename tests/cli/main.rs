//! The program from outside: what it prints, writes and returns.

mod help;
mod streams;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

/// The program, in an environment that doesn't change what it prints.
fn qasift(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qasift"));
    command.args(arguments).current_dir(folder);
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS"] {
        command.env_remove(variable);
    }
    command
}

/// What a run printed and returned, as one text.
fn transcript(output: &Output) -> String {
    let mut text =
        format!("exit status: {}\n", output.status.code().map_or("none".into(), |code| code.to_string()));
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let printed = String::from_utf8_lossy(bytes).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        let _ = write!(text, "----- {name}\n{printed}");
        if !printed.is_empty() && !printed.ends_with('\n') {
            text.push_str("<no newline>\n");
        }
    }
    text
}

/// Runs the program in an empty folder.
fn run(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    transcript(&qasift(folder.path(), arguments).output().unwrap())
}
