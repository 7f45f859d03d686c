using System.Collections.Immutable;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Hybrid;
using MigrationKit.Cli.Loading;
using Finding = MigrationKit.Cli.Analysis.Finding;

namespace MigrationKit.Cli.Fixing;

/// <summary>The findings in project files, and which projects must stay as they are because of one.</summary>
internal sealed class ProjectFindings
{
    private readonly InputPath _input;
    private readonly MigrationOptions _options;
    private readonly ImmutableArray<MigratedLibrary> _libraries;
    private readonly List<V1Reference> _references = [];
    private readonly Dictionary<string, string> _closed = new(StringComparer.Ordinal);
    private readonly List<Finding> _tooOld = [];
    private bool _isNeeded;

    private ProjectFindings(InputPath input, MigrationOptions options, ImmutableArray<MigratedLibrary> libraries)
    {
        _input = input;
        _options = options;
        _libraries = libraries;
    }

    /// <summary>Projects, by full path, in which nothing may be edited, with the reason.</summary>
    public IReadOnlyDictionary<string, string> ClosedProjects => _closed;

    /// <summary>Full paths of the projects whose references change.</summary>
    public IEnumerable<string> ReferencingProjects => _references.Where(r => Objection(r) is null).SelectMany(r => r.Projects).Select(p => p.File);

    /// <summary>The projects, by full path, that get a reference to a V2 package, once <see cref="Edits"/> was asked for.</summary>
    public IEnumerable<(string Project, MigratedLibrary Library)> NewPackages =>
        _options.NoPackages || !IsSelected ? [] : _references.Where(r => Objection(r) is null && !_options.References.ContainsKey(r.Element.Library))
            .SelectMany(r => r.Projects.Select(p => (p.File, Library(r))));

    /// <param name="input">Where paths start.</param>
    /// <param name="loaded">The candidates.</param>
    /// <param name="options">Decides on severities and replacements.</param>
    /// <param name="libraries">What is migrated.</param>
    /// <param name="v1">The libraries each project sees in their V1.</param>
    public static ProjectFindings Find(
        InputPath input, LoadedSolution loaded, MigrationOptions options, ImmutableArray<MigratedLibrary> libraries,
        IReadOnlyDictionary<string, ImmutableHashSet<string>> v1)
    {
        var findings = new ProjectFindings(input, options, libraries);
        var users = loaded.Candidates.Select(p => p.Project).DistinctBy(p => p.File).Where(p => v1[p.File].Count > 0).ToList();
        foreach (var project in users.Where(p => p.TargetFrameworks.Any(IsTooOld)))
            findings.Close(project);
        foreach (var project in users)
        {
            foreach (var reference in project.LibraryReferences.Where(r => v1[project.File].Contains(r.Library)))
                findings.Add(project, reference);
        }

        findings.CloseWhatCannotBeReferenced();
        return findings;
    }

    /// <summary>Leaves a project alone from now on.</summary>
    public void Close(string project, string why) => _closed.TryAdd(project, why);

    /// <summary>The edits that the open projects need, by file.</summary>
    /// <param name="read">Reads the present text of a project file.</param>
    /// <param name="codeChanges">Whether any source changes: migrated code needs V2 even when MKP001 was not asked for.</param>
    public IReadOnlyDictionary<string, string> Edits(Func<string, string> read, bool codeChanges)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        _isNeeded = codeChanges;
        if (_options.NoPackages || !IsSelected)
            return texts;

        // From the last element to the first, so that positions stay those of the evaluation.
        foreach (var reference in _references.Where(r => Objection(r) is null).OrderByDescending(r => r.Element.Line).ThenByDescending(r => r.Element.Column))
        {
            var file = reference.Element.File;
            var replacement = _options.References.GetValueOrDefault(reference.Element.Library);
            var relative = replacement is null ? null : Path.GetRelativePath(Path.GetDirectoryName(reference.Projects[0].File)!, replacement).Replace('\\', '/');
            var before = texts.GetValueOrDefault(file) ?? read(file);
            var after = ReferenceEdit.Apply(before, reference.Element, Library(reference), relative, reference.Projects[0].UsesCentralPackages);
            texts[file] = _options.KeepV1 is { } symbol ? ConditionalReference.Keep(before, after, reference.Element, symbol) : after;
        }

