using System.IO.Compression;
using AIaaS.Models.Families;
using AIaaS.Models.Preprocessing;
using AIaaS.Pipeline.Jobs;
using AIaaS.Training.Learning;
using TorchSharp;
#pragma warning disable
torch.set_num_threads(1);
byte[] Read(string f, int skip) { using var s = new GZipStream(File.OpenRead("/usr/share/datasets/fashion-mnist/" + f), CompressionMode.Decompress); var m = new MemoryStream(); s.CopyTo(m); return m.ToArray()[skip..]; }
TrainingSet Load(string p, bool image) { var x = Read(p + "-images-idx3-ubyte.gz", 16).Select(b => (b / 255f - 0.2860f) / 0.3530f).ToArray(); var y = Read(p + "-labels-idx1-ubyte.gz", 8).Select(b => (long)b).ToArray();
  var t = torch.tensor(x); return new TrainingSet(image ? t.reshape(-1, 1, 28, 28) : t.reshape(-1, 784), torch.tensor(y)); }
var family = args[0];
var head = new ClassificationHead([.. Enumerable.Range(0, 10).Select(i => i.ToString())]);
var train = Load("train", family == "cnn"); var test = Load("t10k", family == "cnn");
var plan = ModelFamily.Plan(family, family == "cnn" ? [1, 28, 28] : [784], 10, family == "cnn" ? [128] : [64, 64], [16, 32], 0);
var trainer = new Trainer(plan, head, train, test, new TrainingArguments(int.Parse(args[1]), 64, "adam", 0.001, "constant", 0, 0, 42, null, 1), TimeProvider.System);
while (!trainer.IsFinished) Console.WriteLine(trainer.RunEpoch(_ => { }, default));
return 0;
