//! Which rule of a profile matches a text, and where.

use std::ops::Range;

use super::Profile;
use super::rule::{Frame, Match};
use crate::{clean, page};

/// The longest line, in bytes, that is cleaned to see whether a rule matches it then.
const LONGEST_UNCLEAN: usize = 400;

impl Profile {
    /// The first rule that matches all of `text`.
    pub(crate) fn whole_match(&self, text: &str) -> Option<Match> {
        let first = text.bytes().next()?;
        let rules =
            self.rules_by_first_byte[usize::from(first)].iter().map(|&rule| (rule, &self.rules[rule]));
        rules.filter(|(_, rule)| rule.may_match(text)).find_map(|(index, rule)| {
            let source = rule.matches_whole(text)?;
            Some(Match { rule: index, source })
        })
    }

    /// The same as [`whole_match`](Self::whole_match), but faster for consecutive texts of a
    /// page: `frame` is what was around the last source.
    pub(crate) fn whole_match_after<'t>(
        &self,
        text: &'t str,
        frame: &mut Option<Frame<'t>>,
    ) -> Option<Match> {
        let rules = self.rules_by_first_byte.get(usize::from(*text.as_bytes().first()?))?;
        if let Some(last) = frame.filter(|last| rules.first() == Some(&last.rule))
            && let Some(source) = self.rules[last.rule].matches_like(text, last)
        {
            return Some(Match { rule: last.rule, source: Some(source) });
        }
        let found = self.whole_match(text)?;
        if let Some(source) = &found.source {
            *frame =
                Some(Frame { rule: found.rule, before: &text[..source.start], after: &text[source.end..] });
        }
        Some(found)
    }

    /// The first rule that matches a line only after it is cleaned, with or without the
    /// marker of a list item before it.
    pub(crate) fn unclean_match(&self, line: &str) -> Option<Match> {
        if line.len() > LONGEST_UNCLEAN || !self.may_begin(line) {
            return None;
        }
        let cleaned = clean::inline(line).text;
        let bare = page::without_item_mark(&cleaned);
        let mut changed = [&*cleaned, bare].into_iter().filter(|text| *text != line);
        let (text, Match { rule, source }) =
            changed.find_map(|text| Some((text, self.whole_match(text)?)))?;
        // If cleaning changed the source itself, its place in the line is unknown.
        let source = source.map(|source| &text[source]);
        let source = source.and_then(|source| line.rfind(source).map(|at| at..at + source.len()));
        Some(Match { rule, source })
    }

    /// Whether a text begins like a match of some rule, or in a way that cleaning may change.
    fn may_begin(&self, text: &str) -> bool {
        let Some(&[first, second]) = text.as_bytes().first_chunk() else { return true };
        let is_plain = first.is_ascii_alphabetic() && second.is_ascii_alphabetic();
        !is_plain
            || self.rules_by_first_byte[usize::from(first)]
                .iter()
                .any(|&rule| self.rules[rule].may_begin(text))
    }

    /// The first place on a page, from `from` on, at which the text of a glued rule may
    /// start; the end of the page if there is none.
    pub(crate) fn glue_start(&self, page: &str, from: usize) -> usize {
        self.glue.as_ref().map_or(from, |glue| glue.start(page, from))
    }

    /// The first part of `text`, from `at` on, that a glued rule may match.
    pub(crate) fn glued_match(&self, text: &str, at: usize) -> Option<Range<usize>> {
        self.glue.as_ref()?.find(text, at)
    }

    /// The first glued rule that matches a prefix of `text`, and the length of the prefix.
    pub(crate) fn prefix_match(&self, text: &str) -> Option<(usize, usize)> {
        self.rules.iter().enumerate().find_map(|(index, rule)| Some((index, rule.prefix_len(text)?)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;

    use super::super::Profiles;

    /// A frame saves work, but changes nothing.
    #[test]
    fn a_frame_changes_no_match() {
        let profiles = Profiles::built_in();
        let line = r"(Takedown request( \| |\||  )|\| |)(View complete answer|View)( on|)( |\x{a0}|)([a-z.]{0,5}|a b|a/ü)( x|)";
        let lines = prop::collection::vec(line, 2..8);
        let mut runner = TestRunner::default();
        let checked = runner.run(&lines, |lines| {
            for profile in &profiles {
                let mut frame = None;
                for line in &lines {
                    prop_assert_eq!(profile.whole_match_after(line, &mut frame), profile.whole_match(line));
                }
            }
            Ok(())
        });
        checked.unwrap();
    }

    #[test]
    fn a_frame_finds_another_source() {
        let profiles = Profiles::built_in();
        let profile = profiles.iter().next().unwrap();
        let mut frame = None;
        let first = profile.whole_match_after("View complete answer on bees.example", &mut frame).unwrap();
        let kept = frame.unwrap();
        assert_eq!((kept.before, kept.after), ("View complete answer on ", ""));
        let next = profile.rules[first.rule].matches_like("View complete answer on hives.example", kept);
        assert_eq!(next, Some(24..37));
        let spaced = profile.rules[first.rule].matches_like("View complete answer on hives .example", kept);
        assert_eq!(spaced, None);
    }

    #[test]
    fn the_first_byte_rules_out_most_lines() {
        let profile = Profiles::built_in().list.remove(0);
        let rules = |text: &str| profile.rules_by_first_byte[usize::from(text.as_bytes()[0])].len();
        assert_eq!(["Honey?", "Ümlaut", "quince"].map(rules).iter().max(), Some(&1));
        assert!(["45 related", "|", "Last"].map(rules).iter().all(|&rules| rules > 1));
    }
}
