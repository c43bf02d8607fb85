//! Damage to the rows, in every format, with ids and digests made good again.

use std::collections::BTreeSet;

use qasift::diagnostic::Finding;
use qasift::validate;
use serde_json::{Value, json};

use crate::fixture::Dataset;
use crate::profiles;

/// One kind of damage and the finding that is there for it.
struct Damage {
    name: &'static str,
    /// Changes the dataset.
    act: fn(&mut Dataset),
    /// Code, file, record (0 for none) and field (empty for none).
    found: (&'static str, &'static str, u64, &'static str),
    /// Other codes that the same damage cannot but set off.
    also: &'static [&'static str],
}

/// A row of a record that could not be read.
fn damaged_record(page: &str, offset: Option<u64>) -> Value {
    json!({
        "page": page,
        "line_start": null,
        "line_end": null,
        "offset": offset,
        "reason": "damaged_record",
        "detail": "it is cut off",
        "extractor": null,
        "text": "{",
        "text_sha256": null,
        "position": null,
        "kept_page": null,
        "kept_position": null,
    })
}

#[test]
fn the_good_dataset_has_no_findings() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    Dataset::good().write(folder.path());
    let report = validate::dataset(folder.path(), profiles()).expect("readable");
    assert_eq!(report.findings, []);
    assert_eq!(report.entries, 5);
    for name in ["entries.json", "entries.csv", "entries.jsonl"] {
        let report = validate::path(&folder.path().join(name), profiles()).expect("readable");
        assert_eq!((report.findings, report.entries), (Vec::new(), 5), "{name}");
    }
}

#[test]
fn each_damage_is_found_by_its_check() {
    let mut wrong = Vec::new();
    for damage in DAMAGES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut dataset = Dataset::good();
        (damage.act)(&mut dataset);
        dataset.write(folder.path());
        let report = validate::dataset(folder.path(), profiles()).expect("readable");
        wrong.extend(missed(damage.name, &report.findings, damage.found, damage.also));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Says so if the finding is not there, or a code other than its own and those listed.
pub(crate) fn missed(
    name: &str,
    findings: &[Finding],
    (code, file, record, field): (&str, &str, u64, &str),
    also: &[&str],
) -> Option<String> {
    let found = findings.iter().any(|finding| {
        finding.code.as_str() == code
            && finding.file == file
            && finding.record.unwrap_or(0) == record
            && finding.field.as_deref().unwrap_or("") == field
    });
    let codes: BTreeSet<_> = findings.iter().map(|finding| finding.code.as_str()).collect();
    let expected: BTreeSet<_> = also.iter().copied().chain([code]).collect();
    (!found || codes != expected).then(|| {
        let list: Vec<_> = findings
            .iter()
            .map(|f| format!("  {} {:?} {:?} {}: {}\n", f.file, f.record, f.field, f.code, f.message))
            .collect();
        format!("{name}: wanted {code} at {file} {record} {field}, {expected:?}; got\n{}", list.concat())
    })
}

/// Adds an HTML page that was skipped, and its input.
fn skip(dataset: &mut Dataset) {
    let mut input = dataset.inputs[1].clone();
    input["path"] = json!("b0.html");
    dataset.inputs.insert(2, input);
    let mut page = dataset.pages[1].clone();
    for field in ["profile", "characters", "accounting"] {
        page[field] = json!(null);
    }
    for count in ["entries", "duplicates", "rejects"] {
        page[count] = json!(0);
    }
    for name in ["page", "input"] {
        page[name] = json!("b0.html");
    }
    for (_, fact) in page["facts"].as_object_mut().expect("facts") {
        *fact = json!(null);
    }
    (page["kind"], page["status"]) = (json!("html"), json!("skipped_no_questions"));
    dataset.pages.push(page);
    for (pointer, to) in [("/totals/inputs", 4), ("/totals/pages", 3), ("/totals/skipped_no_questions", 1)] {
        set(&mut dataset.manifest, pointer, json!(to));
    }
}

fn set(value: &mut Value, pointer: &str, to: Value) {
    *value.pointer_mut(pointer).expect("the field") = to;
}

/// One of the three files that hold the same damage.
const JSON: &str = "entries.json";

/// The file that stands for all where entries are seen together.
const LEAD: &str = "entries.jsonl";

/// The codes that a damage is there for.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    DAMAGES.iter().map(|damage| damage.found.0)
}

