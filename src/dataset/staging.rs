//! A dataset folder is there whole or not at all.
//!
//! Files are written to a folder beside the target, `.NAME.qasift-staging`.
//! Once they are complete and on the disk, one rename puts that folder in
//! place; where a folder stands there already, the two are exchanged in one
//! step (`renameat2` with `RENAME_EXCHANGE`) and the old one, now under the
//! staging name, is removed. So whoever opens the target sees the old dataset
//! or the new one. A run that is killed leaves its staging folder behind; the
//! next run into the same target holds the [lock](super::lock) and thus knows
//! that nobody writes there, and removes it.

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

/// A dataset folder while it is written. Dropped without
/// [`commit`](Self::commit), it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    // Fields are dropped in this order: the folder while the lock is held, and
    // the folders made for the target when they are empty again.
    folder: StagingFolder,
    _lock: Lock,
    target: Target,
    force: bool,
}

impl Staging {
    /// Makes a staging folder beside `target`, which is resolved through links
    /// first. Missing parents are made, with modes that follow the umask.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] if another run writes to the same target, and if the
    /// target is a file, a mount point, the current folder or one above it, or
    /// a folder that could not be exchanged. Without `force` also if it is a
    /// folder with anything else in it than a dataset. [`Error::Io`] if the
    /// folder cannot be made.
    pub fn open(target: &Path, force: bool) -> Result<Self, Error> {
        let target = Target::resolve(target)?;
        let exists = target.check(force)?;
        let lock = Lock::take(target.beside(LOCK)).map_err(Error::io("create", &target.named))?;
        let Some(lock) = lock else {
            return Err(Error::usage(
                format!("another run is writing to `{}`", target.named.display()),
                "Wait until it is done, or name another folder with `-o`.",
            ));
        };
        let folder = StagingFolder::make(target.beside(STAGING), &target.named)?;
        let staging = Self { folder, _lock: lock, target, force };
        if exists {
            staging.probe_exchange()?;
        }
        Ok(staging)
    }

    /// Makes a file of the dataset; `name` is its path inside.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if it cannot be made, or was made before.
    pub fn create(&self, name: &str) -> Result<DigestFile, Error> {
        let path = self.target.named.join(name);
        let file = File::create_new(self.folder.0.join(name)).map_err(Error::io("create", &path))?;
        Ok(DigestFile::new(file, name.to_owned(), path))
    }

    /// Puts the folder in place. Every file of it must have been
    /// [finished](DigestFile::finish).
    ///
    /// What cannot be removed of a dataset that stood there is left under the
    /// staging name, to the next run.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open), if the target has become another since, or the
    /// system refuses the exchange. Nothing was changed then.
    pub fn commit(self) -> Result<(), Error> {
        let path = self.target.path();
        let failed = || Error::io("write", &self.target.named);
        sync_folder(&self.folder.0).map_err(failed())?;
        if self.target.check(self.force)? {
            exchange(&self.folder.0, &path).map_err(|errno| self.refused(errno))?;
        } else {
            fs::rename(&self.folder.0, &path).map_err(failed())?;
        }
        // The dataset is in place. That this outlives a power cut at once is
        // all that a failure here could spoil.
        let _ = sync_folder(&self.target.parent);
        Ok(())
    }

    /// Tries an exchange on two empty folders, so that a file system that
    /// knows none is told before the work and not after it.
    fn probe_exchange(&self) -> Result<(), Error> {
        let [a, b] = ["a", "b"].map(|name| self.folder.0.join(name));
        let made = fs::create_dir(&a).and_then(|()| fs::create_dir(&b));
        made.map_err(Error::io("create", &self.target.named))?;
        exchange(&a, &b).map_err(|errno| self.refused(errno))?;
        let removed = fs::remove_dir(&a).and_then(|()| fs::remove_dir(&b));
        removed.map_err(Error::io("write", &self.target.named))
    }

    /// The system refused an exchange: why, and what works.
    pub(super) fn refused(&self, errno: Errno) -> Error {
        match errno {
            Errno::BUSY => {
                self.target.not_in_one_step("it is a mount point", &self.target.named.join("dataset"))
            }
            Errno::NOSYS | Errno::INVAL | Errno::XDEV | Errno::OPNOTSUPP => self.target.not_in_one_step(
                &format!("its file system does not exchange folders ({})", io::Error::from(errno)),
                &self.target.free_name(),
            ),
            _ => Error::io("write", &self.target.named)(errno.into()),
        }
    }
}

/// Whether a folder of this name is one that a run stages a dataset in.
#[must_use]
pub fn is_staging(name: &std::ffi::OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") && name.ends_with(STAGING.as_bytes())
}

/// Whatever stands under the staging name goes when this is dropped: the new
/// dataset before a commit, the old one, if there was one, after it.
#[derive(Debug)]
struct StagingFolder(PathBuf);

impl StagingFolder {
    /// Makes the folder anew, in place of one that a killed run left. The
    /// caller holds the lock.
    fn make(path: PathBuf, named: &Path) -> Result<Self, Error> {
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

/// Waits until the disk has a folder's list of files. File systems that know
/// no such thing answer `EINVAL`.
fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        result => result,
    }
}
