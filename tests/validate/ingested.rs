//! Datasets as `ingest` writes them have no findings.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use qasift::config::{IngestConfig, Output};
use qasift::record::{Dedup, Format};
use qasift::validate::{self, Report};

use crate::profiles;

/// Ingests pages and validates the dataset.
fn report(inputs: Vec<PathBuf>, dedup: Dedup) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut config = IngestConfig::new(inputs);
    let dataset = folder.path().join("dataset");
    config.output = Output::Folder(dataset.clone());
    config.formats = Format::ALL.to_vec();
    config.dedup = dedup;
    qasift::ingest(&config, profiles(), &|_| {}, &AtomicBool::new(false)).expect("pages");
    validate::dataset(&dataset, profiles()).expect("readable")
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_demonstration_page_has_no_findings() {
    let report = report(vec![root("raw/page.txt")], Dedup::Exact);
    assert_eq!(report.findings, []);
    assert_eq!(report.entries, 25);
}

#[test]
fn many_layouts_have_no_findings() {
    for dedup in [Dedup::Exact, Dedup::None] {
        let report = report(vec![root("tests/golden"), root("tests/pages"), root("raw")], dedup);
        assert_eq!(report.findings, [], "{dedup}");
        assert!(report.entries > 100, "{}", report.entries);
    }
}
