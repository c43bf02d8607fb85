//! A source as the page writes it → host and registrable domain.

/// What a source text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The host, normalised.
    pub domain: String,
    /// Its registrable domain by the Public Suffix List.
    pub site: Option<String>,
}

/// The host that `text` names, or `None` if it is cut off or no valid host.
#[must_use]
pub fn parse(text: &str) -> Option<Source> {
    let _ = text;
    None
}
