//! Pages and how they read.

use ego_tree::iter::Edge;

use super::*;
use crate::page::BlockKind::{self, Blank, Code, Fence, Heading, Item, Paragraph, Row, Strong};

fn read(page: &str) -> Document<'static> {
    document(&parse(page), None)
}

fn text(page: &str) -> String {
    read(page).text.into_owned()
}

/// Kind and text of each line but the blank ones.
fn lines(page: &str) -> Vec<(BlockKind, String)> {
    let document = read(page);
    let shown = document.blocks.iter().filter(|block| block.kind != Blank);
    shown.map(|block| (block.kind, document.text[block.body.clone()].to_owned())).collect()
}

#[test]
fn blocks_are_lines_and_gaps_are_blank_lines() {
    let page = "<h1>Bees</h1><p>One\n  <b>two</b> three<p>four<br>five<br><br>six<div>seven</div>eight";
    assert_eq!(text(page), "Bees\n\nOne two three\n\nfour\nfive\n\nsix\n\nseven\neight\n");
    assert_eq!(text("<p>a</p>\n\n<hr><p> b </p> "), "a\n\nb\n");
    assert_eq!(text(" \n<div> </div>"), "");
}

#[test]
fn bars_that_are_baked_are_no_notices() {
    for class in ["cookies-bars", "tag-cookie-recipes", "cookie-barn"] {
        assert_eq!(lines(&format!("<div class='{class}'>a</div>")), [(Paragraph, "a".into())], "{class}");
    }
    assert_eq!(lines("<body class='cookie-bar'><p>a"), [(Paragraph, "a".into())]);
    for class in ["cookie-bar", "cookiebar", "cookie_law_info", "js-cookie-consent", "cookieBanner"] {
        assert_eq!(lines(&format!("<div class='{class}'>a</div>"))[0].0, BlockKind::Furniture, "{class}");
    }
}

#[test]
fn spans_of_the_blocks_are_the_text() {
    let page = "<nav>Home</nav><h2>A</h2><ul><li>b<ul><li>c</ul></ul><pre>d\n\n e</pre><table><tr><td>f<td>g</table>";
    let document = read(page);
    let mut end = 0;
    for (index, block) in document.blocks.iter().enumerate() {
        assert_eq!((block.span.start, block.line), (end, u32::try_from(index + 1).unwrap()));
        assert!(block.span.start <= block.text.start && block.text.start <= block.body.start);
        assert!(block.body.end == block.text.end && block.text.end <= block.span.end);
        end = block.span.end;
    }
    assert_eq!(end, document.text.len());
}

#[test]
fn white_space_counts_as_in_a_browser() {
    assert_eq!(text("<p>a<b> b</b> <i>c</i>d<span>\n</span>e"), "a b cd e\n");
    assert_eq!(text("<p>a&nbsp;b\u{3000}c</p>"), "a\u{a0}b\u{3000}c\n");
    assert_eq!(text("<p> <b> a </b> , b</p>"), "a , b\n");
}

#[test]
fn marks_at_the_end_of_a_row_go_even_if_they_are_bold() {
    assert_eq!(
        lines("<table><tr><td><b>Menu |</b></td><td> </td></tr></table>"),
        [(Paragraph, "Menu".into())]
    );
    assert_eq!(lines("<table><tr><td><b>|</b></td><td></td></tr></table>"), [(Paragraph, String::new())]);
}

#[test]
fn lists_have_marks_and_depth() {
    let page = "<ul><li>a<ol start=3><li>b<li value=7><p>c</p><li>d</ol></li><li><ul><li>e</ul></ul>";
    assert_eq!(
        text(page),
        "- a\n  3. b\n  7. c\n\n  8. d\n- e\n".replace("\n\n", "\n").replace("- e", "  - e")
    );
    assert_eq!(text("<ol reversed start=2><li>a<li>b<li>c</ol>"), "2. a\n1. b\n0. c\n");
    assert_eq!(text("<p>These:</p><ul><li>a</ul><p>b"), "These:\n- a\n\nb\n");
    assert_eq!(lines("<div>• a</div><div>2) b"), [(Item, "a".into()), (Item, "b".into())]);
    assert_eq!(lines("<ul><li><h3>a</h3><p>b</ul>"), [(Heading, "a".into()), (Paragraph, "b".into())]);
}

