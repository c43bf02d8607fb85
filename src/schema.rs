//! JSON Schemas of a dataset's rows, generated from the types in [`record`](crate::record).
//!
//! Draft 2020-12. Every field is required, no other field is allowed, and a
//! field that can be unknown allows null. The copies in the repository, below
//! `schemas/`, are for readers and other tools; a test keeps them in step.

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

use crate::record::{Entry, InputRow, Manifest, PageRow, Reject, RejectReason, SCHEMA_VERSION};

/// Names of the schemas, in the order of the documentation.
pub const NAMES: [&str; 5] = ["entry", "page", "input", "reject", "manifest"];

/// The schema of that name, or `None` for a name that is not in [`NAMES`].
///
/// ```
/// let schema = qasift::schema::schema("entry").expect("a name in the list");
/// assert_eq!(schema["$id"], "urn:qasift:schema:entry:1.2");
/// assert!(qasift::schema::schema("answer").is_none());
/// ```
#[must_use]
pub fn schema(name: &str) -> Option<Value> {
    let generated = match name {
        "entry" => generate::<Entry<'static>>(),
        "page" => generate::<PageRow>(),
        "input" => generate::<InputRow>(),
        "reject" => generate::<Reject>(),
        "manifest" => generate::<Manifest>(),
        _ => return None,
    };
    Some(with_id(name, generated))
}

/// The schema of that name as the text of its file: indented, with a final newline.
#[must_use]
pub fn text(name: &str) -> Option<String> {
    Some(format!("{:#}\n", schema(name)?))
}

fn generate<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .with_transform(RecursiveTransform(plain_enum))
        .with_transform(RecursiveTransform(integer_range))
        .with_transform(RecursiveTransform(plain_description))
        .with_transform(RecursiveTransform(null_not_empty))
        .with_transform(special_fields)
        .into_generator()
        .into_root_schema_for::<T>()
}

fn with_id(name: &str, generated: Schema) -> Value {
    let mut schema = Value::from(generated);
    schema["$id"] = json!(format!("urn:qasift:schema:{name}:{SCHEMA_VERSION}"));
    schema
}

/// `oneOf` constants → `enum`, which more tools understand; what the
/// constants mean moves into the description.
fn plain_enum(schema: &mut Schema) {
    let Some(options) = schema.get("oneOf").and_then(Value::as_array) else { return };
    let Some(values) = options.iter().map(|option| option.get("const")).collect::<Option<Vec<_>>>() else {
        return;
    };
    let values: Vec<Value> = values.into_iter().cloned().collect();
    let mut meaning = schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
    for option in options {
        if let (Some(value), Some(text)) = (option["const"].as_str(), option["description"].as_str()) {
            meaning = format!("{meaning}\n- `{value}`: {text}");
        }
    }
    schema.remove("oneOf");
    schema.insert("type".into(), json!("string"));
    schema.insert("enum".into(), Value::Array(values));
    schema.insert("description".into(), json!(meaning));
}

/// Rust's integer formats, which no standard knows → bounds.
fn integer_range(schema: &mut Schema) {
    let (least, most) = match schema.get("format").and_then(Value::as_str) {
        Some("uint32") => (0, i64::from(u32::MAX)),
        Some("uint64") => (0, i64::MAX),
        Some("int64") => (i64::MIN, i64::MAX),
        Some("double") => {
            schema.remove("format");
            return;
        }
        _ => return,
    };
    schema.remove("format");
    let schema = schema.ensure_object();
    schema.entry("minimum").or_insert(json!(least));
    schema.entry("maximum").or_insert(json!(most));
}

/// Rustdoc's links → their text.
fn plain_description(schema: &mut Schema) {
    let Some(Value::String(text)) = schema.get_mut("description") else { return };
    while let Some((from, to, link)) = rustdoc_link(text) {
        text.replace_range(from..to, &link);
    }
}

/// The first ``[`Name`]`` or ``[`Name`](path)`` in `text`: where it is, and `` `Name` ``.
fn rustdoc_link(text: &str) -> Option<(usize, usize, String)> {
    let from = text.find("[`")?;
    let close = from + text[from..].find("`]")? + 2;
    let to = match text[close..].strip_prefix('(').and_then(|rest| rest.find(')')) {
        Some(length) => close + length + 2,
        None => close,
    };
    Some((from, to, text[from + 1..close - 1].to_owned()))
}

