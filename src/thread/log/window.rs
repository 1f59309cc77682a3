//! The part of a log that is in the document: a run of rows in normal flow at the end of a list that is as high as all
//! of them, pushed to their place by its padding.
//!
//! The scroller is a reversed column, so its origin is the newest row: opening, appending and loading history move
//! nothing that is seen, and need no scroll position written. Positions here are distances from that end. Rows enter
//! with an estimated height; their real one is read later, when layout is clean and reading costs nothing. Only what
//! enters below the rows in sight has to be read at once, and made up for.

mod edit;
mod fill;
mod measure;
mod place;

use super::row_view::{LiveRow, RowView};
use crate::thread::extents::{Extents, Length, PIXEL, from_pixels};
use crate::thread::row::{Row, RowKey, Rows};
use crate::thread::shape::Reader;
use crate::thread::timeline::{Change, Timeline};
use leptos::web_sys::{DomRect, Element, HtmlElement, Node, ResizeObserver};
use place::sizes_before_layout;
use std::collections::VecDeque;

/// How near the last row may come to an edge of the scroller before more are made.
const NEAR: Length = 300 * PIXEL;
/// How far beyond both edges rows are made where none were before.
const FRESH: Length = 400 * PIXEL;
/// How far ahead rows are made while it is scrolled. Seldom and many costs less than often and few.
const AHEAD: Length = 1400 * PIXEL;
/// How far behind they are kept.
const KEPT: Length = 700 * PIXEL;
/// From this width on there is a list beside the log, in pixels.
const TWO_PANES: i32 = 768;
/// How near to the oldest row older ones are asked for.
const REACH: Length = 1500 * PIXEL;
/// How far from the end still counts as the end.
const AT_END: Length = 24 * PIXEL;

/// The elements a window works with.
pub struct Places {
    /// What scrolls.
    pub scroller: HtmlElement,
    /// Holds the rows.
    pub list: HtmlElement,
    /// Comes after the last row: the typing bubble.
    pub tail: HtmlElement,
    /// Is told which rows may change their height by themselves.
    pub layout: ResizeObserver,
}

/// What the owner of a window has to do after a change; it may call back into the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Aftermath {
    /// Ask for older rows.
    pub reached_oldest: bool,
    /// Rows came or went because of scrolling: nobody wants them read out.
    pub shifted: bool,
}

/// The part of a log that is in the document.
pub struct Window<R: Rows> {
    timeline: Timeline<R>,
    reader: Reader,
    view: RowView,
    places: Places,
    extents: Extents,
    /// The position of the first row in the document.
    first: usize,
    live: VecDeque<LiveRow>,
    /// The padding below the rows, as it is in the document.
    below: Length,
    /// The height of the list, as it is in the document; nothing when it is that of its rows.
    written: Option<Length>,
    tail: Length,
    /// How far the scroller is from its end. Kept, because reading it from the document makes layout happen.
    scrolled: Length,
    width: i32,
    height: i32,
    at_end: bool,
    asked_older: bool,
}

impl<R: Rows> Window<R> {
    /// An empty window; `reset` fills it.
    pub fn new(timeline: Timeline<R>, reader: Reader, view: RowView, places: Places) -> Self {
        let (width, height) = sizes_before_layout().unwrap_or_else(|| {
            let scroller = &places.scroller;
            (scroller.client_width(), scroller.client_height())
        });
        Self {
            timeline,
            reader,
            view,
            places,
            extents: Extents::default(),
            first: 0,
            live: VecDeque::new(),
            below: 0,
            written: None,
            tail: 0,
            scrolled: 0,
            width,
            height,
            at_end: true,
            asked_older: false,
        }
    }

    /// Shows another timeline, at its end.
    pub fn show(&mut self, timeline: Timeline<R>, reader: Reader) -> Aftermath {
        self.timeline = timeline;
        self.reader = reader;
        self.reset()
    }

    /// Who speaks to whom; the rows in the document keep their words until `reset`.
    pub fn view_mut(&mut self) -> &mut RowView {
        &mut self.view
    }

    /// Starts over at the end.
    pub fn reset(&mut self) -> Aftermath {
        self.asked_older = false;
        self.at_end = true;
        self.extents = self.estimated(0, self.timeline.rows().len());
        self.rebuild(0);
        self.scroll_to(0);
        self.after(false)
    }

    /// Takes in one change of the timeline.
    pub fn apply(&mut self, change: Change) -> Aftermath {
        match change {
            Change::Reset => return self.reset(),
            Change::Inserted(position) => self.inserted(position),
            Change::Prepended(count) => self.prepended(count),
            Change::Replaced(position) => {
                self.remake(position);
                self.mark(position, "changed");
                self.reshape_around(position);
            }
            Change::Noted(position) => self.remake(position),
            Change::Removed(position) => self.removed(position),
            Change::Sought(position) => {
                self.seek(position);
                self.mark(position, "sought");
            }
            Change::EndSought => {
                self.rebuild(0);
                self.scroll_to(0);
                self.at_end = true;
            }
        }
        self.after(false)
    }

