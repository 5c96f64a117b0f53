// Lists the days without a file of each product of an instrument.
const {values: {instrument, data_level, descriptor, start, end}} = parseArgs({
  options: {
    instrument: {type: 'instrument', short: 'i', default: 'mag', description: 'which instrument'},
    data_level: {type: 'data_level', short: 'l', default: 'l2', description: 'which data level'},
    descriptor: {type: 'descriptor', short: 'd', description: 'one product; left out: all that have files then'},
    start: {type: 'date', short: 's', default: '-30d', description: 'first day'},
    end: {type: 'date', short: 'e', default: 'yesterday', description: 'last day'},
  },
});

const files = query({instrument, data_level, descriptor, start_date: start, end_date: end});
const wanted = descriptor ? [descriptor] : files.unique('descriptor');

let missing = 0;
for (const product of wanted) {
  const present = new Set(files.filter(file => file.descriptor === product).map(file => file.start_date));
  const gaps = days(start, end).filter(day => !present.has(day));
  missing += gaps.length;
  print(product.padEnd(24), gaps.length ? gaps.join(' ') : 'complete');
}
print(`${instrument} ${data_level}, ${start} to ${end}: ${wanted.length} products, ${missing} days are missing`);
exit(missing ? 3 : 0);
