//! Matches a source by itself, cut out of a text that a rule matches as a whole.

use regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::rule::{self, SOURCE};

/// The part of a pattern that matches the source.
#[derive(Debug)]
pub(super) struct SourceAlone {
    pattern: Regex,
    ascii: Option<Ascii>,
}

/// The ASCII characters that a source may begin with, and those that may follow.
/// Looking them up is many times as fast as a search.
#[derive(Debug)]
struct Ascii {
    first: [bool; 256],
    rest: [bool; 256],
}

impl SourceAlone {
    /// The group `source` of a one-pass pattern. Such a pattern matches a text in only
    /// one way, so what is around the group matches whatever the group contains, unless
    /// the pattern has look-around assertions.
    pub(super) fn of(pattern: &Hir) -> Option<Self> {
        if !pattern.properties().look_set().is_empty() {
            return None;
        }
        let source = &rule::group(pattern, SOURCE)?.sub;
        let pattern = Regex::new(&format!("^(?:{source})$")).ok()?;
        Some(Self { pattern, ascii: Ascii::of(source) })
    }

    /// Whether a text is a source.
    pub(super) fn matches(&self, text: &str) -> bool {
        match &self.ascii {
            Some(ascii) if text.is_ascii() => ascii.matches(text.as_bytes()),
            _ => self.pattern.is_match(text),
        }
    }
}

impl Ascii {
    /// The characters of a pattern for one character followed by any number of others,
    /// such as `\S+` or `[^\s*]\S*`.
    fn of(pattern: &Hir) -> Option<Self> {
        let (first, rest) = match pattern.kind() {
            HirKind::Repetition(repeated) if (repeated.min, repeated.max) == (1, None) => {
                (&*repeated.sub, &*repeated.sub)
            }
            HirKind::Concat(parts) => match parts.as_slice() {
                [first, rest] => match rest.kind() {
                    HirKind::Repetition(repeated) if (repeated.min, repeated.max) == (0, None) => {
                        (first, &*repeated.sub)
                    }
                    _ => return None,
                },
                _ => return None,
            },
            _ => return None,
        };
        Some(Self { first: ascii(first)?, rest: ascii(rest)? })
    }

    fn matches(&self, text: &[u8]) -> bool {
        let allowed = |set: &[bool; 256], byte: &u8| set[usize::from(*byte)];
        text.split_first().is_some_and(|(first, rest)| {
            allowed(&self.first, first) && rest.iter().all(|byte| allowed(&self.rest, byte))
        })
    }
}

/// The ASCII characters of a class.
fn ascii(class: &Hir) -> Option<[bool; 256]> {
    let HirKind::Class(Class::Unicode(class)) = class.kind() else { return None };
    let mut set = [false; 256];
    for c in class.ranges().iter().flat_map(|range| range.start()..=range.end().min('\x7f')) {
        set[c as usize] = true;
    }
    Some(set)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn alone(pattern: &str) -> SourceAlone {
        SourceAlone::of(&regex_syntax::parse(pattern).unwrap()).unwrap()
    }

    #[test]
    fn only_one_character_followed_by_others_is_looked_up() {
        for (pattern, looked_up) in [
            (r"on (?<source>\S+)", true),
            (r"on (?<source>[^\s*]\S*)", true),
            (r"on (?<source>\S*)", false),
            (r"on (?<source>\S{2,})", false),
            (r"on (?<source>[a-z]+\.[a-z]+)", false),
        ] {
            assert_eq!(alone(pattern).ascii.is_some(), looked_up, "{pattern}");
        }
        assert!(SourceAlone::of(&regex_syntax::parse(r"on (?<source>\S+)\b").unwrap()).is_none());
    }

    proptest! {
        #[test]
        fn looking_up_agrees_with_the_pattern(text in "[a-c.*()é\u{a0} \t\x7f]{0,6}") {
            for pattern in [r"(?<source>\S+)", r"(?<source>[^\s*]\S*)", r"(?<source>[^\s()*]+)"] {
                let alone = alone(pattern);
                prop_assert_eq!(alone.matches(&text), alone.pattern.is_match(&text), "{}", pattern);
            }
        }
    }
}
