using System.Collections.Immutable;
using System.Text;
using MigrationKit.Analyzers;

namespace MigrationKit.Cli.Loading;

/// <summary>Reads sources as bytes for V1's names, so that MSBuild and Roslyn see only what can hold a finding.</summary>
internal sealed class SourceScan
{
    private static readonly byte[] ReplaceWith = Encoding.UTF8.GetBytes("ReplaceWith");
    private static readonly string[] OtherLanguages = [".vb", ".fs", ".razor", ".cshtml", ".csx"];

    private readonly byte[][] _typeNames;
    private readonly byte[][] _memberNames;
    private readonly ImmutableArray<MigratedLibrary> _libraries;

    private SourceScan(ImmutableArray<MigratedLibrary> libraries)
    {
        _libraries = libraries;
        _typeNames = libraries.SelectMany(l => l.V1TypeNames).Distinct().Select(Encoding.UTF8.GetBytes).ToArray();
        // Target-typed creations and conversions carry no name: 'new(' stands for them.
        _memberNames = libraries.SelectMany(l => l.V1MemberNames).Append("new(").Append("new (").Distinct().Select(Encoding.UTF8.GetBytes).ToArray();
    }

    /// <summary>Looks through the given projects and everything they reference.</summary>
    /// <param name="input">Decides what paths are relative to.</param>
    /// <param name="projects">Full paths of project files of any language.</param>
    /// <param name="libraries">Whose V1 names to look for.</param>
    public static ScanResult Run(InputPath input, IReadOnlyList<string> projects, ImmutableArray<MigratedLibrary> libraries)
    {
        var scan = new SourceScan(libraries);
        var outlines = scan.Outlines(projects);
        var found = outlines.Values.ToDictionary(o => o.File, scan.Look, StringComparer.Ordinal);

        // What the text cannot tell, loading must: a clean answer that is wrong would be worse than a slow one.
        var everything = outlines.Values.Any(o => !o.IsExact && !scan.IsLibrary(o)) || found.Values.Any(f => f.Has(Names.ReplaceWith));
        var candidates = outlines.Values
            .Where(o => !scan.IsLibrary(o) && (everything || found[o.File].Has(Names.Type) || found[o.File].Has(Names.Reference)))
            .Select(o => o.File)
            .ToHashSet(StringComparer.Ordinal);

        // What a candidate exposes can be used without naming its type.
        var dependents = Dependents(outlines, candidates);
        candidates.UnionWith(dependents.Where(d => found[d].Has(Names.Member)));

        var own = outlines.Values.Where(o => !scan.IsLibrary(o)).ToList();
        return new(
            own.Select(o => o.File).ToImmutableArray(),
            candidates.Order(StringComparer.Ordinal).ToImmutableArray(),
            candidates.Union(dependents).Order(StringComparer.Ordinal).ToImmutableArray(),
            own.SelectMany(o => o.Sources).Distinct(StringComparer.Ordinal).Count(),
            scan.OtherLanguageFiles(input, projects));
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

    private Names Look(ProjectOutline outline)
    {
        var names = Names.None;
        if (_libraries.Any(l => outline.ProjectText.Contains(l.Name, StringComparison.OrdinalIgnoreCase)))
            names |= Names.Reference;
        foreach (var source in outline.Sources)
        {
            var text = Utf8(source);
            if (!names.Has(Names.Type) && _typeNames.Any(n => text.AsSpan().IndexOf(n) >= 0))
                names |= Names.Type;
            if (!names.Has(Names.Member) && _memberNames.Any(n => text.AsSpan().IndexOf(n) >= 0))
                names |= Names.Member;
            if (!names.Has(Names.ReplaceWith) && text.AsSpan().IndexOf(ReplaceWith) >= 0)
                names |= Names.ReplaceWith;
        }

        return names;
    }

    // A C# file can be UTF-16; its names are then not the bytes looked for.
    private static byte[] Utf8(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? Encoding.UTF8.GetBytes(SourceFile.Decode(path, bytes).Text) : bytes;
    }

    private ImmutableArray<UnanalysedFile> OtherLanguageFiles(InputPath input, IEnumerable<string> projects) =>
        projects.Select(p => Path.GetDirectoryName(p)!)
            .Where(Directory.Exists)
            .SelectMany(folder => SourceFolder.Files(folder, OtherLanguages))
            .Distinct(StringComparer.Ordinal)
            .Where(file => Utf8(file) is var text && _typeNames.Any(n => text.AsSpan().IndexOf(n) >= 0))
            .Order(StringComparer.Ordinal)
            .Select(file => new UnanalysedFile(input.Relative(file), $"{Path.GetExtension(file)} files are not analysed; it holds V1's names"))
            .ToImmutableArray();
}
