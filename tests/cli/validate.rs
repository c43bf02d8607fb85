//! `qasift validate`

use insta::assert_snapshot;

use crate::Sandbox;

#[test]
fn datasets_below_output_are_checked_by_default() {
    let sandbox = Sandbox::with_pages(&["b.txt", "a.txt"]);
    assert_snapshot!("no_output", sandbox.run("validate"));
    sandbox.run("ingest b.txt");
    sandbox.run("ingest a.txt");
    sandbox.write("output/README.md", "Datasets appear here.\n");
    assert_snapshot!("valid", sandbox.run("validate"));
}

#[test]
fn findings_are_told_in_each_format() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    sandbox.run("ingest page.txt -o faq");
    let entries = sandbox.read("faq/entries.json");
    sandbox.write("faq/entries.json", entries.replace("six weeks", "six years"));
    for report in ["text", "json", "github", "sarif", "junit"] {
        let told = sandbox.run(&format!("validate faq --report {report}"));
        assert!(told.starts_with("exit status: 1\n") && told.contains("entries.json"), "{told}");
    }
}

#[test]
fn a_damaged_dataset_below_output_does_not_go_unseen() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    sandbox.run("ingest page.txt");
    sandbox.write("output/page/manifest.json", "{");
    assert!(sandbox.run("validate").starts_with("exit status: 1\n"));
    std::fs::remove_file(sandbox.path("output/page/manifest.json")).unwrap();
    assert!(sandbox.run("validate").starts_with("exit status: 1\n"));
}

#[test]
fn an_entries_file_is_checked_alone() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    sandbox.run("ingest page.txt -o faq --format csv");
    assert_snapshot!("entries_file", sandbox.run("validate faq/entries.csv"));
}

#[test]
fn what_is_not_there_is_an_error() {
    assert_snapshot!("missing", Sandbox::new().run("validate nowhere"));
}
