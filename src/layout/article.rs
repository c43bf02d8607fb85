//! Articles that look like a page of questions and answers: an interview, a text
//! in long sections, a box that a site repeats.

use super::VOCABULARY;

/// A question, and its answer by lines.
pub(crate) struct Asked<'a> {
    pub(crate) question: &'a str,
    pub(crate) answer: Vec<&'a str>,
}

/// Questions that an interview has at least; fewer may be any page's.
const MIN_ASKED: usize = 3;

/// The longest median answer of short sections, in bytes and in lines.
const MAX_SECTION: (usize, usize) = (3000, 32);

/// Bytes of each line of an answer that are searched for the first person.
const LOOKED_AT: usize = 4 << 10;

/// Whether questions and answers belong to an article.
pub(crate) fn is_article(asked: &[Asked<'_>]) -> bool {
    !asked.is_empty() && (is_long(asked) || is_repeated(asked) || is_interview(asked))
}

fn is_long(asked: &[Asked<'_>]) -> bool {
    let bytes = median(asked.iter().map(|asked| asked.answer.iter().map(|line| line.len()).sum()));
    let lines = median(asked.iter().map(|asked| asked.answer.len()));
    bytes > MAX_SECTION.0 || lines > MAX_SECTION.1
}

/// Whether one question is asked over and over.
fn is_repeated(asked: &[Asked<'_>]) -> bool {
    asked.len() > 1 && asked.iter().all(|other| other.question == asked[0].question)
}

/// Whether the questions address somebody and the answers speak in the first person. In
/// lists of questions, it is the reader who asks, and the answers do not say `I`.
fn is_interview(asked: &[Asked<'_>]) -> bool {
    let percent = |count: usize| count * 100 / asked.len();
    let addressed = asked.iter().filter(|asked| VOCABULARY.addresses(asked.question)).count();
    let speaks = |asked: &&Asked<'_>| {
        asked.answer.iter().any(|line| VOCABULARY.speaks(&line[..line.floor_char_boundary(LOOKED_AT)]))
    };
    let speaking = asked.iter().filter(speaks).count();
    let (addressed, speaking) = (percent(addressed), percent(speaking));
    asked.len() >= MIN_ASKED && addressed >= 20 && speaking >= 20 && addressed + speaking >= 90
}

fn median(values: impl Iterator<Item = usize>) -> usize {
    let mut values: Vec<usize> = values.collect();
    let middle = values.len() / 2;
    *values.select_nth_unstable(middle).1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(pairs: &[(&str, &str)]) -> bool {
        let asked = pairs.iter().map(|&(question, answer)| Asked { question, answer: vec![answer] });
        is_article(&asked.collect::<Vec<_>>())
    }

    #[test]
    fn an_interview_is_an_article() {
        let english = [
            ("When did you first see a hive?", "My aunt had one."),
            ("What did it teach you?", "That I know nothing."),
            ("And honey?", "I can't stand it."),
        ];
        assert!(is(&english));
        let german = [
            ("Wie kamen Sie zur Imkerei?", "Das war vor zehn Jahren, da sah ich einen Schwarm."),
            ("Was haben Sie gelernt?", "Ruhe."),
            ("Und Ihre Kinder?", "Mein Sohn hat selbst welche."),
        ];
        assert!(is(&german));
        let reader = [
            ("Can I keep bees in town?", "You can."),
            ("Do you ship to Norway?", "We do."),
            ("May I visit you?", "Sie sind willkommen."),
        ];
        assert!(!is(&reader));
    }

    #[test]
    fn long_sections_and_one_question_for_ever_are_an_article() {
        let long = "A sentence of it. ".repeat(200);
        assert!(is(&[("What is lost?", &long), ("What is won?", &long)]));
        assert!(is(&[("How was it?", "1"), ("How was it?", "2"), ("How was it?", "3")]));
        assert!(!is(&[("How was it?", "Good.")]));
        assert!(!is(&[]));
    }
}
