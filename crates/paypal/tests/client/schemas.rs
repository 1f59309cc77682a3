//! PayPal's own schemas as a judge of what is sent. What has to be mended in them stands in `mended`.

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, LazyLock, Mutex};

/// One of PayPal's files, mended, and the validators that were made of it.
pub struct Api(Value, Mutex<HashMap<String, Arc<Validator>>>);

pub static ORDERS: LazyLock<Api> = LazyLock::new(|| Api::of(orders()));
pub static PAYMENTS: LazyLock<Api> = LazyLock::new(|| Api::of(payments()));
pub static VAULT: LazyLock<Api> = LazyLock::new(|| Api::of(vault()));
pub static DISPUTES: LazyLock<Api> = LazyLock::new(|| Api::of(disputes()));
pub static REPORTS: LazyLock<Api> =
    LazyLock::new(|| Api::of(read(include_str!("../../schemas/reporting_transactions_v1.json"))));

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("PayPal's file is JSON")
}

/// Takes out what is at `pointer`, which has to be there.
fn take(file: &mut Value, pointer: &str) -> Value {
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = file.pointer_mut(parent).and_then(Value::as_object_mut);
    parent.and_then(|it| it.remove(key)).unwrap_or_else(|| panic!("{pointer} is there"))
}

/// One more word for an enum of PayPal's.
fn add_word(file: &mut Value, pointer: &str, word: &str) {
    let words = file.pointer_mut(pointer).and_then(Value::as_array_mut).expect("an enum");
    assert!(!words.contains(&json!(word)), "PayPal has added {word}: nothing is to be mended any more");
    words.push(json!(word));
}

fn orders() -> Value {
    let mut file = read(include_str!("../../schemas/checkout_orders_v2.json"));
    let schemas = "/components/schemas";
    // Patterns that are none in ECMAScript: validators fall silent over them.
    take(&mut file, &format!("{schemas}/email/pattern"));
    take(&mut file, &format!("{schemas}/level_2_card_processing_data/properties/invoice_id/pattern"));
    take(&mut file, &format!("{schemas}/vault_venmo_wallet_base/allOf/1/properties/description/pattern"));
    // Inherited from the older tracking API; PayPal's documentation and SDK want `capture_id` alone.
    take(&mut file, &format!("{schemas}/shipment_tracker/required"));
    // In the description of the field and not in its list.
    add_word(&mut file, &format!("{schemas}/shipment_carrier/enum"), "OTHER");
    // Shorter than a word of its own list, GUEST_CHECKOUT.
    take(&mut file, &format!("{schemas}/paypal_wallet_experience_context/properties/landing_page/maxLength"));
    file
}

fn payments() -> Value {
    let mut file = read(include_str!("../../schemas/payments_payment_v2.json"));
    take(&mut file, "/components/schemas/email/pattern");
    file
}

fn vault() -> Value {
    let mut file = read(include_str!("../../schemas/vault_payment_tokens_v3.json"));
    take(&mut file, "/components/schemas/email/pattern");
    take(&mut file, "/components/schemas/wallet_base/properties/description/pattern");
    // In PayPal's documentation and SDK.
    add_word(&mut file, "/components/schemas/token_id_request/properties/type/enum", "SETUP_TOKEN");
    file
}

fn disputes() -> Value {
    let mut file = read(include_str!("../../schemas/customer_disputes_v1.json"));
    // One carrier is there twice, which JSON Schema forbids.
    let pointer = "/components/schemas/tracking_info/properties/carrier_name/enum";
    let words = file.pointer_mut(pointer).and_then(Value::as_array_mut).expect("an enum");
    let before = words.len();
    let mut seen = BTreeSet::new();
    words.retain(|word| seen.insert(word.to_string()));
    assert_ne!(words.len(), before);
    file
}

impl Api {
    fn of(file: Value) -> Self {
        Self(file, Mutex::default())
    }

    /// The schema of this name.
    pub fn schema(&self, name: &str) -> &Value {
        self.0.pointer(&format!("/components/schemas/{name}")).unwrap_or_else(|| panic!("a schema {name}"))
    }

    /// The words of an enum, wherever in the schema `name` it stands.
    pub fn words(&self, name: &str, pointer: &str) -> BTreeSet<&str> {
        let words = self.schema(name).pointer(pointer).and_then(Value::as_array).expect("an enum");
        words.iter().filter_map(Value::as_str).collect()
    }

    fn validator(&self, schema: &Value) -> Arc<Validator> {
        let mut made = self.1.lock().expect("no panic while making a validator");
        made.entry(schema.to_string()).or_insert_with(|| Arc::new(self.make(schema))).clone()
    }

    fn make(&self, schema: &Value) -> Validator {
        let root = json!({"allOf": [schema], "components": self.0["components"]});
        // OpenAPI 3.0 takes its schemas from this draft: what stands beside a `$ref` does not count.
        jsonschema::options().with_draft(Draft::Draft4).build(&root).expect("a schema")
    }

