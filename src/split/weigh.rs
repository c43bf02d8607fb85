//! Weighs each piece of text as a question and as a video's title, by how it
//! reads and by what stands around it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::decode::CLEAR;
use super::evidence::{Decoded, Ending, NEVER, Style, Unit};
use super::labels::{Label, MIN_PAIRS};
use super::pieces::MAX_QUESTION;
use super::{Piece, score, sequence};
use crate::profile::{Opening, Part, Profile};

/// Scores all units of a page.
pub(super) fn weigh(page: &str, pieces: &[Piece], decoded: &Decoded, units: &mut [Unit], profile: &Profile) {
    let asking_rank = demote_headings(page, pieces, units);
    let text = |unit: &Unit| {
        let body = decoded.get(&unit.piece).map_or(&page[pieces[unit.piece].body.clone()], String::as_str);
        let is_around = |c: char| c == '*' || c == '_' || c.is_whitespace();
        // Nearly all begin with a letter and end with a letter or a mark.
        let bare = body.starts_with(|c: char| c.is_ascii_alphabetic())
            && body.ends_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '?' | '.'));
        if bare { body } else { body.trim_matches(is_around) }
    };
    score_questions(units, text, profile);
    sequence::raise(page, pieces, units);
    drop_sections(page, pieces, units, asking_rank);
    score_titles(units, text, profile);
    weigh_labels(units, pieces);
}

/// What has the label of an answer is nothing else, and what has that of a question
/// before it is one; where questions have labels, what has none is hardly one, and
/// where answers have theirs as well, none.
fn weigh_labels(units: &mut [Unit], pieces: &[Piece]) {
    if !units.iter().any(|unit| unit.style == Style::Labelled) {
        return;
    }
    for unit in units.iter_mut().filter(|unit| unit.style != Style::Labelled) {
        if pieces[unit.piece].label == Some(Label::Answer) {
            (unit.question, unit.title) = (NEVER, NEVER);
        } else {
            unit.question -= Style::Labelled.weight();
        }
    }
    let answers =
        |at: usize| units.get(at).is_some_and(|unit| pieces[unit.piece].label == Some(Label::Answer));
    let paired: Vec<bool> = (1..=units.len()).map(answers).collect();
    let is_labelled = |unit: &Unit| unit.style == Style::Labelled;
    let pairs = units.iter().zip(&paired).filter(|(unit, paired)| is_labelled(unit) && **paired).count();
    for (unit, paired) in units.iter_mut().zip(paired) {
        if !is_labelled(unit) && !paired && pairs >= MIN_PAIRS {
            unit.question = NEVER;
        } else if is_labelled(unit) && paired {
            unit.question = unit.question.max(PAIRED);
        }
    }
}

/// The score of a question whose label, and that of its answer, tell it.
const PAIRED: f32 = 4.0;

/// The rank of a heading, by its marks.
fn rank(page: &str, pieces: &[Piece], unit: &Unit) -> usize {
    let text = &page[pieces[unit.piece].text.clone()];
    text.bytes().take_while(|&byte| byte == b'#').count().min(RANKS - 1)
}

/// Where headings of one rank ask, a higher one that doesn't is of a section.
fn drop_sections(page: &str, pieces: &[Piece], units: &mut [Unit], asking_rank: Option<usize>) {
    let Some(asking) = asking_rank else { return };
    let is_section = |unit: &Unit| unit.style == Style::Heading && unit.ending != Ending::Asks;
    for unit in units.iter_mut().filter(|unit| is_section(unit) && rank(page, pieces, unit) < asking) {
        unit.question = NEVER;
    }
}

/// Where headings of one rank ask, those of a lower rank stand inside answers.
/// The rank of those that ask.
fn demote_headings(page: &str, pieces: &[Piece], units: &mut [Unit]) -> Option<usize> {
    let rank = |unit: &Unit| rank(page, pieces, unit);
    let mut asking = [0_usize; RANKS];
    for unit in units.iter().filter(|unit| unit.style == Style::Heading && unit.ending == Ending::Asks) {
        asking[rank(unit)] += 1;
    }
    // The highest of those that ask most often.
    let (most, count) =
        (0..RANKS).fold((0, 0), |best, rank| if asking[rank] > best.1 { (rank, asking[rank]) } else { best });
    if count < 2 {
        return None;
    }
    for unit in units.iter_mut().filter(|unit| unit.style == Style::Heading) {
        if rank(unit) > most {
            unit.style = Style::Subheading;
        }
    }
    Some(most)
}

