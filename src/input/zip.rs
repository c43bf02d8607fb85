//! ZIP archives of pages.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;
use zip::read::{ZipFile, read_zipfile_from_stream};

use super::cut::{Cut, Form, Loss, Member};
use super::framed::damaged;
use super::open::Cutter;
use super::stream::{EXPANDED, EXPANDED_PER_BYTE, Place, Stream};
use crate::record::SkipReason;

/// Cuts an archive into its files.
pub(super) struct Zip {
    contents: Contents,
    number: u64,
    max_bytes: u64,
}

/// How the files of an archive are found.
enum Contents {
    /// By the list at its end; the loss is that of files of one name.
    Listed(ZipArchive<BufReader<File>>, Option<Loss>),
    /// One after the other, where the list is damaged: an archive that is cut off.
    Unlisted(BufReader<File>, Option<Loss>),
}

impl Zip {
    pub(super) fn new(file: File, max_bytes: u64) -> std::io::Result<Self> {
        let mut front = BufReader::new(file.try_clone()?);
        let contents = match ZipArchive::new(BufReader::new(file)) {
            Ok(archive) => {
                let alike = listed(&mut front)?.saturating_sub(archive.len());
                let detail = format!(
                    "{alike} files have the name of another one: only the last one of a name is read"
                );
                let lost = (alike > 0).then(|| damaged(Place::default(), detail));
                Contents::Listed(archive, lost)
            }
            Err(error) => {
                front.rewind()?;
                let detail = format!("the archive's list of files is damaged: {error}");
                Contents::Unlisted(front, Some(damaged(Place::default(), detail)))
            }
        };
        Ok(Self { contents, number: 0, max_bytes })
    }

    fn next(&mut self) -> Option<Form> {
        let index = usize::try_from(self.number).ok()?;
        match &mut self.contents {
            Contents::Listed(archive, lost) if index >= archive.len() => lost.take().map(Form::Lost),
            Contents::Listed(archive, _) => Some(match archive.by_index(index) {
                Ok(file) => member(file, self.max_bytes),
                Err(error) => Form::Lost(damaged(Place::default(), error.to_string())),
            }),
            Contents::Unlisted(front, told) => match read_zipfile_from_stream(front) {
                Ok(Some(file)) => Some(member(file, self.max_bytes)),
                Ok(None) | Err(_) => told.take().map(Form::Lost),
            },
        }
    }
}

impl Cutter for Zip {
    fn cut(&mut self, _: &mut Stream<'_>) -> Option<Cut> {
        let form = self.next()?;
        self.number += 1;
        let place = match &form {
            Form::Lost(loss) => loss.place,
            _ => Place::default(),
        };
        Some(Cut { number: Some(self.number), place, form })
    }
}

/// How many files the list at an archive's end names, by its last record (APPNOTE
/// 4.3.16); 0 if it has more than that record can count.
fn listed(file: &mut (impl Read + Seek)) -> std::io::Result<usize> {
    const SIGNATURE: &[u8] = b"PK\x05\x06";
    const LONGEST: u64 = 22 + 0xffff;
    let size = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(size.saturating_sub(LONGEST)))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    let count = memchr::memmem::rfind(&end, SIGNATURE).and_then(|at| end.get(at + 10..at + 12));
    Ok(count.map_or(0, |count| usize::from(u16::from_le_bytes([count[0], count[1]]))) % 0xffff)
}

/// What a file of an archive is.
fn member<R: Read>(file: ZipFile<'_, R>, max_bytes: u64) -> Form {
    let place = Place { offset: file.header_start(), content: None };
    let name = String::from_utf8_lossy(file.name_raw()).into_owned();
    if !file.is_file() {
        return Form::Skipped(SkipReason::RecordType);
    }
    if !Member::is_page(&name) {
        return Form::Skipped(SkipReason::Extension);
    }
    let expanded = EXPANDED.saturating_add(file.compressed_size().saturating_mul(EXPANDED_PER_BYTE));
    let mut bytes = Vec::new();
    let read = file.take(max_bytes.min(expanded).saturating_add(1)).read_to_end(&mut bytes);
    let size = bytes.len() as u64;
    match read {
        Err(error) => Form::Lost(damaged(place, error.to_string())),
        Ok(_) if size > expanded => {
            Form::Lost(damaged(place, format!("it expands to more than {EXPANDED_PER_BYTE} times its size")))
        }
        Ok(_) if size > max_bytes => Form::Lost(Loss::too_large(place, max_bytes)),
        Ok(_) => Form::Member(Member { name, bytes }),
    }
}
