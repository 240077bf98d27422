// SPDX-License-Identifier: GPL-3.0-or-later
// Opens HTML files in headless Chromium over its debugging pipe; no package is needed.
//   node scripts/page.mjs check AXE_JS FILE...       accessibility, overflow and load time; exit 1 when something is wrong
//   node scripts/page.mjs load FILE...               load times only
//   node scripts/page.mjs shot FILE WIDTH OUT [SLICE] screenshots OUT-1.png, OUT-2.png … of SLICE (2000) px each
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const widths = [320, 390, 1280]; // WCAG 1.4.10 asks for reflow at 320
const [command, ...rest] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), 'vsaudit-page-'));
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--hide-scrollbars', '--remote-debugging-pipe', `--user-data-dir=${profile}`];
const browser = spawn(process.env.CHROMIUM || 'chromium', flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
const waiting = new Map();
let next = 1, received = '', onEvent = () => {};
browser.on('error', error => { console.error(`page.mjs: Chromium cannot be started: ${error.message}`); process.exit(2); });
browser.stdio[4].on('data', chunk => {
  received += chunk;
  const parts = received.split('\0');
  received = parts.pop();
  for (const part of parts) {
    const message = JSON.parse(part);
    if (message.id) {
      const { done, fail } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) fail(new Error(message.error.message)); else done(message.result);
    } else onEvent(message);
  }
});

function send(method, params = {}, sessionId = undefined) {
  const id = next++;
  browser.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + '\0');
  return new Promise((done, fail) => waiting.set(id, { done, fail }));
}

async function open(file, width) {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  const page = (method, params) => send(method, params, sessionId);
  await page('Page.enable');
  await page('Emulation.setDeviceMetricsOverride', { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 });
  const loaded = new Promise(done => { onEvent = message => { if (message.method === 'Page.loadEventFired' && message.sessionId === sessionId) done(); }; });
  const start = performance.now();
  await page('Page.navigate', { url: pathToFileURL(resolve(file)).href });
  await loaded;
  // until it has been laid out and painted once
  await page('Runtime.evaluate', { expression: 'new Promise(r => requestAnimationFrame(() => setTimeout(r, 0)))', awaitPromise: true });
  const milliseconds = performance.now() - start;
  const evaluate = async expression => {
    const { result, exceptionDetails } = await page('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
    return result.value;
  };
  return { page, evaluate, milliseconds, close: () => send('Target.closeTarget', { targetId }) };
}

async function check(axe, file) {
  let wrong = 0;
  for (const width of widths) {
    const tab = await open(file, width);
    const wide = await tab.evaluate('document.documentElement.scrollWidth');
    if (wide > width) {
      wrong++;
      console.log(`${file}: at ${width} px the page is ${wide} px wide`);
      const culprits = await tab.evaluate(`[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > ${width} + 1 &&
        !e.closest('.scroll')).slice(0, 5).map(e => e.tagName + '.' + e.getAttribute('class') + ': ' + e.textContent.slice(0, 60))`);
      for (const culprit of culprits) console.log(`    ${culprit}`);
    }
    await tab.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    await tab.evaluate(readFileSync(axe, 'utf8') + ';0');
    const found = await tab.evaluate(`axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r =>
      ({passes: r.passes.length, violations: r.violations.map(v => ({id: v.id, help: v.help, count: v.nodes.length,
        first: v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' — ' + (n.any[0] || n.all[0] || n.none[0] || {}).message)}))}))`);
    for (const violation of found.violations) {
      wrong++;
      console.log(`${file}: at ${width} px: ${violation.id} (${violation.count}): ${violation.help}`);
      for (const first of violation.first) console.log(`    ${first}`);
    }
    console.log(`${file}: ${width} px: ${found.passes} rules passed, ${found.violations.length} violated, opened in ${Math.round(tab.milliseconds)} ms`);
    await tab.close();
  }
  return wrong;
}

async function shoot(file, width, out, slice = 2000) {
  const tab = await open(file, Number(width));
  const height = await tab.evaluate('document.documentElement.scrollHeight');
  for (let y = 0, i = 1; y < height; y += Number(slice), i++) {
    const clip = { x: 0, y, width: Number(width), height: Math.min(Number(slice), height - y), scale: 1 };
    const { data } = await tab.page('Page.captureScreenshot', { clip, captureBeyondViewport: true });
    writeFileSync(`${out}-${i}.png`, Buffer.from(data, 'base64'));
  }
  console.log(`${file}: ${width} px: ${height} px tall`);
}

let status = 0;
try {
  if (command === 'check' && rest.length > 1) {
    for (const file of rest.slice(1)) if (await check(rest[0], file) > 0) status = 1;
  } else if (command === 'load' && rest.length > 0) {
    for (const file of rest) {
      const tab = await open(file, 1280);
      console.log(`${Math.round(tab.milliseconds)} ms ${file}`);
      await tab.close();
    }
  } else if (command === 'shot' && rest.length > 2) await shoot(...rest);
  else { console.error('page.mjs: expected check AXE FILE…, load FILE… or shot FILE WIDTH OUT [SLICE]'); status = 2; }
} catch (error) {
  console.error(`page.mjs: ${error.message}`);
  status = 2;
}
const ended = new Promise(done => browser.on('exit', done));
send('Browser.close').catch(() => {});
const impatient = setTimeout(() => browser.kill('SIGKILL'), 5000);
await ended;
clearTimeout(impatient);
rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
process.exit(status);
