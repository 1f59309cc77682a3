//! The description of the API, and that it describes this server.

use crate::world::{As, World};
use api::openapi::{ROUTES, Reach, Route, SERVED};
use api::scope::is_open_to_keys;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Method and path of every `.route(…)` below `/v1` in the sources of the server.
fn routes_of_the_sources() -> BTreeSet<(String, String)> {
    fn walk(folder: &Path, found: &mut BTreeSet<(String, String)>) {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                walk(&entry, found);
            } else {
                let source = std::fs::read_to_string(&entry).unwrap();
                // What is about the API begins with `Router<Server>`; the rest is the page's, or the operator's.
                let source = source.split("#[cfg(test)]").next().unwrap();
                if source.contains("-> Router<Server>") {
                    found.extend(routes_of(source.split("-> Router<Server>").nth(1).unwrap()));
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

fn routes_of(source: &str) -> Vec<(String, String)> {
    let mut routes = Vec::new();
    for route in source.split(".route(\"").skip(1) {
        let (path, rest) = route.split_once("\",").expect("a path and its handlers");
        let handlers = rest.split('\n').next().unwrap_or_default();
        for method in ["get", "post"] {
            if handlers.contains(&format!("{method}(")) {
                routes.push((method.to_uppercase(), path.to_owned()));
            }
        }
    }
    routes
}

fn asked(route: &Route) -> String {
    let part = |part: &str| match part {
        "{act}" => route.acts[0].to_owned(),
        part if part.starts_with('{') => "any".to_owned(),
        part => part.to_owned(),
    };
    format!("/v1{}", route.path.split('/').map(part).collect::<Vec<_>>().join("/"))
}

#[test]
fn every_route_that_the_server_adds_is_in_the_table_and_none_besides() {
    let listed: BTreeSet<_> = SERVED.iter().map(|route| (route.method.to_owned(), route.path.to_owned())).collect();
    assert_eq!(routes_of_the_sources(), listed);
    assert_eq!(SERVED.len(), listed.len(), "each once");
}

#[tokio::test]
async fn who_is_nobody_gets_in_where_the_description_says_so_and_nowhere_else() {
    let world = World::with(|config| config.demo = false).await;
    for route in ROUTES.iter().chain(SERVED) {
        let answer = world.call(&As::Nobody, route.method, &asked(route), "{}").await;
        let is_out = answer.status == 401;
        assert_eq!(is_out, route.reach != Reach::Anyone, "{} {}: {}", route.method, route.path, answer.status);
    }
}

#[tokio::test]
async fn a_key_opens_what_the_description_says_and_nothing_else() {
    let world = World::new().await;
    let (_, program) = world.key(&world.sign_in("kai.shapes").await).await;
    let mut open = 0;
    for route in ROUTES.iter().chain(SERVED).filter(|route| route.path != "/stream") {
        let answer = world.call(&program, route.method, &asked(route), "{\"nothing\"").await;
        let is_shut = answer.status == 403 && answer.refused().1 == "not_with_a_key";
        assert_eq!(is_shut, !is_open_to_keys(route.path), "{} {}: {}", route.method, route.path, answer.text());
        assert_ne!(answer.status, 401, "{}", route.path);
        open += usize::from(!is_shut);
    }
    assert!(open > 30, "{open}");
}

#[tokio::test]
async fn the_document_is_served_to_everybody() {
    let world = World::new().await;
    let document: Value = world.get(&As::Nobody, "/v1/openapi.json").await.json();
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["paths"]["/v1/keys"]["post"].is_object());
}

#[tokio::test]
async fn the_page_tells_every_route_and_runs_nothing() {
    let world = World::new().await;
    let page = world.get(&As::Nobody, "/docs").await;
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'; ") && !policy.contains("script"));
    let text = page.text();
    for route in ROUTES.iter().chain(SERVED) {
        assert!(text.contains(&format!("<code>/v1{}</code>", route.path)), "{}", route.path);
    }
    assert!(!text.contains("<script") && !text.contains(" style=") && !text.contains("<style"));
    let sheet = world.get(&As::Nobody, "/docs/style.css").await;
    assert_eq!(sheet.headers["content-type"], "text/css");
    assert!(sheet.text().contains("--accent-text:") && sheet.text().contains(".method"));
}

#[tokio::test]
async fn every_link_within_the_page_leads_somewhere() {
    let text = World::new().await.get(&As::Nobody, "/docs").await.text();
    let targets: Vec<&str> = text.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(targets.len() > 80);
    for target in targets {
        assert_eq!(text.matches(&format!(" id=\"{target}\"")).count(), 1, "{target}");
    }
}
