//! `qasift explain PAGE`

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use anstyle::{AnsiColor, Style};
use qasift::input::{self, Decoded, Options, Outcome, Page, Request};
use qasift::{Error, Reading, Segment};

use qasift::record::{
    Accounting, EncodingBasis, Entry, Extractor, PageFacts, PageKind, PageStatus, SegmentClass,
};
use serde::Serialize;

use super::terminal::{Terminal, printable};
use super::{Failure, Status, profiles};
use crate::cli;

/// Shows each segment of a page and how it was read.
pub(crate) fn run(arguments: &cli::Explain, terminal: Terminal) -> Result<Status, Failure> {
    let profiles = profiles::select(arguments.profile.as_deref())?;
    let Named { name, place, page } = open(arguments)?;
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

/// A page.
struct Named {
    /// What its entries call it.
    name: String,
    /// What messages call it.
    place: String,
    page: Page,
}

/// Finds the page: an input that is one, or, behind `#`, a record's number.
fn open(arguments: &cli::Explain) -> Result<Named, Error> {
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
        let what = if record.is_some() { "it holds no such record" } else { "it holds no records" };
        return Err(no_page(what, None));
    };
    let record = cut.number.map_or_else(String::new, |number| format!("#{number}"));
    let (name, place) = (format!("{}{record}", input.name), format!("{}{record}", input.place()));
    match cut.read(&input.name, &options) {
        Outcome::Page(page) => Ok(Named { name, place, page: *page }),
        Outcome::Skipped(_, reason) => Err(no_page(&reason, None)),
        Outcome::Lost(loss) => Err(no_page(&loss.detail, None)),
    }
}

/// Says on standard error what was found.
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

/// A page's segments as rows: line, class, rule, text.
struct Table<'a> {
    page: &'a str,
    segments: &'a [Segment<'a>],
    /// Columns of the terminal; `None` keeps the text whole.
    width: Option<usize>,
    /// Columns of the line numbers.
    line_width: usize,
    /// Columns of the rules, and of the gap behind them.
    rule_width: usize,
}

impl<'a> Table<'a> {
    fn new(reading: &'a Reading<'_>, width: Option<usize>) -> Self {
        let segments = &reading.segments;
        let lines = segments.last().map_or(0, |segment| segment.line);
        let rules = segments.iter().filter_map(|segment| segment.rule);
        Self {
            page: &reading.text,
            segments,
            width,
            line_width: lines.to_string().len().max(4),
            rule_width: rules.map(|rule| rule.len() + 2).max().unwrap_or_default(),
        }
    }

    /// The questions that markup declares, each with its syntax and the line that shows it; then a
    /// blank line.
    fn write_declared(&self, out: &mut impl Write, reading: &Reading<'_>) -> io::Result<()> {
        let (style, width) = (style(SegmentClass::Question), self.line_width);
        for (entry, line) in declared(reading) {
            let line = line.map_or_else(|| "-".to_owned(), |line| line.to_string());
            let row = format!(
                "{line:>width$}  declared     {:<9}  {}",
                entry.extractor,
                printable(&entry.question)
            );
            writeln!(out, "{style}{}{style:#}", self.cut(&row))?;
        }
        if reading.declared_lines.is_empty() { Ok(()) } else { writeln!(out) }
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        for segment in self.segments {
            let text = &self.page[segment.span.clone()];
            for (line, text) in (segment.line..).zip(lines(text)) {
                self.write_row(out, segment, line, text)?;
            }
        }
        Ok(())
    }

    fn write_row(
        &self,
        out: &mut impl Write,
        segment: &Segment<'_>,
        line: u32,
        text: &str,
    ) -> io::Result<()> {
        let Segment { class, rule, .. } = segment;
        let (style, rule) = (style(*class), rule.unwrap_or_default());
        let (line_width, rule_width) = (self.line_width, self.rule_width);
        let mut row = format!("{line:>line_width$}  {class:<11}  {rule:<rule_width$}");
        row.push_str(&printable(text.trim_end()));
        writeln!(out, "{style}{}{style:#}", self.cut(row.trim_end()))
    }

    /// As much of a row as the terminal has columns for.
    fn cut<'r>(&self, row: &'r str) -> Cow<'r, str> {
        match self.width {
            Some(width) => console::truncate_str(row, width, "…"),
            None => row.into(),
        }
    }
}

