using System.Collections.Immutable;
using System.CommandLine;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Baselines;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Reporting;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Commands;

/// <summary>The options that <c>check</c> and <c>fix</c> share, and how they and <c>.migrationkit.json</c> become one record.</summary>
internal sealed class AnalysisOptions
{
    private readonly Argument<string> _path = new("path") { Description = "A .sln, .slnx, .slnf or .csproj file, or a folder that holds one" };
    private readonly Option<string[]> _rule = Many("--rule", "Only these rules: IDs or patterns such as MK01*, separated by commas");
    private readonly Option<string[]> _excludeRule = Many("--exclude-rule", "Not these rules");
    private readonly Option<string[]> _include = Many("--include", "Only files that match one of these globs, relative to the folder of <path>");
    private readonly Option<string[]> _exclude = Many("--exclude", "Not files that match one of these globs");
    private readonly Option<string> _target = new("--target") { Description = "Stage of the migration, which decides on severities: 1.0 (default), 1.5 or 2.0" };
    private readonly Option<string> _format = new("--format") { Description = "text (default), json, sarif, github or html" };
    private readonly Option<string> _report = new("--report") { Description = "Write the report to this file instead of standard output" };
    private readonly Option<string> _verbosity = new("--verbosity") { Description = "quiet, normal (default) or detailed" };
    private readonly Option<bool> _noRestore = new("--no-restore") { Description = "Do not restore packages first" };
    private readonly Option<bool> _noCache = new("--no-cache") { Description = "Ask MSBuild again, whatever an earlier run learnt from it" };
    private readonly Option<bool> _noPrefilter = new("--no-prefilter") { Description = "Load and analyse everything, also what by its text can hold no finding" };
    private readonly Option<string> _binlog = new("--binlog") { Description = "Take compiler command lines from this binary log instead of running MSBuild" };
    private readonly Option<string> _framework = new("--framework") { Description = "Look at this target framework only, such as net10.0", HelpName = "TFM" };
    private readonly Option<bool> _timings = new("--timings") { Description = "Print seconds and memory of each stage" };
    private readonly Option<string[]> _property = new("--property", "-p") { Description = "MSBuild property: -p:Name=Value", HelpName = "Name=Value", Arity = ArgumentArity.OneOrMore };

    private readonly Option<string> _baseline = new("--baseline") { Description = "Findings that this file lists are reported, but fail nothing" };

    // check
    private readonly Option<string> _failOn = new("--fail-on") { Description = "Exit with 1 from this severity on: info, warning (default), error or never" };

    private readonly Option<bool> _writeBaseline = new("--write-baseline") { Description = "Write every finding into the file of --baseline, so that only new ones fail from now on" };
    private readonly Option<string> _changedSince = new("--changed-since") { Description = "Only findings in files that changed since this commit, branch or tag", HelpName = "git ref" };

