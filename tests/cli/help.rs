//! Help, wrong usage, completions and manual pages.

use insta::assert_snapshot;

use crate::run;

#[test]
fn short_and_long_help_of_the_program() {
    assert_snapshot!("program", run(&["--help"]));
    assert_eq!(run(&["-h"]), run(&["--help"]));
}

#[test]
fn help_of_each_command() {
    for command in ["schema", "completions", "man"] {
        assert_snapshot!(command, run(&[command, "--help"]));
    }
}

#[test]
fn no_command_is_wrong_usage_that_shows_the_help() {
    let shown = run(&[]);
    assert!(shown.starts_with("exit status: 2\n----- stdout\n----- stderr\nTurns scraped"), "{shown}");
}

#[test]
fn misspelt_words_get_a_suggestion() {
    assert_snapshot!("misspelt_command", run(&["shema"]));
    assert_snapshot!("misspelt_option", run(&["schema", "entry", "--colour", "never"]));
    assert_snapshot!("misspelt_schema", run(&["schema", "manifst"]));
    assert_snapshot!("misspelt_man", run(&["man", "shema"]));
}

#[test]
fn schemas_are_the_ones_in_the_repository() {
    for name in ["entry", "page", "input", "reject", "manifest"] {
        let file = format!("{}/schemas/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
        let committed = std::fs::read_to_string(file).unwrap();
        assert_eq!(
            run(&["schema", name]),
            format!("exit status: 0\n----- stdout\n{committed}----- stderr\n")
        );
    }
}

#[test]
fn completions_name_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&["completions", shell]);
        assert!(script.starts_with("exit status: 0\n") && script.contains("completions"), "{script}");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    assert_snapshot!("man_page", run(&["man"]));
    for command in ["schema", "completions", "man"] {
        let page = run(&["man", command]);
        assert!(page.contains(&format!(".TH qasift-{command} 1")), "{page}");
        assert!(page.contains("\n.SH \"EXAMPLES\"\n") && page.contains("\n.SH \"EXIT STATUS\"\n"), "{page}");
    }
}
