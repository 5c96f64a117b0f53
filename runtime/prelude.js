// What a session's classes are made of. It answers with the makers. They keep what
// they use of the language, so that a script that replaces some of it breaks
// itself and not the shell.
(({defineProperty, getOwnPropertyDescriptor, getOwnPropertyNames, keys, setPrototypeOf}, {apply}, {stringify, parse}, Promise) => ({
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

	// The names of an object's own properties, for completion: no getter runs.
	names: object => getOwnPropertyNames(object),

	// The value of an own data property, undefined for one that a getter would give.
	peek: (object, name) => getOwnPropertyDescriptor(object, name)?.value,

	// JSON with two blanks a level. Undefined has no JSON: it is null.
	stringify: value => stringify(value, null, 2) ?? 'null',
	parse: text => parse(text),

	// Tells whether promises still settle.
	canary(tell) { apply(Promise.prototype.then, Promise.resolve(), [tell]); },
}))(Object, Reflect, JSON, Promise)
