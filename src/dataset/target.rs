//! The folder that a dataset goes to: where it is, and whether it may go there.
//!
//! What stands at the target is replaced whole, so it is looked at first: only
//! a dataset, with no file of somebody else's in it, or an empty folder is
//! replaced without being forced.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, CWD, accessat};
use serde::Deserialize;

use super::manifest::{MANIFEST, TOOL};
use crate::Error;

const OTHER_FOLDER: &str = "Name another folder with `-o`.";
const OR_FORCE: &str =
    "Name another folder with `-o`, or replace this one and all that it holds with `--force`.";

/// A target folder, there or not yet.
#[derive(Debug)]
pub(super) struct Target {
    /// As the user named it, for messages.
    pub(super) named: PathBuf,
    /// The folder's parent, which is there, free of links.
    pub(super) parent: PathBuf,
    /// The folder's own name.
    pub(super) name: OsString,
    /// Folders that were made on the way to the parent.
    _made: MadeFolders,
}

impl Target {
    /// Follows links and makes missing parents.
    pub(super) fn resolve(named: &Path) -> Result<Self, Error> {
        let path = follow_links(named)?;
        let Some(name) = path.file_name() else {
            return Err(Error::usage(
                format!("`{}` has no name that a dataset could take the place of", named.display()),
                OTHER_FOLDER,
            ));
        };
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let made = MadeFolders::make(parent)?;
        let parent = fs::canonicalize(parent).map_err(Error::io("open", parent))?;
        Ok(Self { named: named.to_owned(), parent, name: name.to_owned(), _made: made })
    }

    /// The folder, free of links.
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

    /// Whether a folder is there, which is then one that may be replaced.
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
                "holds the current folder, which a dataset cannot take the place of",
                "Name a folder below it with `-o`, or start from elsewhere.",
            ));
        }
        if metadata.dev() != parent.dev() {
            return Err(self.not_in_one_step("it is a mount point", &self.named.join("dataset")));
        }
        if !force {
            self.check_content(&path)?;
        }
        if let Some(folder) = kept(&path).map_err(Error::io("read", &self.named))? {
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

    /// Refuses a folder that holds anything but a dataset.
    fn check_content(&self, path: &Path) -> Result<(), Error> {
        let names: BTreeSet<OsString> = fs::read_dir(path)
            .and_then(|found| found.map(|found| Ok(found?.file_name())).collect())
            .map_err(Error::io("read", &self.named))?;
        if names.is_empty() {
            return Ok(());
        }
        let Some(ours) = dataset_files(path) else {
            return Err(self.refuse("is not empty and holds no dataset", OR_FORCE));
        };
        match names.iter().find(|&name| name != MANIFEST && !ours.contains(name.as_os_str())) {
            Some(name) => Err(self.refuse(
                &format!("holds `{}`, which is no part of the dataset there", name.display()),
                "Move it elsewhere, name another folder with `-o`, or replace all of it with `--force`.",
            )),
            None => Ok(()),
        }
    }

    fn refuse(&self, why: &str, hint: &'static str) -> Error {
        Error::usage(format!("`{}` {why}", self.named.display()), hint)
    }

    /// Says why the system does not exchange the folder, and which one works.
    pub(super) fn not_in_one_step(&self, why: &str, works: &Path) -> Error {
        Error::Usage {
            message: format!("`{}` cannot be replaced in one step: {why}", self.named.display()),
            hint: Some(format!("Nothing was changed; `-o {}` works.", works.display())),
        }
    }

    /// The first of `NAME-2`, `NAME-3` … that is not there: a folder beside
    /// the target that needs no exchange.
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

/// A folder, or one in it, whose files may not be removed: the system would exchange it,
/// and then it would stay.
fn kept(folder: &Path) -> io::Result<Option<PathBuf>> {
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

/// Refuses a target that one of the inputs stands in: it is replaced with all
/// that it holds, and the input would be lost.
///
/// # Errors
///
/// [`Error::Usage`] that names the first such input.
pub fn spare_inputs<'a>(target: &Path, inputs: impl IntoIterator<Item = &'a Path>) -> Result<(), Error> {
    let Some(folder) = fs::canonicalize(target).ok().filter(|folder| folder.is_dir()) else { return Ok(()) };
    let holds = |path: &Path| fs::canonicalize(path).is_ok_and(|path| path.starts_with(&folder));
    // Many inputs stand in one folder.
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
            format!("`{}` holds the input `{}`, which would be lost", target.display(), input.display()),
            OTHER_FOLDER,
        )),
        None => Ok(()),
    }
}

/// No manifest of ours is longer, in bytes.
const LONGEST_MANIFEST: u64 = 1 << 20;

/// Whether a folder holds a dataset of ours, of any version.
#[must_use]
pub fn is_dataset(folder: &Path) -> bool {
    dataset_files(folder).is_some()
}

/// The files that a folder's manifest lists, or `None` if it is no dataset of
/// ours.
fn dataset_files(folder: &Path) -> Option<BTreeSet<OsString>> {
    #[derive(Deserialize)]
    struct Manifest {
        tool: Tool,
        #[serde(default)]
        files: Vec<Listed>,
    }
    #[derive(Deserialize)]
    struct Tool {
        name: String,
    }
    #[derive(Deserialize)]
    struct Listed {
        path: String,
    }
    let path = folder.join(MANIFEST);
    let known = fs::metadata(&path).ok()?;
    if !known.is_file() || known.len() > LONGEST_MANIFEST {
        return None;
    }
    let manifest: Manifest = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let first = |listed: Listed| Path::new(&listed.path).iter().next().map(OsStr::to_owned);
    (manifest.tool.name == TOOL).then(|| manifest.files.into_iter().filter_map(first).collect())
}

/// The path behind links, the last of which may lead to nothing yet. Links in
/// a circle are an error of the system's.
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

/// Folders that were made, outermost first. Those still empty go when this is
/// dropped: a run that wrote nothing leaves nothing.
#[derive(Debug, Default)]
struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    fn make(folder: &Path) -> Result<Self, Error> {
        let mut missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && fs::symlink_metadata(folder).is_err())
            .collect();
        missing.reverse();
        let mut made = Self::default();
        for folder in missing {
            match fs::create_dir(folder) {
                Ok(()) => made.0.push(folder.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Error::io("create", folder)(error)),
            }
        }
        Ok(made)
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // Refused, as it should be, where something stands in it.
            let _ = fs::remove_dir(folder);
        }
    }
}
