// What this writes is what Node writes, for what Node has; compare with node language.js.
globalThis.print ??= console.log;
const out = [];
const t = f => { try { out.push(String(f)  .slice(6) + ' => ' + JSON.stringify(f())); } catch (e) { out.push(String(f).slice(6) + ' !! ' + e.name); } };
const N = (x, o) => new Intl.NumberFormat('en-US', o).format(x);
const D = (x, o) => new Intl.DateTimeFormat('en-US', {timeZone: 'UTC', ...o}).format(new Date(x)).replace(/\u202f/g, ' ');
for (const x of [0, 1, 12, 123, 1234, 1234567.891, 0.0005, 0.00049, 1.0005, 2.5, -2.5, -0, 1e20, 123456789012345680000, 1e21, 1.5e300, 5e-324, 1e-7, 0.1+0.2, 1/3, 1.005, 8.345, 999.9995, NaN, Infinity, -Infinity, 12345678901234567890n, -5n, 99.9999])
  for (const o of [undefined, {maximumFractionDigits: 0}, {minimumFractionDigits: 2}, {maximumFractionDigits: 2}, {minimumFractionDigits: 1, maximumFractionDigits: 5}, {style: 'percent'}, {style: 'percent', maximumFractionDigits: 1}, {useGrouping: false}, {minimumIntegerDigits: 5}])
    t(() => [String(x), o, N(x, o)]);
