//! Which pairs repeat each other: declared ones among themselves, and shown ones of declared ones.

use std::collections::{HashMap, HashSet};

use super::pair::{ComparedPair, prefix};
use crate::record::Extractor;

/// Pairs of one question that another is compared with, at most.
const MAX_COMPARED: usize = 64;

/// Pairs by their questions.
struct ByQuestion<'a>(HashMap<&'a str, Vec<usize>>);

impl<'a> ByQuestion<'a> {
    fn of(pairs: impl Iterator<Item = &'a ComparedPair>) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, pair) in pairs.enumerate() {
            places.entry(&pair.question).or_default().push(place);
        }
        Self(places)
    }

    /// Places of the pairs with the same question.
    fn same(&self, pair: &ComparedPair) -> impl Iterator<Item = usize> {
        self.0.get(pair.question.as_str()).into_iter().flatten().copied().take(MAX_COMPARED)
    }
}

/// The places of declared pairs that repeat no earlier one. A question without
/// an answer repeats any other of the same question, an answer without a question
/// any that begins alike.
pub(crate) fn distinct(declared: &[(Extractor, &ComparedPair)]) -> Vec<usize> {
    let by_question = ByQuestion::of(declared.iter().map(|&(_, pair)| pair));
    let asked = declared.iter().filter(|(_, pair)| !pair.question.is_empty());
    let answers: HashSet<&str> = asked.filter_map(|(_, pair)| pair.answer.as_deref()).map(prefix).collect();
    let repeats = |place: usize, &(syntax, pair): &(Extractor, &ComparedPair)| {
        if let (true, Some(answer)) = (pair.question.is_empty(), &pair.answer)
            && answers.contains(prefix(answer))
        {
            return true;
        }
        by_question.same(pair).any(|other| {
            let (by, known) = declared[other];
            match pair.answer {
                None => known.answer.is_some() || other < place,
                Some(_) => other < place && by != syntax && known.answers_alike(pair),
            }
        })
    };
    let mut seen = HashSet::new();
    let declared = declared.iter().enumerate();
    // What alone asks its question is the same as no other.
    let is_alone = |pair: &ComparedPair| by_question.same(pair).nth(1).is_none();
    let distinct =
        declared.filter(|&(place, pair)| (is_alone(pair.1) || seen.insert(pair.1)) && !repeats(place, pair));
    distinct.map(|(place, _)| place).collect()
}

/// For each shown pair, the places of the declared ones that it repeats. If the
/// answer is long, the question may differ: it may be shown with a number before it.
pub(super) fn repeated(declared: &[&ComparedPair], shown: &[ComparedPair]) -> Vec<Vec<usize>> {
    let by_question = ByQuestion::of(declared.iter().copied());
    let mut by_answer: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, pair) in declared.iter().enumerate() {
        if let Some(start) = pair.long_answer() {
            by_answer.entry(start).or_default().push(place);
        }
    }
    let shown_by_question = ByQuestion::of(shown.iter());
    let repeated = |pair: &ComparedPair| {
        let same = by_question.same(pair).filter(|&place| declared[place].answer.is_some());
        let same: Vec<usize> = same.collect();
        // What is shown once is what is declared, however the page words the answer; where
        // several are declared, it may be all of them in one.
        let alone = shown_by_question.same(pair).nth(1).is_none();
        if !same.is_empty() && (alone || same.iter().any(|&place| declared[place].answers_alike(pair))) {
            return same;
        }
        let alike = pair.long_answer().and_then(|start| by_answer.get(start));
        alike.into_iter().flatten().copied().take(MAX_COMPARED).collect()
    };
    shown.iter().map(repeated).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{LONG, pairs};
    use super::*;

    fn distinct_of(syntaxes: &[Extractor], texts: &[(&str, &str)]) -> Vec<usize> {
        distinct(&syntaxes.iter().copied().zip(&pairs(texts)).collect::<Vec<_>>())
    }

    fn is_declared(declared: &[ComparedPair], shown: &[ComparedPair]) -> Vec<bool> {
        let repeated = repeated(&declared.iter().collect::<Vec<_>>(), shown);
        repeated.iter().map(|places| !places.is_empty()).collect()
    }

    #[test]
    fn what_two_syntaxes_declare_is_one_pair() {
        use Extractor::{JsonLd, Microdata};
        let twice = [
            ("Why, though?", "So it is."),
            ("Who?", "Me."),
            ("why though", "So it is. More"),
            ("Who?", "You."),
        ];
        assert_eq!(distinct_of(&[JsonLd, JsonLd, Microdata, Microdata], &twice), [0, 1, 3]);
        // One syntax knows its answers apart, unless they are the same.
        let alike = [("Who?", "Me."), ("Who?", "Me and you."), ("Who?", "me")];
        assert_eq!(distinct_of(&[JsonLd, JsonLd, JsonLd], &alike), [0, 1]);
    }

    #[test]
    fn a_question_without_an_answer_is_declared_once_and_where_nobody_answers_it() {
        use Extractor::{JsonLd, Microdata};
        let texts = [("Why?", "-"), ("Who?", "-"), ("why", "-"), ("Who", "Me.")];
        assert_eq!(distinct_of(&[JsonLd, JsonLd, Microdata, Microdata], &texts), [0, 3]);
    }

    #[test]
    fn an_answer_without_a_question_is_declared_once_and_where_nobody_asks() {
        use Extractor::{JsonLd, Microdata};
        let texts = [("Who?", "Me."), ("", "You."), ("", "me"), ("", "You")];
        assert_eq!(distinct_of(&[JsonLd, JsonLd, Microdata, Microdata], &texts), [0, 1]);
    }

    #[test]
    fn what_is_shown_and_declared_is_declared() {
        let declared = pairs(&[("How long do bees live?", LONG), ("Who?", "Me."), ("Where?", "-")]);
        let button = format!("{LONG} Read more");
        let cut = &LONG[..90];
        let shown = [
            ("How long do bees live?", LONG),
            ("HOW LONG do bees live", &button),
            ("How long do bees live?", cut),
            ("3. How long do bees live?", LONG),
            ("Who?", "You."),
            ("Who?", "Me. Copy link"),
            ("Where?", "Here."),
            ("And who else?", "Me."),
        ];
        assert_eq!(
            is_declared(&declared, &pairs(&shown)),
            [true, true, true, true, false, true, false, false]
        );
    }

    #[test]
    fn what_is_declared_once_and_shown_once_is_declared_in_other_words() {
        let declared =
            pairs(&[("Do you rent boots?", "Yes, in every size."), ("Where?", "-"), ("Who?", "Me.")]);
        let shown = [
            ("Do you rent boots?", "We have boots from 36 to 47."),
            ("Where?", "Here."),
            ("Who?", "You."),
            ("Who?", "They."),
        ];
        assert_eq!(is_declared(&declared, &pairs(&shown)), [true, false, false, false]);
    }

    #[test]
    fn what_shows_all_declared_answers_in_one_is_declared() {
        let declared = pairs(&[("Is it red?", "No."), ("Is it red?", "Yes it is."), ("Where?", "-")]);
        let shown = [("Is it red?", "Mine looks blue. 1 No. Ada Yes it is. Bea"), ("Where?", "Here.")];
        let shown = is_declared(&declared, &pairs(&shown));
        assert_eq!(shown, [true, false]);
    }
}
