using System.Collections.Concurrent;
using AIaaS.Homomorphic.Ckks;

namespace AIaaS.Pipeline.Inference.Encrypted;

/// <summary>One context for each parameter set of a model in memory, shared by its networks and its clients' keys.</summary>
internal sealed class CkksContexts
{
    private readonly ConcurrentDictionary<CkksParameters, WeakReference<CkksContext>> _contexts = new();

    public CkksContext Of(CkksParameters parameters)
    {
        while (true)
        {
            if (_contexts.TryGetValue(parameters, out var reference))
            {
                if (reference.TryGetTarget(out var known)) return known;
                _contexts.TryRemove(KeyValuePair.Create(parameters, reference));
            }
            var made = new CkksContext(parameters);
            if (_contexts.TryAdd(parameters, new WeakReference<CkksContext>(made))) return made;
        }
    }
}
