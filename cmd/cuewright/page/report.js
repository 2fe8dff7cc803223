
// All times are in milliseconds.
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));
const pad = (n, width) => String(n).padStart(width, '0');

function clock(ms, digits = 1) {
	const unit = 1000 / 10 ** digits;
	const t = Math.round(Math.max(0, ms) / unit);
	const per = 10 ** digits;
	const s = Math.floor(t / per);
	const fraction = digits ? '.' + pad(t % per, digits) : '';
	return `${Math.floor(s / 3600)}:${pad(Math.floor(s / 60) % 60, 2)}:${pad(s % 60, 2)}${fraction}`;
}

// As a screen reader says it best.
function spoken(ms) {
	const s = Math.round(ms / 1000);
	const parts = [[Math.floor(s / 3600), 'hour'], [Math.floor(s / 60) % 60, 'minute'], [s % 60, 'second']];
	return parts.filter(([n], i) => n || i === 2).map(([n, unit]) => `${n} ${unit}${n === 1 ? '' : 's'}`).join(' ');
}

const cues = data.cues.map(([start, end, speaker, text, expected, confidence, level], index) => ({ start, end, speaker, text, expected, confidence, level, index }));
const turns = data.turns.map(([start, end, speaker]) => ({ start, end, speaker }));
const words = data.words.map(([start, end, text, confidence]) => ({ start, end, text, confidence }));
const findings = data.findings.map(([start, end, kind, level, message, text, cue, expected, repair], index) => ({ start, end, kind, level, message, text, cue, expected, repair, index }));
const duration = Math.max(1000, data.duration, ...[cues, turns, words].map((list) => list.reduce((most, x) => Math.max(most, x.end), 0)));

$('length').textContent = `of ${clock(duration)}`;

// ---- colours

const hues = [212, 28, 152, 288, 348, 52, 184, 250, 100, 320];
const hue = (speaker) => (speaker < hues.length ? hues[speaker] : (speaker * 137.5) % 360);
let paint = {};
function readColours() {
	const style = getComputedStyle(document.documentElement);
	const value = (name) => style.getPropertyValue('--' + name).trim();
	paint = {};
	for (const name of ['page', 'card', 'line', 'text', 'dim', 'accent', 'focus', 'wave', 'wave-speech', 'speech', 'cue', 'cue-line', 'playhead',
		'error', 'warning', 'note', 'good', 'error-fill', 'warning-fill', 'note-fill', 'speaker-text']) paint[name] = value(name);
	paint.speaker = data.speakers.map((_, i) => `hsl(${hue(i)} ${value('speaker-chroma')} ${value('speaker-light')})`);
	document.querySelectorAll('.turn').forEach((e) => e.style.setProperty('--speaker', paint.speaker[e.dataset.speaker]));
}
const fill = (level) => paint[level + '-fill'] || paint.cue;
const ink = (level) => paint[level] || paint['cue-line'];

// ---- the levels, at 10 ms and averaged and at their highest over ever longer stretches

const levelStep = 10;
const pyramid = [];
{
	const raw = atob(data.levels);
	let high = Uint8Array.from(raw, (c) => c.charCodeAt(0));
	let mean = high;
	while (high.length > 1) {
		pyramid.push({ high, mean });
		const n = Math.ceil(high.length / 4);
		const nextHigh = new Uint8Array(n);
		const nextMean = new Uint8Array(n);
		for (let i = 0; i < n; i++) {
			let top = 0, sum = 0, k = 4 * i;
			for (; k < Math.min(high.length, 4 * i + 4); k++) {
				top = Math.max(top, high[k]);
				sum += mean[k];
			}
			nextHigh[i] = top;
			nextMean[i] = sum / (k - 4 * i);
		}
		high = nextHigh;
		mean = nextMean;
	}
}

// ---- the view

const timeline = $('timeline');
const overview = $('overview');
const shortest = Math.min(duration, 800); // a word and a little around it
const view = { start: 0, end: duration };
let target = null; // that the view moves to
const still = matchMedia('(prefers-reduced-motion: reduce)');
let selected = -1; // finding
let position = 0; // where the player is, or would be
let needed = false;

function draw() {
	if (!needed) {
		needed = true;
		requestAnimationFrame(frame);
	}
}

function bounded(start, length) {
	length = clamp(length, shortest, duration);
	start = clamp(start, 0, duration - length);
	return { start, end: start + length };
}

