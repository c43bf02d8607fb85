//! The command-line arguments as clap types, and nothing else.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use qasift::config::MAX_PAGE_BYTES;
use qasift::record::{Container, Dedup, Format};
use qasift::validate::report::Style;

/// Help that puts the examples, clap's `after_help`, before the usage.
const TEMPLATE: &str = "{about}{after-help}\n\n{usage-heading} {usage}\n\n{all-args}";

/// What the program's exit status means.
pub(crate) const EXIT_STATUS: &str = "\
Exit status:
  0    done, nothing to report
  1    done, with findings: an input that could not be read, pages but no entries, rejects under
       --strict, an invalid dataset, or a profile whose examples fail
  2    failed, nothing was changed: wrong usage, no readable page, or output that could not be
       written
  130  stopped by Ctrl-C, nothing was changed";

/// Heading of the options that select the pages to read.
const INPUT: &str = "Input options";

/// Heading of the options shared by all commands.
const GLOBAL: &str = "Global options";

/// Turns scraped question-and-answer pages into validated datasets.
#[derive(Debug, Parser)]
#[command(version, help_template = format!("{TEMPLATE}\n\n{EXIT_STATUS}"))]
#[command(arg_required_else_help = true, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = "\
Examples:
  qasift ingest raw/page.txt         Read a page and write the dataset output/page
  qasift ingest pages/ -o faq        Read a folder of pages and write the dataset faq
  qasift validate faq                Check a dataset
  qasift explain raw/page.txt        Show how each line of a page is read")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Print errors only
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = GLOBAL)]
    pub(crate) quiet: bool,

    /// List every input that could not be read, and the files skipped in folders
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    pub(crate) verbose: bool,

    /// When to use colours: auto (respects `NO_COLOR`), always, never
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
    Ingest(Box<Ingest>),
    Validate(Validate),
    Explain(Explain),
    Profiles(Profiles),
    Schema(Schema),
    Completions(Completions),
    Man(Man),
}

/// Read pages and write a dataset
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, after_help = "\
Examples:
  qasift ingest raw/page.txt                     Read one page, write output/page
  qasift ingest pages/ -o faq                    Read a folder recursively, write faq
  find . -name '*.page' | qasift ingest --files-from - -o faq
  qasift ingest page.txt -o - --format jsonl | jq .question
  qasift ingest pages/ --dry-run                 Show what would be read and found")]
pub(crate) struct Ingest {
    /// Files, folders, or `-` for standard input
    ///
    /// A file is a page (text, HTML, MHTML) or a container of pages: WARC, WET, ARC, JSON Lines, JSON,
    /// Parquet, ZIP, TAR. It may be compressed. Folders are read recursively, hidden and git-ignored
    /// files included: those that end in .txt, .text, .md, .markdown, .html, .htm, .xhtml, .mhtml, .mht,
    /// .warc, .wet, .arc, .jsonl, .ndjson, .json, .parquet, .zip, .tar or .tgz, also with .gz, .zst,
    /// .bz2 or .xz appended. Linked folders, datasets and their staging folders are not entered. A file
    /// named here is read whatever its extension; one named twice is read once.
    #[arg(value_name = "INPUT", required_unless_present = "files_from", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    /// Dataset folder to write; `-` writes only the entries, to standard output
    ///
    /// The default is output/NAME, where NAME is the single input's name without its extension, or
    /// `dataset` for several inputs. An existing dataset is replaced in one step; any other folder
    /// that is not empty is replaced only with --force.
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: Option<PathBuf>,

    /// Formats to write the entries in: json, csv, jsonl
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', default_value = "json,csv")]
    #[arg(hide_possible_values = true, value_parser = wire_names(Format::ALL, Format::as_str))]
    pub(crate) format: Vec<Format>,

    /// Which entries count as duplicates: exact (same question, answer and source domain), none
    #[arg(long, value_name = "HOW", default_value = "exact")]
    #[arg(hide_possible_values = true, value_parser = wire_names(Dedup::ALL, Dedup::as_str))]
    pub(crate) dedup: Dedup,

