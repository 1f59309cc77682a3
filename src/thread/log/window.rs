//! The part of a log that is in the document: a run of rows in normal flow at the end of a list that is as high as all
//! of them, pushed to their place by its padding.
//!
//! The scroller is a reversed column, so its origin is the newest row: opening, appending and loading history move
//! nothing that is seen, and need no scroll position written. Positions here are distances from that end. Rows enter
//! with an estimated height; their real one is read later, when layout is clean and reading costs nothing. Only what
//! enters below the rows in sight has to be read at once, and made up for.

use super::row_view::{LiveRow, RowView};
use crate::thread::extents::{Extents, Length, PIXEL, from_pixels, to_css};
use crate::thread::row::{By, Row, RowKey, Rows};
use crate::thread::shape::Reader;
use crate::thread::timeline::{Change, Timeline};
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::{DomRect, Element, HtmlElement, Node, ResizeObserver};
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

    fn bytes_per_line(&self) -> u32 {
        // 78 % of the row less padding, at most 564 px, of letters that are 7.2 px wide on average.
        let bubble = (self.width.max(200) - 24) * 78 / 100;
        u32::try_from((bubble.min(564) - 26) * 10 / 72).unwrap_or(1).max(8)
    }

    fn estimated(&self, from: usize, to: usize) -> Extents {
        Extents::of(self.estimates(from, to).into_iter())
    }

    fn estimates(&self, from: usize, to: usize) -> Vec<u32> {
        let rows = self.timeline.rows();
        let bytes_per_line = self.bytes_per_line();
        let mut before = from.checked_sub(1).map(|index| rows.outline(index));
        let mut heights = Vec::with_capacity(to - from);
        for index in from..to {
            let row = rows.outline(index);
            // What comes after a row changes its corners, not its height.
            heights.push(self.reader.shape(before, row, None).estimate(row, bytes_per_line) * 64);
            before = Some(row);
        }
        heights
    }

    /// Makes the rows around a distance from the end anew, and nothing else.
    fn rebuild(&mut self, near: Length) {
        self.places.list.set_text_content(None);
        for row in std::mem::take(&mut self.live) {
            self.drop_row(row);
        }
        // Down to the margin below, then up as far as there is to see.
        let (end, below) = self.extents.at_distance((near - FRESH).max(0)).map_or((0, 0), |(row, end)| (row + 1, end));
        self.first = end;
        self.set_below(below);
        self.fill(near, near + from_pixels(f64::from(self.height)), FRESH);
        self.set_height();
    }

    /// When rows run short at an edge: makes them up to `ahead` of it, and drops those far behind the other.
    fn fill(&mut self, near: Length, far: Length, ahead: Length) {
        let count = self.extents.len();
        let mut top = self.below + self.live_height();
        if self.first > 0 && top < far + NEAR {
            let mut first = self.first;
            while first > 0 && top < far + ahead {
                first -= 1;
                top += self.extents.height(first);
            }
            self.extend_above(first);
            self.trim_below(near);
        }
        let last = self.first + self.live.len();
        if last < count && self.below > near - NEAR {
            let (mut end, mut below) = (last, self.below);
            while end < count && below > near - ahead {
                below -= self.extents.height(end);
                end += 1;
            }
            self.extend_below(end);
            self.trim_above(far);
        }
        // Corrected all the time it would count as a shift of layout, though nothing is seen to move.
        if self.first == 0 || self.written.is_none_or(|written| far + AHEAD > written) {
            self.set_height();
        }
    }

    fn extend_above(&mut self, first: usize) {
        let fragment = document().create_document_fragment();
        let mut made = VecDeque::with_capacity(self.first - first + self.live.len());
        for position in first..self.first {
            let row = self.made(position);
            append(&fragment, &row.element);
            made.push_back(row);
        }
        let before = self.live.front().map(|row| &row.element as &Node);
        insert(&self.places.list, &fragment, before);
        made.append(&mut self.live);
        self.live = made;
        self.first = first;
    }

    fn extend_below(&mut self, end: usize) {
        let last = self.first + self.live.len();
        let fragment = document().create_document_fragment();
        for position in last..end {
            let row = self.made(position);
            append(&fragment, &row.element);
            self.live.push_back(row);
        }
        append(&self.places.list, &fragment);
        let below = self.below - self.extents.sum(last, end);
        self.set_below(below);
        self.reconcile();
        // They push what is in sight when they are not as high as estimated.
        self.measure();
    }

    fn trim_above(&mut self, far: Length) {
        let mut top = self.below + self.live_height();
        while self.live.len() > 1 {
            let height = self.extents.height(self.first);
            if top - height <= far + KEPT {
                break;
            }
            top -= height;
            self.first += 1;
            if let Some(row) = self.live.pop_front() {
                row.element.remove();
                self.drop_row(row);
            }
        }
    }

    fn trim_below(&mut self, near: Length) {
        let mut below = self.below;
        while self.live.len() > 1 {
            let height = self.extents.height(self.first + self.live.len() - 1);
            if below + height >= near - KEPT {
                break;
            }
            below += height;
            if let Some(row) = self.live.pop_back() {
                row.element.remove();
                self.drop_row(row);
            }
        }
        self.set_below(below);
    }

    fn made(&mut self, position: usize) -> LiveRow {
        let rows = self.timeline.rows();
        let shape = self.reader.shape_of(&*rows, position);
        let row = rows.row(position);
        // A card may read the timeline while it is drawn.
        drop(rows);
        let note = self.timeline.note_of(row.key);
        let made = self.view.make(&row, shape, note.as_deref());
        if made.is_changeable() {
            self.places.layout.observe(&made.element);
        }
        made
    }

    fn drop_row(&mut self, row: LiveRow) {
        if row.is_changeable() {
            self.places.layout.unobserve(&row.element);
        }
        self.view.recycle(row);
    }

    /// Reads the heights that are not known yet, and keeps what is in sight where it was before they grew.
    fn measure(&mut self) {
        let growths = self.read_heights();
        if growths.is_empty() || self.at_end {
            return;
        }
        // The topmost row that was in sight stays where it is: what grew below it is made up for.
        let (_, far) = self.viewport();
        let mut top = self.below + self.live_height() - growths.iter().map(|(_, by)| by).sum::<Length>();
        let mut anchor = self.first;
        for position in self.first..self.first + self.live.len() {
            let grown: Length = growths.iter().filter(|(grown, _)| *grown == position).map(|(_, by)| by).sum();
            anchor = position;
            top -= self.extents.height(position) - grown;
            if top < far {
                break;
            }
        }
        let grown: Length = growths.iter().filter(|(position, _)| *position > anchor).map(|(_, by)| by).sum();
        if grown != 0 {
            let below = self.below - grown;
            self.set_below(below);
            self.reconcile();
        }
    }

    fn read_heights(&mut self) -> Vec<(usize, Length)> {
        let mut growths = Vec::new();
        for (index, row) in self.live.iter_mut().enumerate() {
            if row.measured {
                continue;
            }
            row.measured = true;
            let height = from_pixels(row.element.get_bounding_client_rect().height());
            let growth = self.extents.set(self.first + index, height);
            if growth != 0 {
                growths.push((self.first + index, growth));
            }
        }
        growths
    }

    /// At the end of the rows the padding has to be nothing: what it is off by goes into the scroll position. Elsewhere
    /// it may be off, so that a finger on the screen is not disturbed by a written position.
    fn reconcile(&mut self) {
        let is_last_live = self.first + self.live.len() == self.extents.len();
        if self.below != 0 && (is_last_live || self.below < 0) {
            let model = self.extents.sum(self.first + self.live.len(), self.extents.len());
            let off = self.below - model;
            self.set_below(model);
            self.scroll_by(off);
        }
    }

    fn inserted(&mut self, position: usize) {
        let is_end = position == self.extents.len();
        let estimate = self.estimates(position, position + 1)[0];
        if is_end {
            self.extents.push(estimate);
        } else {
            self.extents.insert(position, estimate);
        }
        let last = self.first + self.live.len();
        // A row at the end joins the window only while the reader is there.
        let is_inside = (self.first..last).contains(&position) || (position == last && self.at_end && self.below <= 0);
        if is_inside || (is_end && self.live.is_empty()) {
            let mut row = self.made(position);
            // Only what was just said here rises: the rest has been said before, on another device or by the other.
            if self.timeline.rows().outline(position).by == By::Reader {
                row.decorate("enters");
            }
            let index = position - self.first;
            insert(&self.places.list, &row.element, self.live.get(index).map(|row| &row.element as &Node));
            self.live.insert(index, row);
            if !self.at_end {
                let below = self.below - Length::from(estimate);
                self.set_below(below);
                self.reconcile();
                self.measure();
            }
        } else if position < self.first {
            self.first += 1;
        } else {
            let below = self.below + Length::from(estimate);
            self.set_below(below);
            self.scroll_by(-Length::from(estimate));
        }
        if is_end && !self.at_end {
            self.timeline.count_unseen();
        }
        self.reshape_around(position);
        let (_, far) = self.viewport();
        // Not at each of them.
        if self.at_end && self.live_height() > far + 2 * KEPT {
            self.trim_above(far);
        }
        self.set_height();
    }

    fn prepended(&mut self, count: usize) {
        let heights = self.estimates(0, count);
        self.extents.prepend(heights.into_iter());
        self.first += count;
        self.asked_older = false;
        self.reshape_around(count.saturating_sub(1));
        self.set_height();
        let (near, far) = self.viewport();
        self.fill(near, far, FRESH);
    }

    fn removed(&mut self, position: usize) {
        let height = self.extents.height(position);
        let last = self.first + self.live.len();
        self.extents.remove(position);
        if position < self.first {
            self.first -= 1;
        } else if position < last {
            let is_below = self.last_in_sight().is_some_and(|seen| position > seen);
            if let Some(row) = self.live.remove(position - self.first) {
                row.element.remove();
                self.drop_row(row);
            }
            if is_below {
                let below = self.below + height;
                self.set_below(below);
                self.reconcile();
            }
        } else {
            let below = self.below - height;
            self.set_below(below);
            self.scroll_by(height);
        }
        if position < self.extents.len() {
            self.reshape(position);
        }
        if position > 0 {
            self.reshape(position - 1);
        }
    }

    /// The neighbours of a row that changed may stand otherwise now.
    fn reshape_around(&mut self, position: usize) {
        if position > 0 {
            self.reshape(position - 1);
        }
        if position + 1 < self.extents.len() {
            self.reshape(position + 1);
        }
    }

    fn reshape(&mut self, position: usize) {
        let Some(row) = position.checked_sub(self.first).and_then(|index| self.live.get_mut(index)) else { return };
        let shape = self.reader.shape_of(&*self.timeline.rows(), position);
        if shape == row.shape {
            return;
        }
        if (shape.side, shape.starts, shape.dated) == (row.shape.side, row.shape.starts, row.shape.dated) {
            // Only the corners.
            row.reshape(shape);
        } else {
            self.remake(position);
        }
    }

    fn remake(&mut self, position: usize) {
        let Some(index) = position.checked_sub(self.first).filter(|index| *index < self.live.len()) else { return };
        let row = self.made(position);
        let old = std::mem::replace(&mut self.live[index], row);
        let place: &Node = &self.places.list;
        place.replace_child(&self.live[index].element, &old.element).expect("the old row is in the list");
        self.drop_row(old);
    }

    /// The topmost row in sight, and how much of it is above the edge.
    fn topmost(&self) -> Option<(usize, Length)> {
        let (_, far) = self.viewport();
        let (row, end) = self.extents.at_distance(far - PIXEL)?;
        Some((row, end + self.extents.height(row) - far))
    }

    /// Another width: no height holds any more. The end stays, or what was topmost in sight. Says whether rows came or
    /// went.
    fn resized(&mut self, topmost: Option<(usize, Length)>) -> bool {
        let topmost = topmost.filter(|_| !self.at_end);
        self.extents = self.estimated(0, self.extents.len());
        let (first, last) = (self.first, self.first + self.live.len());
        let stay = topmost.is_none_or(|(row, _)| (first..last).contains(&row));
        if stay {
            // What is in the document stays there: a card may have something open.
            self.live.iter_mut().for_each(|row| row.measured = false);
            self.read_heights();
            let below = self.extents.sum(last, self.extents.len());
            self.set_below(below);
            self.set_height();
        }
        let near = topmost.map_or(0, |(row, hidden)| {
            let top = self.extents.sum(row, self.extents.len());
            (top - hidden.min(self.extents.height(row)) - from_pixels(f64::from(self.height))).max(0)
        });
        if !stay {
            self.rebuild(near);
        }
        // With less to scroll than before, layout has put it elsewhere.
        self.read_position();
        self.scroll_to(if topmost.is_some() { near + self.tail } else { 0 });
        let (near, far) = self.viewport();
        self.fill(near, far, FRESH);
        !stay || (first, last) != (self.first, self.first + self.live.len())
    }

    // A reversed column scrolls towards negative positions.

    fn read_position(&mut self) {
        self.scrolled = from_pixels(-f64::from(self.places.scroller.scroll_top()));
    }

    fn scroll_to(&mut self, scrolled: Length) {
        if scrolled != self.scrolled {
            self.scroll_by(self.scrolled - scrolled);
        }
    }

    fn scroll_by(&mut self, down: Length) {
        if down != 0 {
            self.scrolled -= down;
            // Lengths on a page are exact in a float.
            self.places.scroller.scroll_by_with_x_and_y(0.0, down as f64 / 64.0);
        }
    }

    fn set_below(&mut self, below: Length) {
        if below != self.below {
            self.below = below;
            write(&self.places.list, "padding-block-end", below);
        }
    }

    /// As high as everything before the end of the window, by what is known now, and the padding. With the oldest row in
    /// the document it is as high as its rows are, whatever was estimated.
    fn set_height(&mut self) {
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
fn sizes_before_layout() -> Option<(i32, i32)> {
    let size = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).map(|value| value as i32);
    let (width, height) = (size(window().inner_width())?, size(window().inner_height())?);
    (width < TWO_PANES).then_some((width, height))
}

fn write(list: &HtmlElement, property: &str, length: Length) {
    list.style().set_property(property, &to_css(length)).expect("a length is valid css");
}

fn append(parent: &Node, child: &Node) {
    parent.append_child(child).expect("a row is not inside of itself");
}

fn insert(parent: &Node, child: &Node, before: Option<&Node>) {
    parent.insert_before(child, before).expect("the next row is in the list");
}
