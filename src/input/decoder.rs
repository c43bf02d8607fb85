//! Decompression of one member: a gzip member, a Zstandard frame, a bzip2 or
//! an xz stream. A file consists of any number of them, one after the other.

use std::io;

use bzip2::Decompress as Bzip2;
use flate2::{Crc, Decompress as Inflate, FlushDecompress};
use lzma_rust2::{Action, XzStream};
use zstd::stream::raw::{Decoder as Zstd, Operation as _};

use crate::record::Compression;

/// Memory that one xz stream may ask for, in KiB: what `xz -9` needs, twice.
const XZ_MEMORY: u32 = 128 << 10;

/// The longest header of a gzip member that is read.
const GZIP_HEADER: usize = 128 << 10;

/// Length of a gzip member's header without names, and of its end.
const GZIP_FIXED: usize = 10;
const GZIP_END: usize = 8;

/// What a step of decompression did.
pub(super) struct Step {
    /// Bytes taken.
    pub(super) read: usize,
    /// Bytes made.
    pub(super) written: usize,
    /// Whether the member is at its end.
    pub(super) end: bool,
}

/// Why a member can't be decompressed, as the end of a sentence.
pub(super) enum Wrong {
    /// The compressed data is wrong, or what made it.
    Data(String),
    /// All was decompressed, and is not what was compressed.
    Checksum,
}

/// Decompresses members of one kind.
pub(super) enum Decoder {
    Gzip { inflate: Inflate, crc: Crc, part: GzipPart },
    Zstd(Zstd<'static>),
    Bzip2(Bzip2),
    Xz(Box<XzStream>),
}

/// What comes next of a gzip member.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GzipPart {
    Header,
    Data,
    End,
}

impl Decoder {
    pub(super) fn new(compression: Compression) -> io::Result<Self> {
        Ok(match compression {
            Compression::Gzip => {
                Self::Gzip { inflate: Inflate::new(false), crc: Crc::new(), part: GzipPart::Header }
            }
            Compression::Zstd => Self::Zstd(Zstd::new()?),
            Compression::Bzip2 => Self::Bzip2(Bzip2::new(false)),
            Compression::Xz => Self::Xz(Box::new(XzStream::new_mem_limit(false, XZ_MEMORY))),
        })
    }

    /// Makes ready for the next member.
    pub(super) fn restart(&mut self) -> io::Result<()> {
        match self {
            Self::Gzip { inflate, crc, part } => {
                inflate.reset(false);
                crc.reset();
                *part = GzipPart::Header;
            }
            Self::Zstd(zstd) => zstd.reinit()?,
            Self::Bzip2(bzip2) => *bzip2 = Bzip2::new(false),
            Self::Xz(xz) => **xz = XzStream::new_mem_limit(false, XZ_MEMORY),
        }
        Ok(())
    }

    /// Bytes of input that the next step must see, unless there are no more.
    pub(super) fn wants(&self) -> usize {
        match self {
            Self::Gzip { part: GzipPart::Header, .. } => GZIP_FIXED,
            Self::Gzip { part: GzipPart::End, .. } => GZIP_END,
            _ => 1,
        }
    }

    /// Decompresses some of `input` into `output`.
    pub(super) fn step(&mut self, input: &[u8], output: &mut [u8]) -> Result<Step, Wrong> {
        match self {
            Self::Gzip { inflate, crc, part } => gzip_step(inflate, crc, part, input, output),
            Self::Zstd(zstd) => {
                let done = zstd.run_on_buffers(input, output).map_err(data)?;
                Ok(Step { read: done.bytes_read, written: done.bytes_written, end: done.remaining == 0 })
            }
            Self::Bzip2(bzip2) => {
                let (read, written) = (bzip2.total_in(), bzip2.total_out());
                let status = bzip2.decompress(input, output).map_err(data)?;
                let end = status == bzip2::Status::StreamEnd;
                Ok(Step {
                    read: since(bzip2.total_in(), read),
                    written: since(bzip2.total_out(), written),
                    end,
                })
            }
            Self::Xz(xz) => {
                let done = xz.process(input, output, Action::Run).map_err(data)?;
                let end = done.status == lzma_rust2::Status::StreamEnd;
                Ok(Step { read: done.bytes_consumed, written: done.bytes_produced, end })
            }
        }
    }
}

fn gzip_step(
    inflate: &mut Inflate,
    crc: &mut Crc,
    part: &mut GzipPart,
    input: &[u8],
    output: &mut [u8],
) -> Result<Step, Wrong> {
    match part {
        GzipPart::Header => match gzip_header(input) {
            Header::Ends(read) => {
                *part = GzipPart::Data;
                Ok(Step { read, written: 0, end: false })
            }
            Header::GoesOn if input.len() < GZIP_HEADER => Ok(Step { read: 0, written: 0, end: false }),
            Header::GoesOn | Header::Bad => Err(Wrong::Data("its header is wrong".to_owned())),
        },
        GzipPart::Data => {
            let (read, written) = (inflate.total_in(), inflate.total_out());
            // What the library says differs by how often it was asked.
            let status = inflate.decompress(input, output, FlushDecompress::None);
            let status = status.map_err(|_| Wrong::Data("its deflate data is wrong".to_owned()))?;
            let (read, written) = (since(inflate.total_in(), read), since(inflate.total_out(), written));
            crc.update(&output[..written]);
            if status == flate2::Status::StreamEnd {
                *part = GzipPart::End;
            }
            Ok(Step { read, written, end: false })
        }
        GzipPart::End => {
            let field = |at: usize| input.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
            let (Some(sum), Some(length)) = (field(0), field(4)) else {
                return Ok(Step { read: 0, written: 0, end: false });
            };
            if u32::from_le_bytes(sum) != crc.sum() || u32::from_le_bytes(length) != crc.amount() {
                return Err(Wrong::Checksum);
            }
            Ok(Step { read: GZIP_END, written: 0, end: true })
        }
    }
}

fn data(error: impl std::fmt::Display) -> Wrong {
    Wrong::Data(error.to_string())
}

fn since(now: u64, before: u64) -> usize {
    usize::try_from(now - before).unwrap_or(usize::MAX)
}

enum Header {
    /// It ends before the byte at this index.
    Ends(usize),
    GoesOn,
    Bad,
}

/// Reads the header of a gzip member (RFC 1952, 2.3).
fn gzip_header(bytes: &[u8]) -> Header {
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    const CHECKSUM: u8 = 2;
    const RESERVED: u8 = 0xe0;
    let Some(fixed) = bytes.first_chunk::<GZIP_FIXED>() else { return Header::GoesOn };
    let flags = fixed[3];
    if !fixed.starts_with(Compression::Gzip.magic()) || flags & RESERVED != 0 {
        return Header::Bad;
    }
    let mut at = GZIP_FIXED;
    if flags & EXTRA != 0 {
        let Some(length) = bytes.get(at..at + 2) else { return Header::GoesOn };
        at += 2 + usize::from(length[0]) + (usize::from(length[1]) << 8);
    }
    for flag in [NAME, COMMENT] {
        if flags & flag != 0 {
            let text = bytes.get(at..).unwrap_or_default();
            let Some(length) = memchr::memchr(0, text) else { return Header::GoesOn };
            at += length + 1;
        }
    }
    if flags & CHECKSUM != 0 {
        at += 2;
    }
    if at <= bytes.len() { Header::Ends(at) } else { Header::GoesOn }
}
