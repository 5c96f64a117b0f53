// What the language has and the engine has not, compiled when the first of it is used. It
// keeps what it uses of the language, so that a script that replaces some of it breaks
// itself alone.
((native, {defineProperty, entries, getPrototypeOf, hasOwn, is, keys}, {apply, construct, ownKeys}, Array, Map, Set, Promise, Symbol) => {
	const typeError = message => { throw new TypeError(message); };
	const named = (name, error) => defineProperty(error, 'name', {value: name, writable: true, configurable: true});

	// structuredClone: https://html.spec.whatwg.org/#structuredserializeinternal
	const notCloned = what => { throw named('DataCloneError', new Error(`structuredClone: ${what} cannot be copied`)); };
	const views = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array, BigUint64Array, DataView];
	const errors = {Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError};
	const tag = value => apply(Object.prototype.toString, value, []).slice(8, -1);
	const copy = (value, seen) => {
		if (typeof value === 'symbol') notCloned('a symbol');
		if (typeof value === 'function') notCloned(`a function${value.name ? `, ${value.name},` : ''}`);
		if (typeof value !== 'object' || value === null) return value;
		if (seen.has(value)) return seen.get(value);
		const keep = made => (seen.set(value, made), made);
		if (Array.isArray(value)) {
			const made = keep(new Array(value.length));
			for (const key of keys(value)) made[key] = copy(value[key], seen);
			return made;
		}
		switch (tag(value)) {
			case 'Date': return keep(new Date(+value));
			case 'RegExp': return keep(new RegExp(value.source, value.flags));
			case 'Boolean': case 'Number': case 'String': case 'BigInt': return keep(Object(value.valueOf()));
			case 'ArrayBuffer': return keep(value.slice(0));
			case 'Promise': case 'WeakMap': case 'WeakSet': case 'Generator': notCloned(`a ${tag(value)}`);
		}
		if (value instanceof Map) {
			const made = keep(new Map());
			for (const [key, item] of [...value]) made.set(copy(key, seen), copy(item, seen));
			return made;
		}
		if (value instanceof Set) {
			const made = keep(new Set());
			for (const item of [...value]) made.add(copy(item, seen));
			return made;
		}
		if (ArrayBuffer.isView(value)) {
			const View = views.find(view => value instanceof view);
			return keep(new View(copy(value.buffer, seen), value.byteOffset, value.length ?? value.byteLength));
		}
		if (value instanceof Error) {
			const Class = hasOwn(errors, value.name) ? errors[value.name] : Error;
			const made = keep(new Class(String(value.message)));
			defineProperty(made, 'stack', {value: value.stack, writable: true, configurable: true});
			if (hasOwn(value, 'cause')) defineProperty(made, 'cause', {value: copy(value.cause, seen), writable: true, configurable: true});
			return made;
		}
		const made = keep({});
		for (const key of keys(value)) defineProperty(made, key, {value: copy(value[key], seen), writable: true, enumerable: true, configurable: true});
		return made;
	};

	const group = (items, callback, add) => {
		if (items === null || items === undefined) typeError('groupBy: it takes a list');
		if (typeof callback !== 'function') typeError('groupBy: it takes a list and a function: groupBy(list, x => …)');
		let i = 0;
		for (const item of items) add(callback(item, i++), item);
	};

	// The bytes of a view or of a buffer.
	const bytesOf = (input, who) => {
		if (input === undefined) return new Uint8Array();
		if (input instanceof ArrayBuffer) return new Uint8Array(input);
		if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
		return typeError(`${who}: it takes bytes: an ArrayBuffer, a Uint8Array, …`);
	};

	return {
		structuredClone(value, options) {
			if (arguments.length === 0) typeError('structuredClone: it takes a value');
			if (options?.transfer?.length) notCloned('by transfer, what is transferred');
			return copy(value, new Map());
		},
		groupBy(items, callback) {
			const groups = Object.create(null);
			group(items, callback, (key, item) => (hasOwn(groups, key) ? groups[key] : (groups[key] = [])).push(item));
			return groups;
		},
		mapGroupBy(items, callback) {
			const groups = new Map();
			group(items, callback, (key, item) => {
				if (!groups.has(key)) groups.set(key, []);
				groups.get(key).push(item);
			});
			return groups;
		},
		// https://tc39.es/proposal-array-from-async/
		async fromAsync(items, mapper, self) {
			if (items === null || items === undefined) typeError('Array.fromAsync: it takes a list');
			if (mapper !== undefined && typeof mapper !== 'function') typeError('Array.fromAsync: the second argument must be a function');
			const begin = items[Symbol.asyncIterator] ?? items[Symbol.iterator];
			const made = typeof this === 'function' ? (begin ? new this() : new this(+items.length || 0)) : [];
			let i = 0;
			const add = async item => {
				if (mapper) item = await apply(mapper, self, [item, i]);
				defineProperty(made, i++, {value: item, writable: true, enumerable: true, configurable: true});
			};
			if (begin) {
				const iterator = apply(begin, items, []);
				for (;;) {
					const step = await iterator.next();
					if (Object(step) !== step) typeError('Array.fromAsync: what next() gives is no object');
					if (step.done) break;
					try {
						await add(await step.value);
					} catch (e) {
						await iterator.return?.();
						throw e;
					}
				}
			} else {
				for (const length = +items.length || 0; i < length;) await add(await items[i]);
			}
			made.length = i;
			return made;
		},
		withResolvers() {
			let resolve, reject;
			const promise = new this((yes, no) => { resolve = yes; reject = no; });
			return {promise, resolve, reject};
		},
		promiseTry(callback, ...args) {
			return new this(resolve => resolve(callback(...args)));
		},
		queueMicrotask(callback) {
			if (typeof callback !== 'function') typeError('queueMicrotask: it takes a function');
			Promise.resolve().then(() => { callback(); });
		},
		btoa(text) {
			if (arguments.length === 0) typeError('btoa: it takes a text');
			const found = native.toBase64(String(text));
			if (found === null) throw named('InvalidCharacterError', new Error('btoa: it takes characters up to U+00FF; encode others first: new TextEncoder().encode(text).toBase64()'));
			return found;
		},
		atob(text) {
			if (arguments.length === 0) typeError('atob: it takes a text');
			const found = native.fromBase64(String(text));
			if (found === null) throw named('InvalidCharacterError', new Error('atob: the text is not base64'));
			return found;
		},
		TextEncoder: class TextEncoder {
			get encoding() { return 'utf-8'; }
			encode(text = '') { return new Uint8Array(native.encode(String(text))); }
			encodeInto(text, into) {
				if (!(into instanceof Uint8Array)) typeError('encodeInto: it takes a text and a Uint8Array');
				let read = 0, written = 0;
				for (const character of String(text)) {
					const bytes = new Uint8Array(native.encode(character));
					if (written + bytes.length > into.length) break;
					into.set(bytes, written);
					written += bytes.length;
					read += character.length;
				}
				return {read, written};
			}
			get [Symbol.toStringTag]() { return 'TextEncoder'; }
		},
		TextDecoder: class TextDecoder {
			#encoding; #fatal; #ignoreBOM;
			constructor(label = 'utf-8', {fatal = false, ignoreBOM = false} = {}) {
				this.#encoding = native.encodingOf(String(label));
				if (this.#encoding === null) throw new RangeError(`TextDecoder: ${label}: must be utf-8, utf-16le, utf-16be or windows-1252 (latin1, ascii)`);
				this.#fatal = Boolean(fatal);
				this.#ignoreBOM = Boolean(ignoreBOM);
			}
			get encoding() { return this.#encoding; }
			get fatal() { return this.#fatal; }
			get ignoreBOM() { return this.#ignoreBOM; }
			decode(input, {stream = false} = {}) {
				if (stream) typeError('TextDecoder: stream is not available: decode the bytes at once');
				const bytes = bytesOf(input, 'decode');
				const text = native.decode(this.#encoding, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength), this.#ignoreBOM, this.#fatal);
				return text ?? typeError(`decode: the bytes are not ${this.#encoding}`);
			}
			get [Symbol.toStringTag]() { return 'TextDecoder'; }
		},
		getRandomValues(into) {
			if (!ArrayBuffer.isView(into) || into instanceof Float32Array || into instanceof Float64Array || into instanceof DataView) typeError('getRandomValues: it takes a typed array of integers, such as new Uint8Array(16)');
			if (into.byteLength > 65536) throw named('QuotaExceededError', new Error('getRandomValues: at most 65536 bytes at a time'));
			new Uint8Array(into.buffer, into.byteOffset, into.byteLength).set(new Uint8Array(native.random(into.byteLength)));
			return into;
		},
	};
})
