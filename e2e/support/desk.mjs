// A seller's desk with many open orders: put straight into the store where the API is inside the page, asked for and
// paid through the API of a server.
import assert from 'node:assert/strict';
import { Clock } from './clock.mjs';
import { isServed } from './server.mjs';

/** How many orders of Kai's wait for a parcel in the demo. */
const BEFORE = 2;

/** Runs in the page: orders like those of Leo and Omar, each a minute later than the one before. */
function inPage(count) {
    const wait = (request) => new Promise((done, failed) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => failed(request.error);
    });
    const MIDDLE = 1_000_000_000_000_000;
    return (async () => {
        const database = await wait(indexedDB.open('bottega'));
        const transaction = database.transaction('entries', 'readwrite');
        const entries = transaction.objectStore('entries');
        const keys = await wait(entries.getAllKeys(IDBKeyRange.bound('state/', 'state0')));
        const states = [];
        for (const key of keys) {
            const state = JSON.parse(await wait(entries.get(key)));
            if (['acc_leo.berg', 'acc_omar.haddad'].includes(state.buyer)) states.push([key, state]);
        }
        const first = ([, state]) => Object.values(state.orders)[0];
        const since = Math.max(...states.map((entry) => Date.parse(first(entry).ship_by)));
        for (let n = 1; n <= count; n += 1) {
            const [key, state] = states[n % states.length];
            const [order, thread] = [structuredClone(first([key, state])), key.slice('state/'.length)];
            const payment = structuredClone(state.payments[order.payment]);
            const request = structuredClone(state.requests[order.request]);
            const transfer = structuredClone(state.ledger.transfers.find(({ order: of }) => of === order.id));
            const processor = structuredClone(JSON.parse(await wait(entries.get(`document/simulated-payment/${payment.id}`))));
            [order.id, payment.id, request.id] = ['ord', 'pay', 'pr'].map((kind) => `${kind}_desk${n}`);
            order.number = `K-${3000 + n}`;
            order.ship_by = new Date(since + n * 60_000).toISOString();
            [order.payment, order.request, payment.request] = [payment.id, request.id, request.id];
            [request.status.order, request.status.payment] = [order.id, payment.id];
            transfer.order = order.id;
            state.orders[order.id] = order;
            state.payments[payment.id] = payment;
            state.requests[request.id] = request;
            state.ledger.transfers.push(transfer);
            entries.put(JSON.stringify(processor), `document/simulated-payment/${payment.id}`);
            for (const { id } of [order, payment, request]) entries.put(thread, `owner/${id}`);
            const rank = String(Date.parse(order.ship_by) + MIDDLE).padStart(16, '0');
            entries.put(thread, `queue/${state.seller}/mine/${rank}/${order.id}`);
            entries.put(thread, `queue/${state.buyer}/waiting/${rank}/${order.id}`);
        }
        for (const [key, state] of states) entries.put(JSON.stringify(state), key);
        const sums = JSON.parse(await wait(entries.get('sums/acc_kai.shapes')));
        sums.mine += count;
        entries.put(JSON.stringify(sums), 'sums/acc_kai.shapes');
        await new Promise((done) => { transaction.oncomplete = done; });
        database.close();
    })();
}

/** What Kai asks for, and Maya pays, so many times: a puck of wax. */
async function throughTheApi(world, count) {
    const [kai, maya] = await Promise.all(['kai.shapes', 'maya.torres'].map((handle) => world.context(handle)));
    const origin = new URL(world.url).origin;
    const call = async (context, path, data) => {
        const headers = { Origin: origin, 'Idempotency-Key': crypto.randomUUID() };
        const url = new URL(`/v1${path}`, world.url).href;
        const answer = await (data ? context.request.post(url, { data, headers }) : context.request.get(url));
        assert.equal(answer.status(), 200, `${path}: ${await answer.text()}`);
        return answer.json();
    };
    const dollars = (minor) => ({ minor, currency: 'USD' });
    const inbox = await call(kai, '/threads?folder=primary');
    const { thread } = inbox.entries.find(({ peer }) => peer.handle === 'maya.torres');
    const wallet = await call(maya, '/wallet');
    const ask = {
        terms: {
            items: [{ name: 'Surf wax, one puck', quantity: 1, unit_price: dollars(200) }],
            delivery: [{ type: 'parcel', name: 'Ground', price: dollars(0), days: [2, 3] }],
            discount: dollars(0),
            tax: { type: 'rate', ppm: 0 },
        },
        expires_in_seconds: null,
    };
    for (let n = 0; n < count; n += 1) {
        const { events } = await call(kai, `/threads/${thread}/payment-requests`, ask);
        const request = JSON.stringify(events).match(/pr_[0-9a-z]+/)[0];
        const pay = {
            revision: 1, delivery: 0, total: dollars(200), method: wallet.methods[0].view?.id ?? wallet.methods[0].id,
            address: wallet.addresses[0].id, confirmation: null,
        };
        await call(maya, `/payment-requests/${request}/pay`, pay);
    }
    await (await Clock.open(world)).fiveMinutes();
}

/** Kai's orders, `count` of them waiting for a parcel; his tab. */
export async function deskWith(world, count, options = {}) {
    if (isServed) {
        await throughTheApi(world, count - BEFORE);
        return world.open('kai.shapes', { path: '/orders', ...options });
    }
    const kai = await world.open('kai.shapes', { path: '/orders', ...options });
    await kai.page.getByRole('tabpanel').getByText('Omar Haddad').first().waitFor();
    await kai.page.evaluate(inPage, count - BEFORE);
    await kai.page.reload();
    return kai;
}

/** The n-th of many numbers of UPS; its last digit checks the others: even places count twice. */
export function upsNumber(n) {
    const digits = String(999_100_000_000_000 + n);
    const sum = [...digits].reduce((sum, digit, place) => sum + Number(digit) * (place % 2 === 0 ? 1 : 2), 0);
    return `1Z${digits}${(10 - (sum % 10)) % 10}`;
}

/** Presses Tab until a row of the list has the focus, as anybody can. */
export async function intoTheList(hand) {
    const inList = () => document.activeElement?.hasAttribute('data-row');
    for (let n = 0; n < 40; n += 1) {
        if (await hand.page.evaluate(inList)) return;
        await hand.press('Tab');
    }
    assert.fail('Tab never led into the list');
}
