test('writes a list and a table of the same files', () => {
  const {code, stdout, files} = run('daily_report.js', ['--day', '2026-02-10']);
  assert.equal(code, 0);
  assert.match(stdout, /^# Arrivals of 20260210: \d+ files$/m);
  assert.ok(files.some(path => path.endsWith('report-20260210.md')));
  assert.ok(files.some(path => path.endsWith('report-20260210.csv')));

  const arrived = query({ingestion_start_date: '2026-02-10', ingestion_end_date: '2026-02-10'});
  assert.match(stdout, new RegExp(`: ${arrived.length} files`));
  const counts = [...stdout.matchAll(/^\| \w+ \| l\w+ \| (\d+) \|/gm)];
  assert.equal(counts.reduce((sum, [, count]) => sum + Number(count), 0), arrived.length);
});

test('is of yesterday by default', () => {
  assert.match(run('daily_report.js', []).stdout, /^# Arrivals of 20260210/m);
});
