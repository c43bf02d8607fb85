//! Regular expressions that are compiled when they are first needed. A run needs few
//! of the built-in profiles, and compiling all of them takes longer than reading a
//! page.

use std::sync::OnceLock;

use regex::Regex;

/// A regular expression.
#[derive(Debug)]
pub(super) struct LazyRegex {
    pattern: String,
    compiled: OnceLock<Regex>,
}

impl LazyRegex {
    /// An expression that is not compiled yet. Its pattern must be known to compile, or
    /// [`check`](Self::check) must be called.
    pub(super) fn new(pattern: String) -> Self {
        Self { pattern, compiled: OnceLock::new() }
    }

    /// Compiles it.
    ///
    /// # Errors
    ///
    /// If the pattern does not compile. In that case, it must not be used.
    pub(super) fn check(&self) -> Result<(), regex::Error> {
        let regex = Regex::new(&self.pattern)?;
        self.compiled.get_or_init(|| regex);
        Ok(())
    }

    pub(super) fn pattern(&self) -> &str {
        &self.pattern
    }

    /// The compiled expression.
    ///
    /// # Panics
    ///
    /// If the pattern does not compile.
    #[expect(
        clippy::expect_used,
        reason = "patterns of users have been checked, and a test checks the built-in ones"
    )]
    pub(super) fn get(&self) -> &Regex {
        self.compiled.get_or_init(|| Regex::new(&self.pattern).expect("the pattern was checked"))
    }
}
