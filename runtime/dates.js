// Lets Date read the archive's own forms, in which the language's Date finds no date or
// finds another one: 20260109, 2026-009 (day of year), 20260110 08:24:50 and
// 2025-04-09, 21:12:53 are UTC. A day that does not exist is no date.
((Date, {construct}) => {
	const dayOfYear = /^(\d{4})-(\d{3})$/;
	const form = /^(\d{4})-?(\d\d)-?(\d\d)(?:,? (\d\d:\d\d:\d\d))?$/;
	const plain = Date.parse;
	const parse = {parse(text) {
		const counted = dayOfYear.exec(text);
		if (counted) {
			const time = plain(`${counted[1]}-01-01T00:00:00Z`) + (counted[2] - 1) * 86400000;
			return new Date(time).getUTCFullYear() === +counted[1] ? time : NaN;
		}
		const parts = form.exec(text);
		if (!parts) return plain(text);
		const day = `${parts[1]}-${parts[2]}-${parts[3]}`;
		const time = plain(`${day}T${parts[4] ?? '00:00:00'}Z`);
		return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? NaN : time;
	}}.parse;
	const put = (object, name, value) => Object.defineProperty(object, name, {value, writable: true, configurable: true});
	const made = {Date: function (...given) {
		if (new.target === undefined) return Date();
		if (given.length === 1 && typeof given[0] === 'string') given[0] = parse(given[0]);
		return construct(Date, given, new.target);
	}}.Date;
	Object.defineProperty(made, 'length', {value: 7});
	Object.defineProperty(made, 'prototype', {value: Date.prototype, writable: false});
	put(made, 'now', Date.now);
	put(made, 'UTC', Date.UTC);
	put(made, 'parse', parse);
	put(Date.prototype, 'constructor', made);
	put(globalThis, 'Date', made);
})(Date, Reflect)