    /// Profile to read the pages with: a built-in one or a TOML file
    ///
    /// By default each page is read with the built-in profile whose rules match most of it. `qasift
    /// profiles list` lists them.
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) profile: Option<String>,

    /// File that lists inputs, one path per line; `-` for standard input
    #[arg(long, help_heading = INPUT, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files_from: Option<PathBuf>,

    /// In folders, read the files that match, instead of those with a known extension
    ///
    /// A glob without `/` matches a name at any depth; one with `/` matches the path below the named
    /// folder. Can be given several times.
    #[arg(long, help_heading = INPUT, value_name = "GLOB")]
    pub(crate) include: Vec<String>,

    /// In folders, skip the files and folders that match
    #[arg(long, help_heading = INPUT, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,

    /// Folder that absolute inputs are named relative to [default: their deepest common folder]
    ///
    /// Keeps the paths of this machine out of the dataset.
    #[arg(long, help_heading = INPUT, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) base: Option<PathBuf>,

    /// Largest page to read, in bytes, optionally in K, M or G [default: 256M]
    ///
    /// Reading a page takes about four times its size in memory.
    #[arg(long, help_heading = INPUT, value_name = "N", value_parser = bytes, default_value_t = MAX_PAGE_BYTES)]
    #[arg(hide_default_value = true)]
    pub(crate) max_page_bytes: u64,

    /// Format of the inputs: file (one page each), jsonl, json, parquet, warc (also WET), arc, zip, tar
    /// [default: detected by content, then by name]
    #[arg(long, help_heading = INPUT, value_name = "FORMAT", hide_possible_values = true)]
    #[arg(value_parser = wire_names(Container::ALL, Container::as_str))]
    pub(crate) input_format: Option<Container>,

    /// Field of a record that holds the page as text [default: the first of the common names]
    ///
    /// A dot leads into a nested object, as in `metadata.url`.
    #[arg(long, help_heading = INPUT, value_name = "FIELD")]
    pub(crate) text_field: Option<String>,

    /// Field of a record that holds the page as HTML [default: the first of the common names]
    #[arg(long, help_heading = INPUT, value_name = "FIELD")]
    pub(crate) html_field: Option<String>,

    /// Field of a record that holds the page's address
    #[arg(long, help_heading = INPUT, value_name = "FIELD")]
    pub(crate) url_field: Option<String>,

    /// Field of a record that holds the record's name
    #[arg(long, help_heading = INPUT, value_name = "FIELD")]
    pub(crate) id_field: Option<String>,

    /// Field of a record that holds when the page was fetched or written
    #[arg(long, help_heading = INPUT, value_name = "FIELD")]
    pub(crate) date_field: Option<String>,

    /// Read only the first N pages, in the order of the dataset
    #[arg(long, help_heading = INPUT, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) limit: Option<u64>,

    /// Number of threads [default: one per core]; it does not change the dataset
    #[arg(short, long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,

    /// Exit with status 1 if there are rejects other than duplicates
    #[arg(long)]
    pub(crate) strict: bool,

    /// Do everything except writing
    #[arg(long)]
    pub(crate) dry_run: bool,

    /// Replace a folder even if it holds something other than a dataset
    #[arg(long)]
    pub(crate) force: bool,
}

/// Check datasets and entries files
///
/// Checks every row of every file against its schema, the formats against each other, and ids,
/// digests, sums, order and keys. All findings are reported, not just the first.
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, after_help = "\
Examples:
  qasift validate                            Check every dataset below output/
  qasift validate faq faq.csv                Check a dataset and a single entries file
  qasift validate faq --report sarif > faq.sarif
  qasift validate faq --profile mine.toml    Check a dataset read with a custom profile")]
pub(crate) struct Validate {
    /// Datasets or single entries files [default: every dataset below output/]
    #[arg(value_name = "DATASET", value_hint = ValueHint::AnyPath)]
    pub(crate) datasets: Vec<PathBuf>,

    /// Format of the report: text, json, github, sarif, junit
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    #[arg(hide_possible_values = true, value_parser = wire_names(Style::ALL, Style::as_str))]
    pub(crate) report: Style,

    /// Profile that the datasets were read with, if it is not a built-in one
    ///
    /// Entries are checked for leftover boilerplate and attributions only by the profiles at hand: this
    /// one, or else the built-in ones.
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) profile: Option<String>,
}

