// The peer: fastify and onnxruntime-node answering the same V2 requests, written as its users would.
// usage: node server.mjs WORKERS NAME=FILE.onnx ...   Prints the port it listens on once all workers do.
// One worker runs in this process; more are a node:cluster that shares the port, connections dealt out in turn.
import cluster from 'node:cluster';
import Fastify from 'fastify';
import ort from 'onnxruntime-node';

const TYPES = { UINT8: ['uint8', Uint8Array], FP32: ['float32', Float32Array] };
const NAMES = { float32: 'FP32', uint8: 'UINT8', string: 'BYTES' };

const [count, ...files] = process.argv.slice(2);
const workers = Number(count);

if (cluster.isPrimary && workers > 1) {
  let listening = 0;
  cluster.on('listening', (worker, address) => {
    if (++listening === workers) console.log(`listening on ${address.port}`);
  });
  for (let index = 0; index < workers; index++) cluster.fork();
} else {
  const port = await serve();
  if (cluster.isPrimary) console.log(`listening on ${port}`);
}

async function serve() {
  const models = new Map();
  for (const argument of files) {
    const [name, file] = argument.split('=');
    models.set(name, await ort.InferenceSession.create(file, { intraOpNumThreads: 1, interOpNumThreads: 1 }));
  }

  const app = Fastify({ bodyLimit: 64 << 20 });
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (request, body, done) => done(null, body));

  app.post('/v2/models/:model/infer', async (request, reply) => {
    const model = models.get(request.params.model);
    const { asked, tensors } = readInputs(request);
    const feeds = {};
    asked.inputs.forEach((input, index) => {
      const [type, Make] = TYPES[input.datatype];
      feeds[input.name] = new ort.Tensor(type, new Make(tensors[index]), input.shape);
    });
    const wanted = asked.outputs ? asked.outputs.map(output => output.name) : model.outputNames;
    const results = await model.run(feeds, wanted);
    const binary = asked.parameters?.binary_data_output === true;
    const blobs = [];
    const outputs = wanted.map(name => {
      const tensor = results[name];
      const output = { name, datatype: NAMES[tensor.type], shape: tensor.dims };
      if (!binary) return { ...output, data: Array.from(tensor.data) };
      const bytes = bytesOf(tensor);
      blobs.push(bytes);
      return { ...output, parameters: { binary_data_size: bytes.length } };
    });
    const json = JSON.stringify({ model_name: request.params.model, model_version: '1', outputs });
    if (!binary) return reply.type('application/json').send(json);
    return reply
      .type('application/octet-stream')
      .header('inference-header-content-length', Buffer.byteLength(json))
      .send(Buffer.concat([Buffer.from(json), ...blobs]));
  });

  await app.listen({ port: 0, host: '127.0.0.1' });
  return app.server.address().port;
}

function readInputs(request) {
  if (!Buffer.isBuffer(request.body)) {
    return { asked: request.body, tensors: request.body.inputs.map(input => input.data.flat(Infinity)) };
  }
  const jsonLength = Number(request.headers['inference-header-content-length']);
  const asked = JSON.parse(request.body.toString('utf8', 0, jsonLength));
  let at = jsonLength;
  const tensors = asked.inputs.map(input => {
    const size = input.parameters.binary_data_size;
    // A copy, because the bytes need not lie on a boundary of their type.
    const bytes = new Uint8Array(request.body.subarray(at, at + size));
    at += size;
    return bytes.buffer;
  });
  return { asked, tensors };
}

function bytesOf(tensor) {
  if (tensor.type !== 'string') return Buffer.from(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
  return Buffer.concat(tensor.data.flatMap(text => {
    const bytes = Buffer.from(text, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return [length, bytes];
  }));
}
