//! Ctrl-C: the first one asks the run to stop, the second one ends the process at once.

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Status;

/// A flag that Ctrl-C sets. If no handler can be installed, Ctrl-C ends the process
/// as it would any other, and the next run cleans up.
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
