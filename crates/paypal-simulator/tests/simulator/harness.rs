//! One simulator, one merchant who calls it, and PayPal's own schemas to judge each answer.

use jsonschema::{Draft, Validator};
use paypal_simulator::{Clock, Config, Simulator};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

/// 2026-03-01T12:00:00Z, in milliseconds.
pub const NOON: i64 = 1_772_366_400_000;

/// Issues that PayPal gives, or the simulator alone, and that the file has no sentence for: only the envelope is judged.
const UNLISTED: [&str; 4] =
    ["ACTION_DOES_NOT_MATCH_INTENT", "DUPLICATE_REQUEST_ID", "INSTRUMENT_DECLINED", "UNKNOWN_FIELD"];

pub struct Merchant {
    pub simulator: Simulator,
    pub http: Client,
    token: String,
}

/// An answer: what it was, and what it said.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    pub fn issue(&self) -> &str {
        self.body["details"][0]["issue"].as_str().unwrap_or_default()
    }

    pub fn text(&self, pointer: &str) -> &str {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no {pointer} in {}", self.body))
    }

    pub fn link(&self, rel: &str) -> &str {
        let mut links = self.body["links"].as_array().into_iter().flatten();
        let link = links.find(|link| link["rel"] == rel).and_then(|link| link["href"].as_str());
        link.unwrap_or_else(|| panic!("no {rel} in {}", self.body))
    }

    pub fn refused(&self, status: u16, issue: &str) {
        assert_eq!((self.status, self.issue()), (status, issue), "{}", self.body);
    }
}

