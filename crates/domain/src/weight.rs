//! What things weigh: whole grams, for choosing how they travel.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The most that one thing, or one band, can weigh: 100 kg.
pub const MAX_GRAMS: u32 = 100_000;

/// A weight in grams, 1 to [`MAX_GRAMS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "u32", into = "u32")]
pub struct Grams(u32);

/// Nothing, or more than can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GramsError;

impl fmt::Display for GramsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A weight is between 1 and {MAX_GRAMS} grams.")
    }
}

impl TryFrom<u32> for Grams {
    type Error = GramsError;
    fn try_from(grams: u32) -> Result<Self, GramsError> {
        if (1..=MAX_GRAMS).contains(&grams) { Ok(Self(grams)) } else { Err(GramsError) }
    }
}

impl From<Grams> for u32 {
    fn from(grams: Grams) -> u32 {
        grams.0
    }
}

impl Grams {
    /// So many pieces together, in grams: more than one band can hold is still a number.
    pub fn times(self, quantity: u32) -> u64 {
        u64::from(self.0) * u64::from(quantity)
    }
}

/// From which weight to which, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "(Grams, Grams)", into = "(Grams, Grams)")]
pub struct WeightBand {
    from: Grams,
    to: Grams,
}

/// The band ends before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WeightBandError;

impl fmt::Display for WeightBandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The heaviest is lighter than the lightest.")
    }
}

impl TryFrom<(Grams, Grams)> for WeightBand {
    type Error = WeightBandError;
    fn try_from((from, to): (Grams, Grams)) -> Result<Self, WeightBandError> {
        if from <= to { Ok(Self { from, to }) } else { Err(WeightBandError) }
    }
}

impl From<WeightBand> for (Grams, Grams) {
    fn from(band: WeightBand) -> Self {
        (band.from, band.to)
    }
}

impl WeightBand {
    /// Whether so many grams lie in it.
    pub fn contains(self, grams: u64) -> bool {
        (u64::from(self.from.0)..=u64::from(self.to.0)).contains(&grams)
    }

    /// The lightest.
    pub fn from(self) -> Grams {
        self.from
    }

    /// The heaviest.
    pub fn to(self) -> Grams {
        self.to
    }
}
