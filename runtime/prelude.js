// What a session's classes are made of. It answers with the makers.
({
	// A class of arrays: what keeps the items keeps the class, what makes others
	// of them (map, flatMap) gives a plain array.
	listClass(name) {
		const list = {[name]: class extends Array {
			static get [Symbol.species]() { return Array; }
		}}[name];
		for (const method of ['filter', 'slice', 'concat', 'splice', 'toSorted', 'toReversed', 'toSpliced']) {
			const plain = Array.prototype[method];
			Object.defineProperty(list.prototype, method, {
				value: {[method](...args) {
					return Object.setPrototypeOf(plain.apply(this, args), list.prototype);
				}}[method],
				writable: true, configurable: true,
			});
		}
		return list;
	},

	errorClass(name, parent) {
		const made = {[name]: class extends parent {}}[name];
		Object.defineProperty(made.prototype, 'name', {value: name, writable: true, configurable: true});
		return made;
	},

	// JSON with two blanks a level. Undefined has no JSON: it is null.
	stringify: (stringify => value => stringify(value, null, 2) ?? 'null')(JSON.stringify),
	parse: JSON.parse,
})
