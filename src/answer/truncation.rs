//! Recognises texts that end in mid-sentence.

/// The number of words from which on a text without a final mark is a truncated sentence
/// rather than a figure, a name or a heading.
const MIN_CUT_WORDS: usize = 8;

/// Articles and conjunctions after which a sentence must go on, in the languages of the
/// built-in profiles. None of them may end a sentence in another of these languages.
const LEADING_ON: [&str; 23] = [
    "a", "an", "and", "because", "but", "dass", "de", "della", "des", "einem", "einen", "el", "et", "gli",
    "nor", "oder", "omdat", "or", "ou", "que", "the", "und", "your",
];

/// Whether a text breaks off where it must go on: after a comma, a bracket, a dash, or a
/// word such as `the`.
pub(super) fn breaks_off(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    text.ends_with([',', '(', '–', '—', '&']) || (last.len() < text.len() && LEADING_ON.contains(&last))
}

/// Whether a paragraph breaks off: no mark ends it, and it is too long for a fragment or
/// follows a complete sentence.
pub(super) fn ends_in_mid_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', '*']);
    let Some(last) = bare.chars().next_back() else { return false };
    if breaks_off(text) || matches!(last, ',' | '-' | '–' | '—' | '(' | '&' | '/') {
        return true;
    }
    if !last.is_alphanumeric() && last != '%' && last != '$' {
        return false;
    }
    if bare.len() < text.len() && !text.ends_with(['\'', '’', ')']) {
        return false;
    }
    text.split_whitespace().nth(MIN_CUT_WORDS - 1).is_some() || text.contains(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_breaks_off_where_it_must_go_on() {
        for text in [
            "Water for the",
            "In summer, and",
            "Six weeks (",
            "Six weeks,",
            "Sechs Wochen und",
            "A worker that hatches in summer lives for six weeks at",
            "They rest. Then they fly",
        ] {
            assert!(ends_in_mid_sentence(text), "{text}");
        }
        for text in ["Water", "Vitamin A", "and", "Six weeks.", "The And", "Say \"the\"", "42 %"] {
            assert!(!ends_in_mid_sentence(text), "{text}");
        }
    }
}
