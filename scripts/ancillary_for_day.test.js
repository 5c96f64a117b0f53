test('shows the newest version that holds', () => {
  const {code, stdout} = run('ancillary_for_day.js', ['-i', 'mag', '--day', '2026-01-20']);
  assert.equal(code, 0);
  const wanted = query({table: 'ancillary', instrument: 'mag'}).validOn('2026-01-20');
  assert.equal(stdout.trim().split('\n').length, wanted.length);
  for (const {filename} of wanted) assert.ok(stdout.includes(filename));
});

test('downloads them', () => {
  const {files} = run('ancillary_for_day.js', ['-i', 'mag', '--day', '2026-01-20', '-d']);
  assert.ok(files.some(path => path.includes('imap/ancillary/mag/')));
});

test('says that there are none, and exits with 3', () => {
  const {code, stdout} = run('ancillary_for_day.js', ['-i', 'mag', '--day', '2020-01-01']);
  assert.equal(code, 3);
  assert.match(stdout, /no ancillary files of mag hold for 20200101/);
});