function show(start, length, smoothly) {
	const to = bounded(start, length);
	if (smoothly && !still.matches) {
		target = { from: { ...view }, to, began: performance.now() };
	} else {
		target = null;
		Object.assign(view, to);
	}
	draw();
}

function zoom(factor, at, smoothly) {
	const from = target ? target.to : view;
	const length = clamp((from.end - from.start) * factor, shortest, duration);
	const share = (at - from.start) / (from.end - from.start);
	show(at - share * length, length, smoothly);
}

// zoomHere zooms about the position where it is in view.
function zoomHere(factor) {
	const middle = (view.start + view.end) / 2;
	zoom(factor, position >= view.start && position <= view.end ? position : middle, true);
}

function reveal(t, smoothly) {
	const now = target ? target.to : view;
	const length = now.end - now.start;
	if (t < now.start + 0.05 * length || t > now.end - 0.05 * length) show(t - 0.3 * length, length, smoothly);
}

function frame(time) {
	needed = false;
	if (target) {
		const share = clamp((time - target.began) / 220, 0, 1);
		const eased = 1 - (1 - share) ** 3;
		// Lengths change by their ratio, so that a zoom looks even.
		const { from, to } = target;
		const a = from.end - from.start, b = to.end - to.start;
		const length = a * (b / a) ** eased;
		const part = Math.abs(b - a) > 1 ? (length - a) / (b - a) : eased;
		view.start = from.start + (to.start - from.start) * part;
		view.end = view.start + length;
		if (share < 1) draw();
		else {
			Object.assign(view, to);
			target = null;
		}
	}
	drawTimeline();
	drawOverview();
}

// from is the index of the first item that ends after t; ends are taken to be in order.
function from(list, t) {
	let low = 0, high = list.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (list[middle].end > t) high = middle;
		else low = middle + 1;
	}
	return low;
}

function surface(holder) {
	const canvas = holder.firstElementChild;
	const ratio = devicePixelRatio || 1;
	const { clientWidth: width, clientHeight: height } = holder;
	if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
		canvas.width = Math.round(width * ratio);
		canvas.height = Math.round(height * ratio);
	}
	const g = canvas.getContext('2d');
	g.setTransform(ratio, 0, 0, ratio, 0, 0);
	g.clearRect(0, 0, width, height);
	return { g, width, height };
}

const font = (size, weight = 400) => `${weight} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif`;

function drawWave(g, left, width, top, height, start, end) {
	if (!pyramid.length) return;
	const perPixel = (end - start) / width / levelStep;
	let rank = 0;
	while (rank + 1 < pyramid.length && 4 ** (rank + 1) <= perPixel) rank++;
	const { high, mean } = pyramid[rank];
	const unit = levelStep * 4 ** rank;
	const middle = top + height / 2;
	const reach = (v) => Math.max(0.5, (v / 255) ** 1.5 * height / 2);
	let segment = fromSpeech(start);
	const step = Math.max(1, unit / ((end - start) / width));
	const bars = [];
	for (let x = 0; x < width; x += step) {
		const t = start + (end - start) * x / width;
		const first = Math.floor(t / unit), last = Math.max(first + 1, Math.floor((t + (end - start) * step / width) / unit));
		let top = 0, sum = 0, n = 0;
		for (let i = first; i < last && i < high.length; i++) {
			top = Math.max(top, high[i]);
			sum += mean[i];
			n++;
		}
		if (!n) continue;
		while (segment < data.speech.length && data.speech[segment][1] <= t) segment++;
		const speech = segment < data.speech.length && data.speech[segment][0] <= t + unit;
		bars.push([left + x, reach(top), reach(sum / n), speech]);
	}
	const wide = step > 2 ? step - 1 : step;
	for (const speech of [false, true]) {
		g.fillStyle = paint[speech ? 'wave-speech' : 'wave'];
		for (const [alpha, which] of [[0.45, 1], [1, 2]]) {
			g.globalAlpha = alpha;
			for (const bar of bars) if (bar[3] === speech) g.fillRect(bar[0], middle - bar[which], wide, 2 * bar[which]);
		}
	}
}

function fromSpeech(t) {
	let low = 0, high = data.speech.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (data.speech[middle][1] > t) high = middle;
		else low = middle + 1;
	}
	return low;
}

