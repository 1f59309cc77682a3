//! What states take on a sale. Behind a seam, as the processor is: a service that knows each city takes the place of the
//! built-in estimate, and nothing else changes.
//!
//! It is asked when a seller looks at how tax is charged and when a request is written. The rates are frozen with the
//! request, so what a buyer is shown is what is charged, whatever the provider says the day after.

use crate::store::Answering;
use domain::address::UsState;
use domain::money::Rate;
use domain::terms::StateRates;

/// Why there are no rates: it can be asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxUnavailable;

/// Who knows what states take.
pub trait TaxProvider: Send + Sync {
    /// The rates of these states, those it knows.
    fn rates<'a>(&'a self, states: &'a [UsState]) -> Answering<'a, Result<StateRates, TaxUnavailable>>;
}

/// The general sales-tax rate of each state, and no more than that: counties, cities and exemptions are not in it, so
/// what it says is an estimate, and pages call it one.
///
/// The data is `data/state-sales-tax.txt`, a state and millionths a line, meant for 1 July 2025. It was written down from
/// memory, in the manner of the table "State and Local Sales Tax Rates" of the Tax Foundation, and nobody has checked it:
/// neither against that table nor against a page of any state. Whoever charges by it confirms it with the state first,
/// and the seller's page says so, with the date. As in that table, what each county of California, Utah and Virginia adds by law counts to the state, and so does the least that
/// is added in Nevada. Puerto Rico is the Commonwealth's part. States that take none are 0, and so
/// are the Virgin Islands and the addresses of the armed forces.
#[derive(Clone, Copy, Debug, Default)]
pub struct StateEstimates;

const ESTIMATES: &str = include_str!("../data/state-sales-tax.txt");

fn estimates() -> impl Iterator<Item = (UsState, Rate)> {
    ESTIMATES.lines().filter_map(|line| {
        let (state, ppm) = line.split_once(' ')?;
        Some((state.parse().ok()?, ppm.parse::<u32>().ok()?.try_into().ok()?))
    })
}

impl TaxProvider for StateEstimates {
    fn rates<'a>(&'a self, states: &'a [UsState]) -> Answering<'a, Result<StateRates, TaxUnavailable>> {
        let rates: StateRates = estimates().filter(|(state, _)| states.contains(state)).collect();
        Box::pin(async move { Ok(rates) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt;

    fn rate(code: &str) -> Option<u32> {
        let states = [code.parse().unwrap()];
        let rates = StateEstimates.rates(&states).now_or_never().unwrap().unwrap();
        rates.get(&states[0]).map(|rate| u32::from(*rate))
    }

    #[test]
    fn every_line_of_the_data_is_a_state_and_its_rate_and_every_state_has_one() {
        assert_eq!(estimates().count(), ESTIMATES.lines().count());
        let all: Vec<UsState> = UsState::all().collect();
        assert_eq!(StateEstimates.rates(&all).now_or_never().unwrap().unwrap().len(), all.len());
    }

    #[test]
    fn what_is_asked_for_is_told_and_five_states_take_none() {
        assert_eq!((rate("CA"), rate("MN")), (Some(72_500), Some(68_750)));
        for code in ["AK", "DE", "MT", "NH", "OR"] {
            assert_eq!(rate(code), Some(0), "{code}");
        }
        let none: Vec<UsState> = Vec::new();
        assert!(StateEstimates.rates(&none).now_or_never().unwrap().unwrap().is_empty());
    }
}
