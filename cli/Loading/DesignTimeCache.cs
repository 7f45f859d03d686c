using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace MigrationKit.Cli.Loading;

/// <summary>Keeps the results of evaluations and design-time builds in each project's <c>obj</c> folder, for as long as nothing they were made of changes.</summary>
/// <remarks>An entry counts only when those of all projects it references do. A folder that cannot be written keeps nothing: the next run asks MSBuild again.</remarks>
internal sealed class DesignTimeCache
{
    /// <summary>Of a file that does not exist.</summary>
    private const string Absent = "";

    // Variables that differ from one terminal to the next; a project file that reads one is not cached.
    private static readonly string[] Volatile =
    [
        "_", "PWD", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "TERM", "TERM_PROGRAM", "TERM_SESSION_ID", "WINDOWID", "WT_SESSION", "SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY",
        "XDG_SESSION_ID", "INVOCATION_ID", "PROMPT", "PS1", "DOTNET_HOST_PATH", "MSBUILD_EXE_PATH", "MSBuildExtensionsPath", "MSBuildSDKsPath", "MSBuildLoadMicrosoftTargetsReadOnly",
    ];

    // As the process found it: MSBuild in this process adds to it.
    private static readonly string EnvironmentHash = Hash(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(v => !Volatile.Contains((string)v.Key))
        .Select(v => $"{v.Key}={v.Value}")
        .Order(StringComparer.Ordinal));

    private readonly ConcurrentDictionary<string, string> _hashes = new(StringComparer.Ordinal);
    private readonly string _key;

    /// <param name="properties">MSBuild properties from the command line.</param>
    /// <param name="sdk">Folder of the SDK that builds.</param>
    public DesignTimeCache(ImmutableDictionary<string, string> properties, string sdk) =>
        _key = Hash([Tool.Version, typeof(DesignTimeCache).Module.ModuleVersionId.ToString(), sdk, EnvironmentHash, .. properties.Select(p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal)]);

    public static bool IsVolatile(string variable) => Volatile.Contains(variable);

    /// <returns>The valid entries of the given projects and of what they reference; none of a project that references one without.</returns>
    public IReadOnlyCollection<CacheEntry> Closure(IEnumerable<string> projects)
    {
        var entries = new Dictionary<string, CacheEntry>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = projects.ToList();
        while (next.Count > 0)
        {
            var wave = next.Where(p => p.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) && seen.Add(p)).ToList();
            foreach (var entry in InParallel.Select(wave, Find).OfType<CacheEntry>())
                entries.Add(entry.Project.File, entry);
            next = wave.Where(entries.ContainsKey).SelectMany(p => entries[p].Project.ProjectReferences).ToList();
        }

        bool shrank;
        do
        {
            var broken = entries.Values
                .Where(e => e.Project.ProjectReferences.Any(r => r.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) && !entries.ContainsKey(r)))
                .Select(e => e.Project.File)
                .ToList();
            foreach (var file in broken)
                entries.Remove(file);
            shrank = broken.Count > 0;
        }
        while (shrank);
        return entries.Values;
    }

    /// <summary>Keeps what MSBuild said, if all it depends on is known and it said no error.</summary>
    /// <param name="project">The evaluation.</param>
    /// <param name="builds">One a target framework.</param>
    /// <param name="inputs">Null when something decided that is not known.</param>
    public void Keep(EvaluatedProject project, ImmutableArray<ProjectBuild> builds, ProjectInputs? inputs)
    {
        if (inputs is null || builds.Length != project.TargetFrameworks.Length || builds.Any(b => b.CompilerArguments.IsEmpty || !b.Errors.IsEmpty))
            return;
        var present = builds.SelectMany(b => PathsIn(b.CompilerArguments, Path.GetDirectoryName(project.File)!)).Distinct(StringComparer.Ordinal).Where(Exists);
        var entry = new CacheEntry(
            _key, inputs.Files.ToImmutableDictionary(f => f, HashOf, StringComparer.Ordinal), Listing(project.File), [.. present], project, builds);
        var file = FileOf(project.File);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var temporary = $"{file}.{Environment.ProcessId}";
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(entry, CacheEntryJson.Default.CacheEntry));
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return; // a cache that cannot be written costs time, no more
        }
    }

    private CacheEntry? Find(string project)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(project)), CacheEntryJson.Default.CacheEntry);
            return entry is not null && entry.Key == _key && entry.Project.File == project
                && entry.Files.All(f => HashOf(f.Key) == f.Value) && Listing(project) == entry.Listing && entry.Present.All(Exists)
                    ? entry
                    : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null; // none yet, or half of one: MSBuild is asked
        }
    }

    // One project is loaded with other properties by other runs: each has its own entry.
    private string FileOf(string project) =>
        Path.Combine(Path.GetDirectoryName(project)!, "obj", "migrationkit", $"{Path.GetFileNameWithoutExtension(project)}.{_key[..16]}.json");

    private string HashOf(string file) => _hashes.GetOrAdd(file, path =>
        Directory.Exists(path) ? Hash(Directory.EnumerateFileSystemEntries(path).Order(StringComparer.Ordinal))
        : File.Exists(path) ? SourceFile.Hash(File.ReadAllBytes(path))
        : Absent);

    private static bool Exists(string path) => File.Exists(path);

    private static string Listing(string project) =>
        Hash(SourceFolder.Files(Path.GetDirectoryName(project)!).Order(StringComparer.Ordinal));

    private static string Hash(IEnumerable<string> lines) => SourceFile.Hash(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    // Sources, references, analyzers and configuration files: every argument that names a file, with or without an option before it.
    private static IEnumerable<string> PathsIn(IEnumerable<string> arguments, string folder) => arguments
        .Select(a => a.StartsWith('/') && a.IndexOf(':') is > 0 and var colon && !a[1..colon].Contains('/') ? a[(colon + 1)..] : a)
        .SelectMany(a => a.Split([',', ';']))
        .Select(a => a.Trim('"'))
        .Where(a => a.Length > 0 && a.IndexOfAny(Path.GetInvalidPathChars()) < 0)
        .Select(a => Path.GetFullPath(Path.Combine(folder, a)));
}
