//! Takes each file once, under whatever names it was found.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::discovered::Input;
use crate::Error;

/// A file and its real path, by which repetitions are recognised.
pub(super) struct Found {
    pub(super) input: Input,
    pub(super) real: Real,
}

/// A path without links. Most files stand in a folder that was walked, and
/// need no path of their own.
pub(super) enum Real {
    /// The folder's; the file's name is that of the input's path.
    In(Rc<Path>),
    Path(PathBuf),
}

impl Found {
    /// The real path: the folder, and the name in it.
    fn real(&self) -> (&Path, Option<&OsStr>) {
        match &self.real {
            Real::In(folder) => (folder, self.input.path.file_name()),
            Real::Path(path) => path.parent().map_or((path, None), |folder| (folder, path.file_name())),
        }
    }
}

/// Orders by name and takes each file once, under its first name.
pub(super) fn distinct(mut found: Vec<Found>) -> Result<Vec<Input>, Error> {
    found.sort_unstable_by(|a, b| {
        a.input.name.cmp(&b.input.name).then_with(|| a.input.path.cmp(&b.input.path))
    });
    let first: Vec<bool> = {
        let mut seen = HashSet::with_capacity(found.len());
        found.iter().map(|found| seen.insert(found.real())).collect()
    };
    let mut inputs: Vec<Input> = Vec::with_capacity(found.len());
    for (Found { input, .. }, first) in found.into_iter().zip(first) {
        if !first {
            continue;
        }
        if let Some(other) = inputs.last().filter(|other| other.name == input.name) {
            let (other, path) = (other.path.display(), input.path.display());
            return Err(Error::usage(
                format!("`{other}` and `{path}` would both be named `{}`", input.name),
                "Name both the same way, relative or absolute, or pass `--base`.",
            ));
        }
        inputs.push(input);
    }
    Ok(inputs)
}
