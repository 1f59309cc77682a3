// What runs inside a measured page. Given to every page before its own scripts.

/** Sets up `window.__look`: ways to wait for what is seen, without the page knowing. */
export function look() {
    const channel = new MessageChannel();
    const waiting = [];
    channel.port1.onmessage = () => waiting.shift()();
    const rows = () => Array.from(window.__bench?.rows?.() ?? []);
    /** The next moment after a frame was handed over to be painted. */
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
        waiting.push(() => resolve(performance.now()));
        channel.port2.postMessage(0);
    }));

    window.__look = {
        painted,
        shift: 0,
        /** When the row with that text, the last of all, was painted whole; in milliseconds since the navigation began. */
        async lastVisible(text, patience = 30_000) {
            const until = performance.now() + patience;
            for (;;) {
                const at = await painted();
                const row = rows().at(-1);
                if (row?.textContent.includes(text)) {
                    const { top, bottom } = row.getBoundingClientRect();
                    if (top < innerHeight && bottom > 0 && bottom <= innerHeight + 1) return at;
                }
                if (at > until) throw new Error(`"${text.slice(0, 40)}" was not seen within ${patience / 1000} s.`);
            }
        },
        /** Whether rows cover all of the scroller; 24 px at the ends may be padding. */
        covered() {
            const all = rows();
            if (all.length === 0) return false;
            const frame = window.__bench.scroller().getBoundingClientRect();
            return all[0].getBoundingClientRect().top <= frame.top + 24
                && all.at(-1).getBoundingClientRect().bottom >= frame.bottom - 24;
        },
        /** Scrolls to that part of the thread, 0 being its end, and waits until it is covered and painted. */
        async jump(part) {
            const scroller = window.__bench.scroller();
            const far = part * (scroller.scrollHeight - scroller.clientHeight);
            const reversed = getComputedStyle(scroller).flexDirection === 'column-reverse';
            const began = performance.now();
            scroller.scrollTop = reversed ? -far : scroller.scrollHeight - scroller.clientHeight - far;
            for (let frames = 0; frames < 120; frames++) {
                const at = await painted();
                if (window.__look.covered()) return at - began;
            }
            throw new Error(`Nothing was shown at ${part} of the thread.`);
        },
        /** Counts the frames that are not covered, until told to stop. */
        watchBlanks() {
            const count = { frames: 0, blank: 0, going: true };
            const frame = () => {
                count.frames += 1;
                if (!window.__look.covered()) count.blank += 1;
                if (count.going) requestAnimationFrame(frame);
            };
            requestAnimationFrame(frame);
            window.__look.blanks = count;
        },
    };
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.__look.shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
}