    /// Follows the scroller.
    pub fn scrolled(&mut self) -> Aftermath {
        self.read_position();
        // These were painted as high as they are: nothing has to be made up for.
        self.read_heights();
        let (near, far) = self.viewport();
        self.at_end = near <= AT_END;
        if far < self.below - NEAR || near > self.below + self.live_height() + NEAR {
            self.rebuild(near);
            return self.after(true);
        }
        let (first, count) = (self.first, self.live.len());
        self.fill(near, far, AHEAD);
        self.after(first != self.first || count != self.live.len())
    }

    /// Reads what layout found out about what can change by itself. To be called when it is done and nothing has
    /// changed since.
    pub fn settled(&mut self) -> Aftermath {
        let scroller = &self.places.scroller;
        let (width, height) = (scroller.client_width(), scroller.client_height());
        // By the heights and the position of before: layout has moved what was in sight already.
        let topmost = if width == self.width { None } else { self.topmost() };
        self.read_position();
        let tail = from_pixels(f64::from(self.places.tail.offset_height()));
        let grown = tail - self.tail;
        self.tail = tail;
        if grown != 0 && !self.at_end {
            self.scroll_by(-grown);
        }
        self.height = height;
        let mut shifted = false;
        if width != self.width {
            self.width = width;
            shifted = self.resized(topmost);
        }
        // What entered in this frame pushed nothing that was seen; what has changed since did.
        self.read_heights();
        for row in &mut self.live {
            row.measured &= !row.is_changeable();
        }
        self.measure();
        self.after(shifted)
    }

    /// Whether rows are missing where the reader looks; `scrolled` then makes them.
    pub fn has_gap(&self) -> bool {
        let (near, far) = self.viewport();
        let misses_older = self.first > 0 && self.below + self.live_height() < far;
        let misses_newer = self.first + self.live.len() < self.extents.len() && self.below > near;
        misses_older || misses_newer
    }

    /// The position of the row that holds this node.
    pub fn position_of(&self, node: &Node) -> Option<usize> {
        self.live.iter().position(|row| row.element.contains(Some(node))).map(|index| self.first + index)
    }

    /// The element of the row at a position, if it is in the document.
    pub fn element_at(&self, position: usize) -> Option<Element> {
        let index = position.checked_sub(self.first)?;
        self.live.get(index).map(|row| row.element.clone())
    }

    /// Adds a class to a row in the document for as long as it is there.
    pub fn mark(&mut self, position: usize, class: &str) {
        if let Some(row) = position.checked_sub(self.first).and_then(|index| self.live.get_mut(index)) {
            row.decorate(class);
        }
    }

    /// The row at a position, to be read.
    pub fn row(&self, position: usize) -> Row {
        self.timeline.rows().row(position)
    }

    /// Where the row of a key is.
    pub fn position_of_key(&self, key: RowKey) -> Option<usize> {
        self.timeline.rows().position(key)
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.extents.len()
    }

    /// The position of the last row that is wholly in sight.
    pub fn last_in_sight(&self) -> Option<usize> {
        let (near, _) = self.viewport();
        let mut end = self.below;
        for (index, _) in self.live.iter().enumerate().rev() {
            if end >= near {
                return Some(self.first + index);
            }
            end += self.extents.height(self.first + index);
        }
        None
    }

    /// Brings a row into the document, and its middle to the middle of the scroller.
    pub fn seek(&mut self, position: usize) {
        if self.element_at(position).is_none() {
            let end = self.extents.sum(position + 1, self.extents.len());
            let half = from_pixels(f64::from(self.height)) / 2;
            self.rebuild((end - half).max(0));
        }
        self.read_heights();
        let Some(row) = self.element_at(position) else { return };
        // Layout has to happen now in any case: the frame shows another place.
        let (row, scroller) = (row.get_bounding_client_rect(), self.places.scroller.get_bounding_client_rect());
        let middle = |rect: &DomRect| rect.top() + rect.height() / 2.0;
        self.scroll_by(from_pixels(middle(&row) - middle(&scroller)));
        // At either end there is less to scroll than was asked for.
        self.read_position();
        let (near, far) = self.viewport();
        self.at_end = near <= AT_END;
        self.fill(near, far, FRESH);
    }

    /// Lets go of everything that lives in the rows.
    pub fn dispose(&mut self) {
        for row in &mut self.live {
            row.dispose();
        }
    }

    fn after(&mut self, shifted: bool) -> Aftermath {
        self.timeline.set_at_end(self.at_end);
        let (_, far) = self.viewport();
        let is_near = self.first == 0 || far > self.below + self.extents.sum(0, self.first + self.live.len()) - REACH;
        let reached_oldest = is_near && !self.asked_older && self.timeline.has_older();
        self.asked_older |= reached_oldest;
        Aftermath { reached_oldest, shifted }
    }

    /// How far the two edges of the scroller are from the end of the last row.
    fn viewport(&self) -> (Length, Length) {
        let near = self.scrolled - self.tail;
        (near, near + from_pixels(f64::from(self.height)))
    }

    fn live_height(&self) -> Length {
        self.extents.sum(self.first, self.first + self.live.len())
    }
}

fn append(parent: &Node, child: &Node) {
    parent.append_child(child).expect("a row is not inside of itself");
}

fn insert(parent: &Node, child: &Node, before: Option<&Node>) {
    parent.insert_before(child, before).expect("the next row is in the list");
}
