test('counts each file once, under its newest version', () => {
  const {code, stdout} = run('compare_versions.js', ['-i', 'swe', '-s', '2026-01-12', '-e', '2026-01-25']);
  assert.equal(code, 0);
  const counts = [...stdout.matchAll(/^  v\d{3}\.\d{4}  (\d+) of (\d+) days$/gm)];
  const total = query({instrument: 'swe', data_level: 'l2', start_date: '2026-01-12', end_date: '2026-01-25', version: 'latest'}).length;
  assert.equal(counts.reduce((sum, [, count]) => sum + Number(count), 0), total);
});

test('lists what has no newest version yet', () => {
  const {stdout} = run('compare_versions.js', ['-i', 'mag', '-s', '2026-01-12', '-e', '2026-02-09', '--behind']);
  assert.match(stdout, /^ {4}imap_mag_l2_\S+_v\d{3}\.\d{4}\.cdf is not v\d{3}\.\d{4}$/m);
});

test('says that there are none', () => {
  const {stdout} = run('compare_versions.js', ['-i', 'swe', '-s', '2020-01-01', '-e', '2020-01-02']);
  assert.equal(stdout, 'no l2 files of swe from 20200101 to 20200102\n');
});
