//! Scores the reader on pages of our own making: `tests/pages/dev`, on which it
//! was built, and `tests/pages/held-out`, which were looked at only at the end.
//!
//! `cargo test --test corpus -- --nocapture` prints the figures of `docs/reading.md`
//! and every entry that is missing or invented.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use qasift::profile::Profiles;
use qasift::read_page;
use serde_json::Value;

/// Question, answer, source and section: an entry is right if all four are.
type Row = (String, String, Option<String>, Option<String>);

#[derive(Default)]
struct Score {
    pages: usize,
    exact_pages: usize,
    expected: usize,
    found: usize,
    right: usize,
    right_questions: usize,
}

impl Score {
    #[expect(clippy::cast_precision_loss, reason = "some hundreds of entries")]
    fn percent(part: usize, whole: usize) -> f64 {
        100.0 * part as f64 / whole as f64
    }

    fn print(&self, set: &str) {
        println!(
            "{set}: {} pages, {} exact; {} entries; precision {:.1} %, recall {:.1} %; questions alone {:.1} %, {:.1} %",
            self.pages,
            self.exact_pages,
            self.expected,
            Self::percent(self.right, self.found),
            Self::percent(self.right, self.expected),
            Self::percent(self.right_questions, self.found),
            Self::percent(self.right_questions, self.expected),
        );
    }
}

fn score(set: &str) -> Score {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(set);
    let mut pages: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    pages.sort();
    let profiles = Profiles::built_in();
    let mut score = Score::default();
    for page in &pages {
        let text = fs::read_to_string(page).unwrap();
        let json: Value =
            serde_json::from_str(&fs::read_to_string(page.with_extension("json")).unwrap()).unwrap();
        let expected: Vec<Row> = json["entries"].as_array().unwrap().iter().map(expected_row).collect();
        let reading = read_page(&text, "page", &profiles);
        let found: Vec<Row> =
            reading.entries.iter().map(|entry| expected_row(&serde_json::to_value(entry).unwrap())).collect();
        let name = page.file_stem().unwrap().to_string_lossy();
        tally(&mut score, &name, &expected, &found);
    }
    score.print(set);
    score
}

fn tally(score: &mut Score, page: &str, expected: &[Row], found: &[Row]) {
    let (wanted, got): (BTreeSet<&Row>, BTreeSet<&Row>) = (expected.iter().collect(), found.iter().collect());
    for row in wanted.difference(&got) {
        println!("  {page}: missing {row:?}");
    }
    for row in got.difference(&wanted) {
        println!("  {page}: invented {row:?}");
    }
    let questions: BTreeSet<&str> = expected.iter().map(|row| row.0.as_str()).collect();
    score.pages += 1;
    score.exact_pages += usize::from(expected == found);
    score.expected += expected.len();
    score.found += found.len();
    score.right += wanted.intersection(&got).count();
    score.right_questions += found.iter().filter(|row| questions.contains(row.0.as_str())).count();
}

fn expected_row(entry: &Value) -> Row {
    let text = |field: &str| entry[field].as_str().map(str::to_owned);
    (text("question").unwrap(), text("answer").unwrap(), text("source_domain"), text("section"))
}

#[test]
fn development_pages_are_read_well() {
    let score = score("dev");
    assert!(score.pages >= 17);
    assert!(score.right * 100 >= score.expected * 97, "recall");
    assert!(score.right * 100 >= score.found * 97, "precision");
}

#[test]
fn held_out_pages_are_read_well() {
    let score = score("held-out");
    assert!(score.pages >= 17);
    assert!(score.right * 100 >= score.expected * 90, "recall");
    assert!(score.right * 100 >= score.found * 90, "precision");
}
