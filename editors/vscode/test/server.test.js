// The extension with the real client and a real server (WIRELINT), in a stand-in for the editor.
'use strict';

const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const test = require('node:test');
const { makeVscode, load, Uri } = require('./stub/vscode.js');

const wirelint = process.env.WIRELINT;

function reason() {
	if (!wirelint) return 'WIRELINT is not set';
	try {
		require.resolve('vscode-languageclient/node');
	} catch {
		return 'vscode-languageclient is not there: npm ci';
	}
	try {
		if (!/^ *lsp\b/m.test(execFileSync(wirelint, ['--help'], { encoding: 'utf8' }))) return 'this wirelint has no lsp';
	} catch {
		return 'wirelint cannot be run';
	}
	return false;
}
const skip = reason();

function document(uri, languageId, text) {
	return {
		uri, languageId, version: 1, text, isClosed: false, isUntitled: false, fileName: uri.fsPath,
		getText() { return this.text; }, get lineCount() { return this.text.split('\n').length; },
	};
}

async function until(seen, condition) {
	const end = Date.now() + 20000;
	while (!condition()) {
		assert.ok(Date.now() < end, `nothing came; the server said: ${seen.lines.join('')} ${seen.errors.join(' ')}`);
		await new Promise((f) => setTimeout(f, 20));
	}
}

async function desk(settings, f) {
	const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wirelint-vscode.')));
	fs.writeFileSync(path.join(folder, '.wirelint.yaml'), 'root: true\nkind: own\n');
	const stub = makeVscode({ folder, settings: { path: wirelint, arguments: [], debounce: 10, select: [], 'trace.server': 'off', trace: { server: 'off' }, ...settings } });
	const extension = load(path.join(__dirname, '../extension.js'), { vscode: stub.vscode });
	const story = (name, text, language = 'plaintext') => {
		const doc = document(Uri.file(path.join(folder, name)), language, text);
		stub.vscode.workspace.textDocuments.push(doc);
		return doc;
	};
	try {
		await f({ ...stub, folder, extension, story });
	} finally {
		await extension.deactivate();
		fs.rmSync(folder, { recursive: true });
	}
}

const text = 'By Ada Brandt\n\nThe port of Harbourville reopened on Tuesday after a storm \u{1F6A2} that had kept ships outside for TK days.\n';

test('diagnostics of a story that is open, and of one that is edited', { skip }, async () => {
	await desk({ stage: 'publish' }, async ({ extension, story, seen, fire, vscode }) => {
		const doc = story('story.txt', text);
		await extension.activate({ subscriptions: [] });
		await until(seen, () => seen.diagnostics.get(doc.uri.toString())?.length > 0);
		const [d] = seen.diagnostics.get(doc.uri.toString());
		assert.strictEqual(d.code?.value ?? d.code, 'copy/placeholder');
		assert.strictEqual(d.severity, vscode.DiagnosticSeverity.Error);
		assert.strictEqual(d.range.start.line, 2);
		const line = text.split('\n')[2];
		assert.strictEqual(line.slice(d.range.start.character, d.range.end.character), 'TK', 'the place counts UTF-16');
		// mended
		const at = new vscode.Range(d.range.start, d.range.end);
		doc.text = text.replace('TK', 'ten');
		doc.version++;
		fire('onDidChangeTextDocument', { document: doc, reason: undefined, contentChanges: [{ range: at, rangeOffset: text.indexOf('TK'), rangeLength: 2, text: 'ten' }] });
		await until(seen, () => seen.diagnostics.get(doc.uri.toString())?.length === 0);
		assert.deepStrictEqual(seen.errors, [], 'nothing is complained of: no setting is unknown to the server');
		assert.ok(seen.providers.some(([name]) => name === 'registerCodeActionsProvider'), 'actions are offered');
		assert.ok(seen.providers.some(([name]) => name === 'registerHoverProvider'), 'and the reason of a rule');
		assert.ok(seen.providers.some(([name]) => name === 'registerDocumentSymbolProvider'), 'and the parts of a story');
	});
});

test('settings reach the server, when they change too', { skip }, async () => {
	await desk({ ignore: ['copy/placeholder'] }, async ({ extension, story, seen, fire, settings }) => {
		const doc = story('story.txt', text);
		await extension.activate({ subscriptions: [] });
		await until(seen, () => seen.diagnostics.has(doc.uri.toString()));
		assert.deepStrictEqual(seen.diagnostics.get(doc.uri.toString()), []);
		settings.ignore = [];
		fire('onDidChangeConfiguration', { affectsConfiguration: (name) => name === 'wirelint' });
		await until(seen, () => seen.diagnostics.get(doc.uri.toString())?.length > 0);
		assert.deepStrictEqual(seen.errors, []);
	});
});

test('restarting, and other arguments', { skip }, async () => {
	await desk({ arguments: ['--select=copy/file-hygiene'] }, async ({ extension, story, seen, fire, settings }) => {
		const doc = story('story.txt', 'The port reopened on Tuesday after a storm that had kept ships outside.  \nThe pilot was glad of it.');
		await extension.activate({ subscriptions: [] });
		await until(seen, () => seen.diagnostics.get(doc.uri.toString())?.length > 0);
		seen.diagnostics.clear();
		await seen.commands.get('wirelint.restart')();
		await until(seen, () => seen.diagnostics.get(doc.uri.toString())?.length > 0);
		settings.arguments = ['--select=copy/placeholder'];
		fire('onDidChangeConfiguration', { affectsConfiguration: (name) => name === 'wirelint.arguments' });
		await until(seen, () => seen.diagnostics.get(doc.uri.toString())?.length === 0);
		assert.deepStrictEqual(seen.errors, []);
	});
});

test('where no configuration is found, nothing is checked', { skip }, async () => {
	await desk({}, async ({ extension, story, seen, folder }) => {
		fs.rmSync(path.join(folder, '.wirelint.yaml'));
		const doc = story('story.txt', text);
		await extension.activate({ subscriptions: [] });
		await new Promise((f) => setTimeout(f, 500));
		assert.deepStrictEqual(seen.diagnostics.get(doc.uri.toString()) ?? [], []);
	});
});
