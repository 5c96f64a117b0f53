// What compiled code calls in the place of operators that may make a huge BigInt. The
// limit is the largest BigInt that other engines make, or less where a power takes long.
((bits, {RangeError, Object}, {defineProperty}) => {
	const maxShift = 1n << 26n, maxPower = 1 << 26;
	const primitive = x => typeof x === 'object' && x !== null && typeof x.valueOf() === 'bigint' ? x.valueOf() : x;
	const tooLarge = () => { throw new RangeError('the BigInt would have more than 67108864 bits'); };
	const put = (name, value) => defineProperty(globalThis, name, {value});
	put('<shift>', by => {
		by = primitive(by);
		if (typeof by === 'bigint' && (by > maxShift || by < -maxShift)) tooLarge();
		return by;
	});
	put('<exponent>', by => {
		by = primitive(by);
		if (typeof by === 'bigint' && by > 100000n) tooLarge();
		return by;
	});
	put('<power>', (base, by) => {
		base = primitive(base);
		by = primitive(by);
		if (typeof base === 'bigint' && typeof by === 'bigint' && by > 0n && bits(base) * Number(by) > maxPower) tooLarge();
		return base ** by;
	});
})
