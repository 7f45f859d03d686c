using Microsoft.ML.OnnxRuntime;

namespace VoiceForge.Core;

/// <summary>What a program expects of a model that it did not make: its inputs and outputs by name, type and shape. Immutable; any thread.</summary>
/// <remarks>
/// Give it to <see cref="ModelCache.Contract"/>, or call <see cref="Verify"/> on what <see cref="ModelLoader"/> returned. A model that does not
/// keep it is refused before anything runs; one that does is refused all the same if a run on silence fails, or returns a value that is not
/// finite or a shape that the contract excludes.
/// </remarks>
/// <param name="Inputs">All inputs. One more in the model is an error, since nobody would fill it.</param>
/// <param name="Outputs">The outputs that the program reads. The model may have more.</param>
public sealed record ModelContract(IReadOnlyList<ModelPort> Inputs, IReadOnlyList<ModelPort> Outputs)
{
    /// <summary>Checks a model, and runs it once on silence.</summary>
    /// <param name="model">A handle that is not disposed; it stays the caller's.</param>
    /// <exception cref="InvalidDataException">The model does not keep the contract; the message names every difference.</exception>
    public void Verify(ModelData model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Check(model.Session, model.Path);
        ModelWarmup.Run(model.Session, model.Path, this);
    }

    internal void Check(InferenceSession session, string path)
    {
        var problems = Inputs.Select(port => Compare("input", port, session.InputMetadata))
            .Concat(Outputs.Select(port => Compare("output", port, session.OutputMetadata)))
            .OfType<string>()
            .Concat(session.InputMetadata.Keys.Except(Inputs.Select(port => port.Name)).Select(name => $"it has an input '{name}' that the program does not know"))
            .ToList();
        if (problems.Count > 0)
            throw Broken(path, string.Join("; ", problems));
    }

    internal static InvalidDataException Broken(string path, string problem) =>
        new($"'{path}' is not a model that this program can use: {problem}. Export it with the inputs and outputs that the program documents.");

    private static string? Compare(string kind, ModelPort port, IReadOnlyDictionary<string, NodeMetadata> model)
    {
        if (!model.TryGetValue(port.Name, out var found))
            return $"it has no {kind} '{port.Name}' (only {string.Join(", ", model.Keys.Select(name => $"'{name}'"))})";
        if (!found.IsTensor || found.ElementDataType != port.ElementType)
            return $"{kind} '{port.Name}' is {(found.IsTensor ? found.ElementDataType : found.OnnxValueType)}, expected {port.ElementType}";
        return Fits(found.Dimensions, port.Shape) ? null : $"{kind} '{port.Name}' has the shape {Text(found.Dimensions)}, expected {Text(port.Shape)}";
    }

    // Where the program chooses the size the model must be open; where it does not, an open model is as good as one of that size.
    private static bool Fits(int[] model, IReadOnlyList<int> wanted) =>
        model.Length == wanted.Count && model.Zip(wanted).All(pair => pair.First < 0 || pair.First == pair.Second);

    internal static string Text(IEnumerable<int> shape) => $"[{string.Join(", ", shape.Select(size => size < 0 ? "open" : $"{size}"))}]";
}
