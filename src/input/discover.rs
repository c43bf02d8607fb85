//! Which files a request means, and in which order.
//!
//! A folder is read recursively: every file with a known extension, including
//! hidden and git-ignored ones. A link to a file counts as a file. Inside a folder,
//! linked folders, datasets of ours and their staging folders are not entered. What
//! the user names explicitly is always taken, even through a link, and even if it
//! does not exist: reading it will say so.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::discovered::{Discovered, Input, InputKind, LEFT_OUT, LeftOut, Notice};
use super::distinct::{Found, Real, distinct};
use super::name;
use super::select::{self, Selection};
use crate::Error;
use crate::dataset::{is_dataset, is_staging};

/// What to look for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Files, folders, or `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// The folder that absolute inputs are named relative to; by default the
    /// deepest folder that contains them all.
    pub base: Option<PathBuf>,
    /// In folders, read the files that match one of these globs, instead of
    /// those with a known extension.
    pub include: Vec<String>,
    /// In folders, leave out files and folders that match one of these globs.
    pub exclude: Vec<String>,
}

/// Finds the files that `request` means.
///
/// # Errors
///
/// If a glob can't be parsed, an absolute input is outside the base, or two
/// files would get the same name.
pub fn discover(request: &Request) -> Result<Discovered, Error> {
    let base = base(request)?;
    let mut search = Search {
        selection: Selection::new(&request.include, &request.exclude)?,
        found: Vec::new(),
        skipped: 0,
        left_out: Vec::new(),
        notices: Vec::new(),
    };
    for path in &request.inputs {
        search.named(path, base.as_deref())?;
    }
    let Search { found, skipped, left_out, notices, .. } = search;
    Ok(Discovered { inputs: distinct(found)?, skipped, left_out, notices })
}

/// Reads a list of inputs, one path per line, from a file or, for `-`, from
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

/// The folder that absolute inputs are named relative to, if there is one.
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
    left_out: Vec<LeftOut>,
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
        name::tell_from_records(&mut name);
        // There may be millions, and they are kept to the end.
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
                Take::Closed(reason) => self.leave_out(path, reason),
                Take::Skipped(reason) => {
                    self.skipped += 1;
                    self.leave_out(path, reason);
                }
            }
        }
        Ok(())
    }

    fn leave_out(&mut self, path: PathBuf, reason: &'static str) {
        if self.left_out.len() < LEFT_OUT {
            self.left_out.push(LeftOut { path, reason });
        }
    }

    /// What becomes of something in a folder; `below` is its path below the
    /// folder that the user named.
    fn take(&self, entry: &fs::DirEntry, path: &Path, below: &Path) -> io::Result<Take> {
        let kind = entry.file_type()?;
        let target =
            if kind.is_symlink() { fs::metadata(path).ok().map(|to| to.file_type()) } else { Some(kind) };
        if target.is_some_and(|to| to.is_dir()) {
            return Ok(self.closed(kind, path, below).map_or(Take::Folder, Take::Closed));
        }
        // A dangling link is taken: reading it will say so.
        if target.is_some_and(|to| !to.is_file()) {
            return Ok(Take::Skipped("it is not a regular file"));
        }
        Ok(self.selection.refuses(below).map_or(Take::File, Take::Skipped))
    }
}

impl Search {
    /// Why a folder in a folder is not entered, if it is not.
    fn closed(&self, kind: fs::FileType, path: &Path, below: &Path) -> Option<&'static str> {
        if kind.is_symlink() {
            Some("it is a link to a folder")
        } else if path.file_name().is_some_and(is_staging) {
            Some("it is the staging folder of a dataset")
        } else if self.selection.excludes(below) {
            Some(select::EXCLUDED)
        } else {
            is_dataset(path).then_some("it is a dataset")
        }
    }
}

/// What becomes of something in a folder.
enum Take {
    /// It is read.
    File,
    /// It is a file that is not read, for this reason.
    Skipped(&'static str),
    /// It is entered.
    Folder,
    /// It is a folder that is not entered, for this reason.
    Closed(&'static str),
}

fn name_of_named(path: &Path, base: Option<&Path>) -> Result<String, Error> {
    let cleaned = name::clean(path);
    let (true, Some(base)) = (cleaned.is_absolute(), base) else {
        return Ok(name::of(&cleaned));
    };
    let Ok(below) = cleaned.strip_prefix(base) else {
        let message = format!("`{}` is outside the base folder `{}`", path.display(), base.display());
        return Err(Error::usage(message, "Pass a `--base` that contains all absolute inputs."));
    };
    Ok(name::of(below))
}

/// The path without links, or the closest that the system can resolve.
fn real_path(path: &Path) -> PathBuf {
    let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    fs::canonicalize(path).unwrap_or_else(|_| name::clean(&absolute()))
}

#[cfg(test)]
#[path = "discover_tests.rs"]
mod tests;
