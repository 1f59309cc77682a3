//! What passkeys are bound to: the host name that people reach the server at.

use url::{Host, Url};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// The relying party at an origin; none where browsers make no passkeys, as at a bare IP address.
pub(super) fn of(origin: &str) -> Option<Webauthn> {
    let origin = Url::parse(origin).ok()?;
    let Some(Host::Domain(name)) = origin.host() else { return None };
    WebauthnBuilder::new(name, &origin).ok()?.rp_name("Bottega").build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_an_address_with_a_name() {
        assert!(of("http://localhost:8080").is_some());
        assert!(of("https://bottega.example").is_some());
        for other in ["http://127.0.0.1:8080", "http://[::1]:8080", "", "bottega.example"] {
            assert!(of(other).is_none(), "{other}");
        }
    }
}
