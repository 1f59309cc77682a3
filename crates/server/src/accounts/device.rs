//! What a browser says it is, as far as its owner needs it to know one device from another.

use api::wire::{Browser, Device, System};
use http::HeaderMap;
use http::header::USER_AGENT;

/// What the headers of a request say.
pub(super) fn in_headers(headers: &HeaderMap) -> Device {
    of(headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default())
}

/// Reads a `User-Agent`; browsers say the names of their elders too, so the order matters.
fn of(user_agent: &str) -> Device {
    let says = |word: &str| user_agent.contains(word);
    let browser = if says("Firefox/") || says("FxiOS/") {
        Browser::Firefox
    } else if says("Edg") {
        Browser::Edge
    } else if says("Chrome/") || says("CriOS/") {
        Browser::Chrome
    } else if says("Safari/") {
        Browser::Safari
    } else {
        Browser::Other
    };
    let system = if says("Android") {
        System::Android
    } else if says("iPhone") || says("iPad") {
        System::Ios
    } else if says("Windows") {
        System::Windows
    } else if says("Macintosh") {
        System::Mac
    } else if says("Linux") || says("CrOS") {
        System::Linux
    } else {
        System::Other
    };
    Device { browser, system }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_by_the_youngest_name_it_says() {
        let known = [
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36",
                (Browser::Chrome, System::Linux),
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 \
                 Safari/537.36 Edg/150.0.0.0",
                (Browser::Edge, System::Windows),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/19.0 Mobile/15E148 Safari/604.1",
                (Browser::Safari, System::Ios),
            ),
            (
                "Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0",
                (Browser::Firefox, System::Android),
            ),
            ("curl/8.5.0", (Browser::Other, System::Other)),
        ];
        for (text, (browser, system)) in known {
            assert_eq!(of(text), Device { browser, system }, "{text}");
        }
    }
}