/// Show how each line of a page is read
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, after_help = "\
Examples:
  qasift explain raw/page.txt
  qasift explain raw/page.txt --json | jq '.segments[] | select(.class == \"reject\")'
  qasift explain raw/page.txt --profile mine.toml")]
pub(crate) struct Explain {
    /// Page to explain; `-` for standard input
    ///
    /// A page inside a container is named by the file, `#`, and its record number, as in
    /// crawl.warc.gz#17.
    #[arg(value_name = "PAGE", value_hint = ValueHint::FilePath)]
    pub(crate) page: PathBuf,

    /// Print the reading as one JSON object
    #[arg(long)]
    pub(crate) json: bool,

    /// Profile to read the page with: a built-in one or a TOML file
    #[arg(long, value_name = "NAME|FILE")]
    pub(crate) profile: Option<String>,
}

/// List, print and test profiles, the rules for families of pages
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, disable_help_subcommand = true, after_help = "\
Examples:
  qasift profiles list
  qasift profiles show people-also-ask > mine.toml
  qasift profiles test mine.toml
  qasift ingest pages/ --profile mine.toml")]
pub(crate) struct Profiles {
    #[command(subcommand)]
    pub(crate) action: ProfilesAction,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ProfilesAction {
    /// List the built-in profiles
    List,
    /// Print a profile as a starting point for your own
    Show {
        /// A built-in profile
        #[arg(value_name = "NAME")]
        profile: String,
    },
    /// Run the examples of a profile's rules
    Test {
        /// A built-in profile or a TOML file [default: all built-in ones]
        #[arg(value_name = "NAME|FILE")]
        profile: Option<String>,
    },
}

/// Print the JSON Schema of a dataset's rows
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, after_help = "\
Examples:
  qasift schema entry                      One entry, as in entries.jsonl
  qasift schema manifest > manifest.schema.json")]
pub(crate) struct Schema {
    /// Schema to print
    #[arg(value_parser = PossibleValuesParser::new(qasift::schema::NAMES))]
    pub(crate) name: String,
}

/// Print a shell completion script
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, after_help = "\
Examples:
  qasift completions bash > ~/.local/share/bash-completion/completions/qasift
  qasift completions zsh > ~/.zfunc/_qasift
  qasift completions fish > ~/.config/fish/completions/qasift.fish")]
pub(crate) struct Completions {
    /// Shell to print it for
    pub(crate) shell: Shell,
}

/// Print the manual page
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, after_help = "\
Examples:
  qasift man | man -l -        Read the manual
  qasift man ingest            Print the page of one command
  qasift man > ~/.local/share/man/man1/qasift.1")]
pub(crate) struct Man {
    /// Command to describe [default: qasift itself, with a list of its commands]
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Vec<String>,
}

/// Parses the names that the values of a type have in a dataset.
fn wire_names<T>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl clap::builder::TypedValueParser<Value = T>
where
    T: Copy + Send + Sync + 'static,
{
    PossibleValuesParser::new(all.iter().map(move |&value| name(value)))
        .try_map(move |found| all.iter().copied().find(|&value| name(value) == found).ok_or("no such value"))
}

/// Parses a number of bytes, such as `65536`, `64K` or `64KiB`.
fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let shift = match text[digits.len()..].trim_start().to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err("expected a number of bytes, such as 65536, 64K, 64M or 1G".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|error: std::num::ParseIntError| error.to_string())?;
    number.checked_mul(1 << shift).filter(|&bytes| bytes > 0).ok_or_else(|| "out of range".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_fit_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn bytes_are_counted_in_powers_of_1024() {
        for (text, expected) in [
            ("1", Some(1)),
            ("65536", Some(65_536)),
            ("64K", Some(65_536)),
            ("64 KiB", Some(65_536)),
            ("1m", Some(1_048_576)),
            ("2GB", Some(2_147_483_648)),
            ("17179869183G", Some(18_446_744_072_635_809_792)),
            ("17179869184G", None),
            ("0", None),
            ("", None),
            ("K", None),
            ("-1", None),
            ("1.5G", None),
            ("1T", None),
        ] {
            assert_eq!(bytes(text).ok(), expected, "{text}");
        }
    }
}
