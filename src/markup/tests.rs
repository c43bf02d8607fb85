use super::graph::Text;
use super::*;

/// `question | answer`, with white space collapsed; `-` where there is none.
fn declared(page: &str) -> Vec<String> {
    let base = Url::parse("https://hives.example/faq").expect("an address");
    let html = Html::parse_document(page);
    pairs(&html, Some(&base), page.len()).0.iter().map(|(_, pair)| shown(pair)).collect()
}

fn shown(pair: &Pair<'_>) -> String {
    let plain = |text: &Text<'_>| text.plain().split_whitespace().collect::<Vec<_>>().join(" ");
    let question = pair.question.as_ref().map_or_else(|| "-".to_owned(), plain);
    let answers: Vec<_> = pair.answer.iter().map(plain).collect();
    let answer = if answers.is_empty() { "-".to_owned() } else { answers.join(" + ") };
    let role = pair.role.map_or(String::new(), |role| format!(" ({role})"));
    let votes = pair.votes.map_or(String::new(), |votes| format!(" {votes}"));
    format!("{question} | {answer}{role}{votes}")
}

fn json_ld(json: &str) -> Vec<String> {
    declared(&format!("<script type='application/ld+json'>{json}</script>"))
}

const DAY: &str = "What do bees do all day? | They forage. (accepted)";
const NIGHT: &str = "And at night? | They rest. (accepted)";

#[test]
fn three_syntaxes_declare_the_same() {
    let votes = "And at night? | They rest. (accepted) 3";
    let other = "And at night? | They hum. (suggested) -1";
    assert_eq!(
        json_ld(
            r#"{"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": [
                {"@type": "Question", "name": "What do bees do all day?",
                 "acceptedAnswer": {"@type": "Answer", "text": "They forage."}},
                {"@type": "Question", "name": "And at night?",
                 "acceptedAnswer": {"@type": "Answer", "text": "They rest.", "upvoteCount": 3},
                 "suggestedAnswer": [{"@type": "Answer", "text": "They hum.", "upvoteCount": "-1"}]}]}"#
        ),
        [DAY, votes, other]
    );
    assert_eq!(
        declared(
            r#"<div itemscope itemtype="https://schema.org/FAQPage">
            <div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
              <h3 itemprop="name">What do bees do all day?</h3>
              <div itemprop="acceptedAnswer" itemscope itemtype="https://schema.org/Answer">
                <p itemprop="text">They <b>forage</b>.</p></div></div>
            <div itemprop="mainEntity" itemscope itemtype="https://schema.org/Question">
              <h3><a itemprop="name" href="/night">And at night?</a></h3>
              <div itemprop="acceptedAnswer" itemscope itemtype="https://schema.org/Answer">
                <p itemprop="text">They rest.</p><meta itemprop="upvoteCount" content="3"></div>
              <div itemprop="suggestedAnswer" itemscope itemtype="https://schema.org/Answer">
                <b itemprop="upvoteCount">-1</b> <p itemprop="text">They hum.</p></div></div></div>"#
        ),
        [DAY, votes, other]
    );
    assert_eq!(
        declared(
            r#"<div vocab="https://schema.org/" typeof="FAQPage">
            <div property="mainEntity" typeof="Question">
              <h3 property="name">What do bees do all day?</h3>
              <div property="acceptedAnswer" typeof="Answer"><p property="text">They <b>forage</b>.</p></div></div>
            <div property="mainEntity" typeof="Question">
              <h3><a href="/night" property="name">And at night?</a></h3>
              <div property="acceptedAnswer" typeof="Answer">
                <p property="text">They rest.</p><meta property="upvoteCount" content="3"></div>
              <div property="suggestedAnswer" typeof="Answer">
                <b property="upvoteCount">-1</b> <p property="text">They hum.</p></div></div></div>"#
        ),
        [DAY, votes, other]
    );
}

#[test]
fn votes_are_whole_numbers_however_written() {
    for (votes, shown) in
        [("12", " 12"), ("12.0", " 12"), ("\"-3.00\"", " -3"), ("12.5", ""), ("\"many\"", "")]
    {
        let json = format!(
            r#"{{"@type": "Question", "name": "And at night?",
                 "acceptedAnswer": {{"@type": "Answer", "text": "They rest.", "upvoteCount": {votes}}}}}"#
        );
        assert_eq!(json_ld(&json), [format!("{NIGHT}{shown}")], "{votes}");
    }
}

