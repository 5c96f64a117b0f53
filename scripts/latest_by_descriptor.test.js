test('has a line for each product', () => {
  const {code, stdout} = run('latest_by_descriptor.js', ['--instrument', 'mag']);
  assert.equal(code, 0);
  const lines = stdout.trim().split('\n');
  assert.equal(lines.length, query({instrument: 'mag', data_level: 'l2'}).unique('descriptor').length);
  for (const line of lines) assert.match(line, /^\S+ +\d{8} v\d{3}\.\d{4} imap_mag_l2_\S+\.cdf$/);
});

test('shows no older version', () => {
  const {stdout} = run('latest_by_descriptor.js', ['-i', 'swe']);
  const newest = query({instrument: 'swe', data_level: 'l2', descriptor: 'sci', version: 'latest'}).sortBy('-start_date')[0];
  assert.ok(stdout.includes(newest.filename));
});

test('says that there are none', () => {
  assert.equal(run('latest_by_descriptor.js', ['-i', 'swe', '-l', 'l3e']).stdout, 'no l3e files of swe\n');
});
