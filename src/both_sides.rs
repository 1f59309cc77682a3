//! Both sides at once: two phones on one clock, what happens by itself, and switches that make it hard.

mod agenda;
mod carrier_choice;
mod clock_panel;
mod double_tap;
mod page;

pub use double_tap::listen as listen_for_double_taps;
pub use page::BothSidesPage;
