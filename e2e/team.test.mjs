// Several people for one business, on a server that is no demo; and what acts for it besides people.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { story as told } from './support/app.mjs';
import { button, mine, prints, nina, say, signUp, you } from './support/accounts.mjs';
import { withPasskey } from './support/passkey.mjs';

const story = (name, body) =>
    told(name, body, { only: 'served', host: 'localhost', demo: false, timeout: 120_000 });

const region = (page, name) => page.getByRole('region', { name, exact: true });
const link = (page, name) => page.getByRole('link', { name });

/** From anywhere to the page of the team. */
async function openTeam(hand) {
    await hand.tap(you(hand.page));
    await hand.tap(link(hand.page, /^Team/));
    await region(hand.page, 'People').getByRole('listitem').first().waitFor();
}

/** The same from a conversation, by its address. */
async function returnToTeam(world, { page }) {
    await page.goto(new URL('/you?panel=team', world.url).href);
    await region(page, 'People').getByRole('listitem').first().waitFor();
}

/** Invites somebody; the link. */
async function invite(hand, name) {
    const { page } = hand;
    await page.getByLabel('Their name').fill(name);
    await hand.tap(button(page, 'Make a link'));
    const shown = page.getByRole('group', { name: `The link for ${name}` });
    const text = await shown.locator('code').innerText();
    await hand.tap(button(shown, 'Done'));
    await shown.waitFor({ state: 'detached' });
    return new URL(text);
}

/** Opens a link in a browser of its own, with an authenticator. */
async function follow(world, url, device) {
    const hand = await world.open(undefined, { device, path: `${url.pathname}${url.hash}` });
    return { ...hand, page: hand.page, tap: hand.tap.bind(hand), keys: await withPasskey(hand.page) };
}

async function join(world, url, name, device) {
    const hand = await follow(world, url, device);
    await hand.page.getByRole('heading', { level: 1, name: 'Vale Prints invites you' }).waitFor();
    await hand.page.getByText(`You join as ${name}`).waitFor();
    await hand.tap(button(hand.page, 'Join with a passkey'));
    await mine(hand.page, prints.handle).waitFor();
    return hand;
}

story('staff join by a link, see what the owner sees as it happens, and are out when they are removed', async (world) => {
    const owner = await signUp(world, prints);
    await openTeam(owner);
    const url = await invite(owner, 'Anna');
    assert.equal(url.pathname, '/join');
    await region(owner.page, 'Invite somebody').getByText(/^Invited, until/).waitFor();
    const anna = await join(world, url, 'Anna', 'annas');

    // A customer writes to the business: both have it, without a reload.
    const buyer = await signUp(world, nina);
    await buyer.page.getByRole('searchbox').fill('vale prints');
    await buyer.tap(buyer.page.getByRole('button', { name: /^Vale Prints/ }));
    await buyer.page.getByRole('heading', { level: 1, name: 'Vale Prints' }).waitFor();
    await say(buyer, 'Vale Prints', 'Is the blue one still there?');
    await link(owner.page, /^Messages/).click();
    for (const { page } of [owner, anna]) {
        await page.getByRole('tab', { name: /^Requests/ }).click();
        await page.getByRole('tabpanel').getByRole('link', { name: /^Nina Vale/ }).click();
    }
    await anna.page.getByRole('button', { name: 'Accept' }).click();
    await say(anna, 'Nina Vale', 'One is');
    await owner.page.getByRole('log').getByText('One is', { exact: true }).waitFor();
    await buyer.page.getByRole('log').getByText('One is', { exact: true }).waitFor();
    assert.equal(await buyer.page.getByText('Anna').count(), 0, 'customers see the business alone');

    // She sees who is there, and does nothing about it.
    await returnToTeam(world, anna);
    await region(anna.page, 'People').getByText('Anna').first().waitFor();
    assert.equal(await anna.page.getByRole('button', { name: /^More about/ }).count(), 0);
    assert.equal(await region(anna.page, 'Invite somebody').count(), 0);
    await anna.tap(anna.page.getByRole('navigation', { name: 'Back to your page' }).getByRole('link'));
    await anna.page.getByText('You are Anna, for Vale Prints').waitFor();
    assert.equal(await link(anna.page, /^Developers/).count(), 0);

    await returnToTeam(world, owner);
    await owner.tap(owner.page.getByRole('button', { name: 'More about Anna' }));
    await owner.tap(owner.page.getByRole('menuitem', { name: 'Remove' }));
    const asked = owner.page.getByRole('dialog', { name: 'Remove Anna?' });
    await owner.tap(button(asked, 'Remove'));
    await anna.page.getByText(/^You were signed out here/).waitFor();
    await anna.page.getByRole('heading', { level: 1, name: 'Sign in to Bottega' }).waitFor();
    await region(owner.page, 'What was done').getByText('Vale Prints removed Anna').waitFor();
    assert.equal(await region(owner.page, 'People').getByRole('listitem').count(), 1);
});

