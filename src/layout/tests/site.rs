//! What belongs to a site, or leads to other pages, is not a question.

use super::{BEES, assert_bees, found};

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
