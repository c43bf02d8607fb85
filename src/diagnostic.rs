//! Findings: what is wrong with data. A finding has a stable code, a place, a sentence
//! and a hint, and never stops a run.

use std::fmt;

/// Declares the codes. The doc comment of a code is the meaning that reports show.
macro_rules! codes {
    ($(#[doc = $meaning:literal] $code:ident = $name:literal, $hint:literal;)+) => {
        /// What is wrong, as a closed list of stable names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $meaning] $code,)+
        }

        impl Code {
            /// Every code, in the order in which its check runs.
            pub const ALL: &[Self] = &[$(Self::$code),+];

            /// The stable name, in kebab case.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$code => $name),+ }
            }

            /// What the code says about the data, as one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$code => $meaning),+ }.trim()
            }

            /// What to do about it, as one sentence.
            #[must_use]
            pub const fn hint(self) -> &'static str {
                match self { $(Self::$code => $hint),+ }
            }
        }
    };
}

codes! {
    /// The folder has no manifest.
    ManifestMissing = "manifest-missing", "Name the folder of a dataset, or write it again with `qasift ingest`.";
    /// The manifest is not JSON.
    ManifestUnreadable = "manifest-unreadable", "Write the dataset again with `qasift ingest`.";
    /// The dataset has a newer major version of the schema.
    SchemaNewer = "schema-newer", "Check it with the version of qasift that wrote it, or a later one.";
    /// The dataset was made with newer rules.
    RulesNewer = "rules-newer", "Check it with the version of qasift that wrote it, or a later one.";
    /// The manifest's list of files is out of order, or names a file that does not belong to a dataset.
    FileList = "file-list", "The list names every file except the manifest once, ordered by path.";
    /// A file that belongs to the dataset is missing.
    FileMissing = "file-missing", "Restore the file, or write the dataset again.";
    /// A file is not listed in the manifest.
    FileUnlisted = "file-unlisted", "Move the file out of the dataset.";
    /// A file's size or digest differs from the manifest.
    FileChanged = "file-changed", "Restore the file, or write the dataset again.";
    /// The formats in the manifest's options do not match the files.
    FormatList = "format-list", "Each format has one entries file, and each entries file has its format in the list.";
    /// A record cannot be read.
    RowMalformed = "row-malformed", "The file was truncated or edited; restore it, or write the dataset again.";
    /// The CSV header does not match the list of fields.
    CsvHeader = "csv-header", "The header row names the fields of the schema, in the same order.";
    /// A record violates its JSON Schema.
    Schema = "schema", "`qasift schema` prints the schema of each file's records.";
    /// Two formats have different entries.
    FormatsDiffer = "formats-differ", "Every format has the same entries in the same order; one of them was edited.";
    /// Two formats have different numbers of entries.
    FormatsLength = "formats-length", "Every format has the same entries in the same order; one of them was edited.";
    /// An id is not the digest of its entry's content.
    IdWrong = "id-wrong", "The content was edited after the id was made; restore it, or write the dataset again.";
    /// A text is not clean.
    TextUnclean = "text-unclean", "Cleaning a clean text changes nothing; write the dataset again.";
    /// A question has more than one line.
    QuestionLines = "question-lines", "A question is one line.";
    /// A line matches a boilerplate or attribution rule of the profile (only attribution rules are checked for HTML pages, and none for markup).
    LeftoverLine = "leftover-line", "The line belongs to the page, not to the entry; write the dataset again.";
    /// The answer is not of the stated kind.
    KindWrong = "kind-wrong", "The kind follows from the answer's lines; write the dataset again.";
    /// The domain is not a normalised host.
    DomainMalformed = "domain-malformed", "A domain is lower-case ASCII without `www.`, port or trailing dot.";
    /// The domain is not the one that the source's text, or the page's address, names.
    DomainWrong = "domain-wrong", "The domain follows from `source_text`, or else from `page_url`; write the dataset again.";
    /// The site is not the registrable domain of the source's domain.
    SiteWrong = "site-wrong", "The site follows from the domain by the Public Suffix List.";
    /// The source's fields contradict each other.
    SourceBasis = "source-basis", "A domain named by the entry is `cited`, the page's own host is `page`; without a domain, the basis is null.";
    /// The source's flags contradict its fields.
    SourceFlags = "source-flags", "`no_source` means that there is no source text, `invalid_source` that it names no valid host.";
    /// The flags are out of order.
    FlagOrder = "flag-order", "Flags are ordered by name.";
    /// The flag for elided items contradicts the answer.
    ElidedFlag = "elided-flag", "`elided_items` means that a line of the answer ends in ` ...`.";
    /// An entry's fields contradict its extractor.
    MarkupFields = "markup-fields", "Entries from markup have no lines and no section; only they can have a role, votes or the flag `not_visible`.";
    /// An address is malformed.
    UrlMalformed = "url-malformed", "An address is absolute, with `http` or `https`.";
    /// A language tag is malformed.
    LanguageMalformed = "language-malformed", "A language is a BCP 47 tag, such as `en` or `pt-BR`.";
    /// The lines of an entry or reject are not a valid range.
    LineRange = "line-range", "The first line is at least 1 and not after the last; both are known, or neither.";
    /// The lines of two entries of a page overlap.
    LineOverlap = "line-overlap", "The entries of a page follow each other without overlap.";
    /// Two entries have the same page and position.
    KeyDuplicate = "key-duplicate", "A page and a position identify one entry.";
    /// An entry is out of order.
    EntryOrder = "entry-order", "Entries are ordered by input path, record and position.";
    /// An entry's section does not fit its page.
    SectionWrong = "section-wrong", "On a page with a count line, main entries come before related ones; on other pages the section is null.";
    /// The same entry occurs twice in the dataset.
    EntryDuplicate = "entry-duplicate", "The dataset was written with exact duplicates removed; write it again.";
    /// A row names a page that has no row.
    PageUnknown = "page-unknown", "Each page has a row in `pages.jsonl`.";
    /// A page's name does not match its input and record.
    PageName = "page-name", "A page is named by its input's path, followed by `#` and the record number if it has one.";
    /// An entry's page address differs from the one in the page's row.
    PageUrl = "page-url", "If a page's row has an address, its entries have the same one.";
    /// A page's encoding does not exist.
    PageEncoding = "page-encoding", "Encodings are named as in the WHATWG Encoding Standard, in lower case.";
    /// Rows of pages are out of order or repeated.
    PageOrder = "page-order", "Pages are ordered by input path and record.";
    /// A page names an input that has no row, or that was not read.
    InputUnknown = "input-unknown", "Each page's input has a row in `inputs.jsonl` that says it was read.";
    /// An input's fields contradict its status.
    InputState = "input-state", "An input that was read has a size, a digest and no detail; each of its records is a page, skipped or damaged.";
    /// An input's number of pages or damaged records does not match their rows.
    InputPages = "input-pages", "Each page has a row in `pages.jsonl`, each damaged record one in `rejects.jsonl`.";
    /// Rows of inputs are out of order or repeated.
    InputOrder = "input-order", "Inputs are ordered by the bytes of their paths.";
    /// A page's fields contradict its status.
    PageStatus = "page-status", "A page that was read has a profile and an accounting; one that was skipped has no such data.";
    /// What a page says about itself is impossible.
    PageFacts = "page-facts", "The facts are copied from the page; write the dataset again.";
    /// A page's profile is not in the manifest.
    ProfileUnknown = "profile-unknown", "The manifest lists every profile with its digest.";
    /// The manifest's profiles are out of order.
    ProfileList = "profile-list", "The list names every profile once, ordered by name.";
    /// A page counts characters for a rule that its profile does not have.
    RuleUnknown = "rule-unknown", "`qasift profiles show` prints the rules of a built-in profile.";
    /// A page's classes do not sum to its number of characters.
    AccountingSum = "accounting-sum", "Every character belongs to one class; write the dataset again.";
    /// A page's counts do not match its rows.
    PageCount = "page-count", "Rows were added or removed; write the dataset again.";
    /// A page's number of declared questions does not match its rows from markup.
    DeclaredCount = "declared-count", "Each question that markup declares is an entry or a reject.";
    /// A page's number of related questions does not match its entries.
    RelatedCount = "related-count", "`related_found` counts the entries after the count line, including duplicates.";
    /// The positions of a page's entries and duplicates have gaps.
    PositionGap = "position-gap", "Entries were removed without a row in `rejects.jsonl`.";
    /// A reject's fields contradict its reason.
    RejectFields = "reject-fields", "Only a duplicate has a position and names the entry that was kept.";
    /// A duplicate names a kept entry that does not exist.
    KeptMissing = "kept-missing", "The kept entry of a duplicate is in the dataset.";
    /// A duplicate precedes the entry that was kept.
    KeptLater = "kept-later", "Of several duplicates, the first in dataset order is kept.";
    /// A duplicate differs from the entry that was kept.
    KeptDiffers = "kept-differs", "A duplicate's text is the question and the answer of the entry that was kept.";
    /// Rows of rejects are out of order.
    RejectOrder = "reject-order", "Rejects are ordered by input path and record of their pages, then by line.";
    /// A total of the manifest is not the sum over the rows.
    TotalWrong = "total-wrong", "Rows were added or removed; write the dataset again.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One thing that is wrong with data. Ordered by file, record, line, field,
/// code and message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the dataset, with `/`.
    pub file: String,
    /// Number of the record in the file, 1-based, if the finding is about a record.
    pub record: Option<u64>,
    /// Number of the record's first line, 1-based, if it is known.
    pub line: Option<u64>,
    /// The field, if the finding is about one; `/` separates it from a field inside it.
    pub field: Option<String>,
    /// What is wrong.
    pub code: Code,
    /// What is wrong, as one sentence with values in backticks.
    pub message: String,
}

