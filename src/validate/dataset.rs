//! A whole dataset: its files, then its rows in the order in which they lean
//! on each other: inputs, pages, entries, rejects, sums.

use std::path::Path;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::entries::{self, Checker};
use super::findings::{Findings, Place, Sink};
use super::inputs::Inputs;
use super::keys::Keys;
use super::manifest::{self, Opened};
use super::pages::Pages;
use super::profiles::{self, Known};
use super::rejects::Rejects;
use super::rows;
use super::shape::Shape;
use super::{files, totals};
use crate::error::Error;
use crate::profile::Profiles;
use crate::record::{Dedup, InputRow, Manifest, PageRow, Reject};

const INPUTS: &str = "inputs.jsonl";
const PAGES: &str = "pages.jsonl";
const REJECTS: &str = "rejects.jsonl";

/// Checks everything. Returns the number of entries.
pub(crate) fn check(dataset: &Path, ours: &Profiles, findings: &mut Findings) -> Result<u64, Error> {
    let Opened::Rows { manifest, newer } = manifest::open(dataset, findings)? else { return Ok(0) };
    if let Some(manifest) = &manifest {
        files::check(dataset, manifest, findings)?;
        profiles::check_list(manifest, findings);
    }
    let mut rows =
        Walk { dataset, manifest: manifest.as_deref(), profiles: ours, newer, findings, whole: true };
    rows.check()
}

/// One walk over all rows.
struct Walk<'a> {
    dataset: &'a Path,
    manifest: Option<&'a Manifest>,
    profiles: &'a Profiles,
    /// Whether the schema is of a newer minor version.
    newer: bool,
    findings: &'a mut Findings,
    /// Whether every row so far could be read, so that numbers can be compared.
    whole: bool,
}

impl Walk<'_> {
    fn check(&mut self) -> Result<u64, Error> {
        let mut inputs = Inputs::default();
        let mut pages = Pages::new(Known::new(self.manifest, self.profiles));
        self.pages(&mut inputs, &mut pages)?;
        let exact = self.manifest.is_some_and(|manifest| manifest.options.dedup == Dedup::Exact);
        let mut keys = Keys::new(exact);
        self.entries(&mut keys, &mut pages)?;
        let mut rejects = Rejects::default();
        self.rows::<Reject>(REJECTS, "reject", |row, sink| {
            if let Ok(row) = row {
                rejects.row(&row, &keys, (&mut inputs, &mut pages), sink);
            }
        })?;
        if self.whole {
            inputs.finish(INPUTS, self.findings);
            totals::pages(&pages, self.findings);
            if let Some(manifest) = self.manifest {
                totals::totals(&manifest.totals, &inputs, &pages, &keys, &rejects, self.findings);
            }
        }
        Ok(keys.records)
    }

    fn pages(&mut self, inputs: &mut Inputs, pages: &mut Pages<'_>) -> Result<(), Error> {
        let listed = self.rows::<InputRow>(INPUTS, "input", |row, sink| match row {
            Ok(row) => inputs.row(&row, sink),
            Err(_) => inputs.incomplete = true,
        })?;
        inputs.incomplete |= !listed;
        let listed = self.rows::<PageRow>(PAGES, "page", |row, sink| match row {
            Ok(row) => pages.row(&row, inputs, sink),
            Err(value) => pages.malformed(value.as_ref()),
        })?;
        if !listed {
            pages.take_any();
        }
        Ok(())
    }

    fn entries(&mut self, keys: &mut Keys, pages: &mut Pages<'_>) -> Result<(), Error> {
        // JSON distinguishes null from empty, so the CSV comes last and is the one compared.
        let files: Vec<String> = files::formats(self.dataset).into_iter().rev().collect();
        let checker = Checker { shape: Shape::new("entry", self.newer), newer: self.newer };
        self.whole &= entries::check(self.dataset, &files, &checker, keys, pages, self.findings)?;
        if let Some(first) = files.first() {
            keys.finish(first, self.findings);
        }
        Ok(())
    }

    /// Hands on every row of a file, or its value where it is not one by the
    /// schema. Returns whether the file is there.
    fn rows<T: DeserializeOwned>(
        &mut self,
        file: &str,
        schema: &str,
        mut each: impl FnMut(Result<T, Option<Value>>, &mut Sink<'_>),
    ) -> Result<bool, Error> {
        let path = self.dataset.join(file);
        if !path.is_file() {
            self.whole = false;
            return Ok(false);
        }
        let shape = Shape::new(schema, self.newer);
        for row in rows::open(&path, self.newer)? {
            let row = row?;
            let mut sink = self.findings.at(Place { file, record: Some(row.number), line: row.line });
            let record = match row.value {
                Ok(mut value) => {
                    shape.put_newer_aside(&mut value);
                    shape.check(&value, &mut sink).ok_or(Some(value))
                }
                Err(fault) => {
                    sink.add(fault.code, None, fault.message);
                    Err(None)
                }
            };
            self.whole &= record.is_ok();
            each(record, &mut sink);
        }
        Ok(true)
    }
}
