
'use strict';
// The page is complete without this: it adds what plays, follows and finds.
const $ = (id) => document.getElementById(id);
const audio = document.querySelector('audio');
const words = [...document.querySelectorAll('main p > *')];
const timed = audio ? words.filter((w) => w.dataset.t) : [];
const starts = timed.map((w) => w.dataset.t / 1000);
const ends = timed.map((w, i) => w.dataset.e ? w.dataset.e / 1000 : starts[i + 1] ?? Infinity);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

function show(element) {
	const { top, bottom } = element.getBoundingClientRect();
	const bar = document.querySelector('.bar').getBoundingClientRect().bottom;
	if (top < bar + 8 || bottom > innerHeight * 0.8) {
		scrollTo({ top: scrollY + top - bar - (innerHeight - bar) / 4, behavior: calm.matches ? 'auto' : 'smooth' });
	}
}

// at returns the index of the word that is said at a time, or -1.
function at(time) {
	let low = 0;
	let high = starts.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (starts[middle] <= time) low = middle + 1; else high = middle;
	}
	return low > 0 && time < ends[low - 1] ? low - 1 : -1;
}

let now = -1;
function mark() {
	const i = at(audio.currentTime + 0.02);
	if (i === now) return;
	timed[now]?.classList.remove('now');
	now = i;
	if (now < 0) return;
	timed[now].classList.add('now');
	if ($('follow').checked && !audio.paused) show(timed[now]);
}

function tick() {
	mark();
	if (!audio.paused) requestAnimationFrame(tick);
}

function play(seconds) {
	audio.currentTime = seconds;
	mark();
	audio.play().catch(() => {}); // told by the error event, if anything is wrong
}

if (audio) {
	document.body.classList.add('live');
	audio.addEventListener('play', tick);
	audio.addEventListener('seeked', mark);
	audio.addEventListener('error', () => {
		$('trouble').textContent = `The recording can’t be played: ${decodeURI(audio.getAttribute('src'))}`;
		$('trouble').hidden = false;
	});
	$('transcript').addEventListener('click', (e) => {
		const link = e.target.closest('a.at');
		if (link) {
			if (e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
			e.preventDefault();
			play(Number(link.dataset.s) / 1000);
			return;
		}
		const word = e.target.closest('[data-t]');
		if (word && getSelection().isCollapsed) play(word.dataset.t / 1000);
	});
	for (const by of ['wheel', 'touchmove']) {
		addEventListener(by, () => { if (!audio.paused) $('follow').checked = false; }, { passive: true });
	}
} else {
	document.querySelector('.follow').hidden = true;
	$('play').hidden = true;
}

// Each paragraph, and each name of a speaker, is searched as one text, in which each word, or the name, has its place.
const plain = (s) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const paragraphs = [...document.querySelectorAll('main p, main cite')].map((p) => {
	let text = '';
	const places = [];
	for (const node of p.matches('cite') ? [p] : p.childNodes) {
		if (node.nodeType === Node.TEXT_NODE) {
			text += node.data ? ' ' : '';
			continue;
		}
		const word = plain(node.textContent);
		places.push([text.length, text.length + word.length, node]);
		text += word;
	}
	return { text, places };
});

let matches = []; // lists of words
let chosen = -1;

function search() {
	for (const w of document.querySelectorAll('.hit')) w.classList.remove('hit', 'here');
	const wanted = plain($('find').value).trim().replace(/\s+/g, ' ');
	matches = [];
	chosen = -1;
	if (wanted) {
		for (const { text, places } of paragraphs) {
			let first = 0; // of the words that end behind the match
			for (let i = text.indexOf(wanted); i >= 0; i = text.indexOf(wanted, i + wanted.length)) {
				while (places[first][1] <= i) first++;
				let last = first;
				while (last < places.length && places[last][0] < i + wanted.length) last++;
				const hit = places.slice(first, last).map(([, , word]) => word);
				for (const word of hit) word.classList.add('hit');
				matches.push(hit);
			}
		}
	}
	for (const id of ['previous', 'next', 'play']) $(id).disabled = matches.length === 0;
	if (matches.length > 0) choose(0); else $('found').textContent = wanted ? 'not found' : '';
}

function choose(i) {
	for (const word of matches[chosen] ?? []) word.classList.remove('here');
	chosen = (i + matches.length) % matches.length;
	for (const word of matches[chosen]) word.classList.add('here');
	$('found').textContent = `${chosen + 1} of ${matches.length}`;
	show(matches[chosen][0]);
}

$('search').hidden = false;
$('search').addEventListener('submit', (e) => e.preventDefault());
$('find').addEventListener('input', search);
$('find').addEventListener('keydown', (e) => {
	if (e.key === 'Enter' && matches.length > 0) choose(chosen + (e.shiftKey ? -1 : 1));
	if (e.key === 'Enter') e.preventDefault();
	if (e.key === 'Escape') { $('find').value = ''; search(); }
});
$('previous').addEventListener('click', () => choose(chosen - 1));
$('next').addEventListener('click', () => choose(chosen + 1));
$('play').addEventListener('click', () => {
	const hit = matches[chosen]; // a name has no time: it is that of the first word behind it
	const word = hit.find((w) => w.dataset.t) ??
		words.find((w) => w.dataset.t && hit[0].compareDocumentPosition(w) & Node.DOCUMENT_POSITION_FOLLOWING);
	if (word) play(word.dataset.t / 1000);
});
