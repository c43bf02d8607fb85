//! Standard output and standard error: closed, full, coloured.

use crate::{PAGE, Sandbox, run};

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let sandbox = Sandbox::new();
    let pages: String = (0..2000).map(|at| PAGE.replace("bees", &format!("bees of hive {at}"))).collect();
    sandbox.write("page.txt", pages);
    for line in [
        r#""$0" completions bash | head -1; echo "${PIPESTATUS[0]}""#,
        r#""$0" ingest -q page.txt -o - --format jsonl | head -c1; echo "${PIPESTATUS[0]}""#,
        r#""$0" explain -q page.txt | head -c1; echo "${PIPESTATUS[0]}""#,
        r#""$0" explain -q --json page.txt | head -c1; echo "${PIPESTATUS[0]}""#,
    ] {
        let printed = sandbox.shell(line);
        assert!(printed.ends_with("0\n----- stderr\n"), "{line}: {printed}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_that_cannot_be_written_is_an_error() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    let error = "\
exit status: 2
----- stdout
----- stderr
error: could not write `standard output`: No space left on device (os error 28)
";
    for command in [
        "schema entry",
        "ingest page.txt -o - --format jsonl",
        "explain page.txt",
        "man",
        "--help",
        "--version",
    ] {
        assert_eq!(sandbox.shell(&format!("\"$0\" {command} > /dev/full")), error, "{command}");
    }
}

#[test]
fn a_closed_standard_error_changes_nothing() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    assert!(sandbox.shell(r#""$0" man nonsense 2>&-"#).starts_with("exit status: 2\n"));
    assert!(sandbox.shell(r#""$0" ingest page.txt 2>&-"#).starts_with("exit status: 0\n"));
    assert!(sandbox.path("output/page/manifest.json").exists());
}

#[test]
fn colours_are_used_where_they_are_asked_for() {
    let red = "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m";
    assert!(run("--color=always man nonsense").contains(red));
    assert!(!run("man nonsense").contains('\u{1b}'));
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    let cyan = "\u{1b}[1m\u{1b}[36m   1  question             How long do bees live?\u{1b}[0m\n";
    let coloured = sandbox.run("explain page.txt --color always");
    assert!(coloured.contains(cyan), "{coloured}");
    assert!(!sandbox.run("explain page.txt").contains('\u{1b}'));
}

#[test]
fn quiet_leaves_errors_alone() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    assert_eq!(sandbox.run("ingest page.txt -q"), "exit status: 0\n----- stdout\n----- stderr\n");
    assert!(sandbox.run("man nonsense -q").contains("error: `qasift` has no command"));
}