#[test]
fn json_ld_names_the_vocabulary_in_many_ways() {
    for (context, question, name) in [
        (r#""http://schema.org/""#, "Question", "name"),
        (r#""https://www.schema.org""#, "https://schema.org/Question", "http://schema.org/name"),
        (r#"["https://other.example/ns", "https://schema.org"]"#, "schema:Question", "schema:name"),
        (r#"{"@vocab": "http://schema.org/"}"#, "Question", "name"),
        (r#"{"s": "https://schema.org/"}"#, "s:Question", "s:name"),
        (
            r#"{"s": "https://schema.org/", "Frage": "s:Question", "titel": {"@id": "s:name"}}"#,
            "Frage",
            "titel",
        ),
        ("null", "Question", "name"),
    ] {
        let block = format!(
            r#"{{"@context": {context}, "@type": ["{question}"], "{name}": "And at night?",
                "schema:acceptedAnswer": {{"@type": "schema:Answer", "schema:text": "They rest."}}}}"#
        );
        assert_eq!(json_ld(&block), [NIGHT], "{context}");
    }
    let foreign =
        r#"{"@context": "https://www.w3.org/ns/activitystreams", "type": "Question", "name": "Which?"}"#;
    assert_eq!(json_ld(foreign), [""; 0]);
    let foreign =
        r#"{"@context": {"@vocab": "https://quiz.example/"}, "@type": "Question", "name": "Which?"}"#;
    assert_eq!(json_ld(foreign), [""; 0]);
}

#[test]
fn json_ld_goes_by_graphs_lists_and_references() {
    let page = r##"
        <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
          {"@type": "WebPage", "mainEntity": {"@type": "ItemList", "itemListElement": {"@list": [
             {"@type": "ListItem", "item": {"@id": "#q1"}},
             {"@type": "Question", "name": {"@value": "And at night?", "@language": "en"},
              "acceptedAnswer": {"@id": "#a2"}}]}}},
          {"@id": "#q1", "@type": "Question", "name": "What do bees do all day?",
           "acceptedAnswer": {"@id": "https://hives.example/faq#a1"}}]}</script>
        <script type="Application/LD+JSON; charset=utf-8">[
          {"@context": "https://schema.org", "@id": "#a1", "@type": "Answer", "text": "They forage."},
          {"@context": "https://schema.org", "@id": "#a2", "@type": "Answer", "text": "They rest."}]</script>"##;
    assert_eq!(declared(page), [NIGHT, DAY]);
}

#[test]
fn an_answer_finds_its_question() {
    let block = r##"[{"@type": "Question", "@id": "#q", "name": "Why?"},
        {"@type": "Answer", "parentItem": {"@id": "#q"}, "text": "Because."},
        {"@type": "Question", "name": "How?", "answer": {"@type": "Answer", "text": "So."}},
        {"@type": "Question", "name": "Who?", "acceptedAnswer": "A beekeeper."},
        {"@type": "Question", "name": "When?", "acceptedAnswer": {"@id": "https://elsewhere.example/a"}},
        {"@type": "Question", "text": "Where?", "acceptedAnswer": {"text": ["Here.", "There."]}},
        {"@type": "Question", "acceptedAnswer": {"text": "Nobody asked."}}]"##;
    assert_eq!(
        json_ld(block),
        [
            "Why? | Because.",
            "How? | So.",
            "Who? | A beekeeper. (accepted)",
            "When? | -",
            "Where? | Here. + There. (accepted)",
            "- | Nobody asked. (accepted)"
        ]
    );
}

#[test]
fn an_answer_that_belongs_to_no_question_stands_alone() {
    let block = r##"[{"@type": "Answer", "@id": "#a", "text": "In a cell."},
        {"@type": "Answer", "@id": "#b", "text": "On a leaf."},
        {"@type": "Answer", "@id": "#b", "url": "/b"},
        {"@type": "Answer", "parentItem": {"@id": "#nowhere"}, "text": "In the grass."},
        {"@type": "WebPage", "mainEntity": {"@type": "Answer", "text": "In a tree."}},
        {"@type": "Answer", "url": "/c"},
        {"@type": "Question", "name": "Where?", "acceptedAnswer": {"@id": "#a"}}]"##;
    assert_eq!(
        json_ld(block),
        ["Where? | In a cell. (accepted)", "- | On a leaf.", "- | In the grass.", "- | In a tree."]
    );
    let page = "<div itemscope itemtype=https://schema.org/Answer><p itemprop=text>On a leaf.</p></div>";
    assert_eq!(declared(page), ["- | On a leaf."]);
}

#[test]
fn of_one_name_the_last_member_counts() {
    let block = r#"{"@type": "Question", "name": "Why?", "name": "And at night?",
        "acceptedAnswer": {"text": "No."}, "acceptedAnswer": {"text": "They rest."}}"#;
    assert_eq!(json_ld(block), [NIGHT]);
}

