//! Puts a dataset folder in place completely or not at all.
//!
//! Files are written to a folder beside the target, `.NAME.qasift-staging`. Once
//! they are complete and on the disk, that folder is renamed to the target. If a
//! folder is there already, the two are exchanged in one step (`renameat2` with
//! `RENAME_EXCHANGE`), and the old one, now under the staging name, is removed. So
//! whoever opens the target sees either the old dataset or the new one. A run that
//! is killed leaves its staging folder behind. The next run into the same target
//! holds the [lock](super::lock), so it knows that no other run writes there, and
//! removes the folder.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::digest::DigestFile;
use super::lock::Lock;
use super::target::Target;
use crate::Error;

const STAGING: &str = ".qasift-staging";
const LOCK: &str = ".qasift-lock";

/// A dataset folder that is being written. If it is dropped without
/// [`commit`](Self::commit), nothing is left behind.
#[derive(Debug)]
pub(crate) struct Staging {
    // Fields are dropped in this order: the folder while the lock is still held, and
    // the parents made for the target once they are empty again.
    folder: StagingFolder,
    _lock: Lock,
    target: Target,
    force: bool,
}

impl Staging {
    /// Creates a staging folder beside `target`, after resolving its links. Missing
    /// parents are created, with modes that follow the umask.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] if another run writes to the same target, or if the target
    /// is a file, a mount point, the current folder or one above it, or a folder
    /// that cannot be exchanged; without `force` also if it is a folder that
    /// contains anything but a dataset. [`Error::Io`] if the folder cannot be
    /// created.
    pub(crate) fn open(target: &Path, force: bool) -> Result<Self, Error> {
        let target = Target::resolve(target)?;
        let exists = target.check(force)?;
        let lock = Lock::take(target.beside(LOCK)).map_err(Error::io("create", &target.named))?;
        let Some(lock) = lock else {
            return Err(Error::usage(
                format!("another run is writing to `{}`", target.named.display()),
                "Wait until it is done, or name another folder with `-o`.",
            ));
        };
        let folder = StagingFolder::create(target.beside(STAGING), &target.named)?;
        let staging = Self { folder, _lock: lock, target, force };
        if exists {
            staging.probe_exchange()?;
        }
        Ok(staging)
    }

    /// Creates a file of the dataset; `name` is its path relative to the dataset.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if it cannot be created or exists already.
    pub(crate) fn create(&self, name: &str) -> Result<DigestFile, Error> {
        let path = self.target.named.join(name);
        let file = File::create_new(self.folder.0.join(name)).map_err(Error::io("create", &path))?;
        Ok(DigestFile::new(file, name.to_owned(), path))
    }

    /// Puts the folder in place. Each of its files must have been
    /// [finished](DigestFile::finish).
    ///
    /// What cannot be removed of a replaced dataset stays under the staging name until
    /// the next run.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open), if the target has changed since then, or if the
    /// system refuses the exchange. In that case, nothing was changed.
    pub(crate) fn commit(self) -> Result<(), Error> {
        let path = self.target.path();
        let failed = || Error::io("write", &self.target.named);
        sync_folder(&self.folder.0).map_err(failed())?;
        if self.target.check(self.force)? {
            exchange(&self.folder.0, &path).map_err(|errno| self.refused(errno))?;
        } else {
            fs::rename(&self.folder.0, &path).map_err(failed())?;
        }
        // The dataset is in place. If this fails, the worst that can happen is that a power
        // failure within the next seconds undoes it.
        let _ = sync_folder(&self.target.parent);
        Ok(())
    }

    /// Tries an exchange on two empty folders, so that a file system without exchanges is
    /// reported before the work rather than after it.
    fn probe_exchange(&self) -> Result<(), Error> {
        let [a, b] = ["a", "b"].map(|name| self.folder.0.join(name));
        let made = fs::create_dir(&a).and_then(|()| fs::create_dir(&b));
        made.map_err(Error::io("create", &self.target.named))?;
        exchange(&a, &b).map_err(|errno| self.refused(errno))?;
        let removed = fs::remove_dir(&a).and_then(|()| fs::remove_dir(&b));
        removed.map_err(Error::io("write", &self.target.named))
    }

    /// The error for an exchange that the system refused.
    pub(super) fn refused(&self, errno: Errno) -> Error {
        match errno {
            Errno::BUSY => {
                self.target.not_exchangeable("it is a mount point", &self.target.named.join("dataset"))
            }
            Errno::NOSYS | Errno::INVAL | Errno::XDEV | Errno::OPNOTSUPP => self.target.not_exchangeable(
                &format!("its file system does not exchange folders ({})", io::Error::from(errno)),
                &self.target.free_name(),
            ),
            _ => Error::io("write", &self.target.named)(errno.into()),
        }
    }
}

/// Whether a folder of this name is a staging folder.
#[must_use]
pub fn is_staging(name: &std::ffi::OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") && name.ends_with(STAGING.as_bytes())
}

/// Removes whatever has the staging name when it is dropped: before a commit the new
/// dataset, after it the old one, if there was one.
#[derive(Debug)]
struct StagingFolder(PathBuf);

impl StagingFolder {
    /// Creates the folder, replacing one that a killed run left behind. The caller
    /// holds the lock.
    fn create(path: PathBuf, named: &Path) -> Result<Self, Error> {
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(Error::io("remove", &path)(error));
            }
            _ => {}
        }
        fs::create_dir(&path).map_err(Error::io("create", named))?;
        Ok(Self(path))
    }
}

impl Drop for StagingFolder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Exchanges two folders in one step.
fn exchange(a: &Path, b: &Path) -> Result<(), Errno> {
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)
}

/// Waits until a folder's list of files is on the disk. File systems that do not
/// support this return `EINVAL`.
fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        result => result,
    }
}