#[test]
fn rows_of_a_table_are_lines_unless_it_lays_out_the_page() {
    let page = "<table><caption>a<tr><th>b<th>c<br>d<tr><td><p>e</p><td><tr><td>f<td>g <i>h</i><tr><td>j<td>|</table>";
    assert_eq!(
        lines(page),
        [
            (Paragraph, "a".into()),
            (Row, "b | c d".into()),
            (Paragraph, "e".into()),
            (Row, "f | g h".into()),
            (Paragraph, "j".into())
        ]
    );
    let layout = "<table><tr><td><h2>a</h2><p>b</p></td><td>c</table>";
    assert_eq!(lines(layout), [(Heading, "a".into()), (Paragraph, "b".into()), (Paragraph, "c".into())]);
}

#[test]
fn code_keeps_its_white_space() {
    let page = "<p>a<pre>\n  b\n\n\tc <b>d</b>\n\n</pre>e<pre> \n</pre>";
    assert_eq!(text(page), "a\n\n```\n  b\n\n\tc d\n```\n\ne\n");
    assert_eq!(lines("<pre>a</pre>"), [(Fence, "```".into()), (Code, "a".into()), (Fence, "```".into())]);
}

#[test]
fn bold_lines_are_known() {
    assert_eq!(
        lines("<p><b>a</b> <strong>b</strong>:<p><b>c</b> d<p>e <b>f</b><p><b>g</b><br>h"),
        [
            (Strong, "a b:".into()),
            (Paragraph, "c d".into()),
            (Paragraph, "e f".into()),
            (Strong, "g".into()),
            (Paragraph, "h".into())
        ]
    );
}

#[test]
fn what_is_not_shown_is_left_out() {
    for page in [
        "<script>a</script><style>a</style><noscript>a</noscript><template><p>a</template>",
        "<p hidden>a<p style='color: red; display : none'>a<p aria-hidden=true>a<div style='visibility:hidden'>a",
        "<select><option>a</select><textarea>a</textarea><button>a</button><input value=a>",
        "<svg><title>a</title><text>a</text></svg><iframe>a</iframe><video>a</video><!-- a --><head><title>a",
    ] {
        assert_eq!(text(page), "", "{page}");
    }
    assert_eq!(text("<svg><g/></svg>a<svg><path><p>b"), "a\n\nb\n", "a drawing that is left open");
}

#[test]
fn what_is_only_folded_is_read() {
    for page in [
        "<button aria-expanded=false aria-controls=x>a</button><div id=x hidden>b</div>",
        "<a href=# data-target='#y'>a</a><div id=y style='display:none'>b</div>",
        "<h3>a</h3><div class='accordion-panel' aria-hidden=true>b</div>",
        "<h3><button>a</button></h3><div role=region hidden>b</div>",
        "<details><summary>a</summary>b</details>",
        "<dl><dt>a<dd hidden>b</dl>",
        "<p>a<div hidden=until-found>b</div>",
    ] {
        assert_eq!(text(page).replace("\n\n", "\n"), "a\nb\n", "{page}");
    }
}

#[test]
fn furniture_is_known_and_kept() {
    use crate::page::Furniture::{Footer, Navigation, Notice};
    let page = "<nav>a</nav><article>b<footer>c</footer></article><div id=cookie-banner>d</div>\
        <div role=contentinfo>e</div><footer><ul><li>f</ul></footer><p class=cookies>g";
    let document = read(page);
    let markup = document.markup.as_ref().unwrap();
    let found: Vec<_> = (document.blocks.iter().zip(&markup.lines))
        .filter(|(block, _)| block.kind != Blank)
        .map(|(block, facts)| (&document.text[block.text.clone()], facts.furniture))
        .collect();
    assert_eq!(
        found,
        [
            ("a", Some(Navigation)),
            ("b", None),
            ("c", None),
            ("d", Some(Notice)),
            ("e", Some(Footer)),
            ("f", Some(Footer)),
            ("g", None)
        ]
    );
}

