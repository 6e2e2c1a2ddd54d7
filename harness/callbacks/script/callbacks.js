// The merchant's callbacks and hooks, seen at the moment the SDK calls them.
//
// The SDK looks a function up by the name it reads on its script element. Here the name read is
// one of the recorder's own, whose getter looks the merchant's function up at that moment: so a
// function defined late, replaced or deleted is found, or not found, as it would be without.

const KINDS = {
  "data-success": "success",
  "data-cancel": "cancel",
  "data-error": "error",
  "data-beforepayment": "before_payment",
  "data-validatepayment": "validate_payment",
};
const ATTRIBUTES = Object.keys(KINDS);
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const PREFIX = "__observed_";

const nativeGetAttribute = Element.prototype.getAttribute;
const nativeSetAttribute = Element.prototype.setAttribute;
const nativeThen = Promise.prototype.then;
const aliases = new Map();
const namesOf = new Map();
const observed = new WeakMap();
const announced = new WeakMap();

function watchResult(kind, name, result) {
  const isHook = HOOKS.has(kind);
  const resolved = (value) => emit(kind, "resolved", name, value);
  const rejected = (reason) => {
    emit(kind, "rejected", name, reason);
    // Nobody awaits a callback, so its rejection has to stay unhandled, for the page to report
    // it as it would without us. A hook is awaited, and whoever awaits it handles it.
    if (!isHook) throw reason;
  };
  try {
    Reflect.apply(nativeThen, result, [resolved, rejected]);
  } catch {
    // Not a promise.
    if (isHook) emit(kind, "returned", name, result);
  }
}

function observe(kind, name, original) {
  const known = observed.get(original) ?? new Map();
  observed.set(original, known);
  if (!known.has(kind)) {
    known.set(kind, new Proxy(original, {
      apply(target, self, args) {
        emit(kind, "called", name, args.length > 1 ? args : args[0]);
        let result;
        try {
          result = Reflect.apply(target, self, args);
        } catch (problem) {
          emit(kind, "threw", name, problem);
          throw problem;
        }
        watchResult(kind, name, result);
        return result;
      },
    }));
  }
  return known.get(kind);
}

function aliasOf(kind, name) {
  const key = `${kind} ${name}`;
  if (!aliases.has(key)) {
    const alias = `${PREFIX}${kind}_${aliases.size}`;
    Object.defineProperty(window, alias, {
      configurable: true,
      get() {
        const current = window[name];
        return typeof current === "function" ? observe(kind, name, current) : current;
      },
      set(value) {
        window[name] = value;
      },
    });
    aliases.set(key, alias);
    namesOf.set(alias, name);
  }
  return aliases.get(key);
}

function isAddress(value) {
  return /[/:]/.test(value);
}

function absolute(address) {
  try {
    return new URL(address, document.baseURI).href;
  } catch {
    return address;
  }
}

function announce(script, attribute, phase, value) {
  const told = announced.get(script) ?? new Set();
  announced.set(script, told);
  const key = `${attribute} ${value}`;
  if (told.has(key)) return;
  told.add(key);
  emit(KINDS[attribute], phase, value, phase === "url" ? absolute(value) : null);
}

function takeOver(script) {
  for (const attribute of ATTRIBUTES) {
    const value = Reflect.apply(nativeGetAttribute, script, [attribute]);
    if (!value || value.startsWith(PREFIX)) continue;
    if (IDENTIFIER.test(value)) {
      const alias = aliasOf(KINDS[attribute], value);
      Reflect.apply(nativeSetAttribute, script, [attribute, alias]);
    } else {
      // An address is visited instead of called; anything else cannot be followed.
      announce(script, attribute, isAddress(value) ? "url" : "unobserved", value);
    }
  }
}

function isScript(node) {
  return node instanceof HTMLScriptElement;
}

function listeningScripts() {
  return [...document.querySelectorAll(ATTRIBUTES.map((a) => `script[${a}]`).join())];
}

function takeOverAll() {
  listeningScripts().forEach(takeOver);
}

// What the page wrote into the attributes of a script, and what there is of it now.
function wiringOf(script) {
  const written = ATTRIBUTES.map((attribute) => {
    const value = Reflect.apply(nativeGetAttribute, script, [attribute]);
    return value === null ? null : { kind: KINDS[attribute], name: namesOf.get(value) ?? value };
  });
  return {
    src: script.src,
    targets: written.filter(Boolean).map(({ kind, name }) => ({
      kind,
      name,
      address: isAddress(name) ? absolute(name) : null,
      defined: typeof window[name] === "function",
    })),
  };
}

function wiring() {
  return listeningScripts().map(wiringOf);
}

// A script inserted and run in one task reads its attributes before any observer is told of it,
// so the reading itself takes over, too.
function patchReading() {
  Element.prototype.getAttribute = new Proxy(nativeGetAttribute, {
    apply(target, self, args) {
      if (isScript(self)) takeOver(self);
      return Reflect.apply(target, self, args);
    },
  });
  const dataset = Object.getOwnPropertyDescriptor(HTMLElement.prototype, "dataset");
  Object.defineProperty(HTMLElement.prototype, "dataset", {
    ...dataset,
    get() {
      if (isScript(this)) takeOver(this);
      return Reflect.apply(dataset.get, this, []);
    },
  });
}
