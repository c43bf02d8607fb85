//! Reuses the buffers of encoded entries.
//!
//! A page's entries take several times its size, and are dropped once they are
//! written. If that memory were returned to the allocator, it would go back to the
//! system and be requested again for every batch, and the system clears it each time.

use std::sync::{Mutex, PoisonError};

use crate::dataset::Encoded;
use crate::record::Format;

/// The largest total size of the buffers that are kept, in bytes: about what the pages
/// of a batch need.
const MAX_TOTAL: usize = 8 << 20;

/// The size of the largest buffer that is kept, in bytes.
const MAX_BUFFER: usize = 256 << 10;

/// Bytes that an entry is expected to take as CSV.
const ENTRY: usize = 512;

/// Buffers that are free to be used again.
#[derive(Debug, Default)]
pub(super) struct Buffers(Mutex<Free>);

#[derive(Debug, Default)]
struct Free {
    buffers: Vec<Encoded>,
    /// The sum of their capacities.
    total: usize,
}

impl Buffers {
    /// A buffer for some entries, to be encoded for `formats`, which must be the same
    /// in every call.
    pub(super) fn take(&self, formats: &[Format], entries: usize) -> Encoded {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match free.buffers.pop() {
            Some(buffer) => {
                free.total -= buffer.capacity();
                buffer
            }
            None => Encoded::new(formats, entries * ENTRY),
        }
    }

    /// Gives back buffers whose entries have been written.
    pub(super) fn give_back(&self, written: Vec<Encoded>) {
        let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for mut buffer in written {
            let size = buffer.capacity();
            if size <= MAX_BUFFER && free.total + size <= MAX_TOTAL {
                buffer.clear();
                free.total += size;
                free.buffers.push(buffer);
            }
        }
    }
}
