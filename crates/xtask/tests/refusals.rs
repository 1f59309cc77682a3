//! Every refusal of the API is a sentence in both languages, in the one place for them; those of passkeys and of what one owns in theirs,
//! which come with the later parts of the app.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What only a mistake of the page itself can cause: it is told in the API's own words.
const MISTAKES_OF_THE_PAGE: [&str; 14] = [
    "bad_request",
    "bad_subscription",
    "cross_site",
    "demo_only",
    "idempotency_key_invalid",
    "idempotency_key_missing",
    "idempotency_key_reused",
    "incomplete_body",
    "invalid_body",
    "invalid_product",
    "not_a_demo",
    "not_json",
    "unknown_push_service",
    "wrong_method",
];

/// What only programs are told, ours with a key or the processor's: there is no page for it.
const FOR_PROGRAMS: [&str; 5] =
    ["certificate_unavailable", "forged", "no_such_cursor", "not_with_a_key", "unknown_key"];

/// What a worker says of what it could not do: whoever runs the server reads it, among the dead letters.
const OF_WORKERS: [&str; 2] = ["broken", "carrier_silent"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "contract") {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The codes in a text: each follows its status, as in `(409, "too_late_to_edit"`. A processor's are in capitals.
fn codes(text: &str) -> impl Iterator<Item = String> {
    let marks = text.match_indices(", \"").filter(|(at, _)| {
        let status = text[..*at].rsplit(|letter: char| !letter.is_ascii_digit()).next().unwrap_or_default();
        status.parse::<u16>().is_ok_and(|status| (400..600).contains(&status))
    });
    let named = marks.filter_map(|(at, mark)| text[at + mark.len()..].split('"').next());
    named.filter(|code| !code.contains(|letter: char| letter.is_ascii_uppercase())).map(str::to_owned)
}

#[test]
fn every_code_of_the_api_has_its_sentence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    sources(&root.join("crates/api/src"), &mut files);
    sources(&root.join("crates/server/src"), &mut files);
    let texts = files.iter().map(|file| fs::read_to_string(file).expect("a source file is readable"));
    let all: BTreeSet<String> = texts.flat_map(|text| codes(&text).collect::<Vec<_>>()).collect();
    assert!(
        all.len() > 50
            && all.contains("too_late_to_edit")
            && all.contains("rate_limited")
            && all.contains("storage_full"),
        "{all:?}"
    );

    // What only proving who one is, or what one owns, can come to has a place of its own, in a part that comes later.
    let sentences = ["src/refusal.rs", "src/proof.rs", "src/things/refusal.rs"]
        .map(|place| fs::read_to_string(root.join(place)).expect("a place for refusals"))
        .concat();
    let told = |code: &&String| sentences.contains(&format!("\"{code}\" =>"));
    let untold: Vec<&String> = all.iter().filter(|code| !told(code)).collect();
    let expected: BTreeSet<&str> = MISTAKES_OF_THE_PAGE.into_iter().chain(FOR_PROGRAMS).chain(OF_WORKERS).collect();
    assert_eq!(untold, expected.into_iter().collect::<Vec<_>>());
}
