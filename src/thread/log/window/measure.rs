//! How high the rows are: estimated, then read, and made up for.

use super::{FRESH, Window};
use crate::thread::extents::{Extents, Length, PIXEL, from_pixels};
use crate::thread::row::Rows;

impl<R: Rows> Window<R> {
    pub(super) fn bytes_per_line(&self) -> u32 {
        // 78 % of the row less padding, at most 564 px, of letters that are 7.2 px wide on average.
        let bubble = (self.width.max(200) - 24) * 78 / 100;
        u32::try_from((bubble.min(564) - 26) * 10 / 72).unwrap_or(1).max(8)
    }

    pub(super) fn estimated(&self, from: usize, to: usize) -> Extents {
        Extents::of(self.estimates(from, to).into_iter())
    }

    pub(super) fn estimates(&self, from: usize, to: usize) -> Vec<u32> {
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

    /// Reads the heights that are not known yet, and keeps what is in sight where it was before they grew.
    pub(super) fn measure(&mut self) {
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

    pub(super) fn read_heights(&mut self) -> Vec<(usize, Length)> {
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
    pub(super) fn reconcile(&mut self) {
        let is_last_live = self.first + self.live.len() == self.extents.len();
        if self.below != 0 && (is_last_live || self.below < 0) {
            let model = self.extents.sum(self.first + self.live.len(), self.extents.len());
            let off = self.below - model;
            self.set_below(model);
            self.scroll_by(off);
        }
    }

    /// The topmost row in sight, and how much of it is above the edge.
    pub(super) fn topmost(&self) -> Option<(usize, Length)> {
        let (_, far) = self.viewport();
        let (row, end) = self.extents.at_distance(far - PIXEL)?;
        Some((row, end + self.extents.height(row) - far))
    }

    /// Another width: no height holds any more. The end stays, or what was topmost in sight. Says whether rows came or
    /// went.
    pub(super) fn resized(&mut self, topmost: Option<(usize, Length)>) -> bool {
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
}
