//! Generates pages for measurements, the same ones at every run.
//!
//! ```text
//! rustc -O --edition 2024 -o target/pages benches/pages.rs
//! target/pages
//! ```
//!
//! writes 20,000 pages as `target/bench/pages/000/000000.txt` and so on, 189 MB
//! in all, and one page of 40 MB as `target/bench/single.txt`. Each page has the layout
//! and the size of a real one: 25 entries, three of them lists, about 9.4 KB,
//! and as many curly quotes, dashes, bullets and no-break spaces. No two
//! entries are the same, so that removing exact duplicates finds none.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: pages [--out DIR] [--pages N] [--single-mb N] [--seed N]

  --out DIR        Where the pages go [default: target/bench]
  --pages N        Pages of 25 entries each, below DIR/pages [default: 20000]
  --single-mb N    Size of DIR/single.txt in MB; 0 for none [default: 40]
  --seed N         Other pages for another number [default: 1]";

/// Entries of a page, as many as a real one has.
const ENTRIES: usize = 25;
/// Entries before the count line.
const MAIN: usize = 5;
/// Bytes of an entry, about.
const ENTRY_BYTES: usize = 376;
/// Pages of one folder.
const FOLDER: usize = 1000;

fn main() -> ExitCode {
    match Options::parse(std::env::args().skip(1)) {
        Ok(options) => match options.write() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error: could not write below `{}`: {error}", options.out.display());
                ExitCode::FAILURE
            }
        },
        Err(message) => {
            eprintln!("{message}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

struct Options {
    out: PathBuf,
    pages: usize,
    single_mb: usize,
    seed: usize,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut out = PathBuf::from("target/bench");
        let [mut pages, mut single_mb, mut seed] = [20_000, 40, 1];
        while let Some(name) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("`{name}` needs a value"));
            let number = |value: String| value.parse().map_err(|_| format!("`{value}` is no number"));
            match name.as_str() {
                // What `cargo bench` adds.
                "--bench" => {}
                "--out" => out = value()?.into(),
                "--pages" => pages = number(value()?)?,
                "--single-mb" => single_mb = number(value()?)?,
                "--seed" => seed = number(value()?)?,
                _ => return Err(format!("there is no option `{name}`")),
            }
        }
        Ok(Self { out, pages, single_mb, seed })
    }

    fn write(&self) -> io::Result<()> {
        let pages = self.out.join("pages");
        let mut bytes = 0;
        for index in 0..self.pages {
            let folder = pages.join(format!("{:03}", index / FOLDER));
            if index % FOLDER == 0 {
                fs::create_dir_all(&folder)?;
            }
            let page = Writer::new(self.seed, index).page(ENTRIES);
            bytes += page.len();
            fs::write(folder.join(format!("{index:06}.txt")), page)?;
        }
        println!("{bytes} bytes in {} pages below {}", self.pages, pages.display());
        if self.single_mb > 0 {
            let path = self.out.join("single.txt");
            println!("{} bytes in {}", self.write_single(&path)?, path.display());
        }
        Ok(())
    }

    /// One page, long enough.
    fn write_single(&self, path: &Path) -> io::Result<usize> {
        fs::create_dir_all(&self.out)?;
        let mut file = BufWriter::new(File::create(path)?);
        // Away from the seeds of the other pages.
        let mut writer = Writer::new(self.seed, usize::MAX);
        let limit = self.single_mb * 1_000_000;
        let mut written = 0;
        for index in 0.. {
            let entry = writer.entry(index, limit / ENTRY_BYTES);
            file.write_all(entry.as_bytes())?;
            written += entry.len();
            if written >= limit {
                break;
            }
        }
        file.flush()?;
        Ok(written)
    }
}

/// Makes up text.
struct Writer {
    state: u64,
}

impl Writer {
    fn new(seed: usize, page: usize) -> Self {
        let mut writer = Self { state: (seed as u64) << 32 ^ page as u64 };
        writer.state = writer.next();
        writer
    }

    /// `SplitMix64` (Steele, Lea and Flood 2014, public domain).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `limit`, which is small beside 2^64.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or_default()
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    /// A page that ends, as real ones do, without a newline.
    fn page(&mut self, entries: usize) -> String {
        (0..entries).map(|index| self.entry(index, entries)).collect()
    }

    /// The entry at `index` of `of`, with what stands between it and the one before.
    fn entry(&mut self, index: usize, of: usize) -> String {
        let mut entry = match index {
            0 => String::new(),
            MAIN => {
                let title = self.fill(self::TITLES).to_uppercase();
                format!("\n\nWhy {title}\n\n{} related questions found\n\n", of + 20)
            }
            _ => "\n\n".to_owned(),
        };
        let answer = match index % ENTRIES {
            10 => self.numbered(),
            12 | 24 => self.bulleted(),
            _ => self.text(),
        };
        entry += &self.fill(QUESTIONS);
        entry += "\n\n";
        entry += &answer;
        entry += "\n\nTakedown request \u{a0}\u{a0}|\u{a0}\u{a0} View complete answer on ";
        entry += &self.domain();
        entry
    }

