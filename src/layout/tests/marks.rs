//! Numbers, signs and links around questions and answers, which belong to neither.

use super::{BEES, announced, assert_bees, found, page_of};

/// The bees, each with its number from `first` on.
fn numbered(first: usize, item: impl Fn(usize, &str, &str) -> String) -> [String; 3] {
    let mut number = first;
    BEES.map(|(question, answer)| {
        number += 1;
        item(number - 1, question, answer)
    })
}

#[test]
fn numbers_that_count_are_no_part_of_a_question() {
    for number in [|n: usize| n.to_string(), |n| format!("2.{n}"), |n| format!("{n:02}")] {
        for first in [1, 9] {
            let items = numbered(first, |n, question, answer| {
                let number = number(n);
                format!("<h3><span>{number}</span> <span>{question}</span></h3><p>{answer}")
            });
            assert_bees(&announced(&items));
        }
    }
    let items = numbered(1, |n, question, answer| {
        format!(
            "<details><summary><a href='#top'>^</a> <b>{n}.</b> <i>{question}</i></summary>{answer}</details>"
        )
    });
    assert_bees(&announced(&items));
}

#[test]
fn one_number_alone_is_a_part_of_a_question() {
    let questions = ["3 bees or 4 hives?", "100 years, or more?", "2nd floor?"];
    let items = questions.map(|question| format!("<h3>{question}</h3><p>So it is, every day."));
    let pairs: Vec<String> = found(&announced(&items)).into_iter().map(|(question, _)| question).collect();
    assert_eq!(pairs, questions);
    let floors = ["1st floor?", "2nd floor?", "3rd floor?"];
    let items = floors.map(|question| format!("<h3>{question}</h3><p>It is let, every day."));
    let pairs: Vec<String> = found(&announced(&items)).into_iter().map(|(question, _)| question).collect();
    assert_eq!(pairs, floors);
}

#[test]
fn a_heading_without_a_number_among_those_that_count_is_no_question() {
    let items = numbered(1, |n, question, answer| format!("<h2>1.{n} {question}</h2><p>{answer}"));
    let writer = "<h2>Ada Moss and Ben Reed</h2><p>Third edition, in the spring.";
    let pairs = found(&format!("<title>FAQ</title><h1>FAQ</h1>{writer}{}", items.concat()));
    assert_eq!(pairs, BEES.map(|(question, answer)| (question.to_owned(), answer.to_owned())));
}

#[test]
fn numbers_behind_answers_count_them() {
    let inside = numbered(1, |n, question, answer| {
        format!("<details><summary>{question}</summary>{answer} <span>{n:02}</span></details>")
    });
    assert_bees(&announced(&inside));
    let letters = ["<i>Q</i>Who is it?", "<i>Q</i>What is it?", "<i>Q</i>Where is it?"];
    let mut number = 0;
    let items = letters.map(|question| {
        number += 1;
        format!("<h3>{question}</h3><p><i>A</i> {number:02}")
    });
    found(&announced(&items));
    let years = [("Since when?", "Since 1901"), ("And before?", "Since 1902"), ("Or before?", "Since 1903")];
    let items = years.map(|(question, answer)| format!("<h3>{question}</h3><p>{answer}"));
    assert_eq!(found(&announced(&items))[0].1, "Since 1901");
    let before = numbered(1, |n, question, answer| {
        format!("<div class=number>{n:02}</div><div class=faq-question>{question}</div><p>{answer}</p>")
    });
    assert_bees(&page_of("<div>", |_, _| String::new(), &format!("{}</div>", before.concat())));
}

#[test]
fn a_sign_of_folding_in_a_place_of_its_own_is_no_answer() {
    for sign in ["›", "+", "▾", "＋"] {
        let item = |question: &str, answer: &str| {
            format!(
                "<div class=item><div><h2 class=faq-q>{question}</h2><div>{sign}</div></div><div>{answer}</div></div>"
            )
        };
        assert_bees(&page_of("<div>", item, "</div>"));
        let flat = |question: &str, answer: &str| {
            format!("<div><h3>{question}</h3><div>{sign}</div></div><p>{answer}</p>")
        };
        assert_bees(&announced(&BEES.map(|(question, answer)| flat(question, answer))));
    }
}

