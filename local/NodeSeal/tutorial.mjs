// The browser's side of privacy/README.md; a test runs it.
// snippet: browser
import SEAL from 'node-seal';

const seal = await SEAL();

// parameters: the bytes the service published; steps: the rotations its plan needs.
export function createClient(parameters, steps) {
  const parms = new seal.EncryptionParameters(seal.SchemeType.ckks);
  parms.loadFromArray(parameters);
  const context = new seal.SEALContext(parms, true, seal.SecLevelType.tc128);
  const generator = new seal.KeyGenerator(context);
  const secret = generator.secretKey(); // never leaves the browser
  const encoder = new seal.CKKSEncoder(context);
  const encryptor = new seal.Encryptor(context, generator.createPublicKey(), secret);
  const decryptor = new seal.Decryptor(context, secret);
  const { zstd } = seal.ComprModeType;
  return {
    // Sent once. "Serializable" keys and ciphertexts go as seeds: half the size.
    relinearizationKey: generator.createRelinKeysSerializable().saveToArray(zstd),
    galoisKeys: generator.createGaloisKeysSerializableWithSteps(Int32Array.from(steps)).saveToArray(zstd),

    encrypt(slots, scale) {
      const plain = new seal.Plaintext();
      encoder.encode(Float64Array.from(slots), scale, plain);
      return encryptor.encryptSymmetricSerializable(plain).saveToArray(zstd);
    },

    decrypt(bytes) {
      const ciphertext = new seal.Ciphertext();
      ciphertext.loadFromArray(context, bytes);
      const plain = new seal.Plaintext();
      decryptor.decrypt(ciphertext, plain);
      return encoder.decodeFloat64(plain);
    },
  };
}
// end

// Exceptions belong to the instance that threw them.
export const messageOf = error => seal.getExceptionMessage(error);
