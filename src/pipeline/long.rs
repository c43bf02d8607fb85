//! Reads a page that is too long for one worker. Its entries are made and written
//! part by part, so that few of them are in memory and the disk is kept busy.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::Run;
use super::page::{ReadPage, outline};
use crate::Error;

/// Entries per part.
const PART: usize = 4096;

impl Run<'_> {
    /// Reads the page and writes its entries. The rest of the page, which is
    /// returned, is written like that of any other page.
    pub(super) fn read_long(&mut self, mut page: Box<ReadPage>) -> Result<Box<ReadPage>, Error> {
        let (source, name, number) = (Arc::clone(&page.source), page.row.page.clone(), self.pages.len());
        let outline = outline(&source, page.row.url.as_deref(), self.profiles);
        page.begin(&outline);
        let reader = self.reader();
        let mut made = Vec::new();
        for start in (0..outline.len()).step_by(PART) {
            let range = start..outline.len().min(start + PART);
            let (written, next) =
                rayon::join(|| self.write_chunks(made), || reader.chunks(&outline, range, &name));
            written?;
            if self.stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            page.add(next);
            page.remove_duplicates(number, &mut self.seen, self.config.dedup);
            made = std::mem::take(&mut page.chunks);
        }
        let (written, account) = rayon::join(|| self.write_chunks(made), || outline.accounting());
        written?;
        page.account(account);
        let name_of = |kept| if kept as usize == number { Some(name.clone()) } else { self.pages.name(kept) };
        page.reject_duplicates_of(&outline, name_of);
        Ok(page)
    }
}
