use super::*;
use crate::store::Place;
use clap::Parser;

fn bound() -> SocketAddr {
    "127.0.0.1:4100".parse().unwrap()
}

fn checked(words: &[&str]) -> Result<Config> {
    let flags = Flags::try_parse_from(["bottega-server"].iter().chain(words))?;
    Config::check(&flags, bound())
}

fn refused(words: &[&str]) -> String {
    checked(words).unwrap_err().to_string()
}

#[test]
fn without_flags_it_is_a_server_for_this_machine() {
    let config = checked(&[]).unwrap();
    assert_eq!(config.origin, "http://localhost:4100");
    assert_eq!((config.database, config.demo, config.app), (Place::Sqlite("bottega.db".into()), false, None));
}

#[test]
fn an_origin_is_kept_as_browsers_write_it() {
    assert_eq!(checked(&["--origin", "https://Bottega.example:443/"]).unwrap().origin, "https://bottega.example");
    assert_eq!(checked(&["--origin", "http://127.0.0.1:9"]).unwrap().origin, "http://127.0.0.1:9");
}

#[test]
fn an_origin_is_encrypted_outside_this_machine_and_has_no_path() {
    assert!(refused(&["--origin", "http://bottega.example"]).contains("https://"));
    assert!(refused(&["--origin", "https://bottega.example/shop"]).contains("more in it"));
    assert!(refused(&["--origin", "https://me@bottega.example"]).contains("more in it"));
    assert!(refused(&["--origin", "bottega.example"]).contains("--origin"));
}

#[test]
fn a_server_for_all_has_to_be_told_its_origin() {
    let flags = Flags::try_parse_from(["bottega-server"]).unwrap();
    let refused = Config::check(&flags, "0.0.0.0:80".parse().unwrap()).unwrap_err();
    assert!(refused.to_string().contains("--origin"));
}

#[test]
fn a_missing_folder_is_named() {
    assert!(refused(&["--app", "/nothing/here"]).contains("/nothing/here"));
}

#[test]
fn only_files_need_a_folder_and_are_no_demo() {
    assert!(refused(&["--static"]).contains("--app"));
    assert!(refused(&["--static", "--app", "/tmp", "--demo"]).contains("--demo"));
}

#[test]
fn a_bad_address_is_refused_by_name() {
    assert!(refused(&["--listen", "localhost"]).contains("--listen"));
}

#[test]
fn on_ones_own_machine_all_its_names_are_ones_own_and_nothing_else_is() {
    let config = Config::local(bound());
    for own in ["http://localhost:4100", "http://127.0.0.1:4100", "http://[::1]:4100"] {
        assert!(config.is_own(own), "{own}");
    }
    for foreign in ["http://localhost:4101", "https://localhost:4100", "http://a.example:4100", "null", ""] {
        assert!(!config.is_own(foreign), "{foreign}");
    }
    let public = checked(&["--origin", "https://bottega.example"]).unwrap();
    assert!(public.is_own("https://bottega.example"));
    assert!(!public.is_own("https://localhost") && !public.is_own("https://bottega.example.evil.example"));
}

#[test]
fn a_bucket_needs_to_be_told_where_it_is_and_what_opens_it() {
    assert!(refused(&["--s3-bucket", "shop"]).contains("--s3-endpoint"));
    let place = ["--s3-bucket", "shop", "--s3-endpoint", "https://s3.example"];
    assert!(refused(&place).contains("AWS_ACCESS_KEY_ID"));
    assert!(refused(&[&place[..], &["--photos", "here"]].concat()).contains("--photos"));
    let config = checked(&[&place[..], &["--s3-key", "id", "--s3-secret", "hush"]].concat()).unwrap();
    assert!(matches!(&config.photos, PhotoPlace::Bucket(_)));
    assert!(!format!("{config:?}").contains("hush"));
    assert!(matches!(checked(&[]).unwrap().photos, PhotoPlace::Folder(folder) if folder.ends_with("bottega.photos")));
}

#[test]
fn easypost_is_there_with_a_key_and_needs_what_its_webhooks_are_signed_with() {
    assert!(checked(&[]).unwrap().easypost.is_none());
    assert!(checked(&["--easypost-secret", "hush"]).unwrap().easypost.is_none());
    assert!(refused(&["--easypost-key", "EZAK1"]).contains("--easypost-secret"));
    assert!(refused(&["--easypost-key", "EZAK1", "--easypost-secret", " "]).contains("EASYPOST_WEBHOOK_SECRET"));
    let both = ["--easypost-key", "EZAK1", "--easypost-secret", "hush"];
    assert!(refused(&[&both[..], &["--easypost-url", "http://easypost.example"]].concat()).contains("--easypost-url"));
    let config = checked(&both).unwrap();
    let told = format!("{config:?}");
    assert!(config.easypost.is_some() && !told.contains("hush") && !told.contains("EZAK1"));
}

const KEY: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

/// A server that is paid by PayPal there, as this client and with this webhook.
fn paid(place: &str, client: &str, webhook: &str) -> Result<Config> {
    let keys = ["--paypal-client", client, "--paypal-secret", "s3cret", "--paypal-webhook", webhook];
    checked(&[&["--paypal", place, "--wallet-key", KEY], &keys[..]].concat())
}

#[test]
fn keys_of_paypal_without_paypal_are_refused() {
    for (flag, name) in [
        ("--paypal-client", "PAYPAL_CLIENT_ID"),
        ("--paypal-secret", "PAYPAL_CLIENT_SECRET"),
        ("--paypal-webhook", "PAYPAL_WEBHOOK_ID"),
        ("--paypal-merchant", "PAYPAL_MERCHANT_ID"),
    ] {
        let why = refused(&[flag, "something"]);
        assert!(why.contains(name) && why.contains("BOTTEGA_PAYPAL is not"), "{why}");
        assert!(checked(&[flag, " "]).unwrap().paypal.is_none(), "nothing was said");
    }
}

#[test]
fn where_paypal_is_is_one_of_three() {
    for place in ["live", "sandbox", "http://127.0.0.1:8090"] {
        assert!(paid(place, "AbC_1-x", "WH-1").unwrap().paypal.is_some(), "{place}");
    }
    for place in ["sandbx", "Live", "api-m.paypal.com"] {
        let why = paid(place, "AbC_1-x", "WH-1").unwrap_err().to_string();
        assert!(why.contains(place) && why.contains("live, sandbox, or a simulator's address"), "{why}");
    }
}

#[test]
fn ids_that_paypal_never_gives_are_refused_at_the_start() {
    for client in ["A", "12345", "two words", ".A", &"A".repeat(129)] {
        let why = paid("sandbox", client, "WH-1").unwrap_err().to_string();
        assert!(why.contains("PAYPAL_CLIENT_ID"), "{why}");
    }
    for webhook in ["https://shop.example/hooks/paypal", "WH 1", &"1".repeat(51)] {
        let why = paid("sandbox", "AbC_1-x", webhook).unwrap_err().to_string();
        assert!(why.contains("PAYPAL_WEBHOOK_ID"), "{why}");
    }
    assert!(paid("sandbox", &"A".repeat(80), &"1".repeat(50)).is_ok());
}