#[test]
fn a_way_back_behind_answers_is_no_part_of_them() {
    let items = BEES.map(|(question, answer)| {
        format!("<h3>{question}</h3><p>{answer}</p><h5><a href='#top'>Up again</a></h5>")
    });
    assert_bees(&announced(&items));
    let see = BEES.map(|(question, answer)| {
        format!("<h3>{question}</h3><p>{answer}</p><p><a href='#a'>See {question}</a>")
    });
    assert!(found(&announced(&see))[0].1.ends_with("See How long do bees live?"), "each leads elsewhere");
}

#[test]
fn what_leads_to_a_question_is_none() {
    let links = BEES.map(|(question, _)| format!("<a href='#q'>Q.1. {question}</a><br>")).concat();
    let items = BEES.map(|(question, answer)| format!("<h3>Q.1. {question}</h3><p>{answer}")).concat();
    assert_bees(&format!(
        "<h1>Hives</h1>{links}<a href='#more'><h4>More to read</h4></a>{items}<h2>Contact</h2>"
    ));
}

#[test]
fn how_a_link_is_shown_makes_no_other_kind_of_question() {
    let mut open = true;
    let items = BEES.map(|(question, answer)| {
        let class = if std::mem::take(&mut open) { "" } else { "class=collapsed" };
        format!("<div><h2><a {class} role=button aria-expanded=true>P. {question}</a></h2><div>{answer}</div></div>")
    });
    assert_bees(&announced(&items));
}

#[test]
fn a_cell_without_text_is_no_column() {
    let rows = BEES[..2].iter().map(|(question, answer)| {
        format!("<tr><td><a href='/a'><img src=a.png></a><td>{question}<td>{answer}")
    });
    let pairs = found(&format!("<h1>FAQ</h1><table>{}</table>", rows.collect::<String>()));
    let expected = BEES[..2].iter().map(|(question, answer)| ((*question).into(), (*answer).into()));
    assert_eq!(pairs, expected.collect::<Vec<_>>());
}

#[test]
fn a_rule_behind_the_last_answer_ends_it() {
    let items = BEES.map(|(question, answer)| format!("<dt>{question}<dd>{answer}")).concat();
    assert_bees(&format!("<h1>FAQ</h1><div><dl>{items}</dl><hr>Ada Moss, at the mill</div>"));
    let flat = BEES.map(|(question, answer)| format!("<h3>{question}</h3>{answer}")).concat();
    assert_bees(&format!("<h1>FAQ</h1>{flat}<hr><p>Ada Moss, at the mill"));
    let ruled =
        BEES.map(|(question, answer)| format!("<h3>{question}</h3>{answer}<hr><p>That is all.")).concat();
    let answers: Vec<String> =
        found(&format!("<h1>FAQ</h1>{ruled}")).into_iter().map(|(_, answer)| answer).collect();
    assert!(answers.iter().all(|answer| answer.ends_with("/That is all.")), "{answers:?}");
}

#[test]
fn headings_of_a_collection_need_not_all_ask() {
    let statements = [("The lamp stays dark", "Check the plug."), BEES[0], BEES[1]];
    let items = statements.map(|(question, answer)| format!("<h3>{question}</h3><p>{answer}</p>")).concat();
    let expected = statements.map(|(question, answer)| (question.to_owned(), answer.to_owned()));
    assert_eq!(found(&format!("<h1>Hives</h1><div class=preguntas>{items}</div><p>Write to us.")), expected);
    assert_eq!(found(&format!("<body class=faq><h1>Hives</h1><div>{items}</div>")).len(), 2);
}

#[test]
fn the_title_of_a_page_makes_no_question_of_one_line_beside_its_questions() {
    let items = BEES
        .map(|(question, answer)| format!("<details><summary>{question}</summary>{answer}</details>"))
        .concat();
    let town = "<div class=question-box><div class=question-title>Is Hull your town?</div><div>Prices differ.</div></div>";
    assert_bees(&format!("<title>FAQ</title>{town}<main><h1>FAQ</h1><div>{items}</div></main>"));
}