const ticks = [100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 900000, 1800000, 3600000];
const gutter = 62;
const lanes = [
	{ name: '', top: 0, height: 20 },
	{ name: 'Level', top: 22, height: 66 },
	{ name: 'Turns', top: 92, height: 22 },
	{ name: 'Cues', top: 118, height: 36 },
	{ name: 'Words', top: 158, height: 22 },
	{ name: 'Sure', top: 184, height: 16 },
	{ name: 'Findings', top: 206, height: 22 },
];

// widths of texts by font: to clip is slow, and most texts fit.
const widths = new Map();
function widthOf(g, text) {
	const key = g.font + text;
	let width = widths.get(key);
	if (width === undefined) {
		if (widths.size > 20000) widths.clear();
		width = g.measureText(text).width;
		widths.set(key, width);
	}
	return width;
}

function boxText(g, text, left, right, baseline, colour, least = 30) {
	const at = Math.max(left, gutter) + 5;
	if (right - left - 8 < least || right - at < 8 || !text) return;
	g.fillStyle = colour;
	if (at + widthOf(g, text) <= right - 3) {
		g.fillText(text, at, baseline);
		return;
	}
	g.save();
	g.beginPath();
	g.rect(left + 3, baseline - 16, right - left - 6, 22);
	g.clip();
	g.fillText(text, at, baseline);
	g.restore();
}

// sureColour goes from red over amber to green.
function sureColour(c) {
	return c < 0.5 ? paint.error : c < 0.85 ? paint.warning : paint.good;
}

