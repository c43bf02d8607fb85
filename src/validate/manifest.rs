//! The manifest: readable, and of a version that we can judge.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde_json::Value;

use super::findings::{Findings, Place};
use super::rows;
use super::shape::Shape;
use crate::diagnostic::{Code, quote};
use crate::error::Error;
use crate::record::{Manifest, RULES_VERSION, SCHEMA_VERSION};

/// The manifest's name.
pub(crate) const NAME: &str = "manifest.json";

/// What there is to continue with.
pub(crate) enum Opened {
    /// The rows can be checked, against the manifest where it can be read.
    Rows {
        /// The manifest.
        manifest: Option<Box<Manifest>>,
        /// Whether the schema is of a newer minor version.
        newer: bool,
    },
    /// A version of the schema that this program does not know.
    Refused,
}

/// Reads and checks the manifest of a dataset.
pub(crate) fn open(dataset: &Path, findings: &mut Findings) -> Result<Opened, Error> {
    let path = dataset.join(NAME);
    let mut sink = findings.at(Place::file(NAME));
    if path.exists() && !path.is_file() {
        sink.add(Code::ManifestMissing, None, format!("`{NAME}` is not a file"));
        return Ok(Opened::Rows { manifest: None, newer: false });
    }
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            sink.add(Code::ManifestMissing, None, format!("there is no `{NAME}`"));
            return Ok(Opened::Rows { manifest: None, newer: false });
        }
        Err(error) => return Err(Error::io("read", &path)(error)),
    };
    let mut value = match rows::parse(&text) {
        Ok(value) => value,
        Err(fault) => {
            sink.add(Code::ManifestUnreadable, None, fault.message);
            return Ok(Opened::Rows { manifest: None, newer: false });
        }
    };
    let (named, known) = (version(&value), version_of(SCHEMA_VERSION));
    if named.map(|named| named.0) > known.map(|known| known.0) {
        let named = quote(value["schema_version"].as_str().unwrap_or_default());
        let message = format!("the schema version is {named}, but `{SCHEMA_VERSION}` is the latest known");
        sink.add(Code::SchemaNewer, "schema_version", message);
        return Ok(Opened::Refused);
    }
    let newer = named > known;
    let shape = Shape::new("manifest", newer);
    shape.put_newer_aside(&mut value);
    let manifest: Option<Box<Manifest>> = shape.check(&value, &mut sink);
    if let Some(manifest) = &manifest
        && manifest.rules_version > RULES_VERSION
    {
        let message = format!(
            "the rules version is `{}`, but `{RULES_VERSION}` is the latest known",
            manifest.rules_version
        );
        sink.add(Code::RulesNewer, "rules_version", message);
    }
    Ok(Opened::Rows { manifest, newer })
}

/// Major and minor version of a manifest's schema; `None` if it names none.
fn version(manifest: &Value) -> Option<(u64, u64)> {
    version_of(manifest["schema_version"].as_str()?)
}

fn version_of(text: &str) -> Option<(u64, u64)> {
    let (major, minor) = text.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
