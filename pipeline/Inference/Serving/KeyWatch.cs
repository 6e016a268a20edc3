using System.Collections.Concurrent;
using AIaaS.Pipeline.Keys;
using AIaaS.Pipeline.Problems;

namespace AIaaS.Pipeline.Inference.Serving;

/// <summary>Knows, never more than 30 s late, whether the key of a served model may still be used.</summary>
/// <remarks>
/// A model in memory needs no key to answer, so revocation has to be looked for. Definite answers of the vault stop the model at once;
/// while the vault cannot be reached, the last good answer stands for at most <see cref="Grace"/>.
/// </remarks>
public sealed class KeyWatch(VaultKeys keys, TimeProvider clock)
{
    /// <summary>An answer is used this long without asking again.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    /// <summary>How long a model outlives the last good answer of a vault that does not answer.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>A refusal is repeated this long without asking again.</summary>
    private static readonly TimeSpan RefusalAge = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<Answer>>> _asking = new(StringComparer.Ordinal);

    /// <summary>Completes at once when the last answer is young enough.</summary>
    /// <exception cref="PipelineException">KeyNotFound, KeyDisabled, KeyForbidden, KeyUnavailable.</exception>
    public ValueTask CheckAsync(string model, CancellationToken cancellationToken)
    {
        if (_answers.TryGetValue(model, out var answer) && IsYoung(answer))
            return answer.Refusal is null ? ValueTask.CompletedTask : ValueTask.FromException(Fresh(answer.Refusal));
        return new ValueTask(AskAndJudgeAsync(model, cancellationToken));
    }

    /// <summary>Asks the vault now.</summary>
    /// <returns>Null when the key is usable.</returns>
    public async Task<PipelineException?> RefreshAsync(string model, CancellationToken cancellationToken) =>
        (await AskOnceAsync(model).WaitAsync(cancellationToken)).Refusal;

    /// <summary>Forgets a model that is no longer served.</summary>
    public void Forget(string model) => _answers.TryRemove(model, out _);

    /// <summary>The names an answer is held for.</summary>
    public IReadOnlyCollection<string> Models => [.. _answers.Keys];

    private bool IsYoung(Answer answer) =>
        clock.GetElapsedTime(answer.AskedAt) < (answer.Refusal is null ? MaxAge : RefusalAge);

    private async Task AskAndJudgeAsync(string model, CancellationToken cancellationToken)
    {
        var answer = await AskOnceAsync(model).WaitAsync(cancellationToken);
        if (answer.Refusal is not null) throw Fresh(answer.Refusal);
    }

    private async Task<Answer> AskOnceAsync(string model)
    {
        var asking = _asking.GetOrAdd(model, name => new Lazy<Task<Answer>>(() => AskAsync(name)));
        try
        {
            return await asking.Value;
        }
        finally
        {
            _asking.TryRemove(KeyValuePair.Create(model, asking));
        }
    }

    private async Task<Answer> AskAsync(string model)
    {
        _answers.TryGetValue(model, out var previous);
        var now = clock.GetTimestamp();
        Answer answer;
        try
        {
            await keys.CheckUsableAsync(VaultScope.Model(model), CancellationToken.None);
            answer = new Answer(now, now, null);
        }
        catch (PipelineException exception)
        {
            var lastGood = previous?.LastGood;
            var stands = exception.Code == ProblemCodes.KeyUnavailable && lastGood is { } good && clock.GetElapsedTime(good) < Grace;
            answer = new Answer(now, lastGood, stands ? null : exception);
        }
        _answers[model] = answer;
        return answer;
    }

    // An exception object belongs to one throw; a shared one would collect the stacks of all requests.
    private static PipelineException Fresh(PipelineException refusal) => new(refusal.Code, refusal.Message, refusal.Items, refusal);

    /// <param name="AskedAt">When the vault was asked.</param>
    /// <param name="LastGood">When it last said yes.</param>
    /// <param name="Refusal">Null when the key may be used.</param>
    private sealed record Answer(long AskedAt, long? LastGood, PipelineException? Refusal);
}