const DAMAGES: &[Damage] = &[
    Damage {
        name: "a field is missing",
        act: |dataset| {
            dataset.entries[0].as_object_mut().expect("an object").remove("votes");
        },
        found: ("schema", JSON, 1, "votes"),
        also: &[],
    },
    Damage {
        name: "a field that the schema does not know",
        act: |dataset| dataset.inputs[1]["mood"] = json!("good"),
        found: ("schema", "inputs.jsonl", 2, "mood"),
        also: &[],
    },
    Damage {
        name: "a value outside a closed list",
        act: |dataset| dataset.entries[3]["flags"] = json!(["no_source", "unloved"]),
        found: ("schema", JSON, 4, "flags/1"),
        also: &[],
    },
    Damage {
        name: "a flag twice",
        act: |dataset| dataset.entries[3]["flags"] = json!(["no_source", "no_source"]),
        found: ("schema", JSON, 4, "flags"),
        also: &[],
    },
    Damage {
        name: "a number as text",
        act: |dataset| set(&mut dataset.pages[0], "/facts/votes", json!("60")),
        found: ("schema", "pages.jsonl", 1, "facts/votes"),
        also: &[],
    },
    Damage {
        name: "an empty answer",
        act: |dataset| dataset.edit(4, "answer", json!("")),
        found: ("schema", JSON, 4, "answer"),
        also: &[],
    },
    Damage {
        name: "an empty text where nothing is known",
        act: |dataset| dataset.entries[3]["language"] = json!(""),
        found: ("schema", JSON, 4, "language"),
        also: &["formats-differ"],
    },
    Damage {
        name: "an edited answer under its old id",
        act: |dataset| dataset.entries[3]["answer"] = json!("To tell the way to a garden."),
        found: ("id-wrong", JSON, 4, "id"),
        also: &[],
    },
    Damage {
        name: "an edited source under its old id",
        act: |dataset| {
            dataset.entries[2]["source_text"] = json!("valley.example.org");
            dataset.entries[2]["source_domain"] = json!("valley.example.org");
        },
        found: ("id-wrong", "entries.csv", 3, "id"),
        also: &[],
    },
    Damage {
        name: "a no-break space",
        act: |dataset| dataset.edit(1, "answer", json!("A worker lives six\u{a0}weeks.")),
        found: ("text-unclean", JSON, 1, "answer"),
        also: &[],
    },
    Damage {
        name: "a letter in two parts",
        act: |dataset| dataset.edit(1, "question", json!("How long do be\u{301}es live?")),
        found: ("text-unclean", JSON, 1, "question"),
        also: &[],
    },
    Damage {
        name: "white space around a text",
        act: |dataset| dataset.edit(1, "answer", json!("A worker lives six weeks. ")),
        found: ("text-unclean", "entries.jsonl", 1, "answer"),
        also: &[],
    },
    Damage {
        name: "a question of two lines",
        act: |dataset| dataset.edit(5, "question", json!("Who was first\nto keep bees")),
        found: ("question-lines", JSON, 5, "question"),
        also: &[],
    },
    Damage {
        name: "an attribution in an answer",
        act: |dataset| {
            let answer = "They do.\n\nTakedown request | View complete answer on bees.example.com";
            dataset.edit(2, "answer", json!(answer));
        },
        found: ("leftover-line", JSON, 2, "answer"),
        also: &[],
    },
    Damage {
        name: "boilerplate in an answer",
        act: |dataset| dataset.edit(2, "answer", json!("They do.\n\nRead more: Bees in winter")),
        found: ("leftover-line", "entries.csv", 2, "answer"),
        also: &[],
    },
    Damage {
        name: "blocks without a blank line between",
        act: |dataset| dataset.edit(3, "answer", json!("Three things.\n- Water nearby. ...\n- Peace.")),
        found: ("text-unclean", JSON, 3, "answer"),
        also: &[],
    },
    Damage {
        name: "a list that is called text",
        act: |dataset| dataset.entries[2]["answer_kind"] = json!("text"),
        found: ("kind-wrong", JSON, 3, "answer_kind"),
        also: &[],
    },
    Damage {
        name: "text that is called a list",
        act: |dataset| dataset.entries[0]["answer_kind"] = json!("list"),
        found: ("kind-wrong", JSON, 1, "answer_kind"),
        also: &[],
    },
    Damage {
        name: "elided items without their flag",
        act: |dataset| dataset.entries[2]["flags"] = json!([]),
        found: ("elided-flag", JSON, 3, "flags"),
        also: &[],
    },
    Damage {
        name: "a domain in upper case",
        act: |dataset| dataset.edit(1, "source_domain", json!("Bees.example.com")),
        found: ("domain-malformed", JSON, 1, "source_domain"),
        also: &[],
    },
    Damage {
        name: "a domain with `www.`",
        act: |dataset| dataset.edit(1, "source_domain", json!("www.bees.example.com")),
        found: ("domain-malformed", JSON, 1, "source_domain"),
        also: &[],
    },
    Damage {
        name: "a domain with a port",
        act: |dataset| dataset.edit(1, "source_domain", json!("bees.example.com:80")),
        found: ("domain-malformed", JSON, 1, "source_domain"),
        also: &[],
    },
    Damage {
        name: "a domain with a trailing dot",
        act: |dataset| dataset.edit(1, "source_domain", json!("bees.example.com.")),
        found: ("domain-malformed", JSON, 1, "source_domain"),
        also: &[],
    },
    Damage {
        name: "a domain that the source does not name",
        act: |dataset| dataset.edit(1, "source_domain", json!("wasps.example.com")),
        found: ("domain-wrong", JSON, 1, "source_domain"),
        also: &[],
    },
    Damage {
        name: "a domain guessed from a cut-off source",
        act: |dataset| {
            dataset.entries[1]["flags"] = json!([]);
            dataset.entries[1]["source_basis"] = json!("cited");
            dataset.entries[1]["source_site"] = json!("example.com");
            dataset.edit(2, "source_domain", json!("hivetalk.example.com"));
        },
        found: ("domain-wrong", JSON, 2, "source_domain"),
        also: &[],
    },
    Damage {
        name: "a page's host as the source, though the page has no address",
        act: |dataset| {
            dataset.entries[3]["flags"] = json!([]);
            dataset.entries[3]["source_basis"] = json!("page");
            dataset.entries[3]["source_site"] = json!("example.com");
            dataset.edit(4, "source_domain", json!("bees.example.com"));
        },
        found: ("domain-wrong", JSON, 4, "source_domain"),
        also: &[],
    },
    Damage {
        name: "a site that is not the domain's",
        act: |dataset| dataset.entries[0]["source_site"] = json!("bees.example.com"),
        found: ("site-wrong", JSON, 1, "source_site"),
        also: &[],
    },
    Damage {
        name: "a source without its basis",
        act: |dataset| dataset.entries[0]["source_basis"] = json!(null),
        found: ("source-basis", JSON, 1, "source_basis"),
        also: &[],
    },
    Damage {
        name: "the link of a source that is not cited",
        act: |dataset| dataset.entries[3]["source_url"] = json!("https://bees.example.com/dance"),
        found: ("source-basis", JSON, 4, "source_url"),
        also: &[],
    },
    Damage {
        name: "no source and no flag for it",
        act: |dataset| dataset.entries[3]["flags"] = json!([]),
        found: ("source-flags", JSON, 4, "flags"),
        also: &[],
    },
    Damage {
        name: "an invalid source and no flag for it",
        act: |dataset| dataset.entries[1]["flags"] = json!([]),
        found: ("source-flags", JSON, 2, "flags"),
        also: &[],
    },
    Damage {
        name: "a flag against a good source",
        act: |dataset| dataset.entries[0]["flags"] = json!(["no_source"]),
        found: ("source-flags", JSON, 1, "flags"),
        also: &[],
    },
    Damage {
        name: "flags out of order",
        act: |dataset| dataset.entries[4]["flags"] = json!(["truncated_answer", "no_source"]),
        found: ("flag-order", JSON, 5, "flags"),
        also: &[],
    },
    Damage {
        name: "lines and a section on what markup declares",
        act: |dataset| {
            dataset.entries[0]["extractor"] = json!("json-ld");
            dataset.pages[0]["declared"] = json!(1);
        },
        found: ("markup-fields", JSON, 1, "section"),
        also: &[],
    },
    Damage {
        name: "votes on what a page only shows",
        act: |dataset| dataset.entries[0]["votes"] = json!(12),
        found: ("markup-fields", JSON, 1, "votes"),
        also: &[],
    },
    Damage {
        name: "what a page shows, and is said to hide",
        act: |dataset| dataset.entries[0]["flags"] = json!(["not_visible"]),
        found: ("markup-fields", JSON, 1, "flags"),
        also: &[],
    },
    Damage {
        name: "an address without a scheme",
        act: |dataset| dataset.entries[0]["page_url"] = json!("bees.example.com/life"),
        found: ("url-malformed", JSON, 1, "page_url"),
        also: &["page-url"],
    },
    Damage {
        name: "an address with white space before it",
        act: |dataset| dataset.entries[0]["page_url"] = json!(" https://bees.example.com/life"),
        found: ("url-malformed", JSON, 1, "page_url"),
        also: &["page-url"],
    },
    Damage {
        name: "another address than the page has",
        act: |dataset| {
            dataset.pages[1]["url"] = json!("https://bees.example.com/dance");
            dataset.entries[3]["page_url"] = json!("https://bees.example.com/dance");
            dataset.entries[4]["page_url"] = json!("https://bees.example.com/life");
        },
        found: ("page-url", LEAD, 5, "page_url"),
        also: &[],
    },
    Damage {
        name: "an address of a text page without one",
        act: |dataset| dataset.entries[0]["page_url"] = json!("https://bees.example.com/life"),
        found: ("page-url", LEAD, 1, "page_url"),
        also: &[],
    },
    Damage {
        name: "an encoding that is none",
        act: |dataset| dataset.pages[0]["encoding"] = json!("UTF-8"),
        found: ("page-encoding", "pages.jsonl", 1, "encoding"),
        also: &[],
    },
    Damage {
        name: "related questions found, and none announced",
        act: |dataset| set(&mut dataset.pages[0], "/facts/related_announced", json!(null)),
        found: ("page-facts", "pages.jsonl", 1, "facts/related_found"),
        also: &[],
    },
    Damage {
        name: "a language in another spelling",
        act: |dataset| dataset.entries[0]["language"] = json!("EN"),
        found: ("language-malformed", JSON, 1, "language"),
        also: &[],
    },
    Damage {
        name: "a language that is not a tag",
        act: |dataset| dataset.entries[0]["language"] = json!("plain English"),
        found: ("language-malformed", JSON, 1, "language"),
        also: &[],
    },
    Damage {
        name: "lines in the wrong order",
        act: |dataset| dataset.entries[4]["line_end"] = json!(7),
        found: ("line-range", JSON, 5, "line_start"),
        also: &[],
    },
    Damage {
        name: "one line without the other",
        act: |dataset| dataset.entries[4]["line_end"] = json!(null),
        found: ("line-range", JSON, 5, "line_end"),
        also: &[],
    },
    Damage {
        name: "entries that overlap",
        act: |dataset| dataset.entries[1]["line_start"] = json!(4),
        found: ("line-overlap", LEAD, 2, "line_start"),
        also: &[],
    },
    Damage {
        name: "two entries with one key",
        act: |dataset| dataset.entries[1]["position"] = json!(1),
        found: ("key-duplicate", LEAD, 2, "position"),
        also: &[],
    },
    Damage {
        name: "a duplicate with an entry's position",
        act: |dataset| dataset.rejects[1]["position"] = json!(2),
        found: ("key-duplicate", "rejects.jsonl", 2, "position"),
        also: &[],
    },
    Damage {
        name: "entries of a page out of order",
        act: |dataset| {
            dataset.entries[0]["position"] = json!(2);
            dataset.entries[1]["position"] = json!(1);
            dataset.rejects[1]["kept_position"] = json!(2);
        },
        found: ("entry-order", LEAD, 2, "position"),
        also: &[],
    },
    Damage {
        name: "pages of entries out of order",
        act: |dataset| dataset.entries.rotate_left(3),
        found: ("entry-order", LEAD, 3, "page"),
        also: &[],
    },
    Damage {
        name: "a main entry behind a related one",
        act: |dataset| {
            dataset.entries[0]["section"] = json!("related");
            set(&mut dataset.pages[0], "/facts/related_found", json!(2));
        },
        found: ("section-wrong", LEAD, 2, "section"),
        also: &[],
    },
    Damage {
        name: "a section on a page without a count line",
        act: |dataset| dataset.entries[4]["section"] = json!("main"),
        found: ("section-wrong", LEAD, 5, "section"),
        also: &[],
    },
    Damage {
        name: "no section on a page with a count line",
        act: |dataset| dataset.entries[1]["section"] = json!(null),
        found: ("section-wrong", LEAD, 2, "section"),
        also: &[],
    },
    Damage {
        name: "an entry of an HTML page with lines",
        act: |dataset| dataset.pages[1]["kind"] = json!("html"),
        found: ("line-range", LEAD, 4, "line_start"),
        also: &[],
    },
    Damage {
        name: "a truth for a number",
        act: |dataset| dataset.entries[3]["votes"] = json!(true),
        found: ("schema", JSON, 4, "votes"),
        also: &["formats-differ"],
    },
    Damage {
        name: "an entry of a text page without its lines",
        act: |dataset| {
            dataset.entries[4]["line_start"] = json!(null);
            dataset.entries[4]["line_end"] = json!(null);
        },
        found: ("line-range", LEAD, 5, "line_start"),
        also: &[],
    },
    Damage {
        name: "an entry that stands twice",
        act: |dataset| {
            for field in
                ["question", "answer", "source_text", "source_domain", "source_site", "source_basis", "id"]
            {
                dataset.entries[4][field] = dataset.entries[0][field].clone();
            }
            dataset.entries[4]["flags"] = json!([]);
        },
        found: ("entry-duplicate", LEAD, 5, "id"),
        also: &[],
    },
    Damage {
        name: "an entry of no page",
        act: |dataset| dataset.entries[4]["page"] = json!("x.txt"),
        found: ("page-unknown", LEAD, 5, "page"),
        also: &["page-count"],
    },
    Damage {
        name: "a reject of no page",
        act: |dataset| dataset.rejects[0]["page"] = json!("x.txt"),
        found: ("page-unknown", "rejects.jsonl", 1, "page"),
        also: &["page-count"],
    },
    Damage {
        name: "a page with a number that its name lacks",
        act: |dataset| dataset.pages[1]["record"] = json!(3),
        found: ("page-name", "pages.jsonl", 2, "page"),
        also: &[],
    },
    Damage {
        name: "pages out of order",
        act: |dataset| dataset.pages.swap(0, 1),
        found: ("page-order", "pages.jsonl", 2, "page"),
        also: &[],
    },
    Damage {
        name: "a page of an input that is not there",
        act: |dataset| {
            dataset.inputs.remove(1);
            set(&mut dataset.manifest, "/totals/inputs", json!(2));
        },
        found: ("input-unknown", "pages.jsonl", 2, "input"),
        also: &[],
    },
    Damage {
        name: "a page of an input that was not read",
        act: |dataset| {
            dataset.inputs[1]["status"] = json!("unreadable");
            dataset.inputs[1]["detail"] = json!("permission denied");
        },
        found: ("input-unknown", "pages.jsonl", 2, "input"),
        also: &[],
    },
    Damage {
        name: "an input that was read and has no digest",
        act: |dataset| dataset.inputs[0]["sha256"] = json!(null),
        found: ("input-state", "inputs.jsonl", 1, "sha256"),
        also: &[],
    },
    Damage {
        name: "an input that was not read, for no reason",
        act: |dataset| dataset.inputs[2]["detail"] = json!(null),
        found: ("input-state", "inputs.jsonl", 3, "detail"),
        also: &[],
    },
    Damage {
        name: "an input that was read and has no page",
        act: |dataset| {
            dataset.inputs[2]["status"] = json!("read");
            dataset.inputs[2]["detail"] = json!(null);
            dataset.inputs[2]["pages"] = json!(1);
        },
        found: ("input-pages", "inputs.jsonl", 3, "pages"),
        also: &[],
    },
    Damage {
        name: "a container with records that became nothing",
        act: |dataset| {
            dataset.inputs[1]["container"] = json!("jsonl");
            dataset.inputs[1]["records"] = json!(3);
            dataset.inputs[1]["skipped"] = json!({"empty": 1});
        },
        found: ("input-state", "inputs.jsonl", 2, "records"),
        also: &[],
    },
    Damage {
        name: "a damaged record that its input does not count",
        act: |dataset| dataset.rejects.push(damaged_record("b.txt#7", Some(9))),
        found: ("input-pages", "inputs.jsonl", 2, "damaged"),
        also: &["total-wrong"],
    },
    Damage {
        name: "a damaged record of no input",
        act: |dataset| dataset.rejects.push(damaged_record("d.jsonl#7", Some(9))),
        found: ("input-unknown", "rejects.jsonl", 3, "page"),
        also: &["total-wrong"],
    },
    Damage {
        name: "a damaged record that is a page",
        act: |dataset| dataset.rejects.push(damaged_record("b.txt", Some(9))),
        found: ("reject-fields", "rejects.jsonl", 3, "page"),
        also: &["total-wrong"],
    },
    Damage {
        name: "a damaged record without a place",
        act: |dataset| dataset.rejects.push(damaged_record("b.txt#7", None)),
        found: ("reject-fields", "rejects.jsonl", 3, "offset"),
        also: &["total-wrong", "input-pages"],
    },
    Damage {
        name: "a damaged record before its place",
        act: |dataset| dataset.rejects.insert(0, damaged_record("b.txt#7", Some(9))),
        found: ("reject-order", "rejects.jsonl", 2, "page"),
        also: &["total-wrong", "input-pages"],
    },
    Damage {
        name: "inputs out of order",
        act: |dataset| dataset.inputs.swap(1, 2),
        found: ("input-order", "inputs.jsonl", 3, "path"),
        also: &[],
    },
    Damage {
        name: "a page that was read and has no profile",
        act: |dataset| dataset.pages[1]["profile"] = json!(null),
        found: ("page-status", "pages.jsonl", 2, "profile"),
        also: &[],
    },
    Damage {
        name: "a page that was skipped and tells what stands on it",
        act: |dataset| {
            skip(dataset);
            set(&mut dataset.pages[2], "/facts/votes", json!(3));
        },
        found: ("page-status", "pages.jsonl", 3, "status"),
        also: &[],
    },
    Damage {
        name: "a text that was skipped",
        act: |dataset| {
            skip(dataset);
            dataset.pages[2]["kind"] = json!("text");
        },
        found: ("page-status", "pages.jsonl", 3, "kind"),
        also: &[],
    },
    Damage {
        name: "a skipped page that the manifest does not count",
        act: |dataset| {
            skip(dataset);
            set(&mut dataset.manifest, "/totals/skipped_no_questions", json!(0));
        },
        found: ("total-wrong", "manifest.json", 0, "totals/skipped_no_questions"),
        also: &[],
    },
    Damage {
        name: "a day that is none",
        act: |dataset| set(&mut dataset.pages[0], "/facts/last_update", json!("2025-06-31")),
        found: ("page-facts", "pages.jsonl", 1, "facts/last_update"),
        also: &[],
    },
    Damage {
        name: "a score above the highest",
        act: |dataset| set(&mut dataset.pages[0], "/facts/score", json!(5.5)),
        found: ("page-facts", "pages.jsonl", 1, "facts/score"),
        also: &[],
    },
    Damage {
        name: "a duplicate before the first position",
        act: |dataset| dataset.rejects[1]["position"] = json!(0),
        found: ("schema", "rejects.jsonl", 2, "position"),
        also: &[],
    },
    Damage {
        name: "a profile that the manifest does not list",
        act: |dataset| dataset.pages[1]["profile"] = json!("gardening"),
        found: ("profile-unknown", "pages.jsonl", 2, "profile"),
        also: &[],
    },
    Damage {
        name: "a profile that is listed twice",
        act: |dataset| {
            let list = dataset.manifest["profiles"].as_array_mut().expect("a list");
            list.push(list[0].clone());
        },
        found: ("profile-list", "manifest.json", 0, "profiles"),
        also: &[],
    },
    Damage {
        name: "a rule that the profile does not have",
        act: |dataset| dataset.pages[0]["rules"] = json!({"video_title": 30}),
        found: ("rule-unknown", "pages.jsonl", 1, "rules"),
        also: &[],
    },
    Damage {
        name: "boilerplate that no rule claims",
        act: |dataset| {
            set(&mut dataset.pages[0], "/accounting/boilerplate", json!(32));
            set(&mut dataset.pages[0], "/accounting/noise", json!(0));
            set(&mut dataset.manifest, "/totals/accounting/boilerplate", json!(32));
            set(&mut dataset.manifest, "/totals/accounting/noise", json!(0));
        },
        found: ("accounting-sum", "pages.jsonl", 1, "accounting/boilerplate"),
        also: &[],
    },
    Damage {
        name: "a character that no class has",
        act: |dataset| {
            set(&mut dataset.pages[0], "/accounting/blank", json!(39));
            set(&mut dataset.manifest, "/totals/accounting/blank", json!(51));
        },
        found: ("accounting-sum", "pages.jsonl", 1, "accounting"),
        also: &[],
    },
    Damage {
        name: "more characters than a number holds",
        act: |dataset| {
            for class in ["question", "answer", "blank"] {
                dataset.pages[0]["accounting"][class] = json!(i64::MAX);
                dataset.pages[1]["accounting"][class] = json!(i64::MAX);
            }
        },
        found: ("accounting-sum", "pages.jsonl", 1, "accounting"),
        also: &["total-wrong"],
    },
    Damage {
        name: "rules that claim more than the page has",
        act: |dataset| dataset.pages[0]["rules"] = json!({"count": 601}),
        found: ("accounting-sum", "pages.jsonl", 1, "rules"),
        also: &[],
    },
    Damage {
        name: "a page with another number of entries",
        act: |dataset| dataset.pages[0]["entries"] = json!(4),
        found: ("page-count", "pages.jsonl", 1, "entries"),
        also: &[],
    },
    Damage {
        name: "a reject that went missing",
        act: |dataset| {
            dataset.rejects.remove(0);
            set(&mut dataset.manifest, "/totals/rejects", json!({"duplicate": 1}));
        },
        found: ("page-count", "pages.jsonl", 1, "rejects"),
        also: &[],
    },
    Damage {
        name: "a page with another number of declared questions",
        act: |dataset| dataset.pages[1]["declared"] = json!(1),
        found: ("declared-count", "pages.jsonl", 2, "declared"),
        also: &[],
    },
    Damage {
        name: "a declared question that is not counted",
        act: |dataset| {
            dataset.rejects[0]["extractor"] = json!("microdata");
            dataset.rejects[0]["line_start"] = json!(null);
            dataset.rejects[0]["line_end"] = json!(null);
        },
        found: ("declared-count", "pages.jsonl", 1, "declared"),
        also: &[],
    },
    Damage {
        name: "a page with another number of related entries",
        act: |dataset| set(&mut dataset.pages[0], "/facts/related_found", json!(2)),
        found: ("related-count", "pages.jsonl", 1, "facts/related_found"),
        also: &[],
    },
    Damage {
        name: "an entry that went missing in every format",
        act: |dataset| {
            dataset.entries.remove(1);
            dataset.pages[0]["entries"] = json!(2);
            set(&mut dataset.manifest, "/totals/entries", json!(4));
        },
        found: ("position-gap", "pages.jsonl", 1, ""),
        also: &[],
    },
    Damage {
        name: "a duplicate that names no kept entry",
        act: |dataset| dataset.rejects[1]["kept_page"] = json!(null),
        found: ("reject-fields", "rejects.jsonl", 2, "kept_page"),
        also: &[],
    },
    Damage {
        name: "a duplicate that nothing found",
        act: |dataset| dataset.rejects[1]["extractor"] = json!(null),
        found: ("reject-fields", "rejects.jsonl", 2, "extractor"),
        also: &[],
    },
    Damage {
        name: "a declared question with lines",
        act: |dataset| {
            dataset.rejects[0]["extractor"] = json!("microdata");
            dataset.pages[0]["declared"] = json!(1);
        },
        found: ("reject-fields", "rejects.jsonl", 1, "line_start"),
        also: &[],
    },
    Damage {
        name: "a long text that is not cut",
        act: |dataset| dataset.rejects[0]["text"] = json!("x".repeat(4097)),
        found: ("reject-fields", "rejects.jsonl", 1, "text_sha256"),
        also: &[],
    },
    Damage {
        name: "a duplicate whose kept entry is not there",
        act: |dataset| dataset.rejects[1]["kept_position"] = json!(4),
        found: ("kept-missing", "rejects.jsonl", 2, "kept_position"),
        also: &[],
    },
    Damage {
        name: "a duplicate before its kept entry",
        act: |dataset| {
            dataset.rejects[1]["kept_page"] = json!("b.txt");
            dataset.rejects[1]["kept_position"] = json!(2);
        },
        found: ("kept-later", "rejects.jsonl", 2, "kept_position"),
        also: &["kept-differs"],
    },
    Damage {
        name: "a duplicate of another question",
        act: |dataset| dataset.rejects[1]["kept_position"] = json!(2),
        found: ("kept-differs", "rejects.jsonl", 2, "text"),
        also: &[],
    },
    Damage {
        name: "rejects out of order",
        act: |dataset| dataset.rejects.swap(0, 1),
        found: ("reject-order", "rejects.jsonl", 2, "page"),
        also: &[],
    },
    Damage {
        name: "a total of entries",
        act: |dataset| set(&mut dataset.manifest, "/totals/entries", json!(6)),
        found: ("total-wrong", "manifest.json", 0, "totals/entries"),
        also: &[],
    },
    Damage {
        name: "a total of characters",
        act: |dataset| set(&mut dataset.manifest, "/totals/characters", json!(801)),
        found: ("total-wrong", "manifest.json", 0, "totals/characters"),
        also: &[],
    },
    Damage {
        name: "a total of rejects by reason",
        act: |dataset| set(&mut dataset.manifest, "/totals/rejects", json!({"duplicate": 2})),
        found: ("total-wrong", "manifest.json", 0, "totals/rejects"),
        also: &[],
    },
    Damage {
        name: "a total of a class",
        act: |dataset| {
            set(&mut dataset.manifest, "/totals/accounting/noise", json!(31));
            set(&mut dataset.manifest, "/totals/accounting/other", json!(9));
        },
        found: ("total-wrong", "manifest.json", 0, "totals/accounting"),
        also: &[],
    },
    Damage {
        name: "files out of order",
        act: |dataset| dataset.manifest["files"].as_array_mut().expect("a list").swap(0, 1),
        found: ("file-list", "manifest.json", 0, "files"),
        also: &[],
    },
    Damage {
        name: "a format that the options do not name",
        act: |dataset| set(&mut dataset.manifest, "/options/format", json!(["csv", "json"])),
        found: ("format-list", "manifest.json", 0, "options/format"),
        also: &[],
    },
    Damage {
        name: "a newer major version of the schema",
        act: |dataset| dataset.manifest["schema_version"] = json!("2.0"),
        found: ("schema-newer", "manifest.json", 0, "schema_version"),
        also: &[],
    },
    Damage {
        name: "a newer version of the rules",
        act: |dataset| dataset.manifest["rules_version"] = json!(2),
        found: ("rules-newer", "manifest.json", 0, "rules_version"),
        also: &[],
    },
];
