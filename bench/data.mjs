// The threads that are measured: the same for every page and every run.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const words = `the a of to and in is it you that for on are with as this was at be have from or by not but what all
were when your can said there use each which she do how their if will up other about out many then them these so some
her would make like him into time has look two more write go see number no way could people my than first water been
board shipping wrapped parcel glaze colour size small large ready friday tomorrow price thanks lovely really please
perfect send order picture studio kiln shape wax fin delivery tracking address gift`.split(/\s+/);

/** mulberry32: small, seeded, good enough. */
function random(seed) {
    return () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
    };
}

/** A message as the stream would bring it. Most are short; one in twelve is a small letter. */
export function message(index, next) {
    const length = next() < 1 / 12 ? 30 + next() * 50 : 2 + next() * 16;
    const text = Array.from({ length }, () => words[next() * words.length | 0]).join(' ');
    // Numbered, so that each text is found once and the last one can be waited for.
    return { id: `msg_${index}`, me: next() < 0.5 ? 0 : 1, ts: 1_767_225_600 + index * 37, text: `${index + 1}. ${text}` };
}

export function thread(count, seed = 1) {
    const next = random(seed * 7919 + count);
    return Array.from({ length: count }, (_, index) => message(index, next));
}

/** Messages that arrive later. */
export function arrivals(count, after) {
    const next = random(after + 17);
    return Array.from({ length: count }, (_, index) => JSON.stringify(message(after + index, next)));
}

/** Writes `data/<name>.json` into the folder of a page, and the compressed file beside it. */
export async function write(folder, threads) {
    await mkdir(join(folder, 'data'), { recursive: true });
    await writeFile(join(folder, 'data/blank.html'), '<!doctype html><title>Blank</title><link rel="icon" href="data:,">');
    for (const [name, messages] of Object.entries(threads)) {
        const file = join(folder, 'data', `${name}.json`);
        const text = JSON.stringify(messages);
        await writeFile(file, text);
        if (messages.length <= 100) await writeFile(`${file}.br`, brotliCompressSync(text));
    }
}
