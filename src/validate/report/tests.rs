use serde_json::Value;

use super::*;
use crate::diagnostic::Code;

fn finding(
    record: Option<u64>,
    line: Option<u64>,
    field: Option<&str>,
    code: Code,
    message: &str,
) -> Finding {
    let (file, field) = ("entries.csv".to_owned(), field.map(str::to_owned));
    Finding { file, record, line, field, code, message: message.to_owned() }
}

fn reports() -> Vec<Report> {
    let damaged = Report {
        subject: "out put/a".into(),
        folder: "out put/a".into(),
        entries: 1,
        findings: vec![
            finding(None, None, None, Code::FileChanged, "the file has `1` bytes"),
            finding(Some(2), Some(7), Some("id"), Code::IdWrong, "it is <`x`> & 100%"),
        ],
    };
    let clean = Report { subject: "b.csv".into(), folder: "".into(), entries: 2, findings: Vec::new() };
    vec![damaged, clean]
}

fn rendered(style: Style, reports: &[Report]) -> String {
    let mut out = Vec::new();
    render(style, reports, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn text_has_a_line_for_each_finding_and_a_summary() {
    let expected = "\
out put/a/entries.csv: [file-changed] the file has `1` bytes
  hint: Restore the file, or write the dataset again.
out put/a/entries.csv:7: [id-wrong] record 2, `id`: it is <`x`> & 100%
  hint: The content was edited after the id was made; restore it, or write the dataset again.
out put/a: 2 findings (1 entry)
b.csv: valid (2 entries)
";
    assert_eq!(rendered(Style::Text, &reports()), expected);
}

#[test]
fn text_shows_the_first_twenty_of_a_code() {
    let findings = (1..=23).map(|n| finding(Some(n), None, None, Code::Schema, "no")).collect();
    let report = Report { subject: "d".into(), folder: "d".into(), entries: 23, findings };
    let text = rendered(Style::Text, &[report]);
    assert_eq!(text.matches("d/entries.csv: [schema]").count(), 20);
    assert!(text.ends_with("d: [schema] … and 3 more\nd: 23 findings (23 entries)\n"), "{text}");
}

#[test]
fn json_holds_every_field_of_every_finding() {
    let json: Value = serde_json::from_str(&rendered(Style::Json, &reports())).expect("JSON");
    let expected = serde_json::json!({"datasets": [
        {"dataset": "out put/a", "entries": 1, "findings": [
            {"code": "file-changed", "file": "entries.csv", "record": null, "line": null, "field": null,
             "message": "the file has `1` bytes", "hint": "Restore the file, or write the dataset again."},
            {"code": "id-wrong", "file": "entries.csv", "record": 2, "line": 7, "field": "id",
             "message": "it is <`x`> & 100%",
             "hint": "The content was edited after the id was made; restore it, or write the dataset again."},
        ]},
        {"dataset": "b.csv", "entries": 2, "findings": []},
    ]});
    assert_eq!(json, expected);
}

#[test]
fn github_commands_are_escaped() {
    let expected = "\
::error file=out put/a/entries.csv,title=file-changed::the file has `1` bytes. Restore the file, or write the dataset again.
::error file=out put/a/entries.csv,line=7,title=id-wrong::record 2, `id`: it is <`x`> & 100%25. The content was edited after the id was made; restore it, or write the dataset again.
";
    assert_eq!(rendered(Style::Github, &reports()), expected);
}

#[test]
fn junit_has_a_case_for_each_check() {
    let xml = rendered(Style::Junit, &reports());
    let codes = Code::ALL.len();
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "));
    assert!(xml.contains(&format!("tests=\"{}\" failures=\"2\"", 2 * codes)), "{xml}");
    assert_eq!(xml.matches("<testcase ").count(), 2 * codes);
    assert_eq!(xml.matches("<failure ").count(), 2);
    assert!(xml.contains(
        "      <failure type=\"id-wrong\" message=\"1 finding: An id is not the digest of its entry's content. \
         The content was edited after the id was made; restore it, or write the dataset again.\">\
         out put/a/entries.csv:7: record 2, `id`: it is &lt;`x`&gt; &amp; 100%\n</failure>\n"
    ));
}

/// The parts of the SARIF 2.1.0 schema that our documents use.
#[test]
fn sarif_has_the_structure_of_its_standard() {
    let sarif: Value = serde_json::from_str(&rendered(Style::Sarif, &reports())).expect("JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert!(
        sarif["$schema"].as_str().is_some_and(|schema| schema.contains("sarif") && schema.contains("2.1.0"))
    );
    let runs = sarif["runs"].as_array().expect("runs");
    assert_eq!(runs.len(), 1);
    let driver = &runs[0]["tool"]["driver"];
    assert_eq!(driver["name"], "qasift");
    let rules = driver["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), Code::ALL.len());
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string(), "{rule}");
    }
    let results = runs[0]["results"].as_array().expect("results");
    assert_eq!(results.len(), 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert_eq!(result["level"], "error");
        assert!(result["message"]["text"].is_string());
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(uri, "out%20put/a/entries.csv");
    }
    let location = &results[1]["locations"][0];
    assert_eq!(location["physicalLocation"]["region"]["startLine"], 7);
    assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "2/id");
    assert!(results[0]["locations"][0]["physicalLocation"].get("region").is_none());
}

#[test]
fn no_reports_are_documents_too() {
    for &style in &Style::ALL[1..] {
        let text = rendered(style, &[]);
        match style {
            Style::Json | Style::Sarif => assert!(serde_json::from_str::<Value>(&text).is_ok()),
            Style::Junit => assert!(text.contains("tests=\"0\"")),
            Style::Text | Style::Github => assert_eq!(text, ""),
        }
    }
}
