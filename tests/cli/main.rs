//! The program from outside: what it prints, writes and returns.

mod explain;
mod help;
mod ingest;
mod inputs;
mod outputs;
mod profiles;
mod streams;
mod validate;

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use regex::Regex;
use tempfile::TempDir;

/// A page with two entries.
const PAGE: &str = "\
How long do bees live?

A worker lives six weeks in summer.

Takedown request | View complete answer on bees.example

Why do bees dance?

To tell their sisters where the flowers are.

Takedown request | View complete answer on www.dance.example
";

/// A folder to run the program in.
struct Sandbox(TempDir);

impl Sandbox {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A sandbox with files of these names, each a page.
    fn with_pages(pages: &[&str]) -> Self {
        let sandbox = Self::new();
        for page in pages {
            sandbox.write(page, PAGE);
        }
        sandbox
    }

    fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, path: impl AsRef<Path>) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Names of all that is in a folder, ordered.
    fn names(&self, folder: impl AsRef<Path>) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    /// The program, in an environment that doesn't change what it prints.
    fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qasift"));
        command.args(arguments).current_dir(self.0.path());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS"] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs the program with arguments parted by spaces.
    fn run(&self, arguments: &str) -> String {
        transcript(&self.command(arguments.split(' ')).output().unwrap())
    }

    /// Runs a line of shell, with the program as `$0`.
    fn shell(&self, line: &str) -> String {
        let program = env!("CARGO_BIN_EXE_qasift");
        let mut bash = Command::new("bash");
        transcript(&bash.args(["-c", line, program]).current_dir(self.0.path()).output().unwrap())
    }
}

/// What a run printed and returned, as one text, without what changes from
/// run to run.
fn transcript(output: &Output) -> String {
    let status = output.status.code().map_or("none".into(), |code| code.to_string());
    let mut text = format!("exit status: {status}\n");
    for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let printed = String::from_utf8_lossy(bytes).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        let _ = write!(text, "----- {name}\n{printed}");
        if !printed.is_empty() && !printed.ends_with('\n') {
            text.push_str("<no newline>\n");
        }
    }
    Regex::new(r" in \d+\.\d\d s(, \d+ MB/s)?").unwrap().replace_all(&text, " in TIME").into_owned()
}

/// Runs the program in an empty folder.
fn run(arguments: &str) -> String {
    Sandbox::new().run(arguments)
}
