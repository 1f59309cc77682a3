// Back while something is under way, and closing what is open: what was begun is finished, and nobody leaves the
// conversation.
import assert from 'node:assert/strict';
import { enter, order, pay, request, samsHome, sellToNewcomer, sheet, talk } from './support/shop.mjs';
import { laptop, story } from './support/app.mjs';

/** Taps, and goes back in the same moment: before anybody can have answered. */
async function tapAndGoBack(hand, button) {
    await button.evaluate((element) => {
        element.click();
        history.back();
    });
    await hand.page.waitForURL((url) => !url.search.replace(/[?&]as=[^&]*/, ''));
}

/** The conversation is still there, and nothing broke. */
async function assertStillIn({ page }, peer) {
    await page.getByRole('heading', { level: 1, name: peer }).waitFor();
    assert.match(new URL(page.url()).pathname, /^\/t\//);
    assert.equal(await page.locator('.panic-banner').count(), 0);
}

/** Opens what the seller sells, and waits for it. */
async function openCatalogue(hand) {
    await hand.tap(hand.page.getByRole('button', { name: 'Catalogue' }).first());
    await hand.page.locator('.panel-frame').getByRole('button', { name: 'Ask' }).first().waitFor();
}

/** Kai writes a request to Giulia; the editor. */
async function write(kai) {
    const { page } = kai;
    await kai.tap(page.getByRole('button', { name: 'New payment request' }));
    const editor = page.getByRole('form', { name: 'New payment request' });
    const said = editor.getByLabel('Say it and it fills in');
    await said.fill('leash 30, shipping 5');
    await said.press('Enter');
    await editor.getByText(/filled in$/).waitFor();
    return editor;
}

/** Sam, who has bought nothing yet, looks at checkout. */
async function firstPurchase(world) {
    await sellToNewcomer(world);
    const sam = await world.open('sam.park');
    await enter(sam, 'Kai Shapes');
    await sam.tap(request(sam.page).getByRole('button', { name: 'Pay', exact: true }));
    await sheet(sam.page).getByLabel('Full name').waitFor();
    return sam;
}

story('a first purchase goes on when one goes back while it is under way', async (world) => {
    const sam = await firstPurchase(world);
    const { page } = sam;
    await sam.autofill(samsHome);
    await tapAndGoBack(sam, pay(page));
    await request(page, 'paid').waitFor();
    await order(page).waitFor();
    await assertStillIn(sam, 'Kai Shapes');
});

story('going back from an address that is refused leaves the request as it was', async (world) => {
    const sam = await firstPurchase(world);
    const { page } = sam;
    await tapAndGoBack(sam, pay(page));
    await sheet(page).waitFor({ state: 'detached' });
    await request(page, 'open').waitFor();
    await assertStillIn(sam, 'Kai Shapes');
});

story('a request that went out is there, and its draft is not, when one goes back meanwhile', async (world) => {
    const kai = await talk(world, 'kai.shapes', 'Giulia Conti');
    const { page } = kai;
    const editor = await write(kai);
    await tapAndGoBack(kai, editor.getByRole('button', { name: 'Send request' }));
    await editor.waitFor({ state: 'detached' });
    await request(page).getByText(/leash/i).first().waitFor();
    await page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('bottega.request.')));
    await assertStillIn(kai, 'Giulia Conti');
});

story('a parcel is handed over when one goes back meanwhile', async (world) => {
    const kai = await talk(world, 'kai.shapes', 'Omar Haddad');
    const { page } = kai;
    await kai.tap(order(page).getByRole('button', { name: 'Mark shipped' }));
    const parcel = sheet(page, 'Mark shipped');
    await parcel.getByLabel('Tracking number').fill('1Z5R89390357567127');
    await parcel.getByText(/UPS/).first().waitFor();
    await tapAndGoBack(kai, parcel.getByRole('button', { name: 'Mark shipped' }));
    await parcel.waitFor({ state: 'detached' });
    await page.getByText('Marked as shipped').first().waitFor();
    await assertStillIn(kai, 'Omar Haddad');
});

story('a counter-offer is made when one goes back meanwhile', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes');
    const { page } = maya;
    await maya.tap(request(page).getByRole('button', { name: 'Counter-offer' }));
    const offer = sheet(page, 'Counter-offer');
    await offer.getByLabel('What you would pay in all').fill('400');
    await tapAndGoBack(maya, offer.getByRole('button', { name: 'Offer $400.00' }));
    await request(page, 'counter-offer made').getByText('Your offer: $400.00').waitFor();
    await assertStillIn(maya, 'Kai Shapes');
});

story('closing twice, after going back before, does not leave the conversation', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes', { viewport: laptop });
    const { page } = maya;
    const panel = page.locator('.panel-frame');
    await openCatalogue(maya);
    await page.goBack();
    await panel.waitFor({ state: 'detached' });
    await openCatalogue(maya);
    await panel.getByRole('button', { name: 'Close', exact: true }).evaluate((element) => {
        element.click();
        element.click();
    });
    await panel.waitFor({ state: 'detached' });
    await assertStillIn(maya, 'Kai Shapes');
});

story('Esc closes the catalogue', async (world) => {
    const maya = await talk(world, 'maya.torres', 'Kai Shapes', { viewport: laptop });
    const { page } = maya;
    const panel = page.locator('.panel-frame');
    await openCatalogue(maya);
    await maya.press('Escape');
    await panel.waitFor({ state: 'detached' });

    await openCatalogue(maya);
    await panel.getByRole('button', { name: 'Close', exact: true }).focus();
    await maya.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await assertStillIn(maya, 'Kai Shapes');
});
