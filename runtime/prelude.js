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

	// The names of an object's properties and its prototypes', for completion: no
	// getter runs. An array's items are not worth naming.
	names: ((getNames, getPrototype, isArray) => object => {
		const names = [];
		for (let o = object; o !== null && names.length < 5000; o = getPrototype(o)) {
			if (isArray(o) && o.length > 0) names.push('length');
			else names.push(...getNames(o).slice(0, 2000));
		}
		return names;
	})(Object.getOwnPropertyNames, Object.getPrototypeOf, Array.isArray),

	// The value of a data property, undefined for one that a getter would give.
	peek: ((describe, getPrototype) => (object, name) => {
		for (let o = object; o !== null; o = getPrototype(o)) {
			const property = describe(o, name);
			if (property) return property.value;
		}
	})(Object.getOwnPropertyDescriptor, Object.getPrototypeOf),

	// JSON with two blanks a level. Undefined has no JSON: it is null.
	stringify: (stringify => value => stringify(value, null, 2) ?? 'null')(JSON.stringify),
	parse: JSON.parse,
})
