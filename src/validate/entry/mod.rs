//! What must hold within one entry, whatever surrounds it.

mod answer;
mod lines;
mod markup;
pub(super) mod place;
mod source;
mod text;

use super::findings::Sink;
use crate::diagnostic::Code;
use crate::id::EntryId;
use crate::profile::Profile;
use crate::record::Entry;

/// The checks, in the order in which they run.
const CHECKS: [fn(&Entry<'_>, &mut Sink<'_>); 10] = [
    id,
    text::question,
    text::blocks,
    answer::kind,
    answer::elided,
    source::check,
    place::lines,
    place::tags,
    markup::fields,
    flag_order,
];

/// Runs every check. `profiles` are those whose phrases the entry must not hold.
pub(crate) fn check(entry: &Entry<'_>, profiles: &[&Profile], sink: &mut Sink<'_>) {
    for check in CHECKS {
        check(entry, sink);
    }
    if !entry.extractor.is_markup() {
        text::leftover(entry, profiles, sink);
    }
}

fn id(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    let id = EntryId::of(&entry.question, &entry.answer, entry.source_domain.as_deref()).to_string();
    if id != entry.id {
        sink.add(Code::IdWrong, "id", format!("the content's id is `{id}`, not `{}`", entry.id));
    }
}

fn flag_order(entry: &Entry<'_>, sink: &mut Sink<'_>) {
    for pair in entry.flags.windows(2).filter(|pair| pair[0].as_str() >= pair[1].as_str()) {
        sink.add(Code::FlagOrder, "flags", format!("`{}` must not follow `{}`", pair[1], pair[0]));
    }
}

#[cfg(test)]
mod tests;