function drawTimeline() {
	const { g, width, height } = surface(timeline);
	const inner = Math.max(1, width - gutter);
	const { start, end } = view;
	const scale = inner / (end - start);
	const x = (t) => gutter + (t - start) * scale;
	const [ruler, level, turnLane, cueLane, wordLane, sureLane, findingLane] = lanes;

	g.save();
	g.beginPath();
	g.rect(gutter, 0, inner, height);
	g.clip();

	// Ruler.
	const tick = ticks.find((t) => t * scale >= 80) || ticks[ticks.length - 1];
	g.font = font(11);
	g.textBaseline = 'alphabetic';
	for (let t = Math.floor(start / tick) * tick; t <= end; t += tick) {
		g.fillStyle = paint.line;
		g.fillRect(Math.round(x(t)), 14, 1, height - 14);
		g.fillStyle = paint.dim;
		g.fillText(clock(t, tick < 1000 ? 1 : 0), x(t) + 4, 13);
	}

	// Speech by energy, and the level.
	g.fillStyle = paint.speech;
	for (let i = fromSpeech(start); i < data.speech.length && data.speech[i][0] < end; i++) {
		const [a, b] = data.speech[i];
		g.fillRect(x(a), level.top, Math.max(1, (b - a) * scale), level.height);
	}
	drawWave(g, gutter, inner, level.top, level.height, start, end);

	// Turns.
	g.font = font(12, 600);
	for (let i = from(turns, start); i < turns.length && turns[i].start < end; i++) {
		const t = turns[i];
		const left = x(t.start), right = Math.max(left + 1, x(t.end));
		g.fillStyle = paint.speaker[t.speaker];
		rounded(g, left, turnLane.top, right - left, turnLane.height);
		boxText(g, data.speakers[t.speaker], left, right, turnLane.top + 15, paint['speaker-text']);
	}

	// Cues, and where they should be.
	g.font = font(12);
	for (let i = firstCue(start); i < cues.length && cues[i].start < end; i++) {
		const c = cues[i];
		const left = x(c.start), right = Math.max(left + 1, x(c.end));
		g.fillStyle = fill(c.level);
		rounded(g, left, cueLane.top, right - left - (right - left > 3 ? 1 : 0), cueLane.height);
		if (right - left > 4) {
			g.fillStyle = ink(c.level);
			g.fillRect(left, cueLane.top, c.level ? 3 : 1.5, cueLane.height);
			const lines = c.text.split('\n');
			lines.slice(0, 2).forEach((line, k) => boxText(g, line, left, right, cueLane.top + (lines.length > 1 ? 15 + 15 * k : 22), paint.text));
		}
	}
	for (let i = firstCue(start - 120000); i < cues.length && cues[i].start < end + 120000; i++) {
		const c = cues[i];
		if (c.level !== 'error' && c.level !== 'warning' || c.expected < 0 || Math.abs(c.expected - c.start) * scale < 4) continue;
		g.strokeStyle = g.fillStyle = ink(c.level);
		g.lineWidth = 1.5;
		const a = x(c.start), b = x(c.expected), y = cueLane.top + cueLane.height + 1.5;
		const head = Math.sign(b - a) * 5;
		g.beginPath();
		g.moveTo(a, y);
		g.lineTo(b, y);
		g.moveTo(b - head, y - 3);
		g.lineTo(b, y);
		g.lineTo(b - head, y + 3);
		g.stroke();
	}

	// Words as they were found, and how sure that is: of those in a pixel, the least.
	g.font = font(12);
	const wide = scale * 280 > 26;
	let column = null, least = 2;
	const flush = (to) => {
		if (column === null) return;
		const h = Math.max(2, least * sureLane.height);
		g.fillStyle = paint['cue-line'];
		if (!wide) g.fillRect(column, wordLane.top + 8, to - column, 6);
		g.fillStyle = sureColour(least);
		g.fillRect(column, sureLane.top + sureLane.height - h, to - column, h);
	};
	for (let i = from(words, start); i < words.length && words[i].start < end; i++) {
		const w = words[i];
		const left = x(w.start), right = x(w.end);
		if (right - left < 1.5) {
			const at = Math.floor(left);
			if (at !== column) {
				flush(column + 1);
				column = at;
				least = 2;
			}
			least = Math.min(least, w.confidence);
			continue;
		}
		flush(column + 1);
		column = left;
		least = w.confidence;
		flush(right - 0.5);
		column = null;
		if (wide) {
			g.fillStyle = paint.cue;
			rounded(g, left, wordLane.top, right - left - 1, wordLane.height);
			boxText(g, w.text, left - 3, right + 3, wordLane.top + 15, paint.text, 8);
		}
	}
	flush(column + 1);

	// Findings.
	for (const f of findings.slice().reverse()) {
		if (f.end < start || f.start > end || f.end - f.start > 0.9 * duration) continue;
		const left = x(f.start), right = Math.max(left + 5, x(f.end));
		g.fillStyle = fill(f.level);
		rounded(g, left, findingLane.top, right - left, findingLane.height);
		g.fillStyle = ink(f.level);
		g.fillRect(left, findingLane.top, 3, findingLane.height);
		g.font = font(11.5, 600);
		boxText(g, f.kind, left, right, findingLane.top + 15, ink(f.level));
		if (f.index === selected) {
			g.strokeStyle = paint.focus;
			g.lineWidth = 2;
			g.strokeRect(left + 1, findingLane.top + 1, right - left - 2, findingLane.height - 2);
		}
	}

	// Where the player is.
	g.fillStyle = paint.playhead;
	g.fillRect(x(position) - 0.75, 0, 1.5, height);
	g.beginPath();
	g.moveTo(x(position) - 5, 0);
	g.lineTo(x(position) + 5, 0);
	g.lineTo(x(position), 7);
	g.fill();
	g.restore();

	g.font = font(11.5);
	g.fillStyle = paint.dim;
	for (const lane of lanes) g.fillText(lane.name, 0, lane.top + lane.height / 2 + 4);
}

function rounded(g, left, top, width, height) {
	if (width < 6) g.fillRect(left, top, width, height);
	else {
		g.beginPath();
		g.roundRect(left, top, width, height, 3);
		g.fill();
	}
}

// Cues of others may overlap: the latest end so far orders them.
const reach = [];
cues.forEach((c, i) => reach.push({ end: Math.max(c.end, i ? reach[i - 1].end : 0) }));
const firstCue = (t) => from(reach, t);

// What doesn't change of the overview is drawn once for each size and colour scheme.
const backdrop = document.createElement('canvas');
let backdropOf = '';

