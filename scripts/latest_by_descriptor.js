// Shows the newest file of each product of an instrument.
const {values: {instrument, data_level}} = parseArgs({
  options: {
    instrument: {type: 'instrument', short: 'i', default: 'mag', description: 'which instrument'},
    data_level: {type: 'data_level', short: 'l', default: 'l2', description: 'which data level'},
  },
});

const products = query({instrument, data_level, version: 'latest'}).groupBy('descriptor');

for (const [descriptor, files] of Object.entries(products)) {
  const newest = files.sortBy('-start_date')[0];
  print(descriptor.padEnd(24), newest.start_date, newest.version, newest.filename);
}
if (Object.keys(products).length === 0) print(`no ${data_level} files of ${instrument}`);
