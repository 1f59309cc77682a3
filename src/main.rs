//! Starts the app.

fn main() {
    bottega::start();
}
