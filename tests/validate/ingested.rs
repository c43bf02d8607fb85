//! Datasets as `ingest` writes them have no findings.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use qasift::config::{IngestConfig, Output};
use qasift::record::{Dedup, Format};
use qasift::validate::{self, Report};

use crate::profiles;

/// Ingests pages and validates the dataset.
fn report(inputs: Vec<PathBuf>, dedup: Dedup) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut config = IngestConfig::new(inputs);
    let dataset = folder.path().join("dataset");
    config.output = Output::Folder(dataset.clone());
    config.formats = Format::ALL.to_vec();
    config.dedup = dedup;
    qasift::ingest(&config, profiles(), &|_| {}, &AtomicBool::new(false)).expect("pages");
    validate::dataset(&dataset, profiles()).expect("readable")
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn the_demonstration_page_has_no_findings() {
    let report = report(vec![root("raw/page.txt")], Dedup::Exact);
    assert_eq!(report.findings, []);
    assert_eq!(report.entries, 25);
}

#[test]
fn many_layouts_have_no_findings() {
    for dedup in [Dedup::Exact, Dedup::None] {
        let report = report(vec![root("tests/golden"), root("tests/pages"), root("raw")], dedup);
        assert_eq!(report.findings, [], "{dedup}");
        assert!(report.entries > 100, "{}", report.entries);
    }
}

/// Lines that pages of the family, and other texts, are made of.
const LINES: [&str; 70] = [
    "",
    "",
    "",
    " ",
    "How long do bees live?",
    "Why do bees hum?&nbsp;",
    "&#8203;",
    "&bull; Wax",
    "Wax &amp;nbsp;",
    "What does a hive need",
    "## Do bees sleep?",
    "**Why do bees dance?**",
    "Is it true that bees know their keeper?",
    "A worker lives six weeks in summer.",
    "They do.  And they dream, too.",
    "Most keepers go by weight, and some by",
    "Two seasons: the first is short, and the second is ...",
    "It costs \\$5 a hive, &amp;amp; a smile.",
    "\u{a0}\u{a0}Tom\u{200b} said: &lt;b&gt;no&lt;/b&gt;\u{a0}",
    "Cafe\u{301} CrÃ¨me for the queenâ€™s court",
    "She said, \u{201c}come in.",
    "  \u{2022} Water nearby. ...",
    "  \u{2022} Shade at noon",
    "- Peace",
    "  - Quiet",
    "* **Bold** move",
    "1. Open the hive.",
    "2. Close it ...",
    "  10. Wait for a week.",
    "1. #1 Honey",
    "(3) Wax",
    "a | b",
    "| Month | Honey | Wax |",
    "| --- | :-: | ---: |",
    "| May | 3 ... | **1** |",
    "| 1. | Shut |",
    "x | ** | y | **",
    "```",
    "let honey = 1 && 2;  // **x**",
    "```text",
    "Takedown request   |   View complete answer on bees.example",
    "Takedown request\u{a0}|\u{a0}View complete answer on www.Hive-Talk.example.org/a",
    "Takedown request",
    "View complete answer on hivetalk.c",
    "| View complete answer on",
    "Asked by: Ada Moss  |  Last update: June 4, 2025",
    "Score: 4.3/5 (60 votes)",
    "40 related questions found",
    "What BEES Really Do When You SLEEP",
    "IT IS INTERESTING: Bees in winter",
    "Where do bees go?They go home.",
    "Q: Takedown request",
    "## [Do bees hum?](https://bees.example/hum)",
    "[Takedown request](/t)",
    "- Home",
    "• Advertisement",
    "2. Stock",
    "[They](#a) do [[hum](http://b.example)](/c \"C\")",
    "A: View complete answer on bees.example",
    "\u{feff}# # What is \u{ad}honey made of? #",
    "\u{9}Tabs\u{9}and \u{2028} odd \u{85} breaks",
    "Takedown request on the hive by the old",
    "view complete answer on bees.example",
    "keeper of the queen and her court,",
    "-",
    "1.",
    "Q",
    "Answer:",
    "Q: Do bees swim? A: No, they drown.",
    "FAQ",
];

/// Pages of lines that belong together in no way.
fn any_page() -> impl Strategy<Value = String> {
    let line = prop::sample::select(&LINES[..]);
    let end = prop::sample::select(&["\n", "\n", "\n", "\n\n", "\r\n", " "][..]);
    prop::collection::vec((line, end), 0..40)
        .prop_map(|lines| lines.into_iter().flat_map(|(line, end)| [line, end]).collect())
}

