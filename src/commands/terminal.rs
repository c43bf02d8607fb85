//! Messages on standard error, which may be closed: nothing depends on them.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::Write as _;

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use qasift::Error;

use crate::cli::{Cli, Color};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Standard error, as verbose as the user wants it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    pub(crate) quiet: bool,
    pub(crate) verbose: bool,
}

impl Terminal {
    /// Also sets where colours are used, including on standard output.
    pub(crate) fn new(cli: &Cli) -> Self {
        match cli.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
        .write_global();
        Self { quiet: cli.quiet, verbose: cli.verbose }
    }

    /// Prints something that the user should look at.
    pub(crate) fn warning(self, message: impl Display) {
        if !self.quiet {
            labelled(WARNING, "warning", message);
        }
    }

    /// Prints what was done.
    pub(crate) fn say(self, message: impl Display) {
        if !self.quiet {
            let _ = writeln!(anstream::stderr(), "{message}");
        }
    }
}

/// Prints what stopped the run, even if the user asked for quiet.
pub(crate) fn error(error: &Error) {
    labelled(ERROR, "error", error);
    if let Some(hint) = error.hint() {
        labelled(HINT, "hint", hint);
    }
}

fn labelled(style: Style, label: &str, message: impl Display) {
    let _ = writeln!(anstream::stderr(), "{style}{label}:{style:#} {message}");
}

/// Text of a page for a terminal: control characters, which could control it,
/// are escaped.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let is_control = |character: char| character.is_control() && character != '\t';
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_control(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}
