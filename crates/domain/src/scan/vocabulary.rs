//! The vocabulary of the scanner, English and Italian: lower-case, without accents; an apostrophe divides words.

/// Ways to pay whose name alone is enough. Compared without blanks.
#[rustfmt::skip]
pub(super) const SERVICES: &[&str] = &[
    "venmo", "zelle", "cashapp", "paypalme", "moneygram", "westernunion", "bonifico", "bonifici", "iban", "postepay",
    "satispay", "bizum", "revolutme", "wiretransfer", "wiretransfers", "banktransfer", "banktransfers",
];

/// Phrases that offer another way to pay.
#[rustfmt::skip]
pub(super) const PAYMENT_PHRASES: &[&str] = &[
    // Outside of the app.
    "pay outside", "pay me outside", "paying outside", "payment outside", "pay you outside", "outside the app",
    "outside of the app", "outside this app", "outside of this app", "outside instagram", "outside of instagram",
    "outside the platform", "outside of the platform", "outside this chat", "outside of this chat", "outside of here",
    "outside the system", "off the app", "off this app", "off app", "off platform", "off the platform",
    "fuori dall app", "fuori dalla app", "fuori app", "fuori dall applicazione", "fuori da instagram", "fuori da qui",
    "fuori di qui", "fuori dalla piattaforma", "fuori piattaforma", "fuori dalla chat", "senza passare dall app",
    "senza passare per l app", "senza passare da qui", "senza usare l app",
    // Without fees.
    "skip the fee", "skip the fees", "skip fees", "avoid the fee", "avoid the fees", "avoid fees", "avoid their fees",
    "without the fees", "save on fees", "save the fees", "dodge the fees", "no app fees", "evitare le commissioni",
    "evitiamo le commissioni", "evito le commissioni", "senza commissioni", "risparmiare le commissioni",
    "risparmiamo le commissioni", "friends and family", "friends family", "amici e familiari", "amici e parenti",
    // Straight to an account.
    "pay me directly", "pay me direct", "pay directly to my", "pay directly into", "pay into my",
    "directly to my bank", "directly to my account", "to my bank account", "into my bank account", "into my account",
    "my bank details", "bank details", "direct deposit", "routing number", "wire me", "wire the money",
    "wire the payment", "wire it", "send the money to", "send money to", "send me the money", "send the cash",
    "send payment to", "money order", "cashiers check", "cashier s check", "pagami direttamente",
    "paga direttamente a me", "pagare direttamente a me", "pagamento diretto", "sul mio conto", "al mio conto",
    "coordinate bancarie", "mandami i soldi", "manda i soldi", "inviami i soldi", "invia i soldi", "vaglia postale",
    "ricarica la mia", "ricaricami",
    // Crypto and gift cards.
    "pay in crypto", "pay with crypto", "pay by crypto", "in crypto", "in bitcoin", "with bitcoin", "in btc",
    "in usdt", "with usdt", "my wallet address", "btc address", "eth address", "bitcoin address", "in criptovalute",
    "con bitcoin", "itunes card", "itunes cards", "itunes gift card", "steam card", "steam cards", "steam gift card",
    "google play card", "google play cards", "apple gift cards", "amazon gift card codes", "pay with gift cards",
    "pay with a gift card", "buoni amazon", "codice del buono",
    // Somebody else's card.
    "your card number", "your cvv", "pic of your card", "photo of your card", "picture of your card", "numero della carta",
    "dati della carta", "foto della carta", "dati della tua carta",
    // Others.
    "another way to pay", "pay me another way", "settle this privately", "e transfer", "etransfer", "chase quickpay",
    "google pay me", "apple cash", "senza l app", "paghiamo senza", "eviti l app",
    "paypal friends", "paypal f f", "via f f", "by f f", "as f f", "with f f", "use f f", "paypal amici", "paypal amici familiari", "pay cash", "pay in cash",
    "paying cash", "in contanti", "by wire", "bank wire", "in privato fuori", "gift card codes", "deal direct",
    "deal directly",
];

/// Phrases that lead into another messenger.
#[rustfmt::skip]
pub(super) const MESSENGER_PHRASES: &[&str] = &[
    "on whatsapp", "via whatsapp", "whatsapp me", "my whatsapp", "whatsapp is", "to whatsapp", "su whatsapp",
    "per whatsapp", "il mio whatsapp", "on telegram", "via telegram", "my telegram", "to telegram", "telegram me",
    "su telegram", "il mio telegram", "on signal", "su signal", "on wechat", "my wechat", "on viber", "wa me",
    "text me at", "text me on", "call me at", "call me on", "email me at", "email me on", "mail me at", "reach me at",
    "contact me at", "my email is", "my e mail is", "chiamami al", "chiamami su", "scrivimi al", "scrivimi via mail",
    "mandami una mail", "mandami un email", "la mia mail e", "la mia email e", "la mia e mail e", "on wa", "su wa",
    "via wa", "e mail me at",
];

/// Words that speak of paying.
#[rustfmt::skip]
pub(super) const PAY: &[&str] = &[
    "pay", "paying", "paid", "pays", "payment", "pagare", "paga", "paghi", "pagami", "pagamento", "pago", "pagato",
    "pagamenti",
];

/// Money as a thing to hand over.
#[rustfmt::skip]
pub(super) const MONEY: &[&str] = &[
    "money", "cash", "funds", "payment", "pay", "account", "balance", "soldi", "denaro", "conto", "pagamento",
];

/// Ways around something.
#[rustfmt::skip]
pub(super) const AROUND: &[&str] = &[
    "outside", "off", "skip", "bypass", "avoid", "dodge", "leave", "circumvent", "fuori", "evitare",
    "evitiamo", "evita", "evito", "saltare", "saltiamo", "salta", "aggirare", "aggiriamo",
];

/// What a payment is protected by, or costs.
#[rustfmt::skip]
pub(super) const PLATFORM: &[&str] = &[
    "app", "platform", "fee", "fees", "commission", "commissions", "instagram", "insta", "ig", "applicazione",
    "piattaforma", "commissioni", "commissione",
];

/// Crypto currencies: an offer when paying is near.
#[rustfmt::skip]
pub(super) const CRYPTO: &[&str] = &[
    "bitcoin", "bitcoins", "btc", "usdt", "ethereum", "eth", "crypto", "criptovalute", "criptovaluta",
];

/// Brands whose gift cards are asked for in place of money.
#[rustfmt::skip]
pub(super) const GIFT_CARD_BRANDS: &[&str] = &[
    "itunes", "steam", "amazon", "apple", "razer", "vanilla", "sephora", "ebay", "visa",
];

/// Asking somebody to talk.
#[rustfmt::skip]
pub(super) const TALK: &[&str] = &[
    "dm", "message", "msg", "text", "write", "add", "contact", "find", "hit", "talk", "chat", "move", "continue",
    "speak", "reach", "scrivimi", "scriviamoci", "aggiungimi", "contattami", "sentiamoci", "parliamo", "parliamone",
    "continuiamo", "spostiamoci", "passiamo", "messaggio", "scrivere",
];

/// Other messengers.
#[rustfmt::skip]
pub(super) const MESSENGERS: &[&str] = &[
    "whatsapp", "wa", "telegram", "signal", "wechat", "viber", "discord", "skype", "snapchat", "facebook",
    "messenger", "kik", "imessage",
];