    // fix
    private readonly Option<bool> _interactive = new("--interactive") { Description = "Show each change and ask: yes, no, all the rest, quit" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Show the diff, as 'git apply' takes it, and write nothing" };
    private readonly Option<string> _output = new("--output") { Description = "Write a migrated copy to this folder and leave the original alone" };
    private readonly Option<bool> _safeOnly = new("--safe-only") { Description = "Leave out fixes that a person should review" };
    private readonly Option<bool> _noVerify = new("--no-verify") { Description = "Do not compile the result before it is written" };
    private readonly Option<bool> _noPackages = new("--no-packages") { Description = "Leave references and configuration files alone" };
    private readonly Option<bool> _allowDirty = new("--allow-dirty") { Description = "Also change files with uncommitted edits" };

    private readonly Option<string> _keepV1 = new("--keep-v1") { Description = "Keep the old code under #if SYMBOL; building with -p:SYMBOL=true switches back", HelpName = "SYMBOL" };
    private readonly Option<string> _removeV1 = new("--remove-v1") { Description = "Delete what --keep-v1 has kept; nothing else is done", HelpName = "SYMBOL" };
    private readonly Option<bool> _switchDefault = new("--switch-default") { Description = "Give V2's entry points the names of V1's, which stay as a backup; nothing else is done" };

    private readonly bool _fix;

    public AnalysisOptions(Command command, bool fix)
    {
        _fix = fix;
        command.Arguments.Add(_path);
        foreach (var option in Own)
            command.Options.Add(option);
    }

    private IEnumerable<Option> Own =>
        new Option[] { _rule, _excludeRule, _include, _exclude, _target, _format, _report, _verbosity, _timings, _noRestore, _noCache, _noPrefilter, _binlog, _framework, _property, _baseline }
            .Concat(_fix
                ? [_dryRun, _output, _interactive, _safeOnly, _noVerify, _noPackages, _allowDirty, _keepV1, _removeV1, _switchDefault]
                : [_failOn, _writeBaseline, _changedSince]);

    // The file serves both commands: what only the other one knows is no mistake.
    private static ImmutableArray<Option> Both { get; } = [.. new[] { true, false }.SelectMany(fix => new AnalysisOptions(new("names"), fix).Own).DistinctBy(o => o.Name)];

    private static ImmutableHashSet<string> Known { get; } = Both.Select(o => o.Name[2..]).ToImmutableHashSet(StringComparer.Ordinal);

    /// <exception cref="MigrationException">An option or the configuration file is wrong.</exception>
    public ParsedOptions Read(ParseResult parsed, CommandEnvironment environment, RuleEngine engine)
    {
        var path = environment.Full(parsed.GetRequiredValue(_path));
        var folder = InputPath.Resolve(path).Folder;
        var file = ConfigurationJson.Read(folder, Known);
        CheckTypes(file);
        var report = File(_report);
        if (report is not null)
            ReportFile.Check("--report", report);
        var baseline = File(_baseline);
        var writeBaseline = Flag(_writeBaseline);
        if (writeBaseline)
            ReportFile.Check("--baseline", baseline ?? throw new MigrationException(ExitCode.Usage, "--write-baseline needs the file to write: --baseline <file>."));
        if (Flag(_interactive) && environment.Answers is null)
            throw new MigrationException(ExitCode.Usage, "--interactive asks before each change, and standard input or standard error is no terminal; leave it out, or choose with --rule and --include.");

        var options = new MigrationOptions
        {
            Path = path,
            Fix = _fix,
            Rules = RuleFilter.Create([.. RuleDescription.Of(engine).Select(r => r.Id)], List(_rule), List(_excludeRule)),
            Files = FileFilter.Create(List(_include), List(_exclude)),
            ChangedFiles = Text(_changedSince) is { } since ? ChangedSince(since, folder) : null,
            Baseline = baseline is null || writeBaseline ? null : FindingBaseline.Read(baseline),
            Target = Choice(_target, TargetSeverity.Targets, "1.0"),
            NoRestore = Flag(_noRestore),
            NoCache = Flag(_noCache),
            NoPrefilter = Flag(_noPrefilter),
            BinaryLog = File(_binlog) is { } log ? ExistingFile(_binlog, log) : null,
            Framework = Text(_framework),
            Properties = Properties(List(_property)),
            References = file.References,
            FailOn = Enum.Parse<FailureThreshold>(Choice(_failOn, Names<FailureThreshold>(), "warning"), ignoreCase: true),
            DryRun = Flag(_dryRun),
            Output = File(_output),
            SafeOnly = Flag(_safeOnly),
            NoVerify = Flag(_noVerify),
            NoPackages = Flag(_noPackages),
            AllowDirty = Flag(_allowDirty),
            KeepV1 = Symbol(_keepV1),
            RemoveV1 = Symbol(_removeV1),
            SwitchDefault = Flag(_switchDefault),
        };
        if (new[] { options.KeepV1 is not null, options.RemoveV1 is not null, options.SwitchDefault }.Count(given => given) > 1)
            throw new MigrationException(ExitCode.Usage, "--keep-v1, --remove-v1 and --switch-default exclude each other: run one after the other.");
        if (options is { KeepV1: not null, NoPackages: true })
            throw new MigrationException(ExitCode.Usage, "--keep-v1 needs the project files, which --no-packages leaves alone: drop one of them.");
        return new(
            options, Enum.Parse<ReportFormat>(Choice(_format, Names<ReportFormat>(), "text"), ignoreCase: true), report,
            Enum.Parse<Verbosity>(Choice(_verbosity, Names<Verbosity>(), "normal"), ignoreCase: true), Flag(_timings), Flag(_interactive), writeBaseline ? baseline : null);

        bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };
        bool Flag(Option<bool> option) => IsGiven(option) ? parsed.GetValue(option) : Applies(option) && file.Flag(option.Name[2..]);
        string? Text(Option<string> option) => IsGiven(option) ? parsed.GetValue(option) : Applies(option) ? file.Text(option.Name[2..]) : null;
        IReadOnlyList<string> List(Option<string[]> option) => IsGiven(option) ? parsed.GetValue(option)! : Applies(option) ? file.List(option.Name[2..]) : [];
        bool Applies(Option option) => Own.Contains(option);

        // A path in the file is about the solution, not about where somebody happens to stand.
        string? File(Option<string> option) => Text(option) is not { } written ? null : IsGiven(option) ? environment.Full(written) : Path.GetFullPath(Path.Combine(folder, written.Replace('\\', '/')));

        string? Symbol(Option<string> option) =>
            Text(option) is not { } symbol || Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(symbol) && symbol.All(char.IsAscii) && symbol is not ("true" or "false")
                ? Text(option)
                : throw new MigrationException(ExitCode.Usage, $"{option.Name}: '{symbol}' is no symbol; write letters, digits and underscores, such as USE_V1.");

        string Choice(Option<string> option, IReadOnlyList<string> choices, string otherwise)
        {
            _ = Written(option, choices, file.Text(option.Name[2..])); // also where only the other command would take it
            return Written(option, choices, Text(option)) ?? otherwise;
        }

        static string? Written(Option<string> option, IReadOnlyList<string> choices, string? value) =>
            value is null || choices.Contains(value, StringComparer.Ordinal) ? value : throw new MigrationException(ExitCode.Usage, $"{option.Name}: '{value}' is not one of {string.Join(", ", choices)}.");
    }

