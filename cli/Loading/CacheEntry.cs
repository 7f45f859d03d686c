using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MigrationKit.Cli.Loading;

/// <summary>What MSBuild said about one project, and everything it said that from.</summary>
/// <param name="Key">Tool, SDK, properties and environment, hashed.</param>
/// <param name="Files">SHA-256 of each file that was read, by full path; empty for one that was looked for and did not exist.</param>
/// <param name="Listing">The names of all files that globs can reach, hashed.</param>
/// <param name="Present">Full paths of what the compiler is given, which has to exist.</param>
/// <param name="Project">The evaluation.</param>
/// <param name="Builds">One a target framework.</param>
internal sealed record CacheEntry(
    string Key, ImmutableDictionary<string, string> Files, string Listing, ImmutableArray<string> Present, EvaluatedProject Project, ImmutableArray<ProjectBuild> Builds);

/// <summary>Serializes without reflection, which would cost more than the cache saves on a small solution.</summary>
[JsonSerializable(typeof(CacheEntry))]
internal sealed partial class CacheEntryJson : JsonSerializerContext;