story('a link is good once, and until it is taken back', async (world) => {
    const owner = await signUp(world, prints);
    await openTeam(owner);
    const taken = await invite(owner, 'Anna');
    const back = await invite(owner, 'Ben');
    await join(world, taken, 'Anna', 'annas');
    await owner.tap(button(owner.page, 'Take back the invitation of Ben'));
    await button(owner.page, 'Take back the invitation of Ben').waitFor({ state: 'detached' });
    for (const [url, device] of [[taken, 'another'], [back, 'bens'], [new URL(`${taken.origin}/join#x`), 'nobodys']]) {
        const late = await follow(world, url, device);
        await late.page.getByText(/^This invitation was used or taken back/).waitFor();
        assert.equal(await button(late.page, 'Join with a passkey').count(), 0);
    }
});

story('a business is handed over', async (world) => {
    const owner = await signUp(world, prints);
    await openTeam(owner);
    const anna = await join(world, await invite(owner, 'Anna'), 'Anna', 'annas');
    // She is in the list when it is told anew.
    await owner.page.reload();
    await owner.tap(owner.page.getByRole('button', { name: 'More about Anna' }));
    await owner.tap(owner.page.getByRole('menuitem', { name: 'Make owner' }));
    await owner.tap(button(owner.page.getByRole('dialog', { name: 'Make Anna the owner?' }), 'Make owner'));
    await region(owner.page, 'Invite somebody').waitFor({ state: 'detached' });
    await openTeam(anna);
    await anna.page.getByRole('button', { name: 'More about Vale Prints' }).waitFor();
    await anna.tap(button(anna.page, 'Change your name'));
    await anna.page.getByRole('textbox', { name: 'Your name' }).fill('Anna B.');
    await anna.tap(button(anna.page, 'Save'));
    await region(anna.page, 'What was done').getByText('Anna is now called Anna B.').waitFor();
});

/** What is sent to an address of this machine, as long as `body` needs it. */
async function listening(body) {
    const received = [];
    const server = createServer((request, response) => {
        request.resume();
        request.on('end', () => {
            received.push(request.headers);
            response.writeHead(204).end();
        });
    });
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    try {
        await body(`http://127.0.0.1:${server.address().port}/told`, received);
    } finally {
        server.close();
        server.closeAllConnections();
    }
}

told('an owner makes a key and a webhook, sees how it goes, and ends both', async (world) => {
    const owner = await world.open('kai.shapes', { path: '/you' });
    const { page } = owner;
    await owner.tap(link(page, /^Developers/));
    const keys = region(page, 'Keys');
    await keys.getByText(/^None yet/).waitFor();
    await page.getByLabel('What the key is for').fill('The till');
    await owner.tap(button(page, 'Make a key'));
    const secret = await page.getByRole('group', { name: 'Your new key' }).locator('code').innerText();
    assert.match(secret, /^bk_.{43}$/);
    const me = () => fetch(new URL('/v1/me', world.url), { headers: { authorization: `Bearer ${secret}` } });
    assert.equal((await me()).status, 200);
    await owner.tap(button(page, 'Done'));
    await keys.getByText(`bk_…${secret.slice(-4)}`).waitFor();

    const hooks = region(page, 'Webhooks');
    await page.getByLabel('Address').fill('ftp://example.com');
    await owner.tap(button(page, 'Add a webhook'));
    await hooks.getByText('Enter an address that begins with https://').waitFor();
    await listening(async (url, received) => {
        await page.getByLabel('Address').fill(url);
        await owner.tap(button(page, 'Add a webhook'));
        const made = page.getByRole('group', { name: 'The secret of the signatures' });
        assert.match(await made.locator('code').innerText(), /^whs_/);
        await owner.tap(button(made, 'Done'));
        await hooks.getByText('It is told what happens').waitFor();
        const maya = await world.open('maya.torres');
        await maya.page.getByRole('tabpanel').getByRole('link', { name: /^Kai Shapes/ }).click();
        await say(maya, 'Kai Shapes', 'Hello');
        for (let tries = 0; received.length === 0 && tries < 100; tries += 1) await page.waitForTimeout(100);
        await owner.tap(button(hooks, 'Last deliveries'));
        await hooks.getByText(/Taken \(204\)/).first().waitFor();
        await owner.tap(button(hooks, `Remove the webhook ${url}`));
        await owner.tap(button(page.getByRole('dialog', { name: 'Remove this webhook?' }), 'Remove'));
        await hooks.getByText(/^None yet/).waitFor();
    });

    await owner.tap(button(keys, 'Revoke the key The till'));
    await owner.tap(button(page.getByRole('dialog'), 'Revoke'));
    await keys.getByText(/^None yet/).waitFor();
    assert.equal((await me()).status, 401);
}, { only: 'served', host: 'localhost', timeout: 90_000 });
