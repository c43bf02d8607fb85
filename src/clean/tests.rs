//! Tests of the rules together. Each rule has its own beside it.

use proptest::prelude::*;

use super::*;

/// Checks each text, and that its result stays as it is.
#[track_caller]
fn check(clean: fn(&str) -> Cleaned<'_>, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let cleaned = clean(text).text;
        assert_eq!(cleaned, *expected, "{text:?}");
        assert_eq!(clean(&cleaned).text, *expected, "{text:?}, twice");
    }
}

#[test]
fn form_changes() {
    check(
        inline,
        &[
            ("", ""),
            (" \u{a0}\t\u{200b} ", ""),
            ("  Bees\u{a0}dance. ", "Bees dance."),
            ("10\u{202f}000\u{2007}bees", "10 000 bees"),
            ("a\tb\u{b}c\u{c}d\u{85}e\u{2028}f\u{2029}g\r\nh", "a b c d e f g h"),
            ("so\u{ad}ft \u{feff}word\u{2060}s\u{200b}", "soft words"),
            ("a \u{200b} b", "a b"),
            ("bell\u{7}s \u{0}and\u{7f} whistles\u{9f}", "bells and whistles"),
            ("cafe\u{301}", "café"),
            ("10 \u{212b}, 3 \u{2126}", "10 Å, 3 Ω"),
            ("Tom &amp; Ann &lt;3&nbsp;tea", "Tom & Ann <3 tea"),
            ("&amp;amp;amp;lt;", "<"),
            ("it&#8217;s &#x2014; &#X1F41D; &#146;", "it’s — 🐝 ’"),
            (r"costs \$5 \*\*each\*\* \[1\] \(net\)\.", "costs $5 each [1] (net)."),
            ("a **bold** and __strong__ word", "a bold and strong word"),
            ("***both***", "*both*"),
            (
                "full of [clover](https://herbs.example/a_(b)_c \"Herbs (all)\"), [thyme](/t) and [mint](#m)",
                "full of clover, thyme and mint",
            ),
            (
                "**[Ask](mailto:ada@hive.example)** or [[read](http://a.example)](http://b.example)",
                "Ask or read",
            ),
            ("the cafÃ©â€™s “honey”", "the café’s “honey”"),
            ("10&Icirc;&frac14;g", "10μg"),
            ("word\u{c2}\u{a0}  word", "word word"),
        ],
    );
}

#[test]
fn a_repair_of_mojibake_is_told() {
    assert!(inline("cafÃ©").mojibake_repaired);
    assert!(inline("caf&Atilde;&copy;").mojibake_repaired);
    assert!(!inline("café &amp; **tea**").mojibake_repaired);
}

#[test]
fn words_stay() {
    let stays = [
        "AT&T and R&D; fish & chips; ?a=1&copy=2",
        "&bees; &#; &#x; &#xg; &; &amp",
        r"C:\new\table and C:\.cache and \\server\share and a\b",
        r"(D:\$data\_old)",
        r"¯\_(ツ)_/¯",
        "2**3**4, a**2 + b**2, (a)**2 + b**2, f(**a), 5 ** 2",
        "__init__ and obj.__len__() and __FILE__ and snake__case__name",
        "The (**) and the \"**\" sign, ____ and ____, (____) or (____), *****",
        "one *star* and _line_, * and _",
        "“Quotes,” ‘quotes’ – dashes — and … dots ...",
        "👩\u{200d}👩\u{200d}👧 and می\u{200c}خواهم, हिन्दी, 日本語、ไทย",
        "RTL \u{200f}marks\u{200e} stay",
        "#1 is a number",
        "f[x](y), [1] (https://a.example), ![hive](/hive.png), [](https://a.example), [a](//b), [a](/b c), [a](https://b",
        "# is kept here",
    ];
    for text in stays {
        let cleaned = inline(text);
        assert!(matches!(cleaned.text, Cow::Borrowed(_)), "{text:?} became {:?}", cleaned.text);
        assert_eq!(cleaned.text, text);
        assert!(!cleaned.mojibake_repaired);
    }
}

