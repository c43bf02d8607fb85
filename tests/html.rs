//! Pages as HTML give the same entries as their text copies: each golden's page
//! is marked up by its lines alone, in several ways, and read again.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use qasift::profile::Profiles;
use qasift::record::Entry;
use qasift::{read_html, read_page};
use regex::Regex;

/// How lines are marked up.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Style {
    /// Paragraphs where blank lines are, with line breaks inside; lists.
    Paragraphs,
    /// A `div` for each line, a `br` for each blank one; lists by their marks.
    Lines,
}

/// The golden whose lists tell by white space how deep they are, which lines of
/// HTML can't.
const NESTED_BY_SPACE: &str = "list-nested";

/// Goldens about lines, blank lines, indents, fences and surroundings of text copies, for
/// which HTML has paragraphs, lists, code and sections.
const OF_TEXT_COPIES: [&str; 6] = [
    "blank-lines-part-entries",
    "broken-lines",
    "code-cut-off",
    "questions-behind-an-article",
    "questions-numbered-in-sequence",
    "wrapped-lines",
];

#[test]
fn goldens_as_html_give_the_same_entries() {
    let profiles = Profiles::built_in();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut failures = Vec::new();
    let mut pages = 0;
    for folder in fs::read_dir(root).unwrap() {
        let folder = folder.unwrap().path();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        if OF_TEXT_COPIES.contains(&name.as_str()) {
            continue;
        }
        let Ok(Ok(page)) = fs::read(folder.join("page.txt")).map(String::from_utf8) else { continue };
        let page = page.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        pages += 1;
        let text = rows(&read_page(&page, "page", &profiles).entries);
        for style in [Style::Paragraphs, Style::Lines] {
            if style == Style::Lines && name == NESTED_BY_SPACE {
                continue;
            }
            // The mark and the text of an item are one element.
            let lines = page.replace("\n-\n", "\n- ");
            let html = rows(&read_html(&marked_up(&lines, style), None, "page", &profiles).entries);
            if html != text {
                failures.push(format!("{name} as {style:?}\n{}", differences(&text, &html)));
            }
        }
    }
    assert!(pages > 70, "{pages} goldens");
    assert!(failures.is_empty(), "{} failures\n\n{}", failures.len(), failures.join("\n"));
}

/// A heading that asks now and then makes no collection of short sections.
#[test]
fn statement_headings_over_short_texts_are_no_questions() {
    let page = "<main><h1>Visit the mill</h1><p>The mill stands by the river.</p>\
        <form><label>What is it about?</label><textarea></textarea></form><p>By sending you agree.</p>\
        <h3>Ring the bell</h3><p>The miller opens the door.</p>\
        <h3>Rather write?</h3><p>Use the form.</p>\
        <h3>Ways without steps</h3><p>Tell us and we help.</p></main>";
    let profiles = Profiles::built_in();
    assert_eq!(rows(&qasift::read_html(page, None, "mill.html", &profiles).entries), [""; 0]);
}

/// A page without structure is read like a text copy, but its elements are no secret.
#[test]
fn what_belongs_to_the_site_is_no_entry_of_a_page_without_structure() {
    let pairs = [
        ("Do you sharpen chisels?", "Yes, bring up to six at a time."),
        ("How long does a repair take?", "Most are done within ten days."),
        ("Can I return a used plane?", "You can, within thirty days."),
    ];
    let page = |link: fn(&str) -> String| {
        let items = pairs.map(|(question, answer)| format!("<li>{}<p>{answer}</p></li>", link(question)));
        format!(
            "<main><h1>Questions so far</h1><p>3 of them</p><ol>{}</ol></main>\
             <section><h3>Stay in the loop</h3><form><label>Email<input></label></form></section>",
            items.concat()
        )
    };
    let profiles = Profiles::built_in();
    let questions = |page: &str| -> Vec<String> {
        let entries = read_html(page, None, "page", &profiles).entries;
        entries.into_iter().map(|entry| entry.question.into_owned()).collect()
    };
    let bold = page(|question| format!("<b>{question}</b>"));
    assert_eq!(questions(&bold), pairs.map(|(question, _)| question));
    let index = page(|question| format!("<a href='/7'>{question}</a>"));
    assert_eq!(questions(&index), [""; 0]);
}

/// What the two forms must have in common.
fn rows(entries: &[Entry<'_>]) -> Vec<String> {
    let row = |entry: &Entry<'_>| {
        let Entry { question, answer, answer_kind, source_text, section, flags, extractor, .. } = entry;
        format!("{question:?} {answer:?} {answer_kind} {source_text:?} {section:?} {extractor} {flags:?}")
    };
    entries.iter().map(row).collect()
}

fn differences(text: &[String], html: &[String]) -> String {
    let missing = text.iter().filter(|row| !html.contains(row)).map(|row| format!("  - {row}\n"));
    let invented = html.iter().filter(|row| !text.contains(row)).map(|row| format!("  + {row}\n"));
    missing.chain(invented).collect()
}