/// A field that can be unknown is then null, never the empty string, because the CSV
/// could not distinguish them.
fn null_not_empty(schema: &mut Schema) {
    if schema.get("type") == Some(&json!(["string", "null"])) && !schema.as_value()["pattern"].is_string() {
        schema.insert("minLength".into(), json!(1));
    }
}

/// What the types cannot say: each flag once, and reject reasons as keys.
fn special_fields(root: &mut Schema) {
    if let Some(flags) = root.pointer_mut("/properties/flags").and_then(Value::as_object_mut) {
        flags.insert("uniqueItems".into(), json!(true));
    }
    let rejects = root.pointer_mut("/$defs/Totals/properties/rejects");
    if let Some(rejects) = rejects.and_then(Value::as_object_mut) {
        rejects.insert("propertyNames".into(), json!({ "enum": RejectReason::ALL }));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use serde_json::Map;

    use super::*;

    /// `QASIFT_BLESS=1 cargo test --lib schema` writes the copies anew.
    #[test]
    fn committed_copies_agree() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
        for name in NAMES {
            let path = folder.join(format!("{name}.schema.json"));
            let expected = text(name).expect(name);
            if std::env::var_os("QASIFT_BLESS").is_some() {
                fs::write(&path, &expected).expect("a writable working tree");
            }
            let committed = fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(committed, expected, "run `QASIFT_BLESS=1 cargo test --lib schema`");
        }
        let files = fs::read_dir(folder).expect("the folder of schemas").count();
        assert_eq!(files, NAMES.len(), "a schema that nothing generates");
    }

    #[test]
    fn schemas_follow_their_draft() {
        for name in NAMES {
            let schema = schema(name).expect(name);
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            assert!(jsonschema::meta::is_valid(&schema), "{name}");
        }
    }

    #[test]
    fn every_object_is_closed_and_every_field_required() {
        for name in NAMES {
            let root = schema(name).expect(name);
            let definitions = root["$defs"].as_object().into_iter().flat_map(Map::values);
            for object in definitions.chain([&root]).filter(|schema| schema["type"] == "object") {
                assert_eq!(object["additionalProperties"], json!(false), "{name}");
                let properties = object["properties"].as_object().expect("properties");
                let required = object["required"].as_array().expect("required");
                assert_eq!(properties.len(), required.len(), "{name}: {object}");
            }
        }
    }

    #[test]
    fn an_entry_has_the_fields_of_the_wire_format() {
        let schema = schema("entry").expect("entry");
        assert_eq!(schema["required"], json!(crate::record::ENTRY_FIELDS));
    }

    #[test]
    fn enums_and_integers_are_closed() {
        let entry = schema("entry").expect("entry");
        assert_eq!(entry["properties"]["flags"]["uniqueItems"], json!(true));
        let flags = json!([
            "elided_items",
            "invalid_source",
            "mojibake_repaired",
            "no_source",
            "not_visible",
            "truncated_answer"
        ]);
        assert_eq!(entry["$defs"]["Flag"]["enum"], flags);
        assert_eq!(entry["properties"]["position"]["minimum"], json!(1));
        assert_eq!(entry["properties"]["position"]["maximum"], json!(4_294_967_295_u32));
        assert_eq!(entry["properties"]["source_text"]["minLength"], json!(1));
        let manifest = schema("manifest").expect("manifest");
        let rejects = &manifest["$defs"]["Totals"]["properties"]["rejects"];
        assert_eq!(rejects["propertyNames"]["enum"][1], json!("duplicate"));
    }

    #[test]
    fn descriptions_are_plain_text() {
        assert_eq!(rustdoc_link("see [`Id`](crate::Id)."), Some((4, 21, "`Id`".to_owned())));
        assert_eq!(rustdoc_link("[`Id`] at"), Some((0, 6, "`Id`".to_owned())));
        assert_eq!(rustdoc_link("a list [1]"), None);
        for name in NAMES {
            assert!(!text(name).expect(name).contains("[`"), "{name}");
        }
    }
}
