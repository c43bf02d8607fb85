//! What belongs to a question and to its answer: panels, labels, cells.

use super::{BEES, announced, assert_bees, found, page_of};

#[test]
fn a_heading_in_what_opens_below_a_question_is_part_of_the_answer() {
    let (note, rest) = ("Please note", "Bring a veil and a smoker.");
    let pages: [fn(&str, &str, &str) -> String; 7] = [
        |question, first, more| {
            format!("<details><summary>{question}</summary><h4>{first}</h4>{more}</details>")
        },
        |question, first, more| {
            format!(
                "<div class=i><h2><button aria-expanded=false>{question}</button></h2><div class=c>{first}{more}</div></div>"
            )
        },
        |question, first, more| {
            format!(
                "<div class=i><h2><button aria-expanded=false>{question}</button></h2>{first}{more}</div>"
            )
        },
        |question, first, more| {
            format!("<button aria-expanded=false>{question}</button><div class=c>{first}{more}</div>")
        },
        |question, first, more| {
            format!("<div class=t><h5>{question}</h5><div class=c>{first}{more}</div></div>")
        },
        |question, first, more| format!("<dl><dt>{question}</dt><dd>{first}{more}</dd></dl>"),
        |question, first, more| {
            format!(
                "<div><h3 class=faq-question>{question}</h3><div class=faq-answer>{first}{more}</div></div>"
            )
        },
    ];
    for page in pages {
        for always in [true, false] {
            let item = |(question, answer): &(&str, &str)| {
                let more = format!("<h4>{note}</h4><p>{rest}</p>");
                let more = if always || question.starts_with("Do") { more } else { String::new() };
                page(question, &format!("<p>{answer}</p>"), &more)
            };
            let items: String = BEES.iter().map(item).collect();
            let page = format!("<h1>FAQ</h1><main>{items}</main><h2>Contact</h2><p>Write to us.");
            let expected = BEES.map(|(question, answer)| {
                let whole = format!("{answer}/{note}/{rest}");
                (question.into(), if always || question.starts_with("Do") { whole } else { answer.into() })
            });
            assert_eq!(found(&page), expected, "{page}");
        }
    }
}

#[test]
fn what_stands_beside_a_question_for_others_than_its_readers_comes_off() {
    for behind in [
        "<a class=headerlink href='#a'>¶</a>",
        "<a href='#a'>#</a>",
        "<a class='anchor x' href='#a'>Link to this section</a>",
        "<span class=sr-only>Expand</span>",
        "<i class='plus-icon'><span class='visually-hidden'>Expand</span></i>",
        "<i class=material-icons-round>expand_more</i>",
    ] {
        assert_bees(&announced(
            &BEES.map(|(question, answer)| format!("<h3>{question}{behind}</h3><p>{answer}")),
        ));
        let toggle = |question: &str, answer: &str| {
            format!(
                "<div class=i><div role=button aria-expanded=false>{behind}<p>{question}</div><p>{answer}</div>"
            )
        };
        if !behind.contains('#') {
            assert_bees(&page_of("<div>", toggle, "</div>"));
        }
    }
    for (start, end) in [("<a class=anchor href='#a'>", "</a>"), ("<span class=sr-only>", "</span>")] {
        assert_bees(&announced(
            &BEES.map(|(question, answer)| format!("<h3>{start}{question}{end}</h3><p>{answer}")),
        ));
    }
}

