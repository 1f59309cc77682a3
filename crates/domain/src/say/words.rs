//! The vocabulary: lower-case, without accents.

use super::Ready;
use crate::time::Span;
use ::time::Weekday;

pub(super) const SHIPPING: &[&str] = &[
    "shipping",
    "ship",
    "shipment",
    "delivery",
    "postage",
    "freight",
    "p&p",
    "spedizione",
    "sped",
    "spedire",
    "consegna",
    "corriere",
];
pub(super) const TAX: &[&str] = &["tax", "taxes", "vat", "iva", "tassa", "tasse", "imposta"];
pub(super) const DISCOUNT: &[&str] =
    &["off", "discount", "less", "minus", "sconto", "scontato", "scontati", "scontata", "scontate", "meno"];
pub(super) const MINUS: &[&str] = &["-", "\u{2212}"];
pub(super) const EXPIRES: &[&str] = &[
    "expires", "expire", "expiry", "expiring", "valid", "scade", "scadenza", "scadono", "valido", "valida", "validi",
    "valide",
];
pub(super) const READY: &[&str] = &["ready", "pronto", "pronta", "pronti", "pronte"];
/// Also `by Friday` alone; but a painting may be by somebody.
pub(super) const READY_BY: &[&str] = &["ready", "pronto", "pronta", "pronti", "pronte", "by", "entro"];
pub(super) const FREE: &[&str] = &["free", "gratis", "gratuita", "gratuito", "omaggio"];

/// Words that carry no meaning of their own around an amount.
pub(super) const FILLERS: &[&str] = &[
    "is", "of", "for", "the", "a", "an", "plus", "sales", "costs", "cost", "di", "del", "della", "per", "la", "il",
    "le", "spese", "costo", "e", "=",
];
pub(super) const EXPIRES_FILLERS: &[&str] = &[
    "in", "for", "after", "within", "is", "the", "offer", "per", "tra", "fra", "dopo", "entro", "offerta", "la", "=",
    "e",
];
pub(super) const READY_FILLERS: &[&str] =
    &["on", "for", "it", "is", "will", "be", "this", "per", "il", "la", "di", "e", "sara", "="];

/// Behind a price: it is what one costs. Of two words the second stands first.
pub(super) const EACH: &[&str] =
    &["each", "ea", "apiece", "cad", "cadauno", "cadauna", "ciascuno", "ciascuna", "l'uno", "l'una", "luno", "luna"];
pub(super) const EACH_OF_TWO: &[(&str, &str)] =
    &[("per", "piece"), ("per", "one"), ("al", "pezzo"), ("a", "pezzo"), ("a", "testa"), ("per", "uno")];
/// Before a price: it is what one costs.
pub(super) const AT: &[&str] = &["@", "at", "a", "da", "x", "×", "*"];
/// Before a price: it is what all cost together.
pub(super) const FOR: &[&str] = &["for", "per", "=", "total", "totale", "tot"];
/// Behind a price: it is what all cost together.
pub(super) const IN_TOTAL: &[&str] = &["total", "totale", "tot", "altogether"];
pub(super) const IN_TOTAL_OF_TWO: &[(&str, &str)] =
    &[("in", "total"), ("in", "all"), ("in", "tutto"), ("in", "totale")];
/// Between a quantity and a name.
pub(super) const PIECES: &[&str] = &["pz", "pcs", "pc", "pezzi", "pezzo", "pieces", "of", "di"];
/// Multiplication.
pub(super) const TIMES: &[&str] = &["x", "×", "*"];
/// Between two clauses, when the next one can begin with the word behind.
pub(super) const AND: &[&str] = &["and", "e", "ed", "plus", "più", "&"];
/// Without a point they are not the end of a sentence.
pub(super) const ABBREVIATIONS: &[&str] = &["no", "n", "nr", "sped", "approx", "ca"];
/// What a name may start with and need not be said.
pub(super) const ARTICLES: &[&str] =
    &["the", "a", "an", "il", "lo", "la", "le", "i", "gli", "un", "una", "uno", "di", "of"];

/// Whether the word belongs to another rule, so that no unknown item can be named with it.
pub(super) fn is_reserved(word: &str) -> bool {
    [SHIPPING, TAX, DISCOUNT, EXPIRES, READY].iter().any(|words| words.contains(&word))
}

/// A small number as a word.
pub(super) fn number(word: &str) -> Option<u32> {
    Some(match word {
        "a" | "an" | "one" | "un" | "uno" | "una" => 1,
        "two" | "due" => 2,
        "three" | "tre" => 3,
        "four" | "quattro" => 4,
        "five" | "cinque" => 5,
        "six" | "sei" => 6,
        "seven" | "sette" => 7,
        "eight" | "otto" => 8,
        "nine" | "nove" => 9,
        "ten" | "dieci" => 10,
        "eleven" | "undici" => 11,
        "twelve" | "dodici" => 12,
        _ => return None,
    })
}

/// `count` of a unit of time.
pub(super) fn span(count: i64, unit: &str) -> Option<Span> {
    Some(match unit {
        "m" | "min" | "mins" | "minute" | "minutes" | "minuto" | "minuti" => Span::minutes(count),
        "h" | "hr" | "hrs" | "hour" | "hours" | "ora" | "ore" => Span::hours(count),
        "d" | "day" | "days" | "g" | "gg" | "giorno" | "giorni" => Span::days(count),
        "w" | "week" | "weeks" | "settimana" | "settimane" => Span::days(count * 7),
        _ => return None,
    })
}

/// A day.
pub(super) fn day(word: &str) -> Option<Ready> {
    Some(match word {
        "today" | "oggi" => Ready::Today,
        "tomorrow" | "domani" => Ready::Tomorrow,
        "monday" | "mon" | "lunedi" | "lun" => Ready::On(Weekday::Monday),
        "tuesday" | "tue" | "tues" | "martedi" => Ready::On(Weekday::Tuesday),
        "wednesday" | "wed" | "mercoledi" | "mer" => Ready::On(Weekday::Wednesday),
        "thursday" | "thu" | "thur" | "thurs" | "giovedi" | "gio" => Ready::On(Weekday::Thursday),
        "friday" | "fri" | "venerdi" | "ven" => Ready::On(Weekday::Friday),
        "saturday" | "sat" | "sabato" | "sab" => Ready::On(Weekday::Saturday),
        "sunday" | "sun" | "domenica" | "dom" => Ready::On(Weekday::Sunday),
        _ => return None,
    })
}
