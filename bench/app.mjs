// The app itself, with its API inside the page: how it feels, how it is visited, how it grows.
import { feel } from './app/feel.mjs';
import { growth } from './app/growth.mjs';
import { longTasks } from './app/long_tasks.mjs';
import { visits } from './app/visits.mjs';

/** @returns {Promise<string>} the tables */
export async function measureApp(url, rounds) {
    const tables = [];
    for (const [title, measure] of Object.entries({ feel, visits, growth, 'long tasks': longTasks })) {
        process.stderr.write(`the app: ${title}\n`);
        tables.push(await measure(url, rounds).catch((problem) => `The app's ${title} could not be measured: ${problem.message.split('\n')[0]}`));
    }
    return tables.join('\n\n');
}
