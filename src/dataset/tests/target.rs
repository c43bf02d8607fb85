//! Where a dataset may be written, and what remains there and beside it.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};

use super::{ALL, message, names, options, read, write};
use crate::dataset::samples::bees_at;
use crate::dataset::staging::Staging;
use crate::dataset::*;
use crate::record::Format;

#[test]
fn dropped_before_the_end_it_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("new/deep/out");
    let writer = DatasetWriter::create(&target, options(ALL), false).unwrap();
    assert_eq!(names(&dir.path().join("new/deep")), [".out.qasift-lock", ".out.qasift-staging"]);
    drop(writer);
    assert!(names(dir.path()).is_empty());
}

#[test]
fn missing_parents_are_made_and_stay() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("new/deep/out");
    write(&target, &[Format::Json], &[&[1]], false).unwrap();
    assert_eq!(names(&dir.path().join("new/deep")), ["out"]);
}

#[test]
fn modes_follow_the_umask() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    write(&target, &[Format::Json], &[&[1]], false).unwrap();
    let (folder, file) = (dir.path().join("folder"), dir.path().join("file"));
    fs::create_dir(&folder).unwrap();
    fs::write(&file, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().mode();
    assert_eq!(mode(&target), mode(&folder));
    for name in names(&target) {
        assert_eq!(mode(&target.join(name)), mode(&file));
    }
}

#[test]
fn links_to_the_target_are_followed() {
    let dir = tempfile::tempdir().unwrap();
    let (link, real) = (dir.path().join("link"), dir.path().join("elsewhere/real"));
    symlink("elsewhere/real", &link).unwrap();
    // First the link leads to nothing, then to a dataset.
    for position in [1, 2] {
        write(&link, &[Format::Jsonl], &[&[position]], false).unwrap();
        assert!(link.is_symlink());
        assert_eq!(read(&real, "entries.jsonl"), serde_json::to_string(&bees_at(position)).unwrap() + "\n");
        assert_eq!(names(&dir.path().join("elsewhere")), ["real"]);
    }
}

#[test]
fn an_empty_folder_is_filled() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    fs::create_dir(&target).unwrap();
    write(&target, &[Format::Json], &[&[1]], false).unwrap();
    assert!(target.join("manifest.json").exists());
    assert_eq!(names(dir.path()), ["out"]);
}

#[test]
fn a_folder_of_something_else_is_refused_unless_forced() {
    for (name, content) in [
        ("notes.txt", "mine"),
        ("manifest.json", "{\"name\": \"a browser extension\"}"),
        ("manifest.json", "{\"tool\": {\"name\": \"other\"}, \"files\": []}"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        fs::create_dir(&target).unwrap();
        fs::write(target.join(name), content).unwrap();

        let error = write(&target, &[Format::Json], &[&[1]], false).unwrap_err();
        assert_eq!(error.to_string(), format!("`{}` is not empty and is not a dataset", target.display()));
        assert!(error.hint().unwrap().contains("`--force`"));
        assert_eq!(read(&target, name), content);
        assert_eq!(names(dir.path()), ["out"]);

        write(&target, &[Format::Json], &[&[1]], true).unwrap();
        assert!(!target.join("notes.txt").exists());
        assert!(read(&target, "manifest.json").contains("qasift"));
    }
}

#[test]
fn a_file_that_does_not_belong_to_the_dataset_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    write(&target, &[Format::Json], &[&[1]], false).unwrap();
    fs::write(target.join("README.md"), "mine").unwrap();
    assert_eq!(
        message(write(&target, &[Format::Json], &[&[1]], false)),
        format!("`{}` contains `README.md`, which does not belong to the dataset in it", target.display())
    );
    assert_eq!(read(&target, "README.md"), "mine");
    write(&target, &[Format::Json], &[&[1]], true).unwrap();
    assert!(!target.join("README.md").exists());
}

