//! Which rows are in the document: made ahead of the reader, dropped far behind.

use super::{AHEAD, FRESH, KEPT, NEAR, Window, append, insert};
use crate::thread::extents::{Length, from_pixels};
use crate::thread::log::row_view::LiveRow;
use crate::thread::row::Rows;
use leptos::prelude::document;
use leptos::web_sys::Node;
use std::collections::VecDeque;

impl<R: Rows> Window<R> {
    /// Makes the rows around a distance from the end anew, and nothing else.
    pub(super) fn rebuild(&mut self, near: Length) {
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
    pub(super) fn fill(&mut self, near: Length, far: Length, ahead: Length) {
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

    pub(super) fn extend_above(&mut self, first: usize) {
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

    pub(super) fn extend_below(&mut self, end: usize) {
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

    pub(super) fn trim_above(&mut self, far: Length) {
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

    pub(super) fn trim_below(&mut self, near: Length) {
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

    pub(super) fn made(&mut self, position: usize) -> LiveRow {
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

    pub(super) fn drop_row(&mut self, row: LiveRow) {
        if row.is_changeable() {
            self.places.layout.unobserve(&row.element);
        }
        self.view.recycle(row);
    }
}
