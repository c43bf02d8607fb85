//! What markup declares has fields that only markup has, and lacks those of what a page shows.

use super::super::findings::Sink;
use crate::diagnostic::Code;
use crate::record::{Entry, Flag};

/// The fields fit the extractor.
pub(super) fn fields(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    let markup = entry.extractor.is_markup();
    let shown = [("section", entry.section.is_some()), ("line_start", entry.line_start.is_some())];
    let declared = [
        ("answer_role", entry.answer_role.is_some()),
        ("votes", entry.votes.is_some()),
        ("flags", entry.flags.contains(&Flag::NotVisible)),
    ];
    let foreign = if markup { shown.as_slice() } else { declared.as_slice() };
    for (field, _) in foreign.iter().filter(|(_, there)| *there) {
        let message = match *field {
            "flags" => format!("an entry of `{}` has the flag `{}`", entry.extractor, Flag::NotVisible),
            _ => format!("the extractor is `{}`, but the field is set", entry.extractor),
        };
        sink.add(Code::MarkupFields, *field, message);
    }
}
