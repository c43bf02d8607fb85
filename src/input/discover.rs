//! Which files a request means, and in which order.
//!
//! A folder is read whole: every file with a known extension, hidden and
//! git-ignored ones too. A link to a file counts as a file; a link to a folder
//! inside a folder is not entered, nor is a dataset of ours, nor the staging
//! folder of one. What the user names itself is always taken, also through a
//! link, and also if it doesn't exist: reading it will say so.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::{self, Read as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::distinct::{Found, Real, distinct};
use super::name;
use super::select::Selection;
use crate::Error;
use crate::dataset::{is_dataset, is_staging};

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

/// What an input is, which tells how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// A file, or a path at which nothing could be found.
    File,
    /// A named pipe or a device, which another process feeds.
    Pipe,
    /// Standard input.
    Stdin,
}

/// What to look for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Files, folders, or `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// The folder that names of absolute inputs are told from; by default the
    /// deepest folder that all absolute inputs lie in.
    pub base: Option<PathBuf>,
    /// In folders, read the files that match one of these globs, instead of
    /// those with a known extension.
    pub include: Vec<String>,
    /// In folders, leave out files and folders that match one of these globs.
    pub exclude: Vec<String>,
}

/// What a request means.
#[derive(Debug, Default)]
pub struct Discovered {
    /// The files, ordered by the bytes of their names, each once.
    pub inputs: Vec<Input>,
    /// Files in folders that are not read.
    pub skipped: u64,
    /// What the user may not expect.
    pub notices: Vec<Notice>,
}

/// A named folder that gives no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// No file in it is read.
    NoPages {
        /// The folder.
        folder: PathBuf,
        /// Files in it.
        skipped: u64,
    },
    /// It is a dataset of ours.
    Dataset(PathBuf),
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPages { folder, skipped: 0 } => write!(f, "`{}` holds no files", folder.display()),
            Self::NoPages { folder, skipped } => {
                write!(f, "`{}` holds no files to read (skipped {skipped})", folder.display())
            }
            Self::Dataset(folder) => write!(f, "`{}` is a dataset and was not read", folder.display()),
        }
    }
}

/// Finds the files that `request` means.
///
/// # Errors
///
/// If a glob can't be parsed, an absolute input lies outside the base, or two
/// files would get the same name.
pub fn discover(request: &Request) -> Result<Discovered, Error> {
    let base = base(request)?;
    let mut search = Search {
        selection: Selection::new(&request.include, &request.exclude)?,
        found: Vec::new(),
        skipped: 0,
        notices: Vec::new(),
    };
    for path in &request.inputs {
        search.named(path, base.as_deref())?;
    }
    let Search { found, skipped, notices, .. } = search;
    Ok(Discovered { inputs: distinct(found)?, skipped, notices })
}

