// Tasks that hold the page for more than 50 ms, in the main story: from the inbox to a paid order, at full speed.
import { withTab } from './tab.mjs';

/** @returns {Promise<string>} the table */
export async function longTasks(url) {
    return withTab(async (page) => {
        const lines = ['| the main story, CPU 1× | tasks over 50 ms | the longest, ms | budget | |', '|---|--:|--:|--:|---|'];
        const step = async (label, work) => {
            await page.evaluate(() => { window.__long = []; }).catch(() => {});
            await work();
            await page.waitForTimeout(500);
            const long = await page.evaluate(() => window.__long);
            const longest = long.length ? Math.max(...long).toFixed(0) : '';
            lines.push(`| ${label} | ${long.length} | ${longest} | 0 | ${long.length ? '**over**' : 'kept'} |`);
        };
        await step('first start, the demo world is made', async () => {
            await page.goto(`${url}/?as=maya.torres`);
            await page.locator('[role=tabpanel] li a').first().waitFor();
            // The parts that come later come now.
            await page.waitForTimeout(4000);
        });
        await step('start', async () => {
            await page.reload();
            await page.locator('[role=tabpanel] li a').first().waitFor();
            await page.waitForTimeout(4000);
        });
        await step('open a thread', async () => {
            await page.getByRole('link', { name: /^Kai Shapes/ }).first().click();
            await page.getByRole('log').waitFor();
        });
        await step('write and send', async () => {
            await page.getByRole('textbox').last().pressSequentially('Hello Kai', { delay: 30 });
            await page.keyboard.press('Enter');
        });
        const sheet = page.getByRole('dialog', { name: 'Checkout' });
        await step('open checkout', async () => {
            await page.getByRole('article', { name: /^Payment request, .*, open$/ }).last().getByRole('button', { name: 'Pay' }).click();
            await sheet.getByRole('button', { name: /^Pay with/ }).waitFor();
        });
        await step('pay', async () => {
            await sheet.getByRole('button', { name: /^Pay \$/ }).click();
            await sheet.waitFor({ state: 'detached' });
            await page.getByRole('timer').waitFor();
        });
        await step('open the order', async () => {
            await page.getByRole('article', { name: /^Order / }).last().getByRole('button', { name: /^Order / }).click();
            await page.getByRole('region', { name: /^Order / }).waitFor();
        });
        return lines.join('\n');
    }, { scripts: [watch] });
}

function watch() {
    window.__long = [];
    new PerformanceObserver((list) => {
        window.__long.push(...list.getEntries().map(({ duration }) => duration));
    }).observe({ type: 'longtask' });
}
