//! A "no" of the quick look is compared with the full reading.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;

use crate::profile::{Profile, Profiles};
use crate::read_html;

static PROFILES: LazyLock<Profiles> = LazyLock::new(Profiles::built_in);

/// Why a page that is ruled out should not be; none if that is right.
fn lost(page: &str, profiles: &Profiles) -> Option<String> {
    if profiles.may_find(page) {
        return None;
    }
    let reading = read_html(page, None, "page", profiles);
    let first = reading.entries.first().map(|entry| entry.question.clone().into_owned());
    first.or_else(|| reading.rejects.first().map(|reject| reject.detail.clone()))
}

#[test]
fn what_holds_no_questions_is_ruled_out() {
    for page in [
        "",
        "<title>Bees</title><h1>Bees</h1><p>They live for six weeks. Really? Yes, they do.</p>",
        "<script>a ? b : c</script><style>a?{}</style><a href='/faq/?what=1' title='Why?'>Menu</a>",
        "<!-- Why? --><p class=x data-a='Question'>The question is asked now and then.<!-- How? -->",
        "<ul><li>How it works</li><li>About</li><li>In</li><li>What we do</li></ul><p>Text.</p>",
        "<p>Text.</p><",
        "<p>Text.</p><b",
        "<p>Text.</p></b",
        "<p>Text.</p><b a='>Why?",
        "<svg><text>Why?</text></svg><noscript>Why?</noscript><textarea>Why?</textarea>",
        "<script type='application/ld+json'>{\"@type\": \"Article\", \"headline\": \"Bees\\u2019 lives?\"}</script>",
        "<p>A phrase such as the view of a complete mess, and the last update of all.</p>",
        "<h2>The price of honey</h2><p>Two pounds.</p><h2>The price of wax</h2><p>One pound.</p>",
        "<div itemscope itemtype='https://schema.org/Article'><p itemprop=name>Bees</p></div>",
        "<button><span class=sr-only>Menu</span></button><p>Text? More.<h3>Bees<a class=anchor href='#b'>b</a></h3>",
        "<ul><li>Bread &co</li><li>Honey &co</li><li>Wax &co</li></ul>",
        "<nav><a href=/>Bees</a> <a href=/faq/>FAQ</a></nav><p>Wax.</p><footer><a href=/faq/>FAQ</a></footer>",
    ] {
        assert!(!PROFILES.may_find(page), "{page}");
        assert_eq!(lost(page, &PROFILES), None, "{page}");
    }
}

#[test]
fn what_may_hold_some_is_not() {
    for page in [
        "<h1>How long do bees live?</h1><p>Six weeks.</p>",
        "<p>Why do bees fly？</p>",
        "<p>Why do bees fly<b>&#63;</b></p>",
        "<p>Why do bees fly&quest;</p>",
        "<p>Why? &raquo;</p>",
        "<p>Why?Yes.</p>",
        "<p>Why? Yes.<p>Why is it so? No.<p>How? So.<p>Is it? No.",
        "<b>Why?</b> Because.",
        "<h2>What is wax</h2><h2>How is honey made</h2><h2>Why do bees dance</h2>",
        "<h2>Frequently <b>asked</b>\n questions</h2>",
        "<title>Our FAQ</title>",
        "<div class=faq-list>",
        "<div class='post js-answer'>",
        "<p>Q: What is wax",
        "<p>Q: Wax? A: What bees build with.<p>Q: Honey? A: What they live on.",
        "<h2>&coWhat is wax</h2><h2>&coHow it is made</h2><h2>&coWhy bees dance</h2>",
        "<h2>Wh&co is wax</h2><h2>H&co is it made</h2><h2>Wh&co bees dance</h2>",
        "<p>View complete answer on bees.example",
        "<p>Vi<b>ew comp</b>lete <i>answer</i> on bees.example",
        "<p>View comp<div hidden>x</div>lete answer on bees.example",
        "<p>View &#99;omplete answer on bees.example",
        "<p>45 related ques<i></i>tions found",
        "<p>View com\u{ad}plete ans\u{200b}wer on bees.example",
        "<p>View com&shy;plete ans&#8203;wer on bees.example",
        "<p itemprop=acceptedAnswer>",
        "<p itemtype=https://schema.org/Answer>",
        "<p typeof='s:&#81;uestion'>",
        "<script type=application/ld+json>{\"@type\": \"Question\"}</script>",
        "<script type=application/ld+json>{\"@type\": \"\\u0051uestion\"}</script>",
        "<script type=application/ld+json>{\"@type\": </script>",
        "<p>Why is it so?<i class=material-icons>add</i>",
        "<h3>Why is it so? <span class=sr-only>show</span></h3>",
        "<h3><i class=sr-only>1</i>What is wax</h3><h3><i class=sr-only>2</i>Is it hot</h3><h3>Why</h3>",
        "<h3><i class=sr-only>Topic</i> <b>Q</b>: What is wax</h3>",
        "<h3>View comp<i class=sr-only>x</i>lete answer on bees.example</h3>",
        "<math><p>Text",
        "<textarea><p>Text</textarea>",
        "<script><!-- <script></script> <p>Why?</p>",
    ] {
        assert!(PROFILES.may_find(page), "{page}");
    }
}

