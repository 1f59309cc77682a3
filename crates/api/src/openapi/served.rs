//! The routes that only a server has: who is signed in, keys, the live stream, webhooks.

use super::{Form, Reach, Route, acts, body, form, routes};
use crate::wire::{
    Account, ApiKey, Delivery, MakeKey, MakeWebhook, NewKey, NewWebhook, Replay, SignInDemo, SignInWays, Signal,
    SignedInDevice, Webhook,
};
use serde_json::Value;

routes! {
    /// Every route that a server adds to the router. A test compares them with its sources.
    SERVED once false:
    GET "/sign-in" () -> SignInWays, Anyone: "The ways there are to sign in.";
    POST "/sign-in/demo" (SignInDemo) -> Account, Anyone: "Signs in as somebody of the demo.";
    POST "/sign-out" (()) -> (), Own: "Ends the session of this device.";
    GET "/sessions" () -> Vec<SignedInDevice>, Own: "Where one is signed in.";
    POST "/sessions/{id}/revoke" (()) -> (), Own: "Signs a device out.";
    GET "/keys" () -> Vec<ApiKey>, Own: "The keys of one's programs, the oldest first.";
    POST "/keys" (MakeKey) -> NewKey, Own: "Makes a key for a program; its secret is told this once.";
    POST "/keys/{id}/revoke" (()) -> (), Own: "Ends a key.";
    GET "/stream" ? after: integer false, account: string false; () -> Signal as Events, Own:
        "What happens, as it happens: server-sent events, each a signal. `Last-Event-ID` says where one was.";
    GET "/webhooks" () -> Vec<Webhook>, Own: "Where one's programs are told what happens, the oldest first.";
    POST "/webhooks" (MakeWebhook) -> NewWebhook, Own:
        "Tells an address what happens from now on; the secret of its signatures is told this once.";
    POST "/webhooks/{id}/remove" (()) -> (), Own: "Tells an address nothing any more.";
    GET "/webhooks/{id}/deliveries" ? after: integer false; () -> Vec<Delivery>, Own:
        "The last hundred tries to deliver, of what happened after a cursor.";
    POST "/webhooks/{id}/replay" (Replay) -> Webhook, Own:
        "Tells again what happened after a cursor; one that was paused goes on.";
    GET "/openapi.json" () -> Value, Anyone: "This document.";
}
