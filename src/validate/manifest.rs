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

/// What there is to go on with.
pub(crate) enum Opened {
    /// The rows can be checked, against the manifest where it can be read.
    Rows(Option<Box<Manifest>>),
    /// A version of the schema that this program does not know.
    Refused,
}

/// Reads and checks the manifest of a dataset.
pub(crate) fn open(dataset: &Path, findings: &mut Findings) -> Result<Opened, Error> {
    let path = dataset.join(NAME);
    let mut sink = findings.at(Place::file(NAME));
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            sink.add(Code::ManifestMissing, None, format!("there is no `{NAME}`"));
            return Ok(Opened::Rows(None));
        }
        Err(error) => return Err(Error::io("read", &path)(error)),
    };
    let value = match rows::parse(&text) {
        Ok(value) => value,
        Err(fault) => {
            sink.add(Code::ManifestUnreadable, None, fault.message);
            return Ok(Opened::Rows(None));
        }
    };
    if let Some(version) = newer_schema(&value) {
        let message = format!("the schema is version {}, and `{SCHEMA_VERSION}` is known", quote(version));
        sink.add(Code::SchemaNewer, "schema_version", message);
        return Ok(Opened::Refused);
    }
    let manifest: Option<Manifest> = Shape::new("manifest").check(&value, &mut sink);
    if let Some(manifest) = &manifest
        && manifest.rules_version > RULES_VERSION
    {
        let message =
            format!("the rules are version `{}`, and `{RULES_VERSION}` is known", manifest.rules_version);
        sink.add(Code::RulesNewer, "rules_version", message);
    }
    Ok(Opened::Rows(manifest.map(Box::new)))
}

/// The schema's version, if its major is newer than ours.
fn newer_schema(manifest: &Value) -> Option<&str> {
    let version = manifest["schema_version"].as_str()?;
    (major(version)? > major(SCHEMA_VERSION)?).then_some(version)
}

fn major(version: &str) -> Option<u64> {
    version.split_once('.')?.0.parse().ok()
}
