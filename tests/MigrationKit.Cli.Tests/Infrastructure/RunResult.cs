using System.Text.Json.Nodes;

namespace MigrationKit.Cli.Tests.Infrastructure;

/// <summary>What one command line returned and wrote.</summary>
internal sealed record RunResult(ExitCode ExitCode, string Out, string Error)
{
    public JsonNode Json => JsonNode.Parse(Out)!;

    public int Summary(string name) => (int)Json["summary"]![name]!;
}
