//! The manifest: what made the dataset, and the digest of every other file.

use crate::record::{
    FileDigest, Manifest, Options, ProfileDigest, RULES_VERSION, SCHEMA_VERSION, Tool, Totals,
};

/// Name of the manifest's file. A folder without one holds no dataset.
pub const MANIFEST: &str = "manifest.json";

/// [`Tool::name`] of every dataset that qasift wrote.
pub(super) const TOOL: &str = env!("CARGO_PKG_NAME");

/// The manifest of a dataset that this version of the tool wrote, its lists
/// in order.
pub(super) fn manifest(
    options: Options,
    mut profiles: Vec<ProfileDigest>,
    totals: Totals,
    mut files: Vec<FileDigest>,
) -> Manifest {
    profiles.sort_by(|a, b| a.name.cmp(&b.name));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Manifest {
        tool: Tool { name: TOOL.to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        schema_version: SCHEMA_VERSION.to_owned(),
        rules_version: RULES_VERSION,
        options,
        profiles,
        totals,
        files,
    }
}

/// The manifest as its file has it: JSON, two spaces a level, LF at the end.
pub(super) fn to_json(manifest: &Manifest) -> serde_json::Result<Vec<u8>> {
    let mut out = serde_json::to_vec_pretty(manifest)?;
    out.push(b'\n');
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Dedup, FieldNames, Format};

    #[test]
    fn lists_profiles_and_files_in_order() {
        let options = Options {
            format: vec![Format::Json],
            dedup: Dedup::Exact,
            max_page_bytes: None,
            limit: Some(3),
            input_format: None,
            fields: FieldNames::default(),
        };
        let profile = |name: &str| ProfileDigest { name: name.to_owned(), sha256: "00".to_owned() };
        let file = |path: &str| FileDigest { path: path.to_owned(), bytes: 1, sha256: "11".to_owned() };
        let manifest = manifest(
            options,
            vec![profile("b"), profile("a")],
            Totals::default(),
            vec![file("rejects.jsonl"), file("entries.json")],
        );
        let json = String::from_utf8(to_json(&manifest).unwrap()).unwrap();
        let (head, tail) = json.split_once("  \"totals\"").unwrap();
        assert_eq!(
            head,
            format!(
                r#"{{
  "tool": {{
    "name": "qasift",
    "version": "{}"
  }},
  "schema_version": "1.2",
  "rules_version": 1,
  "options": {{
    "format": [
      "json"
    ],
    "dedup": "exact",
    "max_page_bytes": null,
    "limit": 3,
    "input_format": null,
    "fields": {{
      "text": null,
      "html": null,
      "url": null,
      "id": null,
      "date": null
    }}
  }},
  "profiles": [
    {{
      "name": "a",
      "sha256": "00"
    }},
    {{
      "name": "b",
      "sha256": "00"
    }}
  ],
"#,
                env!("CARGO_PKG_VERSION")
            )
        );
        assert!(tail.find("entries.json") < tail.find("rejects.jsonl"));
        assert!(tail.ends_with("}\n"));
    }
}
