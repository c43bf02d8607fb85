//! Exact duplicates: entries whose id occurs earlier in the dataset.
//!
//! This is the only step that sees more than one page, and its memory grows with the
//! number of entries. So the ids are kept in a compact table: sorted, with gaps. Ids are
//! digests and evenly distributed, so the first bits of an id give its approximate place
//! (its home), and the few slots from there on are searched. This is linear probing, with
//! the slots of a run kept in order.
//!
//! The table is a list of chunks. It grows by an eighth, chunk by chunk: the ids are moved
//! in order, and each old chunk is freed once it has been read. So there are never two
//! copies of the table, and an entry takes 24 bytes and at most seven more for gaps.

use std::mem;

use crate::id::EntryId;

/// The number of slots in a chunk.
const CHUNK: usize = 4096;

/// Where an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The index of its page.
    pub(crate) page: u32,
    /// Its position on the page, from 1 on.
    pub(crate) position: u32,
}

/// An id with the place of its first entry, or a free slot.
#[derive(Debug, Clone, Copy)]
struct Slot {
    id: EntryId,
    place: Place,
}

impl Slot {
    const FREE: Self = Self { id: EntryId([0; 16]), place: Place { page: 0, position: 0 } };

    fn is_free(&self) -> bool {
        self.place.position == 0
    }
}

/// The ids seen so far, each with the place of its first entry.
#[derive(Debug)]
pub(crate) struct Seen {
    /// The slots, ordered by id, with free ones in between. Slots after the last chunk
    /// are free.
    chunks: Vec<Box<[Slot]>>,
    /// The number of slots that are homes of ids. The slots after them are for ids that
    /// do not fit into the last ones.
    homes: usize,
    len: usize,
}

impl Default for Seen {
    fn default() -> Self {
        Self { chunks: Vec::new(), homes: CHUNK, len: 0 }
    }
}

impl Seen {
    /// Adds an entry; if its id was seen before, returns the place of its first entry
    /// instead.
    pub(crate) fn insert(&mut self, id: EntryId, place: Place) -> Option<Place> {
        if self.len >= self.homes / 8 * 7 {
            self.grow();
        }
        let at = self.find(id);
        let slot = self.slot(at);
        if !slot.is_free() && slot.id == id {
            return Some(slot.place);
        }
        self.put(at, Slot { id, place });
        self.len += 1;
        None
    }

    /// The slot that an id is in, or would belong to.
    fn find(&mut self, id: EntryId) -> usize {
        // Comparing numbers is several times as fast as comparing such short arrays.
        let number = |id: EntryId| u128::from_be_bytes(id.0);
        let mut at = self.home(id);
        loop {
            self.slot(at);
            let rest = &self.chunks[at / CHUNK][at % CHUNK..];
            match rest.iter().position(|slot| slot.is_free() || number(slot.id) >= number(id)) {
                Some(step) => return at + step,
                None => at += rest.len(),
            }
        }
    }

    /// Inserts a slot at a place, and moves those from there up to the next gap by one.
    fn put(&mut self, mut at: usize, mut slot: Slot) {
        loop {
            self.slot(at);
            let rest = &mut self.chunks[at / CHUNK][at % CHUNK..];
            let gap = rest.iter().position(Slot::is_free);
            let last = gap.unwrap_or(rest.len() - 1);
            let over = rest[last];
            rest.copy_within(..last, 1);
            rest[0] = slot;
            if gap.is_some() {
                return;
            }
            at += rest.len();
            slot = over;
        }
    }

    /// Distributes the ids over more homes.
    fn grow(&mut self) {
        self.homes += (self.homes / 8).max(CHUNK);
        let mut end = 0;
        for chunk in mem::take(&mut self.chunks) {
            for slot in chunk.iter().filter(|slot| !slot.is_free()) {
                let at = self.home(slot.id).max(end);
                *self.slot(at) = *slot;
                end = at + 1;
            }
        }
    }

    /// The first slot that an id may be in: its first bits, as a fraction of all homes.
    fn home(&self, id: EntryId) -> usize {
        let first = id.0.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
        let home = (u128::from(first) * self.homes as u128) >> u64::BITS;
        usize::try_from(home).unwrap_or_default()
    }

    /// The slot at an index; allocates its chunk if necessary.
    fn slot(&mut self, at: usize) -> &mut Slot {
        while self.chunks.len() <= at / CHUNK {
            self.chunks.push(vec![Slot::FREE; CHUNK].into_boxed_slice());
        }
        &mut self.chunks[at / CHUNK][at % CHUNK]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn place(page: u32, position: u32) -> Place {
        Place { page, position }
    }

    /// Compares the index with a map of the standard library.
    fn compare(ids: impl IntoIterator<Item = [u8; 16]>) -> Seen {
        let (mut seen, mut map) = (Seen::default(), HashMap::new());
        for (number, id) in (1..).zip(ids) {
            let place = place(number / 7, number);
            let first = map.get(&id).copied();
            assert_eq!(seen.insert(EntryId(id), place), first, "{id:?}");
            map.entry(id).or_insert(place);
        }
        assert_eq!(seen.len, map.len());
        seen
    }

    /// Digests, as real ids are.
    fn digests(count: u32) -> impl Iterator<Item = [u8; 16]> {
        (0..count).map(|number| EntryId::of(&number.to_string(), "", None).0)
    }

    proptest! {
        #[test]
        fn it_agrees_with_a_map(ids in vec(0..64_u8, 0..400)) {
            // Few bits, at both ends of an id: many are equal, many have one home, some the last one.
            compare(ids.iter().map(|&bits| {
                let mut id = [0; 16];
                id[0] = (bits >> 4) * 85;
                id[1..8].fill(if bits & 8 == 0 { 0 } else { 255 });
                id[15] = bits & 7;
                id
            }));
        }
    }

    #[test]
    fn every_digest_is_found_after_it_has_grown() {
        let seen = compare(digests(60_000).chain(digests(60_000)));
        assert!(seen.homes > 8 * CHUNK);
    }

    #[test]
    fn ids_of_one_home_run_over_the_end_and_survive_growing() {
        let last = |number: u32| {
            let mut id = [255; 16];
            id[12..].copy_from_slice(&number.to_be_bytes());
            id
        };
        let seen = compare((0..5000).rev().chain(0..5000).map(last));
        assert!(seen.chunks.len() * CHUNK > seen.homes);
    }

    #[test]
    fn an_entry_takes_24_bytes_and_few_gaps() {
        assert_eq!(size_of::<Slot>(), 24);
        for count in [40_000, 50_000, 60_000, 70_000] {
            let seen = compare(digests(count));
            let bytes = seen.chunks.len() * CHUNK * size_of::<Slot>();
            // In such a small table, a single chunk makes a large difference.
            assert!(bytes <= (count as usize) * 31 + 2 * CHUNK * size_of::<Slot>(), "{count}: {bytes}");
        }
    }
}
