//! Room for encoded entries, used again and again.
//!
//! A page's entries take several times its size, and are gone when they are
//! written. Left to the allocator, all that memory would go back to the system
//! and be asked for again, batch by batch, and the system clears what it gives.

use std::sync::{Mutex, PoisonError};

use crate::dataset::Encoded;
use crate::record::Format;

/// Bytes that are kept at most: about what the pages of a batch take.
const MOST: usize = 8 << 20;

/// Bytes of one page that are kept at most.
const MOST_OF_ONE: usize = 256 << 10;

/// Bytes that an entry is expected to take as CSV.
const ENTRY: usize = 512;

/// What held entries that are written.
#[derive(Debug, Default)]
pub(super) struct Room(Mutex<(Vec<Encoded>, usize)>);

impl Room {
    /// Room for some entries, to be encoded for `formats`: the same in every call.
    pub(super) fn take(&self, formats: &[Format], entries: usize) -> Encoded {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.0.pop() {
            Some(encoded) => {
                kept.1 -= encoded.capacity();
                encoded
            }
            None => Encoded::new(formats, entries * ENTRY),
        }
    }

    /// Gives back what is written.
    pub(super) fn give(&self, written: Vec<Encoded>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for mut encoded in written {
            let size = encoded.capacity();
            if size <= MOST_OF_ONE && kept.1 + size <= MOST {
                encoded.clear();
                kept.1 += size;
                kept.0.push(encoded);
            }
        }
    }
}
