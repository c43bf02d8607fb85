//! Layouts, and what is found in each.

mod marks;
mod parts;
mod site;

use crate::page::{document, parse};
use crate::profile::Profiles;

/// Each question with its answer, lines parted by `/`.
fn found(page: &str) -> Vec<(String, String)> {
    let document = document(&parse(page), None);
    let profiles = Profiles::built_in();
    let profile = profiles.iter().next().unwrap();
    let Some(split) = super::split(&document, profile) else { return Vec::new() };
    let text = |piece: &usize| &document.text[split.pieces[*piece].body.clone()];
    let pair = |entry: &crate::split::RawEntry| {
        let answer: Vec<&str> = entry.answer.iter().map(text).collect();
        (text(&entry.question).to_owned(), answer.join("/"))
    };
    split.entries.iter().map(pair).collect()
}

const BEES: [(&str, &str); 3] = [
    ("How long do bees live?", "A worker lives six weeks in summer."),
    ("Do bees sleep?", "They do, in their cells and at night."),
    ("What do they eat", "Honey in winter, nectar and pollen before."),
];

/// A page of these questions, each written by `item`.
fn page_of(before: &str, item: impl Fn(&str, &str) -> String, behind: &str) -> String {
    let items: Vec<String> = BEES.iter().map(|(question, answer)| item(question, answer)).collect();
    format!("<h1>Hives</h1><p>Our shop keeps bees.</p>{before}{}{behind}<p>Write to us.</p>", items.concat())
}

fn assert_bees(page: &str) {
    let expected = BEES.map(|(question, answer)| (question.to_owned(), answer.to_owned()));
    assert_eq!(found(page), expected, "{page}");
}

#[test]
fn what_folds_is_found() {
    assert_bees(&page_of(
        "<div>",
        |question, answer| format!("<details><summary>{question}</summary><p>{answer}</p></details>"),
        "</div>",
    ));
    assert_bees(&page_of(
        "<ul class='acc'>",
        |question, answer| {
            format!(
                "<li><button aria-expanded=false>{question}<i>+</i></button><div hidden>{answer}</div></li>"
            )
        },
        "</ul>",
    ));
    assert_bees(&page_of(
        "<div>",
        |question, answer| {
            format!(
                "<div class='accordion-header'>{question}</div><div class='accordion-body'>{answer}</div>"
            )
        },
        "</div>",
    ));
}

#[test]
fn terms_and_announced_headings_are_found() {
    assert_bees(&page_of("<dl>", |question, answer| format!("<dt>{question}<dd>{answer}"), "</dl>"));
    assert_bees(&page_of(
        "<section><h2>Frequently asked questions</h2>",
        |question, answer| format!("<h3>{question}</h3><p>{answer}</p>"),
        "</section>",
    ));
}

#[test]
fn labels_and_cells_are_found() {
    assert_bees(&page_of(
        "<div>",
        |question, answer| format!("<p>Q: {question}<p>A: {answer}"),
        "</div><h2>Contact</h2>",
    ));
    let table = "<h2>FAQ</h2><table><tr><td>Do bees sleep?<td>They do, and at night.\
        <tr><td>Can they swim?<td>No, they drown within minutes.</table>";
    let expected =
        [("Do bees sleep?", "They do, and at night."), ("Can they swim?", "No, they drown within minutes.")];
    assert_eq!(found(table), expected.map(|(question, answer)| (question.to_owned(), answer.to_owned())));
}

#[test]
fn bold_lines_and_bold_beginnings_are_found() {
    let expected = [
        ("Do bees sleep?".to_owned(), "They do, and at night./In winter they only rest.".to_owned()),
        ("Can they swim?".to_owned(), "No, they drown within minutes.".to_owned()),
    ];
    let lines = "<div id=faq><p><b>Do bees sleep?</b><br>They do, and at night.<p>In winter they only rest.\
        <p><b>Can they swim?</b><br>No, they drown within minutes.</div><p>Write to us.";
    assert_eq!(found(lines), expected);
    let leads = "<div id=faq><p><b>Do bees sleep?</b> They do, and at night.<p>In winter they only rest.\
        <p><b>Can they swim?</b> No, they drown within minutes.</div><p>Write to us.";
    assert_eq!(found(leads), expected);
}

#[test]
fn the_title_asks_what_several_posts_answer() {
    let post = |text: &str| {
        format!(
            "<div class='answer'><div class=votes>12</div><div class='post-body'><p>{text}</p></div>\
             <div class=comments><p>Thanks!</p></div></div>"
        )
    };
    let page = format!(
        "<h1>Bees in the chimney</h1><div class=question><p>How do I move them?</p></div>{}{}",
        post("Ask a keeper."),
        post("Wait until spring.")
    );
    let expected = [("Bees in the chimney", "Ask a keeper."), ("Bees in the chimney", "Wait until spring.")];
    assert_eq!(found(&page), expected.map(|(question, answer)| (question.to_owned(), answer.to_owned())));
}

