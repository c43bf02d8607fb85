//! A good dataset, written by hand: two pages with every kind of row, and the
//! digests that belong to it.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::profiles;

/// The fields of an entry, in their order.
pub(crate) const FIELDS: [&str; 21] = [
    "id",
    "question",
    "question_detail",
    "answer",
    "answer_kind",
    "answer_role",
    "votes",
    "source_text",
    "source_domain",
    "source_site",
    "source_url",
    "source_basis",
    "section",
    "language",
    "page",
    "page_url",
    "position",
    "line_start",
    "line_end",
    "extractor",
    "flags",
];

/// A dataset in memory.
pub(crate) struct Dataset {
    pub(crate) entries: Vec<Value>,
    pub(crate) inputs: Vec<Value>,
    pub(crate) pages: Vec<Value>,
    pub(crate) rejects: Vec<Value>,
    pub(crate) manifest: Value,
}

impl Dataset {
    /// The good one.
    pub(crate) fn good() -> Self {
        Self {
            entries: entries(),
            inputs: inputs(),
            pages: pages(),
            rejects: rejects(),
            manifest: manifest(),
        }
    }

    /// Changes entry `number`, 1-based, and makes its id and its duplicate's text good again.
    pub(crate) fn edit(&mut self, number: usize, field: &str, value: Value) {
        self.entries[number - 1][field] = value;
        remake_id(&mut self.entries[number - 1]);
        if number == 1 {
            let text = |field: &str| self.entries[0][field].as_str().unwrap_or_default();
            self.rejects[1]["text"] = json!(format!("{}\n\n{}", text("question"), text("answer")));
        }
    }

    /// Writes every file, the manifest with the digests of the others.
    pub(crate) fn write(&self, folder: &Path) {
        let put = |name: &str, text: String| fs::write(folder.join(name), text).expect("a writable folder");
        let records: Vec<String> = self.entries.iter().map(Value::to_string).collect();
        put("entries.json", format!("[\n{}\n]\n", records.join(",\n")));
        put("entries.jsonl", lines(&self.entries));
        put("entries.csv", csv(&self.entries));
        put("inputs.jsonl", lines(&self.inputs));
        put("pages.jsonl", lines(&self.pages));
        put("rejects.jsonl", lines(&self.rejects));
        put("manifest.json", self.manifest.to_string());
        mend(folder);
    }
}

/// Makes the digests good again: of every file that the manifest lists and the folder has.
pub(crate) fn mend(folder: &Path) {
    let path = folder.join("manifest.json");
    let text = fs::read_to_string(&path).expect("a manifest");
    let Ok(mut manifest) = serde_json::from_str::<Value>(&text) else { return };
    for file in manifest["files"].as_array_mut().expect("a list of files") {
        let name = file["path"].as_str().expect("a path").to_owned();
        if let Ok(bytes) = fs::read(folder.join(name)) {
            file["bytes"] = json!(bytes.len());
            file["sha256"] = json!(hex(&Sha256::digest(&bytes)));
        }
    }
    fs::write(path, manifest.to_string()).expect("a writable folder");
}

fn hex(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in bytes {
        write!(digits, "{byte:02x}").expect("memory takes it");
    }
    digits
}

/// The id by the recipe of the documentation.
fn remake_id(entry: &mut Value) {
    let mut recipe = Vec::new();
    for field in ["question", "answer", "source_domain"] {
        let text = entry[field].as_str().unwrap_or_default();
        recipe.extend((text.len() as u64).to_be_bytes());
        recipe.extend(text.bytes());
    }
    entry["id"] = json!(hex(&Sha256::digest(recipe)[..16]));
}

fn lines(rows: &[Value]) -> String {
    let mut text = String::new();
    for row in rows {
        writeln!(text, "{row}").expect("memory takes it");
    }
    text
}

fn csv(entries: &[Value]) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(FIELDS).expect("memory takes it");
    for entry in entries {
        let cells = FIELDS.map(|field| match &entry[field] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(flags) => flags.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";"),
            other => other.to_string(),
        });
        writer.write_record(cells).expect("memory takes it");
    }
    String::from_utf8(writer.into_inner().expect("memory takes it")).expect("UTF-8")
}

/// Question, answer, text and domain of the source.
fn entry(page: &str, position: u32, lines: [u32; 2], content: [Option<&str>; 4], more: &Value) -> Value {
    let mut entry: Value = FIELDS.iter().map(|field| ((*field).to_owned(), Value::Null)).collect();
    let [question, answer, text, domain] = content;
    entry["question"] = json!(question);
    entry["answer"] = json!(answer);
    entry["answer_kind"] = json!("text");
    entry["source_text"] = json!(text);
    entry["source_domain"] = json!(domain);
    entry["source_basis"] = json!(domain.map(|_| "cited"));
    entry["page"] = json!(page);
    entry["position"] = json!(position);
    entry["line_start"] = json!(lines[0]);
    entry["line_end"] = json!(lines[1]);
    entry["extractor"] = json!("attribution");
    entry["flags"] = json!([]);
    for (field, value) in more.as_object().expect("an object") {
        entry[field] = value.clone();
    }
    remake_id(&mut entry);
    entry
}

