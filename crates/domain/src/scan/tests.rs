use super::corpus::{HELD_OUT, ORDINARY, SCAM};
use super::*;
use proptest::prelude::*;

#[test]
fn at_least_95_of_100_scam_lines_are_found() {
    assert!(SCAM.len() >= 60);
    let missed: Vec<&str> =
        SCAM.iter().filter(|(_, line)| off_platform(line).is_none()).map(|(_, line)| *line).collect();
    assert!(missed.len() * 20 <= SCAM.len(), "missed {missed:#?}");
}

#[test]
fn at_most_1_of_100_ordinary_lines_is_warned_of() {
    assert!(ORDINARY.len() >= 150);
    let warned: Vec<_> = ORDINARY.iter().filter_map(|line| Some((off_platform(line)?, *line))).collect();
    assert!(warned.len() * 100 <= ORDINARY.len(), "warned of {warned:#?}");
}

#[test]
fn of_every_held_out_set_at_least_95_of_100_scam_lines_are_found() {
    for set in HELD_OUT {
        let missed: Vec<&str> = set.scam.iter().copied().filter(|line| off_platform(line).is_none()).collect();
        assert!(set.scam.len() > 90 && missed.len() * 20 <= set.scam.len(), "{}: missed {missed:#?}", set.name);
    }
}

#[test]
fn of_every_held_out_set_at_most_1_of_100_ordinary_lines_is_warned_of() {
    for set in HELD_OUT {
        let warned: Vec<_> = set.ordinary.iter().filter_map(|line| Some((off_platform(line)?, *line))).collect();
        assert!(set.ordinary.len() > 190 && warned.len() * 100 <= set.ordinary.len(), "{}: {warned:#?}", set.name);
    }
}

#[test]
fn ordinary_lines_one_after_another_are_hardly_warned_of_either() {
    let messages: Vec<String> =
        HELD_OUT.iter().flat_map(|set| set.ordinary.chunks(4).map(|lines| lines.join(".\n"))).collect();
    let warned: Vec<&String> = messages.iter().filter(|message| off_platform(message).is_some()).collect();
    assert!(warned.len() * 50 <= messages.len(), "warned of {warned:#?}");
}

#[test]
fn the_reason_is_the_right_one() {
    for (reason, line) in SCAM {
        if let Some(found) = off_platform(line) {
            assert_eq!(found, *reason, "{line}");
        }
    }
}

#[test]
fn an_account_with_a_wrong_check_digit_is_nothing() {
    assert_eq!(off_platform("IT61X0542811101000000123456"), None);
    assert_eq!(off_platform("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"), None);
    assert_eq!(off_platform("4242 4242 4242 4241"), None);
}

#[test]
fn card_numbers_are_masked_to_their_last_four_digits() {
    assert_eq!(mask_card_numbers("card 4242 4242 4242 4242, thanks"), "card •••• 4242, thanks");
    assert_eq!(mask_card_numbers("378282246310005 or 5555-5555-5555-4444"), "•••• 0005 or •••• 4444");
    assert_eq!(mask_card_numbers("４２４２４２４２４２４２４２４２"), "•••• 4242");
    assert_eq!(mask_card_numbers("no card here 🙂"), "no card here 🙂");
    assert_eq!(mask_card_numbers("4000056655665556123 is too long"), "4000056655665556123 is too long");
}

#[test]
fn ordinary_lines_and_tracking_numbers_are_not_masked() {
    for line in ORDINARY.iter().chain(HELD_OUT.iter().flat_map(|set| set.ordinary)) {
        assert_eq!(mask_card_numbers(line), *line);
    }
}

#[test]
fn masking_is_stable() {
    for (_, line) in SCAM {
        let once = mask_card_numbers(line).into_owned();
        assert_eq!(mask_card_numbers(&once), once);
    }
}

/// The links of a text as (text, href, host).
fn found(text: &str) -> Vec<(String, String, String)> {
    links(text)
        .into_iter()
        .filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Link { text, href, host } => Some((text.to_owned(), href, host)),
        })
        .collect()
}

fn link(text: &str, href: &str, host: &str) -> Vec<(String, String, String)> {
    vec![(text.to_owned(), href.to_owned(), host.to_owned())]
}

#[test]
fn web_addresses_are_links_and_the_punctuation_behind_is_not() {
    assert_eq!(
        found("See https://shop.example/a?b=1#c."),
        link("https://shop.example/a?b=1#c", "https://shop.example/a?b=1#c", "shop.example")
    );
    assert_eq!(found("(www.etsy.com)!"), link("www.etsy.com", "https://www.etsy.com/", "www.etsy.com"));
    assert_eq!(found("poste.it/track, ok"), link("poste.it/track", "https://poste.it/track", "poste.it"));
    assert_eq!(found("http://x.com/a_(b) and"), link("http://x.com/a_(b)", "http://x.com/a_(b)", "x.com"));
    assert_eq!(found("HTTP://X.COM:8080/"), link("HTTP://X.COM:8080/", "http://x.com:8080/", "x.com"));
    assert_eq!(found("etsy.com."), link("etsy.com", "https://etsy.com/", "etsy.com"));
    assert_eq!(found("a.com b.com").len(), 2);
}

