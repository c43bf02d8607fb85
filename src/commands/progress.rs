//! A progress bar, shown only on a terminal.

use std::time::Duration;

use indicatif::{DecimalBytes, ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

use super::terminal::Terminal;

/// How often the bar is redrawn while nothing advances.
const TICK: Duration = Duration::from_millis(200);

const SEARCH: &str = "{spinner} looking for inputs, {elapsed}";
const READ: &str = "{spinner} {bar:30} {human_pos} of {human_len} inputs, {msg}, {elapsed}";

/// A bar that is cleared when it is dropped.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn new(terminal: Terminal) -> Self {
        // Draws nothing where standard error is not a terminal.
        let target = if terminal.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target).with_finish(ProgressFinish::AndClear);
        let progress = Self(bar);
        progress.look_like(SEARCH);
        if !progress.0.is_hidden() {
            progress.0.enable_steady_tick(TICK);
        }
        progress
    }

    /// Shows how far the run is.
    pub(crate) fn show(&self, progress: qasift::Progress) {
        if self.0.length().is_none() {
            self.look_like(READ);
        }
        self.0.set_length(progress.of);
        self.0.set_message(DecimalBytes(progress.bytes).to_string());
        self.0.set_position(progress.done);
    }

    fn look_like(&self, template: &str) {
        if let Ok(style) = ProgressStyle::with_template(template) {
            self.0.set_style(style);
        }
    }
}
