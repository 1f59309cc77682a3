//! What a program with a key may do in the name of a business: sell, and nothing else. And what its staff may not: what
//! belongs to the owner.

use http::Method;

/// What a program has to do with. What belongs to a person alone is not among it, and what is added to the API is not,
/// either, until it is named here.
const ROOMS: [&str; 16] = [
    "accounts",
    "catalogue",
    "differences",
    "events",
    "me",
    "openapi.json",
    "orders",
    "payment-requests",
    "photos",
    "proofs",
    "queue",
    "statements",
    "stream",
    "threads",
    "threads-of",
    "webhooks",
];
/// A program asks for money; it never gives any.
const PAYING: &str = "/payment-requests/{id}/pay";

/// A program looks at nothing.
const LOOKING: &str = "/threads/{id}/here";

/// Whether a route, written as in the router below `/v1`, is open to a program with a key.
pub fn is_open_to_keys(route: &str) -> bool {
    let room = route.trim_start_matches('/').split('/').next().unwrap_or_default();
    ROOMS.contains(&room) && ![PAYING, LOOKING].contains(&route)
}

/// What says who and what acts for a business, where it is told to, and where it is paid.
const OWNERS_ROOMS: [&str; 4] = ["keys", "payee", "team", "webhooks"];
/// What everybody of a team may do there: see who the others are, and call oneself something.
const TEAM_FOR_ALL: [&str; 2] = ["/team", "/team/name"];
/// What a business pays with is seen and used by all, and chosen by the owner; what it owns, only the owner gives away.
const WALLET: [&str; 6] = [
    "/wallet/methods",
    "/wallet/passkeys",
    "/wallet/pin",
    "/wallet/remove/{id}",
    "/wallet/things/{id}/end-loan",
    "/wallet/things/{id}/pass-on",
];

/// Whether a route, written as in the router below `/v1`, is open to staff of a business, and not to its owner alone.
pub fn is_open_to_staff(method: &Method, route: &str) -> bool {
    let room = route.trim_start_matches('/').split('/').next().unwrap_or_default();
    let is_owners = OWNERS_ROOMS.contains(&room) && !TEAM_FOR_ALL.contains(&route);
    let is_chosen_by_the_owner = method == Method::POST && WALLET.contains(&route);
    !is_owners && !is_chosen_by_the_owner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_sells_and_does_nothing_else() {
        for open in [
            "/threads/{id}/payment-requests",
            "/orders/{id}/{act}",
            "/webhooks",
            "/proofs/{code}/redeem",
            "/openapi.json",
        ] {
            assert!(is_open_to_keys(open), "{open}");
        }
        for closed in
            ["/sessions", "/sign-out", "/keys/{id}/revoke", "/wallet", PAYING, LOOKING, "/demo/reset", "/bought"]
        {
            assert!(!is_open_to_keys(closed), "{closed}");
        }
    }

    #[test]
    fn staff_do_everything_in_conversations_and_nothing_about_who_acts_for_the_business() {
        for (method, open) in [
            (Method::GET, "/team"),
            (Method::POST, "/threads/{id}/payment-requests"),
            (Method::POST, "/orders/{id}/refunds"),
            (Method::POST, "/payment-requests/{id}/pay"),
            (Method::GET, "/wallet"),
            (Method::POST, "/passkeys/begin"),
        ] {
            assert!(is_open_to_staff(&method, open), "{open}");
        }
        for (method, shut) in [
            (Method::GET, "/team/log"),
            (Method::POST, "/team/seats/{id}/remove"),
            (Method::GET, "/keys"),
            (Method::POST, "/webhooks"),
            (Method::POST, "/wallet/methods"),
            (Method::POST, "/wallet/things/{id}/pass-on"),
        ] {
            assert!(!is_open_to_staff(&method, shut), "{shut}");
        }
    }
}
