using AIaaS.Pipeline.Jobs;
using AIaaS.Pipeline.Problems;
using static TorchSharp.torch;

namespace AIaaS.Training.Jobs;

/// <summary>Threads and device of the process. On CPU every operation used is deterministic on one thread; CUDA's may differ in the last bits.</summary>
internal static class TorchSetup
{
    /// <exception cref="PipelineException">TrainingFailed: CUDA was asked for and is not there.</exception>
    public static Device Prepare(TrainingJob job)
    {
        UseThreads(job);
        if (job.Device == TrainingDevice.Cuda && !cuda.is_available())
            throw new PipelineException(ProblemCodes.TrainingFailed,
                "The job asks for the device cuda, and this worker has none. Use the CUDA build of the training image, or device: auto.");
        return job.Device != TrainingDevice.Cpu && cuda.is_available() ? CUDA : CPU;
    }

    /// <summary>OpenMP keeps the number per thread, and awaits may change the thread: call before every block of work.</summary>
    public static void UseThreads(TrainingJob job) => set_num_threads(job.Training.NumThreads);
}