/// The entries that markup declares, each with the line that shows it.
fn declared<'r, 'a>(reading: &'r Reading<'a>) -> impl Iterator<Item = (&'r Entry<'a>, Option<u32>)> {
    reading.entries.iter().zip(reading.declared_lines.iter().copied())
}

/// The lines of a segment, without what ends them: LF, CRLF or CR.
fn lines(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        if text.is_empty() {
            return None;
        }
        let (line, rest) = text.split_at(text.find(['\n', '\r']).unwrap_or(text.len()));
        text = rest.strip_prefix("\r\n").or_else(|| rest.get(1..)).unwrap_or_default();
        Some(line)
    })
}

fn style(class: SegmentClass) -> Style {
    match class {
        SegmentClass::Question => AnsiColor::Cyan.on_default().bold(),
        SegmentClass::Answer => AnsiColor::Green.on_default(),
        SegmentClass::Attribution => AnsiColor::Magenta.on_default(),
        SegmentClass::Reject => AnsiColor::Red.on_default(),
        SegmentClass::Other => AnsiColor::Yellow.on_default(),
        SegmentClass::Boilerplate | SegmentClass::Noise | SegmentClass::Blank => Style::new().dimmed(),
    }
}

/// What `--json` prints: one object.
#[derive(Serialize)]
struct Explained<'a> {
    page: &'a str,
    kind: PageKind,
    profile: &'a str,
    encoding: &'a str,
    encoding_basis: EncodingBasis,
    undecodable: u64,
    status: PageStatus,
    facts: &'a PageFacts,
    entries: usize,
    rejects: usize,
    accounting: Accounting,
    declared: Vec<ExplainedDeclaration<'a>>,
    segments: Vec<ExplainedSegment<'a>>,
}

/// A question that markup declares, and the line of the text that shows it.
#[derive(Serialize)]
struct ExplainedDeclaration<'a> {
    extractor: Extractor,
    line: Option<u32>,
    question: &'a str,
    answer: &'a str,
}

#[derive(Serialize)]
struct ExplainedSegment<'a> {
    line: u32,
    class: SegmentClass,
    rule: Option<&'a str>,
    text: &'a str,
}

impl<'a> Explained<'a> {
    fn new(page_name: &'a str, page: &'a Decoded, status: PageStatus, reading: &'a Reading<'a>) -> Self {
        let segments = reading.segments.iter().map(|segment| ExplainedSegment {
            line: segment.line,
            class: segment.class,
            rule: segment.rule,
            text: &reading.text[segment.span.clone()],
        });
        let declared = declared(reading).map(|(entry, line)| ExplainedDeclaration {
            extractor: entry.extractor,
            line,
            question: &entry.question,
            answer: &entry.answer,
        });
        Self {
            page: page_name,
            kind: page.kind,
            profile: reading.profile,
            encoding: &page.encoding,
            encoding_basis: page.basis,
            undecodable: page.undecodable,
            status,
            facts: &reading.facts,
            entries: reading.entries.len(),
            rejects: reading.rejects.len(),
            accounting: reading.accounting,
            declared: declared.collect(),
            segments: segments.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use qasift::profile::Profiles;

    use super::*;

    #[test]
    fn lf_crlf_and_cr_end_a_line() {
        for (segment, expected) in [
            ("a", vec!["a"]),
            ("a\n", vec!["a"]),
            ("a\r\nb\r\n", vec!["a", "b"]),
            ("a\rb\n\nc", vec!["a", "b", "", "c"]),
            ("\n", vec![""]),
            ("\r\r\n", vec!["", ""]),
        ] {
            assert_eq!(lines(segment).collect::<Vec<_>>(), expected, "{segment:?}");
        }
    }

    #[test]
    fn a_terminal_gets_lines_of_its_width() {
        let page = "Bees fly far.\n花から花へ\n";
        let profiles = Profiles::built_in();
        let reading = qasift::read_page(page, "page.txt", &profiles);
        let shown = |width| {
            let mut out = Vec::new();
            Table::new(&reading, width).write(&mut out).unwrap();
            anstream::adapter::strip_str(&String::from_utf8(out).unwrap()).to_string()
        };
        assert_eq!(shown(None), "   1  other        Bees fly far.\n   2  other        花から花へ\n");
        // 19 columns stand before the text; a CJK character takes two.
        assert_eq!(shown(Some(27)), "   1  other        Bees fl…\n   2  other        花から…\n");
    }
}
