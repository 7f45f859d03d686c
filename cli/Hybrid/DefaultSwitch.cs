using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.ProjectFiles;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Hybrid;

/// <summary><c>--switch-default</c>: V2's entry point takes the file name of V1's, which stays beside it as a backup that is not compiled.</summary>
internal sealed class DefaultSwitch(InputPath input)
{
    private const string BackupExtension = ".v1-backup";

    /// <exception cref="MigrationException">There are no two entry points side by side, or something else depends on the old one.</exception>
    public ImmutableArray<FileChange> Changes(ImmutableArray<string> projects)
    {
        var changes = projects.SelectMany(project => EntryPointPair.In(project).SelectMany(pair => Switch(project, pair))).OrderBy(change => change.Path, StringComparer.Ordinal).ToImmutableArray();
        return changes.IsEmpty
            ? throw Refused($"no project in '{input.File}' has two entry points side by side, such as Program.cs and ProgramV2.cs, each with a static Main")
            : changes;
    }

    private IEnumerable<FileChange> Switch(string project, EntryPointPair pair)
    {
        var backup = pair.V1File + BackupExtension;
        if (Path.Exists(backup))
            throw Refused($"'{backup}' exists already; move it away first");
        var text = SourceFile.Read(project);
        if (new[] { pair.V1File, pair.V2File }.Select(Path.GetFileName).FirstOrDefault(name => Regex.IsMatch(text.Text, $@"[""/\\;]{Regex.Escape(name!)}[""; ]")) is { } named)
            throw Refused($"{input.Relative(project)} names {named} itself; take that item out first");
        RefuseUses(project, pair);

        var (v1, v2) = (SourceFile.Read(pair.V1File), SourceFile.Read(pair.V2File));
        yield return new(pair.V1File, v1.Bytes, v2.Bytes);
        yield return new(backup, null, v1.Bytes);
        yield return new(pair.V2File, v2.Bytes, Encoding.UTF8.GetBytes($"// Moved to {Path.GetFileName(pair.V1File)}; delete this file.{LineEnds.Usual(v2.Text)}"));
        var switched = Regex.Replace(
            text.Text, $@"(<StartupObject[^>]*>\s*){Regex.Escape(pair.V1Type)}(?=\s*</StartupObject>)", match => match.Groups[1].Value + pair.V2Type, RegexOptions.CultureInvariant);
        if (switched != text.Text)
            yield return new(project, text.Bytes, text.Encode(switched));
    }

    // The types of the old file are gone from the build afterwards. By name, as nothing is compiled here: too careful rather than too bold.
    private void RefuseUses(string project, EntryPointPair pair)
    {
        var gone = Types(pair.V1File).Except(Types(pair.V2File), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        foreach (var file in SourceFolder.Files(Path.GetDirectoryName(project)!, ".cs").Where(file => file != pair.V1File).Order(StringComparer.Ordinal))
        {
            var tree = CSharpSyntaxTree.ParseText(SourceFile.Read(file).Text);
            foreach (var token in tree.GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && gone.Contains(token.ValueText)))
            {
                var line = tree.GetLineSpan(token.Span).StartLinePosition.Line + 1;
                throw Refused($"{input.Relative(file)}({line}) uses '{token.ValueText}', which {Path.GetFileName(pair.V1File)} declares; move it to a file of its own first");
            }
        }
    }

    private static IEnumerable<string> Types(string file) =>
        CSharpSyntaxTree.ParseText(SourceFile.Read(file).Text).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.ValueText);

    private static MigrationException Refused(string why) => new(ExitCode.Usage, $"--switch-default: {why}. Nothing was written.");
}
