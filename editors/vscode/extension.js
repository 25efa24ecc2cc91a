// Starts `wirelint lsp`, hands it its settings, and starts it anew when it is told to or the program changes.
'use strict';

const vscode = require('vscode');
const { LanguageClient, State } = require('vscode-languageclient/node');
const { forServer, program } = require('./settings.js');

const languages = ['plaintext', 'markdown', 'html', 'xml', 'json'];
let client;
let output;
let queue = Promise.resolve();		// starts and stops, one after the other

function settings() {
	return vscode.workspace.getConfiguration('wirelint');
}

function makeClient() {
	const all = settings();
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
	const command = program(all.get('path'), folder);
	return new LanguageClient('wirelint', 'wirelint', { command, args: ['lsp', ...(all.get('arguments') ?? [])], options: { cwd: folder } }, {
		documentSelector: languages.flatMap((language) => [{ scheme: 'file', language }, { scheme: 'untitled', language }]),
		initializationOptions: forServer(all),
		outputChannel: output,
		diagnosticCollectionName: 'wirelint',
		middleware: {
			workspace: {
				// what is the editor's alone is unknown to the server
				configuration: async (params, token, next) => {
					const values = await next(params, token);
					return Array.isArray(values) ? values.map((v, i) => (params.items[i].section === 'wirelint' ? forServer(v) : v)) : values;
				},
			},
		},
	});
}

// A program that is not there is told of where news copy is written: not in every folder that has a text in it.
async function complain(error) {
	output.appendLine(`wirelint lsp could not be started: ${error?.message ?? error}`);
	const enabled = settings().get('enable');
	if (enabled === false) return;
	if (enabled !== true && (await vscode.workspace.findFiles('**/.wirelint.yaml', undefined, 1)).length === 0) return;
	const open = 'Open settings';
	const answer = await vscode.window.showErrorMessage(`wirelint: '${program(settings().get('path'))} lsp' could not be started; is it installed?`, open);
	if (answer === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'wirelint.path');
}

async function start() {
	client = makeClient();
	try {
		await client.start();
	} catch (error) {
		client = undefined;
		complain(error).catch(() => {});
	}
}

async function stop() {
	const old = client;
	client = undefined;
	if (old !== undefined && old.state !== State.Stopped) await old.stop().catch(() => {});
}

function restart() {
	queue = queue.then(stop).then(start);
	return queue;
}

// All safe fixes, as on save where editor.codeActionsOnSave has source.fixAll.wirelint.
function fixAll() {
	return vscode.commands.executeCommand('editor.action.sourceAction', { kind: 'source.fixAll.wirelint', apply: 'first' });
}

async function activate(context) {
	output = vscode.window.createOutputChannel('wirelint');
	context.subscriptions.push(output,
		vscode.commands.registerCommand('wirelint.restart', restart),
		vscode.commands.registerCommand('wirelint.fixAll', fixAll),
		vscode.commands.registerCommand('wirelint.showOutput', () => output.show()),
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration('wirelint.path') || event.affectsConfiguration('wirelint.arguments')) restart();
			else if (event.affectsConfiguration('wirelint'))
				client?.sendNotification('workspace/didChangeConfiguration', { settings: { wirelint: forServer(settings()) } })?.catch?.(() => {});
		}));
	queue = queue.then(start);
	await queue;
}

function deactivate() {
	queue = queue.then(stop);
	return queue;
}

module.exports = { activate, deactivate };
