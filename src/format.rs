//! Money, dates and spans of time as people read them: by the browser's own Intl, made once and kept.

use crate::i18n::t;
use domain::market::Market;
use domain::money::Money;
use domain::statement::Month;
use domain::time::{Span, Timestamp};
use js_sys::{Array, Intl, Object, Reflect};
use std::cell::RefCell;
use std::collections::HashMap;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    static MONEY: RefCell<HashMap<&'static str, Intl::NumberFormat>> = RefCell::default();
    static DATES: RefCell<HashMap<(&'static str, Option<&'static str>), Intl::DateTimeFormat>> = RefCell::default();
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let object = Object::new();
    for (key, value) in pairs {
        set(&object, key, value);
    }
    object
}

fn set(object: &Object, key: &str, value: &str) {
    // Setting a property of a fresh object cannot fail.
    let _set = Reflect::set(object, &JsValue::from_str(key), &JsValue::from_str(value));
}

fn locale(code: &str) -> Array {
    Array::of1(&JsValue::from_str(code))
}

/// `$412.00`, `412,00 USD`. The decimal text is given to Intl as text: no float comes near it.
pub fn money(money: Money) -> String {
    MONEY.with_borrow_mut(|formats| {
        let format = formats.entry(money.currency.code()).or_insert_with_key(|code| {
            let options = options(&[("style", "currency"), ("currency", code)]);
            Intl::NumberFormat::new(&locale(t().money_locale()), &options)
        });
        let text = format.format().call1(&JsValue::UNDEFINED, &JsValue::from_str(&money.decimal()));
        text.ok().and_then(|text| text.as_string()).unwrap_or_else(|| money.decimal())
    })
}

/// `−$20.00`: an amount that is taken off.
pub fn less(amount: Money) -> String {
    format!("−{}", money(amount))
}

/// A promise that lasts until the end of a day is one of a date: the market's, wherever it is read.
fn is_date(at: Timestamp) -> bool {
    Market::US.zone.ends_a_day_at(at)
}

fn date(kind: &'static str, pairs: &[(&str, &str)], at: Timestamp) -> String {
    let zone = is_date(at).then(|| Market::US.zone.name());
    DATES
        .with_borrow_mut(|formats| {
            let format = formats.entry((kind, zone)).or_insert_with(|| {
                let options = options(pairs);
                if let Some(zone) = zone {
                    set(&options, "timeZone", zone);
                }
                Intl::DateTimeFormat::new(&locale(t().date_locale()), &options)
            });
            // Milliseconds of our times are far below the integers that a number of JavaScript holds.
            let millis = JsValue::from_f64(at.as_millis() as f64);
            let text = format.format().call1(&JsValue::UNDEFINED, &js_sys::Date::new(&millis));
            text.ok().and_then(|text| text.dyn_into::<js_sys::JsString>().ok()).map(String::from).unwrap_or_default()
        })
        .replace(',', "")
}

/// `10:24`.
pub fn clock(at: Timestamp) -> String {
    date("clock", &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")], at)
}

/// `10:24:05`.
pub fn clock_seconds(at: Timestamp) -> String {
    let pairs = [("hour", "2-digit"), ("minute", "2-digit"), ("second", "2-digit"), ("hourCycle", "h23")];
    date("seconds", &pairs, at)
}

/// `Thu 20 Nov`.
pub fn day(at: Timestamp) -> String {
    date("day", &[("weekday", "short"), ("day", "numeric"), ("month", "short")], at)
}

/// `Thu 20`: where the month goes without saying.
pub fn short_day(at: Timestamp) -> String {
    let weekday = date("weekday", &[("weekday", "short")], at);
    format!("{weekday} {}", date("day-of-month", &[("day", "numeric")], at))
}

/// `Thu 20 Nov 2025`.
pub fn full_day(at: Timestamp) -> String {
    let pairs = [("weekday", "short"), ("day", "numeric"), ("month", "short"), ("year", "numeric")];
    date("full", &pairs, at)
}

/// `November 2025`.
pub fn month_name(month: Month) -> String {
    let middle: Option<Timestamp> = format!("{month}-15T12:00:00Z").parse().ok();
    middle.map_or(month.to_string(), |at| date("month", &[("month", "long"), ("year", "numeric")], at))
}

/// `Thu 20 Nov, 10:24`.
pub fn day_and_clock(at: Timestamp) -> String {
    format!("{}, {}", day(at), clock(at))
}

/// Whether both are on one day of this place.
pub fn same_day(a: Timestamp, b: Timestamp) -> bool {
    full_day(a) == full_day(b)
}

/// When something is due, as short as it can be: `today, 18:00`, `tomorrow, 09:00`, `Sun 23 Nov`.
pub fn deadline(at: Timestamp, now: Timestamp) -> String {
    if same_day(at, now) {
        if is_date(at) { t().today().to_owned() } else { t().today_at(&clock(at)) }
    } else if same_day(at, now.plus(Span::days(1))) {
        if is_date(at) { t().tomorrow().to_owned() } else { t().tomorrow_at(&clock(at)) }
    } else {
        day(at)
    }
}

/// When something is due, in full: `Sun 23 Nov, 10:24`; a date stays a date.
pub fn exact_deadline(at: Timestamp, now: Timestamp) -> String {
    match (same_day(at, now), is_date(at)) {
        (true, true) => t().today().to_owned(),
        (true, false) => t().today_at(&clock(at)),
        (false, true) => day(at),
        (false, false) => day_and_clock(at),
    }
}

/// How long ago, in one unit: `now`, `2 min`, `3 h`, `1 d`, `5 w`.
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = now.since(at).as_millis() / 60_000;
    match minutes {
        ..1 => t().just_now().to_owned(),
        1..60 => t().minutes_short(&minutes.to_string()),
        60..1440 => t().hours_short(&(minutes / 60).to_string()),
        1440..10_080 => t().days_short(&(minutes / 1440).to_string()),
        _weeks => t().weeks_short(&(minutes / 10_080).to_string()),
    }
}

/// What is left: `4:38`, `2 h 05`, `3 d`.
pub fn left(until: Timestamp, now: Timestamp) -> String {
    let seconds = (until.since(now).as_millis() / 1000).max(0);
    match seconds {
        0..3600 => format!("{}:{:02}", seconds / 60, seconds % 60),
        3600..172_800 => t().hours_and_minutes(&(seconds / 3600).to_string(), &format!("{:02}", seconds % 3600 / 60)),
        _days => t().days_short(&(seconds / 86_400).to_string()),
    }
}

crate::words! {
    today "today" "oggi";
    tomorrow "tomorrow" "domani";
    today_at(time) "today, {time}" "oggi, {time}";
    tomorrow_at(time) "tomorrow, {time}" "domani, {time}";
    just_now "now" "ora";
    minutes_short(n) "{n} min" "{n} min";
    hours_short(n) "{n} h" "{n} h";
    days_short(n) "{n} d" "{n} g";
    weeks_short(n) "{n} w" "{n} sett";
    hours_and_minutes(h, m) "{h} h {m}" "{h} h {m}";
}