/// Ranks of headings, and none.
const RANKS: usize = 7;

fn score_questions<'a>(units: &mut [Unit], text: impl Fn(&Unit) -> &'a str, profile: &Profile) {
    for index in 0..units.len() {
        let style = |at: Option<usize>| at.and_then(|at| units.get(at)).map(|unit| unit.style);
        let (last, next) = (style(index.checked_sub(1)), style(Some(index + 1)));
        let second_last = style(index.checked_sub(2));
        let last_asks = index > 0 && units[index - 1].ending == Ending::Asks;
        let unit = &mut units[index];
        let item = unit.style.is_item();
        // Above the first question of a list of them, an item may announce it.
        let announced = unit.ending == Ending::Asks && second_last != last && !last_asks;
        let goes_on = !unit.before.boundary && last == Some(unit.style) && !announced;
        let among_items = item && (goes_on || (!unit.after.boundary && next == Some(unit.style)));
        if unit.length > MAX_QUESTION || unit.style == Style::Code || among_items {
            continue;
        }
        unit.question = score::question(text(unit), unit.style, unit.ending, profile);
        if unit.after.count {
            unit.question -= 3.0;
        }
    }
    let asking = || units.iter().filter(|unit| unit.ending == Ending::Asks && unit.question > NEVER);
    // The first question of most pages opens with a word that is known.
    let foreign = asking().nth(1).is_some() && asking().all(|unit| score::opens_unknown(text(unit), profile));
    if foreign {
        units.iter_mut().filter(|unit| unit.ending == Ending::Asks).for_each(|unit| unit.question += FOREIGN);
    }
    for index in 1..units.len() {
        let (last, unit) = (&units[index - 1], &units[index]);
        if last.ending != Ending::Sentence && last.question > 0.0 && unit.question > 0.0 {
            let next = units.get(index + 1).map(|next| next.style);
            let leads_list = unit.after.blanks == 0 && next.is_some_and(Style::is_item);
            let titled = last.ending == Ending::Asks && score::is_title_case(text(unit));
            units[index].heads_answer = leads_list || (titled && !score::is_title_case(text(last)));
        }
        if answers_by_asking(units, index, &text, profile) {
            units[index].question = NEVER;
        }
    }
    for index in repeated(units, &text) {
        // Several answers may have the same heading.
        let unit = &mut units[index];
        if unit.question > 0.0 && !unit.heads_answer {
            unit.question += REPEATED;
        }
    }
}

/// Whether what stands below a question asks, and is its answer or the first part of it:
/// an attribution closes it, it is quoted, or it asks as no question of the page does
/// (`Do they?`, `The short answer?`, `That depends: how long do you stay?`).
fn answers_by_asking<'a>(
    units: &[Unit],
    index: usize,
    text: impl Fn(&Unit) -> &'a str,
    profile: &Profile,
) -> bool {
    let (last, unit) = (&units[index - 1], &units[index]);
    if unit.ending != Ending::Asks || last.question <= 0.0 || unit.before.boundary || unit.before.count {
        return false;
    }
    if unit.after.boundary || score::is_quoted(text(unit)) {
        return true;
    }
    let asks = |at: usize| units.get(at).is_some_and(|unit| unit.ending == Ending::Asks);
    let opening = |unit: &Unit| profile.words.opening(text(unit));
    let opens_plainly = |unit: &Unit| opening(unit) == Opening::Plain;
    let reads_clearly = last.ending == Ending::Asks || opening(last) == Opening::Asks;
    let clear = last.question > CLEAR && reads_clearly && last.style == unit.style;
    // Not one of a list of questions.
    let listed = asks(index + 1) && (asks(index + 2) || (index > 1 && asks(index - 2)));
    let is_aside = unit.length <= LONGEST_ASIDE && unit.length < last.length;
    let leads = is_aside && index + 1 < units.len() && !asks(index + 1);
    clear && !listed && !opens_plainly(last) && (opens_plainly(unit) || leads)
}

