//! The manifest of a dataset: how it is written, and how a folder is recognised by it.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::record::{
    FileDigest, Manifest, Options, ProfileDigest, RULES_VERSION, SCHEMA_VERSION, Tool, Totals,
};

/// Name of the manifest's file. A folder without one is not a dataset.
pub const MANIFEST: &str = "manifest.json";

/// [`Tool::name`] in the manifest of every dataset that qasift wrote.
const TOOL: &str = env!("CARGO_PKG_NAME");

/// The size of the largest file that is read as a manifest, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// The manifest of a dataset that this version of the tool wrote, with its lists
/// sorted.
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

/// The text of the manifest's file: JSON, indented by two spaces per level, with an
/// LF at the end.
pub(super) fn to_json(manifest: &Manifest) -> serde_json::Result<Vec<u8>> {
    let mut out = serde_json::to_vec_pretty(manifest)?;
    out.push(b'\n');
    Ok(out)
}

/// Whether a folder is a dataset that qasift wrote, in any version.
pub(crate) fn is_dataset(folder: &Path) -> bool {
    listed_files(folder).is_some()
}

/// The files and folders in a dataset's folder that its manifest lists; `None` if
/// the folder is not a dataset that qasift wrote.
pub(super) fn listed_files(folder: &Path) -> Option<BTreeSet<OsString>> {
    // Of other versions, nothing but these fields is certain.
    #[derive(Deserialize)]
    struct AnyManifest {
        tool: AnyTool,
        #[serde(default)]
        files: Vec<AnyFile>,
    }
    #[derive(Deserialize)]
    struct AnyTool {
        name: String,
    }
    #[derive(Deserialize)]
    struct AnyFile {
        path: String,
    }
    let path = folder.join(MANIFEST);
    let metadata = fs::metadata(&path).ok()?;
    if !metadata.is_file() || metadata.len() > MAX_BYTES {
        return None;
    }
    let manifest: AnyManifest = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let top_level = |file: AnyFile| Path::new(&file.path).iter().next().map(OsStr::to_owned);
    (manifest.tool.name == TOOL).then(|| manifest.files.into_iter().filter_map(top_level).collect())
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
