// The states of the app that are checked with axe and photographed. Add one: a name, who looks, and how to get there.
import { Clock } from './clock.mjs';
import { caseStates } from './case_states.mjs';
import { paypalStates } from './paypal_states.mjs';
import { choose, enter, openCheckout, order, pay, request, sellToNewcomer, sheet, ship } from './shop.mjs';
import { block, damage, damageThread, full } from './storage.mjs';
import { withPasskey } from './passkey.mjs';
import { isServed } from './server.mjs';
import { bought, codeOf, openThing } from './things.mjs';
import { laptop, phone, World } from './world.mjs';

/**
 * @typedef {object} State
 * @property {string} name also the name of its pictures
 * @property {string} [as] the account that looks; without one nobody is named
 * @property {string} [path] where it starts
 * @property {string} [only] 'embedded' or 'served', where the other one has no such state
 * @property {object} [options] of its world, see World.open
 * @property {number} [from] the narrowest width at which it is looked at
 * @property {(page: import('playwright-core').Page, world: World) => Promise<void>} reach brings the page there
 */

const maya = 'maya.torres';
const kai = 'kai.shapes';

/** From the inbox into a conversation. */
async function into(page, peer) {
    await page.getByRole('tabpanel').getByRole('link', { name: new RegExp(`^${peer}`) }).click();
    await page.getByRole('log').waitFor();
}

/** A hand for steps that nobody counts. */
const hand = (page) => ({ page, tap: (target) => target.click() });

async function say(page, peer, text) {
    const field = page.getByRole('textbox', { name: `Message ${peer}` });
    await field.fill(text);
    await field.press('Enter');
    await page.getByRole('log').getByText(text, { exact: true }).waitFor();
}

async function paid(page) {
    await into(page, 'Kai Shapes');
    await openCheckout(hand(page));
    await pay(page).click();
    await page.getByRole('timer').waitFor();
    await sheet(page).waitFor({ state: 'detached' });
}

/** The page of an order, from its card. */
async function openOrder(page, peer) {
    await into(page, peer);
    await order(page).getByRole('button', { name: /^Order / }).click();
    await page.getByRole('region', { name: /^Order / }).waitFor();
}

/** The page of what Maya has paid, handed to a carrier who will do that, `after` something. */
async function parcel(page, world, will, after) {
    await paid(page);
    const clock = await Clock.open(world);
    await clock.carrier(will);
    await clock.fiveMinutes();
    const seller = await world.open(kai);
    await enter(seller, 'Maya Torres');
    await ship(seller, '1Z5R89390357567127');
    await after(clock);
    await order(page).getByRole('button', { name: /^Order / }).click();
    await page.getByRole('region', { name: /^Order / }).waitFor();
}

/** Writes saved replies on their page: short names and texts. */
export async function saveReplies(page, replies) {
    const form = page.getByRole('form', { name: 'Saved replies' });
    for (const [name, text] of replies) {
        await form.getByRole('button', { name: 'Add a reply' }).click();
        const reply = form.getByRole('group', { name: 'New reply' });
        await reply.getByLabel('What it says').fill(text);
        await reply.getByLabel('Short name').fill(name);
    }
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. Type / to use them.').waitFor();
}

/** Invites somebody on the page of the team; the link, as it is shown. */
async function invited(page, name) {
    await page.getByLabel('Their name').fill(name);
    await page.getByRole('button', { name: 'Make a link' }).click();
    return page.getByRole('group', { name: `The link for ${name}` }).locator('code').innerText();
}

/** Somebody has joined the business whose team is on the page. */
async function joined(page, world, name) {
    const link = new URL(await invited(page, name));
    const { page: theirs } = await world.open(undefined, { device: name, path: `${link.pathname}${link.hash}` });
    await withPasskey(theirs);
    await theirs.getByRole('button', { name: 'Join with a passkey' }).click();
    await theirs.getByRole('tabpanel').waitFor();
}

