//! PayPal's official OpenAPI files: what requests are checked against, and where the wording of refusals comes from.

use crate::refusal::Refusal;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The official files, by the names they have there.
const FILES: [&str; 3] = ["checkout_orders_v2.json", "payments_payment_v2.json", "vault_payment_tokens_v3.json"];

/// One operation of the API: a method and a path with its parameters in braces.
pub(crate) type Operation = (&'static str, &'static str);

/// The files, read, amended and ready to judge.
pub(crate) struct Schemas {
    documents: Vec<Value>,
    requests: BTreeMap<(String, String), Validator>,
}

/// Where the official files lie: with the client's crate, which keeps them.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../paypal/schemas")
}

/// The schemas of this process, read once.
///
/// # Panics
/// When the files cannot be read: without them nothing can be checked.
pub(crate) fn schemas() -> &'static Schemas {
    static READ: OnceLock<Schemas> = OnceLock::new();
    READ.get_or_init(|| Schemas::read(&folder()))
}

impl Schemas {
    fn read(folder: &Path) -> Self {
        let documents: Vec<Value> = FILES.iter().map(|file| document(&folder.join(file), file)).collect();
        let mut requests = BTreeMap::new();
        for document in &documents {
            for (path, method, operation) in operations(document) {
                let body = &operation["requestBody"]["content"]["application/json"]["schema"];
                if !body.is_null() {
                    requests.insert((method.to_owned(), path.to_owned()), validator(document, body));
                }
            }
        }
        Self { documents, requests }
    }

    /// Refuses a body that the operation's schema does not allow, and, if `strict`, one with fields that no schema knows.
    pub(crate) fn check(&self, operation: Operation, body: &Value, strict: bool) -> Result<(), Refusal> {
        let (method, path) = operation;
        if let Some(validator) = self.requests.get(&(method.to_owned(), path.to_owned()))
            && let Some(error) = validator.iter_errors(body).next()
        {
            return Err(refusal_of(&error));
        }
        match self.unknown_field(operation, body) {
            Some(field) if strict => Err(Refusal::invalid("UNKNOWN_FIELD", field)),
            Some(_) | None => Ok(()),
        }
    }

    /// The JSON pointer of the first field that no schema of this operation knows.
    fn unknown_field(&self, (method, path): Operation, body: &Value) -> Option<String> {
        let (document, operation) = self.operation(method, path)?;
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        unknown(document, &[schema], body, "")
    }

    /// The sentence that PayPal has for an issue, as this operation words it, else as any does.
    pub(crate) fn description(&self, (method, path): Operation, status: u16, issue: &str) -> Option<String> {
        let own = self.operation(method, path).and_then(|(document, operation)| {
            let schema = &operation["responses"][status.to_string()]["content"]["application/json"]["schema"];
            let mut reached = Vec::new();
            branches(document, schema, &mut reached);
            reached.into_iter().find_map(|part| worded(part, issue))
        });
        own.or_else(|| self.documents.iter().find_map(|document| worded(&document["components"]["schemas"], issue)))
    }

    fn operation(&self, method: &str, path: &str) -> Option<(&Value, &Value)> {
        self.documents.iter().find_map(|document| {
            let operation = &document["paths"][path][method.to_lowercase()];
            (!operation.is_null()).then_some((document, operation))
        })
    }
}

/// What a schema has against a body, by PayPal's name for it.
fn refusal_of(error: &jsonschema::ValidationError<'_>) -> Refusal {
    use jsonschema::error::ValidationErrorKind as Kind;
    let at = error.instance_path().to_string();
    let (issue, field) = match error.kind() {
        Kind::Required { property } => {
            ("MISSING_REQUIRED_PARAMETER", format!("{at}/{}", property.as_str().unwrap_or_default()))
        }
        Kind::MaxLength { .. } | Kind::MinLength { .. } => ("INVALID_STRING_LENGTH", at),
        Kind::MaxItems { .. } => ("INVALID_ARRAY_MAX_ITEMS", at),
        Kind::MinItems { .. } => ("INVALID_ARRAY_MIN_ITEMS", at),
        Kind::Enum { .. } => ("INVALID_PARAMETER_VALUE", at),
        // The library's enum, not ours: it grows with each of its versions.
        _ => ("INVALID_PARAMETER_SYNTAX", at),
    };
    Refusal::invalid(issue, field)
}

fn document(path: &Path, file: &str) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()));
    let mut document: Value = serde_json::from_str(&text).expect("PayPal's files are JSON");
    amend(&mut document, file);
    document
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| (path.as_str(), upper(method), operation))
    })
}

fn upper(method: &str) -> &'static str {
    match method {
        "get" => "GET",
        "post" => "POST",
        "patch" => "PATCH",
        "put" => "PUT",
        "delete" => "DELETE",
        // `parameters` and the like stand beside the methods.
        _ => "",
    }
}

fn rooted(document: &Value, schema: &Value) -> Value {
    json!({ "allOf": [schema], "components": document["components"] })
}

