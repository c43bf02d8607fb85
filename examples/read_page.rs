//! Prints the questions of a page and where their answers come from.
//!
//! ```text
//! cargo run --example read_page -- raw/page.txt
//! ```

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use qasift::profile::Profiles;

fn main() -> io::Result<ExitCode> {
    let Some(path) = env::args_os().nth(1) else {
        eprintln!("usage: cargo run --example read_page -- PAGE");
        return Ok(ExitCode::from(2));
    };
    // Entries borrow from the text and the profiles wherever cleaning changed nothing.
    let text = fs::read_to_string(&path)?;
    let name = Path::new(&path).display().to_string();
    let profiles = Profiles::built_in();
    let page = qasift::read_page(&text, &name, &profiles);

    let mut out = io::stdout().lock();
    for entry in &page.entries {
        let source = entry.source_domain.as_deref().unwrap_or("no source");
        writeln!(out, "{:>3}  {} ({source})", entry.position, entry.question)?;
    }
    for reject in &page.rejects {
        writeln!(out, "  -  {}: {}", reject.reason, reject.detail)?;
    }
    Ok(ExitCode::SUCCESS)
}
