//! Help, wrong usage, completions, manual pages and schemas.

use insta::assert_snapshot;

use crate::{Sandbox, run};

const COMMANDS: [&str; 7] = ["ingest", "validate", "explain", "profiles", "schema", "completions", "man"];

#[test]
fn help_of_the_program() {
    assert_snapshot!("program", run("--help"));
    assert_eq!(run("-h"), run("--help"));
}

#[test]
fn help_of_each_command() {
    for command in COMMANDS {
        assert_snapshot!(command, run(&format!("{command} --help")));
    }
    assert_snapshot!("ingest_short", run("ingest -h"));
}

#[test]
fn no_command_is_wrong_usage_that_shows_the_help() {
    let output = Sandbox::new().command::<&str>([]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stderr.starts_with(b"Turns scraped question-and-answer pages into validated datasets\n"));
    let bare_command = run("ingest");
    assert!(
        bare_command.contains("<INPUT>...") && bare_command.starts_with("exit status: 2\n"),
        "{bare_command}"
    );
}

#[test]
fn misspelt_words_get_a_suggestion() {
    assert_snapshot!("misspelt_command", run("injest raw"));
    assert_snapshot!("misspelt_option", run("ingest page.txt --dryrun"));
    assert_snapshot!("misspelt_value", run("ingest page.txt --format json,cvs"));
    assert_snapshot!("misspelt_schema", run("schema manifst"));
    assert_snapshot!("misspelt_man", run("man shema"));
    assert_snapshot!("man_of_no_command", run("man schema entry"));
}

#[test]
fn numbers_out_of_range_are_refused() {
    assert_snapshot!("max_page_bytes", run("ingest page.txt --max-page-bytes 10X"));
    for wrong in
        ["--max-page-bytes 0", "--max-page-bytes K", "--max-page-bytes 99999999999G", "-j 0", "--limit -1"]
    {
        let refused = run(&format!("ingest page.txt {wrong}"));
        assert!(refused.starts_with("exit status: 2\n"), "{wrong}: {refused}");
    }
}

#[test]
fn schemas_are_the_ones_in_the_repository() {
    for name in qasift::schema::NAMES {
        let file = format!("{}/schemas/{name}.schema.json", env!("CARGO_MANIFEST_DIR"));
        let committed = std::fs::read_to_string(file).unwrap();
        let printed = run(&format!("schema {name}"));
        assert_eq!(printed, format!("exit status: 0\n----- stdout\n{committed}----- stderr\n"));
    }
}

#[test]
fn completions_name_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&format!("completions {shell}"));
        assert!(script.starts_with("exit status: 0\n"), "{script}");
        for command in COMMANDS {
            assert!(script.contains(command), "{shell} knows no {command}");
        }
    }
}

#[test]
fn every_command_has_a_manual_page() {
    assert_snapshot!("man_page", run("man"));
    for command in COMMANDS {
        let page = run(&format!("man {command}"));
        assert!(page.contains(&format!(".TH qasift-{command} 1")), "{page}");
        assert!(page.contains("\n.SH \"EXAMPLES\"\n") && page.contains("\n.SH \"EXIT STATUS\"\n"), "{page}");
    }
    assert!(run("man profiles test").contains(".TH qasift-profiles-test 1"));
}