#[test]
fn one_id_on_several_questions_mixes_nothing() {
    let block = r##"[{"@id": "#faq", "@type": "Question", "name": "What do bees do all day?",
         "acceptedAnswer": {"@id": "#answer", "text": "They forage."}},
        {"@id": "#faq", "@type": "Question", "name": "And at night?",
         "acceptedAnswer": {"@id": "#answer", "text": "They rest."}}]"##;
    assert_eq!(json_ld(block), [DAY, NIGHT]);
}

#[test]
fn a_bad_block_costs_no_other() {
    let good = r#"<script type="application/ld+json">{"@type": "Question", "name": "And at night?",
        "acceptedAnswer": {"text": "They rest."}}</script>"#;
    let bad = r#"<script type="application/ld+json">{"@type": "Question",
        "name": "Who</script>"#;
    let page = format!("{good}{bad}{}", good.replace("rest", "hum"));
    let html = Html::parse_document(&page);
    let (pairs, unreadable) = pairs(&html, None, page.len());
    let shown: Vec<_> = pairs.iter().map(|(_, pair)| shown(pair)).collect();
    assert_eq!(shown, [NIGHT, "And at night? | They hum. (accepted)"]);
    assert_eq!(unreadable, [Unreadable { block: 2, line: 2, text: "\"Who".into() }]);
}

#[test]
fn a_question_that_reading_passes_over_is_told() {
    let page = "<script type='application/ld+json'>{\"@type\": \"Question\", \"name\": \"And at night?\",\n\
        \"suggestedAnswer\" x: {\"text\": \"They rest.\", \"about\" y: {\"@type\" z: \"Question\"}}}</script>";
    let html = Html::parse_document(page);
    let (_, unreadable) = pairs(&html, None, page.len());
    assert_eq!(unreadable.len(), 1);
    assert!(unreadable[0].text.starts_with("Question\"}}}"), "{}", unreadable[0].text);
}

#[test]
fn references_in_plain_strings_are_decoded() {
    let page = r#"<script type="application/ld+json">{"@type": "Question", "name": "What&#8217;s hi&#118;e &amp;amp; comb?",
        "acceptedAnswer": {"text": "Wax &amp; <b>honey</b> &amp;lt;b>."}}</script>"#;
    let html = Html::parse_document(page);
    let declared = super::read(&html, None, page.len());
    let [declaration] = declared.declarations.as_slice() else { panic!("{declared:?}") };
    assert_eq!(declaration.question, "What’s hive & comb?");
    assert_eq!(declaration.answer.text, "Wax & honey &lt;b>.");
}

#[test]
fn microdata_follows_references() {
    let page = r#"<p id="a">They <i>forage</i>.</p>
        <div itemscope itemtype="http://schema.org/Question" itemref="n b">
          <div itemprop="acceptedAnswer" itemscope itemtype="http://schema.org/Answer" itemref="t"></div></div>
        <h2 id="n" itemprop="name">What do bees do all day?</h2>
        <div id="t"><p itemprop="text">They forage.</p></div>
        <div id="b" itemref="b" itemscope itemprop="about" itemtype="http://schema.org/Thing">
          <b itemprop="name">Bees</b></div>"#;
    assert_eq!(declared(page), [DAY]);
}

#[test]
fn microdata_bears_common_slips() {
    let page = r#"<div itemtype="schema.org/Question"><h2 itemprop="name" content="And at night?">Night</h2>
          <div itemprop="acceptedAnswer" itemscope itemtype="http://schema.org/Answer"><p>They rest.</p></div></div>
        <template><div itemscope itemtype="http://schema.org/Question"><b itemprop="name">Not yet?</b></div></template>
        <div itemscope itemtype="http://schema.org/Question"><b itemprop="name">Who?</b>
          <p itemprop="acceptedAnswer">A beekeeper.</p>
          <div itemprop="author" itemscope><b itemprop="name">Ann</b></div></div>"#;
    assert_eq!(declared(page), [NIGHT, "Who? | A beekeeper. (accepted)"]);
}

