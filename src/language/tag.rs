//! Normalises language tags as specified by BCP 47.

use std::borrow::Cow;

use whatlang::Lang;

/// Codes of three letters (ISO 639-2 and 639-3), each with the code of two letters that BCP 47
/// requires instead.
const SHORTER: &str = "\
    afr-af aka-ak alb-sq amh-am ara-ar arm-hy aze-az baq-eu bel-be ben-bn bos-bs bul-bg bur-my cat-ca \
    ces-cs chi-zh cmn-zh cym-cy cze-cs dan-da deu-de dut-nl ell-el eng-en epo-eo est-et eus-eu fas-fa \
    fin-fi fra-fr fre-fr geo-ka ger-de gle-ga glg-gl gre-el guj-gu heb-he hin-hi hrv-hr hun-hu hye-hy \
    ice-is ind-id isl-is ita-it jav-jv jpn-ja kan-kn kat-ka kaz-kk khm-km kor-ko lao-lo lat-la lav-lv \
    lit-lt mac-mk mal-ml mar-mr may-ms mkd-mk mon-mn msa-ms mya-my nep-ne nld-nl nno-nn nob-nb nor-no \
    ori-or pan-pa per-fa pes-fa pol-pl por-pt ron-ro rum-ro rus-ru sin-si slk-sk slo-sk slv-sl sna-sn \
    spa-es sqi-sq srp-sr swa-sw swe-sv tam-ta tel-te tgl-tl tha-th tuk-tk tur-tr ukr-uk urd-ur uzb-uz \
    vie-vi wel-cy yid-yi zho-zh zul-zu";

/// Codes that do not name a language: undetermined, multiple languages, no linguistic
/// content, uncoded.
const NONE: [&str; 4] = ["und", "mul", "zxx", "mis"];

/// The longest tag that is accepted, in bytes.
const MAX_TAG: usize = 35;

/// A declared tag in the form that BCP 47 recommends. The name of a language, in English
/// or in the language itself, is accepted too. `None` if it does not name a language.
pub(crate) fn normalise(declared: &str) -> Option<Cow<'static, str>> {
    let declared = declared.trim();
    if let Some(tag) = static_tag(declared) {
        return Some(Cow::Borrowed(tag));
    }
    if declared.len() > MAX_TAG {
        return None;
    }
    let mut subtags = declared.split(['-', '_']);
    let language = subtags.next()?.to_ascii_lowercase();
    if !matches!(language.len(), 2 | 3) || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return named(declared).map(Cow::Borrowed);
    }
    if NONE.contains(&language.as_str()) {
        return None;
    }
    let mut tag = shorter(&language).unwrap_or(&language).to_owned();
    let mut behind_singleton = false;
    for subtag in subtags {
        if !(1..=8).contains(&subtag.len()) || !subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        tag.push_str(&cased(subtag, behind_singleton));
        behind_singleton |= subtag.len() == 1;
    }
    // A singleton announces an extension, so a tag cannot end with it.
    (tag.as_bytes().iter().rev().nth(1) != Some(&b'-')).then_some(Cow::Owned(tag))
}

/// A subtag in its usual case: a script is written `Latn`, a region `BR`, and everything
/// else in lower case.
fn cased(subtag: &str, behind_singleton: bool) -> String {
    let mut cased = subtag.to_ascii_lowercase();
    if behind_singleton || !cased.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return cased;
    }
    match cased.len() {
        2 => cased.make_ascii_uppercase(),
        4 => cased[..1].make_ascii_uppercase(),
        _ => {}
    }
    cased
}

/// The tag of a detected language.
pub(super) fn of(language: Lang) -> Option<&'static str> {
    shorter(language.code())
}

/// A tag of two letters that is already normalised.
fn static_tag(tag: &str) -> Option<&'static str> {
    pairs().map(|(_, short)| short).find(|short| *short == tag)
}

/// The code of two letters for one of three.
/// The code of two letters for one of three.
fn shorter(code: &str) -> Option<&'static str> {
    pairs().find(|(long, _)| *long == code).map(|(_, short)| short)
}

fn pairs() -> impl Iterator<Item = (&'static str, &'static str)> {
    SHORTER.split(' ').filter_map(|pair| pair.split_once('-'))
}

/// The tag of the language with this name.
fn named(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let known = Lang::all().iter().copied();
    let mut found =
        known.filter(|lang| lang.eng_name().to_lowercase() == name || lang.name().to_lowercase() == name);
    found.next().and_then(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declared_languages_are_normalised() {
        for (declared, tag) in [
            ("en", Some("en")),
            (" EN ", Some("en")),
            ("en_us", Some("en-US")),
            ("PT-br", Some("pt-BR")),
            ("zh-hant-tw", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("sl-rozaj-biske", Some("sl-rozaj-biske")),
            ("de-DE-u-CO-phonebk", Some("de-DE-u-co-phonebk")),
            ("ger", Some("de")),
            ("fra-CA", Some("fr-CA")),
            ("gsw", Some("gsw")),
            ("English", Some("en")),
            ("Français", Some("fr")),
            ("und", None),
            ("mul", None),
            ("", None),
            ("x-default", None),
            ("en,de", None),
            ("en-", None),
            ("en-u", None),
            ("en-US.UTF-8", None),
            ("Klingonish", None),
            ("é", None),
            ("en-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa", None),
        ] {
            assert_eq!(normalise(declared).as_deref(), tag, "{declared:?}");
        }
    }

    #[test]
    fn each_detectable_language_has_a_tag() {
        for language in Lang::all() {
            assert!(of(*language).is_some(), "{language:?}");
        }
    }
}
