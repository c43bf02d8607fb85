//! Page names: the input's path as the user named it, made opaque.
//!
//! A name is the cleaned path with `/` between its parts, on every system. It
//! reveals nothing about the machine: an absolute path is made relative to a base.
//! Bytes of a file name that are not UTF-8 are written as `%XX`, and so is a `#`
//! before a number at its end, because a record of another file would have that
//! name.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Component, Path, PathBuf};

/// `path` without `.`, doubled separators, and `..` where a part stands before
/// it. Links are not examined.
pub(super) fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => match cleaned.components().next_back() {
                Some(Component::Normal(_)) => {
                    cleaned.pop();
                }
                Some(Component::RootDir) => {}
                _ => cleaned.push(".."),
            },
            part => cleaned.push(part),
        }
    }
    cleaned
}

/// The deepest folder that all `folders` (clean and absolute) lie in.
pub(super) fn common_folder(folders: impl IntoIterator<Item = PathBuf>) -> Option<PathBuf> {
    folders.into_iter().reduce(|common, folder| {
        common
            .components()
            .zip(folder.components())
            .take_while(|(a, b)| a == b)
            .map(|(part, _)| part)
            .collect()
    })
}

/// The name of a cleaned relative path; empty for the empty path.
pub(super) fn of(path: &Path) -> String {
    let mut name = String::new();
    for part in path.components() {
        push(&mut name, part.as_os_str());
    }
    name
}

/// Adds one part of a path to a name.
pub(super) fn push(name: &mut String, part: &OsStr) {
    if !name.is_empty() {
        name.push('/');
    }
    for chunk in part.as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(name, "%{byte:02X}");
        }
    }
}

/// Makes a file's name differ from that of every record in a file: one that ends in
/// `#` and a number has `%23` there.
pub(super) fn tell_from_records(name: &mut String) {
    let bare = name.trim_end_matches(|last: char| last.is_ascii_digit());
    if bare.len() < name.len() && bare.ends_with('#') {
        let at = bare.len() - 1;
        name.replace_range(at..=at, "%23");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_named_as_a_record_is() {
        for (name, told) in [
            ("a.jsonl#1", "a.jsonl%231"),
            ("d#2/a#07", "d#2/a%2307"),
            ("#1", "%231"),
            ("a#", "a#"),
            ("a#1.txt", "a#1.txt"),
            ("d#1/a", "d#1/a"),
            ("a1", "a1"),
            ("1", "1"),
        ] {
            let mut found = name.to_owned();
            tell_from_records(&mut found);
            assert_eq!(found, told);
        }
    }

    #[test]
    fn cleaning_is_lexical() {
        for (path, cleaned) in [
            ("a/b.txt", "a/b.txt"),
            ("./a//b.txt", "a/b.txt"),
            ("a/../b.txt", "b.txt"),
            ("a/./b/../../c", "c"),
            ("../a", "../a"),
            ("../../a/..", "../.."),
            ("a/../../b", "../b"),
            ("/../a", "/a"),
            ("/a/../../b", "/b"),
            (".", ""),
            ("a/", "a"),
        ] {
            assert_eq!(clean(Path::new(path)), Path::new(cleaned), "{path}");
        }
    }

    #[test]
    fn the_common_folder_is_told_by_whole_parts() {
        let common = |folders: &[&str]| common_folder(folders.iter().map(PathBuf::from));
        assert_eq!(common(&["/a/b"]), Some(PathBuf::from("/a/b")));
        assert_eq!(common(&["/a/bc", "/a/bd"]), Some(PathBuf::from("/a")));
        assert_eq!(common(&["/a/b", "/a/b/c", "/a/b"]), Some(PathBuf::from("/a/b")));
        assert_eq!(common(&["/a", "/b"]), Some(PathBuf::from("/")));
        assert_eq!(common(&[]), None);
    }

    #[test]
    #[cfg(unix)]
    fn bytes_outside_utf8_are_percent_encoded() {
        use std::os::unix::ffi::OsStrExt;
        let path = Path::new(OsStr::from_bytes(b"d\xffr/caf\xe9 \xc3\xa9.txt"));
        assert_eq!(of(path), "d%FFr/caf%E9 é.txt");
    }
}
