//! What one has to know before the first call, in the order in which one needs it.

use maud::{Markup, html};

/// The sections: where they are and what they are called.
pub const SECTIONS: [(&str, &str); 7] = [
    ("begin", "Begin"),
    ("keys", "Keys"),
    ("repeating", "Repeating a call"),
    ("values", "Values"),
    ("refusals", "Refusals"),
    ("events", "Events"),
    ("webhooks", "Webhooks"),
];

/// What a status says, and codes that come with it.
const STATUSES: [(&str, &str, &str); 10] = [
    ("400", "The call itself is wrong.", "idempotency_key_missing, bad_request"),
    ("401", "Nobody is known to call.", "signed_out, unknown_key"),
    ("403", "Not for you, or not with a key.", "not_yours, not_with_a_key, only_businesses"),
    ("404", "Not there, or not yours: the two are not told apart.", "not_found"),
    ("409", "Not any more, or not yet.", "already_paid, request_closed, stale_revision"),
    ("410", "It was, and is over.", "request_expired, message_unsent"),
    ("413, 415", "Too large; not JSON.", "too_large, not_json"),
    ("422", "The body cannot be; look at field.", "invalid_body, over_request_cap, idempotency_key_reused"),
    ("429", "Too often. Retry-After says how many seconds to wait.", "rate_limited"),
    ("5xx", "Ours. Repeat it with the same key.", "busy, timed_out, storage_unavailable"),
];

/// All sections.
pub fn all() -> Markup {
    let told = [begin(), keys(), repeating(), values(), refusals(), events(), webhooks()];
    html! {
        @for ((id, title), text) in SECTIONS.iter().zip(told) {
            section { h2 id=(id) { (title) } (text) }
        }
    }
}

fn code(text: &str) -> Markup {
    html! { pre tabindex="0" { code { (text) } } }
}

fn begin() -> Markup {
    html! {
        p {
            "A business asks for a payment in a conversation, the buyer pays there, and the order is shipped and followed "
            "in the same thread. Whatever a seller does in the app, a program can do here."
        }
        (code("curl https://bottega.example/v1/me \\\n  -H 'Authorization: Bearer bk_…'"))
        p {
            "Then open the thread with somebody (" code { "POST /v1/threads" } "), ask for a payment in it ("
            code { "POST /v1/threads/{id}/payment-requests" } "), and listen for " code { "payment_authorised" }
            " with a webhook."
        }
    }
}

fn keys() -> Markup {
    html! {
        p {
            "The owner of a business makes keys in the app, under You, Developers, or signed in with "
            code { "POST /v1/keys" } ". The secret is told once; only its "
            "hash is kept. A program sends it with every call:"
        }
        (code("Authorization: Bearer bk_…"))
        p {
            "A key acts for its one business. It asks for money and never gives any: it does not pay, and reaches neither "
            "the wallet nor sessions nor keys (403 " code { "not_with_a_key" } "). A revoked key is a 401 at once. Keep keys "
            "out of pages: calls that come from a browser are refused."
        }
    }
}

fn repeating() -> Markup {
    html! {
        p {
            "Every POST with a body of its own carries an " code { "Idempotency-Key" } ": 1 to 255 visible characters, new "
            "for each thing that is to happen. When no answer comes, send the same again: it is done once, and answered "
            "with what it came to and " code { "Idempotency-Replayed: true" } ". The same key with another body is a 422."
        }
        (code("Idempotency-Key: order-1047-request"))
        p {
            "Making keys and webhooks is not remembered in this way, because their secrets are told once. Look at the "
            "list before you make another."
        }
    }
}

fn values() -> Markup {
    html! {
        p {
            "Money is " code { "{ \"minor\": 4200, \"currency\": \"USD\" }" } ": whole minor units, never a fraction. "
            "Instants are RFC 3339 in UTC. An id begins with what it names: " code { "thr_" } ", " code { "pr_" } ", "
            code { "pay_" } ", " code { "ord_" } ". Fields that are not known are refused in bodies; ignore those you do "
            "not know in answers."
        }
    }
}

fn refusals() -> Markup {
    html! {
        p {
            "A refusal is " code { "application/problem+json" } " (RFC 9457). Branch on " code { "code" } "; "
            code { "detail" } " is for people."
        }
        (code("{\n  \"status\": 409,\n  \"code\": \"already_paid\",\n  \"detail\": \"This request is already paid.\"\n}"))
        div.table tabindex="0" role="region" aria-label="Statuses" {
            table {
                thead { tr { th { "Status" } th { "Says" } th { "For example" } } }
                tbody {
                    @for (status, says, codes) in STATUSES {
                        tr { td { (status) } td { (says) } td { code { (codes) } } }
                    }
                }
            }
        }
    }
}

fn events() -> Markup {
    html! {
        p {
            "Everything that happens in your threads has a place in your stream, the cursor. "
            code { "GET /v1/events?after=0" } " tells what came after it, and where to go on. Within a thread, "
            code { "seq" } " counts without gaps. " code { "GET /v1/stream" } " tells at once that there is more."
        }
    }
}

fn webhooks() -> Markup {
    html! {
        p {
            "Instead of asking, be told: register an https address with " code { "POST /v1/webhooks" } ". Each event is one "
            "POST, as your business may see it. Answer with any 2xx within ten seconds."
        }
        (code(
            "Bottega-Signature: t=1788255000,v1=5257a869…\nBottega-Delivery: dlv_…\nBottega-Cursor: 1047",
        ))
        p {
            "Check the signature before you believe anything: " code { "v1" } " is the HMAC-SHA256, in hexadecimal, of "
            code { "t" } ", a full stop and the body as it came, with the secret of the webhook. Refuse what is older than "
            "five minutes, and compare in constant time."
        }
        (code(
            "expected = hmac.new(secret, t + b\".\" + body, hashlib.sha256).hexdigest()\n\
             ok = hmac.compare_digest(expected, v1) and abs(time.time() - int(t)) <= 300",
        ))
        p {
            "An event comes at least once, and those of a thread in their order; know it again by "
            code { "Bottega-Delivery" } ". What is not answered is tried again, later and later, for three days; then the "
            "webhook is paused and says why. " code { "POST /v1/webhooks/{id}/replay" } " begins again after any cursor."
        }
    }
}
