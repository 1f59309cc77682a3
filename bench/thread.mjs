// One round of one page: everything that performance is promised for in a thread.
import { arrivals, thread } from './data.mjs';
import { median } from './figures.mjs';
import { Measured } from './measured.mjs';

const APPENDS = 30;
const SWITCHES = 10;
const SPEED = 4_000;
const PLACES = [0.5, 0.02, 0.93, 0.31, 0.77, 0.11, 0.64, 0.99, 0.42, 0.2];

/** The names of the data that a round fetches, for the folder of each page. */
export function dataFor(count) {
    return { [`${count}`]: thread(count, 1), [`${count}-other`]: thread(count, 2) };
}

/** Answers the figures by the names of `rows` in table.mjs. */
export async function round(url, count) {
    const last = (seed) => thread(count, seed).at(-1).text;
    const measured = await Measured.open(url);
    try {
        const opened = await measured.costing(() => measured.load(`${count}`, last(1)));
        const memory = await measured.memory();
        return {
            open: opened.answer, openCpu: opened.cpu, memory,
            ...await append(measured, count),
            ...await change(measured, count, last),
            ...await scroll(measured),
            ...await jump(measured),
        };
    } finally {
        await measured.close();
    }
}

async function append(measured, count) {
    const messages = arrivals(APPENDS, count);
    const { answer, cpu } = await measured.costing(() => measured.inside(async (messages) => {
        const took = [];
        for (const json of messages) {
            // From the beginning of a frame: otherwise the figure is how far the last one was.
            await window.__look.painted();
            const began = performance.now();
            window.__bench.append(json);
            took.push(await window.__look.lastVisible(JSON.parse(json).text) - began);
        }
        return took;
    }, messages));
    return { append: median(answer), appendCpu: cpu / APPENDS };
}

async function change(measured, count, last) {
    await measured.inside(async (count) => {
        await window.__bench.preload('one', `/data/${count}.json`);
        await window.__bench.preload('two', `/data/${count}-other.json`);
    }, count);
    const keys = { one: last(1), two: last(2) };
    const { answer, cpu } = await measured.costing(() => measured.inside(async ({ keys, times }) => {
        const took = [];
        for (let i = 0; i < times; i++) {
            const key = i % 2 ? 'one' : 'two';
            await window.__look.painted();
            const began = performance.now();
            window.__bench.show(key);
            took.push(await window.__look.lastVisible(keys[key]) - began);
        }
        return took;
    }, { keys, times: SWITCHES }));
    return { change: median(answer), changeCpu: cpu / SWITCHES };
}

async function scroll(measured) {
    const distance = SPEED * 3;
    await measured.inside(() => { window.__look.shift = 0; });
    const { cpu } = await measured.costing(() => measured.scroll(distance, SPEED));
    // Another time, looking at every frame: looking costs too.
    await measured.inside(() => window.__look.watchBlanks());
    await measured.scroll(-distance, SPEED);
    await measured.scroll(distance, SPEED);
    const { blank, shift } = await measured.inside(() => {
        window.__look.blanks.going = false;
        return { blank: window.__look.blanks.blank, shift: window.__look.shift };
    });
    return { scrollCpu: cpu / 3, blank, shift };
}

async function jump(measured) {
    const { answer, cpu } = await measured.costing(() => measured.inside(async (places) => {
        const took = [];
        for (const place of places) {
            await window.__look.painted();
            took.push(await window.__look.jump(place));
        }
        return took;
    }, PLACES));
    return { jump: median(answer), jumpCpu: cpu / PLACES.length };
}
