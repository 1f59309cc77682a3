//! The routes that only a server has: who is signed in, keys, the live stream, webhooks.

use super::{Form, Reach, Route, acts, body, form, routes};
use crate::wire::{Account, ApiKey, MakeKey, NewKey, SignInDemo, SignInWays, Signal, SignedInDevice};
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
    GET "/openapi.json" () -> Value, Anyone: "This document.";
}
