// A stand-in for the module `vscode`: as much of it as the extension and vscode-languageclient use, and what a test looks at.  What is
// not named here is a class without anything in it.
'use strict';

const Module = require('node:module');

class Emitter {
	#listeners = new Set();
	event = (f, self) => {
		const g = self === undefined ? f : f.bind(self);
		this.#listeners.add(g);
		return { dispose: () => this.#listeners.delete(g) };
	};
	fire(e) { for (const f of [...this.#listeners]) f(e); }
	dispose() { this.#listeners.clear(); }
}

class Position {
	constructor(line, character) { Object.assign(this, { line, character }); }
}
class Range {
	constructor(a, b, c, d) {
		this.start = typeof a === 'number' ? new Position(a, b) : a;
		this.end = typeof a === 'number' ? new Position(c, d) : b;
	}
}
class Uri {
	constructor(text) {
		const url = new URL(text);
		Object.assign(this, { text, scheme: url.protocol.slice(0, -1), authority: url.host, path: decodeURIComponent(url.pathname), query: '', fragment: '' });
		this.fsPath = this.path;
	}
	toString() { return this.text; }
	static file(path) { return new Uri(require('node:url').pathToFileURL(path).href); }
	static parse(text) { return new Uri(text); }
}
class Diagnostic {
	constructor(range, message, severity) { Object.assign(this, { range, message, severity }); }
}
class CancellationTokenSource {
	token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };
	cancel() {}
	dispose() {}
}
class Disposable {
	constructor(f) { this.dispose = f ?? (() => {}); }
	static from(...all) { return new Disposable(() => all.forEach((d) => d.dispose())); }
}

function enumeration(names, first = 0) {
	return Object.fromEntries(names.flatMap((n, i) => [[n, i + first], [i + first, n]]));
}

// settings: an object by names below `wirelint`
function makeVscode({ folder, settings = {}, found = [] } = {}) {
	const events = {};
	const on = (name) => (events[name] ??= new Emitter()).event;
	const seen = { errors: [], lines: [], executed: [], commands: new Map(), diagnostics: new Map(), providers: [] };
	const nothing = { dispose() {} };
	const channel = { name: 'wirelint', append: (s) => seen.lines.push(s), appendLine: (s) => seen.lines.push(s), show() { seen.shown = true; }, clear() {}, dispose() {} };
	const configuration = (section) => {
		const value = section === 'wirelint' ? settings : {};
		return { ...value, get: (name, otherwise) => value[name] ?? otherwise, has: (name) => name in value, inspect: () => undefined };
	};
	const known = {
		Uri, Position, Range, Diagnostic, Disposable, CancellationTokenSource, EventEmitter: Emitter,
		DiagnosticSeverity: enumeration(['Error', 'Warning', 'Information', 'Hint']),
		DiagnosticTag: enumeration(['Unnecessary', 'Deprecated'], 1),
		TextDocumentSaveReason: enumeration(['Manual', 'AfterDelay', 'FocusOut'], 1),
		TextDocumentChangeReason: enumeration(['Undo', 'Redo'], 1),
		ProgressLocation: enumeration(['SourceControl', 'Window', 'Notification'], 1),
		TextEditorRevealType: enumeration(['Default']),
		EndOfLine: { LF: 1, CRLF: 2 },
		version: '1.82.0',
		env: { language: 'en', appName: 'test', openExternal: async () => true },
		window: {
			createOutputChannel: () => channel,
			showErrorMessage: async (text) => { seen.errors.push(text); },
			showWarningMessage: async (text) => { seen.errors.push(text); },
			showInformationMessage: async () => {},
			visibleTextEditors: [], activeTextEditor: undefined,
			tabGroups: { all: [], onDidChangeTabs: on('onDidChangeTabs'), onDidChangeTabGroups: on('onDidChangeTabGroups') },
			withProgress: async (_, f) => f({ report() {} }, new CancellationTokenSource().token),
		},
		workspace: {
			workspaceFolders: folder === undefined ? undefined : [{ uri: Uri.file(folder), name: 'desk', index: 0 }],
			textDocuments: [], notebookDocuments: [],
			getConfiguration: configuration,
			findFiles: async () => found,
			getWorkspaceFolder: () => undefined,
			createFileSystemWatcher: (glob) => { (seen.watched ??= []).push(glob); return { ...nothing, onDidCreate: on('created'), onDidChange: on('changed'), onDidDelete: on('deleted') }; },
			applyEdit: async (edit) => { seen.edit = edit; return true; },
		},
		languages: {
			match: (selector, document) => [selector].flat().some((s) => s.language === document.languageId && s.scheme === document.uri.scheme) ? 10 : 0,
			createDiagnosticCollection: (name) => ({
				name, dispose() {}, clear() { seen.diagnostics.clear(); }, delete: (uri) => seen.diagnostics.delete(uri.toString()), forEach() {},
				set: (uri, list) => { seen.diagnostics.set(uri.toString(), list); seen.told?.(); },
			}),
		},
		commands: {
			registerCommand: (name, f) => { seen.commands.set(name, f); return nothing; },
			executeCommand: async (...args) => { seen.executed.push(args); },
		},
	};
	// Of what is not known: an event, a registration, or a class.
	const lenient = (of, prefix) => new Proxy(of, {
		get(target, name) {
			if (name in target || typeof name === 'symbol') return target[name];
			if (/^on[A-Z]/.test(name)) return on(name);
			if (/^register[A-Z]/.test(name)) return (...args) => { seen.providers.push([name, ...args]); return nothing; };
			if (/^[A-Z]/.test(name)) return (target[name] = /Kind$/.test(name) ? lenientKind(name) : class {});
			return undefined;
		},
	});
	const lenientKind = () => {
		class Kind {
			constructor(value) { this.value = value; }
			append(part) { return new Kind(this.value ? `${this.value}.${part}` : part); }
		}
		let n = 0;
		return new Proxy(Kind, { get: (target, name) => (name in target || typeof name === 'symbol' ? target[name] : (target[name] = name === 'Empty' ? new Kind('') : n++)) });
	};
	for (const part of ['window', 'workspace', 'languages', 'commands', 'env']) known[part] = lenient(known[part]);
	return { vscode: lenient(known), seen, fire: (name, e) => events[name]?.fire(e), settings };
}

// The extension anew, with this in place of `vscode` and, where they are given, of other modules.
function load(file, modules) {
	const original = Module._load;
	for (const name of Object.keys(require.cache)) if (!name.includes('/test/')) delete require.cache[name];
	Module._load = function (name, ...rest) { return name in modules ? modules[name] : original.call(this, name, ...rest); };
	try {
		return require(file);
	} finally {
		Module._load = original;
	}
}

module.exports = { makeVscode, load, Uri };
