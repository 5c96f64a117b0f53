// Downloads one week of an instrument's newest files.
const {values: {instrument, data_level, start}} = parseArgs({
  options: {
    instrument: {type: 'instrument', short: 'i', default: 'mag', description: 'which instrument'},
    data_level: {type: 'data_level', short: 'l', description: 'one data level; left out: all'},
    start: {type: 'date', short: 's', default: '-7d', description: 'first day of the week'},
  },
});

const end = addDays(start, 6);
const files = query({instrument, data_level, start_date: start, end_date: end, version: 'latest'});
files.summary();

const report = files.download({keep_going: true});
for (const {file_path, error} of report.failed) console.error(`${file_path}: ${error.message}`);
const replaced = report.replaced.length ? ` ${report.replaced.length} replaced,` : '';
print(`${instrument}, week of ${start}: ${report.downloaded.length} downloaded,${replaced}`,
  `${report.skipped.length} already present, ${report.failed.length} failed, in ${config.DATA_DIR}`);
exit(report.failed.length ? 3 : 0);