/// A text copy as an HTML page.
fn marked_up(page: &str, style: Style) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<title>Page</title>\n<body>\n");
    let lines: Vec<&str> = page.lines().collect();
    let mut at = 0;
    // Whether a paragraph is open.
    let mut open = false;
    while let Some(line) = lines.get(at) {
        let taken = structured(&lines[at..], style, &mut out, &mut open);
        if taken > 0 {
            at += taken;
            continue;
        }
        at += 1;
        let text = line.trim();
        match (style, text.is_empty()) {
            (Style::Lines, true) => out.push_str("<br>\n"),
            (Style::Lines, false) => writeln!(out, "<div>{}</div>", inline(text)).unwrap(),
            (Style::Paragraphs, true) => {
                out.push_str(if std::mem::take(&mut open) { "</p>\n" } else { "<br>\n" });
            }
            (Style::Paragraphs, false) => {
                out.push_str(if std::mem::replace(&mut open, true) { "<br>\n" } else { "<p>" });
                out.push_str(&inline(text));
            }
        }
    }
    out
}

/// Writes a heading, list, table or code that starts here; returns its lines.
fn structured(lines: &[&str], style: Style, out: &mut String, open: &mut bool) -> usize {
    let line = lines[0].trim();
    let mut close = |out: &mut String| {
        if std::mem::take(open) {
            out.push_str("</p>\n");
        }
    };
    let hashes = line.bytes().take_while(|&byte| byte == b'#').count();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
        close(out);
        let text = inline(line[hashes..].trim().trim_end_matches('#').trim());
        writeln!(out, "<h{hashes}>{text}</h{hashes}>").unwrap();
        return 1;
    }
    if line.starts_with("```")
        && let Some(length) = lines[1..].iter().position(|line| line.trim().starts_with("```"))
    {
        close(out);
        writeln!(out, "<pre><code>{}\n</code></pre>", escape(&lines[1..=length].join("\n"))).unwrap();
        return length + 2;
    }
    let items = lines.iter().take_while(|line| item(line).is_some()).count();
    if items > 0 && style == Style::Paragraphs {
        close(out);
        list(&lines[..items], out);
        return items;
    }
    let is_row =
        |line: &&&str| line.trim().contains(['|', '\t']) && !line.contains("request") && item(line).is_none();
    let rows = lines.iter().take_while(is_row).count();
    if rows >= 2 {
        close(out);
        out.push_str("<table>");
        for row in lines[..rows].iter().filter(|row| !row.contains("--")) {
            let cells = row.trim().trim_matches('|').split(['|', '\t']);
            let cells = cells.map(|cell| format!("<td>{}</td>", inline(cell.trim())));
            writeln!(out, "<tr>{}</tr>", cells.collect::<String>()).unwrap();
        }
        out.push_str("</table>\n");
        return rows;
    }
    0
}

/// The indent of a list item, its number and its text.
fn item(line: &str) -> Option<(usize, Option<&str>, &str)> {
    let text = line.trim();
    let indent = line.len() - line.trim_start().len();
    if let Some(body) = text.strip_prefix(['•', '-', '*', '▪', '◦']) {
        return body.starts_with([' ', '\u{a0}']).then(|| (indent, None, body.trim()));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let body = text[digits..].strip_prefix([')', '.'])?;
    ((1..=3).contains(&digits) && body.starts_with(' ')).then(|| (indent, Some(&text[..digits]), body.trim()))
}

fn list(lines: &[&str], out: &mut String) {
    let mut open: Vec<(usize, &str)> = Vec::new();
    for (indent, number, text) in lines.iter().filter_map(|line| item(line)) {
        while open.len() > 1 && open.last().is_some_and(|&(last, _)| last > indent) {
            writeln!(out, "</li></{}>", open.pop().unwrap().1).unwrap();
        }
        if open.last().is_none_or(|&(last, _)| last < indent) {
            let name = if number.is_some() { "ol" } else { "ul" };
            write!(out, "<{name}>").unwrap();
            open.push((indent, name));
        } else {
            out.push_str("</li>");
        }
        match number {
            Some(number) => write!(out, "<li value='{number}'>{}", inline(text)).unwrap(),
            None => write!(out, "<li>{}", inline(text)).unwrap(),
        }
    }
    for (_, name) in open.iter().rev() {
        writeln!(out, "</li></{name}>").unwrap();
    }
}

/// Markdown's bold text as HTML's, and a link where a source is named. Text
/// copies keep character references as HTML has them.
fn inline(text: &str) -> String {
    let mut text = escape(text).replace("\\$", "$");
    while text.contains("&amp;") {
        text = text.replace("&amp;", "&");
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, bold, behind)) = bold(rest) {
        write!(out, "{before}<b>{bold}</b>").unwrap();
        rest = behind;
    }
    out.push_str(rest);
    let link = r#"(^|[^!])\[([^\[\]]+)\]\(((?:https://|mailto:|/|\#)[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?: "[^"]*")?\)"#;
    if let Cow::Owned(linked) = Regex::new(link).unwrap().replace_all(&out, "$1<a href='$3'>$2</a>") {
        return linked;
    }
    let attribution = "View complete answer on ";
    match out.split_once(attribution) {
        Some((before, source)) => {
            format!("{before}<a href='https://link.example/'>{attribution}<i>{source}</i></a>")
        }
        None => out,
    }
}

/// The first text in paired marks, and what stands before and behind it.
fn bold(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("**")?;
    let (bold, behind) = rest.split_once("**")?;
    let flanked = !bold.is_empty() && !bold.starts_with(' ') && !bold.ends_with(' ');
    flanked.then_some((before, bold, behind))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
