using System.CommandLine;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Reporting;
using Spectre.Console;

namespace MigrationKit.Cli.Commands;

/// <summary><c>rules [id]</c>: the list, or the page of one rule.</summary>
internal static class RulesCommand
{
    public static Command Create(CommandEnvironment environment, RuleEngine engine)
    {
        var id = new Argument<string?>("id") { Description = "The rule to explain, such as MK0103", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("rules", "List the rules, or explain one") { id };
        command.SetAction(parsed =>
        {
            var rules = RuleDescription.Of(engine);
            if (parsed.GetValue(id) is { } wanted)
                Explain(rules.FirstOrDefault(r => r.Id == wanted) ?? throw Unknown(wanted, rules), environment);
            else
                List(rules, environment);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static MigrationException Unknown(string wanted, IEnumerable<RuleDescription> rules) =>
        new(ExitCode.Usage, $"There is no rule '{wanted}'; did you mean '{NearestName.Of(wanted, rules.Select(r => r.Id))}'?");

    private static void Explain(RuleDescription rule, CommandEnvironment environment)
    {
        environment.Out.Write(RulePage.Of(rule.Id) ?? $"# {rule.Id}: {rule.Title}\n\n{rule.Description}\n");
        environment.Out.WriteLine($"\n{RuleIds.HelpLink(rule.Id)}");
    }

    private static void List(IEnumerable<RuleDescription> rules, CommandEnvironment environment)
    {
        var table = PlainTable.Create().AddColumns("Rule", "1.0", "1.5", "2.0", "Title");
        foreach (var rule in rules)
            table.AddRow([rule.Id, .. TargetSeverity.Targets.Select(t => TargetSeverity.Name(rule.Id, t)), Markup.Escape(rule.Title)]);
        environment.Results().Write(table);
    }
}
