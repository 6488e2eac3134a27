'use strict';
(() => {
const $ = (id) => document.getElementById(id);
function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [k, v] of Object.entries(props)) k in node ? node[k] = v : node.setAttribute(k, v);
  node.append(...children);
  return node;
}
const signed = (x, digits) => (x < 0 ? '−' : '+') + Math.abs(x).toFixed(digits);

// Tables sort by the numbers that their cells begin with, or as text; what is missing comes last
function key(cell) {
  const text = cell.textContent.trim(), number = parseFloat(text.replace(/^[<+]/, '').replace('−', '-'));
  return {text, number, missing: text === '' || text === '-' || text === '–'};
}
function sortBy(table, head, column) {
  const down = head.getAttribute('aria-sort') === 'ascending', body = table.tBodies[0], rows = [...body.rows];
  const keys = new Map(rows.map(r => [r, key(r.cells[column])])), known = [...keys.values()].filter(k => !k.missing);
  const numeric = known.length && known.every(k => !Number.isNaN(k.number));
  const order = (a, b) => numeric ? a.number - b.number : a.text.localeCompare(b.text, 'en', {numeric: true});
  rows.sort((r, s) => {
    const a = keys.get(r), b = keys.get(s);
    return a.missing - b.missing || (a.missing ? 0 : (down ? -1 : 1)*order(a, b));
  });
  body.append(...rows);
  for (const h of table.tHead.rows[0].cells) h.setAttribute('aria-sort', 'none');
  head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  $('said').textContent = `Sorted by ${head.textContent}, ${down ? 'descending' : 'ascending'}`;
}
for (const table of document.querySelectorAll('table.sortable'))
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = make('button', {type: 'button'}, ...head.childNodes);
    button.addEventListener('click', () => sortBy(table, head, column));
    head.append(button);
    head.setAttribute('aria-sort', 'none');
  });

// The passage viewer
const data = JSON.parse($('passage-data').textContent);
const {epochs, layers, passages, kinds} = data;
if (!passages.length) return;
const state = {p: 0, e: epochs.length-1, l: data.layer, mode: 'change'};
const bytes = new Map();
function scores(p) {                     // every token's bytes, epoch by epoch, layer by layer
  if (!p.tokens) return null;
  if (!bytes.has(p)) bytes.set(p, Uint8Array.from(atob(p.tokens), c => c.charCodeAt(0)));
  return bytes.get(p);
}
function tokenScore(p, e, l, t) {
  const at = data.scored.indexOf(e), n = p.pieces.length, q = at < 0 ? 255 : scores(p)[(at*layers.length + l)*n + t];
  return q === 255 ? null : data.low[l] + q/254*(data.high[l] - data.low[l]);
}
function shown(p, t) {                   // what a token is coloured by: null where there is nothing
  const now = tokenScore(p, state.e, state.l, t);
  if (now === null || state.mode === 'score') return now;
  const then = tokenScore(p, 0, state.l, t);
  return then === null ? null : now - then;
}
function color(x, low, high, map) {
  const ramp = data.colors[map];
  return ramp[Math.round(Math.min(1, Math.max(0, (x-low)/(high-low)))*(ramp.length-1))];
}
const limits = () => state.mode === 'score' ? data.limits.score[state.l] : data.limits.change[state.l];
const paint = (node, background) => { node.style.background = background; node.style.color = data.ink; };
const hit = (p, e, t) => t < p.prompt ? 0 : p.hits[e][t-p.prompt] === '1' ? 1 : 2;

