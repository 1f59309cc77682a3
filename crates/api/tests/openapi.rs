//! The description is of this API: every route of the router is in the table, and the document is the committed one.
#![cfg(feature = "contract")]

use api::openapi::{ROUTES, document};
use std::collections::BTreeSet;
use std::path::Path;

/// Method and path of every `.route(…)`.
fn routes_of(source: &str) -> BTreeSet<(String, String)> {
    let mut routes = BTreeSet::new();
    for route in source.split(".route(\"").skip(1) {
        let (path, rest) = route.split_once("\",").expect("a path and its handlers");
        let handlers = rest.split(".route(").next().unwrap_or_default();
        let handlers = handlers.split("Router::new()").next().unwrap_or_default();
        for method in ["get", "post", "put", "patch", "delete"] {
            if handlers.contains(&format!("{method}(")) {
                routes.insert((method.to_uppercase(), path.to_owned()));
            }
        }
    }
    routes
}

#[test]
fn every_route_of_the_router_is_in_the_table_and_none_besides() {
    let routed = routes_of(include_str!("../src/routes.rs"));
    let listed: BTreeSet<_> = ROUTES.iter().map(|route| (route.method.to_owned(), route.path.to_owned())).collect();
    assert!(routed.len() > 40, "the source of the router was understood");
    assert_eq!(routed, listed);
    assert_eq!(ROUTES.len(), listed.len(), "each once");
}

#[test]
fn the_committed_document_is_the_one_of_this_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/openapi.json");
    let now = serde_json::to_string_pretty(&document()).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &now).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == now, "docs/api/openapi.json is out of date: UPDATE=1 cargo test -p api --features contract");
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    let document = document();
    let text = document.to_string();
    let mut found = 0;
    for reference in text.split("\"$ref\":\"#").skip(1) {
        let pointer = reference.split('"').next().unwrap_or_default();
        assert!(document.pointer(pointer).is_some(), "{pointer} is not there");
        found += 1;
    }
    assert!(found > 100, "{found} references");
}
