//! What is said on standard error. It may be closed: nothing depends on it.

use std::fmt::Display;
use std::io::Write as _;

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use qasift::Error;

use crate::cli::Color;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Settles where colours are used, on standard output too.
pub(crate) fn set_color(color: Color) {
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
}

/// Says what stopped the run.
pub(crate) fn error(error: &Error) {
    line(ERROR, "error", error);
    if let Some(hint) = error.hint() {
        line(HINT, "hint", hint);
    }
}

fn line(style: Style, label: &str, message: impl Display) {
    let _ = writeln!(anstream::stderr(), "{style}{label}:{style:#} {message}");
}
