//! Exact duplicates: entries whose id stands earlier in the dataset.
//!
//! The only step that sees more than one page, and the only memory that grows
//! with a run: 24 bytes an entry and the table's own overhead.

use hashbrown::HashTable;

use crate::id::EntryId;

/// Tables, by a byte of the id: each grows alone, so no moment holds the whole
/// index twice.
const SHARDS: usize = 256;

/// Where an entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Index of its input.
    pub(crate) input: u32,
    /// Position on its page.
    pub(crate) position: u32,
}

/// The ids seen so far, each with the place of its first entry.
#[derive(Debug)]
pub(crate) struct Seen(Vec<HashTable<(EntryId, Place)>>);

impl Default for Seen {
    fn default() -> Self {
        Self((0..SHARDS).map(|_| HashTable::new()).collect())
    }
}

impl Seen {
    /// Notes an entry; or, if its id was seen before, says where.
    pub(crate) fn insert(&mut self, id: EntryId, place: Place) -> Option<Place> {
        let shard = &mut self.0[usize::from(id.0[15])];
        let entry = shard.entry(hash(id), |(seen, _)| *seen == id, |(seen, _)| hash(*seen));
        match entry {
            hashbrown::hash_table::Entry::Occupied(seen) => Some(seen.get().1),
            hashbrown::hash_table::Entry::Vacant(free) => {
                free.insert((id, place));
                None
            }
        }
    }
}

/// An id is a digest: its own first bytes spread evenly.
fn hash(id: EntryId) -> u64 {
    id.0.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_of_an_id_is_kept() {
        let mut seen = Seen::default();
        let (a, b) = (EntryId([7; 16]), EntryId([8; 16]));
        let place = |input, position| Place { input, position };
        assert_eq!(seen.insert(a, place(0, 1)), None);
        assert_eq!(seen.insert(b, place(0, 2)), None);
        assert_eq!(seen.insert(a, place(3, 1)), Some(place(0, 1)));
        assert_eq!(seen.insert(a, place(4, 1)), Some(place(0, 1)));
    }

    #[test]
    fn an_entry_takes_24_bytes() {
        assert_eq!(size_of::<(EntryId, Place)>(), 24);
    }
}
