//! A lock that allows only one run at a time to write a dataset.
//!
//! It is an advisory lock (`flock`) on a file beside the dataset, which the system
//! releases when the process ends, however it ends. The file is removed with the
//! lock. Removing it is safe because of two rules: it is removed only while the lock
//! is held, and a lock counts only if the file of that name is still the one that was
//! locked. A run that opened the file just before it was removed finds another file
//! of that name, or none, and starts over.

use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Holds the lock; closing it releases the lock.
    _file: File,
}

impl Lock {
    /// Takes the lock of the file at `path`, or returns `None` if another run holds it.
    pub(super) fn take(path: PathBuf) -> io::Result<Option<Self>> {
        loop {
            let file = File::options().create(true).append(true).open(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
            match fs::metadata(&path) {
                Ok(named) if same_file(&named, &file.metadata()?) => {
                    return Ok(Some(Self { path, _file: file }));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Lock {
    /// Removes the file. The lock itself is released afterwards, when the file is closed.
    fn drop(&mut self) {
        // A file that cannot be removed does no harm: the next run locks it.
        let _ = fs::remove_file(&self.path);
    }
}

fn same_file(a: &Metadata, b: &Metadata) -> bool {
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn is_held_by_one_and_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let lock = Lock::take(path.clone()).unwrap();
        assert!(lock.is_some());
        assert!(Lock::take(path.clone()).unwrap().is_none());
        drop(lock);
        assert!(!path.exists());
        assert!(Lock::take(path).unwrap().is_some());
    }

    #[test]
    fn a_file_left_by_a_killed_run_does_not_lock() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        fs::write(&path, "").unwrap();
        assert!(Lock::take(path.clone()).unwrap().is_some());
        assert!(!path.exists());
    }

    #[test]
    fn removing_the_file_never_lets_two_in() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("lock");
        let inside = AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        let Some(lock) = Lock::take(path.clone()).unwrap() else { continue };
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two runs hold the lock");
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
    }
}
