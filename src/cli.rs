//! The arguments, as clap types and nothing else.

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Help that leads with examples, which clap calls the text after the help.
const TEMPLATE: &str = "{about}{after-help}\n\n{usage-heading} {usage}\n\n{all-args}";

/// What the program's exit status means.
pub(crate) const EXIT_STATUS: &str = "\
Exit status:
  0    done, nothing to report
  2    not done, nothing was changed: wrong usage, or output that could not be written
  130  stopped by Ctrl-C, nothing was changed";

/// Heading of the options that every command has.
const GLOBAL: &str = "Global options";

/// Turns scraped question-and-answer pages into validated datasets.
#[derive(Debug, Parser)]
#[command(version, help_template = format!("{TEMPLATE}\n\n{EXIT_STATUS}"))]
#[command(arg_required_else_help = true, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = "\
Examples:
  qasift schema entry        Print the JSON Schema of an entry")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colours: `auto` (on a terminal, unless `NO_COLOR` is set), `always`, `never`
    #[arg(long, global = true, value_name = "WHEN", help_heading = GLOBAL)]
    #[arg(default_value = "auto", hide_default_value = true, hide_possible_values = true)]
    pub(crate) color: Color,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Schema(Schema),
    Completions(Completions),
    Man(Man),
}

/// Print the JSON Schema of a dataset's rows
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, after_help = "\
Examples:
  qasift schema entry                      One entry, as in entries.jsonl
  qasift schema manifest > manifest.json   What manifest.json holds")]
pub(crate) struct Schema {
    /// Which rows
    #[arg(value_parser = PossibleValuesParser::new(qasift::schema::NAMES))]
    pub(crate) name: String,
}

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, after_help = "\
Examples:
  qasift completions bash > ~/.local/share/bash-completion/completions/qasift
  qasift completions zsh > ~/.zfunc/_qasift
  qasift completions fish > ~/.config/fish/completions/qasift.fish")]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: Shell,
}

/// Print the manual page
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, after_help = "\
Examples:
  qasift man | man -l -        Read it
  qasift man schema            The page of one command
  qasift man > ~/.local/share/man/man1/qasift.1")]
pub(crate) struct Man {
    /// The command; without it, the page that lists them all
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}