#[test]
fn the_label_of_an_answer_comes_off_in_a_place_of_its_own() {
    for label in
        ["<b>Answer:</b><br>", "<p>A:</p>", "<i>A</i><p>", "<div>A1.</div>", "<strong>Antwort 1</strong><p>"]
    {
        let items = BEES
            .map(|(question, answer)| format!("<div><h3>{question}</h3><div>{label}{answer}</div></div>"));
        assert_bees(&announced(&items));
    }
    for (question_label, answer_label) in [("Q", "A"), ("Q1", "A1"), ("Q ", "A "), ("問", "答")] {
        let item = |(question, answer): &(&str, &str)| {
            let question = format!("<span>{question_label}</span>{question}");
            format!("<dt>{question}</dt><dd><span>{answer_label}</span>{answer}</dd>")
        };
        assert_bees(&format!("<h1>FAQ</h1><dl>{}</dl>", BEES.iter().map(item).collect::<String>()));
    }
    let items = [("<i>Q</i>Who?", "A worker."), ("<i>Q</i>What?", "Honey."), ("<i>Q</i>When?", "At night.")]
        .map(|(question, answer)| format!("<h3>{question}</h3><p>{answer}"));
    assert_eq!(found(&announced(&items))[0], ("Who?".into(), "A worker.".into()), "no label");
}

#[test]
fn rows_with_numbers_labels_and_other_cells_are_found() {
    let table = |head: &str, row: fn(&str, &str) -> String| {
        let rows: String = BEES[..2].iter().map(|(question, answer)| row(question, answer)).collect();
        let pairs = found(&format!("<h1>FAQ</h1><table>{head}{rows}</table>"));
        let expected = BEES[..2].iter().map(|(question, answer)| ((*question).into(), (*answer).into()));
        assert_eq!(pairs, expected.collect::<Vec<_>>(), "{head}");
    };
    table("<tr><th>No<th>Question<th>Answer", |question, answer| {
        format!("<tr><td>1.<td>{question}<td>{answer}")
    });
    table("<tr><th>About<th>Question<th>Answer<th>Year", |question, answer| {
        format!("<tr><td>Bees<td>{question}<td>{answer}<td>1981")
    });
    table("", |question, answer| format!("<tr><th>Q<td>{question}<tr><th>A<td>{answer}"));
    table("<caption>Bees</caption>", |question, answer| {
        format!("<tr><td><b>Q:</b><td><b>{question}</b><tr><td>A:<td>{answer}")
    });
    let sizes = "<h1>FAQ</h1><table><tr><td>S<td>36<td>Is it so?<tr><td>M<td>38<td>Is it so?</table>";
    assert_eq!(found(sizes), []);
}

#[test]
fn a_menu_that_opens_below_a_question_and_holds_text_is_its_answer() {
    let menu = |question: &str, answer: &str| {
        format!(
            "<div class='w-dropdown'><div class='w-dropdown-toggle'>{question}</div>\
             <nav class='w-dropdown-list'><div class=rich><p>{answer}</p></div></nav></div>"
        )
    };
    assert_bees(&page_of("<div>", menu, "</div>"));
    let links = |question: &str, answer: &str| menu(question, &format!("<a href='/a'>{answer}</a>"));
    assert_eq!(found(&page_of("<div>", links, "</div>")), []);
    assert_eq!(found(&page_of("<nav>", menu, "</nav>")), []);
}

#[test]
fn what_opens_over_questions_is_a_topic_and_they_are_asked() {
    let pairs = |of: [(&str, &str); 2], question: fn(&str) -> String| {
        of.map(|(asked, answer)| format!("{}<p>{answer}</p>", question(asked))).concat()
    };
    let more = [("Can they swim?", "No, they drown."), ("Who feeds them?", "Nobody.")];
    let questions: [fn(&str) -> String; 3] = [
        |question| format!("<h4>{question}</h4>"),
        |question| format!("<p><b>{question}</b></p>"),
        |question| format!("<div class=faq-question>{question}</div>"),
    ];
    for question in questions {
        for topic in ["Life", "Life?"] {
            let panels = [[BEES[0], BEES[1]], more, [more[1], more[0]]]
                .map(|of| format!("<details><summary>{topic}</summary>{}</details>", pairs(of, question)));
            let found = found(&format!("<h1>FAQ</h1>{}<h2>Contact</h2>", panels.concat()));
            let expected = [BEES[0], BEES[1], more[0], more[1], more[1], more[0]];
            assert_eq!(found, expected.map(|(question, answer)| (question.into(), answer.into())));
        }
    }
}
