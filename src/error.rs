//! Errors that stop a run. Bad data is not an error: it is a reject, an input's
//! status, or a finding of `validate`.

use std::io;
use std::path::{Path, PathBuf};

/// An error that stops a run. It says what failed and where, and may have a [hint](Self::hint).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("could not {action} `{}`: {source}", path.display())]
    Io {
        /// What was attempted: `read`, `create`, `write` …
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The request cannot be carried out as it stands.
    #[error("{message}")]
    Usage {
        /// One sentence, values in backticks, without a final full stop.
        message: String,
        /// What to do about it, as one sentence.
        hint: Option<String>,
    },
    /// The run was stopped from outside.
    #[error("stopped; nothing was changed")]
    Stopped,
}

impl Error {
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }

    pub(crate) fn usage(message: impl Into<String>, hint: impl Into<Option<&'static str>>) -> Self {
        Self::Usage { message: message.into(), hint: hint.into().map(str::to_owned) }
    }

    /// What to do about it, if there is a suggestion.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Usage { hint, .. } => hint.as_deref(),
            Self::Io { .. } | Self::Stopped => None,
        }
    }
}
