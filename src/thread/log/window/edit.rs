//! What happens to the rows of a window when the timeline changes.

use super::{FRESH, KEPT, Window, insert};
use crate::thread::extents::Length;
use crate::thread::row::{By, Rows};
use leptos::web_sys::Node;

impl<R: Rows> Window<R> {
    pub(super) fn inserted(&mut self, position: usize) {
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

    pub(super) fn prepended(&mut self, count: usize) {
        let heights = self.estimates(0, count);
        self.extents.prepend(heights.into_iter());
        self.first += count;
        self.asked_older = false;
        self.reshape_around(count.saturating_sub(1));
        self.set_height();
        let (near, far) = self.viewport();
        self.fill(near, far, FRESH);
    }

    pub(super) fn removed(&mut self, position: usize) {
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
    pub(super) fn reshape_around(&mut self, position: usize) {
        if position > 0 {
            self.reshape(position - 1);
        }
        if position + 1 < self.extents.len() {
            self.reshape(position + 1);
        }
    }

    pub(super) fn reshape(&mut self, position: usize) {
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

    pub(super) fn remake(&mut self, position: usize) {
        let Some(index) = position.checked_sub(self.first).filter(|index| *index < self.live.len()) else { return };
        let row = self.made(position);
        let old = std::mem::replace(&mut self.live[index], row);
        let place: &Node = &self.places.list;
        place.replace_child(&self.live[index].element, &old.element).expect("the old row is in the list");
        self.drop_row(old);
    }
}
