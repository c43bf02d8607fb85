//! Which files of a folder are read.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::format;
use crate::Error;

/// Why something is left out that `--exclude` matches.
pub(super) const EXCLUDED: &str = "`--exclude` matches it";

/// The globs of a request.
pub(super) struct Selection {
    include: GlobSet,
    exclude: GlobSet,
}

impl Selection {
    pub(super) fn new(include: &[String], exclude: &[String]) -> Result<Self, Error> {
        Ok(Self { include: globs(include)?, exclude: globs(exclude)? })
    }

    /// Why a file is not read, if it is not; `below` is its path below the named folder.
    pub(super) fn refuses(&self, below: &Path) -> Option<&'static str> {
        if self.excludes(below) {
            return Some(EXCLUDED);
        }
        if self.include.is_empty() {
            let known = below.file_name().is_some_and(|name| format::is_known(&name.to_string_lossy()));
            return (!known).then_some("its extension is not a known one");
        }
        (!self.include.is_match(below)).then_some("no `--include` matches it")
    }

    /// Whether a file is left out, or a folder not entered.
    pub(super) fn excludes(&self, below: &Path) -> bool {
        !self.exclude.is_empty() && self.exclude.is_match(below)
    }
}

/// Globs as one set. One without `/` matches a name at any depth, others match
/// the path below the folder that the user named.
fn globs(patterns: &[String]) -> Result<GlobSet, Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let below = pattern.strip_prefix('/').unwrap_or(pattern).trim_end_matches('/');
        let is_name = !pattern.trim_end_matches('/').contains('/');
        let whole = if is_name { format!("**/{below}") } else { below.to_owned() };
        let glob = GlobBuilder::new(&whole).literal_separator(true).build();
        set.add(glob.map_err(|error| invalid_glob(pattern, &error))?);
    }
    set.build().map_err(|error| invalid_glob(error.glob().unwrap_or_default(), &error))
}

fn invalid_glob(pattern: &str, error: &globset::Error) -> Error {
    Error::usage(
        format!("`{pattern}` is not a valid glob: {}", error.kind()),
        "Globs may use `*`, `?`, `[a-z]` and `{one,other}`, as in `--include '*.page'`.",
    )
}
