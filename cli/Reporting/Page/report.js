'use strict';
(() => {
  const report = JSON.parse(document.getElementById('report').textContent);
  const CHUNK = 100; // entries shown at once: what is not shown costs nothing
  const ROWS = 400; // diff lines shown at once
  const by = id => document.getElementById(id);

  // Every text goes in as text, never as markup.
  function el(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value);
    }
    node.append(...children.filter(c => c !== null && c !== undefined));
    return node;
  }

  const natural = new Intl.Collator('en', { numeric: true }).compare;
  const number = n => n.toLocaleString('en');
  const plural = (n, noun) => `${number(n)} ${noun}${n === 1 ? '' : 's'}`;
  const badge = (text, tone) => el('span', { class: `badge tone-${tone}` }, text);
  const place = f => `${f.file}:${f.line}`;

  const titles = new Map(report.rules.map(r => [r.id, r.title]));
  const help = new Map(report.rules.map(r => [r.id, r.help]));
  const changes = new Map(report.changes.map(c => [c.file, c]));
  const projectOf = new Map(report.findings.map(f => [f.file, f.project || f.file]));
  const isCheck = report.command === 'check';
  const isReview = f => f.status === 'fixed' && f.safety === 'review';

  // ---- diffs, parsed when they are first looked at
  const parsed = new Map();
  function hunks(file) {
    if (!parsed.has(file)) parsed.set(file, parse(changes.get(file).diff));
    return parsed.get(file);
  }

  function parse(diff) {
    const result = [];
    let hunk, oldLine, newLine, removed = [], added = [];
    const flush = () => {
      for (const [before, after] of aligned(removed, added)) hunk.rows.push({ old: before, new: after, changed: true });
      removed = []; added = [];
    };
    for (const line of diff.split('\n')) {
      const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)/.exec(line);
      if (head) {
        if (hunk) flush();
        oldLine = +head[1]; newLine = +head[3];
        hunk = { from: oldLine, to: oldLine + (head[2] === undefined ? 1 : +head[2]), rows: [] };
        result.push(hunk);
      } else if (!hunk || line.startsWith('\\') || line === '') continue;
      else if (line[0] === '-') removed.push({ no: oldLine++, text: line.slice(1) });
      else if (line[0] === '+') added.push({ no: newLine++, text: line.slice(1) });
      else { flush(); hunk.rows.push({ old: { no: oldLine++, text: line.slice(1) }, new: { no: newLine++, text: line.slice(1) } }); }
    }
    if (hunk) flush();
    return result;
  }

  // How much of two lines is a common start and end, from 0 to 1; indentation does not count.
  function likeness(a, b) {
    const [x, y] = [a.text.trim(), b.text.trim()];
    const most = Math.min(x.length, y.length);
    let start = 0, end = 0;
    while (start < most && x[start] === y[start]) start++;
    while (end < most - start && x[x.length - 1 - end] === y[y.length - 1 - end]) end++;
    const share = (start + end) / Math.max(x.length, y.length, 1);
    return share < 0.3 ? 0 : share;
  }

  // Puts replaced lines beside those that resemble them most, in order; the others fill the rows between.
  function aligned(removed, added) {
    const pairs = [];
    const side = (from, to, at, until) => {
      for (; from < to || at < until; from++, at++) pairs.push([from < to ? removed[from] : undefined, at < until ? added[at] : undefined]);
    };
    let [i, j, from, at] = [0, 0, 0, 0];
    if (removed.length !== added.length && removed.length * added.length <= 2500) {
      const best = Array.from({ length: removed.length + 1 }, () => new Float64Array(added.length + 1));
      for (let r = removed.length - 1; r >= 0; r--) {
        for (let a = added.length - 1; a >= 0; a--) best[r][a] = Math.max(best[r + 1][a], best[r][a + 1], best[r + 1][a + 1] + likeness(removed[r], added[a]));
      }
      while (i < removed.length && j < added.length) {
        const like = likeness(removed[i], added[j]);
        if (like > 0 && best[i][j] === best[i + 1][j + 1] + like) {
          side(from, i, at, j);
          pairs.push([removed[i++], added[j++]]);
          [from, at] = [i, j];
        } else if (best[i][j] === best[i + 1][j]) i++;
        else j++;
      }
    }
    side(from, removed.length, at, added.length);
    return pairs;
  }

  // The middle of a line that differs, between its common start and end.
  function marked(text, other) {
    if (other === undefined) return [text];
    let start = 0, end = 0;
    while (start < text.length && text[start] === other[start]) start++;
    while (end < text.length - start && end < other.length - start && text[text.length - 1 - end] === other[other.length - 1 - end]) end++;
    const middle = text.slice(start, text.length - end);
    return middle ? [text.slice(0, start), el('mark', null, middle), text.slice(text.length - end)] : [text];
  }

  function side(cell, other, changed, kind) {
    if (!cell) return [el('td', { class: 'no none' }), el('td', { class: 'none' })];
    const tone = changed ? kind : '';
    return [el('td', { class: `no ${tone}` }, String(cell.no)), el('td', { class: tone }, ...(changed ? marked(cell.text.replace(/\r$/, ''), other && other.text.replace(/\r$/, '')) : [cell.text.replace(/\r$/, '')]))];
  }

  function diffTable(file, shown) {
    const body = el('tbody');
    const rows = shown.flatMap((h, i) => [...(i ? [null] : []), ...h.rows]);
    let at = 0;
    const box = el('div', { class: 'diff', tabindex: 0, role: 'region', 'aria-label': `Changes in ${file}: left before, right after` },
      el('table', null,
        el('colgroup', null, el('col', { class: 'no' }), el('col'), el('col', { class: 'no' }), el('col')),
        body));
    const append = () => {
      for (const row of rows.slice(at, at + ROWS)) {
        body.append(row === null
          ? el('tr', { class: 'gap' }, el('td', { colspan: 4 }, '⋯'))
          : el('tr', null, ...side(row.old, row.new, row.changed, 'del'), ...side(row.new, row.old, row.changed, 'add')));
      }
      at += ROWS;
      if (at < rows.length) {
        const more = el('button', { type: 'button', class: 'more' }, `Show ${number(Math.min(ROWS, rows.length - at))} more lines (${number(rows.length - at)} left)`);
        more.addEventListener('click', () => { more.remove(); append(); });
        box.append(more);
      }
    };
    append();
    return box;
  }

  // ---- lists that grow on demand
  function growing(items, render, label) {
    const list = el('ol', { class: 'list' });
    const holder = el('div', null, list);
    let at = 0;
    const append = focus => {
      const first = items.slice(at, at + CHUNK).map(render);
      list.append(...first);
      at += CHUNK;
      if (at < items.length) {
        const more = el('button', { type: 'button', class: 'more' }, `Show ${number(Math.min(CHUNK, items.length - at))} more ${label} (${number(items.length - at)} left)`);
        more.addEventListener('click', () => { more.remove(); append(true); });
        holder.append(more);
      }
      // The button that had the focus is gone: go on with the first new entry.
      if (focus) { const target = first[0].querySelector('button, summary, a') || first[0]; target.focus(); }
    };
    append(false);
    return holder;
  }

  function section(id, title, items, render, label, none) {
    by(id).replaceChildren(
      el('h2', { id: `${id}-title` }, `${title} (${number(items.length)})`),
      items.length ? growing(items, render, label) : el('p', { class: 'empty' }, none));
  }

  // Filled when first opened.
  function lazyDetails(summary, fill) {
    const details = el('details', null, el('summary', null, ...summary));
    details.addEventListener('toggle', () => { if (details.open && details.childElementCount === 1) details.append(...fill()); });
    return details;
  }

  function hunkAt(f) {
    if (!changes.has(f.file)) return null;
    const all = hunks(f.file);
    return all.find(h => f.line >= h.from && f.line < Math.max(h.to, h.from + 1)) || null;
  }

  const isHelpful = url => typeof url === 'string' && url.startsWith('https://');
  const ruleName = id => isHelpful(help.get(id))
    ? el('a', { href: help.get(id), rel: 'noreferrer', title: titles.get(id) || id }, id)
    : el('span', null, id);

  function finding(f) {
    const tone = isReview(f) ? 'review' : f.status;
    const item = el('li', null,
      el('div', { class: 'row' },
        badge(isReview(f) ? 'review' : f.status, tone), ruleName(f.rule),
        el('span', { class: 'what' }, f.message), el('span', { class: 'mono' }, place(f)),
        f.inBaseline ? el('span', { class: 'badge' }, 'in baseline') : null),
      f.reason ? el('p', { class: 'reason' }, f.reason) : null);
    if (f.status === 'fixed' && changes.has(f.file)) {
      item.append(lazyDetails(['Show the change'], () => {
        const hunk = hunkAt(f);
        return [hunk ? diffTable(f.file, [hunk]) : el('p', { class: 'reason' }, 'Its change stands elsewhere in the file; see the file below.')];
      }));
    }
    return item;
  }

  function shapeEntry(group) {
    return el('li', null, lazyDetails(
      [el('span', { class: 'times' }, `${number(group.findings.length)} ×`), ' ', group.rule, ' ', el('code', null, group.shape),
        group.review ? el('span', null, ' ', badge(`${number(group.review)} to review`, 'review')) : null],
      () => {
        const hunk = hunkAt(group.findings[0]);
        const shown = group.findings.slice(0, ROWS);
        return [
          el('p', { class: 'reason' }, titles.get(group.rule) || ''),
          hunk ? diffTable(group.findings[0].file, [hunk]) : '',
          el('ul', { class: 'places mono' }, ...shown.map(f => el('li', null, place(f)))),
          shown.length < group.findings.length ? el('p', { class: 'reason' }, `and ${number(group.findings.length - shown.length)} more, under Files`) : ''];
      }));
  }

  const fileEntry = change => el('li', null, lazyDetails(
    [el('span', { class: 'mono' }, change.file), ' ', el('span', { class: 'plus' }, `+${number(change.added)}`), ' ', el('span', { class: 'minus' }, `−${number(change.removed)}`),
      change.new ? el('span', null, ' ', el('span', { class: 'badge' }, 'new')) : null],
    () => [diffTable(change.file, hunks(change.file))]));

  // ---- what does not depend on the filter
  function header() {
    const facts = [[report.dryRun ? 'dry run' : report.command], [`target ${report.target}`], report.run ? [`run ${report.run}`] : null,
      report.compiles ? [`compiles: ${report.compiles}`, report.compiles === 'yes' ? 'good' : 'bad'] : isCheck ? null : ['not compiled']];
    by('facts').replaceChildren(...facts.filter(Boolean).map(([text, tone]) => el('li', { class: tone }, text)));
    by('foot').textContent = `${report.tool} ${report.version} · ${Object.entries(report.timings).map(([stage, cost]) => `${stage} ${cost.seconds.toFixed(1)} s`).join(', ')}`;
    document.title = `Migration report: ${report.path.split('/').pop()}`;
  }

  function summary() {
    const s = report.summary;
    const skipped = isCheck ? ['open', s.skipped, 'Open, with a fix'] : ['skipped', s.skipped, 'Skipped'];
    const parts = [['fixed', s.fixed, 'Fixed'], ['manual', s.manual, 'Manual'], ['unverified', s.unverified, 'Unverified'], skipped];
    const tiles = [['found', s.found, 'Found'], ...parts, ['review', s.review, 'Fixed, to review'], ['files', report.changes.length, 'Files changed']];
    if (s.inBaseline) tiles.push(['skipped', s.inBaseline, 'In the baseline']);
    by('tiles').replaceChildren(...tiles.map(([tone, count, name]) => el('div', { class: `tone-${tone}` }, el('dt', null, name), el('dd', null, number(count)))));
    const words = parts.map(([, count, name]) => `${number(count)} ${name.toLowerCase()}`);
    by('sum').textContent = `Found ${number(s.found)} = ${words.join(' + ')}, in ${plural(s.projects, 'project')} with ${plural(s.files, 'C# file')}.`;
    by('bar').setAttribute('aria-label', `Of ${plural(s.found, 'finding')}: ${words.join(', ')}`);
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', `0 0 ${Math.max(s.found, 1)} 1`);
    svg.setAttribute('preserveAspectRatio', 'none');
    let x = 0;
    for (const [tone, count] of parts) {
      const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      for (const [key, value] of Object.entries({ x, y: 0, width: count, height: 1, class: `tone-${tone}` })) rect.setAttribute(key, value);
      svg.append(rect);
      x += count;
    }
    by('bar').replaceChildren(svg);
  }

  function counts(id, what, key, describe, select) {
    const groups = new Map();
    for (const f of report.findings) {
      if (!groups.has(key(f))) groups.set(key(f), []);
      groups.get(key(f)).push(f);
    }
    const columns = [['Found', () => true], ['Fixed', f => f.status === 'fixed'], ['Review', isReview], ['Manual', f => f.status === 'manual'],
      ['Unverified', f => f.status === 'unverified'], [isCheck ? 'Open' : 'Skipped', f => f.status === 'skipped' || f.status === 'open']]
      .filter(([, test]) => report.findings.some(test));
    const rows = [...groups.keys()].sort(natural).map(name => el('tr', null,
      el('td', null, el('button', { type: 'button', class: 'link', title: `Show only ${name}`, onclick: () => { by(select).value = name; apply(); by('content').focus(); } }, name), describe(name)),
      ...columns.map(([, test]) => el('td', null, number(groups.get(name).filter(test).length)))));
    by(id).replaceChildren(el('h3', null, `By ${what.toLowerCase()}`), rows.length
      ? el('table', { class: 'counts' }, el('thead', null, el('tr', null, el('th', { scope: 'col' }, what), ...columns.map(([name]) => el('th', { scope: 'col' }, name)))), el('tbody', null, ...rows))
      : el('p', { class: 'empty' }, 'Nothing was found.'));
  }

  function coverage() {
    const c = report.coverage;
    const list = items => el('ul', { class: 'coverage-list' }, ...items);
    by('coverage').replaceChildren(
      el('h2', { id: 'coverage-title' }, 'Coverage'),
      el('div', { class: 'box' },
        el('p', null, `${plural(c.files, 'C# file')} seen, ${plural(c.changed, 'file')} ${report.dryRun ? 'would change' : 'changed'}, ${number(c.notAnalysable.length)} not, or not wholly, analysable.`),
        c.notAnalysable.length ? el('h3', null, 'Not analysable') : null,
        c.notAnalysable.length ? list(c.notAnalysable.slice(0, ROWS).map(f => el('li', null, el('span', { class: 'mono' }, f.file), `: ${f.why}`))) : null,
        c.notAnalysable.length > ROWS ? el('p', { class: 'reason' }, `and ${number(c.notAnalysable.length - ROWS)} more, in the JSON report`) : null,
        report.notes.length ? el('h3', null, 'Notes') : null,
        report.notes.length ? list(report.notes.map(n => el('li', null, n))) : null,
        report.nextSteps.length ? el('h3', null, 'Next steps') : null,
        report.nextSteps.length ? list(report.nextSteps.map(n => el('li', null, n))) : null));
  }

  // ---- the filter
  function options(id, values) {
    by(id).replaceChildren(el('option', { value: '' }, 'all'), ...[...new Set(values)].sort(natural).map(v => el('option', { value: v }, v)));
  }

  function apply() {
    const [rule, project, safety, status] = ['rule', 'project', 'safety', 'status'].map(n => by(`f-${n}`).value);
    const text = by('f-text').value.trim().toLowerCase();
    const isAll = !rule && !project && !safety && !status && !text;
    const shown = report.findings.filter(f => (!rule || f.rule === rule) && (!project || (f.project || f.file) === project) && (!safety || f.safety === safety)
      && (!status || f.status === status) && (!text || `${f.file} ${f.message} ${f.reason || ''} ${f.shape || ''}`.toLowerCase().includes(text)));
    const touched = new Set(shown.map(f => f.file));
    const files = isAll ? report.changes : report.changes.filter(c => touched.has(c.file));

    const groups = new Map();
    for (const f of shown) {
      if (f.status !== 'fixed' || !f.shape) continue;
      const key = `${f.rule}\n${f.shape}`;
      if (!groups.has(key)) groups.set(key, { rule: f.rule, shape: f.shape, findings: [], review: 0 });
      groups.get(key).findings.push(f);
      if (isReview(f)) groups.get(key).review++;
    }

    section('left', isCheck ? 'Findings' : 'Left for you', shown.filter(f => f.status !== 'fixed'), finding, 'findings',
      isAll ? 'Nothing is left to do by hand.' : 'None that the filter lets through.');
    if (isCheck) {
      for (const id of ['review', 'shapes', 'files']) by(id).hidden = true;
    } else {
      section('review', 'To review', shown.filter(isReview), finding, 'findings', isAll ? 'No fix can change behaviour.' : 'None that the filter lets through.');
      section('shapes', 'Kinds of edit', [...groups.values()].sort((a, b) => b.findings.length - a.findings.length), shapeEntry, 'kinds of edit', 'No edits.');
      section('files', 'Files', files, fileEntry, 'files', 'No changed files.');
    }

    by('count').textContent = `${plural(shown.length, 'finding')} of ${number(report.findings.length)}${isCheck ? '' : `, ${plural(files.length, 'file')}`}`;
  }

  header();
  summary();
  counts('rules', 'Rule', f => f.rule, id => el('span', { class: 'title' }, ` ${titles.get(id) || ''}`), 'f-rule');
  counts('projects', 'Project', f => projectOf.get(f.file), () => null, 'f-project');
  coverage();
  options('f-rule', report.findings.map(f => f.rule));
  options('f-project', report.findings.map(f => projectOf.get(f.file)));
  options('f-safety', report.findings.map(f => f.safety));
  options('f-status', report.findings.map(f => f.status));
  by('filter').addEventListener('change', apply);
  by('f-text').addEventListener('input', apply);
  by('filter').addEventListener('submit', e => { e.preventDefault(); apply(); });
  by('filter').addEventListener('reset', () => setTimeout(apply, 0));
  apply();
})();
