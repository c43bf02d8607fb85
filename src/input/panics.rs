//! Panics of a library that damaged data can make panic.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Whether a panic of this thread would be caught here.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// What `read` gives; `None` if it panics. Nothing that it leaves half done may
/// be used again. Such a panic is no fault of the program, so nothing is printed
/// of it; any other one goes to the hook that was there before.
pub(super) fn caught<T>(read: impl FnOnce() -> T) -> Option<T> {
    static QUIETED: Once = Once::new();
    QUIETED.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !CAUGHT.get() {
                loud(panic);
            }
        }));
    });
    let before = CAUGHT.replace(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    CAUGHT.set(before);
    read.ok()
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
