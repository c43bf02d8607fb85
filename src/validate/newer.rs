//! Records of a newer minor version: what it added is put aside, the rest is
//! checked as ever.

use serde_json::{Map, Value};

/// Takes out of a record the fields and flags that its schema does not know.
pub(crate) fn put_aside(record: &mut Value, schema: &Value) {
    trim(record, schema, schema);
}

fn trim(value: &mut Value, schema: &Value, root: &Value) {
    let schema = resolve(schema, root);
    match value {
        Value::Object(object) => fields(object, schema, root),
        Value::Array(items) => {
            let item = resolve(&schema["items"], root);
            if let Some(known) = item["enum"].as_array() {
                items.retain(|item| known.contains(item));
            }
            for value in items {
                trim(value, item, root);
            }
        }
        _ => {}
    }
}

fn fields(object: &mut Map<String, Value>, schema: &Value, root: &Value) {
    let Some(known) = schema["properties"].as_object() else { return };
    object.retain(|name, _| known.contains_key(name));
    for (name, value) in object {
        trim(value, &known[name], root);
    }
}

/// The schema itself, or the definition that it refers to.
fn resolve<'s>(schema: &'s Value, root: &'s Value) -> &'s Value {
    let definition = schema["$ref"].as_str().and_then(|path| root.pointer(path.strip_prefix('#')?));
    definition.unwrap_or(schema)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unknown_fields_and_flags_go_at_any_depth() {
        let schema = crate::schema::schema("manifest").expect("a schema");
        let mut manifest = json!({
            "mood": 1,
            "rules_version": 1,
            "totals": {"entries": 2, "tears": 3, "accounting": {"blank": 4, "song": 5}},
            "files": [{"path": "a", "smell": 6}],
            "options": {"format": ["csv", "xlsx", "json"]},
        });
        put_aside(&mut manifest, &schema);
        let expected = json!({
            "rules_version": 1,
            "totals": {"entries": 2, "accounting": {"blank": 4}},
            "files": [{"path": "a"}],
            "options": {"format": ["csv", "json"]},
        });
        assert_eq!(manifest, expected);
    }

    #[test]
    fn maps_keep_their_keys() {
        let schema = crate::schema::schema("page").expect("a schema");
        let mut page = json!({"rules": {"count": 1}});
        put_aside(&mut page, &schema);
        assert_eq!(page, json!({"rules": {"count": 1}}));
    }
}