/// Reads a list of inputs, one path a line, from a file or, for `-`, from
/// standard input. Empty lines are left out.
///
/// # Errors
///
/// If the list can't be read.
pub fn read_list(list: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut bytes = Vec::new();
    let read = if list.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)
    } else {
        fs::File::open(list).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(Error::io("read", list))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let lines = bytes.split(|&byte| byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(lines.filter(|line| !line.is_empty()).map(|line| PathBuf::from(OsStr::from_bytes(line))).collect())
}

/// The folder that names of absolute inputs are told from, if there is one.
fn base(request: &Request) -> Result<Option<PathBuf>, Error> {
    if let Some(base) = &request.base {
        let absolute = std::path::absolute(base).map_err(Error::io("find", base))?;
        return Ok(Some(name::clean(&absolute)));
    }
    let absolute = request.inputs.iter().filter(|path| path.is_absolute()).map(|path| name::clean(path));
    Ok(name::common_folder(absolute.map(|path| path.parent().map_or_else(|| path.clone(), Path::to_owned))))
}

/// A folder to walk, with the name and the real path that its files start with.
struct Folder {
    path: PathBuf,
    name: String,
    real: Rc<Path>,
}

struct Search {
    selection: Selection,
    found: Vec<Found>,
    skipped: u64,
    notices: Vec<Notice>,
}

impl Search {
    /// Takes what the user named.
    fn named(&mut self, path: &Path, base: Option<&Path>) -> Result<(), Error> {
        if path.as_os_str() == "-" {
            self.push("-".to_owned(), path.to_owned(), Real::Path(path.to_owned()), InputKind::Stdin);
            return Ok(());
        }
        let name = name_of_named(path, base)?;
        let real = real_path(path);
        let target = fs::metadata(path).ok();
        if !target.as_ref().is_some_and(fs::Metadata::is_dir) {
            let kind = if target.is_none_or(|to| to.is_file()) { InputKind::File } else { InputKind::Pipe };
            self.push(name, path.to_owned(), Real::Path(real), kind);
            return Ok(());
        }
        if is_dataset(path) {
            self.notices.push(Notice::Dataset(path.to_owned()));
            return Ok(());
        }
        let before = (self.found.len(), self.skipped);
        self.walk(Folder { path: path.to_owned(), name, real: real.into() });
        if self.found.len() == before.0 {
            let skipped = self.skipped - before.1;
            self.notices.push(Notice::NoPages { folder: path.to_owned(), skipped });
        }
        Ok(())
    }

    fn push(&mut self, mut name: String, mut path: PathBuf, real: Real, kind: InputKind) {
        // There may be millions, and they stay to the end.
        name.shrink_to_fit();
        path.shrink_to_fit();
        self.found.push(Found { input: Input { name, path, kind }, real });
    }

    fn walk(&mut self, root: Folder) {
        let top = root.path.clone();
        let mut folders = vec![root];
        while let Some(folder) = folders.pop() {
            if let Err(_unreadable) = self.list(&folder, &top, &mut folders) {
                // Reading a folder as a file fails, and says why.
                self.push(folder.name, folder.path, Real::Path(folder.real.to_path_buf()), InputKind::File);
            }
        }
    }

    /// Takes the files of one folder, and adds its folders to `folders`.
    fn list(&mut self, folder: &Folder, top: &Path, folders: &mut Vec<Folder>) -> io::Result<()> {
        for entry in fs::read_dir(&folder.path)? {
            let entry = entry?;
            let file_name = entry.file_name();
            let path = folder.path.join(&file_name);
            let is_link = entry.file_type()?.is_symlink();
            let mut name = folder.name.clone();
            name::push(&mut name, &file_name);
            match self.take(&entry, &path, path.strip_prefix(top).unwrap_or(&path))? {
                Take::File if is_link => {
                    let real = real_path(&path);
                    self.push(name, path, Real::Path(real), InputKind::File);
                }
                Take::File => self.push(name, path, Real::In(Rc::clone(&folder.real)), InputKind::File),
                Take::Folder => {
                    let real = folder.real.join(&file_name).into();
                    folders.push(Folder { path, name, real });
                }
                Take::Closed => {}
                Take::Skipped => self.skipped += 1,
            }
        }
        Ok(())
    }

    /// What becomes of something in a folder; `below` is its path below the
    /// folder that the user named.
    fn take(&self, entry: &fs::DirEntry, path: &Path, below: &Path) -> io::Result<Take> {
        let kind = entry.file_type()?;
        let target =
            if kind.is_symlink() { fs::metadata(path).ok().map(|to| to.file_type()) } else { Some(kind) };
        if target.is_some_and(|to| to.is_dir()) {
            let closed = kind.is_symlink()
                || path.file_name().is_some_and(is_staging)
                || self.selection.excludes(below)
                || is_dataset(path);
            return Ok(if closed { Take::Closed } else { Take::Folder });
        }
        // A link that leads nowhere is taken: reading it will say so.
        let is_file = target.is_none_or(|to| to.is_file());
        Ok(if is_file && self.selection.includes(below) { Take::File } else { Take::Skipped })
    }
}

/// What becomes of something in a folder.
enum Take {
    /// It is read.
    File,
    /// It is a file that is not read.
    Skipped,
    /// It is entered.
    Folder,
    /// It is a folder that is not entered.
    Closed,
}

fn name_of_named(path: &Path, base: Option<&Path>) -> Result<String, Error> {
    let cleaned = name::clean(path);
    let (true, Some(base)) = (cleaned.is_absolute(), base) else {
        return Ok(name::of(&cleaned));
    };
    let Ok(below) = cleaned.strip_prefix(base) else {
        let message = format!("`{}` does not lie in the base `{}`", path.display(), base.display());
        return Err(Error::usage(message, "Pass a `--base` that all absolute inputs lie in."));
    };
    Ok(name::of(below))
}

/// The path without links, or as near as the system tells.
fn real_path(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    fs::canonicalize(path).unwrap_or_else(|_| name::clean(&absolute()))
}

#[cfg(test)]
#[path = "discover_tests.rs"]
mod tests;
