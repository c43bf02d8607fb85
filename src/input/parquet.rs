//! Parquet tables, each row a page.
//!
//! The reader of the `parquet` crate panics on some damaged tables. Such a panic
//! is caught and treated as damage.
//!
//! Of the columns that may hold a field, the first one that exists is read, and no
//! other. Row groups are read one by one: damage to one costs the rest of its
//! rows, and no others.

use std::fs::File;

use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Date32Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, RecordBatch, temporal_conversions};
use arrow_schema::{DataType, TimeUnit};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;

use super::Options;
use super::content::Content;
use super::cut::{Cut, Form, Loss, Record};
use super::framed::damaged;
use super::open::Cutter;
use super::panics;
use super::stream::{Place, Stream};

/// Bytes of rows that are read at once, about.
const BATCH_BYTES: i64 = 1 << 20;
const LONGEST_BATCH: i64 = 1024;

/// Cuts a table into rows.
pub(super) struct Parquet {
    file: File,
    metadata: ArrowReaderMetadata,
    columns: Columns,
    max_bytes: u64,
    /// The row group that is read, and the one after it.
    reader: Option<ParquetRecordBatchReader>,
    group: usize,
    batch: Option<RecordBatch>,
    /// Index in the batch, and number in the table, of the next row.
    row: usize,
    number: u64,
}

/// Names of the columns that hold what is looked for.
struct Columns {
    html: Option<String>,
    text: Option<String>,
    id: Option<String>,
    url: Option<String>,
    date: Option<String>,
}

impl Parquet {
    pub(super) fn new(file: File, options: &Options) -> Result<Self, Box<Loss>> {
        let lost = |error: ParquetError| Box::new(damaged(Place::default(), error.to_string()));
        let plain = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = sound(|| ArrowReaderMetadata::load(&file, plain)).map_err(lost)?;
        let columns = metadata.parquet_schema().columns();
        let paths: Vec<String> = columns.iter().map(|column| column.path().string()).collect();
        let first = |names: Vec<&str>| {
            names.into_iter().find(|name| paths.iter().any(|path| path == name)).map(str::to_owned)
        };
        let [html, text] = options.fields.page_names().map(first);
        let [id, url, date] = options.fields.other_names().map(first);
        let columns = Columns { html, text, id, url, date };
        let max_bytes = options.max_page_bytes;
        Ok(Self {
            file,
            metadata,
            columns,
            max_bytes,
            reader: None,
            group: 0,
            batch: None,
            row: 0,
            number: 0,
        })
    }

    /// The next row, or what is wrong with its row group; `None` at the end.
    fn next(&mut self) -> Result<Option<Record>, ParquetError> {
        loop {
            if let Some(batch) = self.batch.as_ref().filter(|batch| self.row < batch.num_rows()) {
                self.row += 1;
                return Ok(Some(self.columns.record(batch, self.row - 1)));
            }
            self.row = 0;
            self.batch = match &mut self.reader {
                Some(reader) => reader.next().transpose()?,
                None => None,
            };
            if self.batch.is_some() {
                continue;
            }
            if self.group >= self.metadata.metadata().num_row_groups() {
                return Ok(None);
            }
            self.group += 1;
            self.reader = Some(self.open(self.group - 1)?);
        }
    }

    fn open(&self, group: usize) -> Result<ParquetRecordBatchReader, ParquetError> {
        let rows = self.metadata.metadata().row_group(group);
        let row_bytes = rows.total_byte_size() / rows.num_rows().max(1);
        let batch = (BATCH_BYTES / row_bytes.max(1)).clamp(1, LONGEST_BATCH);
        let schema = self.metadata.parquet_schema();
        let names = self.columns.names();
        let leaves = (0..schema.num_columns()).filter(|&leaf| {
            let path = schema.column(leaf).path().string();
            names.iter().any(|name| *name == path)
        });
        let mask = ProjectionMask::leaves(schema, leaves);
        ParquetRecordBatchReaderBuilder::new_with_metadata(self.file.try_clone()?, self.metadata.clone())
            .with_row_groups(vec![group])
            .with_projection(mask)
            .with_batch_size(usize::try_from(batch).unwrap_or(1))
            .build()
    }

    /// Rows of the table up to the end of the row group that is read.
    fn rows_so_far(&self) -> u64 {
        let groups = self.metadata.metadata().row_groups().iter().take(self.group);
        groups.fold(0, |rows: u64, group| {
            rows.saturating_add(u64::try_from(group.num_rows()).unwrap_or_default())
        })
    }

    /// Where the row group that is read begins.
    fn place(&self) -> Place {
        let group = self.group.checked_sub(1).map(|group| self.metadata.metadata().row_group(group));
        let offset = group.and_then(|group| u64::try_from(group.file_offset()?).ok()).unwrap_or_default();
        Place { offset, content: None }
    }
}

