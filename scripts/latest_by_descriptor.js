// Shows the newest file of each product of an instrument: latest_by_descriptor.js [instrument] [data level]
const [instrument = 'mag', level = 'l2'] = args;

const products = query({instrument, data_level: level, version: 'latest'}).groupBy('descriptor');

for (const [descriptor, files] of Object.entries(products)) {
  const newest = files.sortBy('-start_date')[0];
  print(descriptor.padEnd(24), newest.start_date, newest.version, newest.filename);
}
if (Object.keys(products).length === 0) print(`no ${level} files of ${instrument}`);
