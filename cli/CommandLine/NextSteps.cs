using AIaaS.Cli.Service;

namespace AIaaS.Cli.CommandLine;

/// <summary>What to do about a problem the service reports, by its code.</summary>
public static class NextSteps
{
    public static string? For(ServiceProblemException problem) => problem.Problem.Code switch
    {
        "DatasetNotFound" => "Run 'aiaas datasets list' for the names there are, or 'aiaas upload NAME FILE' to make one.",
        "DatasetNotReady" => "Run 'aiaas datasets show NAME' to see what it waits for or why it failed.",
        "DatasetLabelMissing" => "Name a column of the file: aiaas upload NAME FILE --label COLUMN",
        "DatasetSingleClass" => "Classification needs two classes or more: check the label column with 'aiaas datasets show NAME'.",
        "DatasetFormatUnknown" => "Give CSV, TSV, JSONL, Parquet, IDX, NPY, NPZ or a zip of images in class folders.",
        "JobNotFound" => "Run 'aiaas jobs list' for the jobs there are.",
        "JobInvalid" => "Correct the job file or the options; 'aiaas train --help' shows them.",
        "ModelNotFound" => "Run 'aiaas models list' for the names there are, or 'aiaas train' to make one.",
        "ModelVersionNotFound" => "Run 'aiaas models show NAME' for its versions.",
        "KeyDisabled" => "Run 'aiaas keys list', then 'aiaas keys enable KEY' when the data shall be readable again.",
        "KeyNotFound" => "A deleted key cannot be brought back, and what it protected is gone: delete it and upload or train again.",
        "KeyUnavailable" or "StorageUnavailable" or "ModelUnavailable" => "Try again in a few seconds; if it lasts, see the log files in the data folder.",
        "Conflict" => null,
        _ when problem.ExitCode == ExitCodes.AccessDenied =>
            "Give the service's key with --key or AIAAS_KEY. For a service started by 'aiaas up' it is in endpoint.json of its data folder.",
        _ when problem.Status >= 500 && problem.Problem.TraceId is { } trace => $"Look for trace id {trace} in the service's log.",
        _ => null,
    };
}
