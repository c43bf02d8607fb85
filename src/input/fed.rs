//! Bytes that another process feeds, and a wait for them that can be ended.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How often a wait looks at the stop flag.
const LOOK_UP: Duration = Duration::from_millis(50);

/// Bytes read at a time, and how many of such parts wait to be taken.
const CHUNK: usize = 64 << 10;
const WAITING: usize = 4;

/// Standard input or a named pipe, read by a thread of its own. The thread
/// ends with the process, or when nobody takes what it reads.
pub(super) struct Fed<'a> {
    parts: Option<Receiver<io::Result<Vec<u8>>>>,
    part: io::Cursor<Vec<u8>>,
    stop: &'a AtomicBool,
}

impl<'a> Fed<'a> {
    /// Reads from what `open` opens, which may wait for ever too.
    pub(super) fn new<R: Read>(
        open: impl FnOnce() -> io::Result<R> + Send + 'static,
        stop: &'a AtomicBool,
    ) -> io::Result<Self> {
        let (sender, receiver) = mpsc::sync_channel(WAITING);
        thread::Builder::new().spawn(move || {
            let mut reader = match open() {
                Ok(reader) => reader,
                Err(error) => return drop(sender.send(Err(error))),
            };
            loop {
                let mut part = vec![0; CHUNK];
                let read = reader.read(&mut part);
                let last = !matches!(read, Ok(1..)) && !is_interrupted(&read);
                let part = read.map(|read| {
                    part.truncate(read);
                    part
                });
                if sender.send(part).is_err() || last {
                    return;
                }
            }
        })?;
        Ok(Self { parts: Some(receiver), part: io::Cursor::default(), stop })
    }
}

fn is_interrupted<T>(read: &io::Result<T>) -> bool {
    read.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::Interrupted)
}

impl Read for Fed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        if read > 0 || buffer.is_empty() {
            return Ok(read);
        }
        loop {
            let Some(parts) = &self.parts else { return Ok(0) };
            match parts.recv_timeout(LOOK_UP) {
                Ok(part) => {
                    self.part = io::Cursor::new(part?);
                    if self.part.get_ref().is_empty() {
                        self.parts = None;
                    }
                    return self.part.read(buffer);
                }
                Err(RecvTimeoutError::Timeout) if !self.stop.load(Ordering::Relaxed) => {}
                Err(RecvTimeoutError::Timeout) => return Err(io::Error::other("stopped")),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(io::Error::other("what feeds it broke off"));
                }
            }
        }
    }
}
