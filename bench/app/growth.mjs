// Ten and a hundred times the threads and the orders: what is on the screen costs the same.
import { median } from '../figures.mjs';
import { cpu, painted, row, withTab } from './tab.mjs';

const LIMIT = 1.2;
const SPEED = 4_000;

/** @returns {Promise<string>} the table */
export async function growth(url, rounds) {
    const lines = ['| growth | few | many | ratio | budget | |', '|---|--:|--:|--:|--:|---|'];
    const add = (label, few, many, name) => {
        const [a, b] = [few, many].map((all) => median(all.map((each) => each[name])));
        lines.push(row(label, [a, b, b / a], LIMIT, 2));
    };
    const [hundred, tenThousand] = await both(100, 10_000, (count) => list(url, inbox, count, rounds));
    add('inbox of 100, of 10,000 threads: opened, ms', hundred, tenThousand, 'open');
    add('the same: scroll at 4,000 px/s, CPU ms per second', hundred, tenThousand, 'scroll');
    const [hundredOrders, tenThousandOrders] = await both(100, 10_000, (count) => list(url, queue, count, rounds));
    add('a seller with 100, with 10,000 orders: the orders opened, ms', hundredOrders, tenThousandOrders, 'open');
    add('the same: scroll at 4,000 px/s, CPU ms per second', hundredOrders, tenThousandOrders, 'scroll');
    const [few, many] = await both(50, 500, (count) => orders(url, count, rounds));
    add('a seller with 50, with 500 threads with orders: the orders opened, ms', few, many, 'open');
    add('the same: an event of a thread, CPU ms', few, many, 'event');
    return lines.join('\n');
}

const both = async (few, many, measure) => [await measure(few), await measure(many)];

/** Copies the thread between the two until `handle` has `count` threads: everything stored under its id, under other ids. */
async function multiply(page, handles, count) {
    await page.evaluate(async ({ handles, count }) => {
        const database = await new Promise((resolve, reject) => {
            const opening = indexedDB.open('bottega');
            opening.onsuccess = () => resolve(opening.result);
            opening.onerror = () => reject(opening.error);
        });
        const done = (request) => new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
        const store = () => database.transaction('entries', 'readwrite', { durability: 'relaxed' }).objectStore('entries');
        const [keys, texts] = await Promise.all([done(store().getAllKeys()), done(store().getAll())]);
        const entries = keys.map((key, index) => [key, texts[index]]);
        const [first, second] = handles.map((handle) => `"acc_${handle}"`);
        const [summary] = entries.find(([key, text]) => key.startsWith('summary/') && text.includes(first) && text.includes(second));
        const thread = summary.split('/')[1];
        const own = entries.filter(([key]) => key.includes(thread));
        for (let from = 0; from < count; from += 500) {
            const target = store();
            for (let n = from; n < Math.min(from + 500, count); n++) {
                const copy = `${thread}-${n}`;
                for (const [key, text] of own) target.put(text.replaceAll(thread, copy), key.replaceAll(thread, copy));
            }
            await new Promise((resolve, reject) => {
                target.transaction.oncomplete = resolve;
                target.transaction.onerror = () => reject(target.transaction.error);
            });
        }
        database.close();
    }, { handles, count });
}

/** How long a list takes to be there, and what it costs to scroll, with `count` copies of the thread of those two. */
function list(url, { as, path, row, between }, count, rounds) {
    return withTab(async (page, session) => {
        await page.goto(`${url}/?as=${as}`);
        await page.locator('[role=tabpanel] li a').first().waitFor();
        await multiply(page, between, count);
        const took = [];
        for (let i = 0; i < rounds; i++) {
            await page.goto('about:blank');
            await page.goto(`${url}${path}as=${as}`, { waitUntil: 'commit' });
            const open = await page.evaluate(painted, row);
            await page.waitForTimeout(3000);
            const before = await cpu(session);
            await session.send('Input.synthesizeScrollGesture', {
                x: 200, y: 600, yDistance: -SPEED * 2, speed: SPEED, gestureSourceType: 'mouse', preventFling: true,
            });
            took.push({ open, scroll: (await cpu(session) - before) / 2 });
        }
        return took;
    });
}

const inbox = { as: 'maya.torres', path: '/?', row: '[role=tabpanel] li a', between: ['maya.torres', 'otto.leather'] };
const queue = { as: 'otto.leather', path: '/orders?turn=waiting&', row: 'main li .thumb', between: ['maya.torres', 'otto.leather'] };

function orders(url, count, rounds) {
    return withTab(async (page, session) => {
        await page.goto(`${url}/?as=kai.shapes`);
        await page.locator('[role=tabpanel] li a').first().waitFor();
        await multiply(page, ['maya.torres', 'kai.shapes'], count);
        const took = [];
        for (let i = 0; i < rounds; i++) {
            await page.goto('about:blank');
            await page.goto(`${url}/orders?as=kai.shapes`, { waitUntil: 'commit' });
            const open = await page.evaluate(painted, 'main li .thumb');
            await page.waitForTimeout(3000);
            const other = await page.context().newPage();
            await other.goto(`${url}/?as=maya.torres`);
            await other.locator('[role=tabpanel] li a').first().waitFor();
            await other.getByRole('searchbox').fill('Kai');
            await other.getByRole('link', { name: /^Kai Shapes/ }).last().click();
            const before = await cpu(session);
            await other.getByRole('textbox').last().fill('Anything new?');
            await other.keyboard.press('Enter');
            await other.waitForTimeout(1500);
            took.push({ open, event: await cpu(session) - before });
            await other.close();
        }
        return took;
    });
}
