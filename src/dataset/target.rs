//! The folder that a dataset is written to: where it is, and whether it may be replaced.
//!
//! The target is replaced with everything in it, so it is checked first: unless
//! forced, only an empty folder or a dataset without any other files is replaced.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, CWD, accessat};

use super::manifest::{MANIFEST, listed_files};
use crate::Error;

const OTHER_FOLDER: &str = "Name another folder with `-o`.";
const OR_FORCE: &str =
    "Name another folder with `-o`, or replace this one and everything in it with `--force`.";

/// A target folder, which may not exist yet.
#[derive(Debug)]
pub(super) struct Target {
    /// The path that the user gave, for messages.
    pub(super) named: PathBuf,
    /// The folder's parent, which exists, as a path without links.
    pub(super) parent: PathBuf,
    /// The folder's own name.
    pub(super) name: OsString,
    /// The parents that were created.
    _created: CreatedFolders,
}

impl Target {
    /// Follows links and creates missing parents.
    pub(super) fn resolve(named: &Path) -> Result<Self, Error> {
        let path = follow_links(named)?;
        let Some(name) = path.file_name() else {
            return Err(Error::usage(
                format!("`{}` cannot be replaced by a dataset: it has no name of its own", named.display()),
                OTHER_FOLDER,
            ));
        };
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let created = CreatedFolders::create(parent)?;
        let parent = fs::canonicalize(parent).map_err(Error::io("open", parent))?;
        Ok(Self { named: named.to_owned(), parent, name: name.to_owned(), _created: created })
    }

    /// The folder, as a path without links.
    pub(super) fn path(&self) -> PathBuf {
        self.parent.join(&self.name)
    }

    /// A hidden name beside the target: `.NAME.SUFFIX`.
    pub(super) fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(suffix);
        self.parent.join(name)
    }

    /// Whether the folder exists.
    ///
    /// # Errors
    ///
    /// If it exists and may not be replaced.
    pub(super) fn check(&self, force: bool) -> Result<bool, Error> {
        let path = self.path();
        let metadata = match fs::symlink_metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(Error::io("open", &self.named)(error)),
        };
        let parent = fs::metadata(&self.parent).map_err(Error::io("open", &self.parent))?;
        if !metadata.is_dir() {
            return Err(self.refuse("is a file, not a folder", OTHER_FOLDER));
        }
        if fs::canonicalize(".").is_ok_and(|current| current.starts_with(&path)) {
            return Err(self.refuse(
                "cannot be replaced by a dataset: it contains the current folder",
                "Name a folder below it with `-o`, or run qasift from another folder.",
            ));
        }
        if metadata.dev() != parent.dev() {
            return Err(self.not_exchangeable("it is a mount point", &self.named.join("dataset")));
        }
        if !force {
            self.check_content(&path)?;
        }
        if let Some(folder) = unremovable(&path).map_err(Error::io("read", &self.named))? {
            let files = match folder.strip_prefix(&path) {
                Ok(inside) if inside.as_os_str().is_empty() => "its files".to_owned(),
                inside => format!("the files in `{}`", inside.unwrap_or(&folder).display()),
            };
            return Err(self.refuse(
                &format!("cannot be replaced: you may not remove {files}"),
                "Name another folder with `-o`, or ask the owner of this one to remove it.",
            ));
        }
        Ok(true)
    }

    /// Refuses a folder that contains anything but a dataset.
    fn check_content(&self, path: &Path) -> Result<(), Error> {
        let names: BTreeSet<OsString> = fs::read_dir(path)
            .and_then(|found| found.map(|found| Ok(found?.file_name())).collect())
            .map_err(Error::io("read", &self.named))?;
        if names.is_empty() {
            return Ok(());
        }
        let Some(listed) = listed_files(path) else {
            return Err(self.refuse("is not empty and is not a dataset", OR_FORCE));
        };
        match names.iter().find(|&name| name != MANIFEST && !listed.contains(name.as_os_str())) {
            Some(name) => Err(self.refuse(
                &format!("contains `{}`, which does not belong to the dataset in it", name.display()),
                "Move it elsewhere, name another folder with `-o`, or replace everything with `--force`.",
            )),
            None => Ok(()),
        }
    }

    fn refuse(&self, why: &str, hint: &'static str) -> Error {
        Error::usage(format!("`{}` {why}", self.named.display()), hint)
    }

    /// The error for a folder that the system does not exchange; `works` is one that
    /// can be written to.
    pub(super) fn not_exchangeable(&self, why: &str, works: &Path) -> Error {
        Error::Usage {
            message: format!("`{}` cannot be replaced in one step: {why}", self.named.display()),
            hint: Some(format!("Nothing was changed; `-o {}` works.", works.display())),
        }
    }

    /// The first of `NAME-2`, `NAME-3` … that does not exist: a folder beside the
    /// target that needs no exchange.
    pub(super) fn free_name(&self) -> PathBuf {
        let mut number = 2_u64;
        loop {
            let mut name = self.name.clone();
            name.push(format!("-{number}"));
            if fs::symlink_metadata(self.parent.join(&name)).is_err() {
                return self.named.with_file_name(name);
            }
            number += 1;
        }
    }
}

