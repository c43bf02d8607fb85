//! What the user names → text.
//!
//! [`discover()`] turns files, folders and `-` into a sorted
//! list of [`Input`]s; [`read()`] reads one of them whole and decodes it, or
//! says why it is no page. Neither knows what a page holds.

mod binary;
mod charset;
mod discover;
mod distinct;
mod name;
mod read;
mod select;

pub use charset::{Decoded, decode};
pub use discover::{Discovered, Input, InputKind, Notice, Request, discover, read_list};
pub use read::{Reading, read};