    // A value of the wrong kind is a mistake whichever command finds it first.
    private static void CheckTypes(ConfigurationJson file)
    {
        foreach (var option in Both)
        {
            var name = option.Name[2..];
            if (option is Option<bool>)
                file.Flag(name);
            else if (option is Option<string>)
                file.Text(name);
            else
                file.List(name);
        }
    }

    private static string ExistingFile(Option option, string file) => System.IO.File.Exists(file)
        ? file
        : throw new MigrationException(ExitCode.Usage, $"{option.Name}: '{file}' does not exist; 'dotnet build -bl' writes one.");

    private static ImmutableHashSet<string> ChangedSince(string reference, string folder) =>
        GitRepository.Find(folder) is { } repository
            ? repository.ChangedSince(reference).ToImmutableHashSet(StringComparer.Ordinal)
            : throw new MigrationException(ExitCode.Usage, $"--changed-since '{reference}': '{folder}' is in no git work tree, or git is not installed.");

    private static Option<string[]> Many(string name, string description) => new(name) { Description = description };

    private static string[] Names<T>() where T : struct, Enum => [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())];

    private static ImmutableDictionary<string, string> Properties(IEnumerable<string> written)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in written)
        {
            var equals = property.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw new MigrationException(ExitCode.Usage, $"-p: '{property}' is no MSBuild property; write -p:Name=Value.");
            properties[property[..equals]] = property[(equals + 1)..];
        }

        return properties.ToImmutable();
    }
}
