// Visits to a thread: the first on a slow phone, and the ones after it against the same page without a program.
import { median, verdict } from '../figures.mjs';
import { farAway, painted, row, slow, withTab } from './tab.mjs';

// A thread opens at its end, and what is in sight there is painted in one frame.
const LAST = '[role=log] .message';

/** @returns {Promise<string>} the table */
export async function visits(url, rounds) {
    const first = [];
    const again = [];
    const still = [];
    for (let i = 0; i < rounds; i++) {
        first.push(await firstVisit(url));
        const { ours, plain } = await laterVisits(url);
        again.push(ours);
        still.push(plain);
    }
    const of = (all, name) => median(all.map((each) => each[name]));
    return [
        '| visits, with the API inside the page | static page, ms | ms | of it | budget | |', '|---|--:|--:|--:|--:|---|',
        // The figures of one page alone have no ratio: they stand where the ratio would.
        `| slow phone: something painted, ms | | ${of(first, 'something').toFixed(0)} | | ≤ 1200 | ${verdict(of(first, 'something'), 1200)} |`,
        `| slow phone: last message visible, ms | | ${of(first, 'last').toFixed(0)} | | ≤ 2200 | ${verdict(of(first, 'last'), 2200)} |`,
        row('repeat visit: last message visible, ms', [median(still), median(again), median(again) / median(still)], 1.1, 2),
    ].join('\n');
}

/** Nothing is known of the site yet. */
function firstVisit(url) {
    return withTab(async (page, session) => {
        await farAway(session);
        await slow(page);
        await page.goto(`${url}/?as=maya.torres`, { waitUntil: 'commit' });
        const last = await page.evaluate(painted, '[role=tabpanel] li a').then(async (inbox) => {
            const began = await page.evaluate(() => performance.now());
            await page.locator('[role=tabpanel] li a').first().click();
            return inbox + await page.evaluate(painted, LAST) - began;
        });
        const something = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
        return { something: something ?? last, last };
    });
}

/** The thread by its address, with everything in the browser's cache; then its picture in HTML and CSS alone. */
function laterVisits(url) {
    return withTab(async (page) => {
        await page.goto(`${url}/?as=maya.torres`);
        await page.locator('[role=tabpanel] li a').first().click();
        await page.locator(LAST).last().waitFor();
        const address = page.url();
        const plainPage = await page.evaluate(() => {
            const copy = document.documentElement.cloneNode(true);
            copy.querySelectorAll('script, link[rel=modulepreload], link[rel=preload]').forEach((element) => element.remove());
            return `<!doctype html>${copy.outerHTML}`;
        });
        await page.route('**/plain', (route) => route.fulfill({ contentType: 'text/html', body: plainPage }));
        const visit = async (target) => {
            const took = [];
            for (let i = 0; i < 3; i++) {
                await page.goto('about:blank');
                await page.goto(target, { waitUntil: 'commit' });
                took.push(await page.evaluate(painted, LAST));
            }
            return median(took);
        };
        return { ours: await visit(address), plain: await visit(`${url}/plain`) };
    });
}
