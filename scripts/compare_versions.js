// Shows how far a reprocessing is: which version each product has on how many days.
const {values: {instrument, data_level, start, end, behind}} = parseArgs({
  options: {
    instrument: {type: 'instrument', short: 'i', default: 'mag', description: 'which instrument'},
    data_level: {type: 'data_level', short: 'l', default: 'l2', description: 'which data level'},
    start: {type: 'date', short: 's', default: '-30d', description: 'first day'},
    end: {type: 'date', short: 'e', default: 'today', description: 'last day'},
    behind: {type: 'boolean', short: 'b', description: 'list the files that have no newest version yet'},
  },
});

const files = query({instrument, data_level, start_date: start, end_date: end}).latest();

for (const [descriptor, product] of Object.entries(files.groupBy('descriptor'))) {
  const versions = product.sortBy('-version').groupBy('version');
  const newest = Object.keys(versions)[0];
  print(descriptor);
  for (const [version, {length}] of Object.entries(versions)) {
    print(`  ${version}  ${length} of ${product.length} days`);
  }
  if (!behind) continue;
  for (const {filename} of product.filter(file => file.version !== newest)) print(`    ${filename} is not ${newest}`);
}
if (files.length === 0) print(`no ${data_level} files of ${instrument} from ${start} to ${end}`);
