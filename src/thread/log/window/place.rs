//! Where a window is: the scroll position, the padding below it, the height of the list.

use super::{TWO_PANES, Window};
use crate::thread::extents::{Length, from_pixels, to_css};
use crate::thread::row::Rows;
use leptos::prelude::window;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::HtmlElement;

impl<R: Rows> Window<R> {
    // A reversed column scrolls towards negative positions.

    pub(super) fn read_position(&mut self) {
        self.scrolled = from_pixels(-f64::from(self.places.scroller.scroll_top()));
    }

    pub(super) fn scroll_to(&mut self, scrolled: Length) {
        if scrolled != self.scrolled {
            self.scroll_by(self.scrolled - scrolled);
        }
    }

    pub(super) fn scroll_by(&mut self, down: Length) {
        if down != 0 {
            self.scrolled -= down;
            // Lengths on a page are exact in a float.
            self.places.scroller.scroll_by_with_x_and_y(0.0, down as f64 / 64.0);
        }
    }

    pub(super) fn set_below(&mut self, below: Length) {
        if below != self.below {
            self.below = below;
            write(&self.places.list, "padding-block-end", below);
        }
    }

    /// As high as everything before the end of the window, by what is known now, and the padding. With the oldest row in
    /// the document it is as high as its rows are, whatever was estimated.
    pub(super) fn set_height(&mut self) {
        let last = self.first + self.live.len();
        let height = (self.first > 0).then(|| self.below + self.extents.sum(0, last));
        if height != self.written {
            self.written = height;
            match height {
                Some(height) => write(&self.places.list, "block-size", height),
                None => {
                    let style = self.places.list.style();
                    style.remove_property("block-size").expect("a property that can be set can be removed");
                }
            }
        }
    }
}

/// About how wide and high the scroller will be, where it takes the whole width of the page. Asking the scroller itself
/// would lay out a page whose rows are not there yet; what it is off by is put right when layout has happened.
pub(super) fn sizes_before_layout() -> Option<(i32, i32)> {
    let size = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).map(|value| value as i32);
    let (width, height) = (size(window().inner_width())?, size(window().inner_height())?);
    (width < TWO_PANES).then_some((width, height))
}

fn write(list: &HtmlElement, property: &str, length: Length) {
    list.style().set_property(property, &to_css(length)).expect("a length is valid css");
}
