//! `qasift schema NAME`

use std::io::{self, Write as _};

use super::{Failure, Status};
use crate::cli;

/// Prints a JSON Schema.
pub(crate) fn run(arguments: &cli::Schema) -> Result<Status, Failure> {
    let schema = qasift::schema::text(&arguments.name).unwrap_or_default();
    io::stdout().write_all(schema.as_bytes())?;
    Ok(Status::Done)
}
