// browser.mjs CHROMIUM PAGE...: what the page of `--format html` does in a browser that has no window, as lines `ok WHAT` and `not ok WHAT`.
// Speaks to Chromium by its own protocol over a pair of pipes; node is all it needs.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [chromium, many, hostile] = process.argv.slice(2);
const shots = process.env.SHOTS;                // a folder for pictures of the pages
const profile = mkdtempSync(join(process.env.TMPDIR || tmpdir(), 'wirelint-browser.'));
const child = spawn(chromium, ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
  '--remote-debugging-pipe', '--user-data-dir=' + profile, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
const say = (good, what, why) => console.log((good ? 'ok ' : 'not ok ') + what + (good || why === undefined ? '' : '\n# ' + JSON.stringify(why)));
const is = (what, got, want) => say(JSON.stringify(got) === JSON.stringify(want), what, { got, want });

let last = 0, rest = Buffer.alloc(0);
const waiting = new Map(), events = [];
child.on('exit', () => { console.log('not ok the browser runs'); process.exit(1); });
child.stdio[4].on('data', (data) => {           // a NUL ends each message
  rest = Buffer.concat([rest, data]);
  for (let end; (end = rest.indexOf(0)) >= 0; rest = rest.subarray(end + 1)) {
    const d = JSON.parse(rest.subarray(0, end).toString());
    if (d.id && waiting.has(d.id)) { waiting.get(d.id)(d); waiting.delete(d.id); } else events.push(d);
  }
});
let session;
const send = (method, params = {}) => new Promise((done, failed) => {
  waiting.set(++last, (d) => d.error ? failed(new Error(method + ': ' + d.error.message)) : done(d.result));
  child.stdio[3].write(JSON.stringify({ id: last, method, params, sessionId: session }) + '\0');
});
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const ask = async (expression) => {
  const r = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
  if (r.exceptionDetails) throw new Error(JSON.stringify(r.exceptionDetails.exception));
  return r.result.value;
};
const key = async (k, text) => {
  const base = { key: k, text: text === undefined && k.length === 1 ? k : text, windowsVirtualKeyCode: { Tab: 9, Enter: 13, Escape: 27 }[k] };
  await send('Input.dispatchKeyEvent', { type: base.text ? 'keyDown' : 'rawKeyDown', ...base });
  await send('Input.dispatchKeyEvent', { type: 'keyUp', ...base });
  await pause(30);
};
const open = async (file) => {
  events.length = 0;
  await send('Page.navigate', { url: pathToFileURL(resolve(file)).href });
  for (let i = 0; i < 600 && !events.some((e) => e.method === 'Page.loadEventFired'); i++) await pause(50);
};
const size = (width, height) => send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
const scheme = (value) => send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }, { name: 'prefers-reduced-motion', value: 'reduce' }] });
const picture = async (name) => {
  if (shots) writeFileSync(join(shots, name), Buffer.from((await send('Page.captureScreenshot', { format: 'png' })).data, 'base64'));
};
const shown = () => ask(`Array.from(document.querySelectorAll('.card')).filter((e) => !e.hidden).length`);
const total = () => ask(`document.querySelectorAll('.card').length`);
const loaded = () => events.filter((e) => e.method === 'Network.requestWillBeSent').map((e) => e.params.request.url).filter((u) => !u.startsWith('file:'));

