//! The demo from outside: the clock, what happens by itself, and switches that make it hard. Where both sides are in
//! this browser they are there at once, as two phones.

mod agenda;
mod carrier_choice;
mod clock_panel;
mod controls;
#[cfg(feature = "embedded")]
mod double_tap;
mod faults;
mod page;
#[cfg(feature = "embedded")]
mod phones;

#[cfg(feature = "embedded")]
pub use double_tap::listen as listen_for_double_taps;
pub use page::BothSidesPage;
