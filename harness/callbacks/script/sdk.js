// The merchant's calls to the SDK: Checkout.init, reload and showPopup.

const METHODS = { init: "init", reload: "reload", showPopup: "popup" };
const knownSdks = new WeakSet();

// Of these it is told only that they were given: one is a key, the other is long.
const UNTOLD = ["apiKey", "setupPreload"];

function described(method, args) {
  if (method !== "init") return args;
  const told = { ...args[0] };
  for (const option of UNTOLD) if (told[option]) told[option] = "given";
  return told;
}

function observeMethod(sdk, method, selfOf) {
  return new Proxy(sdk[method], {
    apply(target, self, args) {
      emit(METHODS[method], "called", `Checkout.${method}`, described(method, args));
      return Reflect.apply(target, selfOf(self), args);
    },
  });
}

function methodsOf(sdk) {
  return Object.keys(METHODS).filter((method) => typeof sdk[method] === "function");
}

function observeInPlace(sdk) {
  for (const method of methodsOf(sdk)) {
    const own = Object.getOwnPropertyDescriptor(sdk, method);
    if (own && !own.configurable && !own.writable) return false;
  }
  if (!Object.isExtensible(sdk)) return false;
  for (const method of methodsOf(sdk)) {
    const own = Object.getOwnPropertyDescriptor(sdk, method);
    Object.defineProperty(sdk, method, {
      value: observeMethod(sdk, method, (self) => self),
      writable: true,
      ...(own?.configurable === false ? {} : { configurable: true, enumerable: own?.enumerable ?? false }),
    });
  }
  return true;
}

// A frozen SDK, or a module's namespace, cannot be changed: an object in front of it can.
function observeFromFront(sdk) {
  const selfOf = (self) => (self === front ? sdk : self);
  const methods = methodsOf(sdk).map((method) => [
    method,
    { value: observeMethod(sdk, method, selfOf), enumerable: true },
  ]);
  const front = Object.create(sdk, Object.fromEntries(methods));
  knownSdks.add(front);
  try {
    window.Checkout = front;
  } catch {
    // Read-only; the comparison below sees it.
  }
  if (window.Checkout !== front) emit("init", "unobserved", "Checkout", null);
}

function observeSdk() {
  const sdk = window.Checkout;
  if (sdk === null || (typeof sdk !== "object" && typeof sdk !== "function")) return;
  if (knownSdks.has(sdk) || methodsOf(sdk).length === 0) return;
  knownSdks.add(sdk);
  if (!observeInPlace(sdk)) observeFromFront(sdk);
}