function drawText(p) {
  const box = $('passage-text'), coloured = p.tokens && state.mode !== 'none', [low, high] = limits();
  box.replaceChildren();
  if (!p.hits) { box.append(p.pieces.join('')); return; }
  let group = null, kind = -1;
  p.pieces.forEach((piece, t) => {
    const k = hit(p, state.e, t);
    if (k !== kind) {
      if (kind === 0) group.append(make('span', {className: 'bracket', 'aria-hidden': 'true'}, '⟧'));
      group = make('span', {role: 'group', 'aria-label': kinds[k]});
      if (k === 0) group.append(make('span', {className: 'bracket', 'aria-hidden': 'true'}, '⟦'));
      box.append(group);
      kind = k;
    }
    const token = make('span', {className: kinds[k]}, piece || data.no_text);
    if (coloured) {
      const x = shown(p, t);
      token.title = x === null ? 'no score' : `${signed(x, 2)} nats`;
      x === null ? token.classList.add('bare') : paint(token, color(x, low, high, state.mode));
    }
    group.append(token);
  });
}
function drawLegend(p) {
  const box = $('legend'), [low, high] = limits(), ramp = make('span', {className: 'ramp', 'aria-hidden': 'true'});
  box.replaceChildren();
  if (p.hits) box.append(make('span', {}, '⟦prompt⟧'), make('span', {className: 'reproduced'}, 'reproduced'), make('span', {className: 'missed'}, 'missed'));
  if (!p.tokens || state.mode === 'none') return;
  for (let i = 0; i <= 16; i++) { const step = make('i'); paint(step, color(i/16, 0, 1, state.mode)); ramp.append(step); }
  box.append(make('span', {}, signed(low, 2), ramp, `${signed(high, 2)} nats${state.mode === 'change' ? ' against epoch 0' : ''}, higher is tighter`));
}
function drawTokens(p) {
  const table = $('token-table');
  table.replaceChildren();
  if (!$('token-details').open || !p.hits) return;
  const head = ['position', 'token', 'kind', ...(p.tokens ? ['score, nats', 'change, nats'] : [])];
  table.append(make('thead', {}, make('tr', {}, ...head.map(o => make('th', {scope: 'col'}, o)))));
  const body = make('tbody');
  p.pieces.forEach((piece, t) => {
    const row = make('tr', {}, make('th', {scope: 'row', className: 'n'}, String(t)), make('td', {}, make('bdi', {}, piece || data.no_text)), make('td', {}, kinds[hit(p, state.e, t)]));
    if (p.tokens) {
      const now = tokenScore(p, state.e, state.l, t), then = tokenScore(p, 0, state.l, t);
      row.append(make('td', {className: 'n'}, now === null ? '–' : signed(now, 2)), make('td', {className: 'n'}, now === null || then === null ? '–' : signed(now-then, 2)));
    }
    body.append(row);
  });
  table.append(body);
}
function drawGrid(p) {
  const grid = $('grid'), change = state.mode !== 'score', body = make('tbody');
  const value = (l, e) => p.scores[l][e] === null ? null : change ? p.scores[l][e] - p.scores[l][0] : p.scores[l][e];
  const all = p.scores.flat().filter(x => x !== null), [low, high] = change ? [-data.grid, data.grid] : [Math.min(...all), Math.max(...all)+1e-9];
  $('grid-title').textContent = `This passage at every layer and epoch: ${change ? 'change against epoch 0' : 'score'}, nats`;
  grid.replaceChildren(make('thead', {}, make('tr', {}, make('th', {scope: 'col'}, 'epoch'), ...epochs.map(e => make('th', {scope: 'col'}, String(e))))));
  body.append(make('tr', {className: 'plain'}, make('th', {scope: 'row'}, 'reproduced'), ...p.recall.map(r => make('td', {}, `${Math.round(100*r)}%`))));
  for (let l = layers.length-1; l >= 0; l--) {
    const row = make('tr', {}, make('th', {scope: 'row'}, `layer ${layers[l]}`));
    epochs.forEach((_, e) => {
      const x = value(l, e), cell = make('td', {}, x === null ? '–' : signed(x, 2));
      if (x !== null) paint(cell, color(x, low, high, change ? 'change' : 'score'));
      if (l === state.l && e === state.e) { cell.className = 'current'; cell.setAttribute('aria-current', 'true'); }
      cell.addEventListener('click', () => { state.l = l; state.e = e; draw(); });
      row.append(cell);
    });
    body.append(row);
  }
  grid.append(body);
}
function draw() {
  const p = passages[state.p], e = state.e, l = state.l, now = p.scores[l][e], then = p.scores[l][0];
  $('pick').value = state.p;
  $('epoch').value = e; $('epoch').setAttribute('aria-valuetext', `epoch ${epochs[e]}`); $('epoch-value').textContent = epochs[e];
  $('layer').value = l; $('layer').setAttribute('aria-valuetext', `layer ${layers[l]}`); $('layer-value').textContent = layers[l];
  $('passage-title').textContent = `Passage ${p.i}, ${p.trained ? 'trained' : 'novel'}, ${p.article}`;
  const facts = [`At epoch ${epochs[e]}: ${Math.round(100*p.recall[e])}% reproduced`, `loss ${p.loss[e].toFixed(2)} nats a token`];
  if (now !== null) facts.push(`compression at layer ${layers[l]} ${signed(now, 2)} nats (${signed(now-then, 3)} against epoch 0)`);
  facts.push(p.onset === null ? 'not memorized at any checkpoint' : p.onset === 0 ? 'memorized before training' : `first memorized at epoch ${p.onset}`);
  if (!p.tokens) facts.push(data.why);
  $('passage-facts').textContent = facts.filter(Boolean).join(' · ');
  drawText(p); drawLegend(p); drawTokens(p); drawGrid(p);
  $('token-details').hidden = !p.hits;
  for (const row of document.querySelectorAll('#passage-list tbody tr')) row.classList.toggle('current', row.cells[0].dataset.open === String(p.i));
}
function open(number, focus) {
  const at = passages.findIndex(p => p.i === number);
  if (at < 0) return;
  state.p = at;
  draw();
  if (focus) { $('viewer').scrollIntoView(); $('passage-title').focus({preventScroll: true}); }
}
passages.forEach((p, n) => $('pick').append(make('option', {value: n}, `${p.i} · ${p.trained ? 'trained' : 'novel'} · ${p.article}`.slice(0, 60))));
$('epoch').max = epochs.length-1;
$('layer').max = layers.length-1;
$('pick').addEventListener('change', o => { state.p = Number(o.target.value); draw(); });
$('epoch').addEventListener('input', o => { state.e = Number(o.target.value); draw(); });
$('layer').addEventListener('input', o => { state.l = Number(o.target.value); draw(); });
$('previous').addEventListener('click', () => { state.p = (state.p + passages.length-1) % passages.length; draw(); });
$('next').addEventListener('click', () => { state.p = (state.p+1) % passages.length; draw(); });
$('token-details').addEventListener('toggle', () => drawTokens(passages[state.p]));
for (const o of document.getElementsByName('mode')) o.addEventListener('change', () => { state.mode = o.value; draw(); });
for (const cell of document.querySelectorAll('#passage-list [data-open]')) {
  const number = Number(cell.dataset.open), button = make('button', {type: 'button', className: 'open', 'aria-label': `Open passage ${number}`}, String(number));
  button.addEventListener('click', () => open(number, true));
  cell.replaceChildren(button);
}
const wanted = /^#passage-(\d+)$/, follow = focus => { const m = wanted.exec(location.hash); if (m) open(Number(m[1]), focus); };
addEventListener('hashchange', () => follow(true));
$('viewer').hidden = false;
draw();
follow(true);
})();
