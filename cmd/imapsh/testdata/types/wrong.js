// Calls that tsc must refuse, one error for each line below this one.
query({instrumnt: 'mag'});
query({instrument: 'magg'});
query({instrument: 'mag', start_date: true});
download();
query({instrument: 'mag'}).latst();
query({instrument: 'mag'})[0].data_levl;
addDays('2026-01-05');
upload('imap_mag_cal_20260301_v001.csv', {skip_existing: 'yes'});
new ScienceFilePath();
config.API_KY = 'x';
