// The extension with a client that only writes down what it is told, and what package.json says.
'use strict';

const assert = require('node:assert');
const { spawnSync } = require('node:child_process');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const { makeVscode, load } = require('./stub/vscode.js');
const { serverSettings, forServer, program } = require('../settings.js');
const manifest = require('../package.json');

function withClient(options, fails = () => false) {
	const stub = makeVscode(options);
	const clients = [];
	class LanguageClient {
		constructor(id, name, server, client) {
			Object.assign(this, { id, server, client, state: 1, sent: [] });
			clients.push(this);
		}
		async start() {
			if (fails()) throw new Error('spawn ENOENT');
			this.state = 2;
		}
		async stop() { this.state = 1; this.stopped = true; }
		sendNotification(...args) { this.sent.push(args); return Promise.resolve(); }
	}
	const extension = load(path.join(__dirname, '../extension.js'), { vscode: stub.vscode, 'vscode-languageclient/node': { LanguageClient, State: { Stopped: 1, Running: 2 } } });
	return { ...stub, extension, clients };
}

test('activate() starts the server with its options and settings', async () => {
	const { extension, clients, seen } = withClient({ folder: '/desk', settings: { path: '${workspaceFolder}/bin/wirelint', arguments: ['--kind=wire'], enable: null, stage: 'draft', select: [], ignore: ['spelling'], trace: {} } });
	const context = { subscriptions: [] };
	await extension.activate(context);
	assert.strictEqual(clients.length, 1);
	const [c] = clients;
	assert.deepStrictEqual([c.server.command, c.server.args, c.server.options.cwd], ['/desk/bin/wirelint', ['lsp', '--kind=wire'], '/desk']);
	assert.deepStrictEqual(c.client.initializationOptions, { stage: 'draft', ignore: ['spelling'] });
	assert.deepStrictEqual(new Set(c.client.documentSelector.map((s) => s.language)), new Set(['plaintext', 'markdown', 'html', 'xml', 'json']));
	const answer = await c.client.middleware.workspace.configuration({ items: [{ section: 'wirelint' }, { section: 'other' }] }, null, async () => [{ path: 'x', stage: 'ingest' }, { path: 'y' }]);
	assert.deepStrictEqual(answer, [{ stage: 'ingest' }, { path: 'y' }]);
	assert.deepStrictEqual([...seen.commands.keys()].sort(), manifest.contributes.commands.map((x) => x.command).sort());
	assert.strictEqual(context.subscriptions.length, 5);
	await extension.deactivate();
	assert.ok(c.stopped);
});

test('what changes: a setting is sent, another program is started', async () => {
	const { extension, clients, settings, fire, seen } = withClient({ settings: { path: 'wirelint', arguments: [], stage: 'draft' } });
	await extension.activate({ subscriptions: [] });
	settings.stage = 'publish';
	fire('onDidChangeConfiguration', { affectsConfiguration: (name) => name === 'wirelint' });
	assert.deepStrictEqual(clients[0].sent, [['workspace/didChangeConfiguration', { settings: { wirelint: { stage: 'publish' } } }]]);
	fire('onDidChangeConfiguration', { affectsConfiguration: () => false });
	assert.strictEqual(clients[0].sent.length, 1);
	settings.path = '~/wirelint';
	fire('onDidChangeConfiguration', { affectsConfiguration: (name) => name === 'wirelint.path' || name === 'wirelint' });
	await seen.commands.get('wirelint.restart')();		// behind the other one
	assert.deepStrictEqual(clients.map((c) => c.server.command), ['wirelint', path.join(os.homedir(), 'wirelint'), path.join(os.homedir(), 'wirelint')]);
	assert.deepStrictEqual(clients.map((c) => c.stopped === true), [true, true, false]);
	await seen.commands.get('wirelint.fixAll')();
	assert.deepStrictEqual(seen.executed, [['editor.action.sourceAction', { kind: 'source.fixAll.wirelint', apply: 'first' }]]);
	seen.commands.get('wirelint.showOutput')();
	assert.ok(seen.shown);
	await extension.deactivate();
});

test('a program that is not there is told of where copy is written, and nowhere else', async () => {
	for (const [settings, found, told] of [[{}, [], 0], [{}, ['/desk/.wirelint.yaml'], 1], [{ enable: true }, [], 1], [{ enable: false }, ['/desk/.wirelint.yaml'], 0]]) {
		let missing = true;
		const { extension, clients, seen } = withClient({ settings: { path: 'none', ...settings }, found }, () => missing);
		await extension.activate({ subscriptions: [] });
		await new Promise((f) => setTimeout(f, 20));
		assert.strictEqual(seen.errors.length, told, JSON.stringify(settings));
		assert.match(seen.lines.join('\n'), /could not be started: spawn ENOENT/);
		missing = false;
		await seen.commands.get('wirelint.restart')();
		assert.strictEqual(clients.at(-1).state, 2, 'once it is there, restarting starts it');
		await extension.deactivate();
	}
});

test('settings', () => {
	const names = Object.keys(manifest.contributes.configuration.properties).map((n) => n.replace('wirelint.', ''));
	assert.deepStrictEqual(names.filter((n) => !['path', 'arguments', 'trace.server'].includes(n)).sort(), [...serverSettings].sort());
	assert.deepStrictEqual(forServer({ path: 'x', enable: null, select: [], profile: [], holdBack: false }), { profile: [], holdBack: false });
	assert.strictEqual(program(undefined, undefined), 'wirelint');
	assert.strictEqual(program('${workspaceFolder}/w', '/desk'), '/desk/w');
});

test('the problem matchers take every finding, and no other line', { skip: !process.env.WIRELINT && 'WIRELINT is not set' }, () => {
	const examples = path.join(__dirname, '../../../examples');
	const run = (form) => spawnSync(process.env.WIRELINT, ['check', '--isolated', `--format=${form}`, '--column-unit=utf16', examples], { encoding: 'utf8' });
	const got = [];
	const log = run('gcc');
	for (const line of [...log.stdout.split('\n'), ...log.stderr.split('\n')])
		for (const { pattern: p, severity } of manifest.contributes.problemMatchers) {
			const m = new RegExp(p.regexp).exec(line);
			if (m) got.push([m[p.file], +m[p.line], +m[p.column], p.severity ? m[p.severity] : severity, m[p.message], m[p.code]]);
		}
	const wanted = run('jsonl').stdout.trim().split('\n').map((l) => JSON.parse(l))
		.map((f) => [f.path, f.span.start.line, f.span.start.column, f.severity === 'note' ? 'info' : f.severity, f.message, f.rule]);
	assert.deepStrictEqual(got, wanted);
	assert.ok(wanted.length > 5);
});
