//! Reads a list of tracking numbers, and pairs them with the orders that wait.
//!
//! A line is an order and its number, in any order, with blanks, a comma, a semicolon or a tab between; or a number
//! alone, which is of the next order in the list that no line names; or an order alone, and its number in the next
//! line, as a scanner writes them.

use super::waiting::Waiting;
use crate::order::{CarriedError, by_number};
use domain::carrier::{Carrier, TrackingNumber};
use domain::order::OrderNumber;
use std::collections::{HashMap, HashSet};

/// Why a line is not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// No order of that number waits for a parcel.
    NoSuchOrder,
    /// The order stands in an earlier line; which, counted from 1.
    OrderTwice(usize),
    /// The number stands in an earlier line; which, counted from 1.
    NumberTwice(usize),
    /// There are more numbers than orders.
    NoOrderLeft,
    /// An order without a number.
    NoNumber,
    /// The number itself.
    Number(CarriedError),
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number in the text, counted from 1.
    pub at: usize,
    /// The order it names or was paired with: its place among those that wait.
    pub order: Option<usize>,
    /// The number of the order as it is written, where it is none of those that wait.
    pub named: Option<String>,
    /// The tracking number as it is written.
    pub number: String,
    /// What can be sent, or why nothing can.
    pub parcel: Result<(Carrier, TrackingNumber), Wrong>,
}

impl Line {
    /// The line once more, with the order that it was paired with: that stays so when others have gone.
    pub fn written(&self, waiting: &[Waiting]) -> String {
        let order = self.order.and_then(|order| waiting.get(order)).map(|order| order.number.as_str());
        match order.or(self.named.as_deref()) {
            Some(order) => format!("{order} {}", self.number).trim().to_owned(),
            None => self.number.clone(),
        }
    }
}

/// What a line says, before it is paired.
struct Said {
    at: usize,
    order: Option<String>,
    number: String,
}

/// Reads the list. Lines with nothing in them are left out.
pub(super) fn read(text: &str, waiting: &[Waiting]) -> Vec<Line> {
    let places: HashMap<&str, usize> =
        waiting.iter().enumerate().map(|(place, order)| (order.number.as_str(), place)).collect();
    let lines = said(text, waiting);
    let named: HashSet<usize> = lines.iter().filter_map(|line| places.get(line.order.as_deref()?)).copied().collect();
    let mut free = (0..waiting.len()).filter(|place| !named.contains(place));
    let (mut orders, mut numbers) = (HashMap::new(), HashMap::new());
    let pair = |line: Said| {
        let read = by_number(&line.number);
        let number =
            read.as_ref().map_or_else(|_| line.number.to_uppercase(), |(_, number)| number.as_str().to_owned());
        let first = (!line.number.is_empty()).then(|| *numbers.entry(number).or_insert(line.at));
        let again = first.filter(|first| *first != line.at);
        let order = match &line.order {
            Some(order) => places.get(order.as_str()).copied(),
            // The same parcel once more is no other order's.
            None if again.is_some() => None,
            None => free.next(),
        };
        let before = order.map(|order| *orders.entry(order).or_insert(line.at)).filter(|first| *first != line.at);
        let parcel = match (order, before, again) {
            (_, _, Some(first)) => Err(Wrong::NumberTwice(first)),
            (None, _, None) if line.order.is_some() => Err(Wrong::NoSuchOrder),
            (None, _, None) => Err(Wrong::NoOrderLeft),
            (Some(_), Some(first), None) => Err(Wrong::OrderTwice(first)),
            (Some(_), None, None) if line.number.is_empty() => Err(Wrong::NoNumber),
            (Some(_), None, None) => read.map_err(Wrong::Number),
        };
        Line { at: line.at, order, named: line.order, number: line.number, parcel }
    };
    lines.into_iter().map(pair).collect()
}

fn said(text: &str, waiting: &[Waiting]) -> Vec<Said> {
    let prefixes: HashSet<&str> = waiting.iter().filter_map(|order| prefix(&order.number)).collect();
    let mut lines: Vec<Said> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let words: Vec<&str> = line.split([' ', '\t', ',', ';', '\u{a0}']).filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            continue;
        }
        let is_order = |word: &&&str| {
            order_number(word).is_some_and(|order| prefix(&order).is_some_and(|letters| prefixes.contains(letters)))
        };
        let order = [words.first(), words.last()].into_iter().flatten().find(is_order).copied();
        let number = words.iter().filter(|word| Some(**word) != order).copied().collect::<Vec<_>>().join(" ");
        let order = order.and_then(order_number);
        match lines.last_mut() {
            // A scanner writes the order of the slip, and then the number of the label.
            Some(before) if order.is_none() && before.number.is_empty() => before.number = number,
            _ => lines.push(Said { at: index + 1, order, number }),
        }
    }
    lines
}

/// `k-2041` as `K-2041`; nothing when it is no order number.
fn order_number(word: &str) -> Option<String> {
    OrderNumber::try_from(word.to_uppercase()).ok().map(String::from)
}

fn prefix(order: &str) -> Option<&str> {
    order.split_once('-').map(|(letters, _)| letters)
}

#[cfg(test)]
mod tests;
