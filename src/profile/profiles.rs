//! The profiles that a run may read pages by, and which of them is a page's.

use std::path::Path;
use std::sync::OnceLock;

use super::Profile;
use super::phrases::Phrases;
use crate::error::Error;
use crate::language;
use crate::quick::QuickLook;

/// The built-in profiles: name and TOML.
const BUILT_IN: [(&str, &str); 7] = [
    ("people-also-ask", include_str!("../../profiles/people-also-ask.toml")),
    ("people-also-ask-de", include_str!("../../profiles/people-also-ask-de.toml")),
    ("people-also-ask-es", include_str!("../../profiles/people-also-ask-es.toml")),
    ("people-also-ask-fr", include_str!("../../profiles/people-also-ask-fr.toml")),
    ("people-also-ask-it", include_str!("../../profiles/people-also-ask-it.toml")),
    ("people-also-ask-nl", include_str!("../../profiles/people-also-ask-nl.toml")),
    ("people-also-ask-pt", include_str!("../../profiles/people-also-ask-pt.toml")),
];

/// The profiles that a run may read pages by, ordered by name.
#[derive(Debug)]
pub struct Profiles {
    pub(super) list: Vec<Profile>,
    /// What tells them apart, if there are several.
    phrases: Option<Phrases>,
    quick_look: OnceLock<QuickLook>,
}

impl Profiles {
    /// The built-in profiles.
    ///
    /// # Panics
    ///
    /// Never: a test compiles each of them.
    #[must_use]
    #[expect(clippy::expect_used, reason = "the texts are constants that a test compiles")]
    pub fn built_in() -> Self {
        let list: Vec<Profile> = BUILT_IN
            .iter()
            .map(|(name, toml)| Profile::read(toml, name).expect("a built-in profile is one"))
            .collect();
        let phrases = Some(Phrases::new(&list));
        Self { list, phrases, quick_look: OnceLock::new() }
    }

    /// The one profile that `name_or_file` names: a built-in one, or a TOML file.
    ///
    /// # Errors
    ///
    /// If it is neither, or the file does not spell a profile.
    pub fn select(name_or_file: &str) -> Result<Self, Error> {
        if let Some((name, toml)) = BUILT_IN.iter().find(|(name, _)| *name == name_or_file) {
            return Ok(Self::only(Profile::read(toml, name)?));
        }
        let path = Path::new(name_or_file);
        if !path.exists() {
            return Err(Error::usage(
                format!("there is no profile and no file `{name_or_file}`"),
                "`qasift profiles list` names the built-in profiles.",
            ));
        }
        let toml = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
        Ok(Self::only(Profile::parse(&toml, name_or_file)?))
    }

    /// One profile alone.
    #[must_use]
    pub fn only(profile: Profile) -> Self {
        Self { list: vec![profile], phrases: None, quick_look: OnceLock::new() }
    }

    /// The profile for a page: of those whose phrases stand on it, the one
    /// that scores highest, of equals the first by name; without any phrase,
    /// the one in the page's language, or else the first.
    pub(crate) fn best(&self, page: &str, score: impl Fn(&Profile) -> usize) -> &Profile {
        let Some(phrases) = &self.phrases else { return &self.list[0] };
        match phrases.on(page).as_slice() {
            [] => {
                let told = language::of_text(page);
                let spoken = self.list.iter().find(|profile| told.is_some() && profile.speaks() == told);
                spoken.unwrap_or(&self.list[0])
            }
            [only] => &self.list[*only],
            several => {
                let mut best = (&self.list[several[0]], 0);
                for &index in several {
                    let score = score(&self.list[index]);
                    if score > best.1 {
                        best = (&self.list[index], score);
                    }
                }
                best.0
            }
        }
    }

    /// Whether a quick look at an HTML page's bytes finds that neither entries
    /// nor rejects can come of it. A "no" is certain, a "yes" is not.
    ///
    /// ```
    /// let profiles = qasift::profile::Profiles::built_in();
    /// assert!(!profiles.may_find("<h1>Bees</h1><p>They live for six weeks. Really? Yes."));
    /// assert!(profiles.may_find("<h1>How long do bees live?</h1><p>Six weeks."));
    /// ```
    #[must_use]
    pub fn may_find(&self, html: &str) -> bool {
        !self.quick_look.get_or_init(|| QuickLook::new(self)).rules_out(html, self)
    }

    /// The profiles, ordered by name.
    pub fn iter(&self) -> std::slice::Iter<'_, Profile> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Profiles {
    type Item = &'a Profile;
    type IntoIter = std::slice::Iter<'a, Profile>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_profiles_compile_are_sorted_and_pass_their_examples() {
        let profiles = Profiles::built_in();
        let names: Vec<&str> = profiles.iter().map(Profile::name).collect();
        assert!(names.is_sorted());
        assert_eq!(names, BUILT_IN.map(|(name, _)| name));
        for (profile, (name, toml)) in profiles.iter().zip(BUILT_IN) {
            assert!(Profile::parse(toml, name).is_ok());
            assert_eq!(profile.test(), []);
        }
    }
}
