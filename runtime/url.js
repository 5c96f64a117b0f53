// URL and URLSearchParams: https://url.spec.whatwg.org/. What a URL means is Go's to say;
// here is what of it scripts see.
(({parse, set}, {defineProperty, keys}, Symbol) => {
	const typeError = message => { throw new TypeError(message); };
	const text = value => typeof value === 'symbol' ? typeError('a URL takes no symbol') : String(value);
	const encode = word => encodeURIComponent(word.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g, '$1\ufffd'))
		.replace(/%20/g, '+').replace(/[!'()~]/g, c => '%' + c.charCodeAt(0).toString(16).toUpperCase());
	const bytesOf = word => {
		const bytes = [];
		for (let i = 0; i < word.length; i++) {
			const hex = word[i] === '%' && /^[0-9a-fA-F]{2}$/.test(word.slice(i + 1, i + 3)) ? word.slice(i + 1, i + 3) : '';
			if (hex) { bytes.push(parseInt(hex, 16)); i += 2; } else if (word[i] < '\x80') bytes.push(word.charCodeAt(i));
			else {
				const character = String.fromCodePoint(word.codePointAt(i));
				bytes.push(...new TextEncoder().encode(character));
				i += character.length - 1;
			}
		}
		return new Uint8Array(bytes);
	};
	const decode = word => {
		word = word.replace(/\+/g, ' ');
		return word.includes('%') ? new TextDecoder('utf-8', {ignoreBOM: true}).decode(bytesOf(word)) : word;
	};
	const read = query => query.split('&').filter(part => part !== '').map(part => {
		const at = part.indexOf('=');
		return at < 0 ? [decode(part), ''] : [decode(part.slice(0, at)), decode(part.slice(at + 1))];
	});

	let attach, refresh; // what URL and its URLSearchParams do with one another
	class URLSearchParams {
		#pairs = []; #changed = () => {};
		static {
			attach = (params, changed) => { params.#changed = changed; };
			refresh = (params, query) => { params.#pairs = read(query); };
		}
		constructor(from = '') {
			if (typeof from === 'object' && from !== null) {
				if (from[Symbol.iterator]) {
					for (const pair of from) {
						const both = [...pair];
						if (both.length !== 2) typeError('URLSearchParams: each pair must have a name and a value');
						this.#pairs.push(both.map(text));
					}
				} else for (const key of keys(from)) this.#pairs.push([text(key), text(from[key])]);
			} else {
				from = text(from);
				this.#pairs = read(from.startsWith('?') ? from.slice(1) : from);
			}
		}
		get size() { return this.#pairs.length; }
		append(name, value) { this.#pairs.push([text(name), text(value)]); this.#changed(String(this)); }
		delete(name, value) {
			this.#pairs = this.#pairs.filter(pair => pair[0] !== text(name) || value !== undefined && pair[1] !== text(value));
			this.#changed(String(this));
		}
		get(name) { return this.#pairs.find(pair => pair[0] === text(name))?.[1] ?? null; }
		getAll(name) { return this.#pairs.filter(pair => pair[0] === text(name)).map(pair => pair[1]); }
		has(name, value) { return this.#pairs.some(pair => pair[0] === text(name) && (value === undefined || pair[1] === text(value))); }
		set(name, value) {
			const first = this.#pairs.find(pair => pair[0] === text(name));
			if (!first) return this.append(name, value);
			first[1] = text(value);
			this.#pairs = this.#pairs.filter(pair => pair === first || pair[0] !== first[0]);
			this.#changed(String(this));
		}
		sort() {
			this.#pairs = this.#pairs.map((pair, i) => [pair, i]).sort(([a, i], [b, j]) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : i - j).map(([pair]) => pair);
			this.#changed(String(this));
		}
		forEach(callback, self) { for (const [name, value] of this) callback.call(self, value, name, this); }
		*entries() { for (let i = 0; i < this.#pairs.length; i++) yield [...this.#pairs[i]]; }
		*keys() { for (const [name] of this) yield name; }
		*values() { for (const [, value] of this) yield value; }
		[Symbol.iterator]() { return this.entries(); }
		toString() { return this.#pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'); }
		get [Symbol.toStringTag]() { return 'URLSearchParams'; }
	}

	class URL {
		#parts; #params;
		constructor(url, base) {
			this.#parts = parse(text(url), base === undefined ? null : text(base));
			if (!this.#parts) typeError(`Invalid URL: ${text(url)}${base === undefined ? '' : `, against ${text(base)}`}`);
		}
		static canParse(url, base) { return Boolean(parse(text(url), base === undefined ? null : text(base))); }
		static parse(url, base) { return URL.canParse(url, base) ? new URL(url, base) : null; }
		static {
			for (const name of ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']) {
				defineProperty(URL.prototype, name, {
					get() { return this.#parts[name]; },
					set(value) {
						this.#parts = set(this.#parts.href, name, text(value)) ?? this.#parts;
						if (name === 'search' && this.#params) refresh(this.#params, this.#parts.search.slice(1));
					},
					enumerable: true, configurable: true,
				});
			}
		}
		get href() { return this.#parts.href; }
		set href(value) {
			this.#parts = parse(text(value), null) ?? typeError(`Invalid URL: ${text(value)}`);
			if (this.#params) refresh(this.#params, this.#parts.search.slice(1));
		}
		get origin() { return this.#parts.origin; }
		get searchParams() {
			if (!this.#params) {
				this.#params = new URLSearchParams(this.#parts.search);
				attach(this.#params, query => { this.#parts = set(this.#parts.href, 'search', query) ?? this.#parts; });
			}
			return this.#params;
		}
		toString() { return this.href; }
		toJSON() { return this.href; }
		get [Symbol.toStringTag]() { return 'URL'; }
	}
	return {URL, URLSearchParams};
})
