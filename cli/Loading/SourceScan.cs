using System.Collections.Immutable;
using System.Text;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli.Loading;

/// <summary>Reads sources as bytes for V1's names, so that MSBuild and Roslyn see only what can hold a finding.</summary>
internal sealed class SourceScan
{
    private static readonly string[] OtherLanguages = [".vb", ".fs", ".razor", ".cshtml", ".csx"];
    private static readonly string[] Wiring = [".xml", ".json", ".config", ".yaml", ".yml"];

    private readonly byte[][] _typeNames;
    private readonly byte[][] _libraryNames;
    private readonly byte[][] _qualifiedNames;
    private readonly ImmutableArray<MigratedLibrary> _libraries;
    private readonly IReadOnlyDictionary<string, EvaluatedProject> _evaluated;
    private readonly DeclaredReplacements _replacements = new();

    private SourceScan(ImmutableArray<MigratedLibrary> libraries, IReadOnlyDictionary<string, EvaluatedProject> evaluated)
    {
        _libraries = libraries;
        _evaluated = evaluated;
        _typeNames = libraries.SelectMany(l => l.V1TypeNames).Distinct().Select(Encoding.UTF8.GetBytes).ToArray();
        _qualifiedNames = MigrationMap.RenamedTypes.Select(row => Encoding.UTF8.GetBytes(row.Old)).ToArray();
        _libraryNames = libraries.Select(l => Encoding.UTF8.GetBytes($"\"{l.Name}/")).ToArray();
    }

    /// <summary>Looks through the given projects and everything they reference.</summary>
    /// <param name="input">Decides what paths are relative to.</param>
    /// <param name="projects">Full paths of project files of any language.</param>
    /// <param name="libraries">Whose V1 names to look for.</param>
    /// <param name="isEverything">Makes every project a candidate, whatever it holds.</param>
    /// <param name="evaluated">Projects whose references are known better than their text tells.</param>
    public static ScanResult Run(
        InputPath input, IReadOnlyList<string> projects, ImmutableArray<MigratedLibrary> libraries, bool isEverything = false,
        IReadOnlyDictionary<string, EvaluatedProject>? evaluated = null)
    {
        var scan = new SourceScan(libraries, evaluated ?? ImmutableDictionary<string, EvaluatedProject>.Empty);
        var outlines = scan.Outlines(projects);
        var own = outlines.Values.Where(o => !scan.IsLibrary(o)).ToList();
        var found = InParallel.Select(own, o => (o.File, Names: scan.Look(o))).ToDictionary(o => o.File, o => o.Names, StringComparer.Ordinal);

        // What only MSBuild can tell, loading must: a clean answer that is wrong would be worse than a slow one.
        var candidates = own.Where(o => isEverything || !o.IsExact || found[o.File].Has(Names.Type) || found[o.File].Has(Names.Reference))
            .Select(o => o.File)
            .ToHashSet(StringComparer.Ordinal);
        candidates.UnionWith(scan.UsersOfReplacements(outlines, own, found));

        // What a candidate exposes can be used without naming its type.
        var dependents = Dependents(outlines, candidates);
        dependents.IntersectWith(found.Keys);
        candidates.UnionWith(dependents.Where(d => found[d].Has(Names.Member)));

        return new(
            own.Select(o => o.File).ToImmutableArray(),
            candidates.Order(StringComparer.Ordinal).ToImmutableArray(),
            candidates.Union(dependents).Order(StringComparer.Ordinal).ToImmutableArray(),
            own.Where(o => o.IsUnrestored).Select(o => o.File).ToImmutableArray(),
            own.SelectMany(o => o.Sources).Distinct(StringComparer.Ordinal).Count(),
            [.. scan.OtherLanguageFiles(input, projects), .. scan.WiringFiles(input, projects)]);
    }

