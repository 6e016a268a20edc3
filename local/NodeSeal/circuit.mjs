// A circuit on one ciphertext, or on several that its first transform sums up, as fast as SEAL's interface allows: in place where it can, every plaintext encoded once, in NTT form, at the
// level where it is used; sums before the rescale; lower levels as early as the circuit gives them.
//
// Instructions: {op: 'transform', giantStep, scale, terms: [{input, baby, giant, values}]}  sum over the terms of rotate(x, giant*giantStep + baby) * values
//                 (input says which ciphertext, 0 if absent; the values already belong to slots of the result: rotation of a giant is applied to its products by Horner's rule)
//               {op: 'rotateAdd', steps: [..]}   x += rotate(x, step), one after the other
//               {op: 'multiplyPlain', values, scale}, {op: 'addPlain', values}
//               {op: 'square'} with relinearization, {op: 'rescale'}, {op: 'dropLevel'}
import { seal } from './seal.mjs';

export class Circuit {
  constructor({ context, encoder, evaluator }, instructions, keys) {
    Object.assign(this, { context, encoder, evaluator, keys });
    this.steps = instructions.map(instruction => ({ ...instruction, encoded: null }));
    this.x = new seal.Ciphertext();
    this.sum = new seal.Ciphertext();
    this.scratch = new seal.Ciphertext();
    this.babies = new Map();
  }

  // The first run encodes; measure from the second.
  run(input) {
    this.inputs = Array.isArray(input) ? input : [input];
    this.x.assign(this.inputs[0]);
    for (const step of this.steps) this[step.op](step);
    return this.x;
  }

  encode(values, scale) {
    const plain = new seal.Plaintext();
    this.encoder.encode(Float64Array.from(values), scale, plain);
    const level = this.x.parmsId();
    this.evaluator.plainModSwitchToInplace(plain, level);
    level.delete();
    return plain;
  }

  transform(step) {
    const { evaluator, x, sum, scratch } = this;
    step.encoded ??= this.prepare(step);
    const source = input => input === 0 ? x : this.inputs[input];
    for (const { key, input, baby } of step.rotations) {
      if (!this.babies.has(key)) this.babies.set(key, new seal.Ciphertext());
      evaluator.rotateVector(source(input), baby, this.keys.galois, this.babies.get(key));
    }
    for (let giant = step.encoded.length - 1; giant >= 0; giant--) {
      let fresh = giant === step.encoded.length - 1;
      if (!fresh) evaluator.rotateVectorInplace(sum, step.giantStep, this.keys.galois);
      for (const { input, baby, plain } of step.encoded[giant]) {
        const rotated = baby === 0 ? source(input) : this.babies.get(keyOf(input, baby));
        evaluator.multiplyPlain(rotated, plain, fresh ? sum : scratch);
        if (!fresh) evaluator.addInplace(sum, scratch);
        fresh = false;
      }
    }
    this.x = sum;
    this.sum = x;
  }

  prepare(step) {
    const giants = Array.from({ length: Math.max(...step.terms.map(term => term.giant)) + 1 }, () => []);
    // Horner's rule turns a giant's sum after its products: the values are turned back by as much.
    for (const { input = 0, baby, giant, values } of step.terms)
      giants[giant].push({ input, baby, plain: this.encode(rotated(values, -giant * step.giantStep, this.encoder.slotCount()), step.scale) });
    const turned = step.terms.filter(term => term.baby !== 0).map(({ input = 0, baby }) => [keyOf(input, baby), { key: keyOf(input, baby), input, baby }]);
    step.rotations = [...new Map(turned).values()];
    return giants;
  }

  rotateAdd(step) {
    for (const by of step.steps) {
      this.evaluator.rotateVector(this.x, by, this.keys.galois, this.scratch);
      this.evaluator.addInplace(this.x, this.scratch);
    }
  }

  multiplyPlain(step) {
    step.encoded ??= this.encode(step.values, step.scale);
    this.evaluator.multiplyPlainInplace(this.x, step.encoded);
  }

  addPlain(step) {
    step.encoded ??= this.encode(step.values, this.x.scale());
    this.evaluator.addPlainInplace(this.x, step.encoded);
  }

  square() {
    this.evaluator.squareInplace(this.x);
    this.evaluator.relinearizeInplace(this.x, this.keys.relin);
  }

  rescale() {
    this.evaluator.rescaleToNextInplace(this.x);
  }

  dropLevel() {
    this.evaluator.cipherModSwitchToNextInplace(this.x);
  }

  delete() {
    const plains = this.steps.flatMap(step => !step.encoded ? [] : Array.isArray(step.encoded) ? step.encoded.flat().map(term => term.plain) : [step.encoded]);
    for (const object of [this.x, this.sum, this.scratch, ...this.babies.values(), ...plains]) object.delete();
  }
}

const keyOf = (input, baby) => `${input}:${baby}`;

function rotated(values, steps, slots) {
  const from = ((steps % slots) + slots) % slots;
  return Float64Array.from({ length: slots }, (_, slot) => values[(slot + from) % slots] ?? 0);
}
