//! An example for a schema: what is required, with values that say what they are.

use serde_json::{Map, Value, json};

/// How deep examples go. Deeper is only what contains itself.
const DEEPEST: usize = 12;

/// A value that fits `schema`, whose references lead into `document`.
pub fn of(document: &Value, schema: &Value) -> Value {
    Examples { document }.value(schema, "", DEEPEST)
}

struct Examples<'a> {
    document: &'a Value,
}

impl Examples<'_> {
    fn value(&self, schema: &Value, name: &str, depth: usize) -> Value {
        if depth == 0 {
            return Value::Null;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let found = self.document.pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null);
            return self.value(found, name, depth - 1);
        }
        if let Some(only) = schema.get("const") {
            return only.clone();
        }
        if let Some(first) = schema["enum"].get(0) {
            return first.clone();
        }
        for choice in ["oneOf", "anyOf", "allOf"] {
            if let Some(first) = schema[choice].get(0) {
                return self.value(first, name, depth - 1);
            }
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.first().and_then(Value::as_str),
            kind => kind.as_str(),
        };
        match kind {
            Some("object") => self.object(schema, depth),
            Some("array") => self.array(schema, name, depth),
            Some("string") => text(schema, name).into(),
            Some("integer" | "number") => number(schema, name),
            Some("boolean") => true.into(),
            Some(_) | None => Value::Null,
        }
    }

    fn object(&self, schema: &Value, depth: usize) -> Value {
        let mut object = Map::new();
        if let Some(properties) = schema["properties"].as_object() {
            let required = schema["required"].as_array();
            for (name, property) in properties {
                if required.is_some_and(|required| required.iter().any(|needed| needed == name)) {
                    object.insert(name.clone(), self.value(property, name, depth - 1));
                }
            }
        }
        object.into()
    }

    fn array(&self, schema: &Value, name: &str, depth: usize) -> Value {
        if let Some(places) = schema["prefixItems"].as_array() {
            return places.iter().map(|place| self.value(place, name, depth - 1)).collect();
        }
        match schema.get("items") {
            Some(item) => json!([self.value(item, name, depth - 1)]),
            None => json!([]),
        }
    }
}

fn text(schema: &Value, name: &str) -> String {
    if schema["format"] == "date-time" {
        return "2026-09-01T09:30:00.000Z".to_owned();
    }
    // Our own ids: `^acc_[…]+$`.
    let pattern = schema["pattern"].as_str().unwrap_or_default();
    if let Some(prefix) = pattern.strip_prefix('^').and_then(|rest| rest.split('[').next()) {
        match prefix {
            "" => {}
            "/" => return "/art/mug.svg".to_owned(),
            prefix if prefix.ends_with('_') => return format!("{prefix}0193f2"),
            _something_else => {}
        }
    }
    let known = match name {
        "currency" => "USD",
        "country" => "US",
        "handle" | "peer" => "maya.torres",
        "url" => "https://shop.example/bottega",
        "secret" => "bk_…",
        "" => "text",
        other => other,
    };
    let longest = schema["maxLength"].as_u64().and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    known.replace('_', " ").chars().take(longest).collect()
}

fn number(schema: &Value, name: &str) -> Value {
    match name {
        "minor" => 4_200.into(),
        _other => schema["minimum"].as_i64().unwrap_or(0).max(1).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_has_what_is_required_and_follows_references() {
        let document = json!({ "components": { "schemas": {
            "Id": { "type": "string", "pattern": "^acc_[0-9a-z]+$" },
            "Loop": { "type": "object", "required": ["again"], "properties": { "again": { "$ref": "#/components/schemas/Loop" } } },
        } } });
        let schema = json!({
            "type": "object",
            "required": ["id", "when", "state"],
            "properties": {
                "id": { "$ref": "#/components/schemas/Id" },
                "when": { "type": ["string", "null"], "format": "date-time" },
                "state": { "type": "string", "maxLength": 2 },
                "more": { "type": "boolean" },
            },
        });
        let example = of(&document, &schema);
        assert_eq!(example, json!({ "id": "acc_0193f2", "when": "2026-09-01T09:30:00.000Z", "state": "st" }));
        let endless = of(&document, &json!({ "$ref": "#/components/schemas/Loop" })).to_string();
        assert!(endless.len() < 200, "{endless}");
    }
}
