//! Go anywhere, and do anything: one field over the page, by Ctrl+K or by a button.

mod dialog;
mod entries;
mod opener;

pub use opener::{Palette, PaletteButton, provide_palette};
