//! Runs of text: what is between two tags that may end a line.
//!
//! The tags inside of a run change neither the line nor what is seen of it, so
//! the run stands on one line as a whole, or nowhere. At some tags a line ends
//! for sure; at others another run may share the line.

use super::depth::Depth;
use super::family::Watch;
use super::lines::{MARKS, Openers};
use super::signs::{self, Classes};
use crate::layout::VOCABULARY;
use crate::profile::Profiles;
use crate::tags::Attributes;
use crate::tags::names::is_one_of;
use crate::tags::scan::{LONGEST_NAME, Odd, Sink, padded};

/// Lines that must open as questions for a page to hold any: without other signs, and with some.
const MIN_ASKING: u32 = 3;
const MIN_STRONG: u32 = 2;
const MIN_LABELLED: u32 = 1;
/// Labels of questions that need not ask, if labelled answers follow.
const MIN_LABELS: u32 = 3;

/// Lines with a mark inside from which on all lines of a page may hold a question and its answer.
const MIN_MARKED: u32 = 4;

/// Takes a page's parts and makes runs of its text.
#[expect(clippy::struct_excessive_bools, reason = "each is true of some pages, whatever the others are")]
pub(super) struct Runs<'a, 'q> {
    watch: Watch<'q>,
    openers: &'q Openers,
    profiles: &'q Profiles,
    classes: Classes<'a>,
    depth: Depth,
    run: String,
    /// Whether another run may share the line before this one.
    joined: bool,
    /// The block that was opened last, if only a run stands in it so far.
    block: Option<[u8; LONGEST_NAME]>,
    /// The text of the heading that is open.
    heading: Option<String>,
    /// Tables that are open, and whether one has rows: a row may be one line.
    tables: u32,
    rows: bool,
    /// Lines that may open as questions.
    asking: u32,
    labelled: bool,
    /// Lines that may have the label of a question.
    labels: u32,
    /// Runs with a question mark inside.
    marked: u32,
    /// An element may say that it is a question.
    strong: bool,
    /// The element that is open and may be no text of its line.
    unseen: Option<[u8; LONGEST_NAME]>,
    /// The run without the text of such elements.
    bare: Option<String>,
}

impl<'q> Runs<'_, 'q> {
    pub(super) fn new(watch: Watch<'q>, openers: &'q Openers, profiles: &'q Profiles) -> Self {
        Self {
            watch,
            openers,
            profiles,
            classes: Classes::default(),
            depth: Depth::default(),
            run: String::new(),
            joined: false,
            block: None,
            heading: None,
            tables: 0,
            rows: false,
            asking: 0,
            labelled: false,
            labels: 0,
            marked: 0,
            strong: false,
            unseen: None,
            bare: None,
        }
    }

    /// Ends the page.
    pub(super) fn finish(mut self, length: usize) -> Result<(), Odd> {
        self.end_run(false)?;
        if self.heading.is_some() {
            return Err(Odd);
        }
        self.depth.finish(length)
    }

    /// Ends a run; `joins` says whether another one may continue with its line.
    fn end_run(&mut self, joins: bool) -> Result<(), Odd> {
        let joins = [self.joined, joins];
        self.joined = joins[1];
        if self.run.is_empty() {
            self.bare = None;
            return Ok(());
        }
        if self.unseen.take().is_some() {
            return Err(Odd);
        }
        let run = std::mem::take(&mut self.run);
        self.look(&run, joins)?;
        // What is asked may be seen without what else stands there.
        if let Some(bare) = self.bare.take() {
            self.look(&bare, joins)?;
        }
        self.run = run;
        self.run.clear();
        self.judge()
    }

    /// Looks at a run, or what may be all that counts of it.
    fn look(&mut self, run: &str, joins: [bool; 2]) -> Result<(), Odd> {
        let cuts = self.watch.run(run, joins)?;
        if memchr::memchr(b'?', run.as_bytes()).is_some() || !run.is_ascii() {
            // A rule's text may cut a line behind its mark.
            if ends_asking(run) || is_glued(run) || (cuts.rules > 0 && run.contains(MARKS)) {
                return Err(Odd);
            }
            self.marked += u32::from(run.contains(MARKS));
        }
        let line = self.openers.line(run, joins, self.profiles);
        self.asking += cuts.rules + cuts.openings + u32::from(line.asks);
        self.labelled |= line.labelled;
        self.labels += u32::from(line.label);
        Ok(())
    }

    /// The start of an element that may be no text of its line.
    fn begin_unseen(&mut self, name: &[u8]) -> Result<(), Odd> {
        if self.unseen.is_some() {
            return Err(Odd);
        }
        self.unseen = Some(padded(name));
        if self.bare.is_none() {
            self.bare = Some(self.run.clone());
        }
        Ok(())
    }

    fn judge(&self) -> Result<(), Odd> {
        let needed = match () {
            () if self.labelled => MIN_LABELLED,
            () if self.strong => MIN_STRONG,
            () => MIN_ASKING,
        };
        if self.asking >= needed || self.marked >= MIN_MARKED || self.labels >= MIN_LABELS {
            Err(Odd)
        } else {
            Ok(())
        }
    }

    /// A tag that may end a line, or change what is seen; `sure` if it ends one.
    fn boundary(&mut self, sure: bool) -> Result<(), Odd> {
        // What is more than a line of text in a heading may be left open by it.
        if self.heading.is_some() {
            return Err(Odd);
        }
        self.end_run(!sure || self.rows)
    }

    fn row(&mut self, name: &[u8], opens: bool) {
        match name {
            b"table" if opens => self.tables = self.tables.saturating_add(1),
            b"table" => {
                self.tables = self.tables.saturating_sub(1);
                self.rows &= self.tables > 0;
            }
            // What is in a template leaves tables open.
            b"template" => (self.tables, self.rows) = (u32::MAX, true),
            b"tr" | b"td" | b"th" => self.rows = true,
            _ => {}
        }
    }
}

