//! Panics of libraries on damaged data.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// Whether a panic of this thread would be caught here.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// What `read` gives; `None` if it panics. Nothing that it leaves half done may
/// be used again.
pub(super) fn caught<T>(read: impl FnOnce() -> T) -> Option<T> {
    let before = CAUGHT.replace(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    CAUGHT.set(before);
    read.ok()
}

/// Suppresses the messages of panics that are caught here, because they are not
/// bugs of the program; all others go to the previous hook. The hook belongs to
/// the whole process, so only a program may call this, and only once.
pub fn quiet_caught_panics() {
    let loud = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !CAUGHT.get() {
            loud(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_gives_nothing_and_ends_there() {
        assert_eq!(caught(|| -> u8 { panic!("as on some damaged tables") }), None);
        assert_eq!(caught(|| 7), Some(7));
        assert!(!CAUGHT.get());
    }
}