#[test]
fn what_calls_on_the_reader_is_no_question_and_ends_an_answer() {
    let page = "<h2>FAQ</h2><h3>Do bees sleep?</h3><p>They do, and at night.\
        <h3>Can they swim?</h3><p>No, they drown.<h3>Still have questions?</h3><p>Write to us.";
    let calls = [
        "💬 Still have questions?",
        "Ihre Frage war nicht dabei?",
        "¿Aún necesitas ayuda?",
        "還有其他疑問嗎？",
    ];
    for call in calls {
        let page = page.replace("Still have questions?", call);
        let questions: Vec<_> =
            found(&page).into_iter().map(|(question, answer)| question + " " + &answer).collect();
        assert_eq!(questions, ["Do bees sleep? They do, and at night.", "Can they swim? No, they drown."]);
    }
}

#[test]
fn ordinary_pages_hold_nothing() {
    for page in [
        "<article><h1>Can bees be saved?</h1><p>Keepers worry.<h2>What is lost?</h2><p>Much.<h2>The law</h2><p>Is old.\
         <h2>The money</h2><p>Is short.</article>",
        "<p>Who would not like honey?<p>Everybody does.<p>And why is that so?<p>Because it is sweet.",
        "<ul><li><a href=a>Why do bees dance?</a><li><a href=b>Do bees sleep?</a></ul>",
        "<div class=related><h3 class=question>Do bees sleep?</h3><b>3</b><h3 class=question>Can they fly?</h3><b>12</b></div>",
        "<details><summary>Delivery</summary>Two days.</details><details><summary>Returns</summary>Ten days.</details>\
         <details><summary>Any questions?</summary>Write to us.</details>",
    ] {
        assert_eq!(found(page), [], "{page}");
    }
}

/// Where work grew with the square of a page, these would keep the tests waiting for minutes.
#[test]
fn long_pages_are_read_to_the_end() {
    let unanswered = "<div class=question>Why?</div>".repeat(60_000) + "<p>Because of this and that.";
    assert_eq!(found(&unanswered), []);

    let classes = (0..20_000).map(|number: u32| -> String {
        number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
    });
    let classes: Vec<String> = classes.collect();
    let item = |class: &String| format!("<div class='question {class}'>Why so?</div><p>{class}");
    let page: String = classes.iter().map(item).collect();
    let answers: Vec<String> = found(&page.repeat(2)).into_iter().map(|(_, answer)| answer).collect();
    assert!(answers.iter().eq(classes.iter().cycle().take(2 * classes.len())));

    let menu = "<p>a".repeat(30_000);
    let items = (0..20_000).map(|number| format!("<p><b>Why {number}?</b><p>For this."));
    let pairs = found(&format!("<nav>{menu}</nav>{}", items.collect::<Vec<_>>().concat()));
    let pair = ("Why 19999?".to_owned(), "For this.".to_owned());
    assert_eq!((pairs.len(), pairs.last()), (20_000, Some(&pair)));
}

/// A question's text stands with each of its answers, so there are not as many
/// answers as a page likes.
#[test]
fn the_text_of_a_question_is_not_repeated_without_end() {
    let posts = "<div class=answer><div class=post-body>Because of it.</div></div>".repeat(10_000);
    let body = "<p>Many words.</p>".repeat(1000);
    let document =
        document(&parse(&format!("<h1>Why?</h1><div class='question post-body'>{body}</div>{posts}")), None);
    let profiles = Profiles::built_in();
    let split = super::split(&document, profiles.iter().next().unwrap()).unwrap();
    let bytes = |pieces: &[usize]| pieces.iter().map(|&piece| split.pieces[piece].body.len()).sum::<usize>();
    let repeated: usize = split.entries.iter().map(|entry| bytes(&entry.detail)).sum();
    assert!(split.entries.len() > 100);
    assert!(repeated <= super::MAX_READINGS * document.text.len(), "{repeated}");
}

#[test]
fn numbers_in_places_of_their_own_are_no_part_of_a_question() {
    let mut number = 0;
    let items = BEES.map(|(question, answer)| {
        number += 1;
        format!("<div class=faq-item><div class=faq-question><b>{number:02}</b><span>{question}</span></div><p>{answer}</p></div>")
    });
    assert_bees(&format!("<h1>Hives</h1><section>{}</section>", items.concat()));
    assert_bees(&page_of(
        "<div>",
        |question, answer| format!("<p>Q.1 {question}<p>A.1 {answer}"),
        "</div><h2>Contact</h2>",
    ));
}

#[test]
fn what_a_collection_holds_need_not_ask() {
    let statements = [
        ("The lamp stays dark", "Check the plug."),
        ("A hive is lost", "Tell us."),
        ("C++", "We have a book."),
    ];
    let expected = statements.map(|(question, answer)| (question.to_owned(), answer.to_owned()));
    let page = |heading: &str, item: fn(&str, &str) -> String| {
        let items = statements.map(|(question, answer)| item(question, answer)).concat();
        format!("<h1>{heading}</h1><section>{items}</section>")
    };
    let details = |question: &str, answer: &str| {
        format!("<details><summary>{question}</summary><p>{answer}</p></details>")
    };
    assert_eq!(found(&page("Frequently asked questions", details)), expected);
    assert_eq!(found(&page("Our services", details)), []);
    let headings = |question: &str, answer: &str| format!("<h2>{question}</h2><p>{answer}</p>");
    assert_eq!(found(&page("Frequently asked questions", headings)), [], "nothing asks");
}

