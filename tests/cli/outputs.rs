//! Outputs that can't be written, and runs that are stopped.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use insta::assert_snapshot;

use crate::{PAGE, Sandbox, transcript};

#[test]
fn a_place_that_cannot_be_a_dataset_is_refused() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    assert_snapshot!("below_a_file", sandbox.run("ingest page.txt -o page.txt/faq"));
    assert_snapshot!("onto_a_file", sandbox.run("ingest page.txt -o page.txt"));
    sandbox.run("ingest page.txt -o faq --format jsonl");
    assert_snapshot!("onto_its_input", sandbox.run("ingest faq/entries.jsonl -o faq"));
    fs::remove_dir_all(sandbox.path("faq")).unwrap();
    sandbox.write("mine/letter.txt", "Dear bees");
    assert_snapshot!("onto_another_folder", sandbox.run("ingest page.txt -o mine"));
    assert_eq!(sandbox.names("."), ["mine", "page.txt"], "nothing was changed");
    assert_eq!(sandbox.names("mine"), ["letter.txt"]);
    let forced = sandbox.run("ingest page.txt -o mine --force");
    assert!(forced.starts_with("exit status: 0\n"), "{forced}");
    assert!(!sandbox.path("mine/letter.txt").exists() && sandbox.path("mine/entries.json").exists());
}

/// The system would exchange such a dataset, and what was there would stay for good.
#[cfg(unix)]
#[test]
fn a_dataset_that_may_not_be_removed_is_refused() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::CommandExt as _;
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    sandbox.run("ingest page.txt -o all/faq");
    let mode =
        |path: &str, mode| fs::set_permissions(sandbox.path(path), fs::Permissions::from_mode(mode)).unwrap();
    for (path, bits) in [(".", 0o755), ("all", 0o777), ("all/faq", 0o555)] {
        mode(path, bits);
    }
    let program = sandbox.path("qasift");
    fs::copy(env!("CARGO_BIN_EXE_qasift"), &program).unwrap();
    let mut command = Command::new(program);
    command.args(["ingest", "page.txt", "-o", "all/faq"]).current_dir(sandbox.path("."));
    if fs::metadata(sandbox.path("page.txt")).unwrap().uid() == 0 {
        command.uid(65_534);
    }
    assert_snapshot!("not_removable", transcript(&command.output().unwrap()));
    assert_eq!(sandbox.names("all"), ["faq"], "nothing is left beside it");
    mode("all/faq", 0o755);
}

/// A limit on the size of files stands in for a full disk.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_dataset() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    sandbox.run("ingest page.txt -o faq");
    let before = sandbox.read("faq/manifest.json");
    let pages: String = (0..20).map(|at| PAGE.replace("bees", &format!("bees of hive {at}"))).collect();
    sandbox.write("page.txt", pages);
    // Where coverage is measured, its profile would not fit the limit either.
    let said = sandbox.shell(
        r#"trap "" XFSZ; ulimit -f 4; LLVM_PROFILE_FILE=/dev/null "$0" ingest page.txt -o faq --format jsonl"#,
    );
    assert_snapshot!("full_disk", said);
    assert_eq!(sandbox.read("faq/manifest.json"), before);
    assert_eq!(sandbox.names("."), ["faq", "page.txt"]);
}

/// Starts a run that waits for a pipe, and waits until it has begun to write.
#[cfg(unix)]
fn waiting_run(sandbox: &Sandbox) -> Child {
    assert!(Command::new("mkfifo").arg(sandbox.path("pipe")).status().unwrap().success());
    let mut command = sandbox.command(["ingest", "pipe", "-o", "faq"]);
    let mut run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while !sandbox.path(".faq.qasift-staging").exists() {
        assert!(run.try_wait().unwrap().is_none(), "the run ended before its page came");
        thread::sleep(Duration::from_millis(1));
    }
    run
}

#[cfg(unix)]
fn interrupt(run: &Child) {
    assert!(Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap().success());
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_a_run_that_waits_and_leaves_nothing() {
    let sandbox = Sandbox::new();
    let run = waiting_run(&sandbox);
    interrupt(&run);
    let said = transcript(&run.wait_with_output().unwrap());
    assert_eq!(said, "exit status: 130\n----- stdout\n----- stderr\nerror: stopped; nothing was changed\n");
    assert_eq!(sandbox.names("."), ["pipe"]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_a_run_that_works_and_leaves_the_old_dataset() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    sandbox.run("ingest page.txt -o faq");
    let before = sandbox.read("faq/manifest.json");
    for at in 0..1000 {
        sandbox
            .write(format!("pages/{at}.txt"), PAGE.replace("bees", &format!("bees of hive {at}")).repeat(20));
    }
    let mut run = sandbox.command(["ingest", "pages", "-o", "faq"]).stderr(Stdio::null()).spawn().unwrap();
    while !sandbox.path(".faq.qasift-staging").exists() {
        assert!(run.try_wait().unwrap().is_none(), "the run ended before it could be stopped");
        thread::sleep(Duration::from_millis(1));
    }
    interrupt(&run);
    assert_eq!(run.wait().unwrap().code(), Some(130));
    assert_eq!(sandbox.read("faq/manifest.json"), before);
    assert_eq!(sandbox.names("."), ["faq", "page.txt", "pages"]);
}

#[cfg(unix)]
#[test]
fn a_killed_run_changes_nothing_and_the_next_cleans_up() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    sandbox.run("ingest page.txt -o faq");
    let before = sandbox.read("faq/manifest.json");
    let mut killed = waiting_run(&sandbox);
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert_eq!(sandbox.names("."), [".faq.qasift-lock", ".faq.qasift-staging", "faq", "page.txt", "pipe"]);
    assert_eq!(sandbox.read("faq/manifest.json"), before);
    sandbox.write("page.txt", PAGE.replace("bees", "wasps"));
    assert_eq!(sandbox.run("ingest page.txt -o faq -q"), "exit status: 0\n----- stdout\n----- stderr\n");
    assert_eq!(sandbox.names("."), ["faq", "page.txt", "pipe"]);
    assert!(sandbox.read("faq/entries.json").contains("wasps"));
}

#[cfg(unix)]
#[test]
fn a_second_run_into_a_folder_is_refused_until_the_first_is_done() {
    let sandbox = Sandbox::with_pages(&["page.txt"]);
    let first = waiting_run(&sandbox);
    assert_snapshot!("locked", sandbox.run("ingest page.txt -o faq"));
    fs::write(sandbox.path("pipe"), PAGE).unwrap();
    assert_eq!(first.wait_with_output().unwrap().status.code(), Some(0));
    assert_eq!(sandbox.run("ingest page.txt -o faq -q"), "exit status: 0\n----- stdout\n----- stderr\n");
    assert!(sandbox.path("faq/manifest.json").exists());
}
