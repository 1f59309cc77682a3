// The practical floor: a virtualised thread by hand. Rows in normal flow, recycled, one text write each, pushed to
// their place by the padding below them; heights are read when layout is clean.
//
// No element around the rows: the browser would count each of its moves as a layout shift.
import { Heights } from './heights.js';

const scroller = document.querySelector('.scroller');
const sizer = document.querySelector('.sizer');

/** Rendered beyond what is seen, on either side; half of it may be used up before the window moves. */
const OVERSCAN = 600;

const threads = new Map();
let thread;
/** The rows in the document, of the messages `first..first + rows.length`. */
let rows = [];
let first = 0;
let viewport = scroller.clientHeight;
/** Rows whose height is not known yet, read at the next occasion. */
let unread = [];
/** What was last written to the styles. */
let bottomWritten = -1;
let heightWritten = -1;

class Thread {
    constructor(messages) {
        this.messages = messages;
        this.heights = new Heights(messages.map(({ text }) => text));
    }
}

function newRow() {
    const row = document.createElement('div');
    const bubble = document.createElement('p');
    bubble.append('');
    row.append(bubble);
    return row;
}

function fill(row, index) {
    const message = thread.messages[index];
    const className = message.me ? 'row me' : 'row';
    if (row.className !== className) row.className = className;
    row.firstChild.firstChild.data = message.text;
    if (!thread.heights.isMeasured(index)) unread.push([row, index]);
    return row;
}

/** Reads the heights of new rows; answers by how much those from `anchor` on were guessed short. */
function readHeights(anchor) {
    let short = 0;
    for (const [row, index] of unread) {
        // A row that was recycled meanwhile shows another message.
        if (rows[index - first] !== row) continue;
        const difference = thread.heights.measure(index, row.getBoundingClientRect().height);
        if (index >= anchor) short += difference;
    }
    unread.length = 0;
    return short;
}

function place() {
    const { heights } = thread;
    const end = first + rows.length;
    const bottom = end === heights.count ? 0 : heights.total - heights.before(end);
    if (bottom !== bottomWritten) sizer.style.paddingBottom = `${bottomWritten = bottom}px`;
}

/**
 * How far one can scroll: guessed well enough until the beginning of the thread is near. Corrected all the time it
 * would count as a layout shift, though nothing is seen to move.
 */
function size() {
    if (thread.heights.total !== heightWritten) sizer.style.height = `${heightWritten = thread.heights.total}px`;
}

/** Makes the rows those of `from..to`, moving as few as possible. */
function render(from, to) {
    const last = first + rows.length;
    if (from >= last || to <= first) {
        const pool = rows;
        rows = [];
        for (let index = from; index < to; index++) rows.push(fill(pool.pop() ?? newRow(), index));
        sizer.replaceChildren(...rows);
        first = from;
        return;
    }
    const pool = rows.splice(Math.min(rows.length, to - first)).concat(rows.splice(0, Math.max(0, from - first)));
    first = Math.max(first, from);
    const older = [];
    for (let index = from; index < first; index++) older.push(fill(pool.pop() ?? newRow(), index));
    const newer = [];
    for (let index = first + rows.length; index < to; index++) newer.push(fill(pool.pop() ?? newRow(), index));
    for (const row of pool) row.remove();
    if (older.length) sizer.prepend(...older);
    if (newer.length) sizer.append(...newer);
    rows = [...older, ...rows, ...newer];
    first = from;
}

/** After a scroll: the window follows when what is rendered runs short. */
function follow() {
    const { heights } = thread;
    readHeights(Infinity);
    const scrolled = -scroller.scrollTop;
    const seenTo = heights.total - scrolled;
    const seenFrom = seenTo - viewport;
    const from = heights.at(Math.max(0, seenFrom - OVERSCAN / 2));
    const to = Math.min(heights.count, heights.at(Math.max(0, seenTo + OVERSCAN / 2)) + 1);
    const end = first + rows.length;
    if (first === 0 || scrolled + viewport + OVERSCAN > heightWritten) size();
    if (from >= first && to <= end) return;
    render(
        heights.at(Math.max(0, seenFrom - OVERSCAN)),
        Math.min(heights.count, heights.at(Math.max(0, seenTo + OVERSCAN)) + 1),
    );
    place();
    // Newer rows push what is seen when they are not as tall as guessed: only then is the scroll position written.
    if (unread.some(([, index]) => index >= end)) {
        const short = readHeights(end);
        if (short !== 0) scroller.scrollTop -= short;
    }
}

function showEnd(next) {
    thread = next;
    unread.length = 0;
    const { heights } = thread;
    const from = heights.at(Math.max(0, heights.total - viewport - OVERSCAN));
    // Another thread: nothing of the old rows stands for anything.
    rows = rows.slice(0, heights.count - from);
    for (let index = from; index < heights.count; index++) {
        const slot = index - from;
        rows[slot] = fill(rows[slot] ?? newRow(), index);
    }
    first = from;
    if (sizer.childElementCount !== rows.length) sizer.replaceChildren(...rows);
    place();
    size();
    if (scroller.scrollTop !== 0) scroller.scrollTop = 0;
}

function append(json) {
    const message = JSON.parse(json);
    const { heights, messages } = thread;
    readHeights(Infinity);
    const wasWhole = first + rows.length === heights.count;
    messages.push(message);
    const height = heights.add(message.text);
    const scrolled = scroller.scrollTop;
    if (wasWhole && scrolled > -OVERSCAN) {
        const row = fill(rows.length > 40 ? rows.shift() : newRow(), heights.count - 1);
        first = heights.count - 1 - rows.length;
        rows.push(row);
        sizer.append(row);
    }
    place();
    size();
    if (scrolled < -1) scroller.scrollTop = scrolled - height;
}

async function load(url) {
    return new Thread(await (await fetch(url)).json());
}

scroller.addEventListener('scroll', follow, { passive: true });
new ResizeObserver(() => { viewport = scroller.clientHeight; if (thread) follow(); }).observe(scroller);

window.__bench = {
    v: 1,
    scroller: () => scroller,
    rows: () => rows,
    append,
    async preload(key, url) { threads.set(key, await load(url)); },
    show(key) { showEnd(threads.get(key)); },
};

showEnd(await load(new URLSearchParams(location.search).get('data')));