#[test]
fn a_question_that_begins_like_a_call_is_one() {
    let item = |question: &str| format!("<h3>{question}</h3><p>So it is, every day of the year.</p>");
    let page = |questions: [&str; 4]| {
        format!("<h2>Häufige Fragen</h2>{}<h2>Kontakt</h2>", questions.map(item).concat())
    };
    let questions = [
        "Haben Sie einen Parkplatz?",
        "Why not meet on Sundays?",
        "Was this house always red?",
        "Haben Sie noch Fragen?",
    ];
    let found: Vec<String> = found(&page(questions)).into_iter().map(|(question, _)| question).collect();
    assert_eq!(found, questions[..3]);
}

/// A page of questions under a heading that announces them.
fn announced(items: &[String; 3]) -> String {
    format!("<h1>Hives</h1><section><h2>FAQ</h2>{}</section><h2>Contact</h2><p>Write to us.", items.concat())
}

#[test]
fn how_a_question_is_marked_up_inside_makes_no_other_kind_of_it() {
    let mut nested = false;
    assert_bees(&page_of(
        "<div class=list>",
        |question, answer| {
            let question =
                if question.starts_with("Do") { format!("<b>{question}</b>") } else { question.into() };
            format!(
                "<div id='faq-question-7'><strong class=faq-q>{question}</strong><p class=faq-answer>{answer}</p></div>"
            )
        },
        "</div>",
    ));
    let bold = BEES.map(|(question, answer)| {
        nested = !nested;
        if nested {
            format!("<p><strong>{question}</strong></p><p>{answer}</p>")
        } else {
            format!("<div><div><b>{question}</b></div><p>{answer}</p></div>")
        }
    });
    assert_bees(&announced(&bold));
}

#[test]
fn the_heading_that_announces_may_be_one_of_many_that_ask() {
    let items = BEES[..2].iter().map(|(question, answer)| format!("<h3>{question}</h3><p>{answer}"));
    let page = format!("<h2>FAQ</h2>{}", items.collect::<String>().repeat(2));
    assert_eq!(found(&page).len(), 4);
}

#[test]
fn a_label_that_all_questions_have_comes_off() {
    let labelled = BEES.map(|(question, answer)| format!("<h3>P. {question}</h3><p>{answer}"));
    assert_bees(&announced(&labelled));
    let letters = BEES.map(|(question, answer)| {
        format!("<details><summary><i>Q</i>{question}</summary>{answer}</details>")
    });
    assert_bees(&announced(&letters));
    let statements = [("Slugs", "None."), ("Snails, perhaps?", "None."), ("Ants", "Many.")];
    let lines = statements.map(|(question, answer)| format!("<p>Q: {question}<p>A: {answer}"));
    assert_eq!(found(&announced(&lines)).len(), 3, "each label says so");
}

#[test]
fn headings_that_tell_how_are_the_steps_of_an_article() {
    let page =
        |headings: [&str; 4]| headings.map(|heading| format!("<h2>{heading}</h2><p>So and so.")).concat();
    assert_eq!(found(&page(["How to dig", "How to sow", "What to sow", "When to reap"])), []);
    assert_eq!(found(&page(["How do I dig?", "How do I sow?", "What do I sow", "When do I reap"])).len(), 4);
}

#[test]
fn what_a_site_shows_behind_its_texts_ends_an_answer() {
    let items =
        BEES.map(|(question, answer)| format!("<h3>{question}</h3><p>{answer}<p>Related posts<p>Wasps"));
    assert_bees(&announced(&items));
}

#[test]
fn an_answer_that_reads_like_the_furniture_of_a_site_is_one() {
    let page = "<h2>FAQ</h2><h3>What do I press?</h3><p>Log in</p><h3>And then?</h3><ul><li>Menu</li><li>Choose bees.</li></ul>";
    let answers: Vec<String> = found(page).into_iter().map(|(_, answer)| answer).collect();
    assert_eq!(answers, ["Log in", "Menu/Choose bees."]);
}

#[test]
fn a_heading_of_another_level_is_no_question() {
    let questions = "<h3>How long do bees live?</h3><p>Six weeks.</p><h3>Do bees sleep?</h3><p>They do.</p>\
        <h3>Why do bees dance?</h3><p>To tell the others.</p><h3>Getting started</h3><p>Buy a hive.</p>";
    let expected = [
        ("How long do bees live?", "Six weeks."),
        ("Do bees sleep?", "They do."),
        ("Why do bees dance?", "To tell the others."),
        ("Getting started", "Buy a hive."),
    ];
    for tail in ["", "<h2>Contact us</h2><p>Write to us."] {
        let found = found(&format!("<h2>Frequently asked questions</h2>{questions}{tail}"));
        assert_eq!(found, expected.map(|(question, answer)| (question.into(), answer.into())), "{tail}");
    }
}
