//! `qasift ingest`: what it writes where, and what it says.

use insta::assert_snapshot;

use crate::{PAGE, Sandbox};

const DATASET: [&str; 6] =
    ["entries.csv", "entries.json", "inputs.jsonl", "manifest.json", "pages.jsonl", "rejects.jsonl"];

/// The value of a field of each line, as JSON.
fn fields(lines: &str, field: &str) -> Vec<String> {
    let value = |line| serde_json::from_str::<serde_json::Value>(line).unwrap()[field].to_string();
    lines.lines().map(value).collect()
}

#[test]
fn one_page_goes_to_a_folder_of_its_name() {
    let sandbox = Sandbox::with_pages(&["raw/page.txt"]);
    assert_snapshot!("one_page", sandbox.run("ingest raw/page.txt"));
    assert_eq!(sandbox.names("output/page"), DATASET);
    assert_eq!(sandbox.names("output"), ["page"], "no lock and no staging folder stays");
    assert_eq!(fields(&sandbox.read("output/page/pages.jsonl"), "page"), [r#""raw/page.txt""#]);
}

#[test]
fn several_inputs_go_to_one_dataset() {
    let sandbox = Sandbox::with_pages(&["b.txt", "pages/c.md", "a"]);
    sandbox.write("pages/photo.jpg", "");
    assert_snapshot!("several_inputs", sandbox.run("ingest pages b.txt a b.txt ./pages/../a --dedup none"));
    let pages = fields(&sandbox.read("output/dataset/pages.jsonl"), "page");
    assert_eq!(pages, [r#""a""#, r#""b.txt""#, r#""pages/c.md""#]);
}

#[test]
fn duplicates_are_told_and_are_no_finding() {
    let sandbox = Sandbox::with_pages(&["a.txt", "b.txt"]);
    assert_snapshot!("duplicates", sandbox.run("ingest a.txt b.txt -o faq --strict"));
    assert_eq!(fields(&sandbox.read("faq/rejects.jsonl"), "kept_page"), [r#""a.txt""#, r#""a.txt""#]);
}

#[test]
fn standard_input_is_a_page() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    let printed = sandbox.shell(r#""$0" ingest -q - < page.txt"#);
    assert!(printed.starts_with("exit status: 0\n"), "{printed}");
    assert_eq!(fields(&sandbox.read("output/dataset/pages.jsonl"), "page"), [r#""-""#]);
}

#[test]
fn inputs_can_be_listed() {
    let sandbox = Sandbox::with_pages(&["a b.txt", "c.txt"]);
    sandbox.write("list", "\u{feff}a b.txt\nc.txt\n");
    sandbox.run("ingest --files-from list -o one --dedup none");
    sandbox.shell(r#""$0" ingest c.txt --files-from - -o two --dedup none <<< 'a b.txt'"#);
    for dataset in ["one", "two"] {
        let pages = fields(&sandbox.read(format!("{dataset}/pages.jsonl")), "page");
        assert_eq!(pages, [r#""a b.txt""#, r#""c.txt""#]);
    }
    assert_snapshot!("listed_and_read", sandbox.shell(r#""$0" ingest - --files-from - < list"#));
    assert_snapshot!("list_missing", sandbox.run("ingest --files-from nowhere"));
}

#[test]
fn entries_alone_go_to_standard_output() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    let output = sandbox.command(["ingest", "page.txt", "-o", "-", "--format", "jsonl"]).output().unwrap();
    let questions = fields(std::str::from_utf8(&output.stdout).unwrap(), "question");
    assert_eq!(questions, [r#""How long do bees live?""#, r#""Why do bees dance?""#]);
    assert_eq!(sandbox.names("."), ["page.txt"]);
    assert_snapshot!("other_format_to_stdout", sandbox.run("ingest page.txt -o -"));
}

#[test]
fn formats_are_the_ones_asked_for() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    sandbox.run("ingest page.txt -o faq --format jsonl,csv");
    let entries: Vec<_> =
        sandbox.names("faq").into_iter().filter(|name| name.starts_with("entries.")).collect();
    assert_eq!(entries, ["entries.csv", "entries.jsonl"]);
}

#[test]
fn a_dry_run_writes_nothing() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    assert_snapshot!("dry_run", sandbox.run("ingest page.txt --dry-run"));
    assert_eq!(sandbox.names("."), ["page.txt"]);
}

#[test]
fn a_limit_takes_the_first_pages_in_the_order_of_the_dataset() {
    let sandbox = Sandbox::with_pages(&["c.txt", "a.txt", "b.txt"]);
    sandbox.run("ingest c.txt b.txt a.txt -o faq --limit 2 --dedup none");
    assert_eq!(fields(&sandbox.read("faq/pages.jsonl"), "page"), [r#""a.txt""#, r#""b.txt""#]);
}

#[test]
fn rejects_are_findings_under_strict() {
    let sandbox = Sandbox::new();
    let without_answer = PAGE.replace("To tell their sisters where the flowers are.\n\n", "");
    sandbox.write("page.txt", without_answer);
    assert_snapshot!("rejects", sandbox.run("ingest page.txt"));
    let strict = sandbox.run("ingest page.txt --strict");
    assert_eq!(strict, sandbox.run("ingest page.txt").replace("exit status: 0", "exit status: 1"));
}

#[test]
fn pages_without_entries_are_a_finding_and_are_written() {
    let sandbox = Sandbox::new();
    sandbox.write("page.txt", "Bees fly. Honey is sweet.\n");
    assert_snapshot!("no_entries", sandbox.run("ingest page.txt"));
    assert_eq!(sandbox.names("output/page"), DATASET);
}

#[test]
fn the_same_bytes_come_from_any_number_of_threads_and_any_folder() {
    let sandbox = Sandbox::new();
    for at in 0..40 {
        sandbox.write(format!("pages/{at}.txt"), PAGE.replace("bees", &format!("bees of hive {}", at / 2)));
    }
    sandbox.run("ingest pages -j 1 -o one");
    sandbox.run("ingest pages -j 4 -o two");
    let absolute = sandbox.path("pages");
    sandbox.command(["ingest", "-o", "three", absolute.to_str().unwrap()]).output().unwrap();
    for file in DATASET {
        assert_eq!(sandbox.read(format!("one/{file}")), sandbox.read(format!("two/{file}")), "{file}");
        assert_eq!(sandbox.read(format!("one/{file}")), sandbox.read(format!("three/{file}")), "{file}");
    }
}

#[test]
fn a_page_too_long_for_one_worker_is_written_in_parts() {
    let sandbox = Sandbox::with_pages(&["a.txt"]);
    let hive = |at: usize| {
        let page = PAGE.replace("bees", &format!("bees of hive {at}"));
        page.replace("six weeks", &"six weeks or even more ".repeat(300))
    };
    let hives: String = (0..2500).map(hive).collect();
    assert!(hives.len() > 16 << 20, "{}", hives.len());
    sandbox.write("b.txt", format!("{PAGE}{hives}{}", hive(1)));
    sandbox.write("c.txt", hive(7));
    sandbox.run("ingest a.txt b.txt c.txt -j 1 -o one");
    sandbox.run("ingest a.txt b.txt c.txt -j 3 -o two");
    for file in DATASET {
        assert_eq!(sandbox.read(format!("one/{file}")), sandbox.read(format!("two/{file}")), "{file}");
    }
    assert_eq!(sandbox.read("one/entries.csv").lines().count(), 1 + 2 + 5000);
    let pages = sandbox.read("one/pages.jsonl");
    assert_eq!(fields(&pages, "entries"), ["2", "5000", "0"]);
    assert_eq!(fields(&pages, "duplicates"), ["0", "4", "2"]);
    let rejects = sandbox.read("one/rejects.jsonl");
    let kept_on = [r#""a.txt""#, r#""a.txt""#, r#""b.txt""#, r#""b.txt""#, r#""b.txt""#, r#""b.txt""#];
    assert_eq!(fields(&rejects, "kept_page"), kept_on);
    assert_eq!(fields(&rejects, "kept_position"), ["1", "2", "5", "6", "17", "18"]);
    assert!(sandbox.run("validate one").starts_with("exit status: 0\n"));
    sandbox.run("ingest a.txt b.txt c.txt -o three --limit 1");
    assert_eq!(fields(&sandbox.read("three/pages.jsonl"), "page"), [r#""a.txt""#]);
    assert_eq!(sandbox.read("three/entries.csv").lines().count(), 1 + 2);
}

#[test]
fn a_profile_is_named_or_a_file() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    assert_snapshot!("no_profile", sandbox.run("ingest page.txt --profile mine"));
    sandbox.shell(r#""$0" profiles show people-also-ask | sed 's/people-also-ask/mine/' > mine.toml"#);
    sandbox.run("ingest page.txt --profile mine.toml");
    assert_eq!(fields(&sandbox.read("output/page/pages.jsonl"), "profile"), [r#""mine""#]);
}