    private Dictionary<string, ProjectOutline> Outlines(IEnumerable<string> projects)
    {
        var outlines = new Dictionary<string, ProjectOutline>(StringComparer.Ordinal);
        var pending = new Queue<string>(projects);
        while (pending.TryDequeue(out var project))
        {
            if (outlines.ContainsKey(project) || !File.Exists(project) || !project.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
                continue;
            var outline = ProjectOutline.Read(project);
            if (_evaluated.TryGetValue(project, out var known))
                outline = outline with { References = known.ProjectReferences, AssemblyName = known.AssemblyName };
            outlines.Add(project, outline);
            if (IsLibrary(outline))
                continue; // what stands behind the library is not migrated
            foreach (var reference in outline.References)
                pending.Enqueue(reference);
        }

        return outlines;
    }

    private static HashSet<string> Dependents(Dictionary<string, ProjectOutline> outlines, HashSet<string> of)
    {
        var reached = new HashSet<string>(of, StringComparer.Ordinal);
        bool grew;
        do
        {
            var next = outlines.Values.Where(o => !reached.Contains(o.File) && o.References.Any(reached.Contains)).Select(o => o.File).ToList();
            reached.UnionWith(next);
            grew = next.Count > 0;
        }
        while (grew);
        reached.ExceptWith(of);
        return reached;
    }

    private bool IsLibrary(ProjectOutline outline) =>
        _libraries.Any(l => string.Equals(l.Name, outline.AssemblyName, StringComparison.OrdinalIgnoreCase));

    // Each declares names of its own for itself and for what depends on it.
    private IEnumerable<string> UsersOfReplacements(
        Dictionary<string, ProjectOutline> outlines, IReadOnlyList<ProjectOutline> own, IReadOnlyDictionary<string, Names> found)
    {
        foreach (var group in InParallel.Select(own, o => (Project: o.File, Names: string.Join(' ', ReplacementsOf(o, found[o.File]).Distinct().Order(StringComparer.Ordinal))))
            .Where(o => o.Names.Length > 0)
            .GroupBy(o => o.Names, o => o.Project))
        {
            var names = group.Key.Split(' ').Select(DeclaredReplacements.Written).ToList();
            var declaring = group.ToHashSet(StringComparer.Ordinal);
            foreach (var user in declaring.Concat(Dependents(outlines, declaring)).Where(outlines.ContainsKey).Select(p => outlines[p]).Where(p => !IsLibrary(p)))
            {
                // A declaration can be wrong itself, which is a finding too.
                if (found[user.File].Has(Names.ReplaceWith) || names.Contains(null) || user.Sources.Any(source => Utf8(source) is var text && names.Any(n => CandidateText.HasWord(text, n))))
                    yield return user.File;
            }
        }
    }

    private IEnumerable<string> ReplacementsOf(ProjectOutline project, Names found) =>
        (found.Has(Names.ReplaceWith) ? project.Sources.SelectMany(DeclaredReplacements.InSource) : []).Concat(_replacements.InAssembliesOf(project));

    private Names Look(ProjectOutline outline)
    {
        var names = Names.None;
        if (_libraries.Any(l => outline.ProjectText.Contains(l.Name, StringComparison.OrdinalIgnoreCase)) || (outline.Assets is { } assets && NamesLibrary(assets)))
            names |= Names.Reference;
        foreach (var source in outline.Sources)
        {
            var text = Utf8(source).AsSpan();
            if (!names.Has(Names.Type) && HoldsAnyWord(text))
                names |= Names.Type;
            if (!names.Has(Names.Member) && CandidateText.IsCandidate(text))
                names |= Names.Member;
            if (!names.Has(Names.ReplaceWith) && text.IndexOf("ReplaceWith"u8) >= 0)
                names |= Names.ReplaceWith;
        }

        return names;
    }

    private bool HoldsAnyWord(ReadOnlySpan<byte> text)
    {
        foreach (var name in _typeNames)
        {
            if (CandidateText.HasWord(text, name))
                return true;
        }

        return false;
    }

    private static bool HoldsAny(ReadOnlySpan<byte> text, IReadOnlyList<byte[]> names)
    {
        foreach (var name in names)
        {
            if (text.IndexOf(name) >= 0)
                return true;
        }

        return false;
    }

    // A package that another one brings along.
    private bool NamesLibrary(string assets) => HoldsAny(File.ReadAllBytes(assets), _libraryNames);

    // A C# file can be UTF-16; its names are then not the bytes looked for.
    private static byte[] Utf8(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? Encoding.UTF8.GetBytes(SourceFile.Decode(path, bytes).Text) : bytes;
    }

    private ImmutableArray<UnanalysedFile> OtherLanguageFiles(InputPath input, IEnumerable<string> projects) =>
        Unanalysed(input, projects, OtherLanguages, LinesWithNames, "V1's names stand");

    // Wiring names a type with its namespace; the bare word in a text of another kind means anything.
    private ImmutableArray<UnanalysedFile> WiringFiles(InputPath input, IEnumerable<string> projects) =>
        Unanalysed(input, projects, Wiring, LinesOfWiring, "a V1 type is named");

    private static ImmutableArray<UnanalysedFile> Unanalysed(InputPath input, IEnumerable<string> projects, string[] extensions, Func<byte[], List<int>> linesOf, string what) =>
        projects.Select(p => Path.GetDirectoryName(p)!)
            .Where(Directory.Exists)
            .SelectMany(folder => SourceFolder.Files(folder, extensions))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(file => (File: file, Lines: linesOf(Utf8(file))))
            .Where(found => found.Lines.Count > 0)
            .Select(found => new UnanalysedFile(input.Relative(found.File), $"{Path.GetExtension(found.File)} files are not analysed; {what} at line {string.Join(", ", found.Lines)}"))
            .ToImmutableArray();

    private List<int> LinesWithNames(byte[] text) => HoldsAnyWord(text) ? LinesOf(text, line => HoldsAnyWord(line)) : [];

    // The documentation that compilers write names every type of its library.
    private List<int> LinesOfWiring(byte[] text) =>
        text.AsSpan(0, Math.Min(text.Length, 200)).IndexOf("<doc>"u8) >= 0 ? [] : LinesOf(text, line =>
        {
            foreach (var name in _qualifiedNames)
            {
                if (CandidateText.HasWord(line, name))
                    return true;
            }

            return false;
        });

    private delegate bool LineTest(ReadOnlySpan<byte> line);

    private static List<int> LinesOf(ReadOnlySpan<byte> text, LineTest isWanted)
    {
        var lines = new List<int>();
        var number = 1;
        foreach (var range in text.Split((byte)'\n'))
        {
            if (isWanted(text[range]))
                lines.Add(number);
            number++;
        }

        return lines;
    }
}