/// Parts that pages of HTML are made of, in any order.
const PARTS: [&str; 96] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<div class=question>",
    "<div class=answer>",
    "<div class=faq>",
    "<div class='answer post'>",
    "<div class=comment>",
    "<b>",
    "</b>",
    "<strong>",
    "<i>",
    "<a href=x>",
    "</a>",
    "<h1>",
    "<h2>",
    "</h2>",
    "<h3>",
    "</h3>",
    "<ul>",
    "<ol start=9999999999>",
    "<li>",
    "<li value=-3>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "<th>",
    "</td>",
    "</table>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<pre>",
    "</pre>",
    "<code>",
    "<br>",
    "<br>",
    "<hr>",
    "<button>",
    "<button aria-expanded=false>",
    "</button>",
    "<svg>",
    "</svg>",
    "<template>",
    "</template>",
    "<nav>",
    "</nav>",
    "<p hidden>",
    "How long do bees live? ",
    "Why? ",
    "Why?Yes. ",
    "Q: What is it? ",
    "A: So. ",
    "Q1. ",
    "Six weeks in summer. ",
    "\u{1f41d}",
    "\u{a0}",
    "\u{200b}",
    "\u{ad}",
    "- ",
    "\u{2022} ",
    "1. ",
    "```",
    "\n```\n",
    "\n",
    "# ",
    "|",
    " | ",
    " ...",
    "View complete answer on bees.example",
    "Takedown request",
    "FAQ ",
    "45 related questions found",
    "Score: 4/5 (3 votes)",
    "**",
    "a &amp; b",
    "&lt;",
    "\u{c3}\u{a9}",
    "\u{c2} ",
    "\"",
    "<div itemscope itemtype='https://schema.org/Question'>",
    "<span itemprop=name>",
    "<div itemprop=text>",
    "<div itemprop=acceptedAnswer itemscope itemtype='https://schema.org/Answer'>",
    "<div typeof=Question vocab='http://schema.org/'>",
    "<div property=name>",
    "<div property=acceptedAnswer typeof=Answer>",
    r#"<script type="application/ld+json">{"@type":"Question","name":"<p>Why \u00c2</p><pre>```</pre>",
        "acceptedAnswer":{"@type":"Answer","text":"<pre>a\n```\nb</pre> So | ..."}}</script>"#,
    "</script>",
];

/// Marks of code that are no block's, and a block of code that looks like a table.
#[test]
fn code_in_odd_places_gives_a_valid_dataset() {
    for behind in [
        " ```\nBees live for six weeks.\nOr longer.\n```\n",
        "\na | b\n``` a | b\nTakedown request   |   View complete answer on bees.example\n```\n",
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let page = format!("x\nAsked by: Ada Moss  |  Last update: June 4, 2025{behind}");
        fs::write(folder.path().join("page.txt"), page).expect("writable");
        assert_eq!(report(vec![folder.path().to_owned()], Dedup::Exact).findings, [], "{behind}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever a page holds, what is read from it is a valid dataset.
    #[test]
    fn any_pages_give_a_valid_dataset(pages in prop::collection::vec(any_page(), 1..24)) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (number, page) in pages.iter().enumerate() {
            fs::write(folder.path().join(format!("{number}.txt")), format!("x\n{page}")).expect("writable");
        }
        for dedup in [Dedup::Exact, Dedup::None] {
            let report = report(vec![folder.path().to_owned()], dedup);
            prop_assert_eq!(&report.findings, &[]);
        }
    }

    /// The same of records that are HTML, or the same parts as text.
    #[test]
    fn any_records_give_a_valid_dataset(
        pages in prop::collection::vec(prop::collection::vec(prop::sample::select(&PARTS[..]), 3..60), 200),
    ) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let records = pages.iter().enumerate().map(|(number, parts)| {
            let field = if number % 4 == 0 { "text" } else { "html" };
            serde_json::json!({ field: format!("x {}", parts.concat()) }).to_string() + "\n"
        });
        let input = folder.path().join("pages.jsonl");
        fs::write(&input, records.collect::<String>()).expect("writable");
        prop_assert_eq!(&report(vec![input], Dedup::Exact).findings, &[]);
    }
}
