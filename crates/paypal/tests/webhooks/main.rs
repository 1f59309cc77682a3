//! Webhooks: PayPal's own deliveries, and everything that is not one.

mod certificates;
mod deliveries;
mod known_answers;
