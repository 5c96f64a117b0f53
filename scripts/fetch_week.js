// Downloads one week of an instrument's newest files: fetch_week.js [instrument] [first day] [data level]
const [instrument = 'mag', start = '-7d', level] = args;
const first = addDays(start, 0); // as YYYYMMDD

const files = query({
  instrument,
  data_level: level,
  start_date: first,
  end_date: addDays(first, 6),
  version: 'latest',
});
files.summary();

const report = files.download({keep_going: true});
for (const {file_path, error} of report.failed) console.error(`${file_path}: ${error.message}`);
const replaced = report.replaced.length ? ` ${report.replaced.length} replaced,` : '';
print(`${instrument}, week of ${first}: ${report.downloaded.length} downloaded,${replaced}`,
  `${report.skipped.length} already present, ${report.failed.length} failed, in ${config.DATA_DIR}`);
exit(report.failed.length ? 3 : 0);
