//! What can wait until the reader has seen what was done.

use leptos::prelude::{request_animation_frame, set_timeout};
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

/// A page that nobody looks at paints nothing: then it is not waited for longer than this.
const PATIENCE: Duration = Duration::from_millis(100);

/// Does something once, when the next frame has been painted.
pub fn after_paint(work: impl FnOnce() + 'static) {
    let waiting = Rc::new(Cell::new(Some(work)));
    let late = Rc::clone(&waiting);
    let painted = move || waiting.take().into_iter().for_each(|work| work());
    request_animation_frame(move || set_timeout(painted, Duration::ZERO));
    set_timeout(move || late.take().into_iter().for_each(|work| work()), PATIENCE);
}