#[test]
fn goldens_and_pages_lose_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut folders =
        vec![root.join("golden"), root.join("pages"), root.join("families"), root.join("containers")];
    let mut pages = 0;
    while let Some(folder) = folders.pop() {
        for file in fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()) {
            if file.is_dir() {
                folders.push(file);
            } else if let Ok(text) = fs::read_to_string(&file) {
                pages += 1;
                let lines = format!("<p>{}</p>", text.replace("\n\n", "</p><p>").replace('\n', "<br>"));
                for page in [&text, &lines] {
                    assert_eq!(lost(page, &PROFILES), None, "{}", file.display());
                }
            }
        }
    }
    assert!(pages > 200, "{pages} files");
}

#[test]
fn a_profile_without_words_rules_nothing_out() {
    let toml = "name = 'n'\ndescription = 'd'\norder = ['question', 'answer']\n[question]\nwords = ['why']\n";
    let profile = |rule: &str| Profiles::only(Profile::parse(&format!("{toml}{rule}"), "n").unwrap());
    let text = "<p>Bees fly.";
    assert!(!profile("").may_find(text));
    let source = "[[rule]]\nname = 's'\nclass = 'attribution'\npattern = ";
    assert!(profile(&format!("{source}'[0-9]+'")).may_find(text));
    let named = profile(&format!("{source}'Quelle: .+'"));
    assert!(!named.may_find(text) && named.may_find("<p>Quelle: <b>a</b>"));
    assert!(!named.may_find("<p>Eine Quelle der Freude"));
}

/// Parts of pages, right and wrong.
const PARTS: &[&str] = &[
    "<p>",
    "</p>",
    "<p hidden>",
    "<div>",
    "</div>",
    "<div class='faq'>",
    "<div class=question>",
    "<b>",
    "</b>",
    "<strong>",
    "</strong>",
    "<i>",
    "</i>",
    "<i class=material-icons>",
    "<span class=sr-only>",
    "</span>",
    "<a href='/?q'>",
    "</a>",
    "<h2>",
    "</h2>",
    "<h3>",
    "</h3>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<br>",
    "<pre>",
    "</pre>",
    "<select>",
    "</select>",
    "<option>",
    "<button>",
    "</button>",
    "<summary>",
    "<details>",
    "</details>",
    "<title>",
    "</title>",
    "<svg>",
    "</svg>",
    "<svg/>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<!--",
    "-->",
    "--!>",
    "<!",
    ">",
    "<template>",
    "</template>",
    "<span style='display:none'>",
    "</span>",
    "<form>",
    "<nav>",
    "</nav>",
    "<math>",
    "</math>",
    "<textarea>",
    "</textarea>",
    "<noscript>",
    "<caption>",
    "<x a='",
    "'>",
    "<x a=b/>",
    "</",
    "<",
    "&",
    "&nbsp;",
    "&#63;",
    "&#x51;",
    "&quot;",
    "<script type=application/ld+json>",
    "{\"@type\":\"Question\",\"name\":\"Why\",\"acceptedAnswer\":{\"text\":\"So\"}}",
    "<p itemscope itemtype=schema.org/Question>",
    "<p itemprop=name>",
    "<p itemprop=acceptedAnswer>",
    "<p typeof=Question>",
    "Why",
    "What is wax",
    "How long do they live",
    "Is it so",
    "Do",
    "they fly",
    "?",
    "？",
    "Why do bees fly?",
    "What? ",
    "Yes. ",
    "Six weeks in summer, six months in winter.",
    "Bees",
    " ",
    "\n",
    "Q: ",
    "Q1、",
    "Q2）",
    "A: ",
    "FAQ",
    "Frequently asked questions",
    "- ",
    "3. ",
    "+",
    " | ",
    "View complete answer on ",
    "View comp",
    "lete answer on ",
    "bees.example",
    "Takedown request",
    "Take",
    "down request",
    "45 ",
    "related questions found",
    "relat",
    "ed questions found",
    "Last update: June 4, 2025",
    "Score: 4/5 (3 votes)",
    "Asked by: A. B.",
    "Vollst&auml;ndige Antwort auf ",
    "¿",
    "!",
    ".",
    "About",
];

fn page() -> impl Strategy<Value = String> {
    let part = prop_oneof![30 => prop::sample::select(PARTS).prop_map(str::to_owned), 1 => "\\PC{0,12}"];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// A page with statements, so that most such pages are ruled out.
fn plain_page() -> impl Strategy<Value = String> {
    let questions: Vec<&str> =
        PARTS.iter().copied().filter(|part| !part.contains(['?', '？', 'Q', '¿'])).collect();
    prop::collection::vec(prop::sample::select(questions), 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn a_no_is_certain(page in page()) {
        prop_assert_eq!(lost(&page, &PROFILES), None);
    }

    #[test]
    fn a_no_is_certain_without_marks(page in plain_page()) {
        prop_assert_eq!(lost(&page, &PROFILES), None);
    }
}