/// The first of a folder and those inside it whose files may not be removed. The
/// system would exchange such a folder, but the old one could not be cleared away.
fn unremovable(folder: &Path) -> io::Result<Option<PathBuf>> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let needed = Access::READ_OK | Access::WRITE_OK | Access::EXEC_OK;
        let may = accessat(CWD, &folder, needed, AtFlags::EACCESS).is_ok();
        let mut inside = match fs::read_dir(&folder) {
            Ok(inside) => inside.peekable(),
            Err(_) if !may => return Ok(Some(folder)),
            Err(error) => return Err(error),
        };
        if !may && inside.peek().is_some() {
            return Ok(Some(folder));
        }
        for entry in inside {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    Ok(None)
}

/// Refuses a target that contains one of the inputs, which would be lost when the
/// target is replaced.
///
/// # Errors
///
/// [`Error::Usage`] that names the first such input.
pub(crate) fn refuse_inputs_inside<'a>(
    target: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Error> {
    let Some(folder) = fs::canonicalize(target).ok().filter(|folder| folder.is_dir()) else { return Ok(()) };
    let holds = |path: &Path| fs::canonicalize(path).is_ok_and(|path| path.starts_with(&folder));
    // Consecutive inputs often have the same parent.
    let mut last: Option<(&Path, bool)> = None;
    let inside = |input: &&'a Path| match input.parent() {
        Some(parent) if !parent.as_os_str().is_empty() && fs::read_link(input).is_err() => {
            if last.is_none_or(|(known, _)| known != parent) {
                last = Some((parent, holds(parent)));
            }
            last.is_some_and(|(_, is_held)| is_held)
        }
        _ => holds(input),
    };
    match inputs.into_iter().find(inside) {
        Some(input) => Err(Error::usage(
            format!("`{}` contains the input `{}`, which would be lost", target.display(), input.display()),
            OTHER_FOLDER,
        )),
        None => Ok(()),
    }
}

/// Resolves links, the last of which may point to nothing yet. A cycle of links is
/// an error of the system.
fn follow_links(named: &Path) -> Result<PathBuf, Error> {
    let mut path = named.to_owned();
    loop {
        match fs::canonicalize(&path) {
            Ok(path) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io("create", named)(error)),
        }
        match fs::read_link(&path) {
            Ok(link) => path = path.parent().unwrap_or(Path::new("")).join(link),
            Err(_) => return Ok(path),
        }
    }
}

/// Folders that were created, outermost first. Those that are still empty are removed
/// when this is dropped, so that a run that wrote nothing leaves nothing behind.
#[derive(Debug, Default)]
struct CreatedFolders(Vec<PathBuf>);

impl CreatedFolders {
    fn create(folder: &Path) -> Result<Self, Error> {
        let mut missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && fs::symlink_metadata(folder).is_err())
            .collect();
        missing.reverse();
        let mut created = Self::default();
        for folder in missing {
            match fs::create_dir(folder) {
                Ok(()) => created.0.push(folder.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::io("create", folder)(error)),
            }
        }
        Ok(created)
    }
}

impl Drop for CreatedFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // The system refuses this for a folder that is not empty, as intended.
            let _ = fs::remove_dir(folder);
        }
    }
}
