using System.Collections.Immutable;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Hybrid;

/// <summary>The end of the time with both versions: <c>--remove-v1</c> deletes what was kept, <c>--switch-default</c> makes V2 the default.</summary>
internal sealed class HybridEnd(InputPath input, MigrationOptions options)
{
    /// <exception cref="MigrationException">There is nothing to do, or a file says more than can be taken apart.</exception>
    public ImmutableArray<FileChange> Changes(ScanResult scan) => options.RemoveV1 is { } symbol ? Remove(scan, symbol) : new DefaultSwitch(input).Changes(scan.Projects);

    private ImmutableArray<FileChange> Remove(ScanResult scan, string symbol)
    {
        var outlines = scan.Projects.Select(ProjectOutline.Read).ToList();
        var sources = outlines.SelectMany(outline => outline.Sources).Distinct(StringComparer.Ordinal).Select(path => SourceFile.Read(path))
            .Where(file => ConditionalSource.Uses(file.Text, symbol) && options.Files.Contains(input.Relative(file.Path)))
            .Select(file => Change(file, Without(file, symbol)));
        var projects = outlines.Select(outline => outline.File)
            .Concat(outlines.SelectMany(outline => ProjectOutline.InheritedFiles(Path.GetDirectoryName(outline.File)!))).Distinct(StringComparer.Ordinal)
            .Select(path => SourceFile.Read(path))
            .Select(file => Change(file, ConditionalReference.Remove(file.Text, symbol)));
        ImmutableArray<FileChange> changes = [.. sources.Concat(projects).Where(change => !change.After.AsSpan().SequenceEqual(change.Before)).OrderBy(change => change.Path, StringComparer.Ordinal)];
        if (changes.IsEmpty)
        {
            var known = outlines.Select(outline => SwitchProperty.Of(outline.ProjectText)).OfType<string>().Distinct().ToList();
            throw new MigrationException(
                ExitCode.Usage, $"--remove-v1 '{symbol}': nothing is kept under that symbol{(known.Count > 0 ? $"; did you mean '{NearestName.Of(symbol, known)}'?" : ", or under any other.")}");
        }

        return changes;
    }

    private string Without(SourceFile file, string symbol)
    {
        var (text, left) = ConditionalSource.Remove(file.Text, symbol);
        if (left.Count > 0)
        {
            throw new MigrationException(
                ExitCode.Usage, $"--remove-v1 '{symbol}': {input.Relative(file.Path)}({left[0]}) has a condition of more than the symbol; simplify it by hand first. Nothing was written.");
        }

        return ConditionalSource.IsSameCode(file.Text, text)
            ? text
            : throw new MigrationException(ExitCode.VerificationFailed, $"--remove-v1 '{symbol}': {input.Relative(file.Path)} would not be the same code without it; nothing was written.");
    }

    private static FileChange Change(SourceFile file, string text) => new(file.Path, file.Bytes, file.Encode(text));
}
