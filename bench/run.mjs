// node bench/run.mjs [what]: measures the floor and our page in turns, prints the table and keeps it in RESULTS.md.
// `what` is `thread`, `phone`, `app` or a count of messages; without it everything, and only then RESULTS.md is written.
// Rounds: BENCH_ROUNDS, 5 unless set. `cargo xtask bench` starts the servers and says where they are.
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { measureApp } from './app.mjs';
import { write } from './data.mjs';
import { chromium, launchOptions } from '../e2e/support/browser.mjs';
import { firstVisit, phoneData } from './phone.mjs';
import { table } from './table.mjs';
import { dataFor, round } from './thread.mjs';

const [what] = process.argv.slice(2);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const pages = {
    floor: { url: process.env.BENCH_FLOOR, folder: process.env.BENCH_FLOOR_FOLDER },
    ours: { url: process.env.BENCH_OURS, folder: process.env.BENCH_OURS_FOLDER },
};

/** Every setting: its title, its data, and one round of one page. */
const settings = [1_000, 10_000, 100_000].map((count) => ({
    title: `${count.toLocaleString('en-US')} messages`, words: ['thread', `${count}`], count,
    data: () => dataFor(count), measure: (url) => round(url, count),
}));
settings.push({ title: 'slow phone', words: ['phone'], data: () => phoneData, measure: firstVisit });

const results = new Map();
for (const setting of settings.filter(({ words }) => !what || words.includes(what))) {
    const result = { count: setting.count, floor: [], ours: [] };
    results.set(setting.title, result);
    const data = setting.data();
    for (const { folder } of Object.values(pages)) if (folder) await write(folder, data);
    for (let i = 0; i < rounds; i++) {
        // In turns, and each time another one first: what warms up or heats up does so for both.
        const order = i % 2 ? ['ours', 'floor'] : ['floor', 'ours'];
        for (const name of order.filter((name) => pages[name].url)) {
            process.stderr.write(`\r${setting.title}: round ${i + 1} of ${rounds}, ${name}      `);
            result[name].push(await setting.measure(pages[name].url));
        }
    }
    process.stderr.write('\n');
}

const parts = results.size ? [table(results)] : [];
if ((!what || what === 'app') && process.env.BOTTEGA_URL) parts.push(await measureApp(process.env.BOTTEGA_URL, rounds));
const text = parts.filter(Boolean).join('\n\n');
console.log(`\n${text}`);

if (!what) {
    const browser = await chromium.launch(launchOptions);
    const version = browser.version();
    await browser.close();
    await writeFile(new URL('RESULTS.md', import.meta.url), `# The last results

Made by \`cargo xtask bench\` on ${new Date().toISOString().slice(0, 10)}: medians of ${rounds} rounds, the pages in turns, headless Chromium ${version},
412×900, ${availableParallelism()} cores. "Floor" is \`bench/floor/\`, a virtualised thread written by hand without a framework. A budget is a ratio to
the floor in the same run. Times end when the frame is painted; CPU is the browser's own counter of its main thread.

${text}
`);
}
