namespace AIaaS.Models.Onnx.Inspection;

/// <summary>Reads the outline of an untrusted ONNX file within a <see cref="Budget"/>. Numbers are the field numbers of onnx.proto.</summary>
/// <remarks>Parts that protobuf would merge when they come twice (a graph, an attribute's tensor) are refused: parsers need not agree on them.</remarks>
internal sealed class OutlineReader(Budget budget)
{
    private readonly int _nameBytes = budget.Limits.NameBytes;
    private readonly TypeScan _types = new(budget);

    public ModelOutline ReadModel(ReadOnlySpan<byte> message)
    {
        budget.EnterMessage();
        var reader = new WireReader(message);
        long irVersion = 0;
        GraphOutline? graph = null;
        List<OpsetOutline> opsets = [];
        List<FunctionOutline> functions = [];
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: irVersion = reader.ReadInteger(); break;
                case 7 when graph is not null: throw WireReader.Malformed("it has two graphs");
                case 7: ReadGraph(reader.ReadBytes(), graph = new GraphOutline()); break;
                case 8: opsets.Add(ReadOpset(reader.ReadBytes())); break;
                case 14: ReadEntry(reader.ReadBytes()); break;
                case 20: throw WireReader.Malformed("it has training information, which inference does not need; export it without");
                case 25: functions.Add(ReadFunction(reader.ReadBytes())); break;
                default: reader.Skip(); break;
            }
        }
        budget.LeaveMessage();
        return new ModelOutline(irVersion, opsets, graph, functions);
    }

    private void ReadGraph(ReadOnlySpan<byte> message, GraphOutline graph)
    {
        budget.EnterMessage();
        budget.EnterGraph();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: graph.Nodes.Add(ReadNode(reader.ReadBytes())); break;
                case 5: graph.Initializers.Add(TensorScan.Read(reader.ReadBytes(), budget)); break;
                case 11: graph.Inputs.Add(ReadValueInfo(reader.ReadBytes())); break;
                case 12: graph.Outputs.Add(ReadValueInfo(reader.ReadBytes())); break;
                case 13: ReadValueInfo(reader.ReadBytes()); break;
                case 15: graph.Initializers.Add(ReadSparse(reader.ReadBytes())); break;
                default: budget.Skip(ref reader); break;
            }
        }
        budget.LeaveGraph();
        budget.LeaveMessage();
    }

    private NodeOutline ReadNode(ReadOnlySpan<byte> message)
    {
        budget.Node();
        budget.EnterMessage();
        var node = new NodeOutline();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: node.Inputs.Add(ReadText(ref reader)); break;
                case 2: node.Outputs.Add(ReadText(ref reader)); break;
                case 4: node.OpType = ReadText(ref reader); break;
                case 5: ReadAttribute(reader.ReadBytes(), node); break;
                case 7: node.Domain = ReadText(ref reader); break;
                case 8: node.Overload = ReadText(ref reader); break;
                default: budget.Skip(ref reader); break;
            }
        }
        budget.LeaveMessage();
        return node;
    }

    private void ReadAttribute(ReadOnlySpan<byte> message, NodeOutline? node)
    {
        budget.EnterMessage();
        var reader = new WireReader(message);
        bool tensor = false, graph = false;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 5 when tensor: throw WireReader.Malformed("an attribute has two tensors");
                case 5:
                    tensor = true;
                    TensorScan.Read(reader.ReadBytes(), budget);
                    break;
                case 10: TensorScan.Read(reader.ReadBytes(), budget); break;
                case 6 when graph || node is null: throw WireReader.Malformed("an attribute has two graphs, or a graph as default");
                case 6:
                    graph = true;
                    AddSubgraph(reader.ReadBytes(), node);
                    break;
                case 11 when node is null: throw WireReader.Malformed("an attribute has graphs as default");
                case 11: AddSubgraph(reader.ReadBytes(), node); break;
                case 7: budget.Numbers(reader.SkipNumbers(4)); break;
                case 8: budget.Numbers(reader.SkipNumbers(0)); break;
                case 9:
                    budget.Text();
                    reader.Skip();
                    break;
                case 14 or 15: _types.Read(reader.ReadBytes()); break;
                case 22 or 23: ReadSparse(reader.ReadBytes()); break;
                default: reader.Skip(); break;
            }
        }
        budget.LeaveMessage();
    }

    private void AddSubgraph(ReadOnlySpan<byte> message, NodeOutline node)
    {
        var subgraph = new GraphOutline();
        node.Subgraphs.Add(subgraph);
        ReadGraph(message, subgraph);
    }

    private FunctionOutline ReadFunction(ReadOnlySpan<byte> message)
    {
        budget.EnterMessage();
        var function = new FunctionOutline();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: function.Name = ReadText(ref reader); break;
                case 4: function.Body.Inputs.Add(ReadText(ref reader)); break;
                case 5: function.Body.Outputs.Add(ReadText(ref reader)); break;
                case 7: function.Body.Nodes.Add(ReadNode(reader.ReadBytes())); break;
                case 9: function.Opsets.Add(ReadOpset(reader.ReadBytes())); break;
                case 10: function.Domain = ReadText(ref reader); break;
                case 11: ReadAttribute(reader.ReadBytes(), node: null); break;
                case 12: ReadValueInfo(reader.ReadBytes()); break;
                case 13: function.Overload = ReadText(ref reader); break;
                default: budget.Skip(ref reader); break;
            }
        }
        budget.LeaveMessage();
        return function;
    }

    private OpsetOutline ReadOpset(ReadOnlySpan<byte> message)
    {
        budget.EnterMessage();
        var reader = new WireReader(message);
        var domain = "";
        long version = 0;
        while (reader.Next())
        {
            if (reader.Field == 1) domain = ReadText(ref reader);
            else if (reader.Field == 2) version = reader.ReadInteger();
            else reader.Skip();
        }
        budget.LeaveMessage();
        return new OpsetOutline(domain, version);
    }

    private void ReadEntry(ReadOnlySpan<byte> message)
    {
        budget.EnterMessage();
        var reader = new WireReader(message);
        while (reader.Next()) budget.Skip(ref reader);
        budget.LeaveMessage();
    }

    private string ReadSparse(ReadOnlySpan<byte> message)
    {
        budget.EnterMessage();
        var reader = new WireReader(message);
        var shape = new ShapeCount(budget.Limits);
        var name = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = TensorScan.Read(reader.ReadBytes(), budget); break;
                case 2: TensorScan.Read(reader.ReadBytes(), budget); break;
                case 3: shape.Dimensions(ref reader); break;
                default: reader.Skip(); break;
            }
        }
        budget.LeaveMessage();
        return name;
    }

    private string ReadValueInfo(ReadOnlySpan<byte> message)
    {
        budget.EnterMessage();
        var reader = new WireReader(message);
        var name = "";
        while (reader.Next())
        {
            if (reader.Field == 1) name = ReadText(ref reader);
            else if (reader.Field == 2) _types.Read(reader.ReadBytes());
            else budget.Skip(ref reader);
        }
        budget.LeaveMessage();
        return name;
    }

    private string ReadText(ref WireReader reader)
    {
        budget.Text();
        return reader.ReadName(_nameBytes);
    }
}