function drawOverview() {
	const { g, width, height } = surface(overview);
	const inner = width - gutter;
	const x = (t) => gutter + t / duration * inner;
	const of = [g.canvas.width, g.canvas.height, paint.page].join();
	if (of !== backdropOf) {
		backdropOf = of;
		backdrop.width = g.canvas.width;
		backdrop.height = g.canvas.height;
		const b = backdrop.getContext('2d');
		b.setTransform(g.getTransform());
		b.fillStyle = paint.page;
		b.fillRect(gutter, 0, inner, height);
		for (const t of turns) {
			b.fillStyle = paint.speaker[t.speaker];
			b.fillRect(x(t.start), height - 7, Math.max(0.7, x(t.end) - x(t.start)), 7);
		}
		drawWave(b, gutter, inner, 6, height - 15, 0, duration);
		for (const f of findings) {
			if (f.end - f.start > 0.9 * duration) continue;
			b.fillStyle = ink(f.level);
			b.fillRect(x(f.start), 0, Math.max(2, x(f.end) - x(f.start)), 5);
		}
		b.font = font(11.5);
		b.fillStyle = paint.dim;
		b.fillText('Episode', 0, height / 2 + 4);
	}
	g.drawImage(backdrop, 0, 0, width, height);
	if (view.end - view.start < duration) {
		g.strokeStyle = paint.accent;
		g.lineWidth = 2;
		const left = x(view.start), right = x(view.end);
		g.strokeRect(Math.min(left + 1, width - 5), 1, Math.max(3, right - left - 2), height - 2);
	}
	g.fillStyle = paint.playhead;
	g.fillRect(x(position) - 0.75, 0, 1.5, height);
}

// ---- the player

const player = $('player');
let broken = !data.audio;
if (data.audio) {
	player.src = data.audio;
	const track = player.addTextTrack('captions', 'Captions', data.lang);
	const escaped = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	for (const c of cues) if (c.end > c.start) track.addCue(new VTTCue(c.start / 1000, c.end / 1000, escaped(c.text)));
	track.mode = 'showing';
	player.addEventListener('error', () => {
		broken = true;
		trouble(`The recording can’t be played here: ${decodeURI(data.audio)}`);
	});
} else {
	trouble('No recording: times alone.');
}

function trouble(text) {
	$('trouble').textContent = text;
	$('trouble').hidden = false;
	$('play').disabled = $('speed').disabled = true;
}

function seek(t, center) {
	position = clamp(t, 0, duration);
	if (!broken) player.currentTime = position / 1000;
	reveal(position, true);
	if (center) tell();
	update();
}

function play(t) {
	if (t !== undefined) seek(t);
	if (!broken) player.play().catch((e) => { if (e.name !== 'AbortError') trouble(`The recording can’t be played here: ${e.message}`); });
}

function toggle() {
	if (player.paused) play();
	else player.pause();
}

function tickPlayer() {
	if (player.paused || player.ended) return;
	position = player.currentTime * 1000;
	reveal(position, false);
	update();
	requestAnimationFrame(tickPlayer);
}
player.addEventListener('play', () => {
	$('play').textContent = 'Pause';
	requestAnimationFrame(tickPlayer);
});
for (const name of ['pause', 'ended']) player.addEventListener(name, () => { $('play').textContent = 'Play'; });
player.addEventListener('seeked', () => {
	if (player.paused) update();
});
player.addEventListener('click', toggle);

// cueAt is the cue at t, or the last one before it; -1 for none.
function cueAt(t) {
	let low = 0, high = cues.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (cues[middle].start <= t) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}

let current = -1; // the cue that is marked in the list
function update() {
	$('now').textContent = clock(position);
	timeline.setAttribute('aria-valuenow', Math.round(position / 1000));
	const i = cueAt(position);
	const on = i >= 0 && cues[i].end > position ? i : -1;
	const who = on >= 0 && data.speakers[cues[on].speaker] ? data.speakers[cues[on].speaker] + ': ' : '';
	timeline.setAttribute('aria-valuetext', spoken(position) + (on >= 0 ? `, ${who}${cues[on].text.replace(/\n/g, ' ')}` : ''));
	if (i !== current) {
		mark($('cues'), `cue-${i}`, !player.paused || document.activeElement.closest('#cues') === null);
		current = i;
		if (selected < 0) detail();
	}
	draw();
}

function mark(list, id, scroll) {
	const old = list.querySelector('[aria-current]');
	if (old) old.removeAttribute('aria-current');
	const item = $(id);
	if (!item) return;
	item.setAttribute('aria-current', 'true');
	// scrollIntoView would also scroll the page.
	if (scroll && !item.hidden) list.scrollTop = item.offsetTop - list.offsetTop - list.clientHeight / 3;
}

// ---- the lists

function line(className, at, build, go) {
	const b = make('button', 'row ' + className);
	b.type = 'button';
	b.tabIndex = -1;
	b.append(make('span', 'at', clock(at)));
	const body = make('span', 'body');
	build(body);
	b.append(body);
	b.addEventListener('click', go);
	const li = make('li');
	li.append(b);
	return li;
}