/// A value for a message: in backticks, on one line, cut after 80 characters.
pub(crate) fn quote(value: &str) -> String {
    const LONGEST: usize = 80;
    let mut quoted = String::from("`");
    for (at, character) in value.chars().enumerate() {
        if at == LONGEST {
            quoted.push('…');
            break;
        }
        match character {
            '\u{a0}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => {
                quoted.extend(character.escape_unicode());
            }
            _ if character.is_control() => quoted.extend(character.escape_default()),
            _ => quoted.push(character),
        }
    }
    quoted.push('`');
    quoted
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn names_are_unique_and_in_kebab_case() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        for name in &names {
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}");
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }

    /// `QASIFT_BLESS=1 cargo test --lib diagnostic` writes the page anew.
    #[test]
    fn the_documentation_lists_every_code() {
        let mut page = String::from(
            "# What `qasift validate` finds\n\n\
             Each finding has one of these codes, in every report format. A code's name is stable.\n\n\
             | code | says | hint |\n|---|---|---|\n",
        );
        for code in Code::ALL {
            page = format!("{page}| `{code}` | {} | {} |\n", code.meaning(), code.hint());
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md");
        if std::env::var_os("QASIFT_BLESS").is_some() {
            fs::write(&path, &page).expect("a writable working tree");
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(committed, page, "run `QASIFT_BLESS=1 cargo test --lib diagnostic`");
    }

    #[test]
    fn meanings_and_hints_are_sentences() {
        for code in Code::ALL {
            for sentence in [code.meaning(), code.hint()] {
                assert!(sentence.ends_with('.') && !sentence.starts_with(' '), "{code}: {sentence}");
            }
        }
    }

    #[test]
    fn findings_are_ordered_by_place() {
        let at = |file: &str, record, code| Finding {
            file: file.to_owned(),
            record,
            line: None,
            field: None,
            code,
            message: String::new(),
        };
        let ordered = [
            at("a", None, Code::TotalWrong),
            at("a", Some(2), Code::Schema),
            at("a", Some(10), Code::FileList),
            at("b", None, Code::FileList),
        ];
        assert!(ordered.is_sorted());
    }

    #[test]
    fn quoted_values_stay_on_one_line_and_short() {
        assert_eq!(quote("a\nb\u{a0}c"), "`a\\nb\\u{a0}c`");
        assert_eq!(quote(&"x".repeat(80)).chars().count(), 82);
        assert_eq!(quote(&"x".repeat(81)).chars().count(), 83);
    }
}
