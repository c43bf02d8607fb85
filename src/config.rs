//! What a run is asked to do: the command line's options, resolved once.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::input::{Options, Request};
use crate::record::{Dedup, Format};

/// Default of the largest page that is read, in bytes. Reading a page takes
/// about four times its size in memory.
pub const MAX_PAGE_BYTES: u64 = 256 << 20;

/// What `ingest` does.
#[derive(Debug, Clone)]
pub struct IngestConfig {
    /// Which files are read.
    pub request: Request,
    /// Where the dataset goes.
    pub output: Output,
    /// Formats of the entries, in any order.
    pub formats: Vec<Format>,
    /// Which entries count as duplicates.
    pub dedup: Dedup,
    /// How the inputs are read.
    pub reading: Options,
    /// The number of pages to read at most, the first ones in dataset order.
    pub limit: Option<u64>,
    /// Number of threads; by default one per core.
    pub jobs: Option<NonZeroUsize>,
    /// Whether a folder that holds something other than a dataset may be replaced.
    pub force: bool,
}

/// Where a dataset goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// A folder.
    Folder(PathBuf),
    /// Standard output: only the entries, one per line.
    Stdout,
    /// Nowhere: everything is done except writing.
    Nowhere,
}

impl Output {
    /// The default folder: `output/NAME`, where NAME is the single input's name
    /// without its extension, or `dataset`.
    #[must_use]
    pub fn default_folder(inputs: &[PathBuf]) -> PathBuf {
        let name = match inputs {
            [input] if input.as_os_str() == "-" => None,
            [input] if input.is_dir() => input.file_name(),
            [input] => input.file_stem(),
            _ => None,
        };
        Path::new("output").join(name.unwrap_or("dataset".as_ref()))
    }
}

impl IngestConfig {
    /// The default configuration for `inputs`.
    #[must_use]
    pub fn new(inputs: Vec<PathBuf>) -> Self {
        Self {
            output: Output::Folder(Output::default_folder(&inputs)),
            request: Request { inputs, ..Request::default() },
            formats: vec![Format::Json, Format::Csv],
            dedup: Dedup::Exact,
            reading: Options::default(),
            limit: None,
            jobs: None,
            force: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_folder_has_the_single_input_s_name() {
        let folder = |inputs: &[&str]| {
            Output::default_folder(&inputs.iter().map(PathBuf::from).collect::<Vec<_>>())
                .display()
                .to_string()
        };
        assert_eq!(folder(&["raw/page.txt"]), "output/page");
        assert_eq!(folder(&["raw/page.v2.txt"]), "output/page.v2");
        assert_eq!(folder(&["raw/page"]), "output/page");
        assert_eq!(folder(&["src/"]), "output/src", "a folder");
        assert_eq!(folder(&["-"]), "output/dataset");
        assert_eq!(folder(&["."]), "output/dataset");
        assert_eq!(folder(&["a.txt", "b.txt"]), "output/dataset");
        assert_eq!(folder(&[]), "output/dataset");
    }
}