#[test]
fn a_target_that_contains_an_input_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (raw, link) = (dir.path().join("raw"), dir.path().join("link.txt"));
    fs::create_dir(&raw).unwrap();
    fs::write(raw.join("page.txt"), "mine").unwrap();
    symlink("raw/page.txt", &link).unwrap();
    let (page, other, beside) = (raw.join("page.txt"), dir.path().join("raw2"), dir.path().join("page.txt"));
    for input in [&page, &link] {
        assert_eq!(
            message(refuse_inputs_inside(&raw, [other.as_path(), &beside, input])),
            format!("`{}` contains the input `{}`, which would be lost", raw.display(), input.display())
        );
        refuse_inputs_inside(&other, [input.as_path()]).unwrap();
    }
    refuse_inputs_inside(&raw, [other.as_path(), Path::new("-")]).unwrap();
}

#[test]
fn what_appears_at_the_target_meanwhile_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    let staging = Staging::open(&target, false).unwrap();
    fs::create_dir(&target).unwrap();
    fs::write(target.join("notes.txt"), "mine").unwrap();
    assert!(message(staging.commit()).ends_with("is not a dataset"));
    assert_eq!(read(&target, "notes.txt"), "mine");
    assert_eq!(names(dir.path()), ["out"]);
}

#[test]
fn a_target_that_no_folder_can_take_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let open = |target: &Path| message(Staging::open(target, true));
    assert_eq!(open(&file), format!("`{}` is a file, not a folder", file.display()));
    let below = file.join("out");
    assert_eq!(
        open(&below),
        format!("could not create `{}`: Not a directory (os error 20)", below.display())
    );
    for current in [Path::new("."), &std::env::current_dir().unwrap(), Path::new("..")] {
        let expected = "cannot be replaced by a dataset: it contains the current folder";
        assert_eq!(open(current), format!("`{}` {expected}", current.display()));
    }
    assert_eq!(open(Path::new("/")), "`/` cannot be replaced by a dataset: it has no name of its own");
}

#[test]
#[cfg(target_os = "linux")]
fn a_mount_point_is_refused_with_a_folder_that_works() {
    let error = Staging::open(Path::new("/proc"), true).unwrap_err();
    assert_eq!(error.to_string(), "`/proc` cannot be replaced in one step: it is a mount point");
    assert_eq!(error.hint(), Some("Nothing was changed; `-o /proc/dataset` works."));
}

#[test]
fn a_second_run_into_the_same_folder_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    let first = Staging::open(&target, false).unwrap();
    assert_eq!(
        message(Staging::open(&target, false)),
        format!("another run is writing to `{}`", target.display())
    );
    Staging::open(&dir.path().join("other"), false).unwrap();
    first.commit().unwrap();
    Staging::open(&target, true).unwrap();
    assert_eq!(names(dir.path()), ["out"]);
}

#[test]
fn staging_folders_are_known_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let _staging = Staging::open(&dir.path().join("out"), false).unwrap();
    let found: Vec<String> = names(dir.path()).into_iter().filter(|name| is_staging(name.as_ref())).collect();
    assert_eq!(found, [".out.qasift-staging"]);
    assert!(!is_staging("out.qasift-staging".as_ref()));
}

#[test]
fn a_refused_exchange_names_the_first_folder_that_is_free() {
    let dir = tempfile::tempdir().unwrap();
    let target = dir.path().join("out");
    fs::create_dir(dir.path().join("out-2")).unwrap();
    let staging = Staging::open(&target, false).unwrap();
    let error = staging.refused(rustix::io::Errno::INVAL);
    assert_eq!(
        error.to_string(),
        format!(
            "`{}` cannot be replaced in one step: its file system does not exchange folders (Invalid argument (os error 22))",
            target.display()
        )
    );
    let works: PathBuf = dir.path().join("out-3");
    assert_eq!(error.hint(), Some(format!("Nothing was changed; `-o {}` works.", works.display()).as_str()));
}
