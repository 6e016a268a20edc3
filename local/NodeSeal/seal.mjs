// node-seal, and one CKKS parameter set with the objects everything needs.
import SEAL from 'node-seal';

export const seal = await SEAL();

export const modes = { none: seal.ComprModeType.none, zlib: seal.ComprModeType.zlib, zstd: seal.ComprModeType.zstd };

// C++ exceptions are WebAssembly.Exception objects; the instance that threw one turns it into a text.
export function describe(error, messageOfOther) {
  if (!(error instanceof WebAssembly.Exception)) return `${error?.message ?? error}`;
  for (const messageOf of [seal.getExceptionMessage, messageOfOther]) {
    try {
      return [messageOf(error)].flat().join(': ');
    } catch {
      // Another instance's.
    }
  }
  return 'an exception without a message';
}

// bits: as CoeffModulus::Create takes them, the special prime last.
export function createContext(degree, bits, security = 'tc128') {
  const parameters = new seal.EncryptionParameters(seal.SchemeType.ckks);
  parameters.setPolyModulusDegree(degree);
  parameters.setCoeffModulus(seal.CoeffModulus.Create(degree, Int32Array.from(bits)));
  const context = new seal.SEALContext(parameters, true, seal.SecLevelType[security]);
  if (!context.parametersSet()) throw new Error(`SEAL refuses the parameters N=${degree} {${bits}}`);
  return { parameters, context, encoder: new seal.CKKSEncoder(context), evaluator: new seal.Evaluator(context) };
}

export function primes({ parameters }) {
  const modulus = parameters.coeffModulus();
  return Array.from({ length: modulus.size() }, (_, index) => `${modulus.get(index).value()}`);
}
