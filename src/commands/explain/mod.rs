//! `qasift explain PAGE`

mod json;
mod table;

use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use qasift::input::{self, Options, Outcome, Page, Request};
use qasift::record::{Entry, PageKind, PageStatus};
use qasift::{Error, Reading};

use super::terminal::{Terminal, printable};
use super::{Failure, Status, profiles};
use crate::cli;
use json::Explained;
use table::Table;

/// Shows each segment of a page and how it was read.
pub(crate) fn run(arguments: &cli::Explain, terminal: Terminal) -> Result<Status, Failure> {
    let profiles = profiles::select(arguments.profile.as_deref())?;
    let Opened { name, place, page } = open(arguments)?;
    let Page { url, decoded, .. } = &page;
    let reading = match decoded.kind {
        PageKind::Text => qasift::read_page(&decoded.text, &name, &profiles),
        PageKind::Html => {
            qasift::read_html(&decoded.text, url.as_deref().or(decoded.address.as_deref()), &name, &profiles)
        }
    };
    let status = match decoded.kind {
        PageKind::Html if !profiles.may_find(&decoded.text) => PageStatus::SkippedNoQuestions,
        _ => PageStatus::Read,
    };
    let mut out = BufWriter::new(anstream::stdout().lock());
    if arguments.json {
        serde_json::to_writer(&mut out, &Explained::new(&name, decoded, status, &reading))
            .map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        let width = io::stdout().is_terminal().then(|| usize::from(console::Term::stdout().size().1));
        let table = Table::new(&reading, width);
        table.write_declared(&mut out, &reading)?;
        table.write(&mut out)?;
    }
    out.flush()?;
    drop(out);
    report(&place, status, &reading, terminal);
    Ok(Status::Done)
}

/// The page to explain.
struct Opened {
    /// What its entries call it.
    name: String,
    /// What messages call it.
    place: String,
    page: Page,
}

/// Finds the page: an input, or the record of an input whose number follows a `#`.
fn open(arguments: &cli::Explain) -> Result<Opened, Error> {
    let named = &arguments.page;
    let no_page = |reason: &str, hint: Option<&str>| Error::Usage {
        message: format!("`{}` was not read: {reason}", named.display()),
        hint: hint.map(str::to_owned),
    };
    let numbered = || {
        let (path, record) = named.to_str()?.rsplit_once('#')?;
        Some((Path::new(path), Some(record.parse::<u64>().ok()?)))
    };
    let (path, record) = numbered().filter(|_| !named.exists()).unwrap_or((named, None));
    let request = Request { inputs: vec![path.to_owned()], ..Request::default() };
    let input = match input::discover(&request)?.inputs.pop() {
        Some(input) if !path.is_dir() => input,
        _ => return Err(no_page("it is a folder", Some("`qasift ingest` reads folders."))),
    };
    let (options, stop) = (Options::default(), AtomicBool::new(false));
    let mut opened =
        input::open(&input, &options, &stop).map_err(|row| no_page(&row.detail.unwrap_or_default(), None))?;
    let Some(cut) = std::iter::from_fn(|| opened.cut()).find(|cut| record.is_none() || cut.number == record)
    else {
        let what = if record.is_some() { "it contains no such record" } else { "it contains no records" };
        return Err(no_page(what, None));
    };
    let record = cut.number.map_or_else(String::new, |number| format!("#{number}"));
    let (name, place) = (format!("{}{record}", input.name), format!("{}{record}", input.place()));
    match cut.read(&input.name, &options) {
        Outcome::Page(page) => Ok(Opened { name, place, page: *page }),
        Outcome::Skipped(_, reason) => Err(no_page(&reason, None)),
        Outcome::Lost(loss) => Err(no_page(&loss.detail, None)),
    }
}

/// Prints on standard error what was found.
fn report(place: &str, status: PageStatus, reading: &Reading<'_>, terminal: Terminal) {
    if status == PageStatus::SkippedNoQuestions {
        terminal
            .say(format!("`qasift ingest` skips `{}`: a quick look finds no questions", printable(place)));
    }
    let (entries, rejects) = (reading.entries.len(), reading.rejects.len());
    terminal.say(format!(
        "`{}` was read with the profile `{}`: entries {entries}, rejects {rejects}",
        printable(place),
        reading.profile
    ));
    for reject in &reading.rejects {
        let line =
            reject.line_start.map_or_else(|| printable(place).into_owned(), |line| format!("line {line}"));
        terminal.say(format!("{line}: {}: {}", reject.reason, reject.detail));
    }
}

/// The entries that markup declares, each with the line that shows it.
fn declared<'r, 'a>(reading: &'r Reading<'a>) -> impl Iterator<Item = (&'r Entry<'a>, Option<u32>)> {
    reading.entries.iter().zip(reading.declared_lines.iter().copied())
}