fn entries() -> Vec<Value> {
    vec![
        entry(
            "a.txt",
            1,
            [1, 5],
            [
                Some("How long do bees live?"),
                Some("A worker lives six weeks in summer."),
                Some("www.bees.example.com"),
                Some("bees.example.com"),
            ],
            &json!({"section": "main", "source_site": "example.com"}),
        ),
        entry(
            "a.txt",
            2,
            [7, 13],
            [
                Some("Do bees sleep?"),
                Some("They do.\n\nA forager rests after dusk, feet hooked into the comb."),
                Some("hivetalk.c"),
                None,
            ],
            &json!({"section": "main", "flags": ["invalid_source"]}),
        ),
        entry(
            "a.txt",
            3,
            [17, 23],
            [
                Some("What does a hive need?"),
                Some("Three things.\n\n- Water nearby. ...\n- Shade at noon.\n- Peace."),
                Some("meadow.example.org"),
                Some("meadow.example.org"),
            ],
            &json!({
                "section": "related",
                "source_site": "example.org",
                "answer_kind": "list",
                "flags": ["elided_items"],
            }),
        ),
        entry(
            "b.txt",
            2,
            [4, 6],
            [Some("Why do bees dance?"), Some("To tell the way to a meadow."), None, None],
            &json!({"extractor": "layout", "flags": ["no_source"]}),
        ),
        entry(
            "b.txt",
            3,
            [8, 10],
            [Some("Who was first to keep bees"), Some("Nobody knows, but in the oldest"), None, None],
            &json!({"extractor": "layout", "flags": ["no_source", "truncated_answer"]}),
        ),
    ]
}

fn inputs() -> Vec<Value> {
    let input = |path: &str, status: &str, detail: Option<&str>| {
        json!({
            "path": path,
            "bytes": 640,
            "sha256": "0123456789abcdef".repeat(4),
            "compression": null,
            "container": "file",
            "status": status,
            "detail": detail,
            "records": null,
            "pages": u64::from(status == "read"),
            "skipped": {},
            "damaged": 0,
        })
    };
    vec![
        input("a.txt", "read", None),
        input("b.txt", "read", None),
        input("c.txt", "binary", Some("the file is not text")),
    ]
}

#[expect(clippy::too_many_lines, reason = "a table, one field a line")]
fn pages() -> Vec<Value> {
    let page = |name: &str, facts: Value, counts: [u64; 3], characters: u64, classes: [u64; 8]| {
        let [question, answer, attribution, boilerplate, noise, reject, other, blank] = classes;
        json!({
            "page": name,
            "input": name,
            "record": null,
            "record_id": null,
            "url": null,
            "date": null,
            "kind": "text",
            "encoding": "utf-8",
            "encoding_basis": "valid-utf-8",
            "undecodable": 0,
            "status": "read",
            "profile": "people-also-ask",
            "facts": facts,
            "entries": counts[0],
            "duplicates": counts[1],
            "rejects": counts[2],
            "declared": 0,
            "characters": characters,
            "accounting": {
                "question": question,
                "answer": answer,
                "attribution": attribution,
                "boilerplate": boilerplate,
                "noise": noise,
                "reject": reject,
                "other": other,
                "blank": blank,
            },
            "rules": {},
        })
    };
    vec![
        page(
            "a.txt",
            json!({
                "last_update": "2025-06-04",
                "last_update_text": "June 4, 2025",
                "score": 4.3,
                "score_max": 5.0,
                "votes": 60,
                "related_announced": 40,
                "related_found": 1,
            }),
            [3, 0, 1],
            600,
            [58, 300, 150, 0, 32, 20, 0, 40],
        ),
        page(
            "b.txt",
            json!({
                "last_update": null,
                "last_update_text": null,
                "score": null,
                "score_max": null,
                "votes": null,
                "related_announced": null,
                "related_found": null,
            }),
            [2, 1, 0],
            200,
            [70, 110, 0, 0, 0, 0, 8, 12],
        ),
    ]
}

fn rejects() -> Vec<Value> {
    vec![
        json!({
            "page": "a.txt",
            "line_start": 25,
            "line_end": 25,
            "offset": null,
            "reason": "no_answer",
            "detail": "no answer follows the question",
            "extractor": null,
            "text": "Do bees have knees?\n",
            "text_sha256": null,
            "position": null,
            "kept_page": null,
            "kept_position": null,
        }),
        json!({
            "page": "b.txt",
            "line_start": 1,
            "line_end": 3,
            "offset": null,
            "reason": "duplicate",
            "detail": "the same entry stands earlier",
            "extractor": "layout",
            "text": "How long do bees live?\n\nA worker lives six weeks in summer.",
            "text_sha256": null,
            "position": 1,
            "kept_page": "a.txt",
            "kept_position": 1,
        }),
    ]
}

fn manifest() -> Value {
    let names =
        ["entries.csv", "entries.json", "entries.jsonl", "inputs.jsonl", "pages.jsonl", "rejects.jsonl"];
    let file = |name| json!({"path": name, "bytes": 0, "sha256": "0".repeat(64)});
    json!({
        "tool": {"name": "qasift", "version": "0.1.0"},
        "schema_version": "1.2",
        "rules_version": 1,
        "options": {"format": ["csv", "json", "jsonl"], "dedup": "exact", "max_page_bytes": null, "limit": null,
            "input_format": null, "fields": {"text": null, "html": null, "url": null, "id": null, "date": null}},
        "profiles": profiles().iter().map(|profile| json!(profile.digest())).collect::<Vec<_>>(),
        "totals": {
            "inputs": 3,
            "pages": 2,
            "skipped_no_questions": 0,
            "entries": 5,
            "rejects": {"duplicate": 1, "no_answer": 1},
            "characters": 800,
            "accounting": {
                "question": 128,
                "answer": 410,
                "attribution": 150,
                "boilerplate": 0,
                "noise": 32,
                "reject": 20,
                "other": 8,
                "blank": 52,
            },
        },
        "files": names.map(file),
    })
}
