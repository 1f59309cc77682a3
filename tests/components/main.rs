//! What components show and offer, in a browser: found by role, name and text, as people find them.
#![cfg(target_arch = "wasm32")]

mod answer;
mod composer;
mod harness;
mod log;
mod log_actions;
mod paged;
mod parts;
mod ui;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
