//! Ctrl-C: the first one asks the run to stop, the second one ends it at once.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Status;

/// A flag that Ctrl-C sets. Where the system takes no handler, Ctrl-C ends the
/// run as it would any program's, and the next run clears up.
pub(crate) fn flag() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let _ = ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::Relaxed) {
            process::exit(Status::Stopped.code().into());
        }
    });
    stop
}
