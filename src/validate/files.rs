//! The dataset's files: all there, none besides, each with its size and digest.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::findings::{Findings, Place};
use super::manifest;
use crate::diagnostic::{Code, quote};
use crate::error::Error;
use crate::id::hex;
use crate::record::{FileDigest, Format, Manifest};

/// Files of rows that every dataset has.
const ROWS: [&str; 3] = ["inputs.jsonl", "pages.jsonl", "rejects.jsonl"];

/// The files of entries that are there, in the order of their formats in the contract.
pub(crate) fn formats(dataset: &Path) -> Vec<String> {
    let names = Format::ALL.iter().map(|format| format!("entries.{format}"));
    names.filter(|name| dataset.join(name).is_file()).collect()
}

/// Checks the manifest's list of files against the folder.
pub(crate) fn check(dataset: &Path, manifest: &Manifest, findings: &mut Findings) -> Result<(), Error> {
    check_list(manifest, findings);
    let listed: BTreeSet<&str> = manifest.files.iter().map(|file| file.path.as_str()).collect();
    for file in manifest.files.iter().filter(|file| is_relative(&file.path)) {
        check_file(dataset, file, findings)?;
    }
    for name in ROWS.iter().filter(|name| !listed.contains(**name)) {
        let mut sink = findings.at(Place::file(manifest::NAME));
        sink.add(Code::FileMissing, "files", format!("`{name}` is not in the list"));
    }
    check_formats(manifest, &listed, findings);
    let mut present = BTreeSet::new();
    collect(dataset, "", &mut present)?;
    for name in present.iter().filter(|name| *name != manifest::NAME && !listed.contains(name.as_str())) {
        findings.at(Place::file(name)).add(Code::FileUnlisted, None, "the manifest does not list the file");
    }
    Ok(())
}

fn check_list(manifest: &Manifest, findings: &mut Findings) {
    let mut sink = findings.at(Place::file(manifest::NAME));
    for file in &manifest.files {
        if !is_relative(&file.path) || file.path == manifest::NAME {
            sink.add(Code::FileList, "files", format!("{} is not a file of a dataset", quote(&file.path)));
        }
    }
    for pair in manifest.files.windows(2).filter(|pair| pair[0].path >= pair[1].path) {
        let (before, after) = (quote(&pair[1].path), quote(&pair[0].path));
        sink.add(Code::FileList, "files", format!("{before} must not follow {after}"));
    }
}

/// Whether a path stays inside the dataset, in its plain form.
fn is_relative(path: &str) -> bool {
    path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
        && !path.contains(['\\', '\0'])
}

fn check_formats(manifest: &Manifest, listed: &BTreeSet<&str>, findings: &mut Findings) {
    let mut sink = findings.at(Place::file(manifest::NAME));
    let formats = &manifest.options.format;
    if formats.is_empty() || !formats.is_sorted_by(|a, b| a < b) {
        sink.add(
            Code::FormatList,
            "options/format",
            "the list of formats must be sorted, without repetitions, and not empty",
        );
    }
    for &format in Format::ALL {
        let name = format!("entries.{format}");
        match (formats.contains(&format), listed.contains(name.as_str())) {
            (true, false) => {
                sink.add(Code::FormatList, "options/format", format!("`{name}` is not in the list of files"));
            }
            (false, true) => {
                sink.add(Code::FormatList, "options/format", format!("`{format}` is not among the formats"));
            }
            _ => {}
        }
    }
}

fn check_file(dataset: &Path, listed: &FileDigest, findings: &mut Findings) -> Result<(), Error> {
    let path = dataset.join(&listed.path);
    let mut sink = findings.at(Place::file(&listed.path));
    // A named pipe or a device would be read for ever.
    if path.exists() && !path.is_file() {
        sink.add(Code::FileMissing, None, "the manifest lists it, but it is not a file");
        return Ok(());
    }
    let mut file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            sink.add(Code::FileMissing, None, "the manifest lists the file, but it does not exist");
            return Ok(());
        }
        Err(error) => return Err(Error::io("read", &path)(error)),
    };
    let (bytes, sha256) = digest(&mut file).map_err(Error::io("read", &path))?;
    if bytes != listed.bytes {
        let message = format!("the file has `{bytes}` bytes, but the manifest says `{}`", listed.bytes);
        sink.add(Code::FileChanged, None, message);
    } else if sha256 != listed.sha256 {
        let message = format!("the file's SHA-256 is `{sha256}`, but the manifest says `{}`", listed.sha256);
        sink.add(Code::FileChanged, None, message);
    }
    Ok(())
}

/// Size in bytes and SHA-256 in hex of what can be read.
fn digest(reader: &mut impl Read) -> std::io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok((bytes, hex(&hash.finalize()))),
            Ok(length) => {
                hash.update(&buffer[..length]);
                bytes += length as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Names of all files below a folder, relative to the dataset.
fn collect(folder: &Path, prefix: &str, names: &mut BTreeSet<String>) -> Result<(), Error> {
    for item in fs::read_dir(folder).map_err(Error::io("read", folder))? {
        let item = item.map_err(Error::io("read", folder))?;
        let name = format!("{prefix}{}", item.file_name().to_string_lossy());
        if item.file_type().map_err(Error::io("read", &item.path()))?.is_dir() {
            collect(&item.path(), &format!("{name}/"), names)?;
        } else {
            names.insert(name);
        }
    }
    Ok(())
}
