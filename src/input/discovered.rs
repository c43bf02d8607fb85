//! What a request means: its inputs, and what was left out.

use std::fmt;
use std::path::PathBuf;

use super::name;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The page name: see [`Entry::page`](crate::record::Entry::page).
    pub name: String,
    /// Where it is; `-` for standard input.
    pub path: PathBuf,
    /// What it is.
    pub kind: InputKind,
}

/// What an input is, which determines how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// A file, or a path at which nothing could be found.
    File,
    /// A named pipe or a device, fed by another process.
    Pipe,
    /// Standard input.
    Stdin,
}

/// What a request means.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The files, ordered by the bytes of their names, each once.
    pub inputs: Vec<Input>,
    /// Files in folders that are not read.
    pub skipped: u64,
    /// The first thousand of them, and of folders in folders that are not entered.
    pub left_out: Vec<LeftOut>,
    /// What may surprise the user.
    pub notices: Vec<Notice>,
}

/// A file or folder in a folder that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it is.
    pub path: PathBuf,
    /// Why, as a part of a sentence.
    pub reason: &'static str,
}

/// How many of the files and folders that are left out are listed.
pub(super) const LEFT_OUT: usize = 1000;

impl Input {
    /// What messages call it: its name, or the whole path if that is absolute.
    #[must_use]
    pub fn place(&self) -> String {
        if self.path.is_absolute() {
            format!("/{}", name::of(self.path.strip_prefix("/").unwrap_or(&self.path)))
        } else {
            self.name.clone()
        }
    }
}

impl Discovered {
    /// What messages call the input of that name.
    #[must_use]
    pub fn place(&self, name: &str) -> String {
        let found = self.inputs.binary_search_by(|input| input.name.as_str().cmp(name));
        found.map_or_else(|_| name.to_owned(), |index| self.inputs[index].place())
    }
}

/// A folder that the user named and that gives no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// No file in it is read.
    NoPages {
        /// The folder.
        folder: PathBuf,
        /// Number of files in it.
        skipped: u64,
    },
    /// It is a dataset of ours.
    Dataset(PathBuf),
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPages { folder, skipped: 0 } => write!(f, "`{}` contains no files", folder.display()),
            Self::NoPages { folder, skipped } => {
                write!(f, "`{}` contains no files to read ({skipped} skipped)", folder.display())
            }
            Self::Dataset(folder) => write!(f, "`{}` is a dataset and was not read", folder.display()),
        }
    }
}
