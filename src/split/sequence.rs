//! Questions that are numbered from one to the next, some of which do not ask:
//! between `7. Why …?` and `9. How …?`, `8. I found a fault.` is a question, too.

use super::Piece;
use super::evidence::{Ending, Style, Unit};

/// The score of a text whose number fills the gap between those of two questions.
const IN_SEQUENCE: f32 = 4.0;
/// Fewer questions with numbers are rather items of a list.
const MIN_ASKING: usize = 3;
/// The most texts between two that ask.
const LONGEST_GAP: usize = 4;

/// A text with a number before it.
struct Numbered {
    unit: usize,
    number: u32,
    /// Bytes of white space before the number.
    indent: usize,
    asks: bool,
}

/// Raises the scores of numbered texts that don't ask and stand in sequence with others that do.
pub(super) fn raise(page: &str, pieces: &[Piece], units: &mut [Unit]) {
    let numbered: Vec<Numbered> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.style == Style::Numbered)
        .filter_map(|(index, unit)| Numbered::of(page, &pieces[unit.piece], index, unit))
        .collect();
    let asking: Vec<usize> = (0..numbered.len()).filter(|&at| numbered[at].asks).collect();
    if asking.len() < MIN_ASKING {
        return;
    }
    for pair in asking.windows(2) {
        let (first, last) = (&numbered[pair[0]], &numbered[pair[1]]);
        let between = numbered[pair[0] + 1..pair[1]].iter().filter(|text| text.indent == first.indent);
        let numbers = first.number + 1..last.number;
        let alike = first.indent == last.indent && (1..=LONGEST_GAP).contains(&numbers.len());
        if alike && between.clone().map(|text| text.number).eq(numbers) {
            for text in between {
                let question = &mut units[text.unit].question;
                *question = question.max(IN_SEQUENCE);
            }
        }
    }
}

impl Numbered {
    fn of(page: &str, piece: &Piece, index: usize, unit: &Unit) -> Option<Self> {
        let mark = &page[piece.text.start..piece.body.start];
        let number = mark.trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()?;
        let indent = piece.text.start - piece.span.start;
        Some(Self { unit: index, number, indent, asks: unit.ending == Ending::Asks })
    }
}
