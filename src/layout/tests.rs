//! Layouts, and what is found in each.

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
    let questions: Vec<_> =
        found(page).into_iter().map(|(question, answer)| question + " " + &answer).collect();
    assert_eq!(questions, ["Do bees sleep? They do, and at night.", "Can they swim? No, they drown."]);
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

/// Bees behind links, as `item` writes target, question, and answer.
fn linked(head: &str, target: &str, item: impl Fn(&str, &str, &str) -> String) -> String {
    let items: Vec<String> = BEES.iter().map(|(question, answer)| item(target, question, answer)).collect();
    let more = item(target, "Can they swim?", "No, they drown within minutes.");
    format!("<title>{head}</title><h1>{head}</h1>{}{more}<h2>Contact</h2>", items.concat())
}

#[test]
fn what_leads_to_other_pages_is_an_index() {
    let post = |target: &str, question: &str, answer: &str| {
        format!(
            "<article><h2><a href='{target}'>{question}</a></h2><p>{answer} […]</p><a href='{target}#more'>Continue reading</a></article>"
        )
    };
    let card = |target: &str, question: &str, answer: &str| {
        format!("<a class=card href='{target}'><h3>{question}</h3><p>{answer}</p><span>4 minutes</span></a>")
    };
    let found_by_search = |target: &str, question: &str, answer: &str| {
        format!("<h3><a href='{target}'>{question}</a></h3><p>{answer}</p>")
    };
    let listed = |target: &str, question: &str, answer: &str| {
        format!(
            "<h3><a href='{target}'>{question}</a></h3><p>{answer}</p><p>bees wax</p><p>asked 3 hours ago</p>"
        )
    };
    let teaser = |target: &str, question: &str, answer: &str| {
        format!("<h3>{question}</h3><p>{answer} ...</p><a href='{target}'>Read more</a>")
    };
    for head in ["Journal", "Frequently asked questions"] {
        assert_eq!(found(&linked(head, "/b/7", post)), [], "{head}");
        assert_eq!(found(&linked(head, "b7.html", card)), [], "{head}");
        assert_eq!(found(&linked(head, "?b=7", found_by_search)), [], "{head}");
        assert_eq!(found(&linked(head, "/q/7", listed)), [], "{head}");
        assert_eq!(found(&linked(head, "https://hives.example/7", teaser)), [], "{head}");
    }
}

#[test]
fn what_leads_to_a_part_of_its_page_or_shows_its_whole_answer_is_no_index() {
    let heading = |target: &str, question: &str, answer: &str| {
        format!("<h3><a href='{target}'>{question}</a></h3><p>{answer}<p>Ask us for more.")
    };
    for target in ["#a", "javascript:void(0)", "", "/faq#a", "/faq/7"] {
        assert_eq!(found(&linked("FAQ", target, heading)).len(), 4, "{target}");
    }
    let folds = |target: &str, question: &str, answer: &str| {
        format!("<div><a role=button aria-expanded=false href='{target}'>{question}</a></div><p>{answer}")
    };
    assert_eq!(found(&linked("Hives", "/faq/7", folds)).len(), 4);
}

#[test]
fn what_stands_beside_the_questions_of_a_page_is_none_of_them() {
    let questions = BEES.map(|(question, answer)| format!("<h3>{question}</h3><p>{answer}")).concat();
    let hours = "<h3>Opening hours</h3><p>From nine to five.";
    let form = "<h3>Stay in the loop</h3><form><label>Email<input></label></form>";
    for (before, between, behind) in [
        ("<main>", "</main><div>", "</div>"),
        ("<div role=main>", "</div><div>", "</div>"),
        ("<div>", "<aside>", "</aside></div>"),
    ] {
        let page = format!("<h1>FAQ</h1>{before}{questions}{between}{hours}{behind}");
        assert_bees(&page);
    }
    assert_bees(&format!("<h1>FAQ</h1>{questions}{form}"));
    assert_bees(&format!("<form><h1>FAQ</h1>{questions}</form>"));
}

#[test]
fn a_heading_behind_those_that_ask_is_none_where_all_others_do() {
    let item = |question: &str| format!("<h3>{question}</h3><p>So it is, every day of the year.");
    let asking = ["Do bees sleep?", "Can they fly?", "Do they dance?", "Why is that so?"];
    let page = |behind: &[&str]| {
        let items: String = asking.iter().chain(behind).map(|question| item(question)).collect();
        found(&format!("<h1>FAQ</h1>{items}")).len()
    };
    assert_eq!((page(&["Opening hours"]), page(&["Opening hours", "Visit us"])), (4, 4));
    assert_eq!((page(&[]), page(&["Opening hours", "Do wasps?"])), (4, 5));
}

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