/// A validator for a schema of a document. OpenAPI 3.0 is nearest to draft 4.
fn validator(document: &Value, schema: &Value) -> Validator {
    let schema = rooted(document, schema);
    jsonschema::options().with_draft(Draft::Draft4).build(&schema).expect("PayPal's schemas compile once amended")
}

/// Where the files of 2024 are wrong or behind PayPal's own server SDK 2.5.0: the SDK is believed.
fn amend(document: &mut Value, file: &str) {
    let schemas = &mut document["components"]["schemas"];
    // Patterns that do not compile.
    for pointer in [
        "/email",
        "/level_2_card_processing_data/properties/invoice_id",
        "/vault_venmo_wallet_base/allOf/1/properties/description",
        "/wallet_base/properties/description",
    ] {
        if let Some(schema) = schemas.pointer_mut(pointer).and_then(Value::as_object_mut) {
            schema.remove("pattern");
        }
    }
    if file.starts_with("checkout_orders") {
        amend_orders(schemas);
    }
    if let Some(kinds) = schemas.pointer_mut("/token_id_request/properties/type/enum").and_then(Value::as_array_mut) {
        kinds.push(json!("SETUP_TOKEN"));
    }
}

fn amend_orders(schemas: &mut Value) {
    // A tracker is sent with its capture alone.
    if let Some(tracker) = schemas["shipment_tracker"].as_object_mut() {
        tracker.remove("required");
    }
    schemas["tracker_status"] = json!({ "type": "string", "enum": ["SHIPPED", "CANCELLED"] });
    let open = json!({});
    let newer = [
        (
            "paypal_wallet_experience_context",
            vec!["app_switch_context", "contact_preference", "order_update_callback_config"],
        ),
        ("paypal_wallet", vec!["stored_credential"]),
        ("item", vec!["url", "image_url", "upc"]),
    ];
    for (schema, fields) in newer {
        for field in fields {
            schemas[schema]["properties"][field] = open.clone();
        }
    }
    // Shorter than a word of its own list, GUEST_CHECKOUT: PayPal itself takes it.
    if let Some(page) = schemas.pointer_mut("/paypal_wallet_experience_context/properties/landing_page") {
        page.as_object_mut().map(|page| page.remove("maxLength"));
    }
    // Seen for authorize as for capture.
    let declined = json!({ "title": "INSTRUMENT_DECLINED", "properties": { "issue": { "type": "string", "enum": ["INSTRUMENT_DECLINED"] } } });
    let issues = schemas.pointer_mut("/orders.authorize-422/properties/details/items/anyOf");
    if let Some(issues) = issues.and_then(Value::as_array_mut) {
        issues.push(declined);
    }
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null),
        None => schema,
    }
}

/// A schema and all that it is put together from.
fn branches<'a>(document: &'a Value, schema: &'a Value, reached: &mut Vec<&'a Value>) {
    let schema = resolve(document, schema);
    reached.push(schema);
    for word in ["allOf", "anyOf", "oneOf"] {
        for part in schema[word].as_array().into_iter().flatten() {
            branches(document, part, reached);
        }
    }
}

fn unknown(document: &Value, schemas: &[&Value], value: &Value, at: &str) -> Option<String> {
    let mut reached = Vec::new();
    schemas.iter().for_each(|schema| branches(document, schema, &mut reached));
    match value {
        Value::Object(fields) => unknown_among(document, &reached, fields, at),
        Value::Array(items) => {
            let of: Vec<&Value> =
                reached.iter().map(|schema| &schema["items"]).filter(|items| !items.is_null()).collect();
            let mut items = items.iter().enumerate();
            items.find_map(|(place, item)| unknown(document, &of, item, &format!("{at}/{place}")))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

fn unknown_among(document: &Value, reached: &[&Value], fields: &Map<String, Value>, at: &str) -> Option<String> {
    let known: BTreeSet<&str> = reached
        .iter()
        .filter_map(|schema| schema["properties"].as_object())
        .flat_map(Map::keys)
        .map(String::as_str)
        .collect();
    // A schema without properties takes anything.
    if known.is_empty() {
        return None;
    }
    fields.iter().find_map(|(name, value)| {
        let field = format!("{at}/{name}");
        if !known.contains(name.as_str()) {
            return Some(field);
        }
        let of: Vec<&Value> =
            reached.iter().map(|schema| &schema["properties"][name]).filter(|schema| !schema.is_null()).collect();
        unknown(document, &of, value, &field)
    })
}

fn worded(schema: &Value, issue: &str) -> Option<String> {
    match schema {
        Value::Object(fields) => {
            if fields.get("issue").is_some_and(|known| known["enum"][0] == issue) {
                return fields.get("description").and_then(|text| text["enum"][0].as_str()).map(str::to_owned);
            }
            fields.values().find_map(|inner| worded(inner, issue))
        }
        Value::Array(items) => items.iter().find_map(|inner| worded(inner, issue)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}
