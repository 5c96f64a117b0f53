// What a session's classes are made of. It answers with the makers. They keep what
// they use of the language, so that a script that replaces some of it breaks
// itself and not the shell.
(({defineProperty, getOwnPropertyDescriptor, getPrototypeOf, keys, setPrototypeOf}, {apply, construct, setPrototypeOf: trySetPrototypeOf}, {stringify, parse}, Promise, SyntaxError, TypeError) => ({
	// A class of arrays: what keeps the items keeps the class, what makes others
	// of them (map, flatMap) gives a plain array.
	listClass(name) {
		const list = {[name]: class extends Array {
			static get [Symbol.species]() { return Array; }
		}}[name];
		for (const method of ['filter', 'slice', 'concat', 'splice', 'toSorted', 'toReversed', 'toSpliced']) {
			const plain = Array.prototype[method];
			defineProperty(list.prototype, method, {
				value: {[method](...args) {
					return setPrototypeOf(apply(plain, this, args), list.prototype);
				}}[method],
				writable: true, configurable: true,
			});
		}
		return list;
	},

	errorClass(name, parent) {
		const made = {[name]: class extends parent {}}[name];
		defineProperty(made.prototype, 'name', {value: name, writable: true, configurable: true});
		defineProperty(made.prototype, 'toJSON', {
			value: {toJSON() {
				const json = {name: this.name, message: this.message};
				for (const key of keys(this)) json[key] = this[key];
				return json;
			}}.toJSON,
			writable: true, configurable: true,
		});
		return made;
	},

	// JSON with two blanks a level. Undefined has no JSON: it is null.
	stringify: value => stringify(value, null, 2) ?? 'null',

	// The engine reads nested text by recursion, and ends the program where it gets too
	// deep. These stand in for all that reads a text: they refuse such a one.
	// The eval that is put here sees the globals only, as an indirect one does.
	guardReaders(global, codeTooDeep, jsonTooDeep) {
		const put = (object, name, value) => defineProperty(object, name, {value, writable: true, configurable: true});
		const refuse = () => { throw new SyntaxError('the text is too long or too deeply nested'); };
		const {eval: evaluate} = global;
		put(global, 'eval', {eval(text) {
			if (typeof text === 'string' && codeTooDeep(text)) refuse();
			return evaluate(text);
		}}.eval);
		put(global.JSON, 'parse', {parse(text, reviver) {
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
			if (plain !== global.Function) setPrototypeOf(maker, global.Function);
			defineProperty(maker, 'prototype', {value: prototype, writable: false});
			defineProperty(maker, 'length', {value: 1});
			put(prototype, 'constructor', maker);
			if (plain === global.Function) put(global, 'Function', maker);
		}
		return global.JSON.parse;
	},

	// The engine follows prototypes through proxies by recursion, too: these refuse to
	// close a circle, as the language does where there is no proxy in it.
	guardPrototypes(global, closesCircle) {
		const put = (object, name, value) => defineProperty(object, name, {value, writable: true, configurable: true});
		const check = (object, prototype) => {
			if (closesCircle(object, prototype)) throw new TypeError('Cyclic __proto__ value');
		};
		put(global.Object, 'setPrototypeOf', {setPrototypeOf(object, prototype) {
			check(object, prototype);
			return setPrototypeOf(object, prototype);
		}}.setPrototypeOf);
		put(global.Reflect, 'setPrototypeOf', {setPrototypeOf(object, prototype) {
			return !closesCircle(object, prototype) && trySetPrototypeOf(object, prototype);
		}}.setPrototypeOf);
		const {set, get} = getOwnPropertyDescriptor(global.Object.prototype, '__proto__');
		const guarded = {set ['__proto__'](prototype) {
			check(this, prototype);
			apply(set, this, [prototype]);
		}};
		defineProperty(global.Object.prototype, '__proto__', {get, set: getOwnPropertyDescriptor(guarded, '__proto__').set});
	},

	// Tells whether promises still settle.
	canary(tell) { apply(Promise.prototype.then, Promise.resolve(), [tell]); },
}))(Object, Reflect, JSON, Promise, SyntaxError, TypeError)