    fn domain(&mut self) -> String {
        let (first, last) = (self.pick(SINGULARS), self.pick(PLURALS));
        let suffix = self.pick(&[".example", ".example.com", ".example.com", ".example.org", ".example.net"]);
        format!("{first}{last}{suffix}")
    }

    /// One to four sentences of 155 to 320 characters in all.
    fn text(&mut self) -> String {
        let length = 145 + self.below(120);
        let mut text = self.sentence();
        while text.len() < length {
            text.push(' ');
            text += &self.sentence();
        }
        text
    }

    /// A sentence, with a dash or a quotation as often as real answers have one.
    fn sentence(&mut self) -> String {
        let mut sentence = self.fill(SENTENCES);
        match self.below(100) {
            0..6 => {
                sentence.pop();
                sentence +=
                    &self.fill(&["—even if they {i} {n} {p}.", " — the {a} ones more than the others."]);
            }
            6..8 => sentence += &self.fill(&[" “{I} the {n} first,” says one of them."]),
            8 => sentence += &self.fill(&[" “Don't {i} a {s} {p}, and never {w}."]),
            _ => {}
        }
        sentence
    }

    fn numbered(&mut self) -> String {
        let heading = self.fill(HEADINGS);
        (1..=4).fold(heading, |list, number| list + &format!("\n  {number}. ") + &self.fill(ITEMS))
    }

    /// A list whose items the site has cut short.
    fn bulleted(&mut self) -> String {
        let mut list = self.fill(HEADINGS);
        let items = 4 + self.below(2);
        for item in 1..=items {
            list += "\n  • ";
            list += &self.fill(&["{A} {n}.", "{I} the {s}.", "{A} {c} {p}."]);
            if self.below(2) == 0 {
                list.push(' ');
                list += &self.fill(ITEMS);
            }
            if item < items {
                list += " ...";
            }
        }
        list
    }

    /// One of the templates with a word for each `{letter}`; a capital letter
    /// asks for a capital letter.
    fn fill(&mut self, templates: &[&'static str]) -> String {
        let mut parts = self.pick(templates).split('{');
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (slot, rest) = part.split_once('}').unwrap_or((part, ""));
            let word = match slot.to_ascii_lowercase().as_str() {
                "a" => self.pick(ADJECTIVES),
                "c" => self.pick(PEOPLE),
                "i" => self.pick(VERBS),
                "n" => self.pick(PLURALS),
                "p" => self.pick(PLACES),
                "s" => self.pick(SINGULARS),
                "w" => self.pick(TIMES),
                "d" => &(2 + self.below(96)).to_string(),
                _ => &(100 + self.below(9900)).to_string(),
            };
            if slot.starts_with(|letter: char| letter.is_ascii_uppercase()) {
                let (first, others) = word.split_at(1);
                text += &first.to_ascii_uppercase();
                text += others;
            } else {
                text += word;
            }
            text += rest;
        }
        text
    }
}

const TITLES: &[&str] =
    &["{c} never {i} {n} {p}", "the {a} {s} is better than {n}", "{a} {n} go missing {w}"];

const QUESTIONS: &[&str] = &[
    "Do {c} {i} {n} {w}?",
    "Do {c} ever {i} or {i} their {n}?",
    "Why do {c} {i} {a} {n} {p}?",
    "How do you {i} {n} {p}?",
    "How do you know if a {s} is {a}?",
    "How often should {n} be {a}?",
    "How long does a {a} {s} last {p}?",
    "What do {c} do when {n} look {a}?",
    "What should you not {i} {w}?",
    "What are the signs that your {s} is {a}?",
    "Is it normal for {n} to look {a} {w}?",
    "Is it better to {i} {n} {w}?",
    "Can you {i} {a} {n} {p}?",
    "Can a {s} ever be {a} again {w}?",
    "When {n} are {a} {p}?",
    "Which {n} do {c} {i} {w}?",
];

const SENTENCES: &[&str] = &[
    "Most {c} {i} their {n} {w}, and few of them regret it.",
    "A {a} {s} is easy to {i}, but it's hard to {i} one {p}.",
    "If the {n} look {a}, {i} them {w} and don't {i} them again.",
    "Of {g} {c} who were asked, {d} said that they {i} {a} {n} {p}.",
    "{C} who {i} {n} {p} are said to be more {a} than those who {i} a {s}.",
    "There's no need to {i} the {n} before the {s} is {a}.",
    "Some {c} {i} {n} for years, while others never {i} a {s} at all.",
    "It's best to {i} {n} {p}, where the {a} {n} can't harm them.",
    "{A} {n} are common {p}, and {c} {i} them {w}.",
    "Nearly {d}% of all {n} turn {a} {w}, as every {s} shows.",
    "Do {c} mind? Not as long as somebody is there to {i} the {s}.",
    "Once the {s} has become {a}, even {a} {c} will {i} it {p}.",
    "You may {i} the {n} (or a {s}) {w}, because they are {a} then.",
    "{C} in small towns {i} more {n} than they need; the {a} ones go to the {s}.",
    "The older the {s}, the more {a} it gets, and the less people {i} it.",
    "Keep your {n} {p}, out of the reach of {a} {c}.",
    "YES! You can {i} a {a} {s}, though it takes {d} days to {i} the {n}.",
    "According to the Society of {A} {C} [S{d}], {n} should stay {p}.",
    "After that, {i} each {s} with care, since {a} {n} break {w}.",
    "Although {c} rarely {i} {n} {p}, they know which {s} is {a}.",
];

