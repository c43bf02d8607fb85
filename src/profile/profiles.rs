//! The profiles that are available to a run, and the choice of one for a page.

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

/// The profiles that are available to a run, ordered by name.
#[derive(Debug)]
pub struct Profiles {
    pub(super) list: Vec<Profile>,
    /// The phrases that distinguish them, if there are several.
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
    #[expect(clippy::expect_used, reason = "the profiles are constants that a test compiles")]
    pub fn built_in() -> Self {
        let list: Vec<Profile> = BUILT_IN
            .iter()
            .map(|(name, toml)| Profile::read(toml, name).expect("the built-in profiles are valid"))
            .collect();
        let phrases = Some(Phrases::new(&list));
        Self { list, phrases, quick_look: OnceLock::new() }
    }

    /// Only the profile that `name_or_file` names: a built-in one, or a TOML file.
    ///
    /// # Errors
    ///
    /// If it is neither, or if the file cannot be read or is not a valid profile.
    pub fn select(name_or_file: &str) -> Result<Self, Error> {
        if let Some((name, toml)) = BUILT_IN.iter().find(|(name, _)| *name == name_or_file) {
            return Ok(Self::only(Profile::read(toml, name)?));
        }
        let path = Path::new(name_or_file);
        if !path.exists() {
            return Err(Error::usage(
                format!("`{name_or_file}` is neither a built-in profile nor a file"),
                "`qasift profiles list` lists the built-in profiles.",
            ));
        }
        let toml = std::fs::read_to_string(path).map_err(Error::io("read", path))?;
        Ok(Self::only(Profile::parse(&toml, name_or_file)?))
    }

    /// Only this profile.
    #[must_use]
    pub fn only(profile: Profile) -> Self {
        Self { list: vec![profile], phrases: None, quick_look: OnceLock::new() }
    }

    /// The profile for a page: of those with a phrase on it, the one with the highest
    /// score, or of several such the first by name. If there is no phrase, the first
    /// one in the language of the page, else the first of all.
    pub(crate) fn best(&self, page: &str, score: impl Fn(&Profile) -> usize) -> &Profile {
        let Some(phrases) = &self.phrases else { return &self.list[0] };
        match phrases.on(page).as_slice() {
            [] => {
                let language = language::of_text(page);
                let of_language =
                    self.list.iter().find(|profile| language.is_some() && profile.language() == language);
                of_language.unwrap_or(&self.list[0])
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

    /// Whether an HTML page may contain entries or rejects, judged by a quick look at its
    /// bytes. A "no" is certain, a "yes" is not.
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
