// In another language, and without a pointer.
import assert from 'node:assert/strict';
import { assertPaid, pay, request, sheet, talk, undo } from './support/shop.mjs';
import { story } from './support/app.mjs';

story('in Italian: two taps, and every word of checkout', async (world) => {
    const maya = await world.open('maya.torres', { path: '/?lang=it' });
    const { page } = maya;
    await page.getByRole('tabpanel', { name: 'Principale' }).getByRole('link', { name: /^Kai Shapes/ }).click();
    assert.equal(await page.locator('html').getAttribute('lang'), 'it');
    await maya.tap(page.getByRole('article', { name: /^Richiesta di pagamento, .*, aperta$/ }).getByRole('button', { name: 'Paga', exact: true }));
    const dialog = page.getByRole('dialog', { name: 'Pagamento' });
    await dialog.getByText(/^Elaborato da PayPal/).waitFor();
    await dialog.getByRole('button', { name: /^Consegna a Maya Torres/ }).waitFor();
    await maya.tap(dialog.getByRole('button', { name: /^Paga .*412,00/ }));
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('timer', { name: 'Tempo rimasto per annullare' }).waitFor();
    await page.getByRole('article', { name: /^Ordine K-/ }).last().waitFor();
    assert.deepEqual(maya.count, { taps: 2, typed: 0 });
}, { locale: 'it-IT' });

/** Tab until `target` has the focus. */
async function tabTo(hand, target, most = 60) {
    for (let presses = 0; presses < most; presses += 1) {
        if (await target.evaluateAll((found) => found.length === 1 && found[0] === document.activeElement)) return;
        await hand.press('Tab');
    }
    assert.fail(`${most} times Tab did not lead to ${target}`);
}

story('keyboard only: from the inbox to a paid order', async (world) => {
    const maya = await world.open('maya.torres');
    const { page } = maya;
    const row = page.getByRole('tabpanel').getByRole('link', { name: /^Kai Shapes/ });
    await row.waitFor();
    await tabTo(maya, row);
    await maya.press('Enter');
    const card = request(page).getByRole('button', { name: 'Pay', exact: true });
    await card.waitFor();
    await tabTo(maya, card);

    await maya.press('Enter');
    await pay(page).waitFor();
    await maya.press('Escape');
    await sheet(page).waitFor({ state: 'detached' });
    assert.ok(await card.evaluate((element) => element === document.activeElement), 'Esc gives the focus back to Pay');

    await maya.press('Enter');
    await sheet(page).getByRole('button', { name: /^Pay with/ }).waitFor();
    await tabTo(maya, pay(page));
    await maya.press('Enter');
    await assertPaid(page);
    // The button that was pressed has gone, and the focus is where it stood.
    await tabTo(maya, undo(page).getByRole('button', { name: 'Undo' }), 20);
    assert.deepEqual(maya.count, { taps: 0, typed: 0 });
});

story('from page to page and back, the list stays where it was', async (world) => {
    const maya = await world.open('maya.torres');
    const { page } = maya;
    const list = page.getByRole('tabpanel');
    await list.getByRole('link').nth(6).waitFor();
    await list.evaluate((list) => list.scrollBy(0, 100));
    const before = await list.evaluate((list) => list.scrollTop);
    await maya.tap(list.getByRole('link').nth(3));
    await page.getByRole('log').waitFor();
    await page.goBack();
    await list.waitFor();
    assert.equal(await list.evaluate((list) => list.scrollTop), before);

    const bar = page.getByRole('navigation');
    for (const place of ['Orders', 'Wallet', 'You', 'Messages']) {
        await maya.tap(bar.getByRole('link', { name: new RegExp(`^${place}`) }));
        await page.getByRole('heading', { level: 1 }).first().waitFor();
    }
    await list.getByRole('link').first().waitFor();
});
