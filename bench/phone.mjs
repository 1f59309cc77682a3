// The first visit on a slow phone: 150 ms away, 1.6 Mbit/s, a quarter of this machine's CPU.
import { thread } from './data.mjs';
import { Measured } from './measured.mjs';

const COUNT = 50;

export const phoneData = { phone: thread(COUNT, 3) };

export async function firstVisit(url) {
    const measured = await Measured.open(url);
    try {
        const sizes = new Map();
        const addresses = new Map();
        await measured.cdp.send('Network.enable');
        measured.cdp.on('Network.requestWillBeSent', ({ requestId, request }) => addresses.set(requestId, request.url));
        measured.cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength));
        await measured.cdp.send('Network.emulateNetworkConditions', {
            offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8,
        });
        await measured.cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
        const visible = await measured.load('phone', phoneData.phone.at(-1).text);
        const painted = await measured.inside(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
        // The thread is the user's, the rest is the page.
        const page = [...sizes].filter(([id]) => !addresses.get(id)?.includes('/data/'));
        return {
            phonePainted: painted ?? visible,
            phoneVisible: visible,
            phoneBytes: page.reduce((sum, [, size]) => sum + size, 0) / 1000,
        };
    } finally {
        await measured.close();
    }
}