const HEADINGS: &[&str] = &[
    "The {A} {C}' Rules",
    "What Makes a {S} {A}?",
    "Here is what {c} look for in {a} {n}.",
    "{D} Ways to {I} a {S}",
];

const ITEMS: &[&str] = &[
    "{I} the {n} {p} and tell the {c} about it.",
    "Never {i} a {s} {w}, however {a} it looks.",
    "{I} every {s} twice.",
    "Ask {c} whether they {i} “{a}” {n} before you {i} yours.",
    "Put the {a} {n} back {p} right away.",
];

const PEOPLE: &[&str] = &[
    "bakers",
    "bankers",
    "bookbinders",
    "brewers",
    "carpenters",
    "clockmakers",
    "cobblers",
    "cooks",
    "divers",
    "drummers",
    "farmers",
    "ferrymen",
    "fishers",
    "gardeners",
    "glaziers",
    "hikers",
    "keepers",
    "librarians",
    "masons",
    "millers",
    "neighbours",
    "painters",
    "pilots",
    "plumbers",
    "potters",
    "sailors",
    "shepherds",
    "tailors",
    "teachers",
    "travellers",
    "weavers",
    "writers",
];

const SINGULARS: &[&str] = &[
    "anchor", "barrel", "basket", "bell", "bench", "bicycle", "blanket", "bottle", "bridge", "broom",
    "bucket", "button", "candle", "canoe", "carpet", "chimney", "compass", "curtain", "drawer", "feather",
    "fence", "fiddle", "garden", "hammer", "harbour", "kettle", "kitchen", "ladder", "lantern", "loom",
    "mirror", "orchard", "paddle", "parcel", "pencil", "pillow", "pump", "quilt", "river", "saddle",
    "saucepan", "shovel", "sledge", "stove", "teapot", "tent", "trumpet", "window",
];

const PLURALS: &[&str] = &[
    "apples",
    "beans",
    "berries",
    "boots",
    "bricks",
    "buttons",
    "cables",
    "candles",
    "carrots",
    "chairs",
    "clocks",
    "coats",
    "corks",
    "cups",
    "doors",
    "dumplings",
    "eggs",
    "flowers",
    "forks",
    "gloves",
    "hats",
    "hinges",
    "jars",
    "keys",
    "kites",
    "lamps",
    "leaves",
    "letters",
    "loaves",
    "maps",
    "mushrooms",
    "nails",
    "needles",
    "onions",
    "oysters",
    "pears",
    "pebbles",
    "plates",
    "plums",
    "ribbons",
    "ropes",
    "sails",
    "scissors",
    "seeds",
    "shells",
    "shutters",
    "spoons",
    "tiles",
];

const VERBS: &[&str] = &[
    "admire", "air", "arrange", "borrow", "brush", "bury", "carry", "clean", "collect", "colour", "compare",
    "count", "cover", "dry", "fold", "gather", "hang", "heat", "hide", "label", "lend", "lift", "measure",
    "mend", "move", "paint", "pack", "polish", "praise", "rinse", "sell", "shake", "sort", "stack", "store",
    "trade", "turn", "warm", "weigh", "wrap",
];

const ADJECTIVES: &[&str] = &[
    "big", "bitter", "blue", "brittle", "broken", "calm", "cheap", "clean", "cold", "crooked", "damp",
    "dark", "dull", "dusty", "faded", "famous", "fragile", "fresh", "grey", "heavy", "hollow", "loud",
    "narrow", "new", "pale", "patient", "plain", "polite", "proud", "quiet", "restless", "rusty", "salty",
    "sharp", "shiny", "slow", "soft", "sturdy", "tidy", "wet",
];

const PLACES: &[&str] = &[
    "at the harbour",
    "at the market",
    "behind the barn",
    "behind the stove",
    "below the stairs",
    "beside the river",
    "by the window",
    "in a drawer",
    "in the attic",
    "in the cellar",
    "in the garden",
    "in the kitchen",
    "in the mountains",
    "in the shade",
    "near the mill",
    "near the sea",
    "next to the fire",
    "on a ladder",
    "on the balcony",
    "on the ferry",
    "on the roof",
    "on the train",
    "outside the house",
    "under a blanket",
    "under the bed",
];

const TIMES: &[&str] = &[
    "after a storm",
    "after breakfast",
    "after dark",
    "at dawn",
    "at low tide",
    "at midnight",
    "at the weekend",
    "before lunch",
    "before the frost",
    "during the harvest",
    "every other week",
    "for a whole day",
    "in autumn",
    "in early spring",
    "in the evening",
    "late in the year",
    "long before noon",
    "on cold mornings",
    "on rainy days",
    "on Sundays",
    "once a month",
    "over the winter",
    "twice a day",
    "when nobody looks",
];
