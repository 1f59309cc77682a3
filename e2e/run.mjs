// node e2e/run.mjs [words]: every *.test.mjs, or those whose path contains one of the words, in one browser.
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Transform } from 'node:stream';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { chromium } from 'playwright-core';
import { storyOptions } from './support/browser.mjs';

const words = process.argv.slice(2);
const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const files = (await readdir(here, { recursive: true }))
    .filter((file) => file.endsWith('.test.mjs') && !file.includes('node_modules'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .map((file) => join(here, file))
    .sort();
if (files.length === 0) {
    console.error(`No test file has ${words.join(' or ')} in its name, in ${relative('.', here) || '.'}.`);
    process.exit(1);
}

/** Leaves out what passed within something that passed: four lines for each state that axe looked at. */
class Brief extends Transform {
    #rest = '';

    _transform(chunk, _encoding, done) {
        const lines = (this.#rest + chunk).split('\n');
        this.#rest = lines.pop();
        for (const line of lines) if (!/^\s{4,}✔ /.test(line)) this.push(`${line}\n`);
        done();
    }

    _flush(done) {
        this.push(this.#rest);
        done();
    }
}

const server = await chromium.launchServer(storyOptions);
process.env.BOTTEGA_BROWSER = server.wsEndpoint();
run({ files, concurrency: 2 })
    .on('test:fail', () => { process.exitCode = 1; })
    .on('end', () => server.close())
    .compose(new spec())
    .pipe(new Brief())
    .pipe(process.stdout);