const rowsOf = (list) => [...list.querySelectorAll('li:not([hidden]) > .row')];

// One row of a list can be reached by the tabulator, the arrows reach the others.
function roving(list) {
	const first = rowsOf(list)[0];
	if (first) first.tabIndex = 0;
	list.addEventListener('focusin', (e) => {
		list.querySelectorAll('.row[tabindex="0"]').forEach((b) => { b.tabIndex = -1; });
		e.target.tabIndex = 0;
	});
	list.addEventListener('keydown', (e) => {
		const all = rowsOf(list);
		const at = all.indexOf(document.activeElement);
		const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1, PageDown: at + 10, PageUp: at - 10 }[e.key];
		if (to === undefined || e.ctrlKey || e.metaKey || e.altKey) return;
		e.preventDefault();
		e.stopPropagation();
		const b = all[clamp(to, 0, all.length - 1)];
		if (b) b.focus();
	});
}

const emptyText = (text) => make('li', 'empty', text);

for (const f of findings) {
	const li = line('finding ' + f.level, f.start, (body) => {
		body.append(make('span', 'badge ' + f.level, f.kind), document.createTextNode(f.message));
		if (f.text) {
			const quote = make('span', 'quote', f.text.length > 160 ? f.text.slice(0, 160) + '…' : f.text);
			quote.lang = data.lang;
			body.append(quote);
		}
	}, () => choose(f.index, true));
	li.id = `finding-${f.index}`;
	$('findings').append(li);
}
if (!findings.length) $('findings').append(emptyText('Nothing found.'));
$('findings-title').textContent = `Findings (${findings.length})`;
for (const kind of new Set(findings.map((f) => f.kind))) {
	const o = make('option', '', `${kind} (${findings.filter((f) => f.kind === kind).length})`);
	o.value = kind;
	$('kinds').append(o);
}
$('kinds').addEventListener('change', () => {
	for (const f of findings) $(`finding-${f.index}`).hidden = $('kinds').value !== '' && f.kind !== $('kinds').value;
	const first = rowsOf($('findings'))[0];
	if (first) first.tabIndex = 0;
});

{
	let speaker = -1;
	const all = document.createDocumentFragment();
	const named = cues.some((c) => data.speakers[c.speaker]); // else heads would tell nothing
	for (const c of cues) {
		if (named && c.speaker !== speaker) {
			speaker = c.speaker;
			const head = make('li', 'turn', data.speakers[speaker] || 'Nobody named');
			head.dataset.speaker = speaker;
			all.append(head);
		}
		const li = line('cue ' + c.level, c.start, (body) => {
			body.append(document.createTextNode(c.text.replace(/\n/g, ' ')));
			body.lang = data.lang;
		}, () => {
			selected = -1;
			play(c.start);
			detail();
		});
		li.id = `cue-${c.index}`;
		all.append(li);
	}
	$('cues').append(all);
	$('cues-title').textContent = `Cues (${cues.length})`;
}
$('search').addEventListener('input', () => {
	const wanted = $('search').value.toLowerCase();
	let head = null, shown = 0;
	for (const li of $('cues').children) {
		if (li.classList.contains('turn')) {
			if (head) head.hidden = !shown;
			head = li;
			shown = 0;
			continue;
		}
		li.hidden = wanted !== '' && !li.textContent.toLowerCase().includes(wanted);
		if (!li.hidden) shown++;
	}
	if (head) head.hidden = !shown;
	const first = rowsOf($('cues'))[0];
	if (first) first.tabIndex = 0;
});

// before is how much is played before a finding, to hear it come.
const before = 700;

function choose(i, andPlay) {
	selected = i;
	const f = findings[i];
	mark($('findings'), `finding-${i}`, document.activeElement.closest('#findings') === null);
	$('said').textContent = `Finding ${i + 1} of ${findings.length}: ${f.kind}, ${f.message}, at ${spoken(f.start)}`;
	const length = clamp(2 * (f.end - f.start) + 4000, 8000, 60000);
	const whole = f.end - f.start > 0.9 * duration;
	if (whole) show(0, duration, true);
	else show(f.start - 0.25 * length, length, true);
	detail();
	// What is true of all is heard at the first cue, or where that should be.
	const first = whole && cues[f.cue];
	const at = first ? Math.min(first.start, first.expected < 0 ? first.start : first.expected) : f.start;
	if (andPlay) play(Math.max(0, at - before));
	else seek(at);
}

