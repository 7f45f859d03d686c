using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Analysis;

/// <summary>Has Roslyn and the rules compiled to machine code while MSBuild, which keeps one processor busy, still loads the solution.</summary>
/// <remarks>The result is thrown away: a run is right without it, and just slower.</remarks>
internal static class Warmup
{
    // What most code is made of, so that most of the compiler is met, and some of V1, so that the rules are.
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using PocketTts;
        using VoiceForge.Audio;

        namespace Warm;

        public enum Level { Low = 1, High = Low << 2 }

        public interface ISink<T> where T : notnull { bool TryTake(T item, out int count); event EventHandler? Changed; }

        public sealed record Order(int Id, string? Name, decimal Total = 1.5m) { public string Region { get; init => field = value.Trim(); } = $"{nameof(Order)}"; }

        public abstract class Sink<T>(int size) : ISink<T>, IDisposable where T : notnull
        {
            private readonly Dictionary<string, List<T>> _items = new(size) { ["a"] = [] };
            public event EventHandler? Changed;
            public int this[string key] => _items.TryGetValue(key, out var list) ? list.Count : throw new KeyNotFoundException(key);
            public virtual bool TryTake(T item, out int count) { count = 0; Changed?.Invoke(this, EventArgs.Empty); foreach (var pair in _items) { if (pair.Value is { Count: > 0 } values) count += values.Count; } return count > 0; }
            public void Dispose() => GC.SuppressFinalize(this);
            public static Sink<T> operator +(Sink<T> left, T right) { lock (left) { left._items["a"].Add(right); } return left; }
        }

        public static class Work
        {
            public static async Task<double> RunAsync(IEnumerable<Order> orders, params string[] names)
            {
                var groups = from order in orders where order.Total > 1 orderby order.Name descending group order by order.Name?.Length ?? 0 into g select new { g.Key, Sum = g.Sum(o => o.Total) };
                var total = 0.0;
                try
                {
                    for (var i = 0; i < names.Length; i++)
                    {
                        await Task.Yield();
                        total += names[i] switch { { Length: > 3 } name => name.Length, "a" or "b" => 2, null => 0, _ => (int)Level.High };
                    }
                    using var buffer = new System.IO.MemoryStream();
                    Span<int> span = stackalloc int[4];
                    foreach (ref var item in span) item = Local(item);
                    (int first, var second) = (span[0], span[^1]);
                    total += first + second + groups.Count() + await Task.Run(() => Iterate(3).Select(x => x * 2).Where(x => x % 3 != 0).ToArray().Length);
                }
                catch (InvalidOperationException e) when (e.Message.Length > 0) { throw; }
                finally { total++; }
                return total;
                static int Local(int x) => checked(x + 1);
            }

            private static IEnumerable<int> Iterate(int n) { while (n-- > 0) yield return n; }
        }

        public class Voice
        {
            private readonly RingBuffer _ring = new RingBuffer(480000, 1);
            private readonly TtsModel _model = new TtsModel("b6369a24", 0.7, 4, -4.0);
            public void Play(float[] audio) { _ring.Write(audio); var read = _ring.Read(256); Console.WriteLine(read.Length); }
            public float[] Speak() => _model.Generate(_model.LoadVoice("alba"), "hello");
            public void Start() { var stream = new AudioStream(0, 1, 48000); stream.SetProcessingCallback(x => x); stream.Start(); stream.Stop(); }
        }
        """;

    /// <summary>Begins it and returns at once.</summary>
    public static void Begin(RuleEngine engine, CancellationToken cancellationToken) => _ = Task.Run(() => RunAsync(engine, cancellationToken), cancellationToken);

    /// <returns>Errors of the source, the rules that found something in it, and errors of what they made of it.</returns>
    public static async Task<(ImmutableArray<Diagnostic> Before, ImmutableArray<string> Found, ImmutableArray<Diagnostic> After)> RunAsync(
        RuleEngine engine, CancellationToken cancellationToken)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] assemblies = ["System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq", "System.Console", "System.Memory", "System.Threading"];
        var libraries = engine.Runtime.WithV1.Concat(engine.Runtime.Dependencies).Select(a => a.Reference);
        var project = new AdhocWorkspace(WorkspaceBuilder.Services)
            .AddProject("Warm", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .WithMetadataReferences([.. assemblies.Select(name => MetadataReference.CreateFromFile(Path.Combine(framework, name + ".dll"))), .. libraries]);
        var document = project.AddDocument("Warm.cs", Source, filePath: "Warm.cs");
        var compilation = (await document.Project.GetCompilationAsync(cancellationToken))!;
        var found = await compilation.WithAnalyzers(engine.Analyzers).GetAnalyzerSemanticDiagnosticsAsync(
            compilation.GetSemanticModel(compilation.SyntaxTrees.Single()), filterSpan: null, cancellationToken);
        var changed = await engine.Fix(document, found, cancellationToken);
        return (
            Errors(compilation, cancellationToken), [.. found.Select(d => d.Id)], Errors((await changed.Project.GetCompilationAsync(cancellationToken))!, cancellationToken));
    }

    private static ImmutableArray<Diagnostic> Errors(Compilation compilation, CancellationToken cancellationToken) =>
        [.. compilation.GetDiagnostics(cancellationToken).Where(d => d.Severity == DiagnosticSeverity.Error)];
}
