//! A family of pages is data: an invented one, in another language and with
//! its parts in another order, is read by a TOML file alone.

use qasift::profile::{Profile, Profiles};
use qasift::read_page;
use qasift::record::{Extractor, Flag, PageFacts, Section};

const PROFILE: &str = include_str!("families/fragen/profile.toml");
const PAGE: &str = include_str!("families/fragen/page.txt");

#[test]
fn the_examples_of_its_rules_hold() {
    assert_eq!(Profile::parse(PROFILE, "fragen").unwrap().test(), []);
}

#[test]
fn its_page_is_read_by_the_profile_alone() {
    let profiles = Profiles::only(Profile::parse(PROFILE, "fragen").unwrap());
    let reading = read_page(PAGE, "page.txt", &profiles);
    let entries: Vec<_> = reading
        .entries
        .iter()
        .map(|entry| {
            let lines = (entry.line_start.unwrap(), entry.line_end.unwrap());
            (&*entry.question, &*entry.answer, entry.source_domain.as_deref(), entry.section.unwrap(), lines)
        })
        .collect();
    let expected = [
        (
            "Wie alt wird eine Königin?",
            "Drei bis fünf Jahre. Eine Arbeiterin lebt im Sommer nur sechs Wochen.",
            Some("imkerei.example"),
            Section::Main,
            (1, 7),
        ),
        (
            "Warum tanzen Bienen",
            "Sie zeigen einander den Weg:\n\n- die Richtung\n- die Entfernung",
            None,
            Section::Related,
            (13, 19),
        ),
        (
            "Kann man Honig einfrieren?",
            "Ja. Er bleibt dabei weich genug für den Löffel.",
            None,
            Section::Related,
            (21, 25),
        ),
    ];
    assert_eq!(entries, expected);
    assert!(reading.entries.iter().all(|entry| entry.extractor == Extractor::Attribution));
    assert_eq!(reading.entries[1].flags, [Flag::InvalidSource]);
    assert_eq!(reading.entries[2].flags, [Flag::NoSource]);
    assert_eq!(reading.facts.last_update.as_deref(), Some("2024-03-03"));
    assert_eq!((reading.facts.votes, reading.facts.related_announced), (Some(12), Some(2)));
    assert_eq!(
        (reading.accounting.boilerplate, reading.accounting.other, reading.accounting.reject),
        (8, 0, 0)
    );
    assert_eq!(reading.accounting.total(), PAGE.chars().count() as u64);
}

#[test]
fn the_built_in_profiles_do_not_know_its_phrases() {
    let english = Profiles::select("people-also-ask").unwrap();
    assert_eq!(read_page(PAGE, "page.txt", &english).entries, []);
    let all = Profiles::built_in();
    let reading = read_page(PAGE, "page.txt", &all);
    assert_eq!(reading.profile, "people-also-ask-de");
    assert!(reading.entries.iter().all(|entry| entry.source_text.is_none()));
    assert_eq!(reading.facts, PageFacts::default());
}

#[test]
fn a_page_with_phrases_of_two_families_goes_to_the_one_that_matches_most_of_it() {
    let german = |domain: &str| {
        format!(
            "Wie alt werden Bienen?\n\nSechs Wochen.\n\nVollständige Antwort anzeigen auf {domain}.example\n\n"
        )
    };
    let english = |domain: &str| {
        format!(
            "How old are bees?\n\nSix weeks.\n\nTakedown request | View complete answer on {domain}.example\n\n"
        )
    };
    let profiles = Profiles::built_in();
    let profile = |page: &str| read_page(page, "page", &profiles).profile.to_owned();
    assert_eq!(profile(&(german("a") + &english("b") + &english("c"))), profile(&english("a")));
    assert_eq!(profile(&(english("a") + &german("b") + &german("c") + &german("d"))), profile(&german("a")));
    assert_ne!(profile(&english("a")), profile(&german("a")));
}

#[test]
fn a_file_that_is_no_profile_is_refused_with_its_line() {
    let whole = |order: &str, rule: &str| {
        format!("name = 'x'\ndescription = ''\norder = [{order}]\n[question]\nwords = []\n{rule}")
    };
    let sound = "'question', 'answer'";
    assert!(Profile::parse(&whole(sound, ""), "x.toml").is_ok());
    let message = |toml: &str| Profile::parse(toml, "x.toml").unwrap_err().to_string();
    let twice = "'question', 'answer', 'answer'";
    assert_eq!(
        message(&whole("'question'", "")),
        "`x.toml` line 3: `order` must contain `question` and `answer`"
    );
    assert_eq!(message(&whole(twice, "")), "`x.toml` line 3: `order` must not contain a part twice");
    let rule = "[[rule]]\nname = 'r'\nclass = 'attribution'\npattern = '('\n";
    let refused = message(&whole(sound, rule));
    assert!(refused.starts_with("`x.toml` line 9: the pattern of rule `r` does not compile: "), "{refused}");
    let refused = message(&whole(sound, "colour = 'red'\n"));
    assert!(refused.starts_with("`x.toml` is not a profile: ") && refused.contains("colour"), "{refused}");
}