pub fn client() -> Client {
    // Whoever is first installs it.
    drop(rustls::crypto::ring::default_provider().install_default());
    Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

pub fn standing() -> Config {
    Config { clock: Clock::Standing { now: NOON }, ..Config::default() }
}

pub async fn merchant() -> Merchant {
    merchant_of(standing()).await
}

pub async fn merchant_of(config: Config) -> Merchant {
    let simulator = Simulator::start(config).await.unwrap();
    let http = client();
    let token = token(&http, &simulator).await;
    Merchant { simulator, http, token }
}

async fn token(http: &Client, simulator: &Simulator) -> String {
    let request = http.post(format!("{}/v1/oauth2/token", simulator.url()));
    let request = request.basic_auth("simulated-client", Some("simulated-secret"));
    let request =
        request.header("content-type", "application/x-www-form-urlencoded").body("grant_type=client_credentials");
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

impl Merchant {
    /// A call with the token, before it is sent.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method: Method = method.parse().unwrap();
        self.http.request(method, format!("{}{path}", self.simulator.url())).bearer_auth(&self.token)
    }

    /// Sends a call, and has PayPal's schema for it judge the answer.
    pub async fn sent(&self, method: &str, path: &str, request: RequestBuilder) -> Answer {
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
        judge(method, path, status, &body);
        Answer { status, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.sent("GET", path, self.request("GET", path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.sent("POST", path, self.request("POST", path).json(body)).await
    }

    pub async fn keyed(&self, path: &str, key: &str, body: &Value) -> Answer {
        self.sent("POST", path, self.request("POST", path).header("PayPal-Request-Id", key).json(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.sent("PATCH", path, self.request("PATCH", path).json(body)).await
    }

    /// Gets a new token, after the old one has run out.
    pub async fn sign_in_again(&mut self) {
        self.token = token(&self.http, &self.simulator).await;
    }

    /// An order that a buyer has agreed to.
    pub async fn approved(&self, body: &Value, funding: paypal_simulator::Funding) -> String {
        let id = self.post("/v2/checkout/orders", body).await.text("/id").to_owned();
        self.simulator.approve(&id, "ada@example.com", funding).unwrap();
        id
    }

    /// An order that is paid, and its capture.
    pub async fn captured(&self, value: &str) -> (String, String) {
        let id = self.approved(&order("CAPTURE", value), paypal_simulator::Funding::Balance).await;
        let paid = self.post(&format!("/v2/checkout/orders/{id}/capture"), &json!({})).await;
        assert_eq!(paid.status, 201, "{}", paid.body);
        let capture = paid.text("/purchase_units/0/payments/captures/0/id").to_owned();
        (id, capture)
    }

    /// An order whose amount is held, and its authorization.
    pub async fn held(&self, value: &str) -> (String, String) {
        let id = self.approved(&order("AUTHORIZE", value), paypal_simulator::Funding::Balance).await;
        let paid = self.post(&format!("/v2/checkout/orders/{id}/authorize"), &json!({})).await;
        assert_eq!(paid.status, 201, "{}", paid.body);
        let held = paid.text("/purchase_units/0/payments/authorizations/0/id").to_owned();
        (id, held)
    }

    /// What the merchant has, in cents.
    pub fn balance(&self) -> i64 {
        let books = self.simulator.books();
        let balances = books["balances"].as_array().unwrap();
        balances.iter().map(|balance| minor(&balance["balance"])).sum()
    }
}

pub fn usd(value: &str) -> Value {
    json!({ "currency_code": "USD", "value": value })
}

/// The smallest order there is.
pub fn order(intent: &str, value: &str) -> Value {
    json!({ "intent": intent, "purchase_units": [{ "amount": usd(value) }] })
}

/// Cents of an amount that PayPal wrote with two decimals.
pub fn minor(amount: &Value) -> i64 {
    amount["value"].as_str().unwrap().replace('.', "").parse().unwrap()
}

/// Method, path and status. A thousand more: only its envelope is judged.
type Judged = (String, String, u16);

struct Spec {
    documents: Vec<Value>,
    compiled: Mutex<HashMap<Judged, Option<Arc<Validator>>>>,
}

static SPEC: LazyLock<Spec> = LazyLock::new(|| {
    let files = std::fs::read_dir(paypal_simulator::schemas_folder()).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let read = |path| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let documents = files.map(read).filter(|document: &Value| document["paths"].is_object());
    let mut documents: Vec<Value> = documents.collect();
    documents.iter_mut().for_each(without_bad_patterns);
    Spec { documents, compiled: Mutex::default() }
});

/// These patterns do not compile as regular expressions.
fn without_bad_patterns(document: &mut Value) {
    for pointer in [
        "/components/schemas/email",
        "/components/schemas/level_2_card_processing_data/properties/invoice_id",
        "/components/schemas/vault_venmo_wallet_base/allOf/1/properties/description",
        "/components/schemas/wallet_base/properties/description",
    ] {
        if let Some(schema) = document.pointer_mut(pointer) {
            schema.as_object_mut().unwrap().remove("pattern");
        }
    }
}

/// Fails when an answer is not what PayPal's file says of that call and status.
fn judge(method: &str, path: &str, status: u16, body: &Value) {
    let path = path.split('?').next().unwrap_or_default();
    let Some((document, template)) = SPEC.documents.iter().find_map(|document| {
        let mut templates = document["paths"].as_object().unwrap().keys();
        templates.find(|template| fits(template, path)).map(|template| (document, template))
    }) else {
        // A call whose file is not kept.
        return;
    };
    let unlisted = UNLISTED.contains(&body["details"][0]["issue"].as_str().unwrap_or_default());
    let key = (method.to_lowercase(), template.clone(), if unlisted { status + 1_000 } else { status });
    let validator = SPEC
        .compiled
        .lock()
        .unwrap()
        .entry(key)
        .or_insert_with(|| {
            let response = &document["paths"][template][method.to_lowercase()]["responses"][status.to_string()];
            let schema = &response["content"]["application/json"]["schema"];
            let envelope = json!({ "$ref": format!("#/components/schemas/error_{status}") });
            let schema = match schema {
                _ if unlisted => &envelope,
                Value::Null if status >= 400 && status != 429 => &envelope,
                Value::Null => return None,
                schema => schema,
            };
            let rooted = json!({ "allOf": [schema], "components": document["components"] });
            Some(Arc::new(jsonschema::options().with_draft(Draft::Draft4).build(&rooted).unwrap()))
        })
        .clone();
    match validator {
        Some(validator) => {
            let errors: Vec<String> =
                validator.iter_errors(body).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{method} {path} {status}: {errors:?}\n{body:#}");
        }
        None => {
            assert!(status == 204 || status == 429 || status == 500, "{method} {path} has no answer {status}: {body}")
        }
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len() && template.iter().zip(&path).all(|(want, got)| want.starts_with('{') || want == got)
}
