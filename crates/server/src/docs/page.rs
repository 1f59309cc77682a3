//! The page: the guide, then every route by what it is about.

use super::{example, guide};
use maud::{DOCTYPE, Markup, html};
use serde_json::Value;
use std::collections::BTreeMap;

/// How long a line of an example is, in characters.
const LINE: usize = 60;

/// The page that tells `document`.
pub fn of(document: &Value) -> String {
    let routes = by_tag(document);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { "Bottega for developers" }
                link rel="stylesheet" href="/docs/style.css";
            }
            body {
                a.skip href="#content" { "Skip to the text" }
                header {
                    a.brand href="/docs" { "Bottega" }
                    span { "for developers" }
                    a.document href="/v1/openapi.json" { "OpenAPI 3.1" }
                }
                div.columns {
                    nav aria-label="Sections" {
                        details {
                            summary { "Sections" }
                            (contents(&routes))
                        }
                        div.wide { (contents(&routes)) }
                    }
                    main #content {
                        h1 { "The JSON API" }
                        (guide::all())
                        h2 #routes { "Routes" }
                        @for (tag, routes) in &routes {
                            section {
                                h3 id={ "tag-" (tag) } { (spoken(tag)) }
                                @for route in routes { (route.told(document)) }
                            }
                        }
                    }
                }
            }
        }
    }
    .into_string()
}

/// One route of the document.
struct Route<'a> {
    method: String,
    path: &'a str,
    operation: &'a Value,
}

fn by_tag(document: &Value) -> BTreeMap<&str, Vec<Route<'_>>> {
    let mut tags: BTreeMap<&str, Vec<Route<'_>>> = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let tag = operation["tags"][0].as_str().unwrap_or_default();
            tags.entry(tag).or_default().push(Route { method: method.to_uppercase(), path, operation });
        }
    }
    tags
}

/// `payment-requests` as a person says it.
fn spoken(tag: &str) -> String {
    let words = tag.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn contents(routes: &BTreeMap<&str, Vec<Route<'_>>>) -> Markup {
    html! {
        ul {
            @for (id, title) in guide::SECTIONS { li { a href={ "#" (id) } { (title) } } }
        }
        p { "Routes" }
        ul {
            @for tag in routes.keys() { li { a href={ "#tag-" (tag) } { (spoken(tag)) } } }
        }
    }
}

impl Route<'_> {
    fn told(&self, document: &Value) -> Markup {
        let operation = self.operation;
        let id = operation["operationId"].as_str().unwrap_or_default();
        let summary = operation["summary"].as_str().unwrap_or_default();
        html! {
            article id=(id) {
                h4 {
                    a href={ "#" (id) } {
                        span.method data-method=(self.method) { (self.method) }
                        " "
                        code { (self.path) }
                    }
                }
                p { (summary) }
                p.access { (self.access()) }
                (self.parameters())
                @if let Some((_, content)) = first(&operation["requestBody"]["content"]) {
                    figure {
                        figcaption { "Body" }
                        pre tabindex="0" { code { (pretty(&example::of(document, &content["schema"]), 0)) } }
                    }
                }
                @if let Some((form, content)) = first(&operation["responses"]["200"]["content"]) {
                    @if content["schema"]["const"].is_null() && content["schema"]["type"] != "null" {
                        @if content["schema"].as_object().is_some_and(|schema| schema.is_empty()) {
                            p { "Answer: " code { (form) } }
                        } @else {
                            details {
                                summary { "Answer" @if form != "application/json" { " (" (form) ")" } }
                                pre tabindex="0" { code { (pretty(&example::of(document, &content["schema"]), 0)) } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What it takes to be let in.
    fn access(&self) -> &'static str {
        let ways = self.operation["security"].as_array().map(Vec::as_slice).unwrap_or_default();
        match (ways.is_empty(), ways.iter().any(|way| way.get("key").is_some())) {
            (true, _) => "Open to everybody",
            (false, true) => "With a key, or signed in",
            (false, false) => "Only signed in",
        }
    }

    fn parameters(&self) -> Markup {
        let own = self.operation["parameters"].as_array().into_iter().flatten();
        // The Idempotency-Key stands in the guide, once for all.
        let own: Vec<&Value> = own.filter(|parameter| parameter["name"].is_string()).collect();
        html! {
            @if !own.is_empty() {
                dl {
                    @for parameter in own {
                        dt {
                            code { (parameter["name"].as_str().unwrap_or_default()) }
                            " "
                            span { (place(parameter)) }
                        }
                        dd { (kind(&parameter["schema"])) }
                    }
                }
            }
        }
    }
}

fn place(parameter: &Value) -> &'static str {
    match (parameter["in"] == "path", parameter["required"] == true) {
        (true, _) => "in the path",
        (false, true) => "in the query, required",
        (false, false) => "in the query",
    }
}

fn kind(schema: &Value) -> String {
    let choices = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>();
    if !choices.is_empty() {
        return choices.join(", ");
    }
    let referred = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
    referred.or(schema["type"].as_str()).unwrap_or("anything").to_owned()
}

fn first(content: &Value) -> Option<(&str, &Value)> {
    content.as_object()?.iter().next().map(|(form, content)| (form.as_str(), content))
}

/// JSON for people: what is short stands on one line.
fn pretty(value: &Value, indent: usize) -> String {
    let line = on_a_line(value);
    if indent + line.chars().count() <= LINE {
        return line;
    }
    let (open, close, parts): (_, _, Vec<String>) = match value {
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| format!("\"{name}\": {}", pretty(value, indent + 2));
            ('{', '}', fields.iter().map(field).collect())
        }
        Value::Array(values) => ('[', ']', values.iter().map(|value| pretty(value, indent + 2)).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return line,
    };
    let (inner, outer) = (" ".repeat(indent + 2), " ".repeat(indent));
    format!("{open}\n{inner}{}\n{outer}{close}", parts.join(&format!(",\n{inner}")))
}

fn on_a_line(value: &Value) -> String {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            let field = |(name, value): (&String, &Value)| format!("\"{name}\": {}", on_a_line(value));
            format!("{{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        Value::Array(values) => format!("[{}]", values.iter().map(on_a_line).collect::<Vec<_>>().join(", ")),
        Value::Object(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_told_is_the_same_json() {
        let value = json!({ "a": [1, { "b": "x".repeat(60) }], "c": {}, "d": { "minor": 4_200, "currency": "USD" } });
        let told = pretty(&value, 0);
        assert_eq!(serde_json::from_str::<Value>(&told).unwrap(), value);
        assert!(told.contains("\n  \"d\": { \"currency\": \"USD\", \"minor\": 4200 }\n}"), "{told}");
    }
}
