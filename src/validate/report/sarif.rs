//! SARIF 2.1.0 (OASIS), as code scanning reads it: a rule a code, a result a finding.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Renderer, Report, file, message};
use crate::diagnostic::{Code, Finding};

/// The schema that a document names.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) struct Sarif;

impl Renderer for Sarif {
    fn render(&self, reports: &[Report], out: &mut dyn Write) -> io::Result<()> {
        let results: Vec<Value> = reports
            .iter()
            .flat_map(|report| report.findings.iter().map(move |finding| result(report, finding)))
            .collect();
        let rules: Vec<Value> = Code::ALL.iter().map(|&code| rule(code)).collect();
        let document = json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {
                    "driver": {
                        "name": env!("CARGO_PKG_NAME"),
                        "semanticVersion": env!("CARGO_PKG_VERSION"),
                        "rules": rules,
                    },
                },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)
    }
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.meaning() },
        "help": { "text": code.hint() },
        "defaultConfiguration": { "level": "error" },
    })
}

fn result(report: &Report, finding: &Finding) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&file(report, finding)) } });
    if let Some(line) = finding.line {
        physical["region"] = json!({ "startLine": line });
    }
    let mut location = json!({ "physicalLocation": physical });
    let name = [finding.record.map(|record| record.to_string()), finding.field.clone()];
    let name: Vec<String> = name.into_iter().flatten().collect();
    if !name.is_empty() {
        let kind = if finding.field.is_some() { "member" } else { "object" };
        location["logicalLocations"] = json!([{ "fullyQualifiedName": name.join("/"), "kind": kind }]);
    }
    json!({
        "ruleId": finding.code.as_str(),
        "ruleIndex": finding.code as usize,
        "level": "error",
        "message": { "text": message(finding) },
        "locations": [location],
    })
}

/// A path as a URI reference (RFC 3986): every byte that is not allowed in a
/// path is escaped; an absolute path gets the scheme `file`.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into());
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}