    /// What the schema `name` has against `value`: its refusals, and fields that it does not know.
    pub fn complaints(&self, name: &str, value: &Value) -> Vec<String> {
        let reference = json!({"$ref": format!("#/components/schemas/{name}")});
        let validator = self.validator(&reference);
        let mut found: Vec<String> =
            validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        self.unknown(&reference, value, "", &mut found);
        found
    }

    /// What a parameter of a query has against `text`.
    pub fn query_complaints(&self, name: &str, text: &str) -> Vec<String> {
        let parameter = &self.0["components"]["parameters"][name];
        let mut schema = parameter["schema"].clone();
        if !parameter["enum"].is_null() {
            schema["enum"] = parameter["enum"].clone();
        }
        let value = match schema["type"].as_str() {
            Some("integer") => json!(text.parse::<i64>().expect("an integer")),
            Some("boolean") => json!(text.parse::<bool>().expect("a boolean")),
            Some("string") => json!(text),
            other => panic!("a parameter {name}, not {other:?}"),
        };
        self.validator(&schema).iter_errors(&value).map(|error| format!("{name}: {error}")).collect()
    }

    /// Fields that a schema does not know: PayPal's files forbid none, so that a misspelt one passes every validator.
    fn unknown(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            // What may be anything is judged where it is known what it is: the value of a patch.
            Value::Object(_)
                if self
                    .resolved(schema)
                    .as_object()
                    .is_some_and(|it| it.keys().all(|key| key == "description" || key == "title")) => {}
            Value::Object(fields) => {
                let known = self.properties(schema);
                for (field, inner) in fields {
                    let at = format!("{at}/{field}");
                    match known.iter().find(|(name, _)| name == field) {
                        Some((_, schema)) => self.unknown(schema, inner, &at, found),
                        None => found.push(format!("{at}: PayPal knows no such field")),
                    }
                }
            }
            Value::Array(values) => {
                let items = self.resolved(schema)["items"].clone();
                values.iter().for_each(|inner| self.unknown(&items, inner, at, found));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(reference) => {
                let pointer = reference.trim_start_matches('#');
                self.resolved(self.0.pointer(pointer).unwrap_or_else(|| panic!("{reference} is there")))
            }
            None => schema,
        }
    }

    /// The fields of a schema and of all that it takes in.
    fn properties<'a>(&'a self, schema: &'a Value) -> Vec<(&'a str, &'a Value)> {
        let schema = self.resolved(schema);
        let own = schema["properties"].as_object().into_iter().flatten();
        let mut all: Vec<_> = own.map(|(name, schema)| (name.as_str(), schema)).collect();
        let taken_in = schema["allOf"].as_array().into_iter().flatten();
        all.extend(taken_in.flat_map(|schema| self.properties(schema)));
        all
    }
}

fn order(intent: &str) -> Value {
    json!({"intent": intent, "purchase_units": [{"amount": {"currency_code": "USD", "value": "1.00"}}]})
}

#[test]
fn the_judge_refuses_what_is_wrong() {
    assert_eq!(ORDERS.complaints("order_request", &order("CAPTURE")), Vec::<String>::new());
    assert_eq!(ORDERS.complaints("order_request", &order("PAY")).len(), 1);
    assert_eq!(ORDERS.complaints("order_request", &json!({"intent": "CAPTURE"})).len(), 1);
    let mut float = order("CAPTURE");
    float["purchase_units"][0]["amount"]["value"] = json!(1.5);
    assert_eq!(ORDERS.complaints("order_request", &float).len(), 1);
    let mut misspelt = order("CAPTURE");
    misspelt["purchase_units"][0]["custom_ID"] = json!("pay_1");
    let complaint = "/purchase_units/custom_ID: PayPal knows no such field";
    assert_eq!(ORDERS.complaints("order_request", &misspelt), [complaint]);
    let mut deep = order("CAPTURE");
    deep["payment_source"] =
        json!({"paypal": {"experience_context": {"return_url": "https://a.example", "colour": 1}}});
    assert_eq!(
        ORDERS.complaints("order_request", &deep),
        ["/payment_source/paypal/experience_context/colour: PayPal knows no such field"]
    );
}

#[test]
fn every_schema_that_judges_compiles() {
    for (api, name) in [
        (&ORDERS, "order_request"),
        (&ORDERS, "patch_request"),
        (&ORDERS, "order_capture_request"),
        (&ORDERS, "order_authorize_request"),
        (&ORDERS, "order_tracker_request"),
        (&PAYMENTS, "capture_request"),
        (&PAYMENTS, "refund_request"),
        (&VAULT, "setup_token_request"),
        (&VAULT, "payment_token_request"),
        (&DISPUTES, "evidence"),
    ] {
        // A number is no object: whoever is silent about it judges nothing.
        assert!(!api.complaints(name, &json!(7)).is_empty(), "{name}");
    }
}
