use super::*;

/// A folder with files of these paths, each holding its path.
fn folder(paths: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in paths {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, path.as_os_str().as_encoded_bytes()).unwrap();
    }
    folder
}

fn request(folder: &Path, inputs: &[&str]) -> Request {
    let inputs = inputs.iter().map(|input| folder.join(input)).collect();
    Request { inputs, base: Some(folder.to_owned()), ..Request::default() }
}

fn names(discovered: &Discovered) -> Vec<&str> {
    discovered.inputs.iter().map(|input| input.name.as_str()).collect()
}

fn discovered(folder: &Path, inputs: &[&str]) -> Discovered {
    discover(&request(folder, inputs)).unwrap()
}

#[test]
fn a_folder_is_read_whole_in_byte_order() {
    let files = ["a/b.txt", "a.txt", "a-b.TXT", ".git/c.md", "a/.hidden.text", "B.markdown", "é.txt"];
    let folder = folder(&files);
    fs::write(folder.path().join(".gitignore"), "*.txt\n").unwrap();
    fs::write(folder.path().join("photo.jpg"), "").unwrap();
    let found = discovered(folder.path(), &["."]);
    let expected = [".git/c.md", "B.markdown", "a-b.TXT", "a.txt", "a/.hidden.text", "a/b.txt", "é.txt"];
    assert_eq!(names(&found), expected);
    assert_eq!(found.skipped, 2, ".gitignore and photo.jpg");
    assert_eq!(found.notices, []);
}

#[test]
fn a_file_named_directly_is_always_read() {
    let folder = folder(&["page", "photo.jpg"]);
    let found = discovered(folder.path(), &["photo.jpg", "page", "missing.txt"]);
    assert_eq!(names(&found), ["missing.txt", "page", "photo.jpg"]);
    assert!(found.inputs.iter().all(|input| input.kind == InputKind::File));
}

#[test]
fn standard_input_is_named_by_a_dash_and_a_file_of_that_name_by_its_path() {
    let dash = |path: &str| Request { inputs: vec![path.into(), path.into()], ..Request::default() };
    let stdin = Input { name: "-".into(), path: "-".into(), kind: InputKind::Stdin };
    assert_eq!(discover(&dash("-")).unwrap().inputs, [stdin]);
    let file = Input { name: "-".into(), path: "./-".into(), kind: InputKind::File };
    assert_eq!(discover(&dash("./-")).unwrap().inputs, [file]);
}

