// Which of the editor's settings are the server's, and how the program is called.
'use strict';

const os = require('node:os');
const path = require('node:path');

const serverSettings = ['enable', 'stage', 'profile', 'select', 'extendSelect', 'ignore', 'debounce', 'holdBack', 'unsafeFixes', 'reasons'];

// The server is told what it knows, and no list that is empty: that would select nothing.
function forServer(all) {
	const out = {};
	for (const name of serverSettings) {
		const value = all?.[name];
		if (value === undefined || value === null) continue;
		if (Array.isArray(value) && value.length === 0 && name === 'select') continue;
		out[name] = value;
	}
	return out;
}

function program(setting, folder) {
	let name = setting || 'wirelint';
	if (name === '~' || name.startsWith('~/')) name = path.join(os.homedir(), name.slice(1));
	return folder === undefined ? name : name.replaceAll('${workspaceFolder}', folder);
}

module.exports = { serverSettings, forServer, program };
