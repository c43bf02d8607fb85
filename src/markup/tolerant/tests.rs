//! Broken JSON, and what was meant.

use proptest::prelude::*;

use crate::markup::json::{Json, read, read_tolerantly};

/// The values as strict JSON, one a line; then where reading stopped.
fn shown(text: &str) -> String {
    let (values, fault) = read_tolerantly(text);
    let values: Vec<_> = values.iter().map(strict).collect();
    let fault = fault.map_or(String::new(), |fault| format!("\nline {}: {}", fault.line, fault.rest));
    format!("{}{fault}", values.join("\n"))
}

fn strict(json: &Json) -> String {
    let quoted = |text: &String| serde_json::to_string(text).expect("a string");
    match json {
        Json::Null => "null".into(),
        Json::Bool(value) => value.to_string(),
        Json::Number(number) => number.to_string(),
        Json::Text(text) => quoted(text),
        Json::Array(values) => format!("[{}]", values.iter().map(strict).collect::<Vec<_>>().join(",")),
        Json::Object(members) => {
            let members: Vec<_> =
                members.iter().map(|(name, value)| format!("{}:{}", quoted(name), strict(value))).collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

#[test]
fn sound_json_reads_as_a_strict_reader_reads_it() {
    for text in [
        r#"{"a":[1,-2.5e3,true,false,null,"x, \"y\": }"],"b":{},"c":[]}"#,
        r#"[ "a" , "b:" , { "c" : "\u00e9\ud83d\ude00\n\/" } ]"#,
        r#"{"a":"b","c":"d"}"#,
        r#"{"a": ",", "b": ":", "c" : "}"}"#,
        r#"[[[]],{"":""}]"#,
        "7",
        "\"x\"",
    ] {
        let (values, fault) = read(text);
        assert_eq!((read_tolerantly(text), fault.clone()), ((values, fault), None), "{text}");
    }
}

#[test]
fn what_pages_get_wrong_is_read_as_meant() {
    for (text, meant) in [
        ("\u{feff}{\"a\":1}", r#"{"a":1}"#),
        ("<!-- {\"a\":1} -->", r#"{"a":1}"#),
        ("<!-- block -->\n{\"a\":1}", r#"{"a":1}"#),
        ("//<![CDATA[\n{\"a\":1}\n//]]>", r#"{"a":1}"#),
        ("/* <![CDATA[ */{\"a\":1}/* ]]> */", r#"{"a":1}"#),
        ("<![CDATA[{\"a\":1}]]>", r#"{"a":1}"#),
        ("{\"a\":1, // one\n /* two */ \"b\":\"http://x\"}", r#"{"a":1,"b":"http://x"}"#),
        ("{\"a\":\"x\ty\nz\u{1}\"}", r#"{"a":"x\ty\nz\u0001"}"#),
        ("{\"a\":[1,2,],\"b\":3,}", r#"{"a":[1,2],"b":3}"#),
        ("{,\"a\":1,,\"b\":[,2]}", r#"{"a":1,"b":[2]}"#),
        ("{&quot;a&quot;:&quot;x &amp;amp; y&quot;}", r#"{"a":"x &amp; y"}"#),
        ("{\"a\":1}{\"b\":2};\n[3]", "{\"a\":1}\n{\"b\":2}\n[3]"),
        ("{\"a\":1},{\"b\":2}", "{\"a\":1}\n{\"b\":2}"),
        ("{“a”: “x”, ‘b’: 'y', c: \"z\"}", r#"{"a":"x","b":"y","c":"z"}"#),
        ("{\"a\":\"it\\'s \\q\"}", r#"{"a":"it's q"}"#),
        ("{\"a\":\"\\ud83d x\"}", "{\"a\":\"\u{fffd} x\"}"),
        ("{\"a\": , \"b\": undefined, \"c\": None}", r#"{"a":null,"b":null,"c":null}"#),
        ("{\"a\" \"x\"}", r#"{"a":"x"}"#),
        ("{\"a\":1}}", r#"{"a":1}"#),
    ] {
        assert_eq!(shown(text), meant, "{text}");
    }
}

#[test]
fn quotes_that_nobody_escaped_belong_to_the_text() {
    for (text, meant) in [
        (r#"{"a":"the "queen" bee","b":1}"#, r#"{"a":"the \"queen\" bee","b":1}"#),
        (r#"{"a":"say "yes", or "no"."}"#, r#"{"a":"say \"yes\", or \"no\"."}"#),
        (r#"{"a":"<a href="https://x.example/">x</a>"}"#, r#"{"a":"<a href=\"https://x.example/\">x</a>"}"#),
        (r#"{"a":"he said "note": wait","b":"c"}"#, r#"{"a":"he said \"note\": wait","b":"c"}"#),
        (r#"["a "b" c","d"]"#, r#"["a \"b\" c","d"]"#),
    ] {
        assert_eq!(shown(text), meant, "{text}");
    }
}

#[test]
fn brackets_are_put_where_they_must_have_been() {
    for (text, meant) in [
        // Missing at the end.
        (r#"{"a":[{"b":1}"#, r#"{"a":[{"b":1}]}"#),
        // A brace missing before the next element.
        (r#"[{"a":{"b":1},{"c":2}]"#, r#"[{"a":{"b":1}},{"c":2}]"#),
        // One bracket missing, inside.
        (r#"{"a":[1,2,"b":3}"#, r#"{"a":[1,2],"b":3}"#),
        (r#"{"a":[{"b":1},"c":2}"#, r#"{"a":[{"b":1}],"c":2}"#),
        // One too many.
        (r#"{"a":[{"b":1}},{"c":2}]}"#, "{\"a\":[{\"b\":1}]}\n{\"c\":2}"),
        (r#"[{"a":1}},{"b":2}]"#, r#"[{"a":1},{"b":2}]"#),
        // A comma missing.
        ("{\"a\":\"x\"\n\"b\":\"y\"}", r#"{"a":"x","b":"y"}"#),
        (r#"{"a":"x" "b":"y"}"#, r#"{"a":"x","b":"y"}"#),
        (r#"[{"a":1} {"b":2}]"#, r#"[{"a":1},{"b":2}]"#),
    ] {
        assert_eq!(shown(text), meant, "{text}");
    }
}

#[test]
fn a_quote_that_is_missing_or_too_many_costs_nothing() {
    for (text, meant) in [
        // Behind a text, at its end, before it.
        (r#"[{"name":"x.},{"name":"y"}]"#, r#"[{"name":"x."},{"name":"y"}]"#),
        ("{\"a\":\"x,\n \"name\":\"y\"}", r#"{"a":"x","name":"y"}"#),
        (r#"{"a":{"b":"x.}}"#, r#"{"a":{"b":"x."}}"#),
        (r#"{"a":it is."}"#, r#"{"a":"it is."}"#),
        (r#"{"a":yes","b":1}"#, r#"{"a":"yes","b":1}"#),
        // Before and behind a name.
        (r#"{"a":"x",name":"y"}"#, r#"{"a":"x","name":"y"}"#),
        (r#"{"a":"x","name:"y"}"#, r#"{"a":"x","name":"y"}"#),
        (r#"{"a":"x",""name":"y"}"#, r#"{"a":"x","name":"y"}"#),
        (r#"{"a":"x","name"":"y"}"#, r#"{"a":"x","name":"y"}"#),
        // Twice around a text, but not where it is a part of the text.
        (r#"{"a":""x y","b":"x"","c":""}"#, r#"{"a":"x y","b":"x","c":""}"#),
        (r#"{"a":""x" is y","b":"y is "x""}"#, r#"{"a":"\"x\" is y","b":"y is \"x\""}"#),
    ] {
        assert_eq!(shown(text), meant, "{text}");
    }
}

#[test]
fn strays_cost_nothing() {
    for (text, meant) in [
        (r#"{"a":"x";"b":"y";}"#, r#"{"a":"x","b":"y"}"#),
        (r#"[{"a":"x";}},{"b":"y"`}]"#, r#"[{"a":"x"},{"b":"y"}]"#),
        ("{\"a\":\"x\",<br />\n\"b\":[1,<br>2]</p>}", r#"{"a":"x","b":[1,2]}"#),
        (r#"{"a":"x",`"b":"y","name"~:"z"}"#, r#"{"a":"x","b":"y","name":"z"}"#),
        (r#"{"a":"x","name" "y","b":`"z"}"#, r#"{"a":"x","name":"y","b":"z"}"#),
        (r#"{{"a":"b":"x"},"c":1}"#, r#"{"a":{"b":"x"},"c":1}"#),
        (r#"[{"a":1},"@type":"b","c":2}]"#, r#"[{"a":1},{"@type":"b","c":2}]"#),
        ("<b>Notice</b>: [x] in {y}\n{\"a\":1}", r#"{"a":1}"#),
        (r#"{\"a\":\"x \\\"y\\\"\"}"#, r#"{"a":"x \"y\""}"#),
        // All that looks like a mistake, and is a text.
        (
            r#"{"a":"say "x"; then "y", "name" and "z".","b":1}"#,
            r#"{"a":"say \"x\"; then \"y\", \"name\" and \"z\".","b":1}"#,
        ),
    ] {
        assert_eq!(shown(text), meant, "{text}");
    }
    assert_eq!(read(r#""{\"a\":[1]}""#), read(r#"{"a":[1]}"#));
}

#[test]
fn what_stands_before_a_fault_is_kept() {
    assert_eq!(shown("{\"a\":1,\n\"b\":\"cut"), "{\"a\":1}\nline 2: \"cut");
    assert_eq!(shown("{\"a\":[1,\"b\":"), "{\"a\":[1]}\nline 1: ");
    assert_eq!(shown("{\"a\":"), "{}\nline 1: ");
    assert_eq!(shown("undefined"), "\nline 1: undefined");
    assert_eq!(shown("{}abcdefghijklmnopqrstuvwxyz"), "{}\nline 1: yz");
}

#[test]
fn depth_and_length_have_bounds() {
    let (_, fault) = read_tolerantly(&"[".repeat(100_000));
    assert!(fault.is_some_and(|fault| fault.rest.len() == 100_000 - super::MAX_DEPTH));
    for piece in [
        "{\"a\":",
        "\",\"",
        "\"/*",
        "[//",
        "\",„",
        "\n\"",
        "<!--",
        "{\"a\",",
        "'\\",
        "\"a\":\"b\":",
        "\"\"a",
        "\"}},",
        " x \"",
        "<br>",
        ";",
        "\"@type\":\"x\",",
        "[{x",
        "\"name\"~",
        "x y,",
        "\"a\":",
        "`\"",
        "\"]}",
    ] {
        let text = format!("{{\"a\":\"{}", piece.repeat(50_000));
        let _ = read_tolerantly(&text);
        let _ = read_tolerantly(&piece.repeat(50_000));
    }
}

/// Any JSON, with strings that are made to look like its syntax.
fn any_json() -> impl Strategy<Value = Json> {
    let text = r#"[a:,{}\[\]"\\\\ \n“'/*<é-]{0,8}"#;
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(|number| Json::Number(number.into())),
        text.prop_map(Json::Text),
    ];
    leaf.prop_recursive(4, 40, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::Array),
            prop::collection::vec((text, inner), 0..5).prop_map(Json::Object),
        ]
    })
}

proptest! {
    #[test]
    fn any_sound_json_reads_as_it_is(json in any_json(), padded: bool) {
        let json = Json::Array(vec![json]);
        let text = strict(&json);
        let text = if padded { format!(" \n{text}\t") } else { text };
        prop_assert_eq!(read(&text), (vec![json.clone()], None));
        prop_assert_eq!(read_tolerantly(&text), (vec![json], None));
    }

    #[test]
    fn any_broken_json_is_read_or_has_a_fault(json in any_json(), cut in 0_usize..200, with in r#"[a:,{}\[\]"'/ ]{0,3}"#) {
        let text = strict(&json);
        let at = text.floor_char_boundary(cut.min(text.len()));
        let end = text.ceil_char_boundary((at + 1).min(text.len()));
        let _ = read_tolerantly(&format!("{}{with}{}", &text[..at], &text[end..]));
        let (values, fault) = read_tolerantly(&text[..at]);
        prop_assert!(!values.is_empty() || fault.is_some() || text[..at].trim().is_empty());
    }
}
