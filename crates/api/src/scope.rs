//! What a program with a key may do in the name of a business: sell, and nothing else.

/// What a program has to do with. What belongs to a person alone is not among it, and what is added to the API is not,
/// either, until it is named here.
const ROOMS: [&str; 13] = [
    "accounts",
    "catalogue",
    "events",
    "me",
    "openapi.json",
    "orders",
    "payment-requests",
    "photos",
    "queue",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_sells_and_does_nothing_else() {
        for open in ["/threads/{id}/payment-requests", "/orders/{id}/{act}", "/webhooks", "/openapi.json"] {
            assert!(is_open_to_keys(open), "{open}");
        }
        for closed in
            ["/sessions", "/sign-out", "/keys/{id}/revoke", "/wallet", PAYING, LOOKING, "/demo/reset", "/bought"]
        {
            assert!(!is_open_to_keys(closed), "{closed}");
        }
    }
}
