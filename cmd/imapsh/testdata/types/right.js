// Calls in all the forms that functions take, which tsc must accept.
const files = query({instrument: ['mag', 'swe'], dataLevel: 'l2', start_date: new Date(), end_date: 20260105, version: 'latest'});
/** @type {string} */ const path = download('imap_swe_l0_raw_20260105_v001.0001.pkts', {dryRun: true});
/** @type {number} */ const failed = files.filter(f => f.dataLevel === 'l2').sortBy('-start_date').download({keep_going: true}).failed.length;
const byDay = files.slice(0, 3).groupBy('start_date')['20260105'].latest();
const {repointing, version} = new ScienceFilePath(ImapFilePath.parse(files[0].filename)).next();
try { upload([path]); } catch (e) { if (e instanceof TransferError) print(e.report.failed, e.hint, e.status); }
ScienceFilePath.generateFromInputs({instrument: 'swe', data_level: 'l0', descriptor: 'sci', startDate: '20240101', version: 'v001.0001', repointing: null});
exit(time(() => failed) + Number(repointing ?? 0) + byDay.length + version.length);
