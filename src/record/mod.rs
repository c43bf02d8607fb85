//! The wire format: every row of every file of a dataset, field by field.
//!
//! A dataset is a folder. Its rows are defined here and nowhere else: the
//! writers serialise these types, `validate` reads them back, and the JSON
//! Schemas below `schemas/` are generated from them.
//!
//! A line of `entries.jsonl`:
//!
//! ```
//! # let line = r#"
//! {"id":"00112233445566778899aabbccddeeff","question":"How long do bees live?","question_detail":null,"answer":"A worker lives six weeks in summer.","answer_kind":"text","answer_role":null,"votes":null,"source_text":"www.bees.example","source_domain":"bees.example","source_site":null,"source_url":null,"source_basis":"cited","section":"main","language":"en","page":"raw/page.txt","page_url":null,"position":1,"line_start":1,"line_end":5,"extractor":"attribution","flags":[]}
//! # "#;
//! let entry: qasift::record::Entry = serde_json::from_str(line)?;
//! assert_eq!(entry.question, "How long do bees live?");
//! # Ok::<(), serde_json::Error>(())
//! ```

/// Declares a closed enumeration of the wire format. Each value has the given
/// name in JSON, in CSV and on the terminal.
macro_rules! wire_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name in the wire format.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

// These modules use the macro, so they have to come after it.
mod entry;
mod input;
mod manifest;
mod page;
mod reject;

pub use entry::*;
pub use input::*;
pub use manifest::*;
pub use page::*;
pub use reject::*;

/// Version of the schema of all rows, `MAJOR.MINOR`. A new field is a minor
/// version; `validate` refuses a newer major.
pub const SCHEMA_VERSION: &str = "1.2";

/// Version of the reading and cleaning rules. Within one rules version, the
/// same content has the same `id` in every dataset.
pub const RULES_VERSION: u32 = 1;
