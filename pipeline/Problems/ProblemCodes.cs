using System.Reflection;

namespace AIaaS.Pipeline.Problems;

/// <summary>Every problem the service can report. A test keeps docs/errors.md and this list the same.</summary>
public static class ProblemCodes
{
    public static readonly ProblemCode InvalidName = new("InvalidName", 400, "The name is not valid.");
    public static readonly ProblemCode InvalidRequest = new("InvalidRequest", 400, "The request is not valid.");
    public static readonly ProblemCode ApiVersionUnsupported = new("ApiVersionUnsupported", 400, "The api-version is not supported.");
    public static readonly ProblemCode PayloadTooLarge = new("PayloadTooLarge", 413, "The payload is larger than the limit.");
    public static readonly ProblemCode Conflict = new("Conflict", 409, "The resource is in a state that does not allow this.");
    public static readonly ProblemCode PreconditionFailed = new("PreconditionFailed", 412, "The resource changed meanwhile.");

    public static readonly ProblemCode DatasetNotFound = new("DatasetNotFound", 404, "There is no such dataset.");
    public static readonly ProblemCode DatasetNotReady = new("DatasetNotReady", 409, "The dataset is not ready.");
    public static readonly ProblemCode DatasetEmpty = new("DatasetEmpty", 422, "The dataset holds no rows.");
    public static readonly ProblemCode DatasetFormatUnknown = new("DatasetFormatUnknown", 422, "The file is in no format that can be read.");
    public static readonly ProblemCode DatasetMalformed = new("DatasetMalformed", 422, "The file is damaged or breaks its format.");
    public static readonly ProblemCode DatasetTooLarge = new("DatasetTooLarge", 422, "The dataset exceeds a limit.");
    public static readonly ProblemCode DatasetRejected = new("DatasetRejected", 422, "Too many rows were rejected.");
    public static readonly ProblemCode DatasetLabelMissing = new("DatasetLabelMissing", 422, "The label column does not exist.");
    public static readonly ProblemCode DatasetLabelInvalid = new("DatasetLabelInvalid", 422, "The label column cannot be a label.");
    public static readonly ProblemCode DatasetSingleClass = new("DatasetSingleClass", 422, "The labels hold fewer than two classes.");
    public static readonly ProblemCode DatasetIncomplete = new("DatasetIncomplete", 409, "The dataset waits for more files.");
    public static readonly ProblemCode DatasetSidecarInvalid = new("DatasetSidecarInvalid", 422, "dataset.yaml is not valid.");

    public static readonly ProblemCode JobNotFound = new("JobNotFound", 404, "There is no such job.");
    public static readonly ProblemCode JobInvalid = new("JobInvalid", 400, "The job is not valid.");
    public static readonly ProblemCode JobCanceled = new("JobCanceled", 409, "The job was canceled.");
    public static readonly ProblemCode JobLeaseLost = new("JobLeaseLost", 409, "Another worker has taken the job over.");
    public static readonly ProblemCode JobTimeout = new("JobTimeout", 422, "The job ran past its time limit.");
    public static readonly ProblemCode JobAttemptsExhausted = new("JobAttemptsExhausted", 422, "The job failed in every attempt it was allowed.");
    public static readonly ProblemCode TrainingFailed = new("TrainingFailed", 422, "The training failed.");

    public static readonly ProblemCode ModelNotFound = new("ModelNotFound", 404, "There is no such model.");
    public static readonly ProblemCode ModelVersionNotFound = new("ModelVersionNotFound", 404, "The model has no such version.");
    public static readonly ProblemCode ModelRefused = new("ModelRefused", 422, "The model file is refused.");
    public static readonly ProblemCode ModelUnavailable = new("ModelUnavailable", 503, "The model cannot be loaded now.");
    public static readonly ProblemCode TensorInvalid = new("TensorInvalid", 400, "A tensor does not fit the model.");

    public static readonly ProblemCode OperationNotFound = new("OperationNotFound", 404, "There is no such operation.");
    public static readonly ProblemCode OperationFailed = new("OperationFailed", 422, "The operation failed.");

    public static readonly ProblemCode EvaluationKeysNotFound = new("EvaluationKeysNotFound", 404, "There are no such evaluation keys.");
    public static readonly ProblemCode EvaluationKeysIncomplete = new("EvaluationKeysIncomplete", 409, "The evaluation keys have not come whole.");
    public static readonly ProblemCode EvaluationKeysInvalid = new("EvaluationKeysInvalid", 422, "The evaluation keys are refused.");
    public static readonly ProblemCode EvaluationKeysDigestMismatch = new("EvaluationKeysDigestMismatch", 422, "The evaluation keys have another digest than their name.");
    public static readonly ProblemCode EvaluationKeysQuotaExceeded = new("EvaluationKeysQuotaExceeded", 403, "The caller keeps too many evaluation keys.");

    public static readonly ProblemCode EvaluationKeysMismatch = new("EvaluationKeysMismatch", 400, "The evaluation keys are of another parameter set than the model.");
    public static readonly ProblemCode EvaluationKeysLackRotation = new("EvaluationKeysLackRotation", 400, "The evaluation keys lack a rotation that the model needs.");
    public static readonly ProblemCode EncryptionUnsupported = new("EncryptionUnsupported", 400, "The model does not answer on encrypted input.");
    public static readonly ProblemCode CiphertextInvalid = new("CiphertextInvalid", 400, "A ciphertext cannot be computed with.");
    public static readonly ProblemCode CiphertextMismatch = new("CiphertextMismatch", 400, "The ciphertexts belong to another request.");

    public static readonly ProblemCode KeyNotFound = new("KeyNotFound", 403, "The key does not exist or was deleted.");
    public static readonly ProblemCode KeyDisabled = new("KeyDisabled", 403, "The key is disabled.");
    public static readonly ProblemCode KeyForbidden = new("KeyForbidden", 403, "The service may not use the key.");
    public static readonly ProblemCode KeyUnavailable = new("KeyUnavailable", 503, "The key vault cannot be reached now.");
    public static readonly ProblemCode IntegrityFailed = new("IntegrityFailed", 500, "Stored data does not match its signed manifest.");
    public static readonly ProblemCode StorageUnavailable = new("StorageUnavailable", 503, "The storage cannot be reached now.");
    public static readonly ProblemCode StorageForbidden = new("StorageForbidden", 503, "The storage refused access.");
    public static readonly ProblemCode QueueUnavailable = new("QueueUnavailable", 503, "The queues cannot be reached now.");
    public static readonly ProblemCode MessageInvalid = new("MessageInvalid", 400, "A queue message is not readable.");
    public static readonly ProblemCode Busy = new("Busy", 503, "The service has too much to do now.");
    public static readonly ProblemCode Internal = new("Internal", 500, "Something unexpected went wrong.");

    /// <summary>All of them, by code.</summary>
    public static IReadOnlyDictionary<string, ProblemCode> All { get; } = typeof(ProblemCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => field.GetValue(null))
        .OfType<ProblemCode>()
        .ToDictionary(code => code.Code, StringComparer.Ordinal);
}
