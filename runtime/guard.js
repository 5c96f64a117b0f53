// Replaces what of the language makes the engine call itself without bounds, which
// ends the program. Runs before any script. Gives the JSON.parse that it puts in place.
((codeTooDeep, jsonTooDeep, closesCircle) => {
	const {defineProperty, getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf} = Object;
	const {apply, construct, setPrototypeOf: trySetPrototypeOf} = Reflect;
	const evaluate = eval, {parse} = JSON, {SyntaxError, TypeError, Function} = globalThis;
	const put = (object, name, value) => defineProperty(object, name, {value, writable: true, configurable: true});

	// The engine reads nested text by recursion: what reads a text refuses one that is too
	// deep. The eval that is put here sees the globals only, as an indirect one does.
	const refuse = () => { throw new SyntaxError('the text is too long or too deeply nested'); };
	put(globalThis, 'eval', {eval(text) {
		if (typeof text === 'string' && codeTooDeep(text)) refuse();
		return evaluate(text);
	}}.eval);
	put(JSON, 'parse', {parse(text, reviver) {
		text = `${text}`;
		if (jsonTooDeep(text)) refuse();
		return parse(text, reviver);
	}}.parse);
	for (const made of [function () {}, async function () {}, function* () {}]) {
		const prototype = getPrototypeOf(made);
		const plain = prototype.constructor;
		const maker = {[plain.name]: function (...parts) {
			let parameters = '';
			for (let i = 0; i < parts.length; i++) {
				parts[i] = `${parts[i]}`;
				if (i < parts.length - 1) parameters += parts[i] + ',';
			}
			if (codeTooDeep(`(function (${parameters}) {\n${parts.length ? parts[parts.length - 1] : ''}\n})`)) refuse();
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
	};
	put(Object, 'setPrototypeOf', {setPrototypeOf(object, prototype) {
		check(object, prototype);
		return setPrototypeOf(object, prototype);
	}}.setPrototypeOf);
	put(Reflect, 'setPrototypeOf', {setPrototypeOf(object, prototype) {
		return !closesCircle(object, prototype) && trySetPrototypeOf(object, prototype);
	}}.setPrototypeOf);
	const {get, set} = getOwnPropertyDescriptor(Object.prototype, '__proto__');
	const guarded = {set ['__proto__'](prototype) {
		check(this, prototype);
		apply(set, this, [prototype]);
	}};
	defineProperty(Object.prototype, '__proto__', {get, set: getOwnPropertyDescriptor(guarded, '__proto__').set});
	return JSON.parse;
})
