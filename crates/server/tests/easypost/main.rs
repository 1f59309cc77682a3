//! Parcels that EasyPost tells of: numbers are registered at a fake on the loopback, and signed deliveries come to the real
//! route.

mod fake;
mod registering;
mod telling;
mod world;
