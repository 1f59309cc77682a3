//! The routes that only a server has: who is signed in, who acts for a business, keys, the live stream, webhooks.

use super::{Form, Reach, Route, acts, body, form, routes};
use crate::wire::{
    Account, ApiKey, Ceremony, Delivery, FinishCeremony, Invite, Invited, InvitedTo, MakeKey, MakeWebhook,
    NewInvitation, NewKey, NewWebhook, Payee, Proofs, PushKey, PushNoMore, PushTo, RecoveryCodes, RenamePasskey,
    RenameSeat, Replay, SetPayee, SignInDemo, SignInRecovery, SignInWays, SignUp, Signal, SignedInDevice, Team,
    TeamDeed, Webhook,
};
use serde_json::Value;

routes! {
    /// Every route that a server adds to the router. A test compares them with its sources.
    SERVED once false:
    GET "/sign-in" () -> SignInWays, Anyone: "The ways there are to sign in.";
    POST "/sign-in/demo" (SignInDemo) -> Account, Anyone: "Signs in as somebody of the demo.";
    POST "/sign-in/passkey/begin" (()) -> Ceremony, Anyone: "What a browser is asked for to sign in with a passkey.";
    POST "/sign-in/passkey/finish" (FinishCeremony) -> Account, Anyone: "Signs in with what it answered.";
    POST "/sign-in/recovery" (SignInRecovery) -> Account, Anyone: "Signs in with a recovery code, which is used up.";
    POST "/sign-up/begin" (SignUp) -> Ceremony, Anyone: "What a browser is asked for to make an account.";
    POST "/sign-up/finish" (FinishCeremony) -> Account, Anyone: "Makes the account with what it answered.";
    POST "/sign-out" (()) -> (), Own: "Ends the session of this device.";
    GET "/sessions" () -> Vec<SignedInDevice>, Own: "Where one is signed in.";
    POST "/sessions/{id}/revoke" (()) -> (), Own: "Signs a device out.";
    GET "/passkeys" () -> Proofs, Own: "What one signs in with.";
    POST "/passkeys/begin" (()) -> Ceremony, Own: "What a browser is asked for to make another passkey.";
    POST "/passkeys/finish" (FinishCeremony) -> Proofs, Own: "Keeps what it answered.";
    POST "/passkeys/{id}/rename" (RenamePasskey) -> Proofs, Own: "Calls a passkey something else.";
    POST "/passkeys/{id}/remove" (()) -> Proofs, Own: "Signs in with a passkey no more.";
    POST "/recovery-codes" (()) -> RecoveryCodes, Own: "New recovery codes in the place of the old ones.";
    POST "/step-up/begin" (()) -> Ceremony, Own: "What a browser is asked for to show that one is still there.";
    POST "/step-up/finish" (FinishCeremony) -> (), Own: "Shows it with what it answered.";
    GET "/team" () -> Team, Own: "Who acts for one's business.";
    GET "/team/log" () -> Vec<TeamDeed>, Own:
        "The last 200 things that were done about who and what acts for it, the newest first. For the owner.";
    POST "/team/name" (RenameSeat) -> Team, Own: "Calls oneself something, among those who act for it.";
    POST "/team/invitations" (Invite) -> NewInvitation, Own:
        "Invites somebody to act for it; the secret of the link is told this once, and good once. For the owner.";
    POST "/team/invitations/{id}/revoke" (()) -> Team, Own: "Takes an invitation back. For the owner.";
    POST "/team/seats/{id}/remove" (()) -> Team, Own:
        "Has somebody act for it no more: they are signed out, and nothing of theirs signs in. For the owner.";
    POST "/team/seats/{id}/hand-over" (()) -> Team, Own: "Makes somebody else its owner. For the owner.";
    POST "/join/look" (Invited) -> InvitedTo, Anyone: "What one is invited to.";
    POST "/join/begin" (Invited) -> Ceremony, Anyone: "What a browser is asked for to take an invitation.";
    POST "/join/finish" (FinishCeremony) -> Account, Anyone: "Takes it with what it answered, and signs in.";
    GET "/keys" () -> Vec<ApiKey>, Own: "The keys of one's programs, the oldest first.";
    POST "/keys" (MakeKey) -> NewKey, Own: "Makes a key for a program; its secret is told this once.";
    POST "/keys/{id}/revoke" (()) -> (), Own: "Ends a key.";
    GET "/payee" () -> Payee, Own: "Where one's business is paid. For the owner.";
    POST "/payee" (SetPayee) -> Payee, Own: "Chooses where it is paid from now on. For the owner.";
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
    GET "/push" () -> PushKey, Own: "What a browser needs to be told while nobody looks (Web Push).";
    POST "/push" (PushTo) -> (), Own: "Tells this browser from now on, for as long as its session lasts.";
    POST "/push/stop" (PushNoMore) -> (), Own: "Tells a browser nothing any more.";
    GET "/photos/{photo}" () -> () as Picture, Own: "The bytes of a picture that one has sent up.";
    GET "/threads/{id}/photos/{photo}/file" () -> () as Picture, Parties: "The bytes of a picture of a thread one is in.";
    GET "/openapi.json" () -> Value, Anyone: "This document.";
}
