//! Pages inside files, from the input to the dataset: the same page gives the
//! same entries wherever it is, and damage costs nothing but what is damaged.

mod damage;
mod formats;

use std::fs;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;

use qasift::config::{IngestConfig, Output};
use qasift::profile::Profiles;
use qasift::record::{Entry, Format, InputRow, PageRow, Reject};
use qasift::{Error, Summary, validate};
use serde::de::DeserializeOwned;
use tempfile::TempDir;

static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::built_in);

/// Three pages that share an entry.
fn pages() -> [String; 3] {
    let page = |about: &str| {
        format!(
            "How long do {about} live?\n\nA worker lives six weeks in summer, {about} say.\n\n\
             Takedown request   |   View complete answer on {about}.example\n\n\
             Do they sleep?\n\nThey do, some five hours a day.\n\n\
             Takedown request   |   View complete answer on sleep.example\n"
        )
    };
    [page("bees"), page("wasps"), page("ants")]
}

/// A folder with inputs, and the dataset made of them.
struct Run {
    folder: TempDir,
}

impl Run {
    fn of(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self { folder }
    }

    fn config(&self) -> IngestConfig {
        let mut inputs: Vec<PathBuf> =
            fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        inputs.retain(|path| path.is_file());
        IngestConfig {
            output: Output::Folder(self.dataset()),
            formats: vec![Format::Json, Format::Jsonl],
            ..IngestConfig::new(inputs)
        }
    }

    fn dataset(&self) -> PathBuf {
        self.folder.path().join("dataset")
    }

    fn ingest(&self, change: impl FnOnce(&mut IngestConfig)) -> Result<Summary, Error> {
        let mut config = self.config();
        change(&mut config);
        let summary = qasift::ingest(&config, &PROFILES, &|_| (), &AtomicBool::new(false))?;
        let report = validate::dataset(&self.dataset(), &PROFILES)?;
        assert_eq!(report.findings, []);
        Ok(summary)
    }

    fn rows<T: DeserializeOwned>(&self, file: &str) -> Vec<T> {
        let text = fs::read_to_string(self.dataset().join(file)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn inputs(&self) -> Vec<InputRow> {
        self.rows("inputs.jsonl")
    }

    fn pages(&self) -> Vec<PageRow> {
        self.rows("pages.jsonl")
    }

    fn rejects(&self) -> Vec<Reject> {
        self.rows("rejects.jsonl")
    }

    fn entries(&self) -> Vec<Entry<'static>> {
        self.rows("entries.jsonl")
    }

    /// Every file of the dataset.
    fn bytes(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files: Vec<_> = fs::read_dir(self.dataset())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.clone(), fs::read(path).unwrap()))
            .collect();
        files.sort();
        files
    }
}

/// Entries without what tells where they stand.
fn contents(entries: &[Entry<'static>]) -> Vec<Entry<'static>> {
    let without = |entry: &Entry<'static>| Entry { page: "".into(), page_url: None, ..entry.clone() };
    entries.iter().map(without).collect()
}

fn threads(number: usize) -> Option<NonZeroUsize> {
    NonZeroUsize::new(number)
}

fn jsonl<'a>(pages: impl IntoIterator<Item = &'a String>) -> String {
    let lines = pages.into_iter().enumerate().map(|(at, page)| {
        let url = format!("https://pages.example/{at}");
        serde_json::json!({"url": url, "text": page}).to_string() + "\n"
    });
    lines.collect()
}
