//! Who may import whom, where crate boundaries cannot keep it.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let (root, mut found) = (root(), Vec::new());
    walk(&root.join(folder), &mut found);
    let beside = root.join(format!("{folder}.rs"));
    found.extend(beside.is_file().then_some(beside));
    let named = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source file is readable");
        let name = path.strip_prefix(&root).unwrap_or(&path).display().to_string();
        (name, text)
    };
    found.into_iter().map(named).collect()
}

/// The lines of code in `folder`, but for the files under `except`, that contain one of `forbidden`.
fn breaches(folder: &str, except: &[&str], forbidden: &[&str]) -> Vec<String> {
    let files = sources(folder).into_iter().filter(|(name, _)| !except.iter().any(|room| name.starts_with(room)));
    let lines = files.flat_map(|(name, text)| {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned);
        code.map(move |line| (name.clone(), line)).collect::<Vec<_>>()
    });
    lines
        .filter(|(_, line)| forbidden.iter().any(|word| line.contains(word)))
        .map(|(name, line)| format!("{name}: {}", line.trim()))
        .collect()
}

#[test]
fn the_domain_knows_nothing_of_ours_and_reads_no_clock() {
    let forbidden =
        ["api::", "axum", "leptos", "web_sys", "js_sys", "SystemTime", "Instant::now", "now_utc", "rand::", "async "];
    assert_eq!(breaches("crates/domain/src", &[], &forbidden), Vec::<String>::new());
}

#[test]
fn only_the_transport_knows_who_answers() {
    let forbidden = ["gloo_net", "axum::", "api::router", "api::store", "api::app::", "IndexedDb"];
    let except = ["src/transport"];
    assert_eq!(breaches("src", &except, &forbidden), Vec::<String>::new());
}

#[test]
fn only_the_server_knows_paypal() {
    for room in ["src", "crates/domain/src", "crates/api/src"] {
        assert_eq!(breaches(room, &[], &["paypal::"]), Vec::<String>::new(), "{room}");
    }
}

#[test]
fn paypal_knows_our_words_and_nothing_else_of_ours() {
    assert_eq!(breaches("crates/paypal/src", &[], &["api::", "server::", "sqlx"]), Vec::<String>::new());
}

#[test]
fn parts_know_nothing_of_selling() {
    let forbidden = [
        "use domain::",
        "use api::",
        "crate::store",
        "crate::thread",
        "crate::inbox",
        "crate::order",
        "crate::checkout",
        "crate::payment_request",
        "crate::wallet",
        "crate::seller",
        "crate::help",
        "crate::transport",
    ];
    assert_eq!(breaches("src/ui", &[], &forbidden), Vec::<String>::new());
}

#[test]
fn cards_do_not_know_the_thread_that_shows_them() {
    for room in ["src/payment_request", "src/order", "src/help", "src/checkout", "src/wallet"] {
        let forbidden = ["crate::thread::", "crate::inbox::", "crate::both_sides"];
        assert_eq!(breaches(room, &[], &forbidden), Vec::<String>::new(), "{room}");
    }
}

#[test]
fn the_store_knows_no_view() {
    let forbidden = ["view!", "#[component]", "crate::thread::", "crate::inbox::", "crate::checkout::"];
    assert_eq!(breaches("src/store", &[], &forbidden), Vec::<String>::new());
}

#[test]
fn the_simulated_paypal_and_what_it_tests_know_nothing_of_each_other() {
    let ours = ["paypal::", "api::", "domain::", "use server"];
    assert_eq!(breaches("crates/paypal-simulator/src", &[], &ours), Vec::<String>::new());
    for room in ["src", "crates/domain/src", "crates/api/src", "crates/server/src", "crates/paypal/src"] {
        assert_eq!(breaches(room, &[], &["paypal_simulator"]), Vec::<String>::new(), "{room}");
    }
}

#[test]
fn nothing_is_written_into_the_page_as_markup_or_inline_style() {
    assert_eq!(breaches("src", &[], &["inner_html", " style=\"", "eval("]), Vec::<String>::new());
}
