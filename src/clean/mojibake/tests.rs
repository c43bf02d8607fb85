//! What is repaired, and what is left alone.

use super::*;

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(repair(text), *expected, "{text:?}");
        assert_eq!(repair(expected), *expected, "{text:?}, twice");
    }
}

#[track_caller]
fn check_unharmed(texts: &[&str]) {
    for text in texts {
        let repaired = repair(text);
        assert!(matches!(repaired, Cow::Borrowed(_)), "{text:?} became {repaired:?}");
    }
}

/// `text`, its UTF-8 read as `charset`, with the control characters of Latin-1
/// or as Windows shows them.
fn misread(text: &str, charset: Charset, shown: bool) -> String {
    let read = |byte: u8| {
        let latin = char::from(byte);
        let chars = ('\u{80}'..='\u{2122}').filter(|&c| !('\u{80}'..='\u{9f}').contains(&c));
        match (byte, charset) {
            (0x80..0xa0, _) if shown => charset.shown(latin),
            (..0xa0, _) | (_, Charset::Western) => latin,
            _ => chars.into_iter().find(|&c| charset.byte(c) == Some(byte)).unwrap_or(latin),
        }
    };
    text.bytes().map(read).collect()
}

const SENTENCES: [&str; 10] = [
    "The keeper’s “third” hive – the one by the café – held 40 kg…",
    "Où sont passées les abeilles de l’été dernier ? À côté, près du châtaignier.",
    "Größere Völker überwintern besser; süßer Sirup hilft ihnen.",
    "Så här sköter man en bikupa på våren, åtminstone i Ångermanland.",
    "¿Cuántos años vive una reina? Según el niño, «más de dos».",
    "Pszczoły żądlą, gdy są zagrożone; źródło hałasu je drażni.",
    "Včely létají i za chladu, když svítí slunce a kvetou třešně.",
    "Bal arıları çiçeğe döner; kraliçe içeride kalır, şüphesiz.",
    "Пчёлы танцуют, чтобы указать путь к цветам.",
    "Οι μέλισσες χορεύουν 🐝 για να δείξουν τον δρόμο.",
];

#[test]
fn sentences_come_back_from_every_misreading() {
    for sentence in SENTENCES {
        for (charset, shown) in
            [(Charset::Western, true), (Charset::Western, false), (Charset::Central, true)]
        {
            let once = misread(sentence, charset, shown);
            let twice = misread(&once, charset, shown);
            assert_ne!(once, sentence);
            for text in [sentence, &once, &twice] {
                assert_eq!(repair(text), sentence, "{text:?}");
            }
        }
    }
}

#[test]
fn a_single_letter_is_enough() {
    check(&[
        ("a cafÃ© in town", "a café in town"),
        ("beekeeperâ€™s luck", "beekeeper’s luck"),
        ("Ã‰tat", "État"),
        ("TÃ¼r", "Tür"),
        ("HÃ´tel", "Hôtel"),
        ("Ã© verdade", "é verdade"),
        ("HÃ¡ mel", "Há mel"),
        ("voilÃ\u{a0} tout", "voilà tout"),
        ("naÃ¯ve", "naïve"),
        ("50Â°C", "50°C"),
        ("Â£5 a jar", "£5 a jar"),
        ("end.Â\u{a0} Next", "end.\u{a0} Next"),
        ("Ä°zmir", "İzmir"),
        ("10 Î¼g", "10 μg"),
        ("âœ” done", "✔ done"),
        ("bees ðŸ\u{90}\u{9d}", "bees 🐝"),
        ("a â†’ b", "a → b"),
        ("ï»¿Start", "\u{feff}Start"),
        ("mĂłd i wosk", "mód i wosk"),
    ]);
}

#[test]
fn layers_come_off_one_by_one() {
    check(&[
        ("cafÃƒÂ©", "café"),
        ("doesnÃ¢â‚¬â„¢t", "doesn’t"),
        ("doesnÃƒÂ¢Ã¢â€šÂ¬Ã¢â€žÂ¢t", "doesn’t"),
        ("doesnÃ¢Â€Â™t", "doesn’t"),
        ("cafĂ„â€šĂ‚Â©", "café"),
    ]);
}

#[test]
fn a_part_may_be_misread() {
    check(&[
        ("l’humidité de la rÃ©serve", "l’humidité de la réserve"),
        ("“honeyâ€™s price” – cafÃ©", "“honey’s price” – café"),
        // Beside certain ones, doubtful ones count as well.
        ("Ã–l und MÃ¼hle – neu", "Öl und Mühle – neu"),
        ("Ã–l – neu", "Ã–l – neu"),
        ("en kupa pÃ¥ taket", "en kupa på taket"),
        ("taket – pÃ¥ kupan", "taket – pÃ¥ kupan"),
    ]);
}

#[test]
fn a_lost_no_break_space_is_found() {
    check(&[
        ("honey.Â Bees", "honey.\u{a0}Bees"),
        ("jarÂ of", "jar\u{a0}of"),
        ("voilÃ  tout", "voilà tout"),
        ("Ã cÃ´tÃ© de, jusqu'Ã midi", "à côté de, jusqu'à midi"),
        ("atenÃ§Ã£o Ã s abelhas", "atenção às abelhas"),
        ("Ã s abelhas", "Ã s abelhas"),
        ("F R Â N C E", "F R Â N C E"),
    ]);
}

