/** Stands for a module until something of it is used. @param {() => object} load */
module.exports = (load) =>
  new Proxy(
    {},
    {
      // Compiled imports ask for this mark first; with it they take the stand-in as it is.
      get: (_target, key) => (key === "__esModule" ? true : Reflect.get(load(), key)),
      has: (_target, key) => Reflect.has(load(), key),
    },
  );
