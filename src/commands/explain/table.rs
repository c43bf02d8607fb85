//! A page as a table for people: line, class, rule and text of each segment.

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use qasift::record::SegmentClass;
use qasift::{Reading, Segment};

use super::super::terminal::printable;
use super::declared;

/// A page's segments as rows: line, class, rule, text.
pub(super) struct Table<'a> {
    page: &'a str,
    segments: &'a [Segment<'a>],
    /// Columns of the terminal; `None` keeps the text whole.
    width: Option<usize>,
    /// Columns of the line numbers.
    line_width: usize,
    /// Columns of the rules, and of the gap after them.
    rule_width: usize,
}

impl<'a> Table<'a> {
    pub(super) fn new(reading: &'a Reading<'_>, width: Option<usize>) -> Self {
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
    pub(super) fn write_declared(&self, out: &mut impl Write, reading: &Reading<'_>) -> io::Result<()> {
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

    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
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