        return texts;
    }

    /// <param name="fix">False for <c>check</c>.</param>
    public IEnumerable<Finding> Report(bool fix)
    {
        foreach (var finding in _tooOld.Where(f => _options.Rules.Contains(f.Rule)))
            yield return finding;
        if (!IsSelected)
            yield break;

        foreach (var reference in _references.OrderBy(r => r.Element.File, StringComparer.Ordinal).ThenBy(r => r.Element.Line))
        {
            var library = Library(reference);
            var objection = Objection(reference);
            var (status, reason) = objection is not null ? (FindingStatus.Manual, objection)
                : !fix ? (FindingStatus.Open, null)
                : _options.NoPackages ? (FindingStatus.Skipped, "--no-packages leaves references alone")
                : (FindingStatus.Fixed, (string?)null);
            var target = _options.References.TryGetValue(library.Name, out var project) ? $"'{_input.Relative(project)}'" : $"version {library.V2Range}";
            yield return new(
                ProjectRules.V1Reference, TargetSeverity.OfProjectRule(ProjectRules.V1Reference, _options.Target), objection is null ? Facts.Safe : Facts.Manual,
                reference.Element.File, reference.Element.Line, reference.Element.Column,
                $"Reference {target} instead of V1 of '{library.Name}'", status, reason);
        }
    }

    private bool IsSelected => _isNeeded || _options.Rules.Contains(ProjectRules.V1Reference);

    /// <summary>Whether a target framework cannot reference V2.</summary>
    public static bool IsTooOld(string framework)
    {
        var number = framework.StartsWith("net", StringComparison.Ordinal) ? framework[3..].Split('-')[0] : "";
        return !Version.TryParse(number, out var version) || version.Major < 10;
    }

    private void Close(EvaluatedProject project)
    {
        var old = string.Join(", ", project.TargetFrameworks.Where(IsTooOld));
        var why = $"{Path.GetFileName(project.File)} targets {old}, which cannot reference V2: raise it to net10.0 first";
        _closed[project.File] = why;
        var text = SourceFile.Read(project.File).Text;
        var at = Math.Max(text.IndexOf("<TargetFramework", StringComparison.Ordinal), 0);
        var line = text.AsSpan(0, at).Count('\n') + 1;
        _tooOld.Add(new(
            ProjectRules.TargetFramework, TargetSeverity.OfProjectRule(ProjectRules.TargetFramework, _options.Target), Facts.Manual, project.File,
            line, at - text.LastIndexOf('\n', at), $"Target framework '{old}' cannot reference V2, which needs net10.0 or later", FindingStatus.Manual, why));
    }

    private void Add(EvaluatedProject project, LibraryReference element)
    {
        if (!ReferenceEdit.Decides(element, _options.References.ContainsKey(element.Library)))
            return;
        var known = _references.FirstOrDefault(r => r.Element.File == element.File && r.Element.Line == element.Line && r.Element.Column == element.Column);
        if (known is null)
            _references.Add(new(element, [project]));
        else
            known.Projects.Add(project);
    }

    // Code that is migrated needs V2: where the reference has to stay, so has the code.
    private void CloseWhatCannotBeReferenced()
    {
        if (_options.NoPackages)
            return;
        bool grew;
        do
        {
            grew = false;
            foreach (var reference in _references)
            {
                if (Objection(reference) is { } why)
                    grew |= reference.Projects.Count(p => _closed.TryAdd(p.File, why)) > 0;
            }
        }
        while (grew);
    }

    private string? Objection(V1Reference reference)
    {
        if (reference.Element.Names > 1)
            return $"{_input.Relative(reference.Element.File)}({reference.Element.Line}) names several packages in one element: give '{reference.Element.Library}' its own";
        if (reference.Projects.FirstOrDefault(p => _closed.ContainsKey(p.File)) is { } closed)
            return _closed[closed.File];
        if (reference.Projects.Count > 1 && reference.Element.File != reference.Projects[0].File && _options.References.ContainsKey(reference.Element.Library)
            && reference.Projects.Select(p => Path.GetDirectoryName(p.File)).Distinct().Count() > 1)
        {
            return $"{_input.Relative(reference.Element.File)} is shared by projects in several folders, for which one relative path to the replacement project cannot be right";
        }

        return null;
    }

    private MigratedLibrary Library(V1Reference reference) => _libraries.First(l => l.Name == reference.Element.Library);

    private sealed record V1Reference(LibraryReference Element, List<EvaluatedProject> Projects);
}
