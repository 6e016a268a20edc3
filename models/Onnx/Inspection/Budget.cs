namespace AIaaS.Models.Onnx.Inspection;

/// <summary>Counts the parts of one file and refuses it as soon as a limit is passed, before memory is taken for the part.</summary>
internal sealed class Budget(OnnxLimits limits)
{
    /// <summary>Protobuf's own default, which ONNX Runtime uses too.</summary>
    private const int MessageDepth = 100;

    private int _nodes, _messages, _strings, _depth, _graphs;
    private long _numbers;

    public OnnxLimits Limits => limits;

    public void Node() => Count(ref _nodes, limits.Nodes, "nodes");

    public void Text() => Count(ref _strings, limits.Strings, "names and strings");

    /// <summary>Documentation, annotations and fields of later versions: loaders keep them in memory, so they count.</summary>
    public void Skip(ref WireReader reader)
    {
        Text();
        reader.Skip();
    }

    /// <summary>Numbers in attributes; each takes up to 8 bytes when loaded, however few in the file.</summary>
    public void Numbers(long count)
    {
        _numbers += count;
        if (_numbers > limits.AttributeNumbers) throw TooMany("numbers in attributes", limits.AttributeNumbers);
    }

    public void EnterMessage()
    {
        Count(ref _messages, limits.Messages, "parts");
        if (++_depth > MessageDepth)
            throw new ModelRefusedException(ModelRefusal.TooDeep, $"Its parts are nested deeper than {MessageDepth} levels.");
    }

    public void LeaveMessage() => _depth--;

    public void EnterGraph()
    {
        if (++_graphs > limits.Depth)
            throw new ModelRefusedException(ModelRefusal.TooDeep, $"Its graphs are nested deeper than {limits.Depth} levels.");
    }

    public void LeaveGraph() => _graphs--;

    private static void Count(ref int count, int limit, string what)
    {
        if (++count > limit) throw TooMany(what, limit);
    }

    private static ModelRefusedException TooMany(string what, long limit) =>
        new(ModelRefusal.TooManyParts, $"It has more than {limit} {what}.");
}
