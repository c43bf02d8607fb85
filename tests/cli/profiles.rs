//! `qasift profiles`

use insta::assert_snapshot;

use crate::{Sandbox, run};

#[test]
fn built_in_profiles_are_listed_and_keep_their_examples() {
    assert_snapshot!("list", run("profiles list"));
    let tested = run("profiles test");
    assert!(tested.starts_with("exit status: 0\n----- stdout\npeople-also-ask: "), "{tested}");
}

#[test]
fn a_profile_is_printed_to_start_from() {
    let printed = run("profiles show people-also-ask");
    let file = format!("{}/profiles/people-also-ask.toml", env!("CARGO_MANIFEST_DIR"));
    let committed = std::fs::read_to_string(file).unwrap();
    assert_eq!(printed, format!("exit status: 0\n----- stdout\n{committed}----- stderr\n"));
    assert_snapshot!("unknown", run("profiles show people"));
}

#[test]
fn a_language_that_is_none_is_named_with_its_line() {
    let sandbox = Sandbox::new();
    sandbox.shell(
        r#""$0" profiles show people-also-ask-de | sed 's/^language = .*/language = "Deutsch"/' > mine.toml"#,
    );
    let tested = sandbox.run("profiles test mine.toml");
    assert!(tested.starts_with("exit status: 2\n"), "{tested}");
    assert!(tested.contains("`Deutsch` is not a language tag\nhint: Its tag is `de`."), "{tested}");
}

#[test]
fn a_failing_example_is_named_with_its_rule_and_line() {
    let sandbox = Sandbox::new();
    sandbox.shell(r#""$0" profiles show people-also-ask | sed 's/^name = "people-also-ask"/name = "mine"/' > mine.toml"#);
    assert!(sandbox.run("profiles test mine.toml").starts_with("exit status: 0\n----- stdout\nmine.toml: "));
    let toml = sandbox.read("mine.toml");
    let at = toml.lines().position(|line| line.starts_with("matches = [")).unwrap();
    let broken = toml.replacen("matches = [", "matches = [\"A worker lives six weeks.\", ", 1);
    sandbox.write("mine.toml", broken);
    let tested = sandbox.run("profiles test mine.toml");
    assert!(tested.starts_with("exit status: 1\n"), "{tested}");
    let expected = format!("mine.toml: line {}: rule `", at + 1);
    assert!(
        tested.contains(&expected) && tested.contains("does not match `A worker lives six weeks.`"),
        "{tested}"
    );
}
