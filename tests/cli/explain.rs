//! `qasift explain`

use insta::assert_snapshot;

use crate::{PAGE, Sandbox};

#[test]
fn each_line_is_shown_with_its_class_and_rule() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    assert_snapshot!("page", sandbox.run("explain page.txt"));
    assert_eq!(
        sandbox.shell(r#""$0" explain - < page.txt"#),
        sandbox.run("explain page.txt").replace("`page.txt`", "`-`")
    );
}

#[test]
fn rejects_are_told() {
    let sandbox = Sandbox::new();
    sandbox.write("page.txt", PAGE.replace("To tell their sisters where the flowers are.\n\n", ""));
    assert_snapshot!("rejects", sandbox.run("explain page.txt"));
}

#[test]
fn the_text_stays_whole_and_cannot_steer_a_terminal() {
    let sandbox = Sandbox::new();
    let long = "Bees fly. ".repeat(100);
    sandbox.write("page.txt", format!("\u{1b}]0;title\u{7}{long}\r\nOne\rTwo\n"));
    let shown = sandbox.run("explain page.txt");
    assert!(shown.contains(&format!(r"\u{{1b}}]0;title\u{{7}}{}", long.trim_end())), "{shown}");
    assert!(shown.contains("   2  other        One\n   3  other        Two\n"), "{shown}");
}

#[test]
fn json_holds_every_character_of_the_page() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    let output = sandbox.command(["explain", "--json", "-q", "page.txt"]).output().unwrap();
    let page: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let segments = page["segments"].as_array().unwrap();
    let text: String = segments.iter().map(|segment| segment["text"].as_str().unwrap()).collect();
    assert_eq!(text, PAGE);
    assert_eq!(segments[0]["class"], "question");
    assert_eq!((&page["entries"], &page["profile"]), (&2.into(), &"people-also-ask".into()));
}

#[test]
fn a_page_inside_a_file_is_named_by_its_record() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    let line = serde_json::json!({"text": PAGE});
    sandbox.write("pages.jsonl", format!("{{\"text\":\"Other?\"}}\n{line}\n"));
    let page = sandbox.run("explain page.txt").replace("`page.txt`", "`pages.jsonl#2`");
    assert_eq!(sandbox.run("explain pages.jsonl#2"), page);
    assert_snapshot!("no_such_record", sandbox.run("explain pages.jsonl#3"));
}

#[test]
fn what_is_no_page_is_refused() {
    let sandbox = Sandbox::with_pages(&["pages/page.txt"]);
    sandbox.write("empty.txt", "");
    assert_snapshot!("folder", sandbox.run("explain pages"));
    assert_snapshot!("empty", sandbox.run("explain empty.txt"));
    assert_snapshot!("missing", sandbox.run("explain nowhere.txt"));
}
