//! Where the rows of a run go: to a dataset, or only the entries to standard output, or nowhere.

use std::io::Stdout;

use crate::Error;
use crate::config::{IngestConfig, Output};
use crate::dataset::{self, DatasetWriter, Encoded, JsonlSink};
use crate::input::Discovered;
use crate::profile::{Profile, Profiles};
use crate::record::{Format, InputRow, Options, PageRow, Reject};

pub(super) enum Sink {
    Dataset(Box<DatasetWriter>),
    Stdout(JsonlSink<Stdout>),
    Nowhere,
}

impl Sink {
    pub(super) fn open(config: &IngestConfig, discovered: &Discovered) -> Result<Self, Error> {
        Ok(match &config.output {
            Output::Folder(folder) => {
                let inputs = discovered.inputs.iter().map(|input| input.path.as_path());
                dataset::refuse_inputs_inside(folder, inputs)?;
                Self::Dataset(Box::new(DatasetWriter::create(folder, options(config), config.force)?))
            }
            Output::Stdout => Self::Stdout(JsonlSink::new(std::io::stdout())),
            Output::Nowhere => Self::Nowhere,
        })
    }

    /// The formats that entries must be encoded for.
    pub(super) fn formats(&self) -> Vec<Format> {
        match self {
            Self::Dataset(dataset) => dataset.formats().to_vec(),
            Self::Stdout(_) => vec![Format::Jsonl],
            Self::Nowhere => Vec::new(),
        }
    }

    pub(super) fn write_entries(&mut self, encoded: &[Encoded]) -> Result<(), Error> {
        match self {
            Self::Dataset(dataset) => dataset.write_entries(encoded),
            Self::Stdout(lines) => lines.write_entries(encoded),
            Self::Nowhere => Ok(()),
        }
    }

    pub(super) fn write_input(&mut self, row: &InputRow) -> Result<(), Error> {
        self.dataset().map_or(Ok(()), |dataset| dataset.write_input(row))
    }

    pub(super) fn write_reject(&mut self, reject: &Reject) -> Result<(), Error> {
        self.dataset().map_or(Ok(()), |dataset| dataset.write_reject(reject))
    }

    pub(super) fn write_page(&mut self, row: &PageRow) -> Result<(), Error> {
        self.dataset().map_or(Ok(()), |dataset| dataset.write_page(row))
    }

    fn dataset(&mut self) -> Option<&mut DatasetWriter> {
        if let Self::Dataset(dataset) = self { Some(dataset) } else { None }
    }

    /// Puts the dataset in place, or writes what is still buffered.
    pub(super) fn finish(self, profiles: &Profiles) -> Result<(), Error> {
        match self {
            Self::Dataset(dataset) => {
                dataset.finish(profiles.iter().map(Profile::digest).collect()).map(drop)
            }
            Self::Stdout(lines) => lines.finish(),
            Self::Nowhere => Ok(()),
        }
    }
}

/// The options that change a dataset's content.
fn options(config: &IngestConfig) -> Options {
    Options {
        format: config.formats.clone(),
        dedup: config.dedup,
        max_page_bytes: Some(config.reading.max_page_bytes),
        limit: config.limit,
        input_format: config.reading.format,
        fields: config.reading.fields.clone(),
    }
}
