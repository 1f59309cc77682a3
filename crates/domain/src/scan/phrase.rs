//! Words and phrases that offer another way to pay or to talk, in English and Italian.

/// The words of a message, lower-case and plain, in two readings: as written, and with digits and signs read as the
/// letters they look like (`v3nm0`). Letters with blanks or points between are joined: `v e n m o` is one word.
pub(super) struct Words {
    readings: [Vec<String>; 2],
}

/// Ways to pay whose name alone is enough. Compared without blanks.
const SERVICES: &[&str] = &[
    "venmo",
    "zelle",
    "cashapp",
    "paypalme",
    "moneygram",
    "westernunion",
    "bonifico",
    "bonifici",
    "iban",
    "postepay",
    "satispay",
    "bizum",
    "revolutme",
    "wiretransfer",
    "wiretransfers",
    "banktransfer",
    "banktransfers",
];

const PAYMENT_PHRASES: &[&str] = &[
    // Outside of the app.
    "pay outside",
    "pay me outside",
    "paying outside",
    "payment outside",
    "pay you outside",
    "outside the app",
    "outside of the app",
    "outside this app",
    "outside of this app",
    "outside instagram",
    "outside of instagram",
    "outside the platform",
    "outside of the platform",
    "outside this chat",
    "outside of this chat",
    "outside of here",
    "outside the system",
    "off the app",
    "off this app",
    "off app",
    "off platform",
    "off the platform",
    "fuori dall app",
    "fuori dalla app",
    "fuori app",
    "fuori dall applicazione",
    "fuori da instagram",
    "fuori da qui",
    "fuori di qui",
    "fuori dalla piattaforma",
    "fuori piattaforma",
    "fuori dalla chat",
    "senza passare dall app",
    "senza passare per l app",
    "senza passare da qui",
    "senza usare l app",
    // Without fees.
    "skip the fee",
    "skip the fees",
    "skip fees",
    "avoid the fee",
    "avoid the fees",
    "avoid fees",
    "avoid their fees",
    "without the fees",
    "save on fees",
    "save the fees",
    "dodge the fees",
    "no app fees",
    "evitare le commissioni",
    "evitiamo le commissioni",
    "evito le commissioni",
    "senza commissioni",
    "risparmiare le commissioni",
    "risparmiamo le commissioni",
    "friends and family",
    "friends family",
    "amici e familiari",
    "amici e parenti",
    // Straight to an account.
    "pay me directly",
    "pay me direct",
    "pay directly to my",
    "pay directly into",
    "pay into my",
    "directly to my bank",
    "directly to my account",
    "to my bank account",
    "into my bank account",
    "into my account",
    "my bank details",
    "bank details",
    "direct deposit",
    "routing number",
    "wire me",
    "wire the money",
    "wire the payment",
    "wire it",
    "send the money to",
    "send money to",
    "send me the money",
    "send the cash",
    "send payment to",
    "money order",
    "cashiers check",
    "cashier s check",
    "pagami direttamente",
    "paga direttamente a me",
    "pagare direttamente a me",
    "pagamento diretto",
    "sul mio conto",
    "al mio conto",
    "coordinate bancarie",
    "mandami i soldi",
    "manda i soldi",
    "inviami i soldi",
    "invia i soldi",
    "vaglia postale",
    "ricarica la mia",
    "ricaricami",
    // Crypto and gift cards.
    "pay in crypto",
    "pay with crypto",
    "pay by crypto",
    "in crypto",
    "in bitcoin",
    "with bitcoin",
    "in btc",
    "in usdt",
    "with usdt",
    "my wallet address",
    "btc address",
    "eth address",
    "bitcoin address",
    "in criptovalute",
    "con bitcoin",
    "itunes card",
    "itunes cards",
    "itunes gift card",
    "steam card",
    "steam cards",
    "steam gift card",
    "google play card",
    "google play cards",
    "apple gift cards",
    "amazon gift card codes",
    "pay with gift cards",
    "pay with a gift card",
    "buoni amazon",
    "codice del buono",
];

const MESSENGER_PHRASES: &[&str] = &[
    "on whatsapp",
    "via whatsapp",
    "whatsapp me",
    "my whatsapp",
    "whatsapp is",
    "to whatsapp",
    "su whatsapp",
    "per whatsapp",
    "il mio whatsapp",
    "on telegram",
    "via telegram",
    "my telegram",
    "to telegram",
    "telegram me",
    "su telegram",
    "il mio telegram",
    "on signal",
    "su signal",
    "on wechat",
    "my wechat",
    "on viber",
    "wa me",
    "t me",
    "text me at",
    "text me on",
    "call me at",
    "call me on",
    "email me at",
    "email me on",
    "e mail me",
    "email me",
    "mail me at",
    "reach me at",
    "contact me at",
    "my number is",
    "my cell is",
    "my email is",
    "my e mail is",
    "chiamami al",
    "chiamami su",
    "scrivimi al",
    "scrivimi via mail",
    "mandami una mail",
    "mandami un email",
    "il mio numero e",
    "la mia mail e",
    "la mia email e",
    "la mia e mail e",
];