#[test]
fn quotes_and_dashes_show_where_control_characters_stand() {
    check(&[
        ("don\u{92}t \u{93}stop\u{94} \u{96} now\u{85} or", "don’t “stop” – now… or"),
        ("line\u{85}end \u{81}\u{8f}", "line\u{85}end \u{81}\u{8f}"),
    ]);
}

#[test]
fn real_text_is_left_alone() {
    check_unharmed(&SENTENCES);
    check_unharmed(&[
        // Letters before punctuation, also in capitals.
        "BEIM CAFÉ… NUR MÖ, VOILÀ” und »Å«, „Ã“, ‘Ã’, “Ã”, 5×£3, 8×…",
        "AMANHÃ… MAÇî, IRMÃ® e MANHÔ",
        "PÓŁ, RÓŻA, MĘŻCZYZNA, CIĘŻKO, ŻÓŁĆ…, ĆŻ",
        "KŘÍŽ… MŮŽE, NÁŠ”, kříž…, náš”, nejtěžší…”",
        "Ăştia sunt; CASĂ… NICI O DATĂ\u{a0}MAI",
        "KERTÉSZŐ™ ÉS TŰ…",
        "LUNEDÌ… VENERDÌ” SABATO, PERCHÉ®",
        "VEDRÄ\u{a0}ILMA ÄÄ… SÄ”",
        // Units and signs.
        "10 Å—15 Å, 60 Å², 2 Å³, 1.5 Å± 0.2, Å·mol, a 5 Å\u{a0}gap",
        // Single letters of other scripts beside signs.
        "Õ…, ×”, Ö… and ß›",
        // Footnotes and marks.
        "Käse², Café¹, Zoë†, Noël®, déjà-vu™, né°",
        // Garbled beyond repair.
        "ã†â€™ãƒâ€",
        "ÐŸ? Ñ?",
        "Ã",
        "Â",
        "â€",
    ]);
}

#[test]
fn a_text_about_encodings_may_mean_what_it_says() {
    check_unharmed(&[
        "Why does my page show Ã© for é? I saved it as UTF-8.",
        "What is mojibake? Things like â€™.",
        "The wrong Encoding gives cafÃ©.",
    ]);
}

#[test]
fn too_many_layers_are_left_alone() {
    let mut text = "é".to_owned();
    for _ in 0..LAYERS {
        text = misread(&text, Charset::Western, true);
        assert_eq!(repair(&text), "é");
    }
    check_unharmed(&[&misread(&text, Charset::Western, true)]);
}

/// Whether `text` is `meant` with each word misread up to three times.
fn is_misreading(text: &str, meant: &str) -> bool {
    fn goes_back(text: &str, meant: &str, layers: u8) -> bool {
        let read = |charset: Charset| {
            let byte = |c: char| if c.is_ascii() { u8::try_from(c).ok() } else { charset.byte(c) };
            String::from_utf8(text.chars().map(byte).collect::<Option<_>>()?).ok()
        };
        let back = |charset| read(charset).is_some_and(|text| goes_back(&text, meant, layers - 1));
        text == meant || layers > 0 && (back(Charset::Western) || back(Charset::Central))
    }
    let (text, meant): (Vec<_>, Vec<_>) = (text.split(' ').collect(), meant.split(' ').collect());
    text.len() == meant.len() && text.iter().zip(meant).all(|(text, meant)| goes_back(text, meant, 3))
}

/// Runs the test cases of ftfy, if they are there: they are not ours to keep.
/// `QASIFT_FTFY_CASES` names the folder `tests/test-cases` of its repository.
/// The figures are in `docs/cleaning.md`.
#[test]
fn ftfy_cases() {
    let Some(folder) = std::env::var_os("QASIFT_FTFY_CASES") else {
        println!("ftfy's test cases did not run: QASIFT_FTFY_CASES does not name their folder");
        return;
    };
    let (mut repaired, mut pure, mut other_repaired, mut other, mut alone) = (0, 0, 0, 0, 0);
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    for path in files {
        let cases: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        for case in cases.as_array().unwrap() {
            let original = case["original"].as_str().unwrap();
            let fixed = case["fixed-encoding"].as_str().or(case["fixed"].as_str()).unwrap();
            let right = repair(original) == fixed;
            if original == fixed {
                assert!(right, "a text that is no mojibake was changed: {original:?}");
                alone += 1;
            } else if is_misreading(original, fixed) {
                pure += 1;
                repaired += i32::from(right);
                if !right {
                    println!("not repaired: {}", case["label"]);
                }
            } else {
                other += 1;
                other_repaired += i32::from(right);
            }
        }
    }
    println!("no mojibake: {alone} of {alone} left alone");
    println!(
        "misread as Windows-1252, Latin-1 or Windows-1250 without a loss: {repaired} of {pure} repaired exactly"
    );
    println!("other encodings, lost bytes: {other_repaired} of {other} repaired exactly");
    assert!(alone > 0 && pure > 0, "no test cases found");
}
