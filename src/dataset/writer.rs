//! Writes a dataset's files, totals and manifest.

use std::path::Path;

use rayon::prelude::*;

use super::EntriesFile;
use super::csv::CsvFile;
use super::encoded::Encoded;
use super::json::JsonFile;
use super::jsonl::JsonlFile;
use super::manifest::{self, MANIFEST};
use super::rows::RowsFile;
use super::staging::Staging;
use crate::Error;
use crate::record::{
    FileDigest, Format, InputRow, Manifest, Options, PageRow, ProfileDigest, Reject, Totals,
};

/// Writes one dataset. Pages and rows must be passed in the order of the dataset.
///
/// Until [`finish`](Self::finish), nothing is changed at the target; a writer that is
/// dropped before leaves nothing behind.
pub(crate) struct DatasetWriter {
    // Dropped in this order: the files before the folder that contains them.
    entries: Vec<Box<dyn EntriesFile>>,
    rejects: RowsFile,
    inputs: RowsFile,
    pages: RowsFile,
    staging: Staging,
    options: Options,
    totals: Totals,
}

impl DatasetWriter {
    /// Starts a dataset at `target`, with an entries file for each of
    /// `options.format`. The other options are only recorded in the manifest.
    ///
    /// # Errors
    ///
    /// As for [`Staging::open`].
    pub(crate) fn create(target: &Path, mut options: Options, force: bool) -> Result<Self, Error> {
        options.format.sort_unstable();
        options.format.dedup();
        let staging = Staging::open(target, force)?;
        let rows = |name| staging.create(name).map(RowsFile::new);
        Ok(Self {
            entries: options
                .format
                .iter()
                .map(|&format| entries_file(&staging, format))
                .collect::<Result<_, _>>()?,
            rejects: rows("rejects.jsonl")?,
            inputs: rows("inputs.jsonl")?,
            pages: rows("pages.jsonl")?,
            staging,
            options,
            totals: Totals::default(),
        })
    }

    /// The formats that entries must be [encoded](Encoded::new) for.
    pub(crate) fn formats(&self) -> &[Format] {
        &self.options.format
    }

    /// Writes the entries of some pages. The files are written in parallel, so it is
    /// faster to pass many pages at once.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if writing fails.
    pub(crate) fn write_entries(&mut self, pages: &[Encoded]) -> Result<(), Error> {
        self.totals.entries += pages.iter().map(|page| page.len() as u64).sum::<u64>();
        self.entries.par_iter_mut().try_for_each(|file| file.append(pages))
    }

    /// Writes one row of `rejects.jsonl`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if writing fails.
    pub(crate) fn write_reject(&mut self, reject: &Reject) -> Result<(), Error> {
        *self.totals.rejects.entry(reject.reason).or_default() += 1;
        self.rejects.write(reject)
    }

    /// Writes one row of `inputs.jsonl`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if writing fails.
    pub(crate) fn write_input(&mut self, input: &InputRow) -> Result<(), Error> {
        self.totals.inputs += 1;
        self.inputs.write(input)
    }

    /// Writes one row of `pages.jsonl`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if writing fails.
    pub(crate) fn write_page(&mut self, page: &PageRow) -> Result<(), Error> {
        self.totals.add_page(page);
        self.pages.write(page)
    }

    /// Completes the files, adds the manifest, and puts the dataset in place.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if writing fails, and as for [`Staging::commit`]. In that case,
    /// nothing was changed.
    pub(crate) fn finish(self, profiles: Vec<ProfileDigest>) -> Result<Manifest, Error> {
        let Self { entries, rejects, inputs, pages, staging, options, totals } = self;
        let mut files =
            entries.into_par_iter().map(EntriesFile::finish).collect::<Result<Vec<FileDigest>, Error>>()?;
        for rows in [rejects, inputs, pages] {
            files.push(rows.finish()?);
        }
        let manifest = manifest::manifest(options, profiles, totals, files);
        let mut file = staging.create(MANIFEST)?;
        file.write(
            &manifest::to_json(&manifest).map_err(|error| Error::io("write", file.path())(error.into()))?,
        )?;
        file.finish()?;
        staging.commit()?;
        Ok(manifest)
    }
}

fn entries_file(staging: &Staging, format: Format) -> Result<Box<dyn EntriesFile>, Error> {
    let file = staging.create(&format!("entries.{format}"))?;
    Ok(match format {
        Format::Csv => Box::new(CsvFile::new(file)?),
        Format::Json => Box::new(JsonFile::new(file)),
        Format::Jsonl => Box::new(JsonlFile::new(file)),
    })
}