#[test]
fn questions_lose_their_heading_marks() {
    check(
        question,
        &[
            ("# Do bees sleep?", "Do bees sleep?"),
            ("###### Do bees sleep? ##", "Do bees sleep?"),
            ("##Do bees sleep?", "Do bees sleep?"),
            ("## **Do bees sleep?**", "Do bees sleep?"),
            ("**## Do bees sleep?**", "Do bees sleep?"),
            ("** Do bees sleep? **", "Do bees sleep?"),
            ("**Do** bees **sleep?**", "Do bees sleep?"),
            ("\\## Do bees sleep?", "Do bees sleep?"),
            ("&#35; Do bees sleep?", "Do bees sleep?"),
            ("#1 bee or #2?", "#1 bee or #2?"),
            ("Is it C# or F #", "Is it C# or F #"),
            ("# Is it C#", "Is it C#"),
            ("####### seven", "####### seven"),
            ("#", ""),
        ],
    );
}

#[test]
fn rules_feed_each_other() {
    check(
        inline,
        &[
            ("&amp;amp;#42;", "*"),
            (r"\\*", "*"),
            (r"\\\\\*", "*"),
            (r"¯\\\_(ツ)\_/¯", r"¯\_(ツ)_/¯"),
            (r"C:\\Users\\me", r"C:\Users\me"),
            ("* *bold* *", "* *bold* *"),
            (r"\&#42;\&#42;bold\&#42;\&#42;", "bold"),
            ("&am\u{200b}p;", "&"),
            ("&amp\u{37e}", "&"),
            ("&#92;&#36;5", "$5"),
            ("&ZeroWidthSpace;&nbsp;x&NewLine;", "x"),
            ("e&#x301;", "é"),
            ("&a**m**p;", "&a**m**p;"),
            ("**&#32;a**", "** a**"),
            ("****a****", "****a****"),
        ],
    );
}

#[test]
fn code_keeps_its_white_space() {
    assert_eq!(code_line("\u{feff}\tlet a = \"&amp;\\$\";  \r\n"), "\tlet a = \"&amp;\\$\";  ");
    assert_eq!(code_line("a\rb\u{2028}c"), "abc");
    assert!(matches!(code_line("a\n"), Cow::Borrowed("a")));
}

/// The table of rules in `docs/cleaning.md` shows what really happens. Rows
/// that spell out invisible characters have more than one span of code a cell.
#[test]
fn the_examples_in_the_documentation_are_true() {
    let span = |cell: &'static str| {
        cell.trim().strip_prefix('`')?.strip_suffix('`').filter(|text| !text.contains('`'))
    };
    let rows = include_str!("../../docs/cleaning.md").lines().filter_map(|line| {
        let cells: Vec<_> = line.strip_prefix('|')?.split('|').collect();
        let [_, _, before, after, _, ""] = cells[..] else { return None };
        Some((span(before)?, span(after)?))
    });
    let rows: Vec<_> = rows.collect();
    assert_eq!(rows.len(), 6);
    check(question, &rows);
}

/// Texts made so that each round of the rules lays bare work for the next one
/// must rest all the same, and in one line.
#[test]
fn a_restless_text_comes_to_rest() {
    let nested = |open: &str, core: &str, close: &str| {
        (0..50).fold(core.to_owned(), |inner, _| format!("{open}{inner}{close}"))
    };
    for text in
        [nested("&", "\\", "#92;"), nested("&Zero", "\u{200b}", "WidthSpace;"), nested("&", "\\", "bsol;")]
    {
        let text = format!("{text}\n{text}");
        for clean in [inline, question] {
            let once = clean(&text).text;
            assert_eq!(clean(&once).text, once, "{text:?}");
            assert!(!once.contains('\n'));
        }
    }
}

