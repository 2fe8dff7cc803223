
const head = document.querySelector('thead tr');
const body = document.querySelector('tbody');
let rows = data.rows;
let sorted = { column: -1, down: false };

// Numbers first by their value; what is empty comes last either way.
function compare(x, y, number) {
	if (x === '' || y === '') return (x === '') - (y === '');
	const d = number ? parseFloat(x) - parseFloat(y) : x.localeCompare(y);
	return sorted.down ? -d : d;
}

function show() {
	const wanted = $('search').value.toLowerCase();
	const shown = rows.filter((r) => r.cells.some((c) => c.toLowerCase().includes(wanted)));
	body.replaceChildren(...shown.map((r) => {
		const tr = make('tr', r.level);
		r.cells.forEach((c, i) => {
			const td = make('td', data.columns[i][1] ? 'number' : '');
			if (i === 0 && r.link) {
				const a = make('a', '', c);
				a.href = r.link;
				td.append(a);
			} else {
				td.textContent = c;
			}
			tr.append(td);
		});
		return tr;
	}));
	$('count').textContent = `${shown.length} of ${rows.length}`;
}

data.columns.forEach(([name, number], i) => {
	const th = make('th', number ? 'number' : '');
	th.scope = 'col';
	const b = make('button', '', name);
	b.type = 'button';
	b.addEventListener('click', () => {
		sorted = { column: i, down: sorted.column === i && !sorted.down };
		rows = data.rows.slice().sort((x, y) => compare(x.cells[i], y.cells[i], number));
		head.querySelectorAll('th').forEach((other) => other.removeAttribute('aria-sort'));
		th.setAttribute('aria-sort', sorted.down ? 'descending' : 'ascending');
		show();
	});
	th.append(b);
	head.append(th);
});
$('search').addEventListener('input', show);
show();
