//! The README's terminal session is a real one.

use std::fs;
use std::path::Path;
use std::process::Command;

use regex::Regex;

#[test]
fn the_session_is_what_the_terminal_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("raw")).unwrap();
    fs::copy(root.join("raw/page.txt"), folder.path().join("raw/page.txt")).unwrap();
    let mut checked = 0;
    for (command, expected) in session(&readme) {
        let (command, filter) = command.split_once(" | ").unwrap_or((command, ""));
        let Some(arguments) = command.strip_prefix("qasift ") else { continue };
        let shown = timeless(&shown(arguments, folder.path()));
        let expected = timeless(&expected);
        if filter.is_empty() {
            assert_eq!(expected, shown, "{command}");
        } else {
            assert!(shown.contains(&expected), "{command} | {filter}\n{expected}\nis no part of\n{shown}");
        }
        checked += 1;
    }
    assert_eq!(checked, 3, "commands of the session that are ours");
}

/// Commands behind `$ ` in the README's first block, with what they print.
fn session(readme: &str) -> Vec<(&str, String)> {
    let (_, block) = readme.split_once("```console\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let commands = block.split("$ ").skip(1);
    commands
        .map(|text| text.split_once('\n').unwrap())
        .map(|(command, output)| (command, format!("{}\n", output.trim_end())))
        .collect()
}

/// What a terminal shows of a run: standard output and standard error.
fn shown(arguments: &str, folder: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qasift"));
    let output = command.args(arguments.split(' ')).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments}");
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// The text without the seconds that a run took.
fn timeless(text: &str) -> String {
    Regex::new(r"in \d+\.\d+ s").unwrap().replace_all(text, "in … s").into_owned()
}