/** @type {State[]} */
const all = [
    {
        name: 'inbox',
        as: maya,
        async reach(page) {
            await page.getByRole('tabpanel').getByRole('link', { name: /^Kai Shapes/ }).waitFor();
        },
    },
    {
        name: 'inbox-requests',
        as: maya,
        async reach(page) {
            await page.getByRole('tab', { name: /^Requests/ }).click();
            await page.getByRole('tabpanel').getByRole('link', { name: /^Dune Soap/ }).waitFor();
        },
    },
    {
        name: 'inbox-search',
        as: maya,
        async reach(page) {
            await page.getByRole('searchbox', { name: 'Search' }).fill('o');
            await page.getByRole('heading', { name: 'Conversations' }).waitFor();
            await page.getByRole('link', { name: /Otto Leather/ }).waitFor();
        },
    },
    {
        name: 'message-request',
        as: maya,
        async reach(page) {
            await page.getByRole('tab', { name: /^Requests/ }).click();
            await into(page, 'Dune Soap');
            await page.getByRole('button', { name: 'Accept' }).waitFor();
        },
    },
    {
        name: 'thread-request-open',
        as: maya,
        async reach(page) {
            await into(page, 'Kai Shapes');
            await request(page).getByRole('button', { name: 'Pay', exact: true }).waitFor();
        },
    },
    {
        name: 'thread-request-menu',
        as: maya,
        async reach(page) {
            await into(page, 'Kai Shapes');
            await request(page).getByRole('button', { name: 'More about this request' }).click();
            await page.getByRole('menuitem', { name: 'Decline' }).waitFor();
        },
    },
    {
        name: 'sheet-missing',
        as: maya,
        async reach(page, world) {
            world.allow(/split_panels|Failed to fetch/);
            await world.route('**/split_panels.wasm', (route) => route.abort());
            await page.reload();
            await into(page, 'Kai Shapes');
            await request(page).getByRole('button', { name: 'Pay', exact: true }).click();
            await page.getByText(/did not load/).waitFor();
        },
    },
    { name: 'thread-paid', as: maya, reach: paid },
    {
        name: 'thread-scrolled',
        as: maya,
        async reach(page) {
            await into(page, 'Kai Shapes');
            await page.getByRole('log').hover();
            await page.mouse.wheel(0, -1200);
            await page.getByRole('button', { name: 'Latest messages' }).waitFor();
        },
    },
    {
        name: 'thread-seller',
        as: kai,
        async reach(page) {
            await into(page, 'Inês Duarte');
            await request(page, 'counter-offer made').getByRole('button', { name: 'Accept $65.00' }).waitFor();
        },
    },
    {
        name: 'thread-offline',
        as: maya,
        async reach(page, world) {
            await into(page, 'Otto Leather');
            await world.offline(maya, true);
            await say(page, 'Otto Leather', 'I hope the parcel is dry');
            await page.getByText('Waiting for a connection').first().waitFor();
        },
    },
    {
        name: 'composer-reply',
        as: maya,
        async reach(page) {
            await into(page, 'Otto Leather');
            await page.getByRole('log').getByText('I check it too').hover();
            await page.getByRole('toolbar', { name: 'Message actions' }).getByRole('button', { name: 'Reply' }).click();
            await page.getByText('Replying to Otto').waitFor();
            await page.getByRole('textbox', { name: 'Message Otto Leather' }).fill('Then I am not alone');
        },
    },
    {
        name: 'catalogue',
        as: maya,
        async reach(page) {
            await into(page, 'Kai Shapes');
            await page.getByRole('button', { name: 'Catalogue' }).first().click();
            await page.getByRole('button', { name: 'Ask' }).first().waitFor();
        },
    },
    {
        name: 'checkout-returning',
        as: maya,
        async reach(page) {
            await into(page, 'Kai Shapes');
            await openCheckout(hand(page));
        },
    },
    {
        name: 'checkout-first',
        as: 'sam.park',
        async reach(page, world) {
            await sellToNewcomer(world);
            await into(page, 'Kai Shapes');
            await request(page).getByRole('button', { name: 'Pay', exact: true }).click();
            await sheet(page).getByLabel('Full name').waitFor();
        },
    },
    {
        name: 'checkout-what-if',
        as: maya,
        async reach(page) {
            await into(page, 'Kai Shapes');
            await openCheckout(hand(page));
            await sheet(page).getByText('Late, lost or not as described?').click();
            await sheet(page).getByText(/^Changed your mind\?/).waitFor();
        },
    },
    {
        name: 'checkout-declined',
        as: maya,
        async reach(page) {
            await into(page, 'Kai Shapes');
            await openCheckout(hand(page));
            await choose(hand(page), /Says no: not enough money/);
            await pay(page).click();
            await sheet(page).getByText(/^There is not enough money on this method\./).waitFor();
        },
    },
    {
        name: 'checkout-challenge',
        as: maya,
        async reach(page) {
            await into(page, 'Kai Shapes');
            await openCheckout(hand(page));
            await choose(hand(page), /Wants the bank’s check first/);
            await pay(page).click();
            await sheet(page).getByText('Your bank wants to check that it is you').waitFor();
        },
    },
    {
        name: 'counter-offer',
        as: maya,
        async reach(page) {
            await into(page, 'Kai Shapes');
            await request(page).getByRole('button', { name: 'Counter-offer' }).click();
            await sheet(page, 'Counter-offer').getByLabel('What you would pay in all').fill('400');
            await sheet(page, 'Counter-offer').getByRole('button', { name: 'Offer $400.00' }).waitFor();
        },
    },
    {
        name: 'order-in-transit',
        as: maya,
        async reach(page) {
            await openOrder(page, 'Terra Clay Studio');
        },
    },
    {
        name: 'order-delivered',
        as: maya,
        async reach(page) {
            await openOrder(page, 'Lumen Candles');
        },
    },
    {
        name: 'order-attempted',
        as: maya,
        async reach(page, world) {
            await parcel(page, world, 'find nobody, and come again', (clock) => clock.carrierMoves(5));
            await page.getByText(/^The carrier came and found nobody/).waitFor();
        },
    },
    {
        name: 'order-late',
        as: maya,
        async reach(page, world) {
            await parcel(page, world, 'lose it', async (clock) => {
                await clock.week();
                await clock.day();
                await clock.day();
            });
            await page.getByText(/^It should have come by/).waitFor();
        },
    },
    {
        name: 'order-lost',
        as: maya,
        async reach(page, world) {
            await parcel(page, world, 'lose it', (clock) => clock.carrierMoves(4));
            await page.getByText(/^It will not come/).waitFor();
        },
    },
    {
        name: 'receipt',
        as: maya,
        async reach(page) {
            await openOrder(page, 'Lumen Candles');
            await page.getByRole('button', { name: 'Receipt' }).click();
            await sheet(page, 'Receipt').getByRole('button', { name: 'Verify' }).click();
            await sheet(page, 'Receipt').getByText(/^It matches/).waitFor();
        },
    },
    {
        name: 'help',
        as: maya,
        async reach(page) {
            await into(page, 'Lumen Candles');
            await order(page).getByRole('button', { name: 'Get help' }).click();
            await page.getByRole('dialog').getByText('What is wrong?').waitFor();
        },
    },
    {
        name: 'request-editor',
        as: kai,
        async reach(page) {
            await into(page, 'Giulia Conti');
            await page.getByRole('button', { name: 'New payment request' }).click();
            const editor = page.getByRole('form', { name: 'New payment request' });
            await editor.getByLabel('Say it and it fills in').fill('twin fish 352, shipping 20.50, tax 8.75%');
            await editor.getByLabel('Say it and it fills in').press('Enter');
            await editor.getByText(/filled in$/).waitFor();
        },
    },
    {
        name: 'delivery-and-tax',
        as: kai,
        path: '/you?panel=selling',
        async reach(page) {
            const form = page.getByRole('form', { name: 'Delivery and tax' });
            await form.getByLabel('How you charge tax').selectOption('state');
            await form.getByLabel('Where you collect tax').fill('CA, NY');
            await form.getByRole('button', { name: 'Add a way of delivery' }).click();
            await form.getByRole('switch', { name: 'Buyers can pick things up' }).click();
            await form.getByRole('button', { name: 'Save' }).click();
            await form.getByText('This cannot be empty.').first().waitFor();
        },
    },
    {
        name: 'replies-page',
        as: kai,
        path: '/you?panel=replies',
        async reach(page) {
            await saveReplies(page, [['shipped', 'Hi {name}, {order} is on its way: {tracking}']]);
            await page.getByRole('button', { name: 'Add a reply' }).click();
            await page.getByRole('button', { name: 'Save' }).click();
            await page.getByText('Write what it says.').waitFor();
        },
    },
    {
        name: 'composer-replies',
        as: kai,
        path: '/you?panel=replies',
        async reach(page, world) {
            await saveReplies(page, [
                ['shipped', 'Hi {name}, {order} is on its way: {tracking}'],
                ['care', 'Rinse the {item} with fresh water after each session, and keep it out of the sun.'],
            ]);
            await page.goto(new URL('/', world.url).href);
            await into(page, 'Leo Berg');
            await page.getByRole('textbox', { name: 'Message Leo Berg' }).fill('/');
            await page.getByRole('option', { name: /^\/care/ }).waitFor();
        },
    },
    {
        name: 'facts',
        as: maya,
        async reach(page) {
            await into(page, 'Kai Shapes');
            await request(page).getByRole('button', { name: /shipped on time/ }).click();
            const facts = page.getByRole('region', { name: 'How orders went' });
            await facts.getByText('Shipped on time').click();
            await facts.getByText(/^On time: /).waitFor();
        },
    },
    {
        name: 'your-data',
        as: kai,
        path: '/you',
        async reach(page) {
            await page.getByRole('button', { name: 'Everything (JSON)' }).click();
            await page.getByText(/^Done: /).scrollIntoViewIfNeeded();
        },
    },
    {
        name: 'money',
        as: kai,
        path: '/you?panel=money',
        async reach(page) {
            const months = page.getByLabel('Month');
            await page.waitForFunction(() => document.querySelector('[name=month]')?.options.length > 1);
            await months.selectOption({ index: 1 });
            await page.getByRole('table').waitFor();
        },
    },
    {
        name: 'ship-sheet',
        as: kai,
        async reach(page) {
            await into(page, 'Omar Haddad');
            await order(page).getByRole('button', { name: 'Mark shipped' }).click();
            await sheet(page, 'Mark shipped').getByLabel('Tracking number').fill('1Z5R89390357567127');
            await sheet(page, 'Mark shipped').getByText(/UPS/).first().waitFor();
        },
    },
    {
        name: 'orders-of-a-seller',
        as: kai,
        path: '/orders',
        async reach(page) {
            await page.getByRole('tabpanel').getByText('Omar Haddad').first().waitFor();
            await page.getByText('Loading orders').waitFor({ state: 'detached' });
        },
    },
    {
        name: 'orders-of-one-kind',
        as: kai,
        path: '/orders?turn=waiting&kind=to_pay',
        async reach(page) {
            await page.getByRole('button', { name: 'To pay', pressed: true }).waitFor();
            await page.getByText('Loading orders').waitFor({ state: 'detached' });
        },
    },
    {
        name: 'orders-none-of-that',
        as: kai,
        path: '/orders?kind=to_ship&find=umbrella',
        async reach(page) {
            await page.getByText('Nothing here has “umbrella” in it.').waitFor();
        },
    },
    {
        name: 'orders-keys',
        as: kai,
        path: '/orders',
        from: laptop.width,
        async reach(page) {
            await page.getByRole('tabpanel').getByText('Omar Haddad').first().waitFor();
            await page.getByRole('button', { name: 'All keys' }).click();
            await sheet(page, 'Keyboard').waitFor();
        },
    },
    {
        name: 'ship-many',
        as: kai,
        path: '/orders?panel=ship',
        async reach(page) {
            const dialog = sheet(page, 'Mark as shipped');
            await dialog.getByLabel('Tracking numbers')
                .fill('1Z5R89390357567127\nK-9999 9400111899560123456781\n1Z5R89390357567127\n1Z5R89390357567128');
            await dialog.getByText('1 ready, 3 to look at.').waitFor();
        },
    },
    {
        name: 'palette',
        as: kai,
        async reach(page) {
            await page.getByRole('tabpanel').getByRole('link', { name: /^Omar Haddad/ }).waitFor();
            await page.keyboard.press('Control+k');
            await page.getByRole('dialog', { name: 'Go to or do' }).getByRole('combobox').fill('omar');
            await page.getByRole('option', { name: /^Mark K-\d+ shipped/ }).waitFor();
        },
    },
    {
        name: 'palette-of-a-buyer',
        as: maya,
        async reach(page) {
            await page.getByRole('tabpanel').getByRole('link', { name: /^Kai Shapes/ }).waitFor();
            await page.keyboard.press('Control+k');
            await page.getByRole('option', { name: 'Wallet' }).waitFor();
        },
    },
    {
        name: 'orders-of-a-buyer',
        as: maya,
        path: '/orders',
        async reach(page) {
            await page.getByText('Otto Leather').first().waitFor();
            await page.getByText('Loading orders').waitFor({ state: 'detached' });
        },
    },
    {
        name: 'wallet',
        as: maya,
        path: '/wallet',
        async reach(page) {
            await page.getByRole('heading', { level: 1, name: 'Wallet' }).waitFor();
            await page.getByText('1180 Neptune Ave').first().waitFor();
        },
    },
    {
        name: 'wallet-thing',
        as: maya,
        async reach(page, world) {
            await bought(world);
            await page.goto(new URL('/wallet', world.url).href);
            await openThing(page);
        },
    },
    {
        name: 'proof-genuine',
        as: maya,
        async reach(page, world) {
            await bought(world);
            await page.goto(new URL('/wallet', world.url).href);
            await page.goto(new URL(`/proof/${await codeOf(await openThing(page))}`, world.url).href);
            await page.getByRole('heading', { level: 1, name: 'Genuine' }).waitFor();
        },
    },
    {
        name: 'proof-unknown',
        path: `/proof/${'0'.repeat(64)}`,
        async reach(page) {
            await page.getByRole('heading', { level: 1, name: 'Nothing with this code' }).waitFor();
        },
    },
    {
        name: 'proof-write-code',
        path: '/proof',
        async reach(page) {
            await page.getByRole('heading', { level: 1, name: 'Check a code' }).waitFor();
        },
    },
    {
        name: 'account',
        as: maya,
        path: '/you',
        async reach(page) {
            await page.getByRole('heading', { level: 1, name: 'Maya Torres' }).waitFor();
        },
    },
    {
        name: 'storage-blocked',
        only: 'embedded',
        as: maya,
        async reach(page, world) {
            await block(await world.context());
            await page.reload();
            await page.getByText(/^This browser does not let Bottega keep anything/).waitFor();
        },
    },
    {
        name: 'storage-damaged',
        only: 'embedded',
        as: maya,
        async reach(page) {
            await damage(page, `document/account/acc_${maya}`);
            await page.reload();
            await page.getByRole('button', { name: 'Start afresh' }).waitFor();
        },
    },
    {
        name: 'storage-full',
        only: 'embedded',
        as: maya,
        async reach(page) {
            await into(page, 'Otto Leather');
            await full(page, true);
            await say(page, 'Otto Leather', 'Is there room for this?');
            await page.getByRole('log').getByText(/^Not sent/).waitFor();
        },
    },
    {
        name: 'thread-damaged',
        only: 'embedded',
        as: maya,
        async reach(page) {
            await damageThread(page, 'Terra Clay Studio');
            await page.getByRole('tabpanel').getByRole('link', { name: /^Terra Clay Studio/ }).click();
            await page.getByText(/^It is damaged in this browser/).waitFor();
        },
    },
    {
        name: 'orders-damaged',
        only: 'embedded',
        as: kai,
        async reach(page, world) {
            await damageThread(page, 'Omar Haddad');
            await page.goto(new URL('/orders', world.url).href);
            await page.getByText(/^A conversation is damaged/).waitFor();
        },
    },
    {
        name: 'sign-in',
        only: 'served',
        async reach(page) {
            await page.getByRole('button', { name: /^Maya Torres/ }).waitFor();
        },
    },
    {
        name: 'sign-in-passkey',
        only: 'served',
        options: { host: 'localhost', demo: false },
        async reach(page) {
            await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
        },
    },
    {
        name: 'sign-up',
        only: 'served',
        options: { host: 'localhost', demo: false },
        async reach(page) {
            await page.getByRole('button', { name: 'Create an account' }).click();
            await page.getByRole('button', { name: 'For a business' }).click();
            await page.getByRole('button', { name: 'Create with a passkey' }).click();
            await page.getByText('Enter a city.').waitFor();
        },
    },
    {
        name: 'recovery',
        only: 'served',
        options: { host: 'localhost', demo: false },
        async reach(page) {
            await page.getByRole('button', { name: 'Use a recovery code' }).click();
            await page.getByLabel('Your handle').fill('nina.vale');
            await page.getByRole('textbox', { name: 'Recovery code' }).fill('0000-0000-0000-0000');
            await page.getByRole('button', { name: 'Sign in with this code' }).click();
            await page.getByText('This is no recovery code of this account.').waitFor();
        },
    },
    {
        name: 'passkeys',
        only: 'served',
        options: { host: 'localhost' },
        as: maya,
        path: '/you',
        async reach(page) {
            await withPasskey(page);
            await page.getByRole('button', { name: 'Add a passkey' }).click();
            await page.getByRole('button', { name: /^Rename Chrome/ }).waitFor();
            await page.getByRole('button', { name: 'Make new codes' }).click();
            await page.getByRole('group', { name: 'Your new recovery codes' }).waitFor();
            await page.getByRole('heading', { name: 'Passkeys' }).evaluate((heading) => heading.scrollIntoView());
        },
    },
    {
        name: 'devices',
        only: 'served',
        as: maya,
        path: '/you',
        async reach(page, world) {
            await world.open(maya, { device: 'another one' });
            await page.reload();
            await page.getByRole('region', { name: 'Where you are signed in' }).getByText('This device').waitFor();
            await page.getByRole('button', { name: /^Sign out Chrome/ }).waitFor();
        },
    },
    {
        name: 'account-business',
        only: 'served',
        as: kai,
        path: '/you',
        async reach(page) {
            await page.getByRole('link', { name: /^Developers/ }).waitFor();
        },
    },
    {
        name: 'team',
        only: 'served',
        options: { host: 'localhost' },
        as: kai,
        path: '/you?panel=team',
        async reach(page, world) {
            await joined(page, world, 'Anna');
            await page.reload();
            await invited(page, 'Ben');
            await page.getByRole('button', { name: 'Done' }).click();
            await invited(page, 'Cleo Marsh');
            await page.getByText('Anna joined').waitFor();
        },
    },
    {
        name: 'team-remove',
        only: 'served',
        options: { host: 'localhost' },
        as: kai,
        path: '/you?panel=team',
        async reach(page, world) {
            await joined(page, world, 'Anna');
            await page.reload();
            await page.getByRole('button', { name: 'More about Anna' }).click();
            await page.getByRole('menuitem', { name: 'Remove' }).click();
            await page.getByRole('dialog', { name: 'Remove Anna?' }).waitFor();
        },
    },
    {
        name: 'join',
        only: 'served',
        options: { host: 'localhost' },
        as: kai,
        path: '/you?panel=team',
        async reach(page) {
            await page.goto(await invited(page, 'Anna'));
            // The part of an address after the # is none that a page is loaded anew for.
            await page.getByRole('button', { name: 'Join with a passkey' }).waitFor();
        },
    },
    {
        name: 'developers',
        only: 'served',
        as: kai,
        path: '/you?panel=developers',
        async reach(page) {
            await page.getByLabel('Address').fill('http://127.0.0.1:9/told');
            await page.getByRole('button', { name: 'Add a webhook' }).click();
            await page.getByRole('group', { name: 'The secret of the signatures' }).getByRole('button', { name: 'Done' }).click();
            await page.getByLabel('What the key is for').fill('The till');
            await page.getByRole('button', { name: 'Make a key' }).click();
            await page.getByRole('group', { name: 'Your new key' }).waitFor();
            await page.getByRole('button', { name: 'Last deliveries' }).click();
            await page.getByText('Nothing has been delivered yet.').waitFor();
        },
    },
    {
        name: 'demo-clock',
        only: 'served',
        as: maya,
        path: '/both',
        async reach(page) {
            await page.getByRole('button', { name: 'Jump to next deadline' }).waitFor();
            await page.getByRole('listitem').first().waitFor();
        },
    },
    {
        name: 'both-sides',
        only: 'embedded',
        path: '/both',
        from: laptop.width,
        async reach(page) {
            await page.getByRole('button', { name: 'Jump to next deadline' }).waitFor();
            for (const name of ['Maya, buyer', 'Kai, seller']) {
                await page.frameLocator(`iframe[title="${name}"]`).getByRole('log').waitFor({ timeout: 30_000 });
            }
        },
    },
];

/** Those that there are here. */
export const states = [...all, ...caseStates, ...paypalStates]
    .filter(({ only }) => !only || only === (isServed ? 'served' : 'embedded'));

export const sizes = [phone, laptop];
export const schemes = ['light', 'dark'];

/** The sizes at which a state is looked at. */
export function sizesOf(state) {
    return sizes.filter(({ width }) => width >= (state.from ?? 0));
}

/** Brings a fresh world to the state at that size; the caller closes the world. */
export async function reach(state, viewport, options = {}) {
    const scripts = [...(state.options?.scripts ?? []), ...(options.scripts ?? [])];
    const world = await World.open({ viewport, ...state.options, ...options, scripts });
    try {
        const { page } = await world.open(state.as, { path: state.path });
        await state.reach(page, world);
        return { world, page };
    } catch (error) {
        await world.picture(`${state.name} ${viewport.width}`);
        await world.close();
        throw error;
    }
}

/** Light or dark, painted. */
export async function inScheme(page, colorScheme) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
}