/// The longest question, in bytes, that a writer rather asks himself: `Sound familiar?`
const LONGEST_ASIDE: usize = 16;

/// Lines that ask and stand on the page more than once, as in its title or its
/// table of contents.
fn repeated<'a>(units: &[Unit], text: impl Fn(&Unit) -> &'a str) -> FxHashSet<usize> {
    let mut first: FxHashMap<&str, usize> = FxHashMap::default();
    let mut repeated = FxHashSet::default();
    for (index, unit) in units.iter().enumerate().filter(|(_, unit)| unit.ending == Ending::Asks) {
        if let Some(&earlier) = first.get(text(unit)) {
            repeated.extend([earlier, index]);
        } else {
            first.insert(text(unit), index);
        }
    }
    repeated
}

/// What questions gain that open with no known word, where all of a page do so:
/// they are in another language.
const FOREIGN: f32 = 1.5;

/// What a question gains that stands on the page more than once.
const REPEATED: f32 = 3.0;

/// Scores as a title what a question, the count line or the end of the page
/// follows: nothing else can be one.
fn score_titles<'a>(units: &mut [Unit], text: impl Fn(&Unit) -> &'a str, profile: &Profile) {
    // The count line stands behind the title of a page's only video.
    let counted = units.iter().any(|unit| unit.after.count);
    for index in 0..units.len() {
        let near = |at: Option<usize>| at.and_then(|at| units.get(at));
        let (last, next) = (near(index.checked_sub(1)), near(Some(index + 1)));
        let second_last = near(index.checked_sub(2));
        let in_table = units[index].barred && [last, next].into_iter().flatten().any(|unit| unit.barred);
        let next_asks = next.is_some_and(|next| next.question > 1.0);
        let leads = next.is_none_or(|next| next.question > -3.0);
        // A title is one line: after another one without a mark it goes on a list.
        let behind_list = last.is_some_and(|last| last.style.is_item()) && units[index].before.blanks > 0;
        let in_list = !behind_list
            && units[index].style != Style::Heading
            && last.is_some_and(|last| {
                let short = last.ending == Ending::Bare && last.length < SHORT && last.question < 2.0;
                // A short answer under its question is no list.
                short && second_last.is_none_or(|unit| unit.question < 2.0)
            });
        let after_text = behind_list
            || last.is_some_and(|last| last.ending == Ending::Sentence && last.length >= SHORT / 2);
        // What a colon announces is a part of the text.
        let leads_on = last.is_some_and(|last| text(last).ends_with(':')) && !units[index].after.count;
        let unit = &mut units[index];
        let may_be = unit.length <= MAX_QUESTION && unit.style != Style::Code && !in_table;
        // What an attribution closes is an answer.
        let closed = unit.after.attribution && !profile.opens_entry(Part::Attribution);
        if !may_be || closed || !(leads || unit.after.count) {
            continue;
        }
        // A quotation that asks is a part of it, too.
        if leads_on || (unit.ending == Ending::Asks && score::is_quoted(text(unit))) {
            continue;
        }
        unit.title = score::title(text(unit), unit.style, profile);
        if unit.after.count {
            unit.title += if in_list { 2.0 } else { 5.0 };
        } else if in_list {
            unit.title -= 4.0;
        } else if (after_text || unit.style == Style::Heading)
            && next_asks
            && unit.length <= LONGEST_TITLE
            && unit.ending != Ending::Asks
            && !counted
        {
            unit.title += 3.5;
        }
        if unit.before.blanks >= 2 && unit.after.blanks >= 2 {
            unit.title += 2.0;
        }
        if unit.title > 2.0
            && let Some(next) = units.get_mut(index + 1)
        {
            next.behind_title = true;
        }
    }
}

/// Longer lines without a mark are cut sentences rather than items of a list.
const SHORT: usize = 80;
/// The longest title, in bytes, that nothing but its place tells.
const LONGEST_TITLE: usize = 100;
