//! `qasift man [COMMAND]`

use std::io::{self, Write};

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use qasift::Error;

use super::{Failure, Status};
use crate::cli::{self, Cli};

/// Prints a manual page in roff.
pub(crate) fn run(arguments: &cli::Man) -> Result<Status, Failure> {
    let mut program = Cli::command();
    // Gives each command its full name and the global options.
    program.build();
    let mut command = &program;
    for name in &arguments.command {
        command = command.find_subcommand(name).ok_or_else(|| unknown(command, name))?;
    }
    io::stdout().write_all(&page(command)?)?;
    Ok(Status::Done)
}

fn unknown(command: &Command, name: &str) -> Error {
    let names: Vec<_> = command.get_subcommands().map(|known| format!("`{}`", known.get_name())).collect();
    Error::Usage {
        message: format!(
            "`{}` has no command `{name}`",
            command.get_bin_name().unwrap_or(command.get_name())
        ),
        hint: Some(if names.is_empty() {
            "It has no subcommands.".to_owned()
        } else {
            format!("Its commands are {}.", names.join(", "))
        }),
    }
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let source = concat!("qasift ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).title(name).source(source).manual("qasift manual");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if let Some(examples) = command.get_after_long_help().or_else(|| command.get_after_help()) {
        verbatim(&mut page, &examples.to_string())?;
    }
    verbatim(&mut page, cli::EXIT_STATUS)?;
    Ok(page)
}

/// A section in the form of the help: a heading with a colon, and indented lines.
fn verbatim(page: &mut Vec<u8>, text: &str) -> io::Result<()> {
    let (heading, lines) = text.split_once(":\n").unwrap_or(("Notes", text));
    writeln!(page, ".SH {:?}\n.nf", heading.to_uppercase())?;
    for line in lines.lines() {
        let line = line.strip_prefix("  ").unwrap_or(line).replace('\\', "\\e").replace('-', "\\-");
        writeln!(page, "\\&{line}")?;
    }
    writeln!(page, ".fi")
}