impl<'a> Sink<'a> for Runs<'a, '_> {
    fn text(&mut self, text: &str) -> Result<(), Odd> {
        self.run.push_str(text);
        if let Some(bare) = self.bare.as_mut().filter(|_| self.unseen.is_none()) {
            bare.push_str(text);
        }
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        Ok(())
    }

    fn title(&mut self, text: &str) -> Result<(), Odd> {
        self.boundary(false)?;
        announces(text)
    }

    fn start(&mut self, name: &[u8], attributes: Attributes<'a>) -> Result<(), Odd> {
        self.depth.start(name)?;
        let said = self.classes.read(attributes)?;
        if self.unseen == Some(padded(name)) {
            return Err(Odd);
        }
        if said.unseen && is_inline(name) && !is_void(name) {
            self.begin_unseen(name)?;
        }
        self.strong |= said.strong || matches!(name, b"summary" | b"dt" | b"button");
        match name {
            b"br" if !said.hides => {
                self.heading.as_mut().map_or(Ok(()), end_heading)?;
                return self.end_run(self.rows);
            }
            _ if !said.hides && is_inline(name) => return Ok(()),
            _ => self.boundary(!said.hides && is_block(name))?,
        }
        self.block = (!said.hides && is_block(name)).then(|| padded(name));
        self.heading = is_heading(name).then(String::new);
        self.row(name, true);
        Ok(())
    }

    fn end(&mut self, name: &[u8]) -> Result<(), Odd> {
        self.depth.end(name);
        if matches!(name, b"b" | b"strong") && ends_asking(&self.run) {
            return Err(Odd);
        }
        self.unseen.take_if(|unseen| *unseen == padded(name));
        if is_inline(name) {
            return Ok(());
        }
        if is_heading(name) {
            self.heading.take().as_mut().map_or(Ok(()), end_heading)?;
        }
        let block = self.block.take();
        let sure = name == b"p" || block.is_some_and(|block| block == padded(name));
        self.boundary(sure)?;
        self.row(name, false);
        Ok(())
    }

    fn data(&mut self, content: &'a str) -> Result<(), Odd> {
        signs::data(content)
    }
}

/// Elements that stand in a line, whatever is open.
fn is_inline(name: &[u8]) -> bool {
    is_one_of!(
        name,
        "a" "b" "strong" "i" "em" "span" "u" "s" "small" "sub" "sup" "font" "code" "abbr" "cite" "q"
        "mark" "time" "big" "tt" "img" "wbr"
    )
}

/// Elements of these that hold nothing.
fn is_void(name: &[u8]) -> bool {
    is_one_of!(name, "img" "wbr")
}

/// Elements whose start ends a line, and whose end does if nothing but a run stands in them.
fn is_block(name: &[u8]) -> bool {
    is_one_of!(
        name,
        "p" "div" "li" "h1" "h2" "h3" "h4" "h5" "h6" "ul" "ol" "section" "article" "header" "footer"
        "main" "aside" "nav" "blockquote" "figure" "figcaption" "dl" "dt" "dd" "pre" "address"
    )
}

fn is_heading(name: &[u8]) -> bool {
    matches!(name, [b'h', b'1'..=b'6'])
}

/// Ends a line of a heading.
fn end_heading(heading: &mut String) -> Result<(), Odd> {
    announces(heading)?;
    heading.clear();
    Ok(())
}

/// A title or heading must announce no questions.
fn announces(text: &str) -> Result<(), Odd> {
    let decoded = html_escape::decode_html_entities(text);
    let line = decoded.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    // Some references need no semicolon.
    let unknown = line.as_bytes().windows(2).any(|pair| pair[0] == b'&' && pair[1].is_ascii_lowercase());
    if unknown || VOCABULARY.announces(&line) { Err(Odd) } else { Ok(()) }
}

/// Whether nothing but marks and references stands behind a question mark.
fn ends_asking(run: &str) -> bool {
    let Some(at) = run.rfind(MARKS) else { return false };
    let mut rest = run[at..].trim_start_matches(MARKS);
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '&');
        let Some(reference) = rest.strip_prefix('&') else { return rest.is_empty() };
        rest = reference.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    }
}

/// Whether a text may be glued to the question before it: `Why?Yes.`
fn is_glued(run: &str) -> bool {
    run.match_indices('?').any(|(at, mark)| {
        let rest = &run[at + mark.len()..];
        let behind = rest.strip_prefix([')', ']', '"', '”', '’']).unwrap_or(rest);
        let starts = |text: &str| text.starts_with(|c: char| c.is_uppercase() || c == '&');
        starts(rest) || starts(behind)
    })
}
