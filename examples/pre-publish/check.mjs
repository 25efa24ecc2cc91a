// check.mjs: asks wirelint whether a story may be published; for a CMS in JavaScript.  Node 18 or later, no packages.
//
//	import { check } from './check.mjs';
//	const answer = await check(bytes, { name: 'politics/port.nitf' });
//	if (!answer.publish) hold(answer.why, answer.findings);
//
// `publish` is true only if wirelint has checked an article to its end and found nothing at or above failOn.  Whatever goes wrong (it is
// not there, takes too long, is killed, prints half a report) is false, with the reason in `why`.  check() never throws.
//
// As a program: node check.mjs NAME <STORY; exit status 0: publish, 1: held for its findings, 2: held since nobody knows.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const verdicts = { 0: 'pass', 1: 'fail', 2: 'incomplete' };

function held(why, report = {}) {
	return { publish: false, why, verdict: 'incomplete', findings: [], counts: {}, ...report };
}

function judge(code, signal, out, err) {
	let report;
	if (signal !== null) return held(`wirelint was ended by ${signal}`);
	try {
		report = JSON.parse(out);
	} catch {
		return held(`wirelint ended with ${code} and printed no report: ${err.trim()}`);
	}
	const { verdict, findings, counts } = report;
	if (!Array.isArray(findings) || typeof counts?.articles !== 'number') return held('the report is none of wirelint');
	if (verdicts[code] !== verdict) return held(`exit status ${code} and verdict '${verdict}' disagree`, { findings, counts });
	if (verdict === 'incomplete') return held('something could not be checked', { findings, counts });
	if (verdict === 'fail') return held('findings', { verdict, findings, counts });
	if (counts.articles < 1) return held('nothing was checked', { findings, counts });
	return { publish: true, why: '', verdict, findings, counts };
}

// story: a Buffer or string, as it will be stored.  name: what it will be called, which chooses the configuration.
export function check(story, { name = 'story', program = 'wirelint', seconds = 20, failOn = 'error', args = [], cwd } = {}) {
	return new Promise((resolve) => {
		const out = [], err = [];
		let child;
		try {
			child = spawn(program, ['check', '--fail-on', failOn, '--format', 'json', '--column-unit', 'utf16', '--quiet', ...args, '--stdin-filename', name, '-'],
				{ cwd, stdio: ['pipe', 'pipe', 'pipe'] });
		} catch (e) {
			return resolve(held(`wirelint could not be run: ${e.message}`));
		}
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			child.stdout.destroy();		// a child of the child might keep it open
			child.stderr.destroy();
			resolve(held(`it took longer than ${seconds} s`));
		}, seconds * 1000);
		child.on('error', (e) => {
			clearTimeout(timer);
			resolve(held(`wirelint could not be run: ${e.message}`));
		});
		child.on('close', (code, signal) => {
			clearTimeout(timer);
			resolve(judge(code, signal, Buffer.concat(out).toString(), Buffer.concat(err).toString()));
		});
		child.stdout.on('data', (b) => out.push(b));
		child.stderr.on('data', (b) => err.push(b));
		child.stdin.on('error', () => {});	// it may end before it has read all; its exit status says why
		child.stdin.end(story);
	});
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const story = [];
	for await (const bytes of process.stdin) story.push(bytes);
	const { WIRELINT: program, SECONDS_AT_MOST: seconds = 20 } = process.env;
	const answer = await check(Buffer.concat(story), { name: process.argv[2], program, seconds: Number(seconds) });
	for (const f of answer.findings)
		console.log(`${f.path}${f.span ? `:${f.span.start.line}:${f.span.start.column}` : ''}: ${f.severity}: ${f.message} [${f.rule}]`);
	if (!answer.publish) console.error(`check.mjs: held: ${answer.why}`);
	process.exitCode = answer.publish ? 0 : answer.verdict === 'fail' ? 1 : 2;
}
