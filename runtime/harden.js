// Replaces what of the language makes the engine call itself without bounds, which
// ends the program. Runs before any script. Gives the JSON.parse that it puts in place.
((refusal, jsonTooDeep, closesCircle, allocate, tooLong, checkPattern) => {
	const {defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf} = Object;
	const {apply, construct, setPrototypeOf: trySetPrototypeOf} = Reflect;
	const evaluate = eval, {parse} = JSON, {SyntaxError, TypeError, RangeError, Function} = globalThis;
	const put = (object, name, value) => defineProperty(object, name, {value, writable: true, configurable: true});

	// The engine reads nested text by recursion: what reads a string refuses one that is too
	// deep. A direct call of eval, which sees the names around it, has its text checked where
	// it is called; every other eval is the one here, which sees the globals only.
	const refuse = why => { if (why) throw new SyntaxError(why); };
	const checked = text => {
		if (typeof text === 'string') refuse(refusal(text));
		return text;
	};
	const indirect = {eval(text) { return evaluate(checked(text)); }}.eval;
	put(globalThis, 'eval', indirect);
	defineProperty(globalThis, '<eval>', {value: indirect});
	defineProperty(globalThis, '<code>', {value: checked});
	put(JSON, 'parse', {parse(text, reviver) {
		text = `${text}`;
		refuse(jsonTooDeep(text) && 'the text is too long or too deeply nested');
		return parse(text, reviver);
	}}.parse);
	for (const [made, head] of [[function () {}, 'function'], [async function () {}, 'async function'], [function* () {}, 'function*']]) {
		const prototype = getPrototypeOf(made);
		const plain = prototype.constructor;
		const maker = {[plain.name]: function (...parts) {
			let parameters = '';
			for (let i = 0; i < parts.length; i++) {
				parts[i] = `${parts[i]}`;
				if (i < parts.length - 1) parameters += parts[i] + ',';
			}
			refuse(refusal(`(${head} (${parameters}) {\n${parts.length ? parts[parts.length - 1] : ''}\n})`));
			return construct(plain, parts, new.target === undefined || new.target === maker ? plain : new.target);
		}}[plain.name];
		if (plain === Function) put(globalThis, 'Function', maker);
		else setPrototypeOf(maker, globalThis.Function);
		defineProperty(maker, 'prototype', {value: prototype, writable: false});
		defineProperty(maker, 'length', {value: 1});
		put(prototype, 'constructor', maker);
	}

	// It follows prototypes through proxies by recursion, too: what sets them refuses to
	// close a circle, as the language does where there is no proxy in it.
	const check = (object, prototype) => {
		if (closesCircle(object, prototype)) throw new TypeError('Cyclic __proto__ value');
		if (tooLong(prototype)) throw new RangeError('too many objects inherit from one another');
	};
	const {create} = Object;
	put(Object, 'create', {create(prototype, properties) {
		if (tooLong(prototype)) throw new RangeError('too many objects inherit from one another');
		return create(prototype, properties);
	}}.create);
	put(Object, 'setPrototypeOf', {setPrototypeOf(object, prototype) {
		check(object, prototype);
		return setPrototypeOf(object, prototype);
	}}.setPrototypeOf);
	put(Reflect, 'setPrototypeOf', {setPrototypeOf(object, prototype) {
		return !closesCircle(object, prototype) && trySetPrototypeOf(object, prototype);
	}}.setPrototypeOf);
	const {get, set} = getOwnPropertyDescriptor(Object.prototype, '__proto__');
	const checkedSetter = {set ['__proto__'](prototype) {
		check(this, prototype);
		apply(set, this, [prototype]);
	}};
	defineProperty(Object.prototype, '__proto__', {get, set: getOwnPropertyDescriptor(checkedSetter, '__proto__').set});

	// A function that is bound again and again is called by recursion.
	const bind = Function.prototype.bind, bound = new WeakMap();
	const {get: depthOf, set: setDepth} = WeakMap.prototype, {max} = Math;
	put(Function.prototype, 'bind', {bind(...args) {
		const depth = max(apply(depthOf, bound, [this]) ?? 0, apply(depthOf, bound, [args[0]]) ?? 0) + 1;
		if (depth > 1000) throw new RangeError('bind: a function is bound more than 1000 times');
		const made = apply(bind, this, args);
		apply(setDepth, bound, [made, depth]);
		return made;
	}}.bind);

	// What a constructor is given says how much memory it takes.
	const {getOwnPropertyNames, getOwnPropertySymbols} = Object;
	const around = (plain, needsNew, look) => {
		const maker = {[plain.name]: function (...args) {
			look(args);
			if (new.target === undefined) {
				if (needsNew) throw new TypeError(`Constructor ${plain.name} requires 'new'`);
				return apply(plain, undefined, args);
			}
			return construct(plain, args, new.target === maker ? plain : new.target);
		}}[plain.name];
		setPrototypeOf(maker, getPrototypeOf(plain));
		for (const key of [...getOwnPropertyNames(plain), ...getOwnPropertySymbols(plain)]) {
			defineProperty(maker, key, getOwnPropertyDescriptor(plain, key));
		}
		put(plain.prototype, 'constructor', maker);
		put(globalThis, plain.name, maker);
	};
	around(ArrayBuffer, true, args => allocate('ArrayBuffer', args[0]));
	for (const made of [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array,
		Float32Array, Float64Array, BigInt64Array, BigUint64Array]) {
		around(made, true, args => {
			if (typeof args[0] === 'object') allocate(made.name, 0, 0, args[0]);
			else allocate(made.name, args[0] * made.BYTES_PER_ELEMENT);
		});
	}
	around(BigInt, false, args => {
		if (typeof args[0] === 'string' && args[0].length > 1000000) throw new RangeError('BigInt: more than 1000000 digits');
	});
	// The engine takes \\p{...} for the letter p.
	around(RegExp, false, args => {
		const unsupported = checkPattern(`${args[0]?.source ?? args[0] ?? ''}`, `${args[1] ?? args[0]?.flags ?? ''}`);
		refuse(unsupported);
	});
	return JSON.parse;
})