// Text whose contrast with what lies behind it is below 4.5 (3 where it is large).
const faint = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (c, under) => { canvas.fillStyle = 'rgb(' + under.join() + ')'; canvas.fillRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1);
    return Array.from(canvas.getImageData(0, 0, 1, 1).data).slice(0, 3); };
  const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const behind = (e) => { const chain = []; for (let x = e; x; x = x.parentElement) chain.unshift(getComputedStyle(x).backgroundColor);
    return chain.reduce((under, c) => rgb(c, under), [255, 255, 255]); };
  const bad = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let t; (t = walker.nextNode());) {
    const e = t.parentElement;
    if (!t.data.trim() || !e.checkVisibility() || e.closest('script, style, option')) continue;
    const s = getComputedStyle(e), b = behind(e), a = light(rgb(s.color, b)), z = light(b);
    const ratio = (Math.max(a, z) + .05) / (Math.min(a, z) + .05), px = parseFloat(s.fontSize);
    if (ratio < (px >= 24 || (px >= 18.66 && s.fontWeight >= 700) ? 3 : 4.5)) bad.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2));
  }
  return Array.from(bad);
})()`;

async function run() {
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  session = (await send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(domain + '.enable');
  await size(1440, 1000);
  await scheme('light');
  await open(many);
  const n = await total();
  say(n > 3, 'there are findings', n);
  is('tools are there, and all is shown', [await ask(`document.getElementById('tools').hidden`), await shown()], [false, n]);
  is('neither the console nor the log complains', events.filter((e) => e.method === 'Log.entryAdded' || e.method === 'Runtime.exceptionThrown').map((e) => JSON.stringify(e.params).slice(0, 300)), []);
  is('nothing is loaded from elsewhere', loaded(), []);
  is('no element has a style of its own', await ask(`document.querySelectorAll('[style], [onclick], script[src], link, img, iframe').length`), 0);
  for (const s of ['light', 'dark']) {
    await scheme(s);
    await ask(`document.querySelectorAll('details').forEach((d) => { d.open = true; })`);
    is('contrast in ' + s, await ask(faint), []);
    await picture('overview-' + s + '.png');
  }
  await scheme('light');
  await open(many);

  // severities
  const errors = await ask(`document.querySelectorAll('.card.error').length`);
  await ask(`document.querySelector('#tools button.error').click()`);
  is('a severity is switched off', [await shown(), await ask(`document.querySelector('#tools button.error').getAttribute('aria-pressed')`)], [n - errors, 'false']);
  is('and said', await ask(`document.querySelector('#tools output').textContent`), (n - errors) + ' of ' + n + ' findings here');
  is('its marks are plain', await ask(`Array.from(document.querySelectorAll('mark.error')).length`), 0);
  await key('Escape');
  is('Escape shows all again', await shown(), n);
  say(await ask(`document.querySelectorAll('mark.error').length`) > 0, 'with their marks');

  // rules
  const rule = await ask(`document.querySelector('.card').dataset.rule`), ofRule = await ask(`document.querySelectorAll('.card[data-rule="${rule}"]').length`);
  await ask(`(() => { const p = document.getElementById('pick'); p.value = '${rule}'; p.dispatchEvent(new Event('change')); })()`);
  is('one rule alone', await shown(), ofRule);
  is('it is pressed in the table of rules', await ask(`document.querySelector('#by-rule button[data-rule="${rule}"]').getAttribute('aria-pressed')`), 'true');
  say(await ask(`Array.from(document.querySelectorAll('article.story')).every((s) => s.hidden === !s.querySelector('.card:not([hidden])'))`), 'articles without any are away');
  await ask(`document.querySelector('#by-rule button[data-rule="${rule}"]').click()`);
  is('and off again', await shown(), n);

  // keys
  await key('/');
  is('/ leads to the filter', await ask(`document.activeElement.id`), 'find');
  await send('Input.insertText', { text: rule });
  await pause(250);
  is('words find the rule', await shown(), ofRule);
  await key('Escape');
  is('Escape leaves the filter', [await shown(), await ask(`document.activeElement.id`)], [n, '']);
  const first = await ask(`document.querySelector('.card').id`), second = await ask(`document.querySelectorAll('.card')[1].id`);
  await key('n');
  is('n: the first finding', await ask(`document.activeElement.id`), first);
  is('it is in sight', await ask(`(() => { const r = document.activeElement.getBoundingClientRect(); return r.top >= 0 && r.top < innerHeight; })()`), true);
  await key('j');
  is('j: the second', await ask(`document.activeElement.id`), second);
  await key('p');
  is('p: back', await ask(`document.activeElement.id`), first);
  await key('k');
  is('k: from the first to the last', await ask(`document.activeElement.id`), await ask(`Array.from(document.querySelectorAll('.card')).pop().id`));
  await key('?');
  is('? opens the keys', await ask(`document.querySelector('dialog').open`), true);
  await picture('keys.png');
  await key('Escape');
  is('Escape closes them', await ask(`document.querySelector('dialog').open`), false);
  await ask(`window.scrollTo(0, 0); document.activeElement.blur()`);
  const stops = [];
  await open(many);
  for (let i = 0; i < 12; i++) { await key('Tab'); stops.push(await ask(`document.activeElement.tagName + ' ' + (document.activeElement.textContent || document.activeElement.id).slice(0, 20)`)); }
  say(new Set(stops).size > 6 && stops[0] === 'A To the articles' && stops.some((s) => s.startsWith('INPUT')), 'Tab goes through the tools', stops);
  await ask(`document.querySelector('.card [data-why]').click()`);
  say(await ask(`document.querySelector('.card .why').textContent.length`) > 40, 'a reason is told on demand');
  await ask(`document.querySelector('a.ref').click()`);
  is('a number in the text leads to its card', await ask(`'#' + document.activeElement.id === document.querySelector('a.ref').getAttribute('href')`), true);

  // the table of files
  await ask(`Array.from(document.querySelectorAll('table.files thead button')).find((b) => b.textContent === 'warnings').click()`);
  is('files by warnings', await ask(`(() => { const v = Array.from(document.querySelectorAll('table.files tbody tr')).map((r) => Number(r.querySelector('td.warning').textContent.replace(/,/g, ''))); return v.every((x, i) => i === 0 || v[i - 1] >= x); })()`), true);
  is('said to be so', await ask(`document.querySelector('table.files thead [aria-sort]').textContent + document.querySelector('table.files thead [aria-sort]').getAttribute('aria-sort')`), 'warningsdescending');

  // narrow, and without the script
  await size(390, 900);
  is('no scrolling to the side on a telephone', await ask(`document.documentElement.scrollWidth <= innerWidth`), true);
  await picture('narrow.png');
  await size(1440, 1000);
  await send('Emulation.setScriptExecutionDisabled', { value: true });
  await open(many);
  const { root } = await send('DOM.getDocument', { depth: 0 });
  const { nodeIds } = await send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '.card' });
  let boxes = 0;
  for (const nodeId of nodeIds) boxes += await send('DOM.getBoxModel', { nodeId }).then(() => 1, () => 0);
  is('without the script all findings are there', boxes, n);
  await picture('no-script.png');
  await send('Emulation.setScriptExecutionDisabled', { value: false });

  if (hostile) {
    await open(hostile);
    is('hostile: nothing ran', await ask(`String(window.owned)`), 'undefined');
    is('hostile: nothing was loaded', loaded(), []);
    is('hostile: elements of the page alone', await ask(`document.querySelectorAll('img, iframe, object, embed, form, base, link, svg script, body script ~ script').length`), 0);
    is('hostile: one script, one style', await ask(`[document.scripts.length, document.querySelectorAll('style').length]`), [1, 1]);
    await ask(`(() => { const s = document.createElement('script'); s.textContent = 'window.owned = 1'; document.body.append(s); const i = document.createElement('img'); i.src = 'https://example.org/x'; document.body.append(i); })()`);
    await pause(100);
    is('the policy of the page holds', [await ask(`String(window.owned)`), events.some((e) => e.method === 'Network.responseReceived' && e.params.response.url.includes('example.org'))], ['undefined', false]);
  }
}

let status = 0;
const over = setTimeout(() => { console.log('not ok the browser answers in time'); child.kill(); process.exit(1); }, 100000);
try { await run(); } catch (e) { console.log('not ok ' + e.stack.replace(/\n/g, '\n# ')); status = 1; }
clearTimeout(over);
child.removeAllListeners('exit');
child.kill();
await new Promise((done) => child.on('exit', done));
try { rmSync(profile, { recursive: true, force: true, maxRetries: 5 }); } catch { /* it is temporary */ }
process.exit(status);
