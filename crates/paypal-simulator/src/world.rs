//! Everything the simulator knows, and the few things that all parts of it do.

use crate::clock::{Clock, Instant, rfc3339};
use crate::config::Config;
use crate::dispute::Dispute;
use crate::faults::Faults;
use crate::ids::Ids;
use crate::ledger::Ledger;
use crate::order::Order;
use crate::payment::{Authorization, Capture, Refund, RefundMood};
use crate::repeat::Repeats;
use crate::vault::{PaymentToken, SetupToken, VaultMood};
use crate::webhook::outbox::Outbox;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// All of it, in memory, behind one lock.
pub struct World {
    pub(crate) config: Config,
    /// Where the simulator is reached, without a slash at the end.
    pub(crate) base: String,
    pub(crate) clock: Clock,
    pub(crate) ids: Ids,
    /// Access tokens, and when each runs out.
    pub(crate) tokens: BTreeMap<String, Instant>,
    pub(crate) buyers: BTreeMap<String, Buyer>,
    pub(crate) orders: BTreeMap<String, Order>,
    pub(crate) authorizations: BTreeMap<String, Authorization>,
    pub(crate) captures: BTreeMap<String, Capture>,
    pub(crate) refunds: BTreeMap<String, Refund>,
    pub(crate) setup_tokens: BTreeMap<String, SetupToken>,
    pub(crate) payment_tokens: BTreeMap<String, PaymentToken>,
    pub(crate) vault_mood: VaultMood,
    pub(crate) refund_mood: RefundMood,
    pub(crate) disputes: BTreeMap<String, Dispute>,
    pub(crate) ledger: Ledger,
    pub(crate) repeats: Repeats,
    pub(crate) faults: Faults,
    pub(crate) outbox: Outbox,
}

/// Somebody who pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buyer {
    /// What they are logged in with.
    pub email: String,
    /// 13 characters.
    pub payer_id: String,
    /// Made from the e-mail's first part.
    pub given_name: String,
}

impl Buyer {
    /// Everybody's.
    pub const SURNAME: &str = "Buyer";

    pub(crate) fn payer(&self) -> Value {
        json!({
            "name": self.name(),
            "email_address": self.email,
            "payer_id": self.payer_id,
            "address": { "country_code": "US" },
        })
    }

    pub(crate) fn name(&self) -> Value {
        json!({ "given_name": self.given_name, "surname": Self::SURNAME })
    }
}

/// Whose money it is: a merchant's account.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Payee {
    /// 13 characters, or nothing where only an e-mail was given.
    pub merchant_id: Option<String>,
    /// The account's e-mail.
    pub email: Option<String>,
}

impl Payee {
    /// How the books call the account.
    pub fn account(&self) -> &str {
        self.merchant_id.as_deref().or(self.email.as_deref()).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        let mut payee = json!({});
        if let Some(id) = &self.merchant_id {
            payee["merchant_id"] = json!(id);
        }
        if let Some(email) = &self.email {
            payee["email_address"] = json!(email);
        }
        payee
    }
}

impl World {
    /// An empty one, reached at `base`.
    pub(crate) fn new(config: Config, base: String, outbox: Outbox) -> Self {
        Self {
            base,
            clock: config.clock,
            ids: Ids::new(config.seed),
            tokens: BTreeMap::new(),
            buyers: BTreeMap::new(),
            orders: BTreeMap::new(),
            authorizations: BTreeMap::new(),
            captures: BTreeMap::new(),
            refunds: BTreeMap::new(),
            setup_tokens: BTreeMap::new(),
            payment_tokens: BTreeMap::new(),
            vault_mood: VaultMood::Charges,
            refund_mood: RefundMood::AtOnce,
            disputes: BTreeMap::new(),
            ledger: Ledger::default(),
            repeats: Repeats::default(),
            faults: Faults::default(),
            outbox,
            config,
        }
    }

    pub(crate) fn now(&self) -> Instant {
        self.clock.now()
    }

    pub(crate) fn link(&self, path: &str, rel: &str, method: &str) -> Value {
        json!({ "href": format!("{}{path}", self.base), "rel": rel, "method": method })
    }

    /// The buyer of that e-mail, who has an account from the first time on.
    pub(crate) fn buyer(&mut self, email: &str) -> Buyer {
        if let Some(known) = self.buyers.get(email) {
            return known.clone();
        }
        let first = email.split(['@', '.', '+']).next().unwrap_or_default();
        let mut letters = first.chars();
        let given_name =
            letters.next().map(|letter| letter.to_uppercase().chain(letters).collect()).unwrap_or_default();
        let buyer = Buyer { email: email.to_owned(), payer_id: self.ids.account(), given_name };
        self.buyers.insert(email.to_owned(), buyer.clone());
        buyer
    }

    /// The payee of a purchase unit's body: whom it names, else the account that calls.
    pub(crate) fn payee(&self, unit: &Value) -> Payee {
        let named = &unit["payee"];
        let text = |field: &str| named[field].as_str().map(str::to_owned);
        let payee = Payee { merchant_id: text("merchant_id"), email: text("email_address") };
        if payee.account().is_empty() || payee.email.as_deref() == Some(&self.config.merchant_email) {
            return Payee {
                merchant_id: Some(self.config.merchant_id.clone()),
                email: Some(self.config.merchant_email.clone()),
            };
        }
        payee
    }

    /// Tells the world outside, as PayPal would.
    pub(crate) fn tell(&mut self, kind: &str, resource_type: &str, summary: &str, resource: Value) {
        let event = json!({
            "id": self.ids.event(),
            "event_version": "1.0",
            "create_time": rfc3339(self.now()),
            "resource_type": resource_type,
            "resource_version": if resource_type == "payment_token" { "3.0" } else { "2.0" },
            "event_type": kind,
            "summary": summary,
            "resource": resource,
            "links": [],
        });
        let transmission = self.ids.uuid();
        let at = rfc3339(self.now());
        self.outbox.put(event, transmission, at);
    }
}
