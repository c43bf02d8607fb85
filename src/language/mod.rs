//! An entry's language: as declared, else as detected from its text, else null.
//!
//! Questions are short, and on short texts detectors guess. So question and answer
//! are taken together. Frequent words decide if they are conclusive; otherwise
//! trigrams do (`whatlang`), which must be confident or agree with the words.
//! `docs/language.md` has measurements.

mod tag;
mod words;

use std::borrow::Cow;

pub(crate) use tag::normalise as tag;
use words::Verdict;

/// The size of the sample for trigrams, in bytes.
const SAMPLE: usize = 512;

/// The size of the sample of a page for words, in bytes.
const PAGE_SAMPLE: usize = 4096;

/// A text of fewer letters has no detectable language.
const MIN_LETTERS: usize = 6;

/// The language of an entry as a BCP 47 tag: the [`tag()`] that its page or markup
/// declares, else the language detected from question and answer.
pub(crate) fn of_entry(
    declared: Option<Cow<'static, str>>,
    question: &str,
    answer: &str,
) -> Option<Cow<'static, str>> {
    declared.or_else(|| detect(question, answer).map(Cow::Borrowed))
}

/// The language of a page's text, if its frequent words are conclusive.
pub(crate) fn of_text(text: &str) -> Option<&'static str> {
    match words::detect([&text[..text.floor_char_boundary(PAGE_SAMPLE)], ""]) {
        Verdict::Certain(language) => Some(language),
        Verdict::Likely(_) | Verdict::Unknown => None,
    }
}

fn detect(question: &str, answer: &str) -> Option<&'static str> {
    let verdict = words::detect([question, answer]);
    if let Verdict::Certain(language) = verdict {
        return Some(language);
    }
    let end = answer.floor_char_boundary(SAMPLE.saturating_sub(question.len()));
    let sample = format!("{question} {}", &answer[..end]);
    if sample.chars().filter(|c| c.is_alphabetic()).count() < MIN_LETTERS {
        return None;
    }
    let detected = whatlang::detect(&sample)?;
    let language = tag::of(detected.lang())?;
    (detected.is_reliable() || verdict == Verdict::Likely(language)).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(question: &str, answer: &str) -> Option<String> {
        of_entry(None, question, answer).map(Cow::into_owned)
    }

    #[test]
    fn a_declared_language_takes_precedence_if_it_is_valid() {
        let language = |declared| {
            of_entry(tag(declared), "How long do bees live?", "A worker lives six weeks in summer.")
        };
        assert_eq!(language("en-gb").as_deref(), Some("en-GB"));
        assert_eq!(language("de").as_deref(), Some("de"));
        assert_eq!(language("und").as_deref(), Some("en"));
    }

    #[test]
    fn the_language_of_question_and_answer_is_detected() {
        for (tag, question, answer) in [
            ("en", "How long do bees live?", "A worker lives six weeks in summer."),
            ("en", "Can you freeze bread?", "Yes, for up to three months."),
            ("de", "Wie lange leben Bienen?", "Im Sommer leben Arbeiterinnen nur sechs Wochen."),
            ("de", "Kann man Brot einfrieren?", "Ja, bis zu drei Monate."),
            ("fr", "Combien de temps vit une abeille ?", "En été, une ouvrière vit six semaines."),
            ("fr", "Peut-on congeler le pain ?", "Oui, pendant trois mois."),
            ("es", "¿Cuánto tiempo vive una abeja?", "En verano, las obreras viven seis semanas."),
            ("es", "¿Se puede congelar el pan?", "Sí, hasta tres meses."),
            ("it", "Quanto vive un'ape?", "In estate le operaie vivono sei settimane."),
            ("it", "Si può congelare il pane?", "Sì, per tre mesi."),
            ("pt", "Quanto tempo vive uma abelha?", "No verão, as operárias vivem seis semanas."),
            ("pt", "É possível congelar o pão?", "Sim, por até três meses."),
            ("nl", "Hoe lang leeft een bij?", "In de zomer leeft een werkster zes weken."),
            ("nl", "Kun je brood invriezen?", "Ja, tot wel drie maanden."),
            (
                "sv",
                "Hur länge lever ett bi?",
                "På sommaren lever arbetsbina i sex veckor, men drottningen i flera år.",
            ),
            ("pl", "Jak długo żyje pszczoła?", "Latem robotnice żyją sześć tygodni."),
            ("tr", "Arılar ne kadar yaşar?", "İşçi arılar yazın altı hafta yaşar."),
            (
                "ru",
                "Сколько живут пчёлы?",
                "Летом рабочая пчела живёт шесть недель, зимой — несколько месяцев.",
            ),
            ("el", "Πόσο ζει μια μέλισσα;", "Το καλοκαίρι έξι εβδομάδες."),
            ("zh", "蜜蜂能活多久？", "工蜂在夏天能活六个星期。"),
            ("ja", "ミツバチの寿命はどのくらいですか？", "夏の働きバチは六週間ほど生きます。"),
            ("ko", "꿀벌은 얼마나 오래 사나요?", "여름에 일벌은 육 주 동안 삽니다."),
            ("ar", "كم تعيش النحلة؟", "تعيش العاملة ستة أسابيع في الصيف، أما الملكة فتعيش عدة سنوات."),
            (
                "hi",
                "मधुमक्खी कितने समय तक जीवित रहती है?",
                "गर्मियों में श्रमिक मधुमक्खी छह सप्ताह तक जीवित रहती है और रानी कई साल।",
            ),
        ] {
            assert_eq!(of(question, answer).as_deref(), Some(tag), "{question}");
        }
    }

    #[test]
    fn quoted_words_of_another_language_do_not_change_the_result() {
        assert_eq!(
            of("What does “das ist nicht gut” mean?", "It means “that is not good”.").as_deref(),
            Some("en")
        );
        assert_eq!(
            of("What does привет mean?", "It is how friends greet each other.").as_deref(),
            Some("en")
        );
        assert_eq!(
            of("Was heißt “the early bird catches the worm”?", "Wer früh aufsteht, hat mehr vom Tag.")
                .as_deref(),
            Some("de")
        );
    }

    #[test]
    fn a_text_without_a_detectable_language_has_none() {
        for (question, answer) in
            [("", ""), ("42?", "1764."), ("Ω?", "Ohm"), ("NGC 224?", "M 31"), ("Taxi?", "Radio, Hotel, Bus.")]
        {
            assert_eq!(of(question, answer), None, "{question} {answer}");
        }
    }
}
