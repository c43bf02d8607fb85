//! Does a record follow the JSON Schema of its file?

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{ValidationError, Validator};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::findings::Sink;
use super::newer;
use crate::diagnostic::{Code, quote};
use crate::schema;

/// One compiled schema.
pub(crate) struct Shape {
    validator: Validator,
    schema: Value,
    /// Whether records are of a newer minor version.
    newer: bool,
}

impl Shape {
    /// Compiles the schema of that name. `newer` says that records are of a newer minor version.
    ///
    /// # Panics
    ///
    /// If there is no schema of that name: the names are the program's own.
    pub(crate) fn new(name: &str, newer: bool) -> Self {
        let schema = schema::schema(name).expect("the name of a schema");
        let validator = jsonschema::validator_for(&schema).expect("a schema that compiles");
        Self { validator, schema, newer }
    }

    /// Takes out of a record what a newer minor version added.
    pub(crate) fn put_newer_aside(&self, value: &mut Value) {
        if self.newer {
            newer::put_aside(value, &self.schema);
        }
    }

    /// The record as its type, if it follows the schema; else findings say why not.
    pub(crate) fn check<T: DeserializeOwned>(&self, value: &Value, sink: &mut Sink<'_>) -> Option<T> {
        if self.validator.is_valid(value) {
            return match T::deserialize(value) {
                Ok(record) => Some(record),
                Err(error) => {
                    sink.add(Code::Schema, None, format!("the record cannot be read: {error}"));
                    None
                }
            };
        }
        for error in self.validator.iter_errors(value) {
            report(&error, sink);
        }
        None
    }
}

fn report(error: &ValidationError<'_>, sink: &mut Sink<'_>) {
    let path = error.instance_path().as_str().trim_start_matches('/');
    let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            sink.add(Code::Schema, inside(name).as_str(), "the field is missing");
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            for name in unexpected {
                sink.add(Code::Schema, inside(name).as_str(), "the schema has no such field");
            }
        }
        kind => sink.add(Code::Schema, Some(path).filter(|path| !path.is_empty()), sentence(kind, error)),
    }
}

fn sentence(kind: &ValidationErrorKind, error: &ValidationError<'_>) -> String {
    let value = quote(&match error.instance().as_ref() {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    match kind {
        ValidationErrorKind::Type { kind: TypeKind::Single(expected) } => {
            format!("{value} is not of the type `{expected}`")
        }
        ValidationErrorKind::Type { kind: TypeKind::Multiple(_) } => {
            format!("{value} is not of the field's types")
        }
        ValidationErrorKind::Enum { .. } | ValidationErrorKind::AnyOf { .. } => {
            format!("{value} is none of the allowed values")
        }
        ValidationErrorKind::Pattern { pattern } => format!("{value} does not match `{pattern}`"),
        ValidationErrorKind::MinLength { .. } => "the text is empty".to_owned(),
        ValidationErrorKind::Minimum { limit } => format!("{value} is less than `{limit}`"),
        ValidationErrorKind::Maximum { limit } => format!("{value} is more than `{limit}`"),
        ValidationErrorKind::UniqueItems => format!("{value} names a flag twice"),
        ValidationErrorKind::PropertyNames { .. } => format!("{value} has a key that is not allowed"),
        other => format!("{value} breaks the schema's `{}`", other.keyword()),
    }
}
