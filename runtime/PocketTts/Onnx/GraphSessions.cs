using Microsoft.ML.OnnxRuntime;

namespace PocketTts.Onnx;

/// <summary>Opens the graphs of a model one by one, in the wished precision, and closes them all together.</summary>
internal sealed class GraphSessions : IDisposable
{
    private readonly BundleFiles _files;
    private readonly ModelLayout _layout;
    private readonly ModelPrecision _precision;
    private readonly LoadReport _report;
    private readonly SessionOptions _options;
    private readonly List<InferenceSession> _sessions = [];
    private readonly Dictionary<string, GraphWiring> _wirings = [];

    public GraphSessions(BundleFiles files, ModelLayout layout, TtsModelOptions model, LoadReport report)
    {
        _files = files;
        _layout = layout;
        _precision = model.Precision;
        _report = report;
        _options = new SessionOptions
        {
            IntraOpNumThreads = model.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        // Threads that spin for work slow a busy machine down several times over.
        _options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
    }

    /// <returns><see langword="null"/> if there is no such file.</returns>
    /// <exception cref="InvalidDataException">The file is no graph of the published signature.</exception>
    public InferenceSession? Open(string graph)
    {
        if (_layout.FileOf(_files, graph, _precision) is not { } file)
            return null;
        var model = _files.ReadGraph(file);
        var session = _files.OpenSession(file, model, _options);
        _sessions.Add(session);
        GraphChecks.Signature(session, graph, _files.Describe(file));
        if (graph is GraphNames.FlowLmMain or GraphNames.MimiDecoder)
            _wirings[graph] = GraphWiring.Of(model, _files.Describe(file));
        _report.Loaded(file);
        return session;
    }

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no graph of the published signature.</exception>
    public InferenceSession OpenNeeded(string graph)
    {
        if (Open(graph) is { } session)
            return session;
        var file = $"{_layout.Folder}{_layout.StemOf(graph)}.onnx";
        var alternative = _precision == ModelPrecision.Float32 ? "" : " and its 8-bit form";
        throw new FileNotFoundException($"The model in {_files.Location} lacks '{file}'{alternative}.", file);
    }

    /// <summary>Marks the states of a graph, which was opened just now, that it gives as it takes them or only adds to. Once for each graph.</summary>
    public StateSlot[] Mark(string graph, StateSlot[] slots)
    {
        if (!_wirings.Remove(graph, out var wiring))
            throw new InvalidOperationException($"The states of '{graph}' were marked already, or it is not open.");
        return Array.ConvertAll(slots, s => s with
        {
            IsConstant = wiring.IsUnchanged(s.Input, s.Output),
            IsInPlace = wiring.CanShareMemory(s.Input, s.Output),
        });
    }

    public void Dispose()
    {
        _sessions.ForEach(s => s.Dispose());
        _options.Dispose();
    }
}