#[test]
fn addresses_are_told_from_the_page() {
    let page = "<base href=/b/><link rel=canonical href='https://bees.example/c'><p>\
        <a href='d?x=1'>View</a> <i>bees.example</i>, <a href='mailto:a@bees.example'>mail</a>";
    let cited = |given: Option<&str>, name: &str| {
        let document = document(&parse(page), given);
        let start = document.text.find(name).unwrap();
        document.markup.unwrap().cited_in(&(start..start + name.len()))
    };
    assert_eq!(cited(Some("http://ants.example/"), "bees").unwrap(), "http://ants.example/b/d?x=1");
    assert_eq!(cited(None, "bees").unwrap(), "https://bees.example/b/d?x=1");
    assert_eq!(cited(Some("http://ants.example/"), "mail"), None);
    let markup = read(page).markup.unwrap();
    assert_eq!(markup.address.unwrap().as_str(), "https://bees.example/c");
}

#[test]
fn the_page_says_its_language() {
    let language = |page: &str| read(page).markup.unwrap().language;
    assert_eq!(language("<html lang=de-AT><p lang=fr>"), Some("de-AT".into()));
    assert_eq!(language("<body lang=en_US>"), Some("en-US".into()));
    assert_eq!(language("<html lang='in English'>"), None);
    assert_eq!(language("<p lang=fr>"), None);
}

/// What the time to make a tree grows with, apart from the page's length: its
/// nodes, how deep they are nested, and the attributes of one of them.
fn size(page: &str) -> [usize; 3] {
    let (mut nodes, mut depth, mut deepest, mut attributes) = (0, 0, 0, 0);
    for edge in parse(page).tree.root().traverse() {
        match edge {
            Edge::Open(node) => {
                nodes += 1;
                depth += 1;
                deepest = deepest.max(depth);
                let element = node.value().as_element();
                attributes = attributes.max(element.map_or(0, |element| element.attrs().count()));
            }
            Edge::Close(_) => depth -= 1,
        }
    }
    [nodes, deepest, attributes]
}

/// What the guard is for. Each bound is far below what the page asks for.
#[test]
fn hostile_pages_become_trees_within_bounds() {
    let numbered = |from: &str, to: &str, count: u32| -> String {
        (0..count).flat_map(|number| [from.to_owned(), number.to_string(), to.to_owned()]).collect()
    };
    let attributes = numbered(" a", "=''", 1_000_000);
    let formatting = numbered("<p><font a=", ">x", 20_000);
    let bodies = numbered("<body a", ">", 20_000);
    for (page, expected, bounds) in [
        ("<div>".repeat(100_000) + "a", "a\n", [600, 600, 0]),
        ("<b><p><i>".repeat(100_000) + "a", "a\n", [101_000, 100, 0]),
        ("<ul><li>".repeat(100_000) + "a", "a", [101_000, 1_100, 0]),
        ("<table><tr><td>".repeat(100_000) + "a", "a\n", [202_000, 2_100, 0]),
        ("<svg>".repeat(100_000) + "</svg>".repeat(100_000).as_str() + "a", "a\n", [10, 10, 0]),
        ("<span>a</span>".repeat(100_000), "aaa", [200_010, 10, 0]),
        (format!("<p{attributes}>a"), "a\n", [10, 10, 513]),
        (formatting, "x\n\nx\n", [250_000, 100, 1]),
        (bodies + "a", "a\n", [10, 10, 1]),
        ("\0".repeat(1_000_000) + "a", "a\n", [10, 10, 0]),
        ("<".repeat(1_000_000), "<<", [10, 10, 0]),
        ("&".repeat(1_000_000), "&&", [10, 10, 0]),
        ("<!--".repeat(300_000) + "-->a", "a\n", [10, 10, 0]),
    ] {
        let found = text(&page);
        let beginning: String = page.chars().take(40).collect();
        assert!(found.trim_start().contains(expected), "{beginning}: {found:.40}");
        let size = size(&page);
        let is_within = size.iter().zip(bounds).all(|(&size, bound)| size <= bound);
        assert!(is_within, "{beginning}: {size:?} of {bounds:?}");
    }
}

#[test]
fn drawings_and_scripts_do_not_count_for_the_depth() {
    let page = "<div><svg><g><g></svg>".repeat(3000) + "a" + "</div>".repeat(3000).as_str() + "<h1>b</h1>";
    assert_eq!(lines(&page).last(), Some(&(Heading, "b".into())));
}
