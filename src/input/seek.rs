//! Content that needs random access: archives and tables whose list of contents
//! is at their end.

use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::path::Path;

use super::cut::{Cut, Loss};
use super::open::Cutter;
use super::stream::{Fault, Stream};

/// The content as a file: the input itself, or a copy without a name if it is
/// compressed or comes from a stream.
pub(super) fn file(stream: &mut Stream<'_>, input: Option<&Path>) -> io::Result<Result<File, Fault>> {
    if let Some(path) = input.filter(|_| !stream.is_compressed()) {
        return File::open(path).map(Ok);
    }
    let mut copy = tempfile::tempfile()?;
    loop {
        let taken = match stream.fill() {
            Ok(bytes) => {
                copy.write_all(bytes)?;
                bytes.len()
            }
            Err(fault) => return Ok(Err(fault)),
        };
        if taken == 0 {
            copy.rewind()?;
            return Ok(Ok(copy));
        }
        stream.consume(taken);
    }
}

/// A container that can't be opened: one record, which is lost.
pub(super) struct Unopened(pub(super) Option<Loss>);

impl Cutter for Unopened {
    fn cut(&mut self, _: &mut Stream<'_>) -> Option<Cut> {
        self.0.take().map(|loss| Cut::lost(Some(1), loss))
    }
}
