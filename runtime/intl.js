// Intl.NumberFormat and Intl.DateTimeFormat as far as recipes need them: en-US and UTC. A
// locale or an option that is not here is an error that says what to do instead, since a
// wrong format looks like a right one.
((Date, {isFinite, isInteger}, RangeError) => {
	const refuse = message => { throw new RangeError(message); };
	const localeOf = (who, locales) => {
		for (const locale of locales === undefined ? [] : [].concat(locales)) {
			if (locale !== 'en-US' && locale !== 'en') refuse(`${who}: locale ${locale}: only en-US is here; put the parts together yourself for another: toFixed, padStart, toISOString`);
		}
		return 'en-US';
	};
	const pick = (who, options, allowed, advice) => {
		const picked = {};
		for (const key of Object.keys(options ?? {})) {
			const value = options[key];
			if (value === undefined) continue;
			if (!Object.hasOwn(allowed, key)) refuse(`${who}: option ${key} is not here; ${advice}`);
			const values = allowed[key];
			if (Array.isArray(values) ? !values.includes(value) : !(isInteger(value) && value >= values.from && value <= values.to)) {
				refuse(`${who}: ${key} ${String(value)}: must be ${Array.isArray(values) ? values.join(', ') : `from ${values.from} to ${values.to}`}; ${advice}`);
			}
			picked[key] = value;
		}
		return picked;
	};

	const numberOptions = {
		style: ['decimal', 'percent'], notation: ['standard'], useGrouping: [true, false, 'always', 'auto'],
		minimumIntegerDigits: {from: 1, to: 21}, minimumFractionDigits: {from: 0, to: 100}, maximumFractionDigits: {from: 0, to: 100},
	};
	const grouped = digits => digits.replace(/\B(?=(\d{3})+$)/g, ',');
	class NumberFormat {
		#options;
		constructor(locales, options) {
			const locale = localeOf('Intl.NumberFormat', locales);
			const given = pick('Intl.NumberFormat', options, numberOptions, 'toFixed, toPrecision and a text around them make other formats');
			const style = given.style ?? 'decimal', usual = style === 'percent' ? 0 : 3;
			const minimum = given.minimumFractionDigits ?? Math.min(0, given.maximumFractionDigits ?? 0);
			const maximum = given.maximumFractionDigits ?? Math.max(usual, minimum);
			if (minimum > maximum) refuse(`Intl.NumberFormat: minimumFractionDigits ${minimum}: must be at most maximumFractionDigits, ${maximum}`);
			this.#options = {
				locale, numberingSystem: 'latn', style, minimumIntegerDigits: given.minimumIntegerDigits ?? 1,
				minimumFractionDigits: minimum, maximumFractionDigits: maximum, useGrouping: given.useGrouping === false ? false : 'auto', notation: 'standard',
			};
			this.format = value => this.#format(value);
			Object.defineProperty(this, 'format', {enumerable: false});
		}
		#format(value) {
			const o = this.#options;
			let sign = '', whole, fraction = '';
			if (typeof value === 'bigint') {
				if (o.style === 'percent') value *= 100n;
				[sign, whole] = value < 0n ? ['-', String(-value)] : ['', String(value)];
			} else {
				value = Number(value);
				if (Number.isNaN(value)) return o.style === 'percent' ? 'NaN%' : 'NaN';
				if (value < 0 || Object.is(value, -0)) [sign, value] = ['-', -value];
				if (!isFinite(value)) return `${sign}∞${o.style === 'percent' ? '%' : ''}`;
				[whole, fraction = ''] = decimal(value, o.maximumFractionDigits, o.style === 'percent' ? 2 : 0).split('.');
			}
			fraction = fraction.padEnd(o.minimumFractionDigits, '0');
			while (fraction.length > o.minimumFractionDigits && fraction.endsWith('0')) fraction = fraction.slice(0, -1);
			whole = whole.padStart(o.minimumIntegerDigits, '0');
			return sign + (o.useGrouping ? grouped(whole) : whole) + (fraction ? '.' + fraction : '') + (o.style === 'percent' ? '%' : '');
		}
		resolvedOptions() { return {...this.#options}; }
		static supportedLocalesOf(locales) { return [].concat(locales ?? []).filter(locale => locale === 'en-US' || locale === 'en'); }
		get [Symbol.toStringTag]() { return 'Intl.NumberFormat'; }
	}
	// The decimal digits that write a number times a power of ten, rounded half away from zero: of the digits
	// that the number shows, as other engines do, and not of its binary value.
	const decimal = (value, places, power) => {
		const [mantissa, exponent = '0'] = String(value).split('e');
		let [whole, fraction = ''] = mantissa.split('.');
		const shift = Number(exponent) + power;
		if (shift > 0) {
			whole += fraction.slice(0, shift).padEnd(shift, '0');
			fraction = fraction.slice(shift);
		} else if (shift < 0) {
			fraction = whole.padStart(-shift, '0').slice(shift) + fraction;
			fraction = fraction.padStart(fraction.length, '0');
			whole = '0';
		}
		if (fraction.length > places) {
			const up = fraction[places] >= '5';
			const digits = BigInt(whole + fraction.slice(0, places)) + (up ? 1n : 0n);
			const text = String(digits).padStart(places + 1, '0');
			whole = text.slice(0, text.length - places);
			fraction = places ? text.slice(-places) : '';
		}
		whole = whole.replace(/^0+(?=\d)/, '');
		return fraction ? `${whole}.${fraction}` : whole;
	};

	const texts = {
		month: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
		weekday: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
	};
	const styles = ['full', 'long', 'medium', 'short'];
	const dateOptions = {
		timeZone: ['UTC', 'Etc/UTC', 'GMT'], calendar: ['gregory'], numberingSystem: ['latn'], dateStyle: styles, timeStyle: styles,
		weekday: ['long', 'short'], year: ['numeric', '2-digit'], month: ['numeric', '2-digit', 'long', 'short'], day: ['numeric', '2-digit'],
		hour: ['numeric', '2-digit'], minute: ['numeric', '2-digit'], second: ['numeric', '2-digit'], fractionalSecondDigits: {from: 1, to: 3},
		hour12: [true, false], hourCycle: ['h12', 'h23'], timeZoneName: ['short'],
	};
	const dateParts = ['weekday', 'year', 'month', 'day'], timeParts = ['hour', 'minute', 'second', 'fractionalSecondDigits'];
	const byStyle = {
		date: {
			full: {weekday: 'long', year: 'numeric', month: 'long', day: 'numeric'}, long: {year: 'numeric', month: 'long', day: 'numeric'},
			medium: {year: 'numeric', month: 'short', day: 'numeric'}, short: {year: '2-digit', month: 'numeric', day: 'numeric'},
		},
		time: {
			full: {hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'long'}, long: {hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short'},
			medium: {hour: 'numeric', minute: '2-digit', second: '2-digit'}, short: {hour: 'numeric', minute: '2-digit'},
		},
	};
	const two = n => String(n).padStart(2, '0');
	class DateTimeFormat {
		#options; #shown;
		constructor(locales, options, usual = dateParts.slice(1)) {
			const who = 'Intl.DateTimeFormat', advice = 'dates are UTC here, and toISOString() and dates such as 2026-01-05 need no format';
			const locale = localeOf(who, locales);
			const given = pick(who, options, dateOptions, advice);
			const parts = [...dateParts, ...timeParts].filter(part => given[part] !== undefined);
			const styled = given.dateStyle ?? given.timeStyle;
			if (styled && parts.length) refuse(`${who}: dateStyle and timeStyle go with no ${parts[0]}`);
			const shown = {};
			if (styled) Object.assign(shown, byStyle.date[given.dateStyle], byStyle.time[given.timeStyle]);
			else for (const part of parts) shown[part] = given[part];
			if (!styled && !parts.length) for (const part of usual) shown[part] = part === 'minute' || part === 'second' ? '2-digit' : 'numeric';
			if (given.timeZoneName && !styled) shown.timeZoneName = given.timeZoneName;
			for (const [part, needs] of [['second', 'minute'], ['fractionalSecondDigits', 'second']]) {
				if (shown[part] && !shown[needs]) refuse(`${who}: ${part} goes with ${needs} only; ${advice}`);
			}
			if (shown.minute && !shown.hour) refuse(`${who}: minute goes with hour only; ${advice}`);
			if (shown.day && shown.year && !shown.month || shown.weekday && shown.month && !shown.day || shown.weekday && shown.year && !shown.day || shown.weekday && shown.hour && !shown.day) refuse(`${who}: these parts of a date do not go together; ${advice}`);
			const h23 = given.hour12 === false || given.hour12 === undefined && given.hourCycle === 'h23';
			this.#shown = {...shown, h23, joint: shown.month === 'long' ? ' at ' : ', '};
			this.#options = {locale, calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC', ...(shown.hour ? {hourCycle: h23 ? 'h23' : 'h12', hour12: !h23} : {}), ...(styled ? {} : shown)};
			if (given.dateStyle) this.#options.dateStyle = given.dateStyle;
			if (given.timeStyle) this.#options.timeStyle = given.timeStyle;
			this.format = value => this.#format(value);
			Object.defineProperty(this, 'format', {enumerable: false});
		}
		#format(value) {
			const date = value === undefined ? new Date() : new Date(value);
			if (Number.isNaN(+date)) refuse(`Intl.DateTimeFormat: ${String(value)}: it is no date`);
			const both = [this.#date(date), this.#time(date)].filter(Boolean).join(this.#shown.joint);
			switch (this.#shown.timeZoneName) {
				case 'long': return both + ' Coordinated Universal Time';
				case 'short': return both + (this.#shown.hour ? ' UTC' : ', UTC');
			}
			return both;
		}
		#date(date) {
			const o = this.#shown;
			const text = (part, i) => o[part] === 'short' ? texts[part][i].slice(0, 3) : texts[part][i];
			const number = (part, n) => o[part] === '2-digit' ? two(n % 100) : String(n);
			const year = o.year && number('year', date.getUTCFullYear() > 0 ? date.getUTCFullYear() : 1 - date.getUTCFullYear());
			const day = o.day && number('day', date.getUTCDate());
			const weekday = o.weekday && text('weekday', date.getUTCDay());
			if (o.month === 'long' || o.month === 'short') {
				const monthDay = [text('month', date.getUTCMonth()), day].filter(Boolean).join(' ');
				return [weekday, day && year ? `${monthDay}, ${year}` : [monthDay, year].filter(Boolean).join(' ')].filter(Boolean).join(', ');
			}
			const numbers = [o.month && number('month', date.getUTCMonth() + 1), day, year].filter(Boolean);
			if (weekday && numbers.length === 1 && day) return `${day} ${weekday}`;
			return [weekday, numbers.join('/')].filter(Boolean).join(', ');
		}
		#time(date) {
			const o = this.#shown;
			if (!o.hour) return '';
			const h = date.getUTCHours();
			const hour = o.h23 ? two(h) : o.hour === '2-digit' ? two(h % 12 || 12) : String(h % 12 || 12);
			let time = hour;
			if (o.minute) time += `:${two(date.getUTCMinutes())}`;
			if (o.second) time += `:${two(date.getUTCSeconds())}`;
			if (o.fractionalSecondDigits) time += `.${String(date.getUTCMilliseconds()).padStart(3, '0').slice(0, o.fractionalSecondDigits)}`;
			return o.h23 ? time : `${time} ${h < 12 ? 'AM' : 'PM'}`;
		}
		resolvedOptions() { return {...this.#options}; }
		static supportedLocalesOf(locales) { return NumberFormat.supportedLocalesOf(locales); }
		get [Symbol.toStringTag]() { return 'Intl.DateTimeFormat'; }
	}
	return {
		NumberFormat, DateTimeFormat,
		number: (value, locales, options) => new NumberFormat(locales, options).format(value),
		date: (value, usual, locales, options) => new DateTimeFormat(locales, options, usual).format(value),
	};
})
