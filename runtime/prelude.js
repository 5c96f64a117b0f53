// What a session's classes are made of. It answers with the makers. They keep what
// they use of the language, so that a script that replaces some of it breaks
// itself and not the shell.
(({defineProperty, keys, setPrototypeOf}, {apply}, {stringify}, Promise, TypeError) => ({
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

	// Reports whether promises still settle.
	canary(tell) { apply(Promise.prototype.then, Promise.resolve(), [tell]); },

	// A global that takes one value, which take is told, and can be declared again.
	constant(name, take) {
		let value, taken = false;
		const set = given => {
			if (taken) throw new TypeError('Assignment to constant variable.');
			taken = true;
			take(value = given);
		};
		defineProperty(globalThis, name, {get: () => value, set, enumerable: true, configurable: true});
	},
}))(Object, Reflect, JSON, Promise, TypeError)
