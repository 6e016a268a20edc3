// The peer of the homomorphic benchmarks: node-seal on one thread, told what to do line by line so that its runs alternate with ours.
import { answerLines } from './lines.mjs';
import { Circuit } from './circuit.mjs';
import { createContext, describe, seal } from './seal.mjs';

let set = null;
let circuit = null;

function time(count, operation, before) {
  const nanoseconds = [];
  for (let i = 0; i < count; i++) {
    before?.();
    const start = process.hrtime.bigint();
    operation();
    nanoseconds.push(Number(process.hrtime.bigint() - start));
  }
  return { nanoseconds };
}

const operations = {
  contextCreation: ({ degree, bits }) => createContext(degree, bits),
  multiplyPlain: ({ evaluator, a, plain, result }) => evaluator.multiplyPlain(a, plain, result),
  multiplyRelinearizeRescale: ({ evaluator, a, b, keys, result }) => {
    evaluator.multiply(a, b, result);
    evaluator.relinearizeInplace(result, keys.relin);
    evaluator.rescaleToNextInplace(result);
  },
  rotate: ({ evaluator, a, keys, result }) => evaluator.rotateVector(a, 1, keys.galois, result),
  encode: ({ encoder, values, scale, target }) => encoder.encode(values, scale, target),
  encryptSymmetric: ({ encryptor, plain, result }) => encryptor.encryptSymmetric(plain, result),
  decrypt: ({ decryptor, a, target }) => decryptor.decrypt(a, target),
  secretKey: ({ context }) => new seal.KeyGenerator(context).delete(),
  relinearizationKey: ({ generator }) => generator.createRelinKeysSerializable().delete(),
  galoisKey: ({ generator }) => generator.createGaloisKeysSerializableWithSteps(Int32Array.of(1)).delete(),
};

// A ciphertext of two rows at one prime: what a transform of it costs is twice a transform's cost.
const transforms = {
  inverse: ({ evaluator, a }) => evaluator.cipherTransformFromNttInplace(a),
  forward: ({ evaluator, a }) => evaluator.cipherTransformToNttInplace(a),
};

function setUpTransforms({ degree, bits }) {
  dispose(set);
  const base = createContext(degree, [bits], 'none');
  const generator = new seal.KeyGenerator(base.context);
  const secret = generator.secretKey();
  const encryptor = new seal.Encryptor(base.context, generator.createPublicKey(), secret);
  const plain = new seal.Plaintext();
  set = { ...base, generator, secret, encryptor, plain, a: new seal.Ciphertext() };
  base.encoder.encode(Float64Array.of(1, 2, 3), 2 ** 20, plain);
  encryptor.encryptSymmetric(plain, set.a);
}

function setUp({ degree, bits, scale, steps }) {
  dispose(set);
  circuit?.delete();
  circuit = null;
  const base = createContext(degree, bits);
  const generator = new seal.KeyGenerator(base.context);
  const secret = generator.secretKey();
  const publicKey = generator.createPublicKey();
  const values = Float64Array.from({ length: degree / 2 }, (_, slot) => Math.sin(0.1 * slot) + 0.001 * (slot % 100));
  set = {
    ...base, degree, bits, generator, values, scale, secret, publicKey,
    keys: { relin: generator.createRelinKeys(), galois: generator.createGaloisKeysWithSteps(Int32Array.from(new Set([1, ...steps]))) },
    encryptor: new seal.Encryptor(base.context, publicKey, secret),
    decryptor: new seal.Decryptor(base.context, secret),
    a: new seal.Ciphertext(), b: new seal.Ciphertext(), result: new seal.Ciphertext(),
    plain: new seal.Plaintext(), target: new seal.Plaintext(),
  };
  set.encoder.encode(values, scale, set.plain);
  set.encryptor.encryptSymmetric(set.plain, set.a);
  set.encryptor.encryptSymmetric(set.plain, set.b);
}

// What WebAssembly holds is not collected.
function dispose(objects) {
  for (const value of Object.values(objects ?? {})) {
    if (typeof value?.delete === 'function') value.delete();
    else if (value?.relin) dispose(value);
    else if (Array.isArray(value)) dispose(value);
  }
}

function encrypted(values, scale) {
  const plain = new seal.Plaintext();
  const input = new seal.Ciphertext();
  set.encoder.encode(Float64Array.from(values), scale, plain);
  set.encryptor.encryptSymmetric(plain, input);
  plain.delete();
  return input;
}

await answerLines(describe, {
  setUp,
  time: ({ operation, count }) => time(count, () => operations[operation](set)),
  setUpTransforms,
  timeTransforms({ direction, count }) {
    const ready = direction === 'inverse' ? () => set.a.isNttForm() : () => !set.a.isNttForm();
    const other = direction === 'inverse' ? transforms.forward : transforms.inverse;
    return time(count, () => transforms[direction](set), () => { if (!ready()) other(set); });
  },
  // Encodes everything; answers what the circuit gives, so that both sides can be seen to compute the same.
  prepareCircuit({ instructions, values, scale, results }) {
    circuit?.delete();
    set.input?.forEach(ciphertext => ciphertext.delete());
    set.input = values.map(slots => encrypted(slots, scale));
    circuit = new Circuit(set, instructions, set.keys);
    const output = circuit.run(set.input);
    const plain = new seal.Plaintext();
    set.decryptor.decrypt(output, plain);
    const decoded = set.encoder.decodeFloat64(plain);
    plain.delete();
    return { values: results.map(slot => decoded[slot]) };
  },
  timeCircuit: ({ count }) => time(count, () => circuit.run(set.input)),
  memory: () => ({ resident: process.memoryUsage.rss() }),
});
