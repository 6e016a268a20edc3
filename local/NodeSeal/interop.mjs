// The other side of the interoperability tests: node-seal as client (keys, encryption, decryption) or as server (evaluation only).
// Objects travel as standard base64 of SEAL's bytes.
import { answerLines } from './lines.mjs';
import { Circuit } from './circuit.mjs';
import { createClient, messageOf } from './tutorial.mjs';
import { createContext, describe, modes, primes, seal } from './seal.mjs';

// Kept: a context takes long to make.
const contexts = new Map();
let base = null;
let secret = null;
let generator = null;
let browser = null;
const keys = { relin: null, galois: null };

const base64 = array => Buffer.from(array).toString('base64');

const bytesOf = text => Uint8Array.from(Buffer.from(text, 'base64'));

function bytes(object, mode, keep = false) {
  const data = object.saveToBase64(modes[mode]);
  // What WebAssembly holds is not collected.
  if (!keep) object.delete();
  return { data };
}

function load(Make, data) {
  const object = new Make();
  object.loadFromBase64(base.context, data);
  return object;
}

function encode(values, scale) {
  const plain = new seal.Plaintext();
  base.encoder.encode(Float64Array.from(values), scale, plain);
  return plain;
}

function decoded(plain) {
  return { values: Array.from(base.encoder.decodeFloat64(plain)), scale: plain.scale() };
}

const saved = {
  parameters: () => base.parameters,
  secretKey: () => secret,
  publicKey: () => generator.createPublicKey(),
  publicKeySeeded: () => generator.createPublicKeySerializable(),
  relinearizationKey: () => generator.createRelinKeys(),
  relinearizationKeySeeded: () => generator.createRelinKeysSerializable(),
  galoisKeys: ({ steps }) => generator.createGaloisKeysWithSteps(Int32Array.from(steps)),
  galoisKeysSeeded: ({ steps }) => generator.createGaloisKeysSerializableWithSteps(Int32Array.from(steps)),
  plaintext: ({ values, scale }) => encode(values, scale),
  ciphertext: ({ values, scale }) => encrypted('encrypt', values, scale, new seal.Ciphertext()),
  ciphertextSeeded: ({ values, scale }) => encryptor().encryptSymmetricSerializable(encode(values, scale)),
  ciphertextSymmetric: ({ values, scale }) => encrypted('encryptSymmetric', values, scale, new seal.Ciphertext()),
};

function encryptor() {
  return new seal.Encryptor(base.context, generator.createPublicKey(), secret);
}

function encrypted(how, values, scale, result) {
  encryptor()[how](encode(values, scale), result);
  return result;
}

await answerLines(error => describe(error, messageOf), {
  context({ degree, bits, security }) {
    const name = JSON.stringify([degree, bits, security]);
    if (!contexts.has(name)) contexts.set(name, createContext(degree, bits, security));
    base = contexts.get(name);
    for (const object of [secret, generator, keys.relin, keys.galois]) object?.delete();
    secret = generator = keys.relin = keys.galois = null;
    return { primes: primes(base) };
  },
  // A secret key of its own, or the one given.
  keys({ data }) {
    if (data) secret = load(seal.SecretKey, data);
    generator = data ? new seal.KeyGenerator(base.context, secret) : new seal.KeyGenerator(base.context);
    secret = generator.secretKey();
  },
  save: request => bytes(saved[request.what](request), request.mode, ['parameters', 'secretKey'].includes(request.what)),
  // As a server has them: evaluation keys that came over the wire.
  loadKeys({ relinearization, galois }) {
    if (relinearization) keys.relin = load(seal.RelinKeys, relinearization);
    if (galois) keys.galois = load(seal.GaloisKeys, galois);
  },
  // With a public key that came over the wire.
  encrypt({ publicKey, values, scale, mode }) {
    const result = new seal.Ciphertext();
    new seal.Encryptor(base.context, load(seal.PublicKey, publicKey)).encrypt(encode(values, scale), result);
    return bytes(result, mode);
  },
  decode: ({ data }) => decoded(load(seal.Plaintext, data)),
  decrypt({ data }) {
    const ciphertext = load(seal.Ciphertext, data);
    const plain = new seal.Plaintext();
    new seal.Decryptor(base.context, secret).decrypt(ciphertext, plain);
    return { ...decoded(plain), size: ciphertext.size(), primes: ciphertext.coeffModulusSize() };
  },
  parameters({ data }) {
    const parameters = new seal.EncryptionParameters(seal.SchemeType.ckks);
    parameters.loadFromBase64(data);
    return { degree: parameters.polyModulusDegree(), primes: primes({ parameters }) };
  },
  // The client of the tutorial.
  browser({ parameters, steps }) {
    browser = createClient(bytesOf(parameters), steps);
    return { relinearizationKey: base64(browser.relinearizationKey), galoisKeys: base64(browser.galoisKeys) };
  },
  browserEncrypt: ({ values, scale }) => ({ data: base64(browser.encrypt(values, scale)) }),
  browserDecrypt: ({ data }) => ({ values: Array.from(browser.decrypt(bytesOf(data))) }),
  evaluate({ data, instructions, mode }) {
    const circuit = new Circuit(base, instructions, keys);
    return bytes(circuit.run(load(seal.Ciphertext, data)), mode, true);
  },
});
