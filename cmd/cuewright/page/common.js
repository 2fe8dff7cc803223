
'use strict';
// Text of others is set by textContent alone.
const data = JSON.parse(document.getElementById('data').textContent);
const $ = (id) => document.getElementById(id);
const make = (tag, className, text) => {
	const e = document.createElement(tag);
	if (className) e.className = className;
	if (text !== undefined) e.textContent = text;
	return e;
};

$('title').textContent = data.title;
$('subtitle').textContent = data.subtitle;
for (const [label, value, level] of data.facts) {
	const d = make('div');
	d.append(make('dt', '', label), make('dd', level, value));
	$('facts').append(d);
}