#[test]
fn other_schemes_and_words_with_points_are_no_links() {
    for text in [
        "javascript:alert(1)",
        "ftp://example.com/x",
        "data:text/html,x",
        "file:///etc/passwd",
        "anna@example.com",
        "anna.me@example.com",
        "5'6\" is 18.50, e.g. the 10.30 one",
        "http://localhost",
        "http://127.1/",
        "http://0x7f.0.0.1/",
        "http://2130706433/",
        "https://-a.com",
        "https://",
        "www.",
        "ok...yes",
        "//evil.example/x",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
    assert_eq!(found("http://192.168.0.1/a"), link("http://192.168.0.1/a", "http://192.168.0.1/a", "192.168.0.1"));
}

#[test]
fn the_host_is_the_one_that_a_browser_opens() {
    assert_eq!(
        found("https://paypal.com@evil.example/login"),
        link("https://paypal.com@evil.example/login", "https://evil.example/login", "evil.example")
    );
    assert_eq!(
        found("https://paypal.com:80@a@evil.example"),
        link("https://paypal.com:80@a@evil.example", "https://evil.example/", "evil.example")
    );
    // A browser reads the backslash as a slash: the host ends there.
    assert_eq!(found("https://evil.example\\@paypal.com")[0].2, "evil.example");
    assert_eq!(found("https://evil.example/@paypal.com")[0].2, "evil.example");
}

#[test]
fn a_host_of_other_letters_is_shown_in_punycode() {
    assert_eq!(found("https://аррӏе.com/")[0].2, "xn--80ak6aa92e.com");
    assert_eq!(found("https://раypal.com/")[0].1, "https://xn--ypal-43d9g.com/");
    assert_eq!(found("http://Bücher.de/ü")[0].1, "http://xn--bcher-kva.de/%C3%BC");
}

#[test]
fn marks_of_direction_neither_hide_in_links_nor_turn_words() {
    assert_eq!(found("https://shop.com/\u{202e}gpj.exe")[0].0, "https://shop.com/");
    assert_eq!(without_bidi("a\u{202e}b\u{2066}c"), "abc");
    let parts = links("x\u{202e}y https://u@b.com/z");
    assert_eq!(parts[0].shown(), "xy ");
    assert_eq!(parts[1].shown(), "b.com/z");
}

/// A card number of a brand: its prefix, filled up and closed with the Luhn digit.
fn card_number() -> impl Strategy<Value = String> {
    let brands = [
        ("4", 16),
        ("4", 13),
        ("4", 19),
        ("51", 16),
        ("55", 16),
        ("2221", 16),
        ("2720", 16),
        ("34", 15),
        ("37", 15),
        ("6011", 16),
        ("65", 16),
        ("644", 19),
        ("300", 14),
        ("36", 14),
        ("3528", 16),
        ("62", 16),
        ("62", 19),
        ("6759", 18),
    ];
    (prop::sample::select(brands.to_vec()), "[0-9]{19}").prop_map(|((prefix, length), filler)| {
        let body = format!("{prefix}{}", &filler[..length - prefix.len() - 1]);
        let sum: u32 = body
            .bytes()
            .rev()
            .enumerate()
            .map(|(place, digit)| {
                let digit = u32::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
                digit / 10 + digit % 10
            })
            .sum();
        format!("{body}{}", (10 - sum % 10) % 10)
    })
}

fn grouped(number: &str, size: usize, separator: &str) -> String {
    let groups: Vec<String> =
        number.chars().collect::<Vec<char>>().chunks(size).map(|group| group.iter().collect()).collect();
    groups.join(separator)
}

proptest! {
    #[test]
    fn a_card_number_is_always_masked_and_warned_of(
        number in card_number(), size in prop::sample::select(vec![1usize, 3, 4, 5, 19]),
        separator in prop::sample::select(vec![" ", "-", " - ", ".", "\u{a0}", "\u{200b}", "\u{2013}"]),
        before in "[a-zA-Z ,!?àè€]{0,20}", behind in "[ ,!?.][a-zA-Z ,!?àè€]{0,20}",
    ) {
        let written = grouped(&number, size, separator);
        let text = format!("{before} {written}{behind}");
        let masked = mask_card_numbers(&text);
        prop_assert_eq!(masked.as_ref(), format!("{before} •••• {}{behind}", &number[number.len() - 4..]));
        prop_assert_eq!(off_platform(&text), Some(OffPlatform::CardNumber));
    }

    #[test]
    fn the_parts_are_the_text(text in any::<String>(), web in "(https?://|www[.])?[a-zа-я.@:/?#()-]{0,30}") {
        for text in [text.clone(), web.clone(), format!("{text} {web}, {text}")] {
            let parts = links(&text);
            prop_assert_eq!(parts.iter().map(Part::text).collect::<String>(), text.as_str());
            for part in parts {
                prop_assert!(!part.text().is_empty());
                if let Part::Link { href, host, .. } = part {
                    prop_assert!(href.starts_with("https://") || href.starts_with("http://"));
                    prop_assert!(host.is_ascii() && !host.is_empty() && href.is_ascii());
                    let rest = href.split_once("://").unwrap().1;
                    prop_assert!(rest.starts_with(&host) && rest[host.len()..].starts_with(['/', ':']));
                }
            }
        }
    }

    #[test]
    fn no_text_breaks_it(text in any::<String>(), digits in "[0-9 .+()-]{0,60}", words in "[a-z0-9$@. ]{0,60}") {
        for text in [text, digits, words] {
            off_platform(&text);
            mask_card_numbers(&text);
            links(&text);
        }
    }
}