#[test]
fn rdfa_goes_by_prefixes_subjects_and_relations() {
    for page in [
        r##"<div prefix="s: https://schema.org/ x: https://x.example/" typeof="s:Question" about="#q">
            <b property="s:name x:name">And at night?</b>
            <div rel="s:acceptedAnswer"><div typeof="s:Answer"><p property="s:text">They rest.</p></div></div></div>"##,
        r##"<div xmlns:sdo="http://schema.org/" resource="#q" typeof="sdo:Question">
            <b property="sdo:name" content="And at night?">Night</b>
            <a property="sdo:acceptedAnswer" href="#a">below</a></div>
            <div about="https://hives.example/faq#a" typeof="schema:Answer" vocab="http://schema.org/">
            <p property="text">They rest.</p></div>"##,
        r##"<p about="#q" property="schema:name">And at night?</p>
            <div about="#q" typeof="http://schema.org/Question" rel="schema:acceptedAnswer" resource="#a"></div>
            <p about="#a" property="schema:text">They rest.</p>"##,
    ] {
        assert_eq!(declared(page), [NIGHT], "{page}");
    }
    let foreign =
        r#"<div vocab="https://quiz.example/" typeof="Question"><b property="name">Which?</b></div>"#;
    assert_eq!(declared(foreign), [""; 0]);
}

#[test]
fn languages_citations_and_details_are_declared() {
    let page = r#"<script type="application/ld+json">{"@context": {"@vocab": "https://schema.org/", "@language": "en"},
        "@type": "QAPage", "inLanguage": "de", "mainEntity": {"@type": "Question", "name": "Wer?", "text": "Genauer: wer?",
        "citation": "https://a.example/", "suggestedAnswer": [
          {"@type": "Answer", "text": "Er.", "citation": {"@type": "CreativeWork", "url": "https://b.example/x"}},
          {"@type": "Answer", "text": "She.", "inLanguage": {"@type": "Language", "name": "en"}, "citation": "A book"}]}}
        </script>"#;
    let html = Html::parse_document(page);
    let (pairs, _) = pairs(&html, None, page.len());
    let facts: Vec<_> =
        pairs.iter().map(|(_, pair)| (pair.language.as_deref(), pair.citation.as_deref())).collect();
    assert_eq!(facts, [(Some("de"), Some("https://b.example/x")), (Some("en"), Some("https://a.example/"))]);
    let detail = pairs[0].1.detail.as_ref().expect("a detail");
    assert_eq!((detail.plain().as_str(), detail.language.as_deref()), ("Genauer: wer?", Some("en")));
}

#[test]
fn what_stands_in_each_other_is_repeated_within_a_bound() {
    let open = "<div itemscope itemtype='http://schema.org/Question'><p itemprop='name'>Why?</p>\
        <div itemprop='acceptedAnswer' itemscope itemtype='http://schema.org/Answer'><div itemprop='text'>";
    let page = format!("{}{}", open.repeat(100), "So it is. ".repeat(100_000));
    let html = Html::parse_document(&page);
    let (pairs, _) = pairs(&html, None, page.len());
    let bytes: usize = pairs.iter().flat_map(|(_, pair)| &pair.answer).map(Text::len).sum();
    assert!(!pairs.is_empty() && bytes <= 17 * page.len(), "{bytes}");
}

#[test]
fn a_question_of_several_blocks_is_one_clean_line() {
    for (name, question) in [
        (
            "<p>Frequently asked questions\u{c2}</p><p>45 of them?</p>",
            "Frequently asked questions 45 of them?",
        ),
        ("<ul><li>What does<li>this do?</ul><pre>a = b</pre>", "What does this do? a = b"),
    ] {
        let page = format!(
            "<script type=application/ld+json>{}</script>",
            serde_json::json!({"@type": "Question", "name": name, "acceptedAnswer": {"text": "So."}})
        );
        let html = Html::parse_document(&page);
        let declared = super::read(&html, None, page.len());
        assert_eq!(declared.declarations[0].question, question);
        assert_eq!(crate::clean::rendered(question).text, question);
    }
}

#[test]
fn hostile_pages_come_to_an_end() {
    let deep = format!("<script type='application/ld+json'>{}</script>", "[".repeat(100_000));
    let html = Html::parse_document(&deep);
    assert_eq!(super::read(&html, None, deep.len()).unreadable.len(), 1);
    let nested =
        "<div itemscope itemtype='http://schema.org/Question' lang='a' typeof='Question'>".repeat(2_000);
    assert_eq!(declared(&nested), [""; 0]);
    // A megabyte of a question with a thousand answers would be a gigabyte of entries.
    let question = "x".repeat(1 << 20);
    let answers = r#"{"text": "So."},"#.repeat(1000);
    let repeated =
        format!(r#"{{"@type": "Question", "name": "{question}", "suggestedAnswer": [{answers}]}}"#);
    assert_eq!(json_ld(&repeated).len(), 17);
    let crossed = "<div itemscope itemref='all' itemprop='x'></div>".repeat(3_000);
    assert_eq!(declared(&format!("<div id='all'>{crossed}</div>")), [""; 0]);
}