#[test]
fn names_of_absolute_inputs_start_at_their_common_folder() {
    let folder = folder(&["x/a/1.txt", "x/b/2.txt"]);
    let without_base = |inputs: &[&str]| {
        let request = Request { base: None, ..request(folder.path(), inputs) };
        names(&discover(&request).unwrap()).iter().map(|&name| name.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(without_base(&["x/a/1.txt"]), ["1.txt"]);
    assert_eq!(without_base(&["x/a/1.txt", "x/b/2.txt"]), ["a/1.txt", "b/2.txt"]);
    assert_eq!(without_base(&["x/a"]), ["a/1.txt"], "a folder keeps its own name, as a relative one does");
    assert_eq!(without_base(&["x/a/../b", "x"]), ["x/a/1.txt", "x/b/2.txt"]);
}

#[test]
fn a_base_must_hold_the_absolute_inputs() {
    let folder = folder(&["x/a.txt", "y/b.txt"]);
    let mut request = request(folder.path(), &["x/a.txt"]);
    request.base = Some(folder.path().join("x"));
    assert_eq!(names(&discover(&request).unwrap()), ["a.txt"]);
    request.base = Some(folder.path().join("y"));
    let error = discover(&request).unwrap_err();
    let (x, y) = (folder.path().join("x/a.txt"), folder.path().join("y"));
    assert_eq!(error.to_string(), format!("`{}` is outside the base folder `{}`", x.display(), y.display()));
}

#[test]
fn two_files_never_get_one_name() {
    let folder = folder(&["src/lib.rs"]);
    let absolute = folder.path().join("src");
    let request = Request {
        inputs: vec![absolute.join("lib.rs"), "src/lib.rs".into()],
        base: Some(folder.path().to_owned()),
        ..Request::default()
    };
    let message = discover(&request).unwrap_err().to_string();
    assert!(message.ends_with("would both be named `src/lib.rs`"), "{message}");
}

#[test]
fn a_file_is_read_once_whatever_its_names() {
    let folder = folder(&["a/b.txt", "a/c.txt"]);
    let found = discovered(folder.path(), &["a/b.txt", "a/./b.txt", "a", "a/../a/b.txt", "."]);
    assert_eq!(names(&found), ["a/b.txt", "a/c.txt"]);
}

#[cfg(unix)]
#[test]
fn links_to_files_are_read_and_links_to_folders_are_not_entered() {
    use std::os::unix::fs::symlink;
    let folder = folder(&["pages/a.txt", "elsewhere/b.txt", "elsewhere/c.txt"]);
    let pages = folder.path().join("pages");
    symlink("../elsewhere/b.txt", pages.join("link.txt")).unwrap();
    symlink("../elsewhere", pages.join("folder.txt")).unwrap();
    symlink("..", pages.join("up")).unwrap();
    symlink("nowhere", pages.join("dangling.txt")).unwrap();
    symlink("a.txt", pages.join("z-same.txt")).unwrap();
    let found = discovered(folder.path(), &["pages"]);
    assert_eq!(names(&found), ["pages/a.txt", "pages/dangling.txt", "pages/link.txt"]);
    assert_eq!(found.skipped, 0);
    let found = discovered(folder.path(), &["pages/folder.txt"]);
    assert_eq!(names(&found), ["pages/folder.txt/b.txt", "pages/folder.txt/c.txt"], "a link named itself");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_where_it_is_named_and_skipped_in_a_folder() {
    let folder = folder(&["a.txt"]);
    let pipe = folder.path().join("pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let found = discovered(folder.path(), &["."]);
    assert_eq!((names(&found), found.skipped), (vec!["a.txt"], 1));
    let found = discovered(folder.path(), &["pipe.txt"]);
    assert_eq!(found.inputs[0].kind, InputKind::Pipe);
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf8_is_percent_encoded() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(&["a.txt"]);
    fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.txt")), "x").unwrap();
    let found = discovered(folder.path(), &["."]);
    assert_eq!(names(&found), ["a.txt", "caf%E9.txt"]);
    assert_eq!(fs::read(&found.inputs[1].path).unwrap(), b"x");
}

#[test]
fn datasets_and_staging_folders_are_not_entered() {
    let folder =
        folder(&["old/notes.txt", ".old.qasift-staging/a.txt", "site/a.txt", "a.qasift-staging/c.txt"]);
    let ours = r#"{"tool":{"name":"qasift","version":"0.1.0"},"schema_version":"1.0"}"#;
    fs::write(folder.path().join("old/manifest.json"), ours).unwrap();
    fs::write(folder.path().join("site/manifest.json"), r#"{"name":"A web app"}"#).unwrap();
    let found = discovered(folder.path(), &["."]);
    assert_eq!(names(&found), ["a.qasift-staging/c.txt", "site/a.txt", "site/manifest.json"]);
    let old = folder.path().join("old");
    assert_eq!(discovered(folder.path(), &["old"]).notices, [Notice::Dataset(old)]);
}

#[test]
fn a_folder_that_gives_no_page_is_noticed() {
    let folder = folder(&["photos/a.jpg", "photos/b.jpg", "pages/a.txt", "pages/c.jpg"]);
    fs::create_dir(folder.path().join("empty")).unwrap();
    let found = discovered(folder.path(), &["pages", "empty", "photos"]);
    let [empty, photos] = ["empty", "photos"].map(|name| folder.path().join(name));
    let messages = found.notices.iter().map(ToString::to_string).collect::<Vec<_>>();
    let empty = format!("`{}` contains no files", empty.display());
    assert_eq!(messages, [empty, format!("`{}` contains no files to read (2 skipped)", photos.display())]);
}

#[test]
fn globs_choose_among_the_files_of_folders() {
    let folder = folder(&["a.page", "a.txt", "x/b.page", "x/y/c.page", "drafts/d.page", "x/drafts/e.page"]);
    let with = |include: &[&str], exclude: &[&str]| {
        let owned = |globs: &[&str]| globs.iter().map(|&glob| glob.to_owned()).collect();
        let request = request(folder.path(), &["."]);
        let request = Request { include: owned(include), exclude: owned(exclude), ..request };
        let found = discover(&request).unwrap();
        (names(&found).join(" "), found.skipped)
    };
    let all = "a.page drafts/d.page x/b.page x/drafts/e.page x/y/c.page";
    assert_eq!(with(&["*.page"], &[]), (all.into(), 1));
    assert_eq!(with(&["*.page"], &["drafts"]), ("a.page x/b.page x/y/c.page".into(), 1));
    assert_eq!(with(&["*.page"], &["/drafts/"]), ("a.page x/b.page x/drafts/e.page x/y/c.page".into(), 1));
    assert_eq!(with(&["*.page"], &["drafts/"]), ("a.page x/b.page x/y/c.page".into(), 1));
    assert_eq!(with(&["x/*.page"], &[]), ("x/b.page".into(), 5));
    assert_eq!(with(&["x/**"], &["*c*"]), ("x/b.page x/drafts/e.page".into(), 4));
    assert_eq!(with(&[], &["*.txt"]), (String::new(), 6));
    assert_eq!(with(&["*.{page,txt}"], &["x"]), ("a.page a.txt drafts/d.page".into(), 0));
}

#[test]
fn a_glob_that_is_none_is_refused() {
    let request = Request { include: vec!["a[".into()], ..Request::default() };
    let message = discover(&request).unwrap_err().to_string();
    assert!(message.starts_with("`a[` is not a valid glob: "), "{message}");
}

#[test]
fn a_list_holds_one_path_a_line() {
    let folder = folder(&[]);
    let list = folder.path().join("list");
    fs::write(&list, "a b.txt\r\n\n./c.txt\n-").unwrap();
    assert_eq!(read_list(&list).unwrap(), ["a b.txt", "./c.txt", "-"].map(PathBuf::from));
    let message = read_list(&folder.path().join("none")).unwrap_err().to_string();
    assert!(message.starts_with("could not read `") && message.contains("No such file"), "{message}");
}