for (const x of ['2026-01-09T00:00:00Z', '2026-11-30T14:05:09.123Z', '2026-07-04T12:00:59.999Z', '1999-12-31T23:59:59Z'])
  for (const o of [{}, {dateStyle: 'full'}, {dateStyle: 'long'}, {dateStyle: 'medium'}, {dateStyle: 'short'}, {timeStyle: 'short'}, {timeStyle: 'medium'}, {timeStyle: 'long'}, {timeStyle: 'full'}, {dateStyle: 'full', timeStyle: 'full'}, {dateStyle: 'medium', timeStyle: 'short'}, {dateStyle: 'short', timeStyle: 'medium'}, {dateStyle: 'long', timeStyle: 'long'},
    {year: 'numeric'}, {month: 'long'}, {month: 'short'}, {month: 'numeric'}, {day: 'numeric'}, {day: '2-digit'}, {weekday: 'long'}, {weekday: 'short'}, {year: 'numeric', month: 'long'}, {year: 'numeric', month: 'short'}, {month: 'long', day: 'numeric'}, {month: 'short', day: '2-digit'}, {year: 'numeric', month: '2-digit', day: '2-digit'}, {year: '2-digit', month: 'numeric', day: 'numeric'}, {year: 'numeric', month: '2-digit'}, {month: 'numeric', day: 'numeric'}, {weekday: 'short', day: 'numeric'}, {weekday: 'long', month: 'long', day: 'numeric'}, {weekday: 'short', year: 'numeric', month: 'short', day: 'numeric'}, {weekday: 'short', year: 'numeric', month: 'numeric', day: 'numeric'}, {weekday: 'short', month: 'numeric', day: 'numeric'},
    {hour: 'numeric'}, {hour: '2-digit', minute: '2-digit'}, {hour: 'numeric', minute: 'numeric'}, {hour: 'numeric', minute: '2-digit', second: '2-digit'}, {hour: 'numeric', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3}, {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'}, {hour: 'numeric', hourCycle: 'h23'},
    {year: 'numeric', month: 'long', day: 'numeric', hour: 'numeric', minute: 'numeric'}, {year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: 'numeric', timeZoneName: 'short'}, {timeZoneName: 'short'}, {hour: 'numeric', minute: 'numeric', timeZoneName: 'short'}])
    t(() => [x, o, D(x, o)]);
const d = new Date('2026-01-09T14:05:09Z'), utc = {timeZone: 'UTC'};
t(() => (1234567.5).toLocaleString('en-US')); t(() => 123456789n.toLocaleString('en-US'));
t(() => d.toLocaleDateString('en-US', utc)); t(() => d.toLocaleTimeString('en-US', utc).replace(/\u202f/g, ' ')); t(() => d.toLocaleString('en-US', utc).replace(/\u202f/g, ' '));
t(() => [1234.5, 2e6].toLocaleString('en-US'));
// clone
const a = {d: new Date(5), r: /a+/gi, m: new Map([[{k: 1}, new Set([1, 'x'])]]), b: new Uint8Array([1, 2, 3]), n: null, u: undefined, big: 5n, arr: [1, , 3], e: new RangeError('no')}; a.self = a;
const c = structuredClone(a);
t(() => [c.self === c, c !== a, c.d instanceof Date, +c.d, c.r.source, c.r.flags, [...c.m.keys()][0].k, [...[...c.m.values()][0]], [...c.b], c.n, 'u' in c, c.big === 5n, c.arr.length, 1 in c.arr, c.e instanceof RangeError, c.e.message]);
t(() => structuredClone(() => 1)); t(() => structuredClone({s: Symbol()})); t(() => structuredClone()); t(() => structuredClone(new WeakMap()));
t(() => { class A { x = 1; get y() { return 2 } } const k = structuredClone(new A()); return [k.x, k.y, k.constructor === Object]; });
t(() => { const v = new Uint8Array([1,2,3,4]).subarray(1,3); const k = structuredClone({v, b: v.buffer}); return [[...k.v], k.v.buffer === k.b, k.v.byteOffset]; });
t(() => structuredClone(Object('x')).length);
t(() => Object.groupBy([1, 2, 3, 4], x => x % 2 ? 'odd' : 'even')); t(() => Object.getPrototypeOf(Object.groupBy([], x => x))); t(() => Object.groupBy('hello', c => c)); t(() => Object.groupBy(null, x => x)); t(() => Object.groupBy([1]));
t(() => [...Map.groupBy([1, 2, 3, 4], x => x % 2)].map(([k, v]) => [k, v])); t(() => Object.groupBy([1], () => 'hasOwnProperty')); t(() => Object.keys(Object.groupBy([1,2], x => '__proto__')));
t(() => btoa('hello')); t(() => btoa('\xff\x00')); t(() => btoa('é€')); t(() => atob('aGVsbG8=')); t(() => atob('aGVsbG8')); t(() => atob(' aGV sbG8= ')); t(() => atob('a')); t(() => atob('@@@')); t(() => [...atob('/wA=')].map(x => x.charCodeAt(0))); t(() => btoa()); t(() => atob('YQ=')); t(() => atob('YQ==='));
t(() => [...new TextEncoder().encode('é€😀')]); t(() => [...new TextEncoder().encode()]); t(() => new TextEncoder().encoding); t(() => { const u = new Uint8Array(4); return [new TextEncoder().encodeInto('aé€', u), [...u]]; });
t(() => [...new TextEncoder().encode('\ud800x')]);
t(() => new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 0xc3, 0xa9]))); t(() => new TextDecoder('utf-8', {ignoreBOM: true}).decode(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])).length);
t(() => [...new TextDecoder().decode(new Uint8Array([0xe2, 0x82, 0x61, 0xff, 0xf0, 0x9f, 0x98]))].map(c => c.codePointAt(0)));
t(() => new TextDecoder('utf-8', {fatal: true}).decode(new Uint8Array([0xff]))); t(() => new TextDecoder('latin1').encoding); t(() => new TextDecoder('utf-16').decode(new Uint8Array([0xe9, 0, 0x3d, 0xd8, 0, 0xde]))); t(() => new TextDecoder('klingon')); t(() => new TextDecoder().decode()); t(() => new TextDecoder().decode(new Uint8Array([65, 66, 67]).subarray(1))); t(() => new TextDecoder().decode(new Uint8Array([65]).buffer)); t(() => new TextDecoder().decode('x'));
t(() => new URL('https://user@host:8080/a/b?x=1&y=2#h').searchParams.get('y')); t(() => new URL('../c?q=é', 'https://host/a/b/').href); t(() => { const u = new URL('https://h/p'); u.searchParams.append('a b', 'c&d'); return u.href; }); t(() => new URL('nonsense').href); t(() => new URLSearchParams({a: 1, b: 'x y'}).toString()); t(() => [...new URLSearchParams('a=1&a=2').getAll('a')]); t(() => JSON.stringify(new URL('https://h/p')));
t(() => crypto.randomUUID().length); t(() => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())); t(() => crypto.getRandomValues(new Uint8Array(8)).length); t(() => typeof performance.now() + typeof performance.timeOrigin);
t(() => [typeof setTimeout(() => {}, 1), setTimeout.name, structuredClone.name, structuredClone.length, Object.groupBy.length].slice(1));
(async () => {
  const ta = async f => { try { out.push(String(f).slice(12) + ' => ' + JSON.stringify(await f())); } catch (e) { out.push(String(f).slice(12) + ' !! ' + e.name); } };
  if (Array.fromAsync) { await ta(async () => Array.fromAsync([1, Promise.resolve(2)])); await ta(async () => Array.fromAsync(new Set([1, 2]), async x => x * 2)); await ta(async () => Array.fromAsync({length: 2, 0: 'a', 1: Promise.resolve('b')})); await ta(async () => Array.fromAsync(null)); await ta(async () => Array.fromAsync([1], 5)); await ta(async () => Array.fromAsync([Promise.reject(new RangeError('x'))])); await ta(async () => { let i = 0; return Array.fromAsync({[Symbol.asyncIterator]() { return {next: async () => ({done: i === 2, value: i++})}; }}); }); }
  await ta(async () => { const {promise, resolve} = (Promise.withResolvers ?? function () { let resolve; const promise = new Promise(r => resolve = r); return {promise, resolve}; }).call(Promise); setTimeout(resolve, 5, 'late'); return promise; });
  await ta(async () => { const order = []; setTimeout(() => order.push('t10'), 10); setTimeout(() => order.push('t1'), 1); setImmediate(() => order.push('im')); queueMicrotask(() => order.push('mt')); Promise.resolve().then(() => order.push('p')); await new Promise(r => setTimeout(r, 30)); return [order.filter(x => x != 'im'), order.length]; });
  await ta(async () => { let n = 0; return new Promise(r => { const id = setInterval(() => { if (++n === 3) { clearInterval(id); r(n); } }, 1); }); });
  await ta(async () => { let ran = false; const id = setTimeout(() => ran = true, 1); clearTimeout(id); clearTimeout(undefined); await new Promise(r => setTimeout(r, 5)); return ran; });
  print(out.join('\n'));
})();