impl Cutter for Parquet {
    fn cut(&mut self, _: &mut Stream<'_>) -> Option<Cut> {
        let next = sound(|| self.next());
        let place = self.place();
        self.number += 1;
        let number = Some(self.number);
        let form = match next {
            Ok(None) => return None,
            Ok(Some(record)) if record.content.as_ref().map_or(0, Content::size) > self.max_bytes => {
                Form::Lost(Loss::too_large(place, self.max_bytes))
            }
            Ok(Some(record)) => Form::Row(Box::new(record)),
            Err(error) => {
                (self.reader, self.batch) = (None, None);
                self.number = self.number.max(self.rows_so_far());
                Form::Lost(damaged(place, error.to_string()))
            }
        };
        Some(Cut { number, place, form })
    }
}

/// What `read` gives, or, if it panics, an error.
fn sound<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    panics::caught(read).unwrap_or_else(|| Err(ParquetError::General("the table is damaged".to_owned())))
}

impl Columns {
    fn names(&self) -> Vec<&str> {
        let names = [&self.html, &self.text, &self.id, &self.url, &self.date];
        names.into_iter().filter_map(|name| name.as_deref()).collect()
    }

    fn record(&self, batch: &RecordBatch, row: usize) -> Record {
        let text = |name: &Option<String>| Value::of(batch, name.as_deref()?, row)?.into_text();
        let html = || match Value::of(batch, self.html.as_deref()?, row)? {
            Value::Text(text) => Some(Content::Html(text)),
            Value::Bytes(bytes) => {
                Some(Content::Bytes { bytes, media_type: Some("text/html".to_owned()), name: None })
            }
        };
        let words = || match Value::of(batch, self.text.as_deref()?, row)? {
            Value::Text(text) => Some(Content::Text(text)),
            Value::Bytes(bytes) => Some(Content::Bytes { bytes, media_type: None, name: None }),
        };
        Record {
            id: text(&self.id),
            url: text(&self.url),
            date: text(&self.date),
            content: Content::of_fields(html(), words),
            undecodable: 0,
        }
    }
}

/// The value of a cell.
enum Value {
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    /// The value of a column in a row, if it is not empty; a dot leads into a struct.
    fn of(batch: &RecordBatch, name: &str, row: usize) -> Option<Self> {
        if let Some(column) = batch.column_by_name(name) {
            return Self::in_column(column, row);
        }
        let mut parts = name.split('.');
        let mut column = batch.column_by_name(parts.next()?)?;
        for part in parts {
            if column.is_null(row) {
                return None;
            }
            column = column.as_struct_opt()?.column_by_name(part)?;
        }
        Self::in_column(column, row)
    }

    fn in_column(column: &ArrayRef, row: usize) -> Option<Self> {
        if column.is_null(row) {
            return None;
        }
        let value = match column.data_type() {
            DataType::Utf8 => Self::Text(column.as_string::<i32>().value(row).to_owned()),
            DataType::Binary => Self::Bytes(column.as_binary::<i32>().value(row).to_owned()),
            _ => Self::Text(integer(column, row).or_else(|| date(column, row))?),
        };
        Some(value).filter(|value| match value {
            Self::Text(text) => !text.is_empty(),
            Self::Bytes(bytes) => !bytes.is_empty(),
        })
    }

    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(bytes) => String::from_utf8(bytes).ok(),
        }
    }
}

/// The digits of an integer.
fn integer(column: &ArrayRef, row: usize) -> Option<String> {
    fn digits<T: ArrowPrimitiveType<Native: ToString>>(column: &ArrayRef, row: usize) -> String {
        column.as_primitive::<T>().value(row).to_string()
    }
    let digits = match column.data_type() {
        DataType::Int8 => digits::<Int8Type>,
        DataType::Int16 => digits::<Int16Type>,
        DataType::Int32 => digits::<Int32Type>,
        DataType::Int64 => digits::<Int64Type>,
        DataType::UInt8 => digits::<UInt8Type>,
        DataType::UInt16 => digits::<UInt16Type>,
        DataType::UInt32 => digits::<UInt32Type>,
        DataType::UInt64 => digits::<UInt64Type>,
        _ => return None,
    };
    Some(digits(column, row))
}

/// A date or a time as ISO 8601 has it.
fn date(column: &ArrayRef, row: usize) -> Option<String> {
    use temporal_conversions::as_datetime;
    let time = match column.data_type() {
        DataType::Date32 => {
            let days = column.as_primitive::<Date32Type>().value(row);
            return Some(temporal_conversions::date32_to_datetime(days)?.format("%Y-%m-%d").to_string());
        }
        DataType::Timestamp(TimeUnit::Second, _) => {
            as_datetime::<TimestampSecondType>(column.as_primitive::<TimestampSecondType>().value(row))
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => as_datetime::<TimestampMillisecondType>(
            column.as_primitive::<TimestampMillisecondType>().value(row),
        ),
        DataType::Timestamp(TimeUnit::Microsecond, _) => as_datetime::<TimestampMicrosecondType>(
            column.as_primitive::<TimestampMicrosecondType>().value(row),
        ),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => as_datetime::<TimestampNanosecondType>(
            column.as_primitive::<TimestampNanosecondType>().value(row),
        ),
        _ => return None,
    };
    Some(time?.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string())
}
