//! Standard output and standard error: closed, full, coloured.

use std::fs::OpenOptions;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{qasift, run};

/// Runs a line of shell with the program as `$0`, and returns the status that
/// the line prints.
fn shell(line: &str) -> String {
    let output = Command::new("bash").args(["-c", line, env!("CARGO_BIN_EXE_qasift")]).output().unwrap();
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    assert_eq!(shell(r#""$0" schema entry | true; echo "${PIPESTATUS[0]}""#), "0\n");
    assert_eq!(shell(r#""$0" completions bash | head -1 >&2; echo "${PIPESTATUS[0]}""#), "0\n_qasift() {\n");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = qasift(Path::new("/"), &["schema", "entry"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = "error: could not write `standard output`: No space left on device (os error 28)\n";
    assert_eq!(String::from_utf8(output.stderr).unwrap(), message);
}

#[test]
fn a_closed_standard_error_changes_nothing() {
    assert_eq!(shell(r#""$0" man nonsense 2>&-; echo $?"#), "2\n");
    let status = qasift(Path::new("/"), &["man", "nonsense"]).stderr(Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn colours_are_used_where_they_are_asked_for() {
    let red = "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m";
    assert!(run(&["--color=always", "man", "nonsense"]).contains(red));
    assert!(!run(&["man", "nonsense"]).contains('\u{1b}'));
}
