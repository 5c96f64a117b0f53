(function (global, run) {
  'use strict';
  const tests = [];
  const hide = (name, value) => Object.defineProperty(global, name, {value, writable: true, configurable: true});

  class AssertionError extends Error {
    get name() { return 'AssertionError'; }
  }
  const show = value => {
    if (typeof value === 'function') return value.name || 'a function';
    if (value instanceof RegExp || value instanceof Error) return String(value);
    const text = JSON.stringify(value);
    return text === undefined ? String(value) : text;
  };
  // What is compared is kept on the error, for a difference line by line.
  const differ = (message, got, want) => {
    const error = new AssertionError(message ?? `got ${show(got)}, want ${show(want)}`);
    hideOn(error, 'got', got);
    hideOn(error, 'want', want);
    throw error;
  };
  const hideOn = (object, name, value) => Object.defineProperty(object, name, {value});
  const fail = (message, text) => { throw new AssertionError(message === undefined ? text : `${message}: ${text}`); };
  const same = (a, b) => {
    if (Object.is(a, b)) return true;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
    if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (a instanceof Date) return a.getTime() === b.getTime();
    if (a instanceof Map || a instanceof Set) return a.size === b.size && same([...a], [...b]);
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && same(a[key], b[key]));
  };
  const fits = (error, expected, message) => {
    if (expected === undefined) return;
    const ok = expected instanceof RegExp ? expected.test(String(error)) : error instanceof expected;
    if (!ok) fail(message, `${show(error)} was thrown, which is not ${show(expected)}`);
  };

  const assert = (value, message) => assert.ok(value, message);
  assert.ok = (value, message) => { if (!value) fail(message, `${show(value)} is not true`); };
  assert.equal = (got, want, message) => { if (!Object.is(got, want)) differ(message, got, want); };
  assert.notEqual = (got, other, message) => { if (Object.is(got, other)) fail(message, `got ${show(got)}`); };
  assert.deepEqual = (got, want, message) => { if (!same(got, want)) differ(message, got, want); };
  assert.match = (text, pattern, message) => { if (!pattern.test(text)) fail(message, `${show(text)} does not match ${pattern}`); };
  assert.doesNotMatch = (text, pattern, message) => { if (pattern.test(text)) fail(message, `${show(text)} matches ${pattern}`); };
  assert.throws = (call, expected, message) => {
    try {
      call();
    } catch (error) {
      return fits(error, expected, message);
    }
    fail(message, 'nothing was thrown');
  };
  assert.rejects = async (promise, expected, message) => {
    try {
      await (typeof promise === 'function' ? promise() : promise);
    } catch (error) {
      return fits(error, expected, message);
    }
    fail(message, 'nothing was rejected');
  };

  hide('AssertionError', AssertionError);
  hide('assert', assert);
  hide('run', (name, args = []) => args.length === 0 ? run(name) : run(name, args));
  hide('test', (name, call) => {
    if (typeof name !== 'string' || typeof call !== 'function') throw new TypeError('test(name, function) takes a name and a function');
    if (tests.some(test => test.name === name)) throw new TypeError(`there are two tests of the name ${show(name)}`);
    tests.push({name, call});
  });
  return {names: () => tests.map(test => test.name), run: index => tests[index].call()};
})