/// A rule that took quadratic time would not come back from these.
#[test]
fn a_long_text_takes_its_time_only_once() {
    let patterns = [
        "&amp;",
        "amp;",
        "&",
        "&#38;",
        "&semi;",
        ";",
        "\\",
        "\\*",
        "*",
        "**",
        "**a",
        "** ",
        "__a",
        "***a",
        "_",
        "# ",
        "#",
        "Ã ",
        "Ã",
        "Ã©",
        "Ãƒ",
        "Â",
        "â€",
        "â€™",
        "\u{81}",
        "\u{300}\u{323}",
        " ",
        "\u{200b}",
        "C:\\",
        "\\\\a\\",
    ];
    for pattern in patterns {
        let text = pattern.repeat(50_000 / pattern.len());
        for text in [format!("&{text}"), format!("**{text}**"), text] {
            let once = question(&text).text;
            assert_eq!(question(&once).text, once, "{pattern:?}");
        }
    }
}

/// Pieces that the rules look for, and what stands between them.
const PIECES: &[&str] = &[
    "&",
    "amp",
    ";",
    "#",
    "42",
    "x",
    "&amp;",
    "&#42;",
    "&#92;",
    "&#38;",
    "&#59;",
    "&nbsp;",
    "&Atilde;",
    "&copy;",
    "&ZeroWidthSpace;",
    "&lt",
    "\\",
    "\\*",
    "\\\\",
    "*",
    "**",
    "***",
    "_",
    "__",
    "`",
    "a",
    "bold",
    "é",
    "e",
    "1",
    "\u{301}",
    "\u{323}",
    "\u{338}",
    "<",
    ">",
    "=",
    "\u{37e}",
    "\u{1fef}",
    "\u{212a}",
    " ",
    "  ",
    "\u{a0}",
    "\t",
    "\n",
    "\u{200b}",
    "\u{200d}",
    "\u{ad}",
    "\u{feff}",
    "\u{0}",
    "\u{80}",
    "\u{85}",
    "\u{93}",
    "\u{99}",
    "Ã",
    "Â",
    "©",
    "â€™",
    "â\u{80}\u{99}",
    "€",
    "™",
    "Ãƒ",
    "ƒ",
    "Ă",
    "Ĺ",
    "ł",
    "ś",
    "ð",
    "Ÿ",
    "˜",
    "C:\\",
    "(",
    ")",
    ".",
    "?",
    "## ",
    "# ",
    "[",
    "]",
    "](https://a",
    "](#b \"c\")",
    "’",
    "–",
    "Ð",
    "Ñ",
    "\u{1100}",
    "\u{1161}",
];

fn pieces() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn cleaning_twice_changes_nothing(text in prop_oneof![8 => pieces(), 1 => any::<String>()]) {
        for clean in [inline, question] {
            let once = clean(&text).text;
            let twice = clean(&once);
            prop_assert_eq!(&twice.text, &once);
            prop_assert!(!twice.mojibake_repaired);
        }
    }

    #[test]
    fn a_cleaned_text_is_one_trimmed_line(text in prop_oneof![8 => pieces(), 1 => any::<String>()]) {
        let cleaned = question(&text).text;
        prop_assert_eq!(cleaned.trim(), &cleaned[..]);
        prop_assert!(!cleaned.chars().any(|c| c.is_control() || c.is_whitespace() && c != ' '), "{:?}", cleaned);
        prop_assert!(!cleaned.contains("  "));
    }

    /// The scan may say too much, never too little.
    #[test]
    fn a_rule_that_the_scan_rules_out_changes_nothing(text in pieces()) {
        let needs = scan::needs(&text);
        for rule in RULES.iter().filter(|rule| !needs.has(rule.need)) {
            prop_assert_eq!((rule.apply)(&text), &text[..]);
        }
    }
}