impl Words {
    /// The words of a folded text.
    pub(super) fn of(folded: &str) -> Self {
        let lower = folded.to_lowercase();
        let unmasked: Vec<String> = lower.split_whitespace().map(unmask).collect();
        Self { readings: [words(&lower), words(&unmasked.join(" "))] }
    }

    /// Whether a way to pay outside of the app is named.
    pub(super) fn offer_other_payment(&self) -> bool {
        self.say_any(PAYMENT_PHRASES)
            || self.readings.iter().any(|words| {
                words.iter().any(|word| SERVICES.contains(&word.as_str()) || has_long_one(SERVICES, word))
                    || (2..=3).any(|count| {
                        // `i ban` is no account number.
                        words
                            .windows(count)
                            .map(<[String]>::concat)
                            .any(|joined| joined.len() > 4 && SERVICES.contains(&joined.as_str()))
                    })
            })
    }

    /// Whether the talk is led into another messenger.
    pub(super) fn lead_to_other_messenger(&self) -> bool {
        self.say_any(MESSENGER_PHRASES)
    }

    /// Whether a number in the message is meant to be called or written to.
    pub(super) fn announce_phone(&self) -> bool {
        self.say_any(&[
            "call me",
            "text me",
            "text us",
            "call us",
            "phone me",
            "whatsapp",
            "my number",
            "my cell",
            "my phone number",
            "telefono",
            "tel",
            "cell",
            "cellulare",
            "chiamami",
            "chiamaci",
            "chiama il",
            "chiami il",
            "il mio numero",
            "mio cel",
            "sms",
        ])
    }

    /// Whether seven or more digits follow each other as words: `four one five…`, `tre quattro sette…`.
    pub(super) fn spell_digits(&self) -> bool {
        let [words, _] = &self.readings;
        let mut in_a_row = 0;
        let mut spelled = 0;
        words.iter().any(|word| {
            let is_word = is_digit_word(word);
            if is_word || (word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_digit())) {
                in_a_row += 1;
                spelled += usize::from(is_word);
            } else {
                (in_a_row, spelled) = (0, 0);
            }
            in_a_row >= 7 && spelled >= 3
        })
    }

    fn say_any(&self, phrases: &[&str]) -> bool {
        self.readings.iter().any(|words| {
            phrases.iter().any(|phrase| {
                let length = phrase.split(' ').count();
                words
                    .windows(length)
                    .any(|words| words.iter().zip(phrase.split(' ')).all(|(word, other)| word == other))
            }) || words.iter().any(|word| has_long_one(phrases, word))
        })
    }
}

/// Whether a word has one of the phrases in it, written without blanks and long enough that this is no chance.
fn has_long_one(phrases: &[&str], word: &str) -> bool {
    word.len() >= 7
        && phrases.iter().any(|phrase| {
            let joined = phrase.replace(' ', "");
            joined.len() >= if phrase.contains(' ') { 10 } else { 7 } && word.contains(&joined)
        })
}

/// The words of a lower-case text. Four or more single letters in a row are one word.
fn words(lower: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut letters = 0;
    for piece in lower.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()) {
        words.push(piece.to_owned());
        let is_letter = piece.chars().count() == 1 && piece.chars().all(char::is_alphabetic);
        if is_letter {
            letters += 1;
            continue;
        }
        let last = words.pop();
        join_last(&mut words, letters);
        words.extend(last);
        letters = 0;
    }
    join_last(&mut words, letters);
    words
}

fn join_last(words: &mut Vec<String>, count: usize) {
    if count >= 4 {
        let joined = words.split_off(words.len() - count).concat();
        words.push(joined);
    }
}

/// A word with digits and signs read as the letters they look like; unchanged without a letter or with nothing else.
fn unmask(word: &str) -> String {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '$' | '@'));
    if inner.chars().all(char::is_alphabetic) || !inner.chars().any(char::is_alphabetic) {
        return word.to_owned();
    }
    inner
        .chars()
        .filter(|c| !matches!(c, '.' | '-' | '_' | '*' | '|'))
        .map(|c| match c {
            '0' => 'o',
            '1' | '!' => 'l',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            other => other,
        })
        .collect()
}

fn is_digit_word(word: &str) -> bool {
    matches!(
        word,
        "zero"
            | "oh"
            | "one"
            | "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "uno"
            | "due"
            | "tre"
            | "quattro"
            | "cinque"
            | "sei"
            | "sette"
            | "otto"
            | "nove"
    )
}