function step(by) {
	const all = findings.filter((f) => !$(`finding-${f.index}`).hidden);
	if (!all.length) return;
	const at = all.findIndex((f) => f.index === selected);
	const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : clamp(at + by, 0, all.length - 1);
	choose(all[to].index, true);
}

function stepCue(by) {
	const i = clamp(cueAt(position + 1) + by, 0, cues.length - 1);
	if (cues[i]) {
		selected = -1;
		seek(cues[i].start, true);
		detail();
	}
}

function tell() {
	$('said').textContent = timeline.getAttribute('aria-valuetext') || '';
}

// detail shows the chosen finding, or else the cue at the position.
function detail() {
	const box = $('detail');
	box.replaceChildren();
	const times = (text) => box.append(make('p', 'times', text));
	const quote = (text) => {
		const p = make('p', 'quote', text);
		p.lang = data.lang;
		box.append(p);
	};
	const seconds = (ms) => `${(Math.abs(ms) / 1000).toFixed(2)} s ${ms >= 0 ? 'late' : 'early'}`;
	if (selected >= 0) {
		const f = findings[selected];
		const p = make('p', 'what');
		p.append(make('span', 'badge ' + f.level, f.kind), document.createTextNode(f.message));
		box.append(p);
		times(`${clock(f.start, 2)} – ${clock(f.end, 2)}` + (f.expected >= 0 && f.cue >= 0 ? `, should be at ${clock(f.expected, 2)}` : ''));
		if (f.text) quote(f.text);
		if (f.repair) box.append(make('p', 'repair', f.repair));
		return;
	}
	const c = cues[cueAt(position)];
	if (!c) {
		times(findings.length ? 'Choose a finding or a cue, or press N for the worst finding.' : 'Choose a cue.');
		return;
	}
	if (data.speakers[c.speaker]) box.append(make('p', 'what', data.speakers[c.speaker]));
	quote(c.text.replace(/\n/g, ' '));
	let text = `${clock(c.start, 2)} – ${clock(c.end, 2)}`;
	if (c.expected >= 0) text += `, ${Math.abs(c.start - c.expected) < 5 ? 'on time' : seconds(c.start - c.expected)}`;
	if (c.confidence >= 0) text += `, confidence ${c.confidence.toFixed(2)}`;
	times(text);
}

// ---- mouse and touch

function timeAt(e) {
	const box = timeline.getBoundingClientRect();
	return view.start + (e.clientX - box.left - gutter) / Math.max(1, box.width - gutter) * (view.end - view.start);
}

timeline.addEventListener('wheel', (e) => {
	e.preventDefault();
	const unit = e.deltaMode === 1 ? 16 : e.deltaMode === 2 ? 400 : 1;
	const sideways = e.shiftKey ? e.deltaY || e.deltaX : e.deltaX;
	const length = view.end - view.start;
	if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) show(view.start + sideways * unit / timeline.clientWidth * length, length);
	else zoom(1.0018 ** (e.deltaY * unit), clamp(timeAt(e), view.start, view.end));
}, { passive: false });

{
	const pointers = new Map();
	let moved = 0, pinch = null;
	timeline.addEventListener('pointerdown', (e) => {
		if (e.button) return;
		timeline.setPointerCapture(e.pointerId);
		pointers.set(e.pointerId, e.clientX);
		moved = 0;
		pinch = null;
	});
	timeline.addEventListener('pointermove', (e) => {
		if (!pointers.has(e.pointerId)) return;
		const by = e.clientX - pointers.get(e.pointerId);
		pointers.set(e.pointerId, e.clientX);
		moved += Math.abs(by);
		const length = view.end - view.start;
		if (pointers.size === 2) {
			const [a, b] = pointers.values();
			const apart = Math.max(20, Math.abs(a - b));
			if (pinch) zoom(pinch / apart, timeAt({ clientX: (a + b) / 2 }));
			pinch = apart;
		} else if (moved > 4) {
			timeline.classList.add('dragging');
			show(view.start - by / Math.max(1, timeline.clientWidth - gutter) * length, length);
		}
	});
	const up = (e) => {
		if (!pointers.delete(e.pointerId)) return;
		timeline.classList.remove('dragging');
		if (e.type === 'pointerup' && moved <= 4 && !pointers.size) click(e);
	};
	timeline.addEventListener('pointerup', up);
	timeline.addEventListener('pointercancel', up);
}

