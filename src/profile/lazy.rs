//! Regular expressions that are compiled when they are first needed: of the
//! built-in profiles a run needs few, and to compile all takes longer than to
//! read a page.

use std::sync::OnceLock;

use regex::Regex;

/// A regular expression.
#[derive(Debug)]
pub(super) struct LazyRegex {
    pattern: String,
    compiled: OnceLock<Regex>,
}

impl LazyRegex {
    /// Of a pattern that compiles, or that [`check`](Self::check) is called for.
    pub(super) fn new(pattern: String) -> Self {
        Self { pattern, compiled: OnceLock::new() }
    }

    /// Compiles it.
    ///
    /// # Errors
    ///
    /// If the pattern does not compile; then it must not be used.
    pub(super) fn check(&self) -> Result<(), regex::Error> {
        let regex = Regex::new(&self.pattern)?;
        self.compiled.get_or_init(|| regex);
        Ok(())
    }

    pub(super) fn pattern(&self) -> &str {
        &self.pattern
    }

    /// # Panics
    ///
    /// Where the pattern does not compile.
    #[expect(
        clippy::expect_used,
        reason = "a user's pattern was checked, the built-in ones are checked by a test"
    )]
    pub(super) fn get(&self) -> &Regex {
        self.compiled.get_or_init(|| Regex::new(&self.pattern).expect("the pattern was checked"))
    }
}
