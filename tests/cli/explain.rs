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
fn what_is_declared_is_shown_with_its_syntax_and_its_place() {
    let sandbox = Sandbox::new();
    let question = |name: &str, answer: &str| {
        serde_json::json!({"@type": "Question", "name": name,
            "acceptedAnswer": {"@type": "Answer", "text": answer}})
    };
    let bees = [question("Do bees sleep?", "At night."), question("Do they swim?", "They drown.")];
    let graph = serde_json::json!({"@context": "https://schema.org", "@graph": bees});
    let page = format!(
        "<!DOCTYPE html><script type='application/ld+json'>{graph}</script>\
         <h1>Hives</h1><h2>Do bees sleep?</h2><p>At night.</p>"
    );
    sandbox.write("page.html", page);
    assert_snapshot!("declared", sandbox.run("explain page.html"));
    let output = sandbox.command(["explain", "--json", "-q", "page.html"]).output().unwrap();
    let page: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let declared = page["declared"].as_array().unwrap();
    assert_eq!(
        declared.iter().map(|one| &one["line"]).collect::<Vec<_>>(),
        [&3.into(), &serde_json::Value::Null]
    );
    assert_eq!(
        (&declared[0]["extractor"], &declared[1]["answer"]),
        (&"json-ld".into(), &"They drown.".into())
    );
}

#[test]
fn a_page_inside_a_file_is_named_by_its_record() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    let line = serde_json::json!({"text": PAGE});
    sandbox.write("pages.jsonl", format!("{{\"text\":\"Other?\"}}\n{line}\n"));
    let page = sandbox.run("explain page.txt").replace("`page.txt`", "`pages.jsonl#2`");
    assert_eq!(sandbox.run("explain pages.jsonl#2"), page);
    assert_snapshot!("no_such_record", sandbox.run("explain pages.jsonl#3"));
    assert_snapshot!("no_number", sandbox.run("explain pages.jsonl#two"));
}

#[test]
fn what_is_no_page_is_refused() {
    let sandbox = Sandbox::with_pages(&["pages/page.txt"]);
    sandbox.write("empty.txt", "");
    assert_snapshot!("folder", sandbox.run("explain pages"));
    assert_snapshot!("empty", sandbox.run("explain empty.txt"));
    assert_snapshot!("missing", sandbox.run("explain nowhere.txt"));
}