// A click on a finding chooses it, elsewhere it sets the position.
function click(e) {
	const t = clamp(timeAt(e), 0, duration);
	const y = e.clientY - timeline.getBoundingClientRect().top;
	const lane = lanes[lanes.length - 1];
	const slack = 4 * (view.end - view.start) / timeline.clientWidth;
	const hit = y >= lane.top && findings.find((f) => f.start - slack <= t && t <= f.end + slack && f.end - f.start <= 0.9 * duration);
	if (hit) choose(hit.index, true);
	else {
		selected = -1;
		seek(t);
		detail();
	}
}
timeline.addEventListener('dblclick', (e) => play(clamp(timeAt(e), 0, duration)));

{
	const go = (e) => {
		const box = overview.getBoundingClientRect();
		const t = (e.clientX - box.left - gutter) / Math.max(1, box.width - gutter) * duration;
		const length = view.end - view.start < duration ? view.end - view.start : duration / 10;
		show(t - length / 2, length, e.type === 'pointerdown');
	};
	overview.addEventListener('pointerdown', (e) => {
		overview.setPointerCapture(e.pointerId);
		go(e);
	});
	overview.addEventListener('pointermove', (e) => {
		if (overview.hasPointerCapture(e.pointerId)) go(e);
	});
}

// ---- buttons and keys

$('play').addEventListener('click', toggle);
$('next').addEventListener('click', () => step(1));
$('previous').addEventListener('click', () => step(-1));
$('next').disabled = $('previous').disabled = !findings.length;
$('speed').addEventListener('change', () => { player.playbackRate = Number($('speed').value); });
$('in').addEventListener('click', () => zoomHere(0.5));
$('out').addEventListener('click', () => zoomHere(2));
$('all').addEventListener('click', () => show(0, duration, true));
$('word').addEventListener('click', toWord);
$('keys').addEventListener('click', () => $('help-dialog').showModal());

// toWord shows the word at the position, and a little around it.
function toWord() {
	const w = words[from(words, position)];
	const middle = w && w.start < position + 2000 ? (w.start + w.end) / 2 : position;
	const length = w ? Math.max(shortest, 4 * (w.end - w.start)) : 1000;
	show(middle - length / 2, length, true);
}

const keys = {
	' ': toggle,
	ArrowLeft: (e) => seek(position - (e.shiftKey ? 10000 : 1000), true),
	ArrowRight: (e) => seek(position + (e.shiftKey ? 10000 : 1000), true),
	PageDown: () => seek(position + 60000, true),
	PageUp: () => seek(position - 60000, true),
	Home: () => seek(0, true),
	End: () => seek(duration, true),
	n: () => step(1),
	p: () => step(-1),
	j: () => stepCue(1),
	k: () => stepCue(-1),
	'+': () => zoomHere(0.5),
	'=': () => zoomHere(0.5),
	'-': () => zoomHere(2),
	0: () => show(0, duration, true),
	w: toWord,
	f: () => focusList('findings'),
	c: () => focusList('cues'),
	t: () => timeline.focus(),
	'?': () => $('help-dialog').showModal(),
};

function focusList(id) {
	const b = $(id).querySelector('[aria-current] > .row') || $(id).querySelector('.row[tabindex="0"]') || rowsOf($(id))[0];
	if (b) b.focus();
}

document.addEventListener('keydown', (e) => {
	if (e.ctrlKey || e.metaKey || e.altKey || $('help-dialog').open) return;
	const on = e.target.tagName;
	if (on === 'INPUT' || on === 'SELECT') return;
	if (on === 'BUTTON' && e.key === ' ') return; // presses it
	const act = keys[e.key.length === 1 ? e.key.toLowerCase() : e.key];
	if (!act) return;
	e.preventDefault();
	act(e);
});

// ---- begin

for (const [name, colour] of [['speech', 'wave-speech'], ['other sound', 'wave'], ['error', 'error'], ['warning', 'warning'], ['note', 'note']]) {
	const s = make('span', '', '');
	const i = make('i');
	i.style.background = `var(--${colour})`;
	s.append(i, document.createTextNode(name));
	$('legend').append(s);
}
timeline.setAttribute('aria-valuemax', Math.round(duration / 1000));
readColours();
roving($('findings'));
roving($('cues'));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
	readColours();
	draw();
});
new ResizeObserver(draw).observe(timeline);
detail();
update();
