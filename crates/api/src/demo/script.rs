//! How the demo world is written down.

use domain::picture::SitePath;
use domain::text::{Label, Note, Text};
use domain::time::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(super) struct World {
    pub now: Timestamp,
    pub accounts: Vec<Person>,
    pub catalogue: BTreeMap<String, Vec<Ware>>,
    pub threads: Vec<Talk>,
}

#[derive(Deserialize)]
pub(super) struct Person {
    pub handle: Text<30>,
    pub name: Text<80>,
    pub avatar: SitePath,
    pub city: Label,
    pub state: Text<2>,
    pub bio: Option<Label>,
    pub joined: String,
    pub business: Option<Trade>,
    /// Whether they decide over other people's cases.
    #[serde(default)]
    pub reviewer: bool,
    pub wallet: Option<Purse>,
}

#[derive(Deserialize)]
pub(super) struct Trade {
    pub order_prefix: Text<4>,
}

#[derive(Deserialize)]
pub(super) struct Purse {
    pub addresses: Vec<domain::address::AddressDraft>,
    pub methods: Vec<String>,
}

#[derive(Clone, Deserialize)]
pub(super) struct Ware {
    pub sku: String,
    pub name: domain::text::ItemName,
    pub detail: Option<Label>,
    pub price_minor: i64,
    pub picture: Option<SitePath>,
    pub wide_picture: Option<SitePath>,
    pub stock: Option<u32>,
    /// What a buyer owns of it.
    #[serde(default)]
    pub thing: Option<domain::thing::ThingKind>,
}

#[derive(Deserialize)]
pub(super) struct Talk {
    pub buyer: String,
    pub seller: String,
    pub accepted: bool,
    #[serde(default)]
    pub muted: Vec<Side>,
    pub script: Vec<Line>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Side {
    Buyer,
    Seller,
    Carrier,
}

#[derive(Deserialize)]
pub(super) struct Line {
    pub minutes_ago: i64,
    pub by: Side,
    pub reply_to: Option<usize>,
    pub place: Option<Label>,
    #[serde(flatten)]
    pub act: Act,
}

/// What a line does: the one key it has besides the common ones.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Act {
    Say(domain::text::MessageText),
    Product(String),
    Photo(String),
    React { index: usize, emoji: domain::message::Emoji },
    Request(Ask),
    Counter { total_minor: i64, note: Option<Note> },
    Pay { method: String },
    Prepare(serde::de::IgnoredAny),
    Ship { tracking: Option<String> },
    Scan(Scan),
    Confirm(serde::de::IgnoredAny),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Scan {
    PickedUp,
    InTransit,
    OutForDelivery,
    Delivered,
}

#[derive(Deserialize)]
pub(super) struct Ask {
    pub items: Vec<AskedItem>,
    #[serde(default)]
    pub discount_minor: i64,
    pub shipping: Vec<Way>,
    #[serde(default)]
    pub tax_ppm: u32,
    pub note: Option<Note>,
    pub expires_hours: Option<u32>,
}

#[derive(Deserialize)]
pub(super) struct AskedItem {
    pub sku: String,
    pub quantity: u32,
    pub detail: Option<Label>,
}

#[derive(Deserialize)]
pub(super) struct Way {
    pub name: Label,
    pub days: (u32, u32),
    pub price_minor: i64,
}
